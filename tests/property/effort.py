"""How long the property tests search: each its own number of examples, ten times that in a thorough run."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.property.generators import FEW, MANY

FACTOR = max(1, settings().max_examples // 100)
"""1 under the profiles of Hypothesis itself, 10 under `--hypothesis-profile=thorough`."""

PATIENTS = FEW if FACTOR == 1 else MANY


def examples(number: int) -> settings:
    """Return settings for so many examples in an ordinary run."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    return settings(max_examples=number * FACTOR, deadline=None, suppress_health_check=slow)
