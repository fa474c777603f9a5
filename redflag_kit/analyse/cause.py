"""Few rules that are enough to cover a region, none of them needless.

Method: one or two rules if such exist, in the order given; else all without those that are needless, left out from the
last on. A point of the region narrows the search: one of the rules named must hold it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic

from redflag_kit.logic.algebra import R, Searching
from redflag_kit.logic.space import Point

MAX_PAIRED = 40
"""Among how many rules a pair is looked for before rules are left out one by one."""
MAX_QUESTIONS = 20_000
"""How many questions the rules of one table may take."""


@dataclass(frozen=True)
class Cause(Generic[R]):
    """Points that must be covered, and the rules that may cover them, each with the points it covers."""

    target: R
    rules: tuple[tuple[str, R], ...]


@dataclass(slots=True)
class Effort:
    """The questions that are left."""

    left: int = MAX_QUESTIONS


def fewest(algebra: Searching[R], causes: Sequence[Cause[R]], point: Point, effort: Effort) -> tuple[str, ...]:
    """Return few names that cover every target, which all of them do; none if that takes too many questions.

    `point` lies in every target.
    """
    names = list(dict.fromkeys(name for cause in causes for name, _ in cause.rules))
    for chosen in _small(algebra, causes, point, names):
        effort.left -= 1
        if effort.left < 0:
            return ()
        if all(_is_covered(cause, chosen) for cause in causes):
            return chosen
    return _irredundant(algebra, causes, names, effort)


def _small(
    algebra: Searching[R], causes: Sequence[Cause[R]], point: Point, names: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """Yield the single rules and the pairs that hold the point in every target."""
    at_point = [{name for name, region in cause.rules if algebra.contains(region, point)} for cause in causes]
    yield from ((name,) for name in names if all(name in holding for holding in at_point))
    if len(names) <= MAX_PAIRED:
        yield from (pair for pair in combinations(names, 2) if all(holding & set(pair) for holding in at_point))


def _is_covered(cause: Cause[R], chosen: Sequence[str]) -> bool:
    left = cause.target
    for name, region in cause.rules:
        if name in chosen:
            left = left - region
    return left.is_empty()


def _irredundant(
    algebra: Searching[R], causes: Sequence[Cause[R]], names: Sequence[str], effort: Effort
) -> tuple[str, ...]:
    """Leave out rules from the last on, as long as the others cover every target."""
    # COST: rules share the unions of those before them, and what is kept after them, so each is two conjunctions.
    chains = [_Chain(algebra, cause, names) for cause in causes]
    kept: list[str] = []
    for place in range(len(names) - 1, -1, -1):
        effort.left -= len(causes)
        if effort.left < 0:
            return ()
        if not all(chain.is_covered_without(place) for chain in chains):
            kept.append(names[place])
            for chain in chains:
                chain.keep(place)
    return tuple(reversed(kept))


class _Chain(Generic[R]):
    """One target, while rules are left out from the last on."""

    def __init__(self, algebra: Searching[R], cause: Cause[R], names: Sequence[str]) -> None:
        regions = dict(cause.rules)
        self._regions = [regions.get(name, algebra.empty) for name in names]
        self._before = [algebra.empty]
        for region in self._regions:
            self._before.append(self._before[-1] | region)
        self._left = cause.target

    def is_covered_without(self, place: int) -> bool:
        """Say whether the rules before this one, and those kept after it, cover the target."""
        return (self._left - self._before[place]).is_empty()

    def keep(self, place: int) -> None:
        """Keep the rule at a place."""
        self._left = self._left - self._regions[place]
