"""Which hazards a change touches, and what becomes of their controls."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.model.guideline import Guideline
from redflag_kit.model.hazard import HazardLog
from redflag_kit.results.diff import ChangeClass, DiffBody, TouchedHazard
from redflag_kit.trace.changed import touched, with_hazards
from redflag_kit.workflow.diff import HAZARDS, NO_HAZARDS, diff
from redflag_kit.workflow.reference import find_guideline
from tests.shipped import project

PROJECT = project()
OLD, NEW = (find_guideline(PROJECT, f"acp@{edition}") for edition in (2007, 2011))
(LOG,) = PROJECT.library.hazards


@pytest.fixture(scope="module")
def compared() -> DiffBody:
    body = diff(PROJECT, "acp@2007", "acp@2011").body
    assert isinstance(body, DiffBody)
    return body


def one(found: DiffBody, name: str) -> TouchedHazard:
    return next(hazard for hazard in found.hazards or () if hazard.id == name)


def test_a_class_touches_the_hazards_whose_controls_name_a_rule_that_decides_it(compared):
    before = {hazard.id: hazard.controlled_by(OLD) for hazard in LOG.hazards}
    after = {hazard.id: hazard.controlled_by(NEW) for hazard in LOG.hazards}
    assert any(change.hazards for change in compared.changes)
    for change in compared.changes:
        expected = [h for h in before if change.old_rule.id in before[h] or change.new_rule.id in after[h]]
        assert list(change.hazards) == expected


def test_a_class_that_no_rule_decides_touches_nothing(compared):
    changed = compared.changes[0]
    nobody = replace(changed.old_rule, id="")
    (found,) = with_hazards([replace(changed, old_rule=nobody, new_rule=nobody)], [LOG], OLD, NEW)
    assert found.hazards == ()


def test_a_touched_hazard_lists_its_classes_and_its_risks(compared):
    for hazard in compared.hazards or ():
        assert list(hazard.classes) == [change.id for change in compared.changes if hazard.id in change.hazards]
        logged = next(entry for entry in LOG.hazards if entry.id == hazard.id)
        assert (hazard.initial_risk, hazard.residual_risk) == (LOG.initial(logged).text, LOG.residual(logged).text)


def test_a_control_that_a_successor_takes_over_is_kept(compared):
    found = one(compared, "HZ-01")
    assert (found.controls_kept, found.controls_lost, found.controls_gained) == (("11-CES",), (), ())


def controls_of(successors: dict[str, tuple[str, ...]], classes: tuple[ChangeClass, ...] = ()) -> TouchedHazard:
    return next(hazard for hazard in touched(classes, [LOG], OLD, NEW, successors) if hazard.id == "HZ-01")


def test_a_control_without_a_successor_that_controls_is_lost_and_the_new_one_gained():
    trials: tuple[dict[str, tuple[str, ...]], ...] = ({}, {"07-CES": ()}, {"07-CES": ("11-DEF2",)})
    for successors in trials:
        found = controls_of(successors)
        assert (found.controls_kept, found.controls_lost, found.controls_gained) == ((), ("07-CES",), ("11-CES",))


def test_a_hazard_without_a_class_and_with_the_same_controls_is_not_touched():
    same = {rule.id: (rule.id,) for rule in NEW.rules()}
    assert touched((), [LOG], NEW, NEW, same) == ()


def without_log(log: HazardLog | None, old: Guideline, new: Guideline) -> tuple[str, ...]:
    library = replace(PROJECT.library, hazards=(log,) if log else ())
    found = diff(replace(PROJECT, library=library), old.name, new.name)
    assert isinstance(found.body, DiffBody)
    assert (found.body.hazards is None) == (log is None)
    return found.limits


def test_without_a_hazard_log_hazards_are_not_measured_and_the_limits_say_so():
    told = {HAZARDS, NO_HAZARDS}
    assert told.intersection(without_log(None, NEW, NEW)) == {NO_HAZARDS}
    assert told.intersection(without_log(LOG, NEW, NEW)) == {HAZARDS}
