"""Boxes: one large table as products of sets, one set per axis, answered exactly by splitting and by comparing pairs.

The only package that loads numpy; import it where a table is large, not before.
"""
