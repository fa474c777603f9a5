"""The gate: what must be signed, by whom, what the records say, and the verdict. Pure; git and files are elsewhere."""
