"""Two depths of search. `pytest tests/property --hypothesis-profile=thorough` takes some minutes; use it before a release."""

from hypothesis import settings

settings.register_profile("thorough", max_examples=2000, deadline=None)
