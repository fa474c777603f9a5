"""Strong Kleene logic over any algebra: a pair of regions, where a statement surely holds and where it possibly does.

Claim: operations are Kleene's, point by point: what is neither sure nor impossible is unknown, and two unknowns are
combined without asking whether they are about the same thing. Code written against `Algebra` thereby becomes an
evaluation with three truth values. A point may hold the atom `unknown` on any axis: every test of it is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic

from redflag_kit.logic.algebra import Algebra, R
from redflag_kit.logic.space import Axis, Space


def with_unknown(space: Space) -> Space:
    """Return a space in which every axis has one more atom, its last and least calm: the value is unknown."""
    return Space(tuple(Axis(axis.name, axis.size + 1, (*axis.calm, axis.size)) for axis in space.axes))


@dataclass(frozen=True)
class Kleene(Generic[R]):
    """The algebra of three-valued statements; `inner` is an algebra over `with_unknown(space)`."""

    space: Space
    inner: Algebra[R]

    @property
    def whole(self) -> Pair[R]:
        return Pair(self.inner.whole, self.inner.whole)

    @property
    def empty(self) -> Pair[R]:
        return Pair(self.inner.empty, self.inner.empty)

    def literal(self, axis: str, mask: int) -> Pair[R]:
        """Return the test of an axis: unknown where the axis is."""
        position = self.space.check_mask(axis, mask)
        unknown = 1 << self.space.axes[position].size
        return Pair(self.inner.literal(axis, mask), self.inner.literal(axis, mask | unknown))


@dataclass(frozen=True, slots=True)
class Pair(Generic[R]):
    """Where a statement surely holds, and where it possibly does (which includes the former)."""

    surely: R
    possibly: R

    def __and__(self, other: Pair[R]) -> Pair[R]:
        return Pair(self.surely & other.surely, self.possibly & other.possibly)

    def __or__(self, other: Pair[R]) -> Pair[R]:
        return Pair(self.surely | other.surely, self.possibly | other.possibly)

    def __xor__(self, other: Pair[R]) -> Pair[R]:
        return (self - other) | (other - self)

    def __sub__(self, other: Pair[R]) -> Pair[R]:
        return Pair(self.surely - other.possibly, self.possibly - other.surely)

    def __invert__(self) -> Pair[R]:
        return Pair(~self.possibly, ~self.surely)

    def is_empty(self) -> bool:
        """Say whether the statement is surely false everywhere."""
        return self.possibly.is_empty()
