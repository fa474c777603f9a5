"""Clinical guidelines as code: compiled, tested, analysed over every possible patient, and diffed exactly.

For authoring, validating and reviewing rules. Not for patient care.
"""

__version__ = "0.1.0"
