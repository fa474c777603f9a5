"""Faults of decision tables: who is shown, what is said, and what is no fault."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

import redflag_kit.analyse.confirm as reference
import redflag_kit.analyse.guideline as shown_by
from redflag_kit.analyse.confirm import confirms
from redflag_kit.analyse.guideline import Finding, analyse
from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.evaluate.engine import engine
from redflag_kit.model.guideline import Guideline
from redflag_kit.semantics.literal import is_legal, read
from tests.property.reference import legal_patients
from tests.unit.evaluate.worlds import TRIAL, decision, guideline, rule

NOW, SOON = rule("NOW", "fever", "{scan: now}"), rule("SOON", "cough", "{scan: soon}")


def checked(*tables: str, **options: Any) -> tuple[Guideline, tuple[Finding, ...], tuple[Diagnostic, ...]]:
    """Return what is wrong with a guideline; advice is left to the tests of each kind of advice."""
    one = guideline(*tables, **options)
    everything = analyse(engine(one))
    assert everything.unsettled == ()
    found = tuple(finding for finding in everything.shown if finding.fault.code.severity is not Severity.INFO)
    return one, found, tuple(finding.diagnostic for finding in found)


def codes(*tables: str, **options: Any) -> list[str]:
    _, found, told = checked(*tables, **options)
    assert {one.fault.code.id for one in found} == {one.code.id for one in told}
    return [one.code.id for one in told]


def messages(*tables: str, **options: Any) -> list[str]:
    return [one.message for one in checked(*tables, **options)[2]]


def shown(told: Iterable[Diagnostic]) -> list[object]:
    return [None if one.witness is None else one.witness["text"] for one in told]


# ---------------------------------------------------------------- gaps


def test_a_patient_whom_no_rule_reaches_is_a_gap():
    one, (found,), (told,) = checked(decision("d", NOW, otherwise=None))
    assert (found.fault.code.id, found.fault.decision, found.fault.rules) == ("RF301", "d", ())
    assert told.message == "no rule of `d` applies to some patients, and `otherwise` does not say what then"
    assert told.help == "add a rule, or declare the gap with `otherwise: silent`"
    assert (told.span, told.rules, told.findings) == (one.decisions[0].span, (), ())
    assert told.witness == {
        "case": {"fever": "absent", "cough": "absent", "numb": "absent"},
        "text": "nothing unusual",
    }


def test_the_patient_of_a_gap_is_legal_and_has_the_gap():
    table = decision("d", NOW, rule("OLD", "{age: above 50 a}", "{scan: soon}"), otherwise=None)
    one, (found,), _ = checked(table, findings="fever age", scope="{age: at_least 45 a}")
    assert found.patient == {"fever": "absent", "age": Fraction(45)}
    assert is_legal(one.vocabulary.constraints, found.patient)
    assert read(one, found.patient).values["scan"] == "gap"


def test_a_gap_is_reported_exactly_if_some_patient_has_it():
    rules = [rule("A", "{all: [fever, cough]}", "{scan: now}"), rule("B", "{not: fever}", "{scan: soon}")]
    third = rule("C", "{cough: absent}", "{scan: later}")
    for table, constraints in (
        (decision("d", *rules, otherwise=None), []),
        (decision("d", *rules, third, otherwise=None), []),
        (decision("d", *rules, otherwise=None), ["{id: K, title: K, if: fever, then: cough}"]),
    ):
        one, found, _ = checked(table, constraints=constraints)
        gap = any(read(one, patient).values["scan"] == "gap" for patient in legal_patients(one))
        assert [finding.fault.code.id for finding in found] == (["RF301"] if gap else [])


def test_silence_that_otherwise_declares_is_no_gap():
    assert codes(decision("d", NOW)) == []
    assert codes(decision("d", NOW, otherwise=[rule("REST")])) == []


def test_otherwise_rules_that_leave_somebody_out_leave_a_gap():
    assert codes(decision("d", NOW, otherwise=[rule("REST", "cough")])) == ["RF301"]
    assert shown(checked(decision("d", NOW, otherwise=[rule("REST", "{not: cough}")]))[2:][0]) == ["cough"]


def test_patients_outside_the_scope_have_no_gap():
    assert codes(decision("d", NOW, otherwise=None), scope="fever") == []
    assert codes(decision("d", NOW, otherwise=None), scope="cough") == ["RF301"]


def test_patients_that_cannot_be_have_no_gap():
    assert codes(decision("d", NOW, otherwise=None), constraints=["{id: K, title: K, if: always, then: fever}"]) == []


def test_every_decision_with_a_gap_is_reported():
    tables = decision("d", NOW, otherwise=None), decision("e", rule("V", "cough", "{visit: now}"), otherwise=None)
    assert [one.fault.decision for one in checked(*tables, covers="scan visit")[1]] == ["d", "e"]


# ---------------------------------------------------------------- overlaps


def test_two_rules_of_a_unique_table_that_meet_overlap():
    one, (found,), (told,) = checked(decision("d", NOW, SOON, policy="UNIQUE"))
    assert (found.fault.code.id, found.fault.rules, found.patient) == (
        "RF302",
        ("NOW", "SOON"),
        {"fever": "present", "cough": "present", "numb": "absent"},
    )
    assert told.message == "rules `NOW` and `SOON` of `d` both apply to some patients, and UNIQUE allows one"
    assert told.span == one.decisions[0].rules[1].span
    assert [(note.span, note.message) for note in told.related] == [(one.decisions[0].rules[0].span, "the other rule")]
    assert shown([told]) == ["fever, cough"]


def test_rules_of_a_unique_table_may_not_meet_even_if_they_agree():
    assert codes(decision("d", NOW, rule("TOO", "cough", "{scan: now}"), policy="UNIQUE")) == ["RF302"]


@pytest.mark.parametrize(
    "other",
    [
        rule("OTHER", "{all: [cough, {not: fever}]}", "{scan: soon}"),
        rule("OTHER", "cough", "{scan: soon}", "unless: [NOW]"),
        rule("OTHER", "cough", "{scan: soon}", "overrides: [NOW]"),
    ],
)
def test_rules_that_exclude_or_suppress_each_other_do_not_overlap(other):
    assert codes(decision("d", NOW, other, policy="UNIQUE")) == []


def test_only_the_pairs_that_meet_are_reported():
    third = rule("THIRD", "{all: [numb, {not: fever}]}", "{scan: later}")
    assert [one.fault.rules for one in checked(decision("d", NOW, SOON, third, policy="UNIQUE"))[1]] == [
        ("NOW", "SOON"),
        ("SOON", "THIRD"),
    ]


def test_meeting_is_no_fault_of_other_hit_policies():
    for policy in ("COLLECT", "FIRST", "PRIORITY"):
        assert codes(decision("d", NOW, SOON, policy=policy)) == []


def test_rules_do_not_meet_in_patients_outside_the_scope_or_who_cannot_be():
    table = decision("d", NOW, SOON, policy="UNIQUE")
    apart = "{id: K, title: K, if: fever, then: {not: cough}}"
    assert codes(table, constraints=[apart]) == []
    assert codes(table, scope="{any: [{not: fever}, {not: cough}]}") == []


# ---------------------------------------------------------------- conflicts


def test_rules_of_an_any_table_that_disagree_conflict():
    _, (found,), (told,) = checked(decision("d", NOW, SOON, policy="ANY"))
    assert (found.fault.code.id, found.fault.rules) == ("RF303", ("NOW", "SOON"))
    assert told.message == (
        "rules `NOW` and `SOON` of `d` both apply to some patients and disagree "
        "(the scan: right now; against the scan: soon)"
    )


def test_rules_of_an_any_table_that_agree_are_fine():
    assert codes(decision("d", NOW, rule("TOO", "cough", "{scan: now}"), policy="ANY")) == []


def test_an_output_that_one_of_them_leaves_out_is_a_disagreement():
    table = decision("d", NOW, rule("TOO", "cough", "{scan: now, visit: now}"), policy="ANY")
    assert codes(table, covers="scan visit") == ["RF303"]


def test_the_order_in_which_rules_list_members_is_no_disagreement():
    table = decision(
        "d",
        rule("A", "fever", "{likely: [flu, stroke], scan: now}"),
        rule("B", "cough", "{scan: now, likely: [stroke, flu]}"),
        policy="ANY",
    )
    assert codes(table, covers="scan likely") == []


def test_sets_that_differ_disagree():
    table = decision(
        "d", rule("A", "fever", "{likely: [flu]}"), rule("B", "cough", "{likely: [flu, stroke]}"), policy="ANY"
    )
    assert codes(table, covers="likely") == ["RF303"]


# ---------------------------------------------------------------- rules that never fire


def test_a_rule_whose_condition_cannot_hold_applies_to_nobody():
    one, (found,), (told,) = checked(decision("d", NOW, rule("DEAD", "{all: [cough, {not: cough}]}", "{scan: soon}")))
    assert (found.fault.code.id, found.fault.rules, found.patient) == ("RF304", ("DEAD",), None)
    assert told.message == "the rule `DEAD` applies to no patient: its own tests exclude each other"
    assert told.span == one.decisions[0].rules[1].span
    assert (told.help, told.witness) == ("correct its condition, or delete it", None)


def test_a_rule_that_is_always_suppressed_applies_to_nobody():
    dead = rule("DEAD", "{all: [fever, cough]}", "{scan: soon}", "unless: [NOW]")
    assert messages(decision("d", NOW, dead)) == [
        "the rule `DEAD` never decides: wherever its condition holds, `NOW` comes first"
    ]


def test_an_otherwise_rule_that_nobody_reaches_applies_to_nobody():
    first, second = rule("FIRST"), rule("SECOND", "cough", "{scan: later}")
    assert messages(decision("d", NOW, otherwise=[first, second])) == [
        "the rule `SECOND` never decides: wherever its condition holds, one of `NOW` and `FIRST` comes first"
    ]
    never = rule("NEVER", "{all: [cough, {not: cough}]}")
    assert messages(decision("d", NOW, otherwise=[never, first])) == [
        "the rule `NEVER` applies to no patient: its own tests exclude each other"
    ]


def test_the_short_form_of_silence_is_no_rule():
    everybody = rule("ALL", "always", "{scan: now}")
    assert codes(decision("d", everybody)) == []
    assert codes(decision("d", everybody, otherwise=[rule("REST")])) == ["RF306"]


def test_rules_for_patients_out_of_scope_or_who_cannot_be_apply_to_nobody():
    assert messages(decision("d", NOW, SOON), scope="{not: fever}") == [
        "the rule `NOW` applies to no patient: the scope of the guideline excludes them"
    ]
    assert codes(decision("d", NOW), constraints=["{id: K, title: K, if: fever, then: {not: fever}}"]) == ["RF304"]


# ---------------------------------------------------------------- nobody at all


@pytest.mark.parametrize(
    "options",
    [
        {"scope": "{all: [fever, {not: fever}]}"},
        {"constraints": ["{id: K, title: K, if: always, then: {all: [cough, {not: cough}]}}"]},
        {"scope": "fever", "constraints": ["{id: K, title: K, if: fever, then: {not: fever}}"]},
    ],
)
def test_a_guideline_without_patients_is_told_once(options):
    one, (found,), (told,) = checked(decision("d", NOW, SOON, policy="UNIQUE", otherwise=None), **options)
    assert (found.fault.code.id, found.fault.decision, found.fault.rules, found.patient) == ("RF305", "", (), None)
    assert (told.span, told.message) == (one.span, "scope and constraints of `g@1.0.0` leave no patient")


# ---------------------------------------------------------------- witnesses


def test_a_witness_is_said_by_what_is_unusual_about_it():
    table = decision("d", rule("A", "{age: below 60 a}", "{scan: now}"), otherwise=None)
    _, _, told = checked(table, findings="age pain days")
    assert shown(told) == ["age 60 years"]
    assert told[0].witness is not None
    assert told[0].witness["case"] == {"age": 60, "pain": "none", "days": 20}


def test_a_witness_satisfies_comparisons_exactly():
    table = decision("d", rule("A", "{trial: below 30 d}", "{scan: now}"), otherwise=None)
    one, (found,), _ = checked(table, findings="days trial", constraints=[TRIAL])
    assert found.patient == {"days": Fraction(30), "trial": Fraction(30)}
    assert is_legal(one.vocabulary.constraints, found.patient)


FAULTY = {
    "RF301": decision("d", NOW, otherwise=None),
    "RF302": decision("d", NOW, SOON, policy="UNIQUE"),
    "RF303": decision("d", NOW, SOON, policy="ANY"),
    "RF306": decision("d", NOW, rule("LATE", "{all: [fever, cough]}", "{scan: soon}"), policy="FIRST"),
}


@pytest.mark.parametrize("code", FAULTY)
def test_a_witness_that_the_literal_interpreter_does_not_confirm_is_our_own_fault(monkeypatch, code):
    monkeypatch.setattr(reference, "read", lambda one, patient: replace(read(one, patient), values={}, fired=()))
    one, (found,), told = checked(FAULTY[code])
    name = found.fault.code.name
    assert found.fault.code.id == code
    assert [(d.code.id, d.witness, d.message) for d in told] == [
        ("RF902", None, f"the reference evaluator does not confirm {name} in `d`")
    ]
    assert told[0].span in (one.decisions[0].span, one.decisions[0].rules[-1].span)


@pytest.mark.parametrize("code", FAULTY)
def test_a_witness_that_the_constraints_forbid_is_our_own_fault(monkeypatch, code):
    monkeypatch.setattr(shown_by, "is_legal", lambda constraints, patient: False)
    assert [one.code.id for one in checked(FAULTY[code])[2]] == ["RF902"]


def test_a_finding_is_confirmed_only_by_a_patient_who_shows_it():
    one, (found,), _ = checked(FAULTY["RF302"])
    assert found.patient is not None
    assert confirms(one, found.fault, found.patient)
    assert not confirms(one, found.fault, {"fever": "present", "cough": "absent", "numb": "absent"})


def test_a_finding_without_a_patient_needs_no_confirmation(monkeypatch):
    monkeypatch.setattr(shown_by, "is_legal", lambda constraints, patient: False)
    table = decision("d", rule("DEAD", "{all: [cough, {not: cough}]}", "{scan: soon}"))
    assert [one.code.id for one in checked(table)[2]] == ["RF304"]


def test_faults_are_told_in_the_order_of_the_file():
    tables = (
        decision("d", rule("DEAD", "{all: [cough, {not: cough}]}", "{scan: soon}"), NOW, otherwise=None),
        decision("e", rule("V1", "fever", "{visit: now}"), rule("V2", "cough", "{visit: soon}"), policy="UNIQUE"),
    )
    assert codes(*tables, covers="scan visit") == ["RF301", "RF304", "RF302"]
