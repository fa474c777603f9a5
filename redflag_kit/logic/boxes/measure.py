"""Exact volumes of boxes: the product, axis by axis, of the weights of the atoms."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import accumulate
from math import lcm, prod

from redflag_kit.logic.boxes.columns import is_interval
from redflag_kit.logic.space import Box, Space


class Measure:
    """Weights of atoms, one list per axis; single points of a real axis may weigh 0.

    `units` are whole numbers that are proportional to volume, so that many boxes are compared and added fast.
    """

    def __init__(self, weights: Sequence[Sequence[Fraction | int]]) -> None:
        scales = [lcm(*(Fraction(weight).denominator for weight in axis)) for axis in weights]
        self._unit = Fraction(1, prod(scales))
        self._sums = [
            [0, *accumulate(int(weight * scale) for weight in axis)]
            for axis, scale in zip(weights, scales, strict=True)
        ]
        self._known: list[dict[int, int]] = [{} for _ in weights]

    def units(self, box: Box) -> int:
        """Return the volume of a box in units."""
        return prod(self._length(axis, mask) for axis, mask in enumerate(box))

    def volume(self, boxes: Iterable[Box]) -> Fraction:
        """Return the volume of disjoint boxes together."""
        return sum(map(self.units, boxes)) * self._unit

    def share(self, boxes: Iterable[Box]) -> Fraction:
        """Return the part of the whole space that disjoint boxes fill; its volume must not be 0."""
        return Fraction(sum(map(self.units, boxes)), prod(sums[-1] for sums in self._sums))

    def _length(self, axis: int, mask: int) -> int:
        known = self._known[axis]
        if mask not in known:
            known[mask] = _sum_of(self._sums[axis], mask)
        return known[mask]


def alike(space: Space) -> Measure:
    """Return the measure that counts points."""
    return Measure([[1] * axis.size for axis in space.axes])


def _sum_of(sums: Sequence[int], mask: int) -> int:
    if is_interval(mask):
        return sums[mask.bit_length()] - sums[(mask & -mask).bit_length() - 1] if mask else 0
    return sum(sums[atom + 1] - sums[atom] for atom in range(mask.bit_length()) if mask >> atom & 1)
