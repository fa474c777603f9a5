"""A slice of the long search in `tests.property.fuzz`, and that it would notice a disagreement."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.model.guideline import Guideline
from redflag_kit.semantics import literal
from redflag_kit.semantics.literal import Patient, Reading
from tests.property import fuzz, reference


@pytest.mark.slow
def test_a_hundred_guidelines_with_fifty_cases_each_mean_the_same_to_everybody() -> None:
    assert fuzz.search(7, range(100), 50, lambda number: None) == ""


def test_a_wrong_interpreter_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def never_sure(guideline: Guideline, patient: Patient) -> Reading:
        reading = literal.read(guideline, patient)
        return replace(reading, values=dict.fromkeys(reading.values, "gap"))

    monkeypatch.setattr(reference, "read", never_sure)
    found = fuzz.search(7, range(20), 3, lambda number: None)
    assert "and the interpreter disagree (--seed 7 --first" in found
