"""Sets of patients for people to read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cube:
    """One conjunction: literal (a finding or a rule condition) -> allowed values; `words` say the same plainly."""

    literals: tuple[tuple[str, tuple[str, ...]], ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A set of patients as a union of cubes. `exact`: the cubes together are exactly the region, nothing cut off."""

    text: str
    cubes: tuple[Cube, ...]
    exact: bool
