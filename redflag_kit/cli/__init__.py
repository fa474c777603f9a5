"""The command line: arguments, exit codes and the terminal. No logic of its own."""
