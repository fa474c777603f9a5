"""Maximal sets of rules that share a point, with the region they share.

Claim: a set is listed exactly if some point lies in all its rules and no further rule holds a point of that region.
Method: the maximal cliques of the overlap graph. Pairwise overlap means a common point only for intervals, so a clique
without one is split along the first column that has no shared atom, and what comes out is checked for maximality.
COST: there may be exponentially many, hence the limit; the pairs they are made of are always complete.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

from redflag_kit.logic.budget import Deadline
from redflag_kit.logic.space import Box


@dataclass(frozen=True, slots=True)
class Together:
    """Rules that share a region, by index, rising."""

    rules: tuple[int, ...]
    region: Box


@dataclass(frozen=True, slots=True)
class Listing:
    """Maximal sets in order of their rules; not `complete` if the limit was reached."""

    sets: tuple[Together, ...]
    complete: bool


def maximal_sets(boxes: Sequence[Box], pairs: Iterable[tuple[int, int]], limit: int, deadline: Deadline) -> Listing:
    """List the maximal sets of at least two rules, given all overlapping pairs; at most `limit` cliques are tried."""
    near: dict[int, set[int]] = {}
    for one, other in pairs:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    found: dict[tuple[int, ...], Box] = {}
    complete = True
    for number, clique in enumerate(_cliques(near)):
        if number >= limit:
            complete = False
            break
        deadline.check("the largest sets of rules that apply together")
        for rules in _with_a_point(boxes, clique):
            region = _shared(boxes, rules)
            wider = set.intersection(*(near[rule] for rule in rules))
            if not any(all(map(and_, boxes[rule], region)) for rule in wider):
                found[rules] = region
    return Listing(tuple(Together(rules, found[rules]) for rules in sorted(found)), complete)


def _shared(boxes: Sequence[Box], rules: Iterable[int]) -> Box:
    return tuple(reduce(and_, masks) for masks in zip(*(boxes[rule] for rule in rules), strict=True))


def _with_a_point(boxes: Sequence[Box], rules: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield sets with a shared point, among them all the largest within a clique."""
    region = _shared(boxes, rules)
    if all(region):
        yield rules
        return
    column = region.index(0)
    for part in _largest(boxes, rules, column):
        yield from _with_a_point(boxes, part)


def _largest(boxes: Sequence[Box], rules: tuple[int, ...], column: int) -> list[tuple[int, ...]]:
    """Return the largest subsets that share an atom of one column."""
    parts: set[tuple[int, ...]] = set()
    for atom in range(max(boxes[rule][column].bit_length() for rule in rules)):
        parts.add(tuple(rule for rule in rules if boxes[rule][column] >> atom & 1))
    return sorted(one for one in parts if not any(set(one) < set(other) for other in parts))


def _cliques(near: dict[int, set[int]]) -> Iterator[tuple[int, ...]]:
    """Yield the maximal cliques of a graph, each once (Bron and Kerbosch, with pivots; Tomita's choice)."""
    # A stack instead of recursion: cliques may be deeper than Python's calls.
    later = {rule: position for position, rule in enumerate(sorted(near, key=lambda rule: (len(near[rule]), rule)))}
    for rule in sorted(near, key=later.__getitem__):
        open_ = {other for other in near[rule] if later[other] > later[rule]}
        stack: list[tuple[tuple[int, ...], set[int], set[int]]] = [((rule,), open_, near[rule] - open_)]
        while stack:
            clique, candidates, done = stack.pop()
            if not candidates:
                if not done:
                    yield tuple(sorted(clique))
                continue
            pivot = max(sorted(candidates | done), key=lambda one: len(candidates & near[one]))
            for one in sorted(candidates - near[pivot]):
                stack.append(((*clique, one), candidates & near[one], done & near[one]))
                candidates = candidates - {one}
                done = done | {one}
