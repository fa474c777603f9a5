"""Which properties guard which rules."""

from __future__ import annotations

from typing import Any

import pytest

from redflag_kit.model.guideline import Guideline
from redflag_kit.trace.guards import applies_to, guarded_by
from tests.unit.analyse.properties.declared import declared
from tests.unit.analyse.properties.test_between import declared as between
from tests.unit.analyse.properties.test_between import editions
from tests.unit.evaluate.worlds import decision, guideline, rule

SCAN = decision("scanning", rule("R-SCAN", "fever", "{scan: now}"), rule("R-VISIT", "cough", "{visit: soon}"))
TEST = decision("testing", rule("R-TEST", "{scan: at_least soon}", "{test: now}"))


def small(*decisions: str, covers: str = "scan visit test any_test anything", **options: Any) -> Guideline:
    return guideline(*decisions, covers=covers, **options)


def guarded(one: Guideline, claim: str) -> tuple[str, ...]:
    (only,) = declared(one, claim)
    return guarded_by(only, one, applies_to(only, one, True, (one,)))


@pytest.mark.parametrize(
    "claim",
    [
        "never: {all: [fever, {scan: avoid}]}",
        "when: {scan: now}, then: fever",
        "floor: [{when: fever, at_least: {scan: soon}}]",
        "monotone: {adding: [fever], outputs: [scan]}",
        "monotone: {adding: [fever], outputs: [scan], within: cough}",
        "unknown_safety: [scan]",
    ],
)
def test_a_property_guards_the_rules_that_write_an_output_it_reads(claim):
    assert guarded(small(SCAN), claim) == ("R-SCAN", "scanning.otherwise")


def test_a_rule_that_says_nothing_bears_on_every_output_of_its_decision():
    assert "scanning.otherwise" in guarded(small(SCAN), "never: {visit: avoid}")


def test_a_member_answers_for_its_umbrella_unless_written_values_are_read():
    umbrella = "never: {anything: avoid}"
    assert guarded(small(SCAN), umbrella) == ("R-SCAN", "R-VISIT", "scanning.otherwise")
    assert guarded(small(SCAN), f"values: written, {umbrella}") == ()


def test_a_property_guards_the_rules_of_earlier_decisions_that_decide_for_it():
    found = guarded(small(SCAN, TEST), "never: {test: avoid}")
    assert found == ("R-SCAN", "scanning.otherwise", "R-TEST", "testing.otherwise")


def test_a_property_guards_nothing_where_its_outputs_are_not_covered_or_it_does_not_apply():
    one = small(SCAN, covers="scan visit")
    assert guarded(one, "never: {test: avoid}") == ()
    (only,) = declared(one, "never: {scan: avoid}")
    assert guarded_by(only, one, False) == ()


@pytest.mark.parametrize("kept", ["then_new: {scan: at_least soon}", "never_less_urgent: [scan]"])
def test_a_property_between_editions_guards_the_rules_of_the_new_one(kept):
    scan = decision("scanning", rule("R-SCAN", "fever", "{scan: now}"))
    old, new = pair = editions(scan, scan)
    (only,) = between(pair, f"when_old: fever, {kept}")
    assert not applies_to(only, old, True, pair)
    assert guarded_by(only, new, applies_to(only, new, False, pair)) == ("R-SCAN", "scanning.otherwise")
