"""Columns of packed sets of atoms: intervals where every set is one, bit words elsewhere.

Claim: `meets`, `spans` and `grown` are exact and mean the same in both forms, so the algorithms on boxes
are written once. `k` sets of one column are an array of shape (parts, k): two ends, or the words of a mask.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Sets: TypeAlias = NDArray[Any]
"""Packed sets of one column: int64 ends or uint64 words, of shape (parts, ...)."""
Flags: TypeAlias = NDArray[np.bool_]
Ints: TypeAlias = NDArray[np.int64]

_WORD = 64


class Column(Protocol):
    """One axis of `size` atoms and how sets of its atoms are packed."""

    @property
    def size(self) -> int: ...

    def pack(self, masks: Sequence[int]) -> Sets:
        """Pack masks of atoms; an empty mask meets nothing and spans nothing but the empty set."""
        ...

    def mask(self, one: Sets) -> int:
        """Return one packed set, of shape (parts,), as a mask of atoms."""
        ...

    def meets(self, one: Sets, other: Sets) -> Flags:
        """Tell, set by set, whether two sets share an atom."""
        ...

    def spans(self, one: Sets, other: Sets) -> Flags:
        """Tell, set by set, whether the first holds every atom of the second, which is not empty."""
        ...

    def grown(self, one: Sets, blockers: Sets) -> Sets:
        """Return the largest set around one set of shape (parts, 1) that meets none of the blockers."""
        ...


@dataclass(frozen=True, slots=True)
class Intervals:
    """Sets that are intervals of neighbouring atoms: (first, last); the empty one is (size, -1)."""

    size: int

    def pack(self, masks: Sequence[int]) -> Sets:
        first = [(mask & -mask).bit_length() - 1 if mask else self.size for mask in masks]
        last = [mask.bit_length() - 1 for mask in masks]
        return np.array([first, last], dtype=np.int64)

    def mask(self, one: Sets) -> int:
        first, last = int(one[0]), int(one[1])
        return (1 << (last + 1)) - (1 << first) if first <= last else 0

    def meets(self, one: Sets, other: Sets) -> Flags:
        found: Flags = (one[0] <= other[1]) & (other[0] <= one[1])
        return found

    def spans(self, one: Sets, other: Sets) -> Flags:
        inside: Flags = (one[0] <= other[0]) & (other[1] <= one[1])
        return inside

    def grown(self, one: Sets, blockers: Sets) -> Sets:
        below, above = blockers[1] < one[0], blockers[0] > one[1]
        first = blockers[1][below].max(initial=-1) + 1
        last = blockers[0][above].min(initial=self.size) - 1
        return np.array([[first], [last]], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Words:
    """Any sets of atoms, as bit words of 64 atoms each, lowest first."""

    size: int

    @property
    def width(self) -> int:
        """How many words a set takes."""
        return -(-self.size // _WORD)

    def pack(self, masks: Sequence[int]) -> Sets:
        data = b"".join(mask.to_bytes(8 * self.width, "little") for mask in masks)
        return np.ascontiguousarray(np.frombuffer(data, dtype="<u8").astype(np.uint64).reshape(-1, self.width).T)

    def mask(self, one: Sets) -> int:
        return int.from_bytes(one.astype("<u8").tobytes(), "little")

    def meets(self, one: Sets, other: Sets) -> Flags:
        found: Flags = (one[0] & other[0]) != 0
        for word in range(1, self.width):
            found |= (one[word] & other[word]) != 0
        return found

    def spans(self, one: Sets, other: Sets) -> Flags:
        inside: Flags = (other[0] & ~one[0]) == 0
        for word in range(1, self.width):
            inside &= (other[word] & ~one[word]) == 0
        return inside

    def grown(self, one: Sets, blockers: Sets) -> Sets:
        full = self.pack([(1 << self.size) - 1])
        return full & ~np.bitwise_or.reduce(blockers, axis=1, keepdims=True)


def is_interval(mask: int) -> bool:
    """Tell whether the atoms of a mask are neighbours; the empty mask counts as an interval."""
    return mask.bit_length() - (mask & -mask).bit_length() + 1 == mask.bit_count() or mask == 0


def column_for(size: int, masks: Sequence[int]) -> Column:
    """Return the form that fits every mask of a column."""
    return Intervals(size) if all(map(is_interval, set(masks))) else Words(size)
