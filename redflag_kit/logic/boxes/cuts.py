"""Where a box is best cut in two: in one column, at a boundary of a rule that touches it.

A cut is good if few rules touch both halves and the larger half is small: its score is
2 * (left + right) + max(left, right), where left and right count the rules that touch each half.
All boxes of a level are scored together; `starts` says where the pairs (box, rule) of each box begin.
"""

from dataclasses import dataclass

import numpy as np

from redflag_kit.logic.boxes.columns import Column, Intervals, Ints, Sets

_CANDIDATES = 16
"""How many rules' sets are tried per box as a cut of a column of words."""
_NEVER = np.int64(1) << 62


@dataclass(frozen=True, slots=True)
class Cuts:
    """Per box the best score in one column (very high if no rule cuts it there) and the two halves."""

    scores: Ints
    left: Sets
    right: Sets


def best_cuts(column: Column, mine: Sets, boxes: Sets, at: Ints, starts: Ints) -> Cuts:
    """Return the best cut of every box in one column; `mine` holds, pair by pair, the set of the touching rule."""
    if isinstance(column, Intervals):
        return _between_atoms(column.size + 2, mine, boxes, at, starts)
    return _along_sets(column, mine & boxes[:, at], boxes, at, starts)


def _between_atoms(wide: int, mine: Sets, boxes: Sets, at: Ints, starts: Ints) -> Cuts:
    """Cut before the first or after the last atom of some rule; of equal cuts the lowest."""
    offset = at * wide
    firsts, lasts = np.sort(offset + mine[0]), np.sort(offset + mine[1])
    ends = np.append(starts[1:], at.size)
    best = np.full(starts.size, _NEVER)
    for places, inside in ((mine[0], mine[0] > boxes[0][at]), (mine[1] + 1, mine[1] < boxes[1][at])):
        key = offset + places
        left = np.searchsorted(firsts, key) - starts[at]
        right = ends[at] - np.searchsorted(lasts, key)
        score = (2 * (left + right) + np.maximum(left, right)) * wide + places
        np.minimum(best, np.minimum.reduceat(np.where(inside, score, _NEVER), starts), out=best)
    place = best % wide
    return Cuts(best // wide, np.stack([boxes[0], place - 1]), np.stack([place, boxes[1]]))


def _along_sets(column: Column, inside: Sets, boxes: Sets, at: Ints, starts: Ints) -> Cuts:
    """Cut along the set of some rule, cut down to the box; at most `_CANDIDATES` different ones are tried."""
    many, candidates = _different(inside, boxes, at, starts.size)
    first = np.cumsum(many) - many
    best = np.full(starts.size, _NEVER)
    left, right = boxes.copy(), boxes.copy()
    for number in range(min(_CANDIDATES, int(many.max()))):
        known = number < many
        pick = first + np.where(many > _CANDIDATES, number * many // _CANDIDATES, number)
        cut = np.where(known, candidates[:, np.where(known, pick, 0)], boxes)
        rest = boxes & ~cut
        on_left = np.add.reduceat(column.meets(inside, cut[:, at]), starts, dtype=np.int64)
        on_right = np.add.reduceat(column.meets(inside, rest[:, at]), starts, dtype=np.int64)
        score = 2 * (on_left + on_right) + np.maximum(on_left, on_right)
        better = known & (score < best)
        best = np.where(better, score, best)
        left, right = np.where(better, cut, left), np.where(better, rest, right)
    return Cuts(best, left, right)


def _different(inside: Sets, boxes: Sets, at: Ints, count: int) -> tuple[Ints, Sets]:
    """Return how many different proper parts of each box occur, and these parts, sorted, box after box."""
    order = np.lexsort((*inside, at))
    parts, box = inside[:, order], at[order]
    fresh = np.ones(at.size, dtype=np.bool_)
    fresh[1:] = (box[1:] != box[:-1]) | (parts[:, 1:] != parts[:, :-1]).any(axis=0)
    fresh &= (parts != boxes[:, box]).any(axis=0)
    return np.bincount(box[fresh], minlength=count), parts[:, fresh]
