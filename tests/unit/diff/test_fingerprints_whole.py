"""What a fingerprint is made of: signed changes are known by it, so it must stay as it is."""

from __future__ import annotations

import pytest

from redflag_kit.compile.digest import digest_of
from redflag_kit.diff.changes import changes, constraint_changes
from redflag_kit.diff.fingerprint import fingerprints
from redflag_kit.diff.pair import pair_by_name
from redflag_kit.model.condition import All, Not
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vocabulary import Constraint
from tests.property.models import at_most, between, choice, has, implies, number, rule
from tests.unit.diff.small import AGE, COUGH, FEVER, NUMB, diff, edition

PAIN = choice("pain", ["none", "severe", "mild"])


def marks(old: Guideline, new: Guideline) -> dict[tuple[str, str, str], str]:
    by_name = pair_by_name(old, new)
    found = [*constraint_changes(by_name), *changes(by_name)]
    marked = fingerprints(by_name, iter(found))
    return {(one.aspect[0], one.old_value, one.new_value): marked[one.key] for one in found}


def test_a_fingerprint_is_of_output_values_and_patients_as_a_reduced_diagram_in_order_of_ids():
    asks = All((has("pain", "mild", "none"), between("age", 50)))
    old, new = (edition(rule("R", asks, {"scan": one}), findings=(PAIN, AGE, FEVER)) for one in ("now", "soon"))
    axes = [["age", [["0", "49"], ["50", "99"]]], ["pain", [["mild", "none"], ["severe"]]]]
    # Node 2 asks pain and node 3 asks age; 0 is no and 1 is yes.
    nodes = [[1, [1, 0]], [0, [0, 2]]]
    expected = digest_of([["scan", ""], "now", "soon", axes, nodes, 3])
    assert marks(old, new) == {("scan", "now", "soon"): expected}
    assert [one.fingerprint for one in diff(old, new).classes] == [expected]


FEVER_AND_NOT_NUMB = [
    [["fever", [["absent"], ["present"]]], ["numb", [["absent"], ["present"]]]],
    [[1, [1, 0]], [0, [0, 2]]],
    3,
]


def test_the_patients_of_a_constraint_are_those_of_the_findings_that_it_and_others_tie():
    gone = implies(has("fever"), has("numb"))
    shared: list[Constraint] = [implies(has("cough"), between("age", 18)), at_most("age", "days", factor=100)]
    findings = (FEVER, NUMB, COUGH, AGE, number("days", 0, 9))
    asks = rule("R", All((has("cough"), between("age", 50), between("days", 2))), {"scan": "now"})
    loose, tied = (edition(asks, findings=findings, constraints=limits) for limits in (shared, [*shared, gone]))
    impossible = digest_of([["*", ""], "possible", "impossible", *FEVER_AND_NOT_NUMB])
    possible = digest_of([["*", ""], "impossible", "possible", *FEVER_AND_NOT_NUMB])
    assert marks(loose, tied) == {("*", "possible", "impossible"): impossible}
    assert marks(tied, loose) == {("*", "impossible", "possible"): possible}


@pytest.mark.parametrize(
    "limit", [implies(has("fever"), between("age", 18)), implies(between("age", None, 17), Not(has("fever")))]
)
def test_a_finding_that_a_constraint_ties_to_one_that_an_edition_bounds_otherwise_is_part_of_the_patients(
    limit: Constraint,
):
    old, new = (
        edition(
            rule("R", has("fever"), {"scan": "now"}), findings=(FEVER, NUMB, number("age", 0, top)), constraints=[limit]
        )
        for top in (99, 120)
    )
    axes = [["age", [["0", "99"], ["100", "120"]]]]
    expected = digest_of([["*", ""], "impossible", "possible", axes, [[0, [0, 1]]], 2])
    assert marks(old, new) == {("*", "impossible", "possible"): expected}


def test_what_only_constraints_tell_apart_is_no_part_of_the_patients_who_change():
    limit = [implies(has("fever"), has("numb"))]
    plain, tied = (
        [edition(rule("R", has("fever"), {"scan": one}), findings=(FEVER, NUMB), constraints=limits) for one in levels]
        for limits, levels in (((), ("now", "soon")), (limit, ("now", "soon")))
    )
    assert marks(*plain) == marks(*tied)
    axes = [["fever", [["absent"], ["present"]]]]
    assert marks(*plain) == {("scan", "now", "soon"): digest_of([["scan", ""], "now", "soon", axes, [[0, [0, 1]]], 2])}
    # Numbness is asked by the rule that decides, so it is a part although a constraint reads it too.
    asks = All((has("fever"), has("numb")))
    both = [
        edition(rule("R", asks, {"scan": one}), findings=(FEVER, NUMB), constraints=limit) for one in ("now", "soon")
    ]
    assert marks(*both) != marks(*plain)


def test_what_only_one_of_the_two_editions_asks_of_those_who_change_is_a_part_of_the_patients():
    # Numbness is read by a constraint too; of the old rule's patients or the new one's together it tells nothing.
    limit = [implies(has("cough"), has("numb"))]
    old, new = (
        edition(rule("R", asks, {"scan": level}), findings=(FEVER, NUMB, COUGH), constraints=limit)
        for asks, level in ((All((has("fever"), has("numb"))), "now"), (has("fever"), "soon"))
    )
    axes = [["fever", [["absent"], ["present"]]], ["numb", [["absent"], ["present"]]]]
    expected = digest_of([["scan", ""], "now", "soon", axes, [[1, [0, 1]], [0, [0, 2]]], 3])
    assert marks(old, new)["scan", "now", "soon"] == expected
