"""From authored YAML to typed documents that know where each word stood."""
