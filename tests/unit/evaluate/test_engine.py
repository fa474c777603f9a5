"""A guideline ready for cases."""

from __future__ import annotations

import time

import pytest

from redflag_kit.compile.prepared import prepare
from redflag_kit.evaluate.engine import engine_over
from redflag_kit.logic.budget import BudgetExceeded, Deadline
from tests.unit.evaluate.worlds import decision, guideline, opened, rule


def test_the_masks_of_a_case_are_the_atoms_that_somebody_in_it_has() -> None:
    fever_hurts = "{id: K-1, title: fever hurts, if: fever, then: {pain: severe}}"
    table = decision("d", rule("R", "{all: [fever, cough, {pain: severe}]}", "{scan: now}"))
    world = opened(table, findings="fever cough pain", case_of="{fever: present}", constraints=[fever_hurts])
    inputs = world.engine.atoms.inputs
    masks = dict(zip(inputs, world.engine.masks(world.region), strict=True))
    words = {name: [w for i, w in enumerate(inputs[name].words) if mask >> i & 1] for name, mask in masks.items()}
    assert words == {"fever": ["present"], "cough": ["absent", "present"], "pain": ["severe"]}


def test_a_guideline_is_not_made_ready_after_its_time() -> None:
    ready = prepare(guideline(decision("d", rule("R", "fever", "{scan: now}"))))
    assert engine_over(ready, deadline=Deadline(time.monotonic() + 600, "ten minutes")).guideline is ready.guideline
    with pytest.raises(BudgetExceeded, match="no time at all"):
        engine_over(ready, deadline=Deadline(time.monotonic() - 1, "no time at all"))
