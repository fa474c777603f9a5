"""Regions as bitsets over listed points: bit i of an int is point i.

Claim: for the listed points the answers are those of any other algebra. About points not listed nothing is said, so
an empty region here is no proof.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import NoReturn

from redflag_kit.logic.space import Point, Space


@dataclass(frozen=True, eq=False)
class Points:
    """The algebra of subsets of some listed points, e.g. a set of vignettes."""

    space: Space
    points: tuple[Point, ...]
    _columns: dict[str, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def full(self) -> int:
        """Return the bits of all points."""
        return (1 << len(self.points)) - 1

    @cached_property
    def whole(self) -> BitRegion:
        return BitRegion(self, self.full)

    @cached_property
    def empty(self) -> BitRegion:
        return BitRegion(self, 0)

    def literal(self, axis: str, mask: int) -> BitRegion:
        """Return the points whose atom on the axis is in the mask."""
        self.space.check_mask(axis, mask)
        below = self._column(axis)
        bits = 0
        # COST: two lookups per run of neighbouring atoms; most tests are one run, however many thresholds there are.
        while mask:
            low = (mask & -mask).bit_length() - 1
            high = low + (~(mask >> low) & (mask >> low) + 1).bit_length() - 1
            bits |= below[high] ^ below[low]
            mask = mask >> high << high
        return BitRegion(self, bits)

    def _column(self, name: str) -> tuple[int, ...]:
        """Return, for each atom of the axis and the end, the points below it; kept, as every test starts from these."""
        if name not in self._columns:
            position = self.space.position(name)
            # One text of digits per atom: setting bits of an int one at a time would be quadratic in the points.
            digits = [bytearray(b"0" * (len(self.points) + 1)) for _ in range(self.space.axes[position].size)]
            for index, point in enumerate(self.points):
                digits[point[position]][-1 - index] = ord("1")
            # A point has one atom of the axis, so these bits are disjoint and their sum is their union.
            self._columns[name] = (0, *accumulate(int(text, 2) for text in digits))
        return self._columns[name]


@dataclass(slots=True, unsafe_hash=True)
class BitRegion:
    """Some of the points of one `Points`, e.g. bits 0b101: the first and the third. Never changed once made."""

    # COST: not `frozen`, because millions of regions are made and a frozen dataclass takes twice as long to make.

    owner: Points
    bits: int

    def __and__(self, other: BitRegion) -> BitRegion:
        return BitRegion(self.owner, self.bits & (other.bits if other.owner is self.owner else _foreign()))

    def __or__(self, other: BitRegion) -> BitRegion:
        return BitRegion(self.owner, self.bits | (other.bits if other.owner is self.owner else _foreign()))

    def __xor__(self, other: BitRegion) -> BitRegion:
        return BitRegion(self.owner, self.bits ^ (other.bits if other.owner is self.owner else _foreign()))

    def __sub__(self, other: BitRegion) -> BitRegion:
        return BitRegion(self.owner, self.bits & ~(other.bits if other.owner is self.owner else _foreign()))

    def __invert__(self) -> BitRegion:
        return BitRegion(self.owner, self.owner.full ^ self.bits)

    def is_empty(self) -> bool:
        return not self.bits

    def indices(self) -> tuple[int, ...]:
        """Return the positions of the points in the region, rising."""
        return tuple(index for index, digit in enumerate(reversed(f"{self.bits:b}")) if digit == "1")


def _foreign() -> NoReturn:
    raise TypeError("regions of two different algebras cannot be combined")
