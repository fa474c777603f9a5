"""Deciding mutants: what an edit changes for whom, which vignettes notice, and whether anybody could."""
