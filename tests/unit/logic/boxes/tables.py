"""Small tables of boxes, with the obvious meaning by enumeration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations, product

from hypothesis import settings
from hypothesis import strategies as st

from redflag_kit.logic.space import Axis, Box, Point, Space

quick = settings(max_examples=60, deadline=None)


@dataclass(frozen=True)
class Drawn:
    """A space with some boxes; `outputs` has one letter per box."""

    space: Space
    boxes: list[Box]
    outputs: str


def points_of(space: Space) -> list[Point]:
    return list(product(*(range(axis.size) for axis in space.axes)))


def holds(box: Box, point: Point) -> bool:
    return all(mask >> atom & 1 for mask, atom in zip(box, point, strict=True))


def points_in(space: Space, boxes: Iterable[Box]) -> set[Point]:
    listed = list(boxes)
    return {point for point in points_of(space) if any(holds(box, point) for box in listed)}


def first_hit(boxes: Sequence[Box], point: Point) -> int | None:
    return next((index for index, box in enumerate(boxes) if holds(box, point)), None)


# Strategies are built once and bound to a space afterwards. Wide axes need several words of 64 atoms.
_SHAPES = [(3,), (2, 3), (5, 4), (2, 2, 2, 2), (4, 5, 3), (130,), (70, 3), (2, 66)]
_NARROW = st.tuples(st.integers(0, 2**8), st.integers(0, 2**8))
_CELLS = st.one_of(
    st.just(("any", 0, 0)),
    st.builds(lambda ends: ("span", min(ends), max(ends)), _NARROW),
    st.builds(lambda ends: ("but", min(ends), max(ends)), _NARROW),
    st.builds(lambda bits: ("bits", bits, 0), st.integers(0, 2**130)),
)
_SPANS = st.builds(lambda ends: ("span", min(ends), max(ends)), _NARROW)
_CALM = list(permutations(range(4)))


def _mask(axis: Axis, cell: tuple[str, int, int]) -> int:
    kind, one, other = cell
    if kind == "any":
        return axis.full
    if kind == "bits":
        return one & axis.full
    first, last = sorted((one % axis.size, other % axis.size))
    span = (1 << (last + 1)) - (1 << first)
    return span if kind == "span" else axis.full & ~span


def _table(shape: tuple[int, ...], calm: int, rows: list[list[tuple[str, int, int]]], letters: str) -> Drawn:
    orders = [_CALM[calm] if size == 4 else () for size in shape]
    space = Space(tuple(Axis(f"x{at}", size, orders[at]) for at, size in enumerate(shape)))
    boxes = [tuple(_mask(axis, cell) for axis, cell in zip(space.axes, row, strict=False)) for row in rows]
    return Drawn(space, boxes, letters[: len(boxes)])


def _tables(cells: st.SearchStrategy[tuple[str, int, int]], most: int) -> st.SearchStrategy[Drawn]:
    rows = st.lists(st.lists(cells, min_size=4, max_size=4), max_size=most)
    return st.builds(
        _table, st.sampled_from(_SHAPES), st.integers(0, 23), rows, st.text("PQ", min_size=most, max_size=most)
    )


tables = _tables(_CELLS, 9)
interval_tables = _tables(_SPANS, 9)
any_tables = st.one_of(tables, interval_tables)
