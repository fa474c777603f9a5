"""The changed area cell by cell: axes, shares, directions, and which findings it is drawn over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.diff import area as drawing
from redflag_kit.diff.area import area, most_read, readable
from redflag_kit.diff.changes import changes, constraint_changes
from redflag_kit.diff.edits import Alignment
from redflag_kit.diff.pair import pair
from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.model.condition import All, Any
from redflag_kit.model.guideline import Guideline
from redflag_kit.results.area import Area, AreaAxis, AreaCell
from tests.property.models import between, choice, has, implies, rule
from tests.unit.diff.small import AGE, COUGH, FEVER, NUMB, SCAN, VISIT, edition
from tests.unit.diff.test_area import both, directions


def test_an_area_has_its_axes_in_words_and_a_row_of_cells_for_each_value_of_the_first() -> None:
    found = both()
    assert area(found, tuple(changes(found)), "age", "fever", chosen=False) == Area(
        AreaAxis("age", "age", ("at most 49", "at least 50")),
        AreaAxis("fever", "fever", ("absent", "present")),
        False,
        (
            (AreaCell("same", "0"), AreaCell("same", "0")),
            (AreaCell("same", "0"), AreaCell("lost", "1/2")),
        ),
    )


def test_the_direction_of_a_cell_is_the_worst_that_anybody_there_has_and_its_share_counts_all() -> None:
    def over(numb: str, cough: str) -> Guideline:
        rules = [rule("N", has("numb"), {"scan": numb}), rule("C", has("cough"), {"visit": cough})]
        return edition(*rules, findings=(FEVER, NUMB, COUGH), outputs=(SCAN, VISIT))

    worse = pair(over("now", "soon"), over("soon", "now"))
    assert directions(worse, "numb", "cough") == [
        [("same", "0"), ("more_urgent", "1")],
        [("less_urgent", "1"), ("less_urgent", "1")],
    ]
    either = Any((has("numb"), All((has("cough"), has("fever")))))
    old, new = (edition(rule("N", either, {"scan": level}), findings=(FEVER, NUMB, COUGH)) for level in ("now", "soon"))
    made = pair(old, new)
    assert directions(made, "numb", "cough") == [
        [("same", "0"), ("less_urgent", "1/2")],
        [("less_urgent", "1"), ("less_urgent", "1")],
    ]


def test_patients_whom_only_one_edition_allows_are_no_part_of_an_area() -> None:
    limit = [implies(has("fever"), has("numb"))]
    rules = [rule("R", Any((has("fever"), has("numb"))), {"scan": level}) for level in ("now", "soon")]
    old = edition(rules[0], findings=(FEVER, NUMB))
    new = edition(rules[1], findings=(FEVER, NUMB), constraints=limit)
    for made in (pair(old, new), pair(new, old)):
        found = (*constraint_changes(made), *changes(made))
        drawn = area(made, found, "fever", "numb", chosen=False)
        assert [[cell.share for cell in row] for row in drawn.cells] == [["0", "1"], ["0", "1"]]
        assert drawn.cells[1][0].direction == "impossible"


def test_findings_are_drawn_over_by_how_many_classes_they_decide_then_by_how_many_values_they_have() -> None:
    def over(level: str) -> Guideline:
        rules = [
            rule("A", has("cough"), {"scan": level}),
            rule("B", All((has("numb"), between("age", 50), has("pain", "mild"))), {"visit": level}),
            rule("C", All((has("numb"), has("cough"))), {"third": level}),
        ]
        pain = choice("pain", ["none", "mild", "severe"])
        outputs = (SCAN, VISIT, replace(VISIT, id="third"))
        return edition(*rules, findings=(FEVER, pain, NUMB, COUGH, AGE), outputs=outputs)

    made = pair(over("now"), over("soon"))
    found = tuple(changes(made))
    assert readable(made) == ("pain", "numb", "cough", "age")
    assert most_read(made, found, Alignment({}, {})) == ("numb", "cough", "pain", "age")
    only = tuple(change for change in found if change.aspect[0] == "visit")
    assert most_read(made, only, Alignment({}, {})) == ("pain", "numb", "age")


def test_the_rules_that_a_deciding_rule_came_from_or_went_to_count_with_it() -> None:
    old = edition(rule("A", has("fever"), {"scan": "now"}), rule("B", has("numb"), {"scan": "later"}))
    new = edition(rule("C", has("cough"), {"scan": "now"}))
    made = pair(old, new)
    gained = tuple(c for c in changes(made) if (c.old_rule, c.new_rule) == (None, "C") or c.old_value == "silent")
    lost = tuple(c for c in changes(made) if c.old_rule == "A" and c.new_rule != "C")
    assert {*most_read(made, gained, Alignment({}, {"C": ("A",)}))} == {"cough", "fever"}
    assert {*most_read(made, gained, Alignment({}, {}))} == {"cough"}
    assert {*most_read(made, lost, Alignment({"A": ("C",)}, {}))} == {"cough", "fever"}
    assert {*most_read(made, lost, Alignment({}, {}))} == {"fever"}


def test_an_area_keeps_to_its_numbers_of_cells_and_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "CELLS", 4)
    assert len(directions(both(), "fever", "age")) == 2
    monkeypatch.setattr(drawing, "NODES", 1)
    with pytest.raises(BudgetExceeded, match="1 "):
        directions(both(), "fever", "age")
    monkeypatch.setattr(drawing, "CELLS", 3)
    with pytest.raises(BudgetExceeded, match=r"^the changed area needs more than 3 cells$"):
        directions(both(), "fever", "age")


def test_findings_of_one_value_and_those_that_constraints_alone_read_do_not_count() -> None:
    limit = [implies(has("numb"), has("cough"))]
    old, new = (
        edition(
            rule("R", All((has("fever"), has("pain", "mild"), between("age", 0, 99))), {"scan": level}),
            findings=(FEVER, NUMB, COUGH, AGE, choice("pain", ["none", "mild"])),
            constraints=limit,
        )
        for level in ("now", "soon")
    )
    assert directions(pair(old, new), "fever", "pain") == [
        [("same", "0"), ("same", "0")],
        [("less_urgent", "1"), ("same", "0")],
    ]
