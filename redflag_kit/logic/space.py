"""Spaces: finitely many points, one atom on each of several named axes.

Claim: the order of the axes is the order of every diagram over the space, so a space fixes what is canonical.
A set of atoms of one axis is an int bitmask: bit j stands for atom j.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

Point: TypeAlias = tuple[int, ...]
"""One atom per axis, in space order."""

Box: TypeAlias = tuple[int, ...]
"""One mask of atoms per axis, in space order: all points whose every atom is in the mask of its axis."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A named axis of `size` atoms, e.g. `Axis("temperature", 3, calm=(1, 0, 2))`: low, normal, high.

    `calm` lists the atoms from the most normal one on; left out, atom 0 is the most normal.
    """

    name: str
    size: int
    calm: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 1:
            raise ValueError(f"axis `{self.name}` needs at least one atom, not {self.size}")
        if not self.calm:
            object.__setattr__(self, "calm", tuple(range(self.size)))
        if sorted(self.calm) != list(range(self.size)):
            raise ValueError(f"axis `{self.name}`: {self.calm} does not list its {self.size} atoms once each")

    @property
    def full(self) -> int:
        """The mask of all atoms."""
        return (1 << self.size) - 1


@dataclass(frozen=True)
class Space:
    """Axes in diagram order, e.g. `Space((Axis("fever", 2), Axis("age", 4)))`: 8 points."""

    axes: tuple[Axis, ...]

    def __post_init__(self) -> None:
        if len(self._positions) != len(self.axes):
            repeated = sorted({name for name in self.names if self.names.count(name) > 1})
            raise ValueError(f"axis names are not unique: {', '.join(repeated)}")

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(axis.name for axis in self.axes)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {name: position for position, name in enumerate(self.names)}

    def position(self, name: str) -> int:
        """Return where the axis stands in diagram order, from 0."""
        return self._positions[name]

    def axis(self, name: str) -> Axis:
        return self.axes[self._positions[name]]

    def check_mask(self, name: str, mask: int) -> int:
        """Return the position of the axis, or raise ValueError if the mask names an atom the axis does not have."""
        position = self._positions[name]
        if not 0 <= mask <= self.axes[position].full:
            raise ValueError(f"mask {mask:#x} is not a set of atoms of axis `{name}`")
        return position
