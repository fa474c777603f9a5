from __future__ import annotations

import pytest
from hypothesis import given

from redflag_kit.logic.boxes.gaps import gap_pieces, some_gap
from redflag_kit.logic.boxes.rows import rows_of
from redflag_kit.logic.boxes.split import with_all
from redflag_kit.logic.boxes.uncovered import covered_roots, first_bare, uncovered
from redflag_kit.logic.budget import NO_DEADLINE
from redflag_kit.logic.space import Axis, Box, Space
from tests.unit.analyse.deadlines import noting
from tests.unit.logic.boxes.tables import Drawn, any_tables, points_in, points_of, quick

PLANE = Space((Axis("x", 8), Axis("y", 8)))
FULL = 0b11111111


@quick
@given(any_tables)
def test_a_gap_found_fast_is_a_gap(drawn: Drawn) -> None:
    found = some_gap(drawn.space, rows_of(drawn.space, drawn.boxes))
    gap = set(points_of(drawn.space)) - points_in(drawn.space, drawn.boxes)
    if found is not None:
        assert set() < points_in(drawn.space, [found]) <= gap
    elif len(drawn.boxes) < 2:
        assert not gap


@pytest.mark.parametrize(
    ("boxes", "gap"),
    [
        ([], (FULL, FULL)),
        ([(0b00001111, FULL)], (0b11110000, FULL)),
        ([(FULL, 0b11111100)], (FULL, 0b00000011)),
        ([(0b00001111, FULL), (FULL, 0b00001111)], (0b11110000, 0b11110000)),
        ([(0b00000011, FULL), (0b11000000, FULL), (0b00111100, 0b11110000)], (0b00111100, 0b00001111)),
        ([(0b00001111, FULL), (0b11110000, FULL)], None),
        # Fewer rules touch the left half, but one of them spans it.
        ([(0b00001111, FULL), (0b11110000, 0b00001111), (0b11110000, 0b00111100)], (0b11110000, 0b11000000)),
    ],
)
def test_the_half_that_fewer_rules_touch_is_followed_to_a_gap(boxes: list[Box], gap: Box | None) -> None:
    assert some_gap(PLANE, rows_of(PLANE, boxes)) == gap


def test_the_lower_of_two_halves_alike_is_followed() -> None:
    boxes: list[Box] = [(0b00011000, FULL), (0b00000100, 0b00001111), (0b00100000, 0b00001111)]
    rules = rows_of(PLANE, boxes)
    assert some_gap(PLANE, rules) == (0b00000011, FULL)
    assert first_bare(rules, with_all(rules, rules.packed([(FULL, FULL)])))[0].boxes() == [(0b00000011, FULL)]


def test_of_two_halves_that_as_many_rules_touch_one_is_followed() -> None:
    rules = rows_of(PLANE, [(0b00001111, 0b00000001), (0b11110000, 0b00000001)])
    found, roots = first_bare(rules, with_all(rules, rules.packed([(FULL, FULL)])))
    assert (found.boxes(), roots.tolist()) == ([(0b00001111, 0b11111110)], [0])


ROOTS: list[Box] = [(0b00000011, FULL), (0b00001100, 0b00001111), (0b11000000, 0b00000001), (0b00000110, 0b11110000)]
RULES: list[Box] = [(0b00000001, FULL), (0b00000010, 0b01111111), (0b00001111, 0b00001111), (0b00000100, 0b11110000)]


def test_what_is_left_of_each_root_is_told_with_the_root() -> None:
    rules = rows_of(PLANE, RULES)
    boxes, roots = uncovered(rules, with_all(rules, rules.packed(ROOTS)), NO_DEADLINE)
    left = [points_in(PLANE, [root]) - points_in(PLANE, RULES) for root in ROOTS]
    assert [
        points_in(PLANE, [box for box, root in zip(boxes.boxes(), roots, strict=True) if root == at]) for at in range(4)
    ] == left
    assert [at for at, points in enumerate(left) if points] == [0, 2, 3]
    assert covered_roots(rules, with_all(rules, rules.packed(ROOTS)), NO_DEADLINE).tolist() == [
        not points for points in left
    ]


def test_roots_found_bare_are_told_with_a_part_that_is() -> None:
    rules = rows_of(PLANE, RULES)
    boxes, roots = first_bare(rules, with_all(rules, rules.packed(ROOTS)))
    assert dict(zip(roots.tolist(), boxes.boxes(), strict=True)) == {
        0: (0b00000010, 0b10000000),
        2: (0b11000000, 0b00000001),
        3: (0b00000010, 0b10000000),
    }


def test_no_roots_leave_nothing() -> None:
    rules = rows_of(PLANE, RULES)
    none = with_all(rules, rules.packed([]))
    for boxes, roots in (uncovered(rules, none, NO_DEADLINE), first_bare(rules, none)):
        assert (boxes.boxes(), roots.tolist()) == ([], [])
    assert covered_roots(rules, none, NO_DEADLINE).tolist() == []


def test_each_search_asks_for_time_for_its_question() -> None:
    rules = rows_of(PLANE, RULES)
    roots = with_all(rules, rules.packed(ROOTS))
    deadline, asked = noting()
    gap_pieces(PLANE, rules, deadline)
    uncovered(rules, roots, deadline)
    assert set(asked) == {"the region that no rule covers"}
    asked.clear()
    first_bare(rules, roots, deadline)
    followed = len(asked)
    covered_roots(rules, roots, deadline)
    assert set(asked) == {"whether some rules cover another one"}
    assert len(asked) > 2 * followed


def test_a_root_found_bare_is_not_searched_further() -> None:
    size = 16
    space = Space((Axis("x", size), Axis("y", size)))
    rules = rows_of(space, [(1 << at, (1 << size) - 2) for at in range(size)])
    roots = with_all(rules, rules.packed([(((1 << size) - 1), (1 << size) - 1)]))
    deadline, asked = noting()
    first_bare(rules, roots, deadline)
    followed = len(asked)
    asked.clear()
    assert covered_roots(rules, roots, deadline).tolist() == [False]
    assert len(asked) == followed + 2  # at the root, and at the nothing that is left of it
