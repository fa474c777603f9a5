"""One function per command: compose the stages into a result. Nothing is printed or written here."""
