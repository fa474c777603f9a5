"""Exceptions forgotten: where they stand, in the rule that gives way or in the one that it gives way to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.model.guideline import Guideline, RulePlaces
from redflag_kit.mutate.mutant import GuardDropped, Operator
from redflag_kit.mutate.mutants import mutants
from tests.unit.evaluate.worlds import decision, guideline, rule
from tests.unit.mutate.told import ids, mutant, told

NAMES = (("R1", "R2"), ("R3", "R1"), ("R3", "R2"))


def made() -> Guideline:
    return guideline(
        decision(
            "d",
            rule("R1", "fever", "{scan: now}"),
            rule("R2", "cough", "{scan: soon}", more="overrides: [R1]"),
            rule("R3", "numb", "{scan: later}", more="unless: [R1, R2]"),
        )
    )


def test_each_exception_is_forgotten_once() -> None:
    assert told(made(), "exception") == {
        "R1:exception-removed:R2": ("R1", "", "rule R1 applies even where rule R2 does"),
        "R3:exception-removed:R1": ("R1", "", "rule R3 applies even where rule R1 does"),
        "R3:exception-removed:R2": ("R2", "", "rule R3 applies even where rule R2 does"),
    }


@pytest.mark.parametrize(("rule_id", "by"), NAMES)
def test_an_exception_stands_where_the_other_rule_is_named(rule_id: str, by: str) -> None:
    _, second, third = (one.places for one in made().decisions[0].rules)
    places = {("R1", "R2"): second.overrides[0], ("R3", "R1"): third.unless[0], ("R3", "R2"): third.unless[1]}
    one = mutant(made(), f"{rule_id}:exception-removed:{by}")
    assert one.span == places[rule_id, by]
    assert one.span.line > 0
    assert (one.edit, one.rule, one.operator) == (GuardDropped(rule_id, by), rule_id, Operator.EXCEPTION_REMOVED)


def test_a_rule_without_a_text_has_its_exceptions_nowhere() -> None:
    (one,) = made().decisions
    bare = replace(one, rules=tuple(replace(each, places=RulePlaces()) for each in one.rules))
    found = [each for each in mutants(replace(made(), decisions=(bare,))) if "exception" in each.id]
    assert [each.span for each in found] == [NOWHERE] * 3


def test_rules_that_read_alike_are_told_apart_by_what_gives_way_to_them() -> None:
    made = guideline(
        decision(
            "d",
            rule("R1", "fever", "{scan: soon}"),
            rule("R2", "cough", "{scan: now}", "unless: [R1]"),
            rule("R3", "fever", "{scan: soon}"),
        )
    )
    assert ids(made, "R1:rule-dropped", "R3:rule-dropped") == ["R1:rule-dropped", "R3:rule-dropped"]
