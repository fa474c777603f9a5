"""DMN 1.1 to 1.5: reading decision models safely, and evaluating them as the standard says."""
