"""What confirms a counterexample: values as the property reads them, scope, constraints and the right edition."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from redflag_kit.analyse.properties.reference import in_care
from redflag_kit.analyse.properties.run import examine_between
from redflag_kit.analyse.properties.verdict import Result, Verdict
from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.model.guideline import Guideline
from redflag_kit.terms.version import Version
from tests.unit.analyse.properties.declared import verdict
from tests.unit.analyse.properties.test_between import declared
from tests.unit.evaluate.worlds import TRIAL, decision, guideline, rule

NOW = rule("NOW", "fever", "{scan: now}")
UMBRELLA: dict[str, Any] = {"covers": "scan any_test"}


def second(one: Guideline) -> Guideline:
    return replace(one, version=Version((2, 0, 0), "2.0.0"))


def between(claim: str, old: Guideline, new: Guideline) -> Verdict:
    pair = old, second(new)
    first, last = ((one, compile_guideline(one)) for one in pair)
    (found,) = examine_between(first, last, declared(pair, claim)).verdicts
    return found


# ---------------------------------------------------------------- written and entailed


@pytest.mark.parametrize(
    ("claim", "rules"),
    [
        ("when: fever, then: {any_test: now}", [NOW]),
        ("floor: [{when: fever, at_least: {any_test: now}}]", [NOW]),
        (
            "monotone: {adding: [fever], outputs: [any_test]}",
            [NOW, rule("WELL", "{not: fever}", "{any_test: now}")],
        ),
        (
            "unknown_safety: [any_test]",
            [rule("W", "worry", "{any_test: now}"), rule("CALM", "{not: worry}", "{scan: now}")],
        ),
    ],
)
def test_written_values_are_confirmed_as_written_and_entailed_ones_as_entailed(claim: str, rules: list[str]):
    options = {**UMBRELLA, "findings": "fever worry"}
    found = verdict(f"{claim}, values: written", decision("d", *rules), **options)
    assert (found.result, found.confirmed) == (Result.REFUTED, True)
    assert verdict(claim, decision("d", *rules), **options).result is Result.PROVED


def test_between_editions_too_values_are_read_as_the_property_says():
    old = guideline(decision("d", rule("U", "fever", "{any_test: now}")), **UMBRELLA)
    new = guideline(decision("d", NOW), **UMBRELLA)
    for claim in ("never_less_urgent: [any_test]", "when_old: fever, then_new: {any_test: now}"):
        found = between(f"{claim}, values: written", old, new)
        assert (found.result, found.confirmed) == (Result.REFUTED, True)
        assert between(claim, old, new).result is Result.PROVED


def test_what_the_old_edition_said_is_told_as_the_property_reads_it():
    old = guideline(decision("d", NOW), **UMBRELLA)
    new = guideline(decision("d", rule("U", "fever", "{any_test: avoid}")), **UMBRELLA)
    for values, said in (("written", "silent"), ("entailed", "now")):
        found = between(f"never_less_urgent: [any_test], values: {values}", old, new)
        assert found.counterexample is not None
        assert found.counterexample.said == (("any_test", said),)


# ---------------------------------------------------------------- whom a property is about


BAN = "{id: K, title: K, if: numb, then: fever}"


@pytest.mark.parametrize(
    "claim",
    [
        "when: numb, then: {scan: now}",
        "floor: [{when: numb, at_least: {scan: now}}]",
        "monotone: {adding: [numb], outputs: [scan]}",
    ],
)
def test_only_patients_in_scope_whom_the_constraints_allow_break_a_property(claim: str):
    table = decision("d", NOW, rule("NUMB", "numb", "{scan: avoid}"), policy="FIRST")
    assert verdict(claim, table).result is Result.REFUTED
    assert verdict(claim, table, scope="fever").result is Result.PROVED
    assert verdict(claim, table, constraints=[BAN]).result is Result.PROVED
    assert verdict(claim, table, extra=f"constraints: [{BAN}]\n").result is Result.PROVED
    narrow = verdict(claim, table, scope="cough", constraints=["{id: K, title: K, if: cough, then: {not: fever}}"])
    assert narrow.confirmed
    assert narrow.counterexample is not None
    assert narrow.counterexample.patient["cough"] == "present"


def test_of_the_rows_of_a_floor_only_those_that_hold_count_and_the_highest_level_is_told():
    low, high = "{when: numb, at_least: {scan: soon}}", "{when: numb, at_least: {scan: now}}"
    for rows in ((low, high), (high, low)):
        found = verdict(f"floor: [{', '.join(rows)}]", decision("d", NOW))
        assert found.counterexample is not None
        assert found.counterexample.wanted == (("scan", "now"),)
    other = "{when: cough, at_least: {scan: now}}"
    found = verdict(f"floor: [{low}, {other}]", decision("d", rule("C", "cough", "{scan: now}")), findings="numb cough")
    assert found.counterexample is not None
    assert found.counterexample.patient == {"numb": "present", "cough": "absent"}
    assert found.counterexample.wanted == (("scan", "soon"),)


@pytest.mark.parametrize("claim", ["never_less_urgent: [scan]", "when_old: fever, then_new: {scan: now}"])
def test_only_patients_whom_both_editions_allow_break_what_must_hold_between_them(claim: str):
    table, silent = decision("d", NOW), decision("d", rule("NUMB", "numb", "{scan: later}"))
    nobody = "constraints: [{id: K, title: K, if: fever, then: {not: fever}}]\n"
    assert between(claim, guideline(table), guideline(silent)).result is Result.REFUTED
    assert between(claim, guideline(table, extra=nobody), guideline(silent)).result is Result.PROVED
    assert between(claim, guideline(table), guideline(silent, extra=nobody)).result is Result.PROVED
    assert between(claim, guideline(table, scope="numb"), guideline(silent)).result is Result.REFUTED
    assert between(claim, guideline(table, scope="{not: fever}"), guideline(silent)).result is Result.PROVED


@pytest.mark.parametrize(("of_old", "of_new"), [(True, False), (False, True), (True, True)])
def test_the_patient_shown_satisfies_what_either_edition_compares(of_old: bool, of_new: bool):
    compared = f"constraints: [{TRIAL}]\n"
    options: dict[str, Any] = {"findings": "days trial"}
    old = guideline(
        decision("d", rule("A", "{trial: at_least 30 d}", "{scan: now}")), extra=compared if of_old else "", **options
    )
    new = guideline(
        decision("d", rule("B", "{trial: at_least 50 d}", "{scan: now}")), extra=compared if of_new else "", **options
    )
    found = between("never_less_urgent: [scan]", old, new)
    assert (found.result, found.confirmed) == (Result.REFUTED, True)
    assert found.counterexample is not None
    assert found.counterexample.patient == {"trial": Fraction(30), "days": Fraction(30)}


def test_a_condition_is_cut_at_the_thresholds_of_the_property_in_both_editions():
    options: dict[str, Any] = {"findings": "fever age"}
    old, new = (
        guideline(decision("d", NOW), **options),
        guideline(decision("d", rule("F", "fever", "{scan: soon}")), **options),
    )
    found = between("when_old: {all: [fever, {age: at_least 77 a}]}, then_new: {scan: now}", old, new)
    assert found.counterexample is not None
    assert found.counterexample.patient == {"fever": "present", "age": Fraction(77)}
    found = between("when_old: fever, never_new: {all: [{scan: soon}, {age: above 50 a}]}", old, new)
    assert found.counterexample is not None
    assert found.counterexample.patient == {"fever": "present", "age": Fraction(51)}


def test_who_must_not_be_told_less_is_cut_at_the_thresholds_of_the_property():
    old, new = (
        guideline(decision("d", one), findings="fever cough age") for one in (NOW, rule("S", "fever", "{scan: soon}"))
    )
    found = between("when_old: {all: [cough, {age: at_least 77 a}]}, never_less_urgent: [scan]", old, new)
    assert found.counterexample is not None
    assert found.counterexample.patient == {"fever": "present", "cough": "present", "age": Fraction(77)}


def test_outputs_of_the_condition_and_of_the_promise_are_told_each_of_its_edition():
    old = guideline(decision("d", rule("A", "fever", "{scan: now, visit: soon}")), covers="scan visit")
    new = guideline(decision("d", rule("A", "fever", "{scan: now, test: later}")), covers="scan test")
    found = between(
        "when_old: {all: [{scan: now}, {visit: soon}]}, then_new: {all: [{scan: now}, {test: now}]}", old, new
    )
    assert found.counterexample is not None
    assert found.counterexample.said == (("scan", "now"), ("visit", "soon"))
    assert found.counterexample.instead == (("scan", "now"), ("test", "later"))
    lost = between("when_old: fever, never_less_urgent: [scan, visit, test]", old, new)
    assert lost.uncovered == ("test",)
    assert lost.counterexample is not None
    assert (lost.counterexample.said, lost.counterexample.instead) == (
        (("visit", "soon"),),
        (("visit", "not_covered"),),
    )


# ---------------------------------------------------------------- steps


def test_a_step_of_a_finding_in_between_is_confirmed_with_all_others_as_they_are():
    table = decision("d", rule("A", "{all: [numb, {not: cough}, {not: fever}]}", "{scan: now}"))
    found = verdict("monotone: {adding: [cough], outputs: [scan], within: {fever: absent}}", table)
    assert found.counterexample is not None
    assert found.counterexample.patient == {"fever": "absent", "cough": "absent", "numb": "present"}
    assert found.counterexample.changed == ("cough", "absent", "present")


def test_an_output_that_a_step_leaves_without_any_value_is_not_compared():
    scan = decision("d", rule("A", "{not: numb}", "{scan: now}"))
    visit = decision("e", rule("V", "{not: numb}", "{visit: now}"), otherwise=None)
    found = verdict("monotone: {adding: [numb], outputs: [visit, scan]}", scan, visit, covers="scan visit")
    assert found.counterexample is not None
    assert (found.counterexample.said, found.counterexample.instead) == ((("scan", "now"),), (("scan", "silent"),))


@pytest.mark.parametrize("direction", ["falling", "rising"])
def test_where_compared_numbers_leave_no_room_the_patient_is_drawn_from_the_other_end_of_the_step(direction: str):
    side = "at_least" if direction == "falling" else "below"
    when = f"{{all: [{{days: {side} 30 d}}, {{trial: at_least 25 d}}]}}"
    claim = f"monotone: {{adding: [{{days: {direction} 0 d to 60 d}}], outputs: [scan]}}"
    table = decision("d", rule("A", when, "{scan: now}"))
    found = verdict(claim, table, findings="days trial", constraints=[TRIAL])
    assert (found.result, found.confirmed) == (Result.REFUTED, True)
    assert found.counterexample is not None
    patient, changed = found.counterexample.patient, found.counterexample.changed
    assert changed is not None
    assert changed[0] == "days"
    before, after = Fraction(changed[1]), Fraction(changed[2])
    assert patient["days"] == before
    assert (before > after) == (direction == "falling")
    assert Fraction(25) <= Fraction(patient["trial"]) <= min(before, after)


@pytest.mark.parametrize(
    ("direction", "side", "step"), [("rising", "below", (0, 25)), ("falling", "at_least", (25, 21))]
)
def test_a_number_that_is_compared_with_another_has_room_at_both_ends_of_a_step(
    direction: str, side: str, step: tuple[int, int]
):
    claim = f"monotone: {{adding: [{{trial: {direction} 0 d to 60 d}}], outputs: [scan]}}"
    table = decision("d", rule("A", f"{{trial: {side} 25 d}}", "{scan: now}"))
    found = verdict(claim, table, findings="days trial", constraints=[TRIAL])
    assert (found.result, found.confirmed) == (Result.REFUTED, True)
    assert found.counterexample is not None
    assert found.counterexample.changed == ("trial", *map(Fraction, step))
    assert found.counterexample.patient == {"days": Fraction(25), "trial": Fraction(step[0])}


def test_of_two_numbers_that_leave_room_on_one_side_the_patient_is_drawn_at_the_tighter_end_of_a_step():
    claim = "monotone: {adding: [{days: rising 0 d to 60 d}], outputs: [scan]}"
    table = decision("d", rule("A", "{days: below 5 d}", "{scan: now}"))
    limit = "{id: K, title: K, compare: [days, at_most, trial]}"
    found = verdict(claim, table, findings="days trial", constraints=[limit])
    assert (found.result, found.confirmed) == (Result.REFUTED, True)
    assert found.counterexample is not None
    patient, changed = found.counterexample.patient, found.counterexample.changed
    assert changed is not None
    assert changed[:2] == ("days", patient["days"])
    assert Fraction(patient["days"]) < 5 <= Fraction(changed[2]) <= Fraction(patient["trial"])


def test_who_is_looked_at_is_legal_and_in_scope():
    one = guideline(decision("d", NOW), scope="{not: cough}", constraints=[BAN])
    well = {"fever": "absent", "cough": "absent", "numb": "absent"}
    assert in_care(one, well)
    assert not in_care(one, {**well, "cough": "present"})
    assert not in_care(one, {**well, "numb": "present"})
    assert in_care(one, {**well, "numb": "present", "fever": "present"})
