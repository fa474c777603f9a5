"""Remarks: what the formats for CI have in common, one thing at one place, with its gravity and its identity."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

ERROR, WARNING, NOTE, NONE = "error", "warning", "note", "none"
LEVELS = (ERROR, WARNING, NOTE, NONE)
"""Worst first; `none` is for what is no longer so."""

NEW, UNCHANGED, ABSENT = "new", "unchanged", "absent"

_QUOTED = re.compile("`([^`]*)`")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file of the repository; `line` 0 means the whole file, `column` 0 the whole line."""

    path: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """What a remark is an instance of: a code of the catalogue, or a kind of change. `name` is its kebab name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """Why a remark is accepted, where that is written, and whether there (`inSource`) or in a record (`external`)."""

    why: str
    place: Place | None
    kind: str = "inSource"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at.

    `about` tells it from every other remark of its rule, by names and never by place or wording. `place` is None where
    nothing in a file is meant. `short` names it in lists, where the message is too long. `state`: new, unchanged or
    absent against the old side, empty where nothing is compared.
    """

    rule: Rule
    level: str
    message: str
    place: Place | None
    about: tuple[str, ...]
    help: str = ""
    short: str = ""
    related: tuple[tuple[str, Place], ...] = ()
    accepted: Accepted | None = None
    state: str = ""

    @property
    def is_open(self) -> bool:
        """Say whether somebody should look at it: it is so now, and nobody accepted it."""
        return self.accepted is None and self.state != ABSENT

    @property
    def title(self) -> str:
        """Return the rule as it heads a remark."""
        return self.rule.id if self.rule.id == self.rule.name else f"{self.rule.id} {self.rule.name}"


def worst_first(remarks: Iterable[Remark]) -> list[Remark]:
    """Return remarks by level, what is new before what was there; each grade in the given order."""
    states = (NEW, "", UNCHANGED, ABSENT)
    return sorted(remarks, key=lambda one: (LEVELS.index(one.level), states.index(one.state)))


def fingerprinted(remarks: Iterable[Remark]) -> list[tuple[Remark, str]]:
    """Return every remark with a fingerprint that no other has, and that stays when lines move.

    Remarks that are alike in everything but their place are numbered in the order given.
    """
    seen: Counter[str] = Counter()
    found = []
    for one in remarks:
        same = json.dumps([one.rule.id, *one.about], ensure_ascii=False)
        seen[same] += 1
        found.append((one, hashlib.sha256(f"{same}\n{seen[same]}".encode()).hexdigest()))
    return found


def names_in(message: str) -> tuple[str, ...]:
    """Return what a message quotes from the authors, which stays the same when the words around it are improved."""
    return tuple(_QUOTED.findall(message))
