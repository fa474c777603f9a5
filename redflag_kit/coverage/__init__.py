"""Coverage of a guideline by vignettes: what of the rules and of the space of patients they exercise."""
