"""The chain from evidence over rule, vignette and property to hazard: its links, and the links that lead nowhere."""
