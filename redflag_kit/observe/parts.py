"""Parts of a condition, and where each of them decides it.

Claim: flipping a part at a point flips the whole condition there exactly if the point lies in `decides`.
Method: from the top down. A member of `all` decides where the others hold, one of `at least n` where exactly n - 1 of
the others do; a negation decides what it negates.
Cost: a few operations per part, and n times the members for a group that counts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeAlias

from redflag_kit.logic.algebra import Algebra, R, disjunction
from redflag_kit.model.condition import All, Any, AtLeast, Condition, members

Path: TypeAlias = tuple[int, ...]
"""Positions of members from the top; `Not` and `Named` have one, at 0."""


@dataclass(frozen=True, slots=True)
class Part(Generic[R]):
    """A part of a condition: where it holds, and where flipping it flips the condition."""

    condition: Condition
    region: R
    decides: R


def parts_of(condition: Condition, region: Callable[[Condition], R], algebra: Algebra[R]) -> dict[Path, Part[R]]:
    """Return every part by its path, the condition itself first at `()`; `region` says where one holds."""
    return dict(_parts((), condition, algebra.whole, region, algebra))


def _parts(
    path: Path, condition: Condition, decides: R, region: Callable[[Condition], R], algebra: Algebra[R]
) -> Iterator[tuple[Path, Part[R]]]:
    yield path, Part(condition, region(condition), decides)
    inside = members(condition)
    for position, (member, alone) in enumerate(zip(inside, deciding(condition, region, algebra), strict=True)):
        there = decides if alone is None else decides & alone
        yield from _parts((*path, position), member, there, region, algebra)


def deciding(condition: Condition, region: Callable[[Condition], R], algebra: Algebra[R]) -> Sequence[R | None]:
    """Return, for each member of a condition, where flipping it flips the condition; None: everywhere."""
    inside = members(condition)
    if len(inside) < 2 and not isinstance(condition, AtLeast):
        return [None] * len(inside)
    regions = [region(one) for one in inside]
    match condition:
        case All():
            before = accumulate(regions[:-1], lambda a, b: a & b, initial=algebra.whole)
            after = accumulate(regions[:0:-1], lambda a, b: a & b, initial=algebra.whole)
            return [a & b for a, b in zip(before, reversed([*after]), strict=True)]
        case Any():
            before = accumulate(regions[:-1], lambda a, b: a | b, initial=algebra.empty)
            after = accumulate(regions[:0:-1], lambda a, b: a | b, initial=algebra.empty)
            return [~(a | b) for a, b in zip(before, reversed([*after]), strict=True)]
        case AtLeast(n):  # pragma: no branch
            return exactly_among_others(algebra, n - 1, regions)
    raise TypeError(condition)  # pragma: no cover - other conditions have one member at most


def exactly_among_others(algebra: Algebra[R], n: int, regions: Sequence[R]) -> list[R]:
    """Return, for each region, the points in exactly n of the others."""
    # COST: n operations per region for each of three steps: counts of those before, of those after, and joined.
    if n < 0:
        return [algebra.empty] * len(regions)
    before = [*_counts(algebra, n, regions[:-1])]
    after = [*_counts(algebra, n, regions[:0:-1])][::-1]
    return [
        disjunction(algebra, (few & rest for few, rest in zip(one, reversed(other), strict=True)))
        for one, other in zip(before, after, strict=True)
    ]


def _counts(algebra: Algebra[R], n: int, regions: Sequence[R]) -> Iterator[list[R]]:
    """Yield where exactly 0, 1, ..., n of the first 0, 1, ... regions hold."""
    counted = [algebra.whole, *[algebra.empty] * n]
    yield counted
    for region in regions:
        less = [algebra.empty, *counted[:-1]]
        counted = [stays - region | comes & region for stays, comes in zip(counted, less, strict=True)]
        yield counted
