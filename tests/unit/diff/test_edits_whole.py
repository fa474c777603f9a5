"""Edits as they are shown: which rule succeeds which, which edit stands behind a change, and every kind whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.diff import edits
from redflag_kit.diff.describe import Describer, describer
from redflag_kit.diff.edits import Alignment, align, edit_of
from redflag_kit.diff.pair import pair
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.condition import All, Any, Condition
from redflag_kit.model.guideline import Guideline
from redflag_kit.results.diff import Edit
from redflag_kit.results.region import Cube, Region
from tests.property.models import has, implies, rule
from tests.unit.diff.small import cited, edition

FEVER_AND_NUMB = All((has("fever"), has("numb")))
ONLY_FEVER = Region(
    "fever and no numb", (Cube((("fever", ("present",)), ("numb", ("absent",))), ("fever", "no numb")),), exact=True
)
ONLY_NUMB = Region(
    "no fever and numb", (Cube((("fever", ("absent",)), ("numb", ("present",))), ("no fever", "numb")),), exact=True
)


def one_rule(when: Condition) -> Guideline:
    return edition(rule("R", when, {"scan": "now"}))


def edit_between(old: Guideline, new: Guideline, old_rule: str | None, new_rule: str | None) -> Edit | None:
    describe = describer(pair(old, new))
    return edit_of(describe, align(describe), old_rule, new_rule)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            has("fever"),
            FEVER_AND_NUMB,
            Edit("narrowed", ("R",), ("R",), "R -> R: no longer for fever and no numb", ONLY_FEVER, None),
        ),
        (
            has("fever"),
            Any((has("fever"), has("numb"))),
            Edit("widened", ("R",), ("R",), "R -> R: newly for no fever and numb", None, ONLY_NUMB),
        ),
        (
            has("fever"),
            has("numb"),
            Edit(
                "moved",
                ("R",),
                ("R",),
                "R -> R: no longer for fever and no numb; newly for no fever and numb",
                ONLY_FEVER,
                ONLY_NUMB,
            ),
        ),
        (
            FEVER_AND_NUMB,
            All((has("numb"), has("fever"))),
            Edit("same", ("R",), ("R",), "R -> R: the condition is the same (proved)", None, None),
        ),
    ],
)
def test_an_edit_tells_for_whom_a_condition_no_longer_or_newly_holds(old: Condition, new: Condition, expected: Edit):
    assert edit_between(one_rule(old), one_rule(new), "R", "R") == expected


def test_a_rule_that_came_or_went_has_no_condition_to_compare():
    plain, without = one_rule(has("fever")), edition()
    quoted = cited(without, replace(rule("R", has("fever")), inert="no action is named"))
    assert edit_between(plain, without, "R", None) == Edit(
        "removed", ("R",), (), "R -> no rule: the rule has no successor", None, None
    )
    assert edit_between(without, plain, None, "R") == Edit(
        "added", (), ("R",), "no rule -> R: the rule is new", None, None
    )
    assert edit_between(plain, quoted, "R", None) == Edit(
        "removed", ("R",), (), "R -> no rule: the rule is cited only, and decides no more", None, None
    )
    assert edit_between(quoted, plain, None, "R") == Edit(
        "added", (), ("R",), "no rule -> R: the rule was cited only, and decides now", None, None
    )


def test_patients_whom_an_edition_does_not_allow_or_who_are_out_of_a_scope_are_no_part_of_an_edit():
    tied = [implies(has("fever"), has("numb"))]
    old, new = (edition(rule("R", when, {"scan": "now"}), constraints=tied) for when in (has("fever"), FEVER_AND_NUMB))
    same = edit_between(old, new, "R", "R")
    assert same is not None
    assert same.kind == "same"
    scoped: list[tuple[Condition | None, Condition | None]] = [(has("numb"), None), (None, has("numb"))]
    whens: tuple[Condition, Condition] = (has("fever"), FEVER_AND_NUMB)
    for scopes in scoped:
        old, new = (
            edition(rule("R", when, {"scan": "now"}), scope=scope) for when, scope in zip(whens, scopes, strict=True)
        )
        same = edit_between(old, new, "R", "R")
        assert same is not None
        assert same.kind == "same"


A, B = rule("A", has("fever"), {"scan": "now"}), rule("B", has("numb"), {"scan": "soon"})
C = rule("C", has("cough"), {"scan": "later"})


def test_rules_succeed_those_of_their_name_and_those_they_say_they_replace():
    merged, new = replace(rule("M", has("fever")), replaces=("B", "A")), rule("D", has("numb"))
    describe = describer(
        pair(edition(A, B, C, otherwise=None), edition(merged, C, new, otherwise=None, covers=["scan"]))
    )
    assert align(describe) == Alignment(
        {"A": ("M",), "B": ("M",), "C": ("C",)}, {"M": ("A", "B"), "C": ("C",), "D": ()}
    )


def edited() -> Describer[BddRegion]:
    narrowed = rule("B", All((has("numb"), has("fever"))), {"scan": "soon"})
    return describer(pair(edition(A, B, C), edition(A, narrowed, C, rule("N", has("numb"), {"scan": "later"}))))


@pytest.mark.parametrize(
    ("old_rule", "new_rule", "kind", "old_rules", "new_rules"),
    [
        ("A", "A", "same", ("A",), ("A",)),
        ("A", None, "same", ("A",), ("A",)),
        (None, "A", "same", ("A",), ("A",)),
        ("A", "C", "same", ("A",), ("A",)),
        ("A", "B", "narrowed", ("B",), ("B",)),
        ("A", "N", "added", (), ("N",)),
        ("B", "N", "narrowed", ("B",), ("B",)),
        ("B", "A", "narrowed", ("B",), ("B",)),
        (None, "N", "added", (), ("N",)),
    ],
)
def test_the_edit_behind_a_change_is_that_of_the_old_rule_unless_only_an_unrelated_new_one_was_edited(
    old_rule: str | None, new_rule: str | None, kind: str, old_rules: tuple[str, ...], new_rules: tuple[str, ...]
):
    describe = edited()
    found = edit_of(describe, align(describe), old_rule, new_rule)
    assert found is not None
    assert (found.kind, found.old_rules, found.new_rules) == (kind, old_rules, new_rules)


def test_where_no_rule_decides_there_is_no_edit_and_an_edit_is_described_once():
    describe = edited()
    alignment = align(describe)
    assert edit_of(describe, alignment, None, None) is None
    assert edit_of(describe, alignment, "B", "B") is edit_of(describe, alignment, "B", None)
    assert {*describe.edits} == {(("B",), ("B",))}


def test_a_rule_of_several_predecessors_is_compared_with_all_their_successors_in_file_order():
    split = [replace(one, replaces=("A",)) for one in (rule("Z", FEVER_AND_NUMB), rule("Y", has("fever")))]
    describe = describer(pair(edition(A), edition(*split, C, covers=["scan"])))
    found = edit_of(describe, align(describe), None, "Y")
    assert found is not None
    assert (found.old_rules, found.new_rules, found.kind) == (("A",), ("Z", "Y"), "same")
    assert found.text == "A -> Z, Y: the condition is the same (proved)"


@pytest.mark.parametrize(
    ("most", "text"), [(3, "no fever and numb and cough"), (2, "(numb and cough) and not (fever)")]
)
def test_an_edit_is_told_in_findings_up_to_a_number_of_conditions(
    monkeypatch: pytest.MonkeyPatch, most: int, text: str
):
    monkeypatch.setattr(edits, "MAX_EDIT_LITERALS", most)
    both = All((has("numb"), has("cough")))
    found = edit_between(one_rule(has("fever")), one_rule(Any((has("fever"), both))), "R", "R")
    assert found is not None
    assert found.gained is not None
    assert found.gained.text == text


def test_parts_are_told_only_if_they_are_shorter(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(edits, "MAX_EDIT_LITERALS", 1)
    both = All((has("numb"), has("cough")))
    found = edit_between(one_rule(has("fever")), one_rule(Any((has("fever"), both))), "R", "R")
    assert found is not None
    assert found.gained is not None
    # Three conditions on findings, two in parts.
    assert found.gained.text == "(numb and cough) and not (fever)"
    assert found.gained.cubes == (
        Cube((("numb and cough", ("holds",)), ("fever", ("does not hold",))), ("(numb and cough)", "not (fever)")),
    )
    same_length = edit_between(one_rule(has("fever")), one_rule(Any((has("fever"), has("numb")))), "R", "R")
    assert same_length is not None
    assert same_length.gained == ONLY_NUMB


def test_an_edit_names_every_rule_of_both_sides():
    merged = [
        replace(rule(name, when), replaces=("A", "B")) for name, when in (("M", FEVER_AND_NUMB), ("L", has("numb")))
    ]
    found = edit_between(edition(A, B), edition(*merged, covers=["scan"]), None, "M")
    assert found is not None
    assert found.text == "A, B -> M, L: no longer for fever and no numb"
