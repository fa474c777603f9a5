"""Plain words for findings, conditions and regions; the only place where English is put together."""
