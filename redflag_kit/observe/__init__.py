"""Where a part of a guideline matters: for whom another answer of one part, or of one rule, changes an outcome."""
