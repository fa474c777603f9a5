"""Boolean algebras of regions, and what can be said about regions in any of them.

Claim: code written against `Algebra` means the same in every interpretation: diagrams over all points, bitsets over
listed ones. Regions have no truth value; ask `is_empty()`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, Self, TypeVar

from redflag_kit.logic.space import Point, Space


class Region(Protocol):
    """A set of points of one space."""

    def __and__(self, other: Self, /) -> Self: ...

    def __or__(self, other: Self, /) -> Self: ...

    def __xor__(self, other: Self, /) -> Self: ...

    def __sub__(self, other: Self, /) -> Self: ...

    def __invert__(self) -> Self: ...

    def is_empty(self) -> bool: ...


R = TypeVar("R", bound=Region)
R_co = TypeVar("R_co", bound=Region, covariant=True)


class Algebra(Protocol[R_co]):
    """A maker of regions, e.g. `algebra.literal("age", 0b011)`: the points whose age is atom 0 or 1."""

    @property
    def space(self) -> Space: ...

    @property
    def whole(self) -> R_co: ...

    @property
    def empty(self) -> R_co: ...

    def literal(self, axis: str, mask: int) -> R_co: ...


class Searching(Algebra[R], Protocol[R]):
    """An algebra over all points of its space that also finds points: diagrams, or SAT where those grow too large."""

    def calmest(self, region: R, /) -> Point:
        """Return the first point of a region that is not empty, axes in space order, atoms in calm order."""
        ...

    def least(self, region: R, /) -> Point | None:
        """Return the canonical witness of a region, or None if it is empty."""
        ...

    def some(self, region: R, /) -> Point | None:
        """Return a point of a region, whichever is found fastest, or None if it is empty.

        No result may depend on which point that is.
        """
        ...

    def contains(self, region: R, point: Point, /) -> bool:
        """Tell whether the region holds the point."""
        ...


def conjunction(algebra: Algebra[R], regions: Iterable[R]) -> R:
    """Return the points in all of the regions; all points if there are none."""
    result = algebra.whole
    for region in regions:
        result &= region
    return result


def disjunction(algebra: Algebra[R], regions: Iterable[R]) -> R:
    """Return the points in any of the regions; no point if there are none."""
    result = algebra.empty
    for region in regions:
        result |= region
    return result


def at_least(algebra: Algebra[R], k: int, regions: Sequence[R]) -> R:
    """Return the points in at least k of the regions, e.g. two of (fever, weight loss, night sweats)."""
    # COST: n*k conjunctions. reached[j] holds the points in at least j of the regions seen so far.
    if k > len(regions):
        return algebra.empty
    reached = [algebra.whole] + [algebra.empty] * max(k, 0)
    for region in regions:
        for j in range(k, 0, -1):
            reached[j] |= reached[j - 1] & region
    return reached[-1]


def sums(algebra: Algebra[R], weighted: Iterable[tuple[R, int]]) -> dict[int, R]:
    """Return the region of each sum of points that occurs, by rising sum, e.g. {0: ..., 1: ..., 3: ...}.

    A region adds its points where it holds; points may be negative. The regions returned partition the whole.
    """
    # COST: two conjunctions per region and sum reached so far.
    totals = {} if algebra.whole.is_empty() else {0: algebra.whole}
    for region, points in weighted:
        longer: dict[int, R] = {}
        for total, where in totals.items():
            for part, reached in ((where & region, total + points), (where - region, total)):
                if not part.is_empty():
                    longer[reached] = longer[reached] | part if reached in longer else part
        totals = longer
    return dict(sorted(totals.items()))
