"""Mutation of guidelines: small faults put into a guideline, each killed by vignettes, proved equivalent, or open."""
