"""What changed between two editions: exactly, for every patient and for every case with missing information."""
