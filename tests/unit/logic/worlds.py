"""Small spaces and formulas over them, with the obvious meaning by enumeration."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations, product
from math import prod
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st

from redflag_kit.logic.algebra import Algebra, Region
from redflag_kit.logic.space import Axis, Point, Space

R = TypeVar("R", bound=Region)
quick = settings(max_examples=60, deadline=None)


@dataclass(frozen=True)
class Formula:
    """`all`, `any`, `odd`, `but` or `not` of parts, or a literal: an axis and a mask."""

    kind: str
    parts: tuple[Formula, ...] = ()
    axis: str = ""
    mask: int = 0


def truth(space: Space, formula: Formula) -> set[Point]:
    """Return the points where the formula holds, by going through all points for each literal."""
    parts = [truth(space, part) for part in formula.parts]
    match formula.kind:
        case "all":
            return parts[0] & parts[1]
        case "any":
            return parts[0] | parts[1]
        case "odd":
            return parts[0] ^ parts[1]
        case "but":
            return parts[0] - parts[1]
        case "not":
            return set(points_of(space)) - parts[0]
    position = space.position(formula.axis)
    return {point for point in points_of(space) if formula.mask >> point[position] & 1}


def interpret(algebra: Algebra[R], formula: Formula) -> R:
    if formula.kind == "literal":
        return algebra.literal(formula.axis, formula.mask)
    parts = [interpret(algebra, part) for part in formula.parts]
    match formula.kind:
        case "all":
            return parts[0] & parts[1]
        case "any":
            return parts[0] | parts[1]
        case "odd":
            return parts[0] ^ parts[1]
        case "but":
            return parts[0] - parts[1]
    return ~parts[0]


def points_of(space: Space) -> list[Point]:
    return list(product(*(range(axis.size) for axis in space.axes)))


def boolean_space(names: Iterable[str]) -> Space:
    return Space(tuple(Axis(name, 2) for name in names))


# Strategies are built once and bound to a space afterwards; building them anew for each space takes most of the time.
_CALM = [calm for size in range(1, 6) for calm in list(permutations(range(size)))[:24]]
_SIZES = st.lists(st.sampled_from(_CALM), min_size=1, max_size=5).filter(lambda many: prod(map(len, many)) <= 72)
_NAMES = st.permutations("abcde")
_LITERALS = st.builds(Formula, st.just("literal"), axis=st.sampled_from("abcde"), mask=st.integers(0, 31))
_FORMULAS = st.recursive(
    _LITERALS,
    lambda parts: st.one_of(
        st.builds(Formula, st.sampled_from(["all", "any", "odd", "but"]), st.tuples(parts, parts)),
        st.builds(Formula, st.just("not"), st.tuples(parts)),
    ),
    max_leaves=6,
)


def _bound(space: Space, formula: Formula) -> Formula:
    """Return the formula with axes and masks of this space."""
    if formula.kind == "literal":
        axis = space.axes["abcde".index(formula.axis) % len(space.axes)]
        return Formula("literal", axis=axis.name, mask=formula.mask & axis.full)
    return Formula(formula.kind, tuple(_bound(space, part) for part in formula.parts))


def _world(names: list[str], orders: list[tuple[int, ...]], drawn: list[Formula]) -> tuple[Space, list[Formula]]:
    space = Space(tuple(Axis(name, len(calm), calm) for name, calm in zip(names, orders, strict=False)))
    return space, [_bound(space, formula) for formula in drawn]


def worlds(regions: int = 1) -> st.SearchStrategy[tuple[Space, list[Formula]]]:
    """Return spaces of at most 72 points with formulas for some regions."""
    return st.builds(_world, _NAMES, _SIZES, st.lists(_FORMULAS, min_size=regions, max_size=regions))
