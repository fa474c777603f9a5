"""Which vignettes exercise which editions; that they reach every rule is part of test_trace.py."""

from __future__ import annotations

from redflag_kit.workflow.reach import exercising
from tests.shipped import project


def test_a_vignette_exercises_only_the_editions_it_expects_something_of():
    for guideline in project().library.guidelines:
        for vignette in exercising(project(), guideline):
            named = [one for one in vignette.expectations if one.guideline == guideline.id]
            assert any(guideline.version.starts_with(one.version) for one in named)
