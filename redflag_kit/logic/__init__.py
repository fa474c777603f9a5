"""Exact logic over finite spaces: regions of points, decision diagrams, readable covers.

Claim: every answer is about all points of a space, not a sample. Nothing here knows what an axis stands for.
Importing this package loads no diagram engine; `logic.bdd` does.
"""
