"""The fewest of some candidates that together have everything: set cover, greedy, then by branch and bound.

Claim: the choice has everything asked for, none of it can be left out, and where `exact` says so no smaller one exists
among the candidates. Candidates are told by bits: what each of them has.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redflag_kit.suggest.goal import bits


@dataclass(frozen=True, slots=True)
class Choice:
    """The positions of the candidates taken, rising. `exact`: no smaller choice exists."""

    taken: tuple[int, ...]
    exact: bool


def fewest(candidates: Sequence[int], wanted: int, known: Iterable[Sequence[int]], steps: int) -> Choice:
    """Return few candidates that have all that is wanted; the search for fewer looks at so many choices.

    `known`: choices that will do, none of which is smaller than the result.
    """
    tried = [irredundant(candidates, one, wanted) for one in (greedily(candidates, wanted), *known)]
    smallest = min(tried, key=len)
    search = _Search(candidates, _holders(candidates, wanted), list(smallest), steps)
    search.run(wanted, [])
    return Choice(tuple(sorted(search.best)), search.steps > 0)


def greedily(candidates: Sequence[int], wanted: int) -> tuple[int, ...]:
    """Return candidates, each the one that has most of what is still missing, the first among equals."""
    taken: list[int] = []
    left = wanted
    while left:
        best = max(range(len(candidates)), key=lambda one: ((candidates[one] & left).bit_count(), -one))
        if not candidates[best] & left:
            raise ValueError("something wanted is had by no candidate")
        taken.append(best)
        left &= ~candidates[best]
    return tuple(taken)


def irredundant(candidates: Sequence[int], taken: Iterable[int], wanted: int) -> tuple[int, ...]:
    """Return what is left once everything that the rest makes superfluous is dropped, the last taken first."""
    kept = list(taken)
    for one in reversed(kept[:]):
        rest = 0
        for other in kept:
            rest |= candidates[other] if other != one else 0
        if not wanted & ~rest:
            kept.remove(one)
    return tuple(kept)


def _holders(candidates: Sequence[int], wanted: int) -> dict[int, int]:
    """Return, for each thing wanted, the candidates that have it as bits; what the fewest have comes first."""
    found = dict.fromkeys(bits(wanted), 0)
    for position, had in enumerate(candidates):
        for thing in bits(had & wanted):
            found[thing] |= 1 << position
    return dict(sorted(found.items(), key=lambda one: one[1].bit_count()))


@dataclass(slots=True)
class _Search:
    """Branch and bound: on the thing that the fewest candidates have, the most useful candidate first."""

    candidates: Sequence[int]
    holders: dict[int, int]
    best: list[int]
    steps: int

    def run(self, left: int, taken: list[int]) -> None:
        """Search below a choice; `best` becomes the smallest that is found, `steps` 0 where they ran out."""
        if self.steps <= 0:
            return
        self.steps -= 1
        if not left:
            self.best = taken
            return
        needed, holders = self._needed(left)
        if len(taken) + needed >= len(self.best):
            return
        useful = sorted(bits(holders), key=lambda one: (-(self.candidates[one] & left).bit_count(), one))
        for one in useful:
            self.run(left & ~self.candidates[one], [*taken, one])

    def _needed(self, left: int) -> tuple[int, int]:
        """Return how many more candidates it takes at least, and those of which one is taken in any case."""
        # INVARIANT: the things counted share no candidate, so that each takes one of its own.
        used = needed = first = 0
        for thing, holders in self.holders.items():
            if left >> thing & 1 and not used & holders:
                first = first or holders
                used |= holders
                needed += 1
        return needed, first
