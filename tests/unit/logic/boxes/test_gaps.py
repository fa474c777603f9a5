from __future__ import annotations

from fractions import Fraction
from itertools import cycle, islice
from math import prod
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.logic.algebra import disjunction
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.boxes import split as splitting
from redflag_kit.logic.boxes.cover import _irredundant, cover, without
from redflag_kit.logic.boxes.gaps import gap_pieces, union_volume, whole
from redflag_kit.logic.boxes.measure import Measure, alike
from redflag_kit.logic.boxes.rows import rows_of
from redflag_kit.logic.boxes.witness import least
from redflag_kit.logic.budget import NO_DEADLINE, Budget, BudgetExceeded
from redflag_kit.logic.mdd import count
from redflag_kit.logic.space import Axis, Box, Space
from tests.unit.analyse.deadlines import noting
from tests.unit.logic.boxes.tables import Drawn, any_tables, points_in, points_of, quick

_WEIGHTS = st.lists(
    st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(5, 12), Fraction(2)]), min_size=1, max_size=7
)


def pieces_of(drawn: Drawn) -> list[Box]:
    return gap_pieces(drawn.space, rows_of(drawn.space, drawn.boxes), NO_DEADLINE)


def region_of(diagrams: Diagrams, box: Box) -> BddRegion:
    region = diagrams.whole
    for axis, mask in zip(diagrams.space.axes, box, strict=True):
        region &= diagrams.literal(axis.name, mask)
    return region


@quick
@given(any_tables)
def test_the_pieces_are_disjoint_and_are_what_no_rule_holds(drawn: Drawn) -> None:
    pieces = pieces_of(drawn)
    gap = set(points_of(drawn.space)) - points_in(drawn.space, drawn.boxes)
    assert points_in(drawn.space, pieces) == gap
    assert sum(prod(mask.bit_count() for mask in piece) for piece in pieces) == len(gap)


@quick
@given(any_tables)
def test_a_diagram_says_the_same_of_gap_volume_and_witness(drawn: Drawn) -> None:
    diagrams = Diagrams(drawn.space, 200_000)
    gap = ~disjunction(diagrams, (region_of(diagrams, box) for box in drawn.boxes))
    pieces = pieces_of(drawn)
    assert disjunction(diagrams, (region_of(diagrams, piece) for piece in pieces)) == gap
    assert least(drawn.space, pieces) == diagrams.least(gap)
    assert alike(drawn.space).volume(pieces) == count(diagrams.freeze(gap))


@quick
@given(any_tables, _WEIGHTS)
def test_volumes_are_exact_whatever_the_weights(drawn: Drawn, drawn_weights: list[Fraction]) -> None:
    weights = [list(islice(cycle(drawn_weights), axis.size)) for axis in drawn.space.axes]
    measure = Measure(weights)
    points = points_in(drawn.space, drawn.boxes)
    expected = sum((prod(w[a] for w, a in zip(weights, p, strict=True)) for p in points), Fraction(0))
    assert union_volume(drawn.space, drawn.boxes, measure, NO_DEADLINE) == expected
    total = measure.volume([whole(drawn.space)])
    if total:
        assert measure.share(pieces_of(drawn)) == 1 - expected / total


@quick
@given(any_tables)
def test_the_cover_is_the_gap_in_largest_boxes_and_none_is_idle(drawn: Drawn) -> None:
    space, rules = drawn.space, rows_of(drawn.space, drawn.boxes)
    found = cover(rules, pieces_of(drawn), alike(space), 1000, NO_DEADLINE)
    gap = set(points_of(space)) - points_in(space, drawn.boxes)
    assert found.exact
    assert points_in(space, found.boxes) == gap
    for box in found.boxes:
        assert points_in(space, [other for other in found.boxes if other != box]) != gap
        for at, axis in enumerate(space.axes):
            for atom in range(axis.size):
                wider = (*box[:at], box[at] | 1 << atom, *box[at + 1 :])
                neighbour = box[at] & (1 << atom + 1 | 1 << atom >> 1)
                assert wider == box or not neighbour or not points_in(space, [wider]) <= gap


def test_a_cover_that_is_cut_short_says_so() -> None:
    space = Space((Axis("x", 5), Axis("y", 5)))
    boxes = [tuple(1 << (4 - at if axis else at) for axis in range(2)) for at in range(5)]
    rules = rows_of(space, boxes)
    pieces = gap_pieces(space, rules, NO_DEADLINE)
    assert not cover(rules, pieces, alike(space), 2, NO_DEADLINE).exact
    assert len(cover(rules, pieces, alike(space), 2, NO_DEADLINE).boxes) == 2


def test_of_boxes_in_a_ring_every_other_one_is_removed_from_the_last_on() -> None:
    cube = Space((Axis("x", 2), Axis("y", 2), Axis("z", 2)))
    ring: list[Box] = [(2, 3, 1), (3, 2, 1), (1, 2, 3), (1, 3, 2), (3, 1, 2), (2, 1, 3)]
    assert _irredundant(rows_of(cube, []), ring, NO_DEADLINE) == (ring[0], ring[2], ring[4])


