"""Editions whose vocabularies, constraints, coverage or hit policies differ, one difference at a time."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from redflag_kit.model.guideline import HitPolicy
from tests.property.models import (
    a_set,
    assumed,
    between,
    choice,
    decision,
    guideline,
    has,
    implies,
    ordered,
    rule,
    scale,
    vocabulary,
)
from tests.unit.diff.small import (
    ADVICE,
    AGE,
    COUGH,
    FEVER,
    FINDINGS,
    NUMB,
    SCAN,
    URGENCY,
    VISIT,
    diff,
    edition,
    feverish,
    rows,
)

SILENT_FOR_FEVER = implies(has("fever"), has("numb", "absent"))

# ---------------------------------------------------------------- constraints


def test_patients_whom_only_the_old_constraints_allow_are_described_exactly():
    (found,) = diff(edition(feverish()), edition(feverish(), constraints=[SILENT_FOR_FEVER])).classes
    assert (found.kind, found.direction, found.output) == ("constraint-added", "constraint", "*")
    assert (found.from_value, found.to_value) == ("possible", "impossible")
    assert found.sentence == "possible patients: possible → impossible"
    assert found.region.exact
    assert found.region.text == "fever and numb"
    assert found.witness.shown == ("fever", "numb")
    assert dict(found.witness.old) == {"scan": "now"}
    assert dict(found.witness.new) == {"*": "impossible"}
    assert (found.witness.new_rules, found.edit) == ((), None)


def test_patients_whom_only_the_new_constraints_allow_are_the_mirror():
    (found,) = diff(edition(feverish(), constraints=[SILENT_FOR_FEVER]), edition(feverish())).classes
    assert (found.kind, found.from_value, found.to_value) == ("constraint-removed", "impossible", "possible")
    assert found.region.text == "fever and numb"
    assert dict(found.witness.old) == {"*": "impossible"}


def test_a_constraint_card_says_whom_it_is_about():
    (card,) = diff(edition(feverish()), edition(feverish(), constraints=[SILENT_FOR_FEVER])).cards
    assert card.title == "possible patients: possible → impossible"


def test_a_constraint_that_excludes_patients_makes_cases_decided_that_were_not():
    rules = [rule("R", has("numb"), {"scan": "now"})]
    found = diff(edition(*rules), edition(*rules, constraints=[SILENT_FOR_FEVER]))
    assert rows(found) == [("*", "", "constraint-added", "possible", "impossible")]
    (hinge,) = found.unknowns
    assert (hinge.output, hinge.kind, hinge.unknown) == ("scan", "newly_decided", ("numb",))
    assert hinge.case["fever"] == "present"
    assert (hinge.old, hinge.new) == (("now", "says nothing"), ("says nothing",))


# ---------------------------------------------------------------- assumptions


def two_assumptions(first: str, second: str):
    """Return an edition that assumes fever, and numbness, which exclude each other."""
    by_name = {"fever": replace(FEVER, assume=assumed("present")), "numb": replace(NUMB, assume=assumed("present"))}
    constraint = implies(has("fever"), has("numb", "absent"))
    return edition(feverish(), findings=[by_name[first], by_name[second]], constraints=[constraint])


def test_assumptions_that_exclude_each_other_are_made_in_vocabulary_order():
    found = diff(two_assumptions("fever", "numb"), two_assumptions("numb", "fever"))
    assert not found.equivalent
    assert not found.classes
    (hinge,) = found.unknowns
    assert (hinge.kind, hinge.unknown, hinge.case) == ("moved", ("fever", "numb"), {})
    assert (hinge.old, hinge.new) == (("now",), ("says nothing",))


def test_another_assumption_moves_a_case_that_both_editions_decide():
    old, new = (replace(FEVER, assume=assumed(word)) for word in ("present", "absent"))
    found = diff(edition(feverish(), findings=[old]), edition(feverish(), findings=[new]))
    assert not found.classes
    assert not found.equivalent
    assert found.required_bump == "minor"
    (hinge,) = found.unknowns
    assert (hinge.kind, hinge.unknown, hinge.case) == ("moved", ("fever",), {})
    assert (hinge.old, hinge.new) == (("now",), ("says nothing",))


def test_a_case_whose_completions_all_change_is_told_by_its_class_alone():
    old, new = edition(feverish("now")), edition(feverish("soon"))
    found = diff(old, new)
    assert [u.kind for u in found.unknowns] == ["moved"]
    assert {*found.unknowns[0].old} == {"now", "says nothing"}


def test_an_assumption_that_both_editions_make_is_no_difference_where_only_one_reads_the_finding():
    findings = [replace(FEVER, assume=assumed("absent")), COUGH]
    visit = rule("V", has("cough"), {"visit": "now"})
    old = edition(visit, findings=findings, outputs=[SCAN, VISIT])
    new = edition(visit, rule("S", has("fever", "absent"), {"scan": "soon"}), findings=findings, outputs=[SCAN, VISIT])
    found = diff(old, new)
    assert rows(found) == [("scan", "", "recommendation-gained", "silent", "soon")]
    assert not found.unknowns


def test_a_set_that_may_now_be_silent_is_told_where_no_element_shows_it():
    # At the door it is rest or walk, never both; without the assumption it may also be neither.
    door = choice("door", ["left", "right", "closed"])
    rules = [
        rule("A", has("door", "left"), {"advice": ["rest"]}),
        rule("B", has("door", "right"), {"advice": ["walk"]}),
    ]
    tied = [implies(has("numb", "absent"), has("door", "left", "right"))]

    def ward(numb):
        return edition(*rules, findings=[door, numb], outputs=[ADVICE], constraints=tied)

    found = diff(ward(replace(NUMB, assume=assumed("absent"))), ward(NUMB))
    assert not found.classes
    (hinge,) = found.unknowns
    assert (hinge.output, hinge.element, hinge.label, hinge.kind) == ("advice", "", "advice", "newly_undecided")
    assert (hinge.old, hinge.new) == (("listed",), ("listed", "says nothing"))


def test_an_assumed_number_counts_for_its_whole_piece_of_the_grid_when_a_witness_is_confirmed():
    # Numbers from 50 up are alike to these editions; witnesses among them are 50, and the assumption says 60.
    age = replace(AGE, assume=assumed(Fraction(60)))
    old = edition(rule("R", between("age", 50), {"scan": "now"}), findings=[age])
    new = edition(rule("R", between("age", 50), {"scan": "now"}), findings=[replace(AGE, assume=None)])
    (hinge,) = diff(old, new).unknowns
    assert (hinge.kind, hinge.unknown) == ("newly_undecided", ("age",))


# ---------------------------------------------------------------- vocabularies


def test_an_element_that_one_vocabulary_lacks_has_the_status_of_its_set():
    wide, narrow = ADVICE, a_set("advice", "walk")
    old = edition(
        rule("A", has("fever"), {"advice": ["rest"]}), outputs=[wide], scope=between("age", 18), otherwise=None
    )
    new = edition(
        rule("A", has("fever"), {"advice": ["walk"]}), outputs=[narrow], scope=between("age", 18), otherwise=None
    )
    found = diff(old, new)
    assert sorted(rows(found)) == [
        ("advice", "rest", "recommendation-lost", "listed", "not_listed"),
        ("advice", "walk", "recommendation-gained", "not_listed", "listed"),
    ]
    assert sorted(rows(diff(new, old))) == [
        ("advice", "rest", "recommendation-gained", "not_listed", "listed"),
        ("advice", "walk", "recommendation-lost", "listed", "not_listed"),
    ]


def test_a_level_that_only_one_vocabulary_has_keeps_its_place_on_the_scale():
    def over(scan, level):
        return edition(rule("R", has("fever"), {"scan": level}), outputs=[scan])

    wide, narrow = ordered("scan", URGENCY), ordered("scan", scale("avoid", "now", against="avoid"))
    assert rows(diff(over(wide, "soon"), over(narrow, "now"))) == [("scan", "", "urgency-raised", "soon", "now")]
    assert rows(diff(over(narrow, "now"), over(wide, "soon"))) == [("scan", "", "urgency-lowered", "now", "soon")]


def test_an_output_that_was_local_counts_as_not_covered():
    stage = ordered("stage", URGENCY)
    rules = [feverish(), rule("S", has("numb"), {"stage": "now"})]
    words = vocabulary(FINDINGS, [SCAN])
    old = guideline(words, [decision("d", rules, [rule("rest")])], covers=["scan"], local=[stage])
    new = edition(*rules, outputs=[SCAN, stage])
    assert {(c.output, c.from_value) for c in diff(old, new).classes} == {("stage", "not_covered")}


def test_a_finding_only_the_new_edition_knows_ranges_over_its_values():
    old = edition(feverish(), findings=[FEVER])
    new = edition(
        rule("R", has("fever"), {"scan": "now"}), rule("N", has("numb"), {"scan": "now"}), findings=[FEVER, NUMB]
    )
    found = diff(old, new)
    (change,) = found.classes
    assert (change.kind, change.region.text) == (
        "recommendation-gained",
        "in scope of both editions: no fever and numb",
    )
    assert found.required_bump == "minor"
    assert diff(new, old).required_bump == "major"


# ---------------------------------------------------------------- hit policies


def test_rules_reordered_under_first_are_not_proved_unchanged_where_the_first_wins():
    one, other = feverish("now", "A"), rule("B", has("numb"), {"scan": "later"})

    def first(*rules):
        words = vocabulary(FINDINGS, [SCAN])
        return guideline(words, [decision("d", rules, [rule("rest")], policy=HitPolicy.FIRST)])

    found = diff(first(one, other), first(other, one))
    assert rows(found) == [("scan", "", "urgency-lowered", "now", "later")]
    assert not found.unchanged_edits
    apart = rule("B", between("age", 90), {"scan": "later"})
    young = rule("A", between("age", None, 50), {"scan": "now"})
    found = diff(first(young, apart), first(apart, young))
    assert found.equivalent
    assert [(e.old_rule, e.what) for e in found.unchanged_edits] == [
        ("A", ("its place among the rules",)),
        ("B", ("its place among the rules",)),
    ]
