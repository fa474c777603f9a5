"""Rules of which nothing is lost at first sight: others hold every point of them."""

from collections.abc import Callable

import numpy as np

from redflag_kit.logic.boxes.columns import Ints
from redflag_kit.logic.boxes.rows import Rows
from redflag_kit.logic.boxes.split import nodes_of
from redflag_kit.logic.boxes.uncovered import covered_roots
from redflag_kit.logic.budget import Deadline

_BLOCK = 100_000


def held_by_others(
    rules: Rows, pairs: tuple[Ints, Ints], count: int, replaces: Callable[[int, int], bool], deadline: Deadline
) -> list[int]:
    """Return those of the first `count` rules that have points, all of them in others that `replaces` lets stand in.

    `pairs` are all overlapping pairs of all rules; `replaces(other, rule)` is asked of these.
    """
    at, by = np.concatenate(pairs), np.concatenate(pairs[::-1])
    order = np.lexsort((by, at))
    at, by = at[order], by[order]
    stands = np.zeros(at.size, dtype=np.bool_)
    for start in range(0, at.size, _BLOCK):
        deadline.check("whether some rules cover another one")
        block = slice(start, start + _BLOCK)
        asked = zip(at[block].tolist(), by[block].tolist(), strict=True)
        stands[block] = [replaces(other, rule) for rule, other in asked]
    stands &= at < count
    suspects, place = np.unique(at[stands], return_inverse=True)
    covered = covered_roots(rules, nodes_of(rules, rules.take(suspects), place, by[stands], deadline), deadline)
    found: list[int] = suspects[covered].tolist()
    return found
