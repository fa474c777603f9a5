"""Rules that never decide, because the rules that come before them hold all their points.

Claim: a rule is listed exactly if it has points and every one of them lies in a rule of lower rank. `by` names rules
that cover it, none of them needless: the first single one; failing that the first two, looked for among at most
`MAX_PAIRED` rules of lower rank; failing that, what is left of these if each, from the last on, is dropped where the
rest still covers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from redflag_kit.logic.boxes.columns import Flags, Ints
from redflag_kit.logic.boxes.rows import Rows
from redflag_kit.logic.boxes.split import nodes_of
from redflag_kit.logic.boxes.uncovered import covered_roots
from redflag_kit.logic.budget import Deadline

MAX_PAIRED = 40


@dataclass(frozen=True, slots=True)
class Masked:
    """A rule that never decides, and rules that cover it, rising."""

    rule: int
    by: tuple[int, ...]


def masked(rules: Rows, pairs: tuple[Ints, Ints], ranks: Sequence[int], deadline: Deadline) -> list[Masked]:
    """List the masked rules, given all overlapping pairs and the rank of each rule; rules of one rank do not mask."""
    rank = np.array(ranks, dtype=np.int64)
    early, late = np.concatenate([pairs[0], pairs[1]]), np.concatenate([pairs[1], pairs[0]])
    first = rank[early] < rank[late]
    order = np.lexsort((early[first], late[first]))
    early, late = early[first][order], late[first][order]
    whole = rules.spanning(early, rules, late, deadline)
    single = dict(zip(reversed(late[whole].tolist()), reversed(early[whole].tolist()), strict=True))
    found = [Masked(rule, (by,)) for rule, by in single.items()]
    several = ~np.isin(late, late[whole])
    early, late = early[several], late[several]
    suspects, at = np.unique(late, return_inverse=True)
    covered = covered_roots(rules, nodes_of(rules, rules.take(suspects), at, early, deadline), deadline)
    for rule in suspects[covered].tolist():
        before = early[late == rule].tolist()
        two = _two(rules, rule, before, deadline) if (rank < rank[rule]).sum() <= MAX_PAIRED else None
        found.append(Masked(rule, two or _irredundant(rules, rule, before, deadline)))
    return sorted(found, key=lambda one: one.rule)


def _two(rules: Rows, rule: int, before: list[int], deadline: Deadline) -> tuple[int, ...] | None:
    """Return the first two rules that cover a rule, if two do."""
    couples = list(combinations(before, 2))
    covered = np.flatnonzero(_covers(rules, rule, couples, deadline))
    return couples[covered[0]] if covered.size else None


def _irredundant(rules: Rows, rule: int, before: list[int], deadline: Deadline) -> tuple[int, ...]:
    """Return the rules, in order, that stay if each is dropped, from the last on, where the rest covers."""
    # The last one that stays ends the shortest covering prefix, and so on from there; each is found by halving.
    # COST: one covering question per rule that stays and halving step.
    kept: list[int] = []
    while not _covers(rules, rule, [kept], deadline)[0]:
        short, long = 0, len(before)
        while long - short > 1:
            middle = (short + long) // 2
            if _covers(rules, rule, [before[:middle] + kept], deadline)[0]:
                long = middle
            else:
                short = middle
        before, kept = before[:short], [before[short], *kept]
    return tuple(kept)


def _covers(rules: Rows, rule: int, choices: Sequence[Sequence[int]], deadline: Deadline) -> Flags:
    """Tell, choice by choice, whether the chosen rules cover a rule."""
    at = np.repeat(np.arange(len(choices)), [len(choice) for choice in choices])
    touching = np.array([other for choice in choices for other in choice], dtype=np.int64)
    boxes = rules.take(np.full(len(choices), rule))
    return covered_roots(rules, nodes_of(rules, boxes, at, touching, deadline), deadline)
