"""A second depth of search, for releases: `pytest tests/property --hypothesis-profile=thorough` (some minutes)."""

from hypothesis import settings

settings.register_profile("thorough", max_examples=1000, deadline=None)
