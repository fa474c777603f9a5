"""Rules that never decide, because the rules that come before them hold all their points.

Claim: a rule is listed exactly if it has points and every one of them lies in an earlier rule. `by` covers it and no
rule can be left out of it: the earliest single rule that covers it alone; failing that, what is left of the
earlier rules if each, from the latest on, is dropped where the rest still covers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from redflag_kit.logic.boxes.columns import Ints
from redflag_kit.logic.boxes.rows import Rows
from redflag_kit.logic.boxes.split import nodes_of
from redflag_kit.logic.boxes.uncovered import covered_roots
from redflag_kit.logic.budget import Deadline


@dataclass(frozen=True, slots=True)
class Masked:
    """A rule that never decides, and rules that cover it, in deciding order."""

    rule: int
    by: tuple[int, ...]


def masked(rules: Rows, pairs: tuple[Ints, Ints], order: Sequence[int], deadline: Deadline) -> list[Masked]:
    """List the masked rules, given all overlapping pairs and the rules in deciding order; by rule."""
    rank = np.empty(rules.count, dtype=np.int64)
    rank[np.array(order, dtype=np.int64)] = np.arange(rules.count)
    swap = rank[pairs[0]] > rank[pairs[1]]
    early, late = np.where(swap, pairs[1], pairs[0]), np.where(swap, pairs[0], pairs[1])
    sorting = np.lexsort((rank[early], late))
    early, late = early[sorting], late[sorting]
    whole = rules.spanning(early, rules, late)
    single = dict(zip(reversed(late[whole].tolist()), reversed(early[whole].tolist()), strict=True))
    found = [Masked(rule, (by,)) for rule, by in single.items()]
    open_pairs = ~np.isin(late, late[whole])
    early, late = early[open_pairs], late[open_pairs]
    suspects, at = np.unique(late, return_inverse=True)
    covered = covered_roots(rules, nodes_of(rules, rules.take(suspects), at, early), deadline)
    for rule in suspects[covered].tolist():
        found.append(Masked(rule, _irredundant(rules, rule, early[late == rule].tolist(), deadline)))
    return sorted(found, key=lambda one: one.rule)


def _irredundant(rules: Rows, rule: int, before: list[int], deadline: Deadline) -> tuple[int, ...]:
    """Return the rules, in order, that stay if each is dropped, from the last on, where the rest covers."""
    # The last one that stays ends the shortest covering prefix, and so on from there; each is found by halving.
    # COST: one covering question per rule that stays and halving step.
    kept: list[int] = []
    box = rules.take(np.array([rule]))
    while not _covers(rules, box, kept, deadline):
        short, long = 0, len(before)
        while long - short > 1:
            middle = (short + long) // 2
            if _covers(rules, box, before[:middle] + kept, deadline):
                long = middle
            else:
                short = middle
        before, kept = before[:short], [before[short], *kept]
    return tuple(kept)


def _covers(rules: Rows, box: Rows, by: list[int], deadline: Deadline) -> bool:
    touching = np.array(by, dtype=np.int64)
    return bool(
        covered_roots(rules, nodes_of(rules, box, np.zeros(touching.size, dtype=np.int64), touching), deadline)[0]
    )
