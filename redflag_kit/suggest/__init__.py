"""Suggested vignettes: few, readable patients that would notice what the present vignettes do not."""
