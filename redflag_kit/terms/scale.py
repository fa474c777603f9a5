"""Scales of recommendation and the statuses that are not on any scale."""

from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """What an output can be when it has no level. None of these means "no"."""

    SILENT = "silent"
    GAP = "gap"
    CONFLICT = "conflict"
    OUT_OF_SCOPE = "out_of_scope"
    NOT_COVERED = "not_covered"


STATUSES: tuple[str, ...] = tuple(status.value for status in Status)


@dataclass(frozen=True, slots=True)
class Scale:
    """Ordered levels, least urgent first.

    `against` is the level that advises against the action, if the scale has one. A change between two levels
    that form a `lateral` pair is a change of stance, not of urgency. `note` says how the levels are to be read.
    """

    id: str
    levels: tuple[str, ...]
    against: str | None = None
    lateral: frozenset[frozenset[str]] = frozenset()
    says: tuple[tuple[str, str], ...] = ()
    note: str = field(default="", compare=False)

    def rank(self, level: str) -> int:
        """Return the position of a level, 0 for the least urgent."""
        return self.levels.index(level)

    def is_lateral(self, one: str, other: str) -> bool:
        """Say whether a change between the two levels is one of stance only."""
        return frozenset((one, other)) in self.lateral

    def phrase(self, level: str) -> str:
        """Return the plain words for a level."""
        return dict(self.says).get(level, level.replace("_", " "))
