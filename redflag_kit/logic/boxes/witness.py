"""The canonical point of a union of boxes: the same as a diagram's, so no witness depends on the engine."""

from collections.abc import Iterable

from redflag_kit.logic.boxes.columns import is_interval
from redflag_kit.logic.space import Axis, Box, Point, Space


def least(space: Space, boxes: Iterable[Box]) -> Point | None:
    """Return the point that `mdd.least` returns for the union of some boxes, None if there are no points.

    It leaves the calmest atom on the fewest axes; among those it has the least total rank in calm order, then the
    first ranks by axis.
    """
    # Within one box each axis is free, so the least rank on every axis is the best point in all three respects.
    finders = [_Ranks(axis) for axis in space.axes]
    ranked = [[find.least(mask) for find, mask in zip(finders, box, strict=True)] for box in boxes if all(box)]
    if not ranked:
        return None
    best = min(ranked, key=lambda ranks: (sum(map(bool, ranks)), sum(ranks), ranks))
    return tuple(axis.calm[rank] for axis, rank in zip(space.axes, best, strict=True))


class _Ranks:
    """The place of each atom in the calm order of an axis."""

    def __init__(self, axis: Axis) -> None:
        self._ranks = [0] * axis.size
        for rank, atom in enumerate(axis.calm):
            self._ranks[atom] = rank
        self._known: dict[int, int] = {}

    def least(self, mask: int) -> int:
        """Return the place of the calmest atom of a mask that is not empty."""
        if mask not in self._known:
            first = (mask & -mask).bit_length() - 1
            chosen = self._ranks[first : mask.bit_length()]
            if not is_interval(mask):
                chosen = [rank for atom, rank in enumerate(chosen, first) if mask >> atom & 1]
            self._known[mask] = min(chosen)
        return self._known[mask]
