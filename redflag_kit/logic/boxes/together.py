"""Maximal sets of rules that share a point, with the region they share.

Claim: a set is listed only if some point lies in all its rules and no further rule holds a point of that region. If the
listing is complete, every such set of at least two rules is listed; if not, every overlapping pair lies in some set.
Method: the maximal cliques of the overlap graph. Pairwise overlap means a common point only for intervals, so a clique
without one is split along the first column that has no shared atom, and what comes out is checked for maximality.
There may be exponentially many; beyond a number of steps each pair not yet in a set is widened to one set instead.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_
from typing import TypeAlias

from redflag_kit.logic.budget import BudgetExceeded, Deadline
from redflag_kit.logic.space import Box

Rules: TypeAlias = int
"""A set of rules: bit i stands for rule i."""

_QUESTION = "the largest sets of rules that apply together"


@dataclass(frozen=True, slots=True)
class Together:
    """Rules that share a region, by index, rising."""

    rules: tuple[int, ...]
    region: Box


@dataclass(frozen=True, slots=True)
class Listing:
    """Maximal sets in order of their rules; not `complete` if there may be more.

    `stopped`: the time was up before every pair was in a set.
    """

    sets: tuple[Together, ...]
    complete: bool
    stopped: BudgetExceeded | None = None


def maximal_sets(boxes: Sequence[Box], pairs: Iterable[tuple[int, int]], steps: int, deadline: Deadline) -> Listing:
    """List the maximal sets of at least two rules, given all overlapping pairs; be complete if `steps` suffice."""
    near: dict[int, Rules] = {}
    for one, other in pairs:
        near[one] = near.get(one, 0) | 1 << other
        near[other] = near.get(other, 0) | 1 << one
    search = _Search(boxes, near, steps, deadline)
    try:
        return Listing(_ordered(search.every()), complete=True)
    except _TooManySteps:
        return search.one_for_each_pair()


def _ordered(sets: dict[Rules, Box]) -> tuple[Together, ...]:
    ordered = sorted((tuple(_listed(rules)), region) for rules, region in sets.items())
    return tuple(Together(rules, region) for rules, region in ordered)


class _TooManySteps(Exception):  # noqa: N818 - the search changes its method
    pass


@dataclass
class _Search:
    """The search through one overlap graph: `near` has the neighbours of each rule that has any."""

    boxes: Sequence[Box]
    near: dict[int, Rules]
    steps: int
    deadline: Deadline
    done: int = field(default=0, init=False)

    def every(self) -> dict[Rules, Box]:
        """Return all maximal sets with their regions. Raises _TooManySteps."""
        found: dict[Rules, Box] = {}
        for clique in self.cliques():
            for rules in self.with_a_point(clique):
                region = self.shared(rules)
                wider = reduce(and_, (self.near[rule] for rule in _listed(rules)))
                if not any(_meet(self.boxes[rule], region) for rule in _listed(wider)):
                    found[rules] = region
        return found

    def one_for_each_pair(self) -> Listing:
        """Return maximal sets such that each overlapping pair lies in one: rules join in order as long as they can."""
        found: dict[Rules, Box] = {}
        known: dict[int, Rules] = dict.fromkeys(self.near, 0)
        for first, neighbours in sorted(self.near.items()):
            while new := neighbours & ~known[first] & -(1 << first):
                if not self.deadline.left():
                    return Listing(_ordered(found), False, BudgetExceeded(_QUESTION, self.deadline.words))
                second = (new & -new).bit_length() - 1
                rules, region = self.widened(first, second)
                found[rules] = region
                for rule in _listed(rules):
                    known[rule] |= rules
        return Listing(_ordered(found), complete=False)

    def widened(self, first: int, second: int) -> tuple[Rules, Box]:
        rules, region = 1 << first | 1 << second, _meeting(self.boxes[first], self.boxes[second])
        candidates = self.near[first] & self.near[second]
        while candidates:
            rule = (candidates & -candidates).bit_length() - 1
            candidates &= candidates - 1
            narrower = _meeting(region, self.boxes[rule])
            if all(narrower):
                rules, region = rules | 1 << rule, narrower
                candidates &= self.near[rule]
        return rules, region

    def shared(self, rules: Rules) -> Box:
        return reduce(_meeting, (self.boxes[rule] for rule in _listed(rules)))

    def step(self) -> None:
        self.deadline.check(_QUESTION)
        self.done += 1
        if self.done > self.steps:
            raise _TooManySteps

    def with_a_point(self, rules: Rules) -> Iterator[Rules]:
        """Yield sets with a shared point, among them all the largest within a clique."""
        self.step()
        region = self.shared(rules)
        if all(region):
            yield rules
            return
        for part in self.largest(rules, region.index(0)):
            yield from self.with_a_point(part)

    def largest(self, rules: Rules, column: int) -> list[Rules]:
        """Return the largest subsets that share an atom of one column."""
        masks = [(1 << rule, self.boxes[rule][column]) for rule in _listed(rules)]
        atoms = range(max(mask.bit_length() for _, mask in masks))
        parts = {sum(bit for bit, mask in masks if mask >> atom & 1) for atom in atoms}
        return sorted(one for one in parts if not any(one != other and one & other == one for other in parts))

    def cliques(self) -> Iterator[Rules]:
        """Yield the maximal cliques of the graph, each once (Bron and Kerbosch, with pivots; Tomita's choice)."""
        # A stack instead of recursion: cliques may be deeper than Python's calls.
        later: Rules = sum(1 << rule for rule in self.near)
        for rule in sorted(self.near, key=lambda rule: (self.near[rule].bit_count(), rule)):
            later &= ~(1 << rule)
            stack = [(1 << rule, self.near[rule] & later, self.near[rule] & ~later)]
            while stack:
                self.step()
                clique, candidates, done = stack.pop()
                if not candidates:
                    if not done:
                        yield clique
                    continue
                pivot = max(_listed(candidates | done), key=lambda one: (candidates & self.near[one]).bit_count())
                for one in _listed(candidates & ~self.near[pivot]):
                    stack.append((clique | 1 << one, candidates & self.near[one], done & self.near[one]))
                    candidates &= ~(1 << one)
                    done |= 1 << one


def _meeting(one: Box, other: Box) -> Box:
    return tuple(map(and_, one, other))


def _meet(one: Box, other: Box) -> bool:
    return all(map(and_, one, other))


def _listed(rules: Rules) -> list[int]:
    """Return the rules of a set, rising."""
    found = []
    while rules:
        found.append((rules & -rules).bit_length() - 1)
        rules &= rules - 1
    return found
