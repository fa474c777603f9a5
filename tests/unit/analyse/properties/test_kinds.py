"""What each kind of property claims, shown on small guidelines: who breaks it, and what is no violation."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from redflag_kit.analyse.properties.order import more_urgent
from redflag_kit.analyse.properties.verdict import Result, Verdict, decide
from redflag_kit.analyse.properties.ward import ward
from redflag_kit.logic.bdd import Diagrams
from redflag_kit.terms.scale import Scale
from redflag_kit.terms.version import Version
from tests.unit.analyse.properties.declared import decided, declared, verdict
from tests.unit.evaluate.worlds import TRIAL, decision, guideline, rule

NOW = rule("NOW", "fever", "{scan: now}")
NUMB = rule("NUMB", "numb", "{scan: soon}")
NO = rule("NONE", "{not: {any: [fever, numb]}}", "{scan: avoid}")
TABLE = decision("d", NOW, NUMB, NO)


def unusual(found: Verdict) -> dict[str, object]:
    """Return what is not absent about the patient of a counterexample."""
    assert found.counterexample is not None
    return {name: value for name, value in found.counterexample.patient.items() if value not in ("absent", "none")}


def said(found: Verdict) -> dict[str, str]:
    assert found.counterexample is not None
    return dict(found.counterexample.said)


# ---------------------------------------------------------------- statements


@pytest.mark.parametrize(
    ("claim", "result"),
    [
        ("always: {scan: is_not gap}", Result.PROVED),
        ("never: {all: [fever, {scan: below now}]}", Result.PROVED),
        ("when: numb, then: {scan: at_least soon}", Result.PROVED),
        ("when: fever, then: {scan: soon}", Result.REFUTED),
        ("never: {scan: avoid}", Result.REFUTED),
        ("always: {scan: at_least soon}", Result.REFUTED),
        ("always: {any: [fever, {fever: absent}]}", Result.PROVED),
    ],
)
def test_a_statement_holds_if_every_patient_satisfies_it(claim: str, result: Result):
    assert verdict(claim, TABLE).result is result


def test_a_refuted_statement_is_shown_by_the_most_ordinary_patient():
    found = verdict("when: {any: [fever, numb]}, then: {all: [fever, numb]}", TABLE)
    assert unusual(found) in ({"fever": "present"}, {"numb": "present"})


def test_the_counterexample_says_which_rules_fire():
    found = verdict("when: numb, then: {scan: now}", TABLE)
    assert found.counterexample is not None
    assert (unusual(found), said(found), found.counterexample.rules) == (
        {"numb": "present"},
        {"scan": "soon"},
        ("NUMB",),
    )


def test_patients_out_of_scope_break_nothing():
    assert verdict("never: {scan: avoid}", TABLE, scope="fever").result is Result.PROVED
    assert verdict("never: {scan: out_of_scope}", TABLE, scope="fever").result is Result.PROVED


def test_a_guideline_that_covers_none_of_the_outputs_is_not_covered():
    found = verdict("never: {visit: avoid}", TABLE)
    assert (found.result, found.uncovered, found.counterexample) == (Result.NOT_COVERED, ("visit",), None)


def test_an_output_that_is_not_covered_has_no_level():
    found = verdict("when: fever, then: {any: [{scan: soon}, {visit: at_least soon}]}", TABLE)
    assert (found.result, found.uncovered, said(found)) == (Result.REFUTED, ("visit",), {"scan": "now"})
    assert verdict("when: fever, then: {all: [{scan: now}, {visit: not_covered}]}", TABLE).result is Result.PROVED


def test_a_finding_that_the_guideline_does_not_read_may_be_named():
    found = verdict("when: cough, then: {scan: now}", TABLE)
    assert unusual(found) == {"cough": "present"}


def test_a_threshold_of_the_property_is_exact():
    options: dict[str, Any] = {"findings": "fever numb age"}
    assert verdict("when: {age: above 40 a}, then: {scan: now}", TABLE, **options).counterexample is not None
    found = verdict("when: {age: above 40 a}, then: {scan: now}", TABLE, **options)
    assert unusual(found) == {"age": Fraction(41)}


def test_entailed_values_are_read_unless_written_ones_are_asked_for():
    table = decision("d", rule("NOW", "fever", "{scan: now}"))
    options: dict[str, Any] = {"covers": "scan any_test"}
    assert verdict("when: fever, then: {any_test: now}", table, **options).result is Result.PROVED
    assert verdict("when: fever, then: {any_test: now}, values: written", table, **options).result is Result.REFUTED


def test_members_of_sets_are_read():
    table = decision("d", rule("FLU", "fever", "{likely: [flu]}"), rule("STROKE", "numb", "{likely: [stroke]}"))
    options: dict[str, Any] = {"covers": "likely"}
    assert verdict("when: fever, then: {likely: includes flu}", table, **options).result is Result.PROVED
    found = verdict("never: {likely: includes flu}", table, **options)
    assert said(found) == {"likely": "flu"}
    assert verdict("never: {likely: not_covered}", TABLE, covers="scan").result is Result.NOT_COVERED


@pytest.mark.parametrize("other", ["test", "likely"])
def test_an_output_that_is_not_covered_is_so_for_everybody(other: str):
    claim = f"when: fever, then: {{all: [{{scan: now}}, {{{other}: not_covered}}]}}"
    table = decision("d", rule("NOW", "fever", "{scan: now}"))
    assert verdict(claim, table).result is Result.PROVED
    assert verdict(claim.replace("then: {all", "then: {not: {all").replace("]}", "]}}"), table).result is Result.REFUTED


# ---------------------------------------------------------------- floors


def test_a_floor_asks_for_a_level_or_a_higher_one():
    assert verdict("floor: [{when: fever, at_least: {scan: soon}}]", TABLE).result is Result.PROVED
    found = verdict("floor: [{when: {any: [fever, numb]}, at_least: {scan: now}}]", TABLE)
    assert found.counterexample is not None
    assert (unusual(found), found.counterexample.wanted) == ({"numb": "present"}, (("scan", "now"),))


def test_silence_is_below_every_floor():
    table = decision("d", NOW)
    assert said(verdict("floor: [{when: numb, at_least: {scan: avoid}}]", table)) == {"scan": "silent"}


def test_a_floor_of_an_output_that_is_not_covered_is_no_floor():
    found = verdict("floor: [{when: fever, at_least: {scan: now, visit: now}}]", TABLE)
    assert (found.result, found.uncovered) == (Result.PROVED, ("visit",))


def test_of_two_rows_the_higher_floor_is_told():
    rows = (
        "{when: numb, at_least: {scan: now}}",
        "{when: numb, at_least: {scan: soon, visit: now}}",
        "{when: fever, at_least: {scan: now}}",
    )
    table = decision("d", rule("L", "numb", "{scan: later}"), rule("F", "fever", "{scan: now}"))
    found = verdict(f"floor: [{', '.join(rows)}]", table)
    assert found.counterexample is not None
    assert found.counterexample.wanted == (("scan", "now"),)


# ---------------------------------------------------------------- monotone


def test_adding_a_finding_to_a_table_that_collects_lowers_nothing():
    assert verdict("monotone: {adding: [fever, numb], outputs: [scan]}", TABLE).result is Result.PROVED


def test_a_first_match_in_the_wrong_order_is_not_monotone():
    table = decision("d", NUMB, NOW, policy="FIRST")
    found = verdict("monotone: {adding: [fever, numb], outputs: [scan]}", table)
    shown = found.counterexample
    assert shown is not None
    assert (unusual(found), shown.changed) == ({"fever": "present"}, ("numb", "absent", "present"))
    assert (shown.said, shown.instead) == ((("scan", "now"),), (("scan", "soon"),))


def test_only_patients_within_are_looked_at():
    table = decision("d", NUMB, NOW, policy="FIRST")
    claim = "monotone: {adding: [numb], outputs: [scan], within: {fever: absent}}"
    assert verdict(claim, table).result is Result.PROVED


def test_falling_silent_is_lower_than_any_advice_and_higher_than_advice_against():
    loses = decision("d", rule("SOON", "{numb: absent}", "{scan: later}"))
    assert verdict("monotone: {adding: [numb], outputs: [scan]}", loses).result is Result.REFUTED
    withdraws = decision("d", rule("NONE", "{numb: absent}", "{scan: avoid}"))
    assert verdict("monotone: {adding: [numb], outputs: [scan]}", withdraws).result is Result.PROVED
    forbids = decision("d", rule("NONE", "numb", "{scan: avoid}"))
    assert verdict("monotone: {adding: [numb], outputs: [scan]}", forbids).result is Result.REFUTED


def test_a_step_out_of_scope_lowers_nothing():
    table = decision("d", NOW)
    claim = "monotone: {adding: [numb], outputs: [scan]}"
    assert verdict(claim, table, scope="{numb: absent}").result is Result.PROVED


def test_a_finding_that_nothing_reads_lowers_nothing():
    assert verdict("monotone: {adding: [cough], outputs: [scan, visit]}", TABLE).result is Result.PROVED


def test_words_are_stepped_through_in_the_order_given():
    table = decision("d", rule("A", "{pain: mild}", "{scan: now}"), rule("B", "{pain: [none, severe]}", "{scan: soon}"))
    options: dict[str, Any] = {"findings": "pain"}
    found = verdict("monotone: {adding: [{pain: [none, mild, severe]}], outputs: [scan]}", table, **options)
    assert found.counterexample is not None
    assert found.counterexample.changed == ("pain", "mild", "severe")
    assert (
        verdict("monotone: {adding: [{pain: [none, mild]}], outputs: [scan]}", table, **options).result is Result.PROVED
    )
    assert (
        verdict("monotone: {adding: [{pain: [none, severe]}], outputs: [scan]}", table, **options).result
        is Result.PROVED
    )


OLD_AND_YOUNG = decision(
    "d", rule("CHILD", "{age: below 18 a}", "{scan: now}"), rule("OLD", "{age: above 65 a}", "{scan: soon}")
)


@pytest.mark.parametrize(
    ("steps", "result"),
    [
        ("rising 0 a to 99 a", Result.REFUTED),
        ("[rising 0 a to 17 a, rising 18 a to 99 a]", Result.PROVED),
        ("falling 18 a to 99 a", Result.REFUTED),
        ("falling 0 a to 65 a", Result.PROVED),
        ("rising at_least 18 a", Result.PROVED),
    ],
)
def test_a_number_moves_within_its_limits(steps: str, result: Result):
    claim = f"monotone: {{adding: [{{age: {steps}}}], outputs: [scan]}}"
    assert verdict(claim, OLD_AND_YOUNG, findings="age").result is result


def test_a_step_within_limits_begins_and_ends_at_them():
    table = decision("d", rule("A", "{trial: below 20 d}", "{scan: now}"))
    found = verdict("monotone: {adding: [{trial: rising 10 d to 30 d}], outputs: [scan]}", table, findings="trial")
    assert found.counterexample is not None
    assert found.counterexample.changed == ("trial", Fraction(10), Fraction(20))


def test_a_condition_within_which_steps_are_taken_is_exact_and_may_be_of_any_finding():
    table = decision("d", rule("A", "{not: fever}", "{scan: now}"))
    claim = "monotone: {adding: [fever], outputs: [scan], within: {all: [cough, {age: at_least 77 a}]}}"
    found = verdict(claim, table, findings="fever cough age")
    assert found.counterexample is not None
    assert found.counterexample.patient == {"fever": "absent", "cough": "present", "age": 77}


def test_a_value_between_may_be_impossible():
    # From none to severe there is no legal way through mild, so neighbours alone would show nothing.
    table = decision("d", rule("A", "{pain: none}", "{scan: now}"))
    ban = "{id: K, title: never mild, if: {pain: mild}, then: {not: {pain: mild}}}"
    claim = "monotone: {adding: [{pain: [none, mild, severe]}], outputs: [scan]}"
    found = verdict(claim, table, findings="pain", constraints=[ban])
    assert found.counterexample is not None
    assert found.counterexample.changed == ("pain", "none", "severe")


@pytest.mark.parametrize(
    ("finding", "direction", "rules"),
    [
        ("trial", "rising", [rule("A", "{trial: below 30 d}", "{scan: now}")]),
        ("trial", "falling", [rule("A", "{trial: at_least 30 d}", "{scan: now}")]),
        ("days", "falling", [rule("A", "{all: [{days: at_least 30 d}, {trial: at_least 10 d}]}", "{scan: now}")]),
        ("days", "rising", [rule("A", "{all: [{days: below 30 d}, {trial: at_least 25 d}]}", "{scan: now}")]),
    ],
)
def test_a_compared_number_moves_only_where_the_other_lets_it(finding: str, direction: str, rules: list[str]):
    claim = f"monotone: {{adding: [{{{finding}: {direction} 0 d to 60 d}}], outputs: [scan]}}"
    found = verdict(claim, decision("d", *rules), findings="days trial", constraints=[TRIAL])
    assert (found.result, found.confirmed) == (Result.REFUTED, True)
    assert found.counterexample is not None
    patient = found.counterexample.patient
    changed = found.counterexample.changed
    assert changed is not None
    for one in (patient, {**patient, changed[0]: changed[2]}):
        assert Fraction(str(one["trial"])) <= Fraction(str(one["days"]))


# ---------------------------------------------------------------- what is not known

WORRY = decision("d", rule("W", "worry", "{scan: now}"), rule("NIL", "{worry: absent}", "{scan: avoid}"))


def test_an_assumption_can_hide_an_urgent_outcome():
    found = verdict("unknown_safety: [scan, visit]", WORRY, findings="worry fever")
    shown = found.counterexample
    assert shown is not None
    assert (shown.unknown, shown.said, shown.instead) == (("worry",), (("scan", "avoid"),), (("scan", "now"),))
    assert (shown.patient["worry"], shown.rules) == ("present", ("NIL",))


def test_without_assumptions_nothing_is_hidden():
    table = decision("d", rule("W", "fever", "{scan: now}"), rule("NIL", "{fever: absent}", "{scan: avoid}"))
    assert verdict("unknown_safety: [scan]", table, findings="worry fever").result is Result.PROVED


def test_an_assumption_that_errs_on_the_urgent_side_is_safe():
    table = decision("d", rule("W", "{worry: absent}", "{scan: now}"), rule("NIL", "worry", "{scan: avoid}"))
    assert verdict("unknown_safety: [scan]", table, findings="worry").result is Result.PROVED


def test_an_assumption_that_contradicts_what_is_known_is_not_made():
    bound = "{id: K, title: a fever worries, if: fever, then: worry}"
    table = decision(
        "d", rule("W", "{all: [worry, fever]}", "{scan: now}"), rule("NIL", "{fever: absent}", "{scan: avoid}")
    )
    found = verdict("unknown_safety: [scan]", table, findings="worry fever", constraints=[bound])
    shown = found.counterexample
    assert shown is not None
    # Assuming no worry rules the fever out, so both must be open for the outcome to be hidden.
    assert set(shown.unknown) == {"worry", "fever"}


def test_numbers_that_are_not_assessed_are_enumerated_at_both_ends():
    ages = "{id: K, title: treated no longer than ill, compare: [trial, at_most, days]}"
    table = decision(
        "d", rule("L", "{trial: at_least 30 d}", "{scan: now}"), rule("S", "{trial: below 30 d}", "{scan: later}")
    )
    extra = "on_unknown: {trial: {assume: 0, reason: r, evidence: opinion}}\n"
    found = verdict("unknown_safety: [scan]", table, findings="days trial", constraints=[ages], extra=extra)
    shown = found.counterexample
    assert shown is not None
    assert "trial" in shown.unknown


def test_an_assumption_about_what_is_known_is_not_made():
    table = decision(
        "d",
        rule("A", "{any: [worry, weight]}", "{scan: now}"),
        rule("B", "{not: {any: [worry, weight]}}", "{scan: avoid}"),
    )
    shown = verdict("unknown_safety: [scan]", table, findings="worry weight").counterexample
    assert shown is not None
    assert len(shown.unknown) == 1


# ---------------------------------------------------------------- known violations


def test_a_known_violation_is_shown_as_such_and_the_rest_must_hold():
    known = "known: [{guideline: g, where: numb, reason: printed so, cite: [BOOK]}]"
    (only,) = decided(
        f"always: {{scan: now}}, {known}", decision("d", NOW, NUMB), scope="{any: [fever, numb]}"
    ).verdicts
    assert (only.result, unusual(only)) == (Result.REFUTED, {"numb": "present"})
    assert only.known is not None
    assert only.known.reason == "printed so"


def test_a_violation_outside_the_documented_one_is_new():
    known = "known: [{guideline: g, where: numb, reason: printed so, cite: [BOOK]}]"
    documented, new = decided(f"always: {{scan: now}}, {known}", TABLE).verdicts
    assert documented.known is not None
    assert (new.known, new.result, unusual(new)) == (None, Result.REFUTED, {})


def test_a_violation_documented_for_another_edition_is_new_in_this_one():
    one = replace(guideline(TABLE), version=Version((2, 0, 0), "2.0.0"))
    (only,) = declared(guideline(TABLE), "always: {scan: now}, known: [{guideline: g@1, reason: r, cite: [BOOK]}]")
    (found,) = decide(ward(one, [only], Diagrams), only).verdicts
    assert (found.result, found.known) == (Result.REFUTED, None)


def test_a_documented_violation_that_does_not_exist_is_stale():
    found = decided("always: {scan: is_not gap}, known: [{guideline: g@1, reason: r, cite: [BOOK]}]", TABLE)
    assert [one.result for one in found.verdicts] == [Result.PROVED]
    assert [one.reason for one in found.stale] == ["r"]


# ---------------------------------------------------------------- the order of values


def test_silence_stands_above_advice_against():
    scale = Scale("s", ("avoid", "later", "now"), "avoid")
    assert more_urgent(scale) == {
        "avoid": ("silent", "later", "now"),
        "silent": ("later", "now"),
        "later": ("now",),
        "now": (),
    }


def test_silence_stands_below_every_level_of_a_scale_without_advice_against():
    assert more_urgent(Scale("s", ("later", "now")))["silent"] == ("later", "now")


def test_lateral_levels_are_not_compared():
    scale = Scale("s", ("later", "maybe", "now"), lateral=frozenset({frozenset(("maybe", "now"))}))
    assert more_urgent(scale)["maybe"] == ()
    assert more_urgent(scale)["later"] == ("maybe", "now")
