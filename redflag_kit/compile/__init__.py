"""From the authored model to decision tables over grids of values, with a digest of their meaning."""
