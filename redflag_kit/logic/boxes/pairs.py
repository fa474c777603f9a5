"""Pairs of rules, compared all with all: overlaps, containment, equality, rules that differ in one column."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from itertools import combinations

import numpy as np

from redflag_kit.logic.boxes.columns import Ints
from redflag_kit.logic.boxes.rows import Rows
from redflag_kit.logic.budget import Deadline
from redflag_kit.logic.space import Box

_BLOCK = 128


def overlapping(rules: Rows, deadline: Deadline) -> tuple[Ints, Ints]:
    """Return all pairs (i, j), i < j, of rules that share a point, sorted."""
    # COST: n * n / 2 comparisons per column, in blocks that fit the cache.
    firsts, seconds = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for start in range(0, rules.count, _BLOCK):
        deadline.check("which rules overlap")
        block = slice(start, start + _BLOCK)
        found = np.triu(np.ones((min(_BLOCK, rules.count - start), rules.count - start), dtype=np.bool_), 1)
        for column, sets in zip(rules.columns, rules.sets, strict=True):
            found &= column.meets(sets[:, block, None], sets[:, None, start:])
        first, second = np.nonzero(found)
        firsts.append(first + start)
        seconds.append(second + start)
    return np.concatenate(firsts), np.concatenate(seconds)


def mergeable(boxes: Sequence[Box], outputs: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    """Return (i, j, column), i < j, for rules with equal outputs that differ in exactly this column, sorted."""
    found = []
    for column in range(len(boxes[0]) if boxes else 0):
        groups: dict[tuple[Box, Hashable], list[int]] = defaultdict(list)
        for index, (box, output) in enumerate(zip(boxes, outputs, strict=True)):
            groups[box[:column] + box[column + 1 :], output].append(index)
        for group in groups.values():
            found += [(i, j, column) for i, j in combinations(group, 2) if boxes[i] != boxes[j]]
    return sorted(found)