def test_a_box_without_another_is_disjoint_boxes_of_the_rest() -> None:
    space = Space((Axis("x", 3), Axis("y", 2), Axis("z", 3)))
    random = Random(1)
    for _ in range(60):
        one, other = (tuple(random.randrange(1, 1 << axis.size) for axis in space.axes) for _ in range(2))
        rest = list(without(one, other))
        left = points_in(space, [one]) - points_in(space, [other])
        assert points_in(space, rest) == left
        assert sum(len(points_in(space, [box])) for box in rest) == len(left)


def test_a_cover_cut_short_has_the_largest_piece() -> None:
    space = Space((Axis("x", 10),))
    rules = rows_of(space, [(0b0001000000,)])
    found = cover(rules, gap_pieces(space, rules, NO_DEADLINE), alike(space), 1, NO_DEADLINE)
    assert (found.boxes, found.exact) == (((0b0000111111,),), False)


def test_the_larger_boxes_of_a_cover_come_first() -> None:
    space = Space((Axis("x", 10),))
    rules = rows_of(space, [(0b0000001000,)])
    pieces = gap_pieces(space, rules, NO_DEADLINE)
    assert cover(rules, pieces, alike(space), 9, NO_DEADLINE).boxes == ((0b1111110000,), (0b0000000111,))


def test_a_piece_grows_in_the_order_of_columns_that_makes_it_larger() -> None:
    space = Space((Axis("x", 6), Axis("y", 7)))
    rules = rows_of(space, [(0b110000, 0b1110000)])
    pieces: list[Box] = [(0b001111, 0b0001111), (0b001111, 0b1110000), (0b110000, 0b0001111)]
    assert cover(rules, pieces, alike(space), 1, NO_DEADLINE).boxes == ((0b001111, 0b1111111),)


def test_every_step_of_a_cover_asks_for_time_for_its_question() -> None:
    space = Space((Axis("x", 4), Axis("y", 4)))
    rules = rows_of(space, [(0b0011, 0b0011), (0b1100, 0b1100)])
    deadline, asked = noting()
    found = cover(rules, gap_pieces(space, rules, NO_DEADLINE), alike(space), 9, deadline)
    assert found.boxes == ((0b0011, 0b1100), (0b1100, 0b0011))
    questions = ["a short description of the region that no rule covers"] * 2 + ["which rules overlap"]
    assert asked[:3] == questions
    assert set(asked[3:]) == {"whether some rules cover another one"}


def test_a_large_box_that_two_later_ones_hold_between_them_is_left_out() -> None:
    space = Space((Axis("x", 12), Axis("y", 6)))
    left, right, full = 0b000000111111, 0b111111000000, 0b111111111111
    rules = rows_of(space, [(full, 0b000001), (full, 0b100000), (right, 0b010000), (left, 0b000010)])
    pieces = gap_pieces(space, rules, NO_DEADLINE)
    assert cover(rules, pieces, alike(space), 9, NO_DEADLINE).boxes == ((left, 0b011100), (right, 0b001110))


def test_the_calmest_atom_of_scattered_ones_is_found() -> None:
    assert least(Space((Axis("x", 5, (2, 3, 1, 4, 0)),)), [(0b10011,)]) == (1,)
    assert least(Space((Axis("x", 5, (2, 3, 1, 4, 0)),)), [(0b11000,), (0,)]) == (3,)


def test_a_slab_cut_off_a_partition_is_described_as_one_box() -> None:
    space = Space((Axis("x", 100), Axis("y", 100)))
    left, right, full = (1 << 50) - 1, ((1 << 50) - 1) << 50, (1 << 100) - 1
    rules = rows_of(space, [(left, full), (right, full & ~0b111)])
    pieces = gap_pieces(space, rules, NO_DEADLINE)
    assert cover(rules, pieces, alike(space), 9, NO_DEADLINE).boxes == ((right, 0b111),)


def test_a_single_point_of_a_real_axis_is_a_gap_of_no_volume() -> None:
    space = Space((Axis("x", 5),))  # below 10, 10, between, 20, above
    pieces = gap_pieces(space, rows_of(space, [(0b00001,), (0b11100,)]), NO_DEADLINE)
    measure = Measure([[Fraction(1, 3), 0, Fraction(1, 3), 0, Fraction(1, 3)]])
    assert pieces == [(0b00010,)]
    assert measure.share(pieces) == 0


def test_a_table_without_rules_is_one_gap_and_no_axes_is_an_error() -> None:
    space = Space((Axis("x", 3), Axis("y", 2)))
    assert gap_pieces(space, rows_of(space, []), NO_DEADLINE) == [(0b111, 0b11)]
    assert least(space, []) is None
    with pytest.raises(ValueError, match="at least one axis"):
        rows_of(Space(()), [])


def test_taking_a_level_in_parts_changes_no_region(monkeypatch: pytest.MonkeyPatch) -> None:
    space = Space((Axis("x", 40), Axis("y", 40)))
    rules = rows_of(space, [(1 << at, 1 << at) for at in range(40)])
    at_once = gap_pieces(space, rules, NO_DEADLINE)
    monkeypatch.setattr(splitting, "_NODES", 2)
    assert sorted(gap_pieces(space, rules, NO_DEADLINE)) == sorted(at_once)


def test_a_run_out_of_time_is_told_and_nothing_is_guessed() -> None:
    space = Space((Axis("x", 3),))
    with pytest.raises(BudgetExceeded, match="the region that no rule covers"):
        gap_pieces(space, rows_of(space, [(0b1,)]), Budget(seconds=0).start())
