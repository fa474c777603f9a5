"""Faults of decision tables, found exactly over every legal patient; one file per kind of finding."""
