"""All input and output: the project on disk, and files written whole or not at all."""
