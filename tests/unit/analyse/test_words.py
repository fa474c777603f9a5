"""What is said of each kind of fault: at which line, in which words, what to do, and which other lines belong to it."""

from __future__ import annotations

from typing import Any

import pytest

from redflag_kit.analyse.fault import Fault, Where
from redflag_kit.analyse.guideline import analyse
from redflag_kit.analyse.words import Words, told
from redflag_kit.compile.prepared import prepare
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Code
from redflag_kit.diagnostics.diagnostic import Note
from redflag_kit.evaluate.engine import engine
from tests.unit.evaluate.worlds import decision, guideline, rule

SAID = {"A": "{scan: now}", "B": "{scan: soon}", "C": "{scan: now}", "D": "{scan: later}"}
FIRST = decision("d", *(rule(name, "fever", then) for name, then in SAID.items()))
SECOND = decision("e", rule("V", "cough", "{visit: now, likely: [flu]}"))
READY = prepare(guideline(FIRST, SECOND, findings="fever cough numb days", covers="scan visit likely"))
D, E = READY.guideline.decisions
SPANS = {one.id: one.span for one in (*D.rules, *E.rules)} | {"d": D.span, "e": E.span, "g": READY.guideline.span}
NARROW = "narrow one of them, add `overrides`, or choose another hit policy"
SPARE = "delete it, or waive this if it stands for evidence of its own"
NEVER_MATTERS = "look for the rule in which it should make a difference, or stop asking for it"
MIND = "nothing is wrong here; mind it where the rules are run by another engine"


def said(code: Code, *rules: str, where: str = "d", **more: Any) -> Words:
    return told(READY, Fault(code, where, rules, **more))


def words(at: str, message: str, hint: str, note: str = "", others: str = "") -> Words:
    return Words(SPANS[at], message, hint, tuple(Note(SPANS[one], note) for one in others))


def test_a_gap_is_told_at_its_decision():
    message = "no rule of `e` applies to some patients, and `otherwise` does not say what then"
    hint = "add a rule, or declare the gap with `otherwise: silent`"
    assert told(READY, Fault(codes.RF301, "e", (), Where(({},), True))) == words("e", message, hint)


def test_rules_that_meet_are_told_at_the_last_with_a_note_at_each_other():
    both = "rules `A` and `B` of `d` both apply to some patients, and UNIQUE allows one"
    assert said(codes.RF302, "A", "B") == words("B", both, NARROW, "the other rule", "A")
    every = "rules `A`, `B` and `D` of `d` all apply to some patients, and UNIQUE allows one"
    assert said(codes.RF302, "A", "B", "D") == words("D", every, NARROW, "one of the other rules", "AB")
    capped = said(codes.RF302, "A", "B", detail={"sets_reported": 60})
    assert capped.message == f"{both} (one of more than 60 sets that meet)"


def test_rules_that_disagree_are_quoted_each_opinion_once():
    message = (
        "rules `A`, `B` and `C` of `d` all apply to some patients and disagree "
        "(the scan: right now; against the scan: soon)"
    )
    assert said(codes.RF303, "A", "B", "C") == words("C", message, NARROW, "one of the other rules", "AB")
    assert said(codes.RF303, "A", "B", detail={"sets_reported": 3}).message == (
        "rules `A` and `B` of `d` both apply to some patients and disagree "
        "(the scan: right now; against the scan: soon) (one of more than 3 sets that meet)"
    )


@pytest.mark.parametrize(
    ("why", "names", "others", "reason"),
    [
        ("contradiction", (), "", "its own tests exclude each other"),
        ("scope", (), "", "the scope of the guideline excludes them"),
        ("constraints", ("K-1",), "", "the constraint `K-1` excludes them"),
        ("constraints", ("K-1", "K-2", "K-3"), "", "the constraints `K-1`, `K-2` and `K-3` exclude them"),
        ("earlier", ("scan", "p"), "", "what earlier decisions say of `scan` and `p` excludes it"),
        ("value", ("scan", "later"), "", "the scan is never later, as no rule writes it"),
        ("value", ("scan", "later", "now"), "A", "the scan is never later or right now, as `A` decides for nobody"),
        ("value", ("scan", "now"), "AC", "the scan is never right now, as `A` and `C` decide for nobody"),
    ],
)
def test_a_rule_that_applies_to_no_patient_is_told_with_the_reason(
    why: str, names: tuple[str, ...], others: str, reason: str
):
    found = said(codes.RF304, "V", where="e", names=names, others=tuple(others), detail={"why": why})
    message = f"the rule `V` applies to no patient: {reason}"
    assert found == words("V", message, "correct its condition, or delete it", "this rule would write it", others)


def test_that_nobody_is_left_is_told_at_the_guideline():
    message = "scope and constraints of `g@1.0.0` leave no patient"
    assert said(codes.RF305, where="") == words("g", message, "widen the scope, or correct a constraint")


