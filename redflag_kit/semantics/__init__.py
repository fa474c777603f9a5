"""What guidelines mean: the literal interpreter, the same meaning over regions, and cases with unknowns."""
