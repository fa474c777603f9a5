"""One case through one guideline: outcomes, reasons, what to ask next; and vignettes against their expectations."""