@pytest.mark.parametrize(
    ("others", "first"),
    [
        ("", "one of several other rules"),
        ("A", "`A`"),
        ("AB", "one of `A` and `B`"),
        ("ABC", "one of `A`, `B` and `C`"),
    ],
)
def test_a_masked_rule_is_told_with_what_comes_first(others: str, first: str):
    message = f"the rule `D` never decides: wherever its condition holds, {first} comes first"
    hint = "delete it, narrow what comes first, or mark it `inert` with a reason"
    found = said(codes.RF306, "D", others=tuple(others))
    assert found == words("D", message, hint, "this rule comes first", others)


@pytest.mark.parametrize(("others", "win"), [("A", "`A` wins"), ("AB", "`A` and `B` win")])
def test_a_rule_that_gives_way_in_part_is_told_with_the_winners(others: str, win: str):
    message = f"{win} over the rule `D` for some patients to whom both apply"
    hint = "nothing needs to be done if that is meant; else narrow one of them"
    assert said(codes.RF315, "D", others=tuple(others)) == words("D", message, hint, "this rule wins", others)


@pytest.mark.parametrize(("code", "more"), [(codes.RF307, ""), (codes.RF313, ", and UNIQUE allows one")])
def test_rules_that_repeat_each_other_are_told_at_the_last_with_a_note_at_each_other(code: Code, more: str):
    message = f"rules `A`, `B`, `C` and `D` of `d` apply to the same patients and say the same{more}"
    hint = "keep one of them, with the evidence of both"
    assert said(code, "A", "B", "C", "D") == words("D", message, hint, "the same rule", "ABC")


def test_a_rule_inside_another_is_told_with_the_wider_one():
    message = "the rule `C` lies inside `A`, which says the same"
    assert said(codes.RF308, "C", others=("A",)) == words("C", message, SPARE, "the wider rule", "A")


def test_a_rule_that_can_be_spared_is_told_with_the_one_that_says_it_too():
    message = "without the rule `C` every outcome is the same"
    assert said(codes.RF309, "C") == words("C", message, SPARE)
    found = said(codes.RF309, "C", others=("A",))
    assert found == words("C", f"{message}, as `A` says it too", SPARE, "this rule says the same", "A")


def test_a_finding_that_never_matters_is_told_by_its_label_where_it_is_read():
    one = said(codes.RF310, where="e", names=("days",), detail={"everywhere": False})
    assert one == words("e", "`duration` is read by `e` but never changes its result", NEVER_MATTERS)
    never = "`duration` is read but never changes what is recommended"
    every = said(codes.RF310, where="e", names=("days",), detail={"everywhere": True})
    assert every == words("e", never, NEVER_MATTERS)
    nowhere = said(codes.RF310, where="", names=("days",), detail={"everywhere": True})
    assert nowhere == words("g", never, NEVER_MATTERS)


@pytest.mark.parametrize(("name", "label"), [("days", "duration"), ("visit", "visit")])
def test_two_rules_that_can_be_one_are_told_with_what_they_differ_in(name: str, label: str):
    found = said(codes.RF311, "A", "C", names=(name,), others=("A",))
    message = f"rules `A` and `C` of `d` can be one rule: they differ in `{label}` only"
    hint = "write one rule in the place of `A`; that this changes nothing is proved"
    assert found == words("C", message, hint, "the other rule", "A")


@pytest.mark.parametrize(
    ("name", "label", "element", "value", "decided"),
    [
        ("visit", "the visit", "", "now", "right now"),
        ("visit", "the visit", "", "silent", "says nothing"),
        ("likely", "likely", "flu", "listed", "influenza"),
    ],
)
def test_what_three_valued_evaluation_leaves_open_is_told_with_the_value(
    name: str, label: str, element: str, value: str, decided: str
):
    found = said(codes.RF312, where="e", names=(name,), detail={"element": element, "value": value})
    message = (
        f"`{label}` is decided ({decided}) for patients of whom three-valued evaluation of the rules of `e` would leave"
        " it open"
    )
    assert found == words("e", message, MIND)


@pytest.mark.parametrize(
    ("left_out", "exactly"),
    [
        ("{all: [{age: [20 a, 50 a]}, {days: 10 d}]}", "age 20 years or 50 years and duration 10 days"),
        ("{all: [{pain: mild}, {age: 50 a}]}", "age 50 years"),
        ("{any: [{all: [{age: 50 a}, fever]}, {all: [{age: 60 a}, numb]}]}", "age 50 years or 60 years"),
        ("{any: [{age: 50 a}, {days: 10 d}]}", ""),
        ("{any: [{all: [{age: 50 a}, fever]}, {all: [{age: 60 a to 61 a}, numb]}]}", ""),
    ],
)
def test_numbers_of_which_a_gap_leaves_single_values_are_told_exactly(left_out: str, exactly: str):
    table = decision("d", rule("A", f"{{not: {left_out}}}", "{scan: now}"), otherwise=None)
    found = analyse(engine(guideline(table, findings="fever numb pain age days"))).shown
    (gap,) = [one.diagnostic.message for one in found if one.fault.code is codes.RF301]
    message = "no rule of `d` applies to some patients, and `otherwise` does not say what then"
    assert gap == message + (f"; left out is exactly {exactly}" if exactly else "")
