"""What is wrong, where, and what to do about it: spans, codes and diagnostics as plain data."""
