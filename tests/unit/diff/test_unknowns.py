"""How missing information changes an outcome: one small example of each kind, shown and confirmed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.diagnostics import codes
from redflag_kit.diff import unknowns
from redflag_kit.diff.compare import compare
from redflag_kit.diff.reference import Readings
from redflag_kit.model.condition import All, Any, Condition
from redflag_kit.model.guideline import Guideline
from redflag_kit.results.diff import UnknownChange
from tests.property.models import assumed, between, has, implies, rule
from tests.unit.diff.small import ADVICE, AGE, FEVER, NUMB, SCAN, diff, edition, feverish

ANYBODY = Any((has("fever"), has("fever", "absent")))


def scans(*rules: tuple[Condition, str]) -> Guideline:
    return edition(*(rule(f"R{i}", when, {"scan": level}) for i, (when, level) in enumerate(rules)))


def kinds(old: Guideline, new: Guideline) -> dict[str, UnknownChange]:
    return {one.kind: one for one in diff(old, new).unknowns}


def test_a_new_rule_leaves_undecided_who_was_decided():
    found = kinds(scans((ANYBODY, "later")), scans((ANYBODY, "later"), (has("fever"), "now")))
    assert [*found] == ["newly_undecided"]
    one = found["newly_undecided"]
    assert (one.output, one.element, one.label, one.unknown) == ("scan", "", "the scan", ("fever",))
    assert (one.old, one.new) == (("later",), ("later", "now"))
    assert "fever" not in one.case


def test_a_dropped_rule_decides_who_was_undecided():
    found = kinds(scans((ANYBODY, "later"), (has("fever"), "now")), scans((ANYBODY, "later")))
    assert [*found] == ["newly_decided"]
    assert (found["newly_decided"].old, found["newly_decided"].new) == (("later", "now"), ("later",))


def test_more_possible_values_are_wider_and_fewer_are_narrower():
    few = scans((between("age", 50), "later"), (between("age", None, 49), "soon"))
    many = scans((between("age", 70), "now"), (between("age", 50), "later"), (between("age", None, 49), "soon"))
    assert kinds(few, many)["wider"].old == ("later", "soon")
    assert kinds(few, many)["wider"].new == ("later", "soon", "now")
    assert kinds(many, few)["narrower"].new == ("later", "soon")


def test_other_possible_values_are_moved():
    found = kinds(scans((has("fever"), "later")), scans((has("fever"), "now")))
    assert [*found] == ["moved"]
    assert (found["moved"].old, found["moved"].new) == (("later", "says nothing"), ("now", "says nothing"))


def test_a_witness_case_knows_what_it_needs_and_shows_only_what_is_unusual():
    old = scans((All((has("numb"), has("fever"))), "later"))
    new = scans((has("numb"), "later"))
    one = kinds(old, new)["newly_decided"]
    assert (one.shown, one.unknown) == (("numb",), ("fever",))
    assert one.case["numb"] == "present"


def test_a_member_of_a_set_is_listed_or_not_listed():
    old = edition(rule("A", has("fever"), {"advice": ["rest"]}), outputs=[ADVICE])
    (one,) = diff(old, edition(rule("A", has("numb"), {"advice": ["rest"]}), outputs=[ADVICE])).unknowns[:1]
    assert (one.element, one.label, one.kind) == ("rest", "advice: rest", "newly_undecided")
    assert (one.old, one.new) == (("not listed",), ("listed", "not listed"))


def test_a_case_whose_completions_all_change_is_left_to_the_class_of_its_patients():
    old, new = scans((ANYBODY, "now")), scans((ANYBODY, "soon"))
    old = replace(old, assume={"fever": assumed("present")})
    assert not diff(old, new).unknowns


def test_outputs_that_one_edition_does_not_cover_are_left_out():
    found = diff(edition(feverish()), edition(feverish(), outputs=[ADVICE, SCAN], covers=["advice", "scan"]))
    assert {c.output for c in found.classes} == {"advice"}
    assert not found.unknowns


def test_assumptions_are_made_where_they_fit_what_is_known():
    # Fever is assumed; with numbness known it cannot be, so there the assumption is not made.
    tied = [implies(has("numb"), has("fever", "absent"))]
    old = edition(feverish(), findings=[replace(FEVER, assume=assumed("present")), NUMB], constraints=tied)
    new = edition(feverish(), findings=[FEVER, NUMB], constraints=tied)
    one = kinds(old, new)["newly_undecided"]
    assert (one.old, one.new) == (("now",), ("now", "says nothing"))
    assert one.case.get("numb") != "present"


def test_an_assumed_value_that_the_other_edition_does_not_know_is_left_out():
    pain = replace(FEVER, words=("absent", "present", "unclear"), assume=assumed("unclear"))
    old = edition(rule("A", has("numb"), {"scan": "now"}), findings=[pain, NUMB])
    assert not diff(
        old, edition(rule("A", Any((has("numb"), has("fever"))), {"scan": "now"}), findings=[FEVER, NUMB])
    ).faults


def test_a_witness_with_too_many_completions_is_not_shown_unconfirmed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(unknowns, "MAX_COMPLETIONS", 1)
    found = compare(scans((ANYBODY, "later")), scans((ANYBODY, "later"), (has("fever"), "now")), ())
    assert not found.unknowns
    assert not found.equivalent
    assert [fault.code for fault in found.faults] == [codes.RF902]


def test_a_witness_that_the_interpreter_reads_otherwise_is_our_own_fault(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Readings, "value", lambda readings, edition, patient, aspect: "now")
    found = compare(scans((ANYBODY, "later")), scans((ANYBODY, "later"), (has("fever"), "now")), ())
    assert not found.unknowns
    assert [(fault.code, fault.message) for fault in found.faults] == [
        (codes.RF902, "the reference evaluator does not confirm what is unknown about `scan`")
    ]


def test_numbers_left_open_are_named_by_their_label():
    old, new = scans((between("age", 50), "later")), scans((between("age", 50), "now"))
    assert kinds(old, new)["moved"].unknown == (AGE.label,)
