"""Safety properties, proved or refuted over every legal patient in scope; one file per kind of claim."""
