"""A readable cover of what rules leave uncovered: few boxes, each as large as it can be.

Claim: every box lies in the uncovered region and cannot grow in any column (an interval column: by any neighbouring
atom); together they are the region; none is covered by the others. They may overlap.
Method: grow the largest piece left, column by column, take the grown box away from all pieces, repeat.
Not covered: minimality.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from redflag_kit.logic.boxes.columns import Ints
from redflag_kit.logic.boxes.measure import Measure
from redflag_kit.logic.boxes.pairs import overlapping
from redflag_kit.logic.boxes.rows import Rows
from redflag_kit.logic.boxes.split import nodes_of
from redflag_kit.logic.boxes.uncovered import covered_roots
from redflag_kit.logic.budget import Deadline
from redflag_kit.logic.space import Box


@dataclass(frozen=True, slots=True)
class Cover:
    """Boxes, the largest first; not `exact` if the limit was reached with something left."""

    boxes: tuple[Box, ...]
    exact: bool


def cover(rules: Rows, pieces: Sequence[Box], measure: Measure, limit: int, deadline: Deadline) -> Cover:
    """Cover the region of disjoint uncovered pieces by at most `limit` maximal boxes."""
    found: list[Box] = []
    left = list(pieces)
    while left and len(found) < limit:
        deadline.check("a short description of the region that no rule covers")
        seed = max(left, key=lambda box: (measure.units(box), box))
        grown = max(_grown(rules, seed), key=lambda box: (measure.units(box), box))
        left = [part for piece in left for part in without(piece, grown)]
        found.append(grown)
    found.sort(key=lambda box: (-measure.units(box), box))
    return Cover(_irredundant(rules, found, deadline), exact=not left)


def without(box: Box, other: Box) -> Iterator[Box]:
    """Yield the rest of a box outside another, as disjoint boxes."""
    shared = tuple(mine & theirs for mine, theirs in zip(box, other, strict=True))
    if not all(shared):
        yield box
        return
    for axis, (mine, both) in enumerate(zip(box, shared, strict=True)):
        if mine != both:
            yield (*shared[:axis], mine & ~both, *box[axis + 1 :])


def _grown(rules: Rows, seed: Box) -> Iterator[Box]:
    """Yield the box that a seed grows into if its columns are widened in order, and in reverse order."""
    one = rules.packed([seed])
    meets = np.stack([c.meets(a, b) for c, a, b in zip(rules.columns, rules.sets, one.sets, strict=True)])
    apart = (~meets).sum(axis=0)
    columns = range(len(rules.columns))
    for order in (columns, reversed(columns)):
        sets, far = list(one.sets), apart.copy()
        for at in order:
            column = rules.columns[at]
            # A rule that is apart from the box in this column alone must stay apart in it.
            sets[at] = column.grown(one.sets[at], rules.sets[at][:, (far == 1) & ~meets[at]])
            far -= column.meets(rules.sets[at], sets[at]) & ~meets[at]
        yield Rows(rules.columns, tuple(sets), 1).boxes()[0]


def _irredundant(rules: Rows, boxes: list[Box], deadline: Deadline) -> tuple[Box, ...]:
    """Remove, from the smallest on, each box that the others still standing cover."""
    rows = rules.packed(boxes)
    one, other = overlapping(rows, deadline)
    at, by = np.concatenate([one, other]), np.concatenate([other, one])
    order = np.lexsort((by, at))
    at, by = at[order], by[order]
    standing = np.ones(rows.count, dtype=np.bool_)
    suspects = np.flatnonzero(covered_roots(rows, nodes_of(rows, rows, at, by), deadline))
    for box in reversed(suspects.tolist()):
        around: Ints = by[at == box]
        around = around[standing[around]]
        root = nodes_of(rows, rows.take(np.array([box])), np.zeros(around.size, dtype=np.int64), around)
        standing[box] = not covered_roots(rows, root, deadline)[0]
    return tuple(box for box, keep in zip(boxes, standing.tolist(), strict=True) if keep)
