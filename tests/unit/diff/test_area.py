"""The changed area over two findings, by hand."""

from __future__ import annotations

import pytest

from redflag_kit.diff import area as drawing
from redflag_kit.diff.area import area, most_read, readable
from redflag_kit.diff.changes import changes
from redflag_kit.diff.edits import Alignment
from redflag_kit.diff.pair import Pair, pair
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.model.condition import All, Any
from tests.property.models import between, has, implies, rule
from tests.unit.diff.small import AGE, COUGH, FEVER, NUMB, SCAN, VISIT, edition


def both() -> Pair[BddRegion]:
    """Return editions that differ for the feverish from 50 on, the new one with an output that the old one lacks."""
    old = edition(rule("R", has("fever"), {"scan": "now"}), covers=["scan"], outputs=(SCAN, VISIT))
    when = All((has("fever"), Any((between("age", None, 49), has("numb")))))
    new = edition(rule("R", when, {"scan": "now", "visit": "now"}), outputs=(SCAN, VISIT))
    return pair(old, new)


def directions(found: Pair[BddRegion], rows: str, columns: str) -> list[list[tuple[str, str]]]:
    drawn = area(found, tuple(changes(found)), rows, columns, chosen=False)
    return [[(one.direction, one.share) for one in cells] for cells in drawn.cells]


def test_a_cell_changes_if_somebody_there_does_and_says_how_much_of_what_is_possible() -> None:
    # Of the feverish from 50 on, those who are not numb change: one of two combinations.
    assert directions(both(), "fever", "age") == [
        [("same", "0"), ("same", "0")],
        [("same", "0"), ("lost", "1/2")],
    ]


def test_values_are_said_in_words() -> None:
    found = both()
    drawn = area(found, tuple(changes(found)), "fever", "age", chosen=True)
    assert drawn.rows.words == ("absent", "present")
    assert drawn.columns.words == ("at most 49", "at least 50")
    assert drawn.chosen


def test_where_nobody_can_be_nothing_is_the_same() -> None:
    rule_of = [rule("R", All((has("fever"), has("numb"))), {"scan": level}) for level in ("now", "soon")]
    limit = [implies(has("fever"), has("numb"))]
    old, new = (edition(one, findings=(FEVER, NUMB, COUGH), constraints=limit) for one in rule_of)
    assert directions(pair(old, new), "fever", "numb") == [
        [("same", "0"), ("same", "0")],
        [("impossible", "0"), ("less_urgent", "1")],
    ]


def test_who_changes_in_one_direction_by_whatever_class_changes() -> None:
    old, new = (
        edition(rule("R", has("fever"), {"scan": level}), rule("S", has("numb"), {"scan": level}))
        for level in ("now", "soon")
    )
    assert directions(pair(old, new), "fever", "numb") == [
        [("same", "0"), ("less_urgent", "1")],
        [("less_urgent", "1"), ("less_urgent", "1")],
    ]


def test_a_finding_that_no_test_tells_apart_is_not_drawn() -> None:
    asks = All((has("fever"), between("age", 0)))
    old, new = (edition(rule("R", asks, {"scan": level}), findings=(FEVER, AGE)) for level in ("now", "soon"))
    found = pair(old, new)
    assert found.atoms.size("age") == 1
    assert readable(found) == ("fever",)


def test_what_decides_most_changes_is_drawn_over_successors_of_deciding_rules_included() -> None:
    found = both()
    assert readable(found) == ("fever", "numb", "age")
    # The rule that no longer decides reads fever alone; its successor reads all three.
    assert most_read(found, tuple(changes(found)), Alignment({}, {})) == ("fever",)
    alignment = Alignment({"R": ("R",)}, {"R": ("R",)})
    assert most_read(found, tuple(changes(found)), alignment) == ("fever", "numb", "age")


def test_an_area_of_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "CELLS", 3)
    with pytest.raises(BudgetExceeded, match="3 cells"):
        directions(both(), "fever", "age")
