"""Versions of guidelines: three numbers, compared component by component."""

import re
from dataclasses import dataclass, field

_PATTERN = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A version such as `2011.0.0`."""

    parts: tuple[int, ...]
    text: str = field(compare=False)

    def starts_with(self, prefix: str) -> bool:
        """Say whether `prefix` (such as `2011` or `2026.0`) names this version, component by component."""
        pieces = prefix.split(".")
        return [str(part) for part in self.parts[: len(pieces)]] == pieces

    def __str__(self) -> str:
        return self.text


def parse_version(text: str) -> Version | None:
    """Read `MAJOR.MINOR.PATCH`; return None for anything else."""
    found = _PATTERN.fullmatch(text)
    return Version(tuple(int(part) for part in found.groups()), text) if found else None
