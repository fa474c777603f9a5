"""The verdict behind every claim that a text names: `SEED-60 (not found)`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from redflag_kit.model.evidence import EVIDENCE_STATUSES


def verdict_words(verdict: str) -> str:
    """Return a verdict as it is read: `not found`."""
    return verdict.replace("_", " ")


_SAID = "|".join(verdict_words(verdict) for verdict in EVIDENCE_STATUSES)


@dataclass(frozen=True, slots=True)
class Claims:
    """Finds the ids of claims in texts. `marks` are the beginnings of ids; a text without any of them names none."""

    verdicts: Mapping[str, str]
    marks: tuple[str, ...]
    pattern: re.Pattern[str]

    def may_be_in(self, text: str) -> bool:
        """Say whether a text holds an id, perhaps as a part of a longer word."""
        for mark in self.marks:
            ends = tuple(name.removeprefix(mark) for name in self.verdicts if name.startswith(mark))
            parts = text.split(mark)
            # A hyphen before it makes it the end of a longer id, such as that of an assumption.
            if any(after.startswith(ends) and before[-1:] != "-" for before, after in pairwise(parts)):
                return True
        return False

    def named_in(self, text: str) -> Iterable[str]:
        """Return the claims that a text names."""
        if not any(mark in text for mark in self.marks):
            return ()
        return [found["claim"] for found in self.pattern.finditer(text)]

    def with_verdicts(self, text: str) -> str:
        """Return a text with the verdict behind each claim, unless it stands there already."""
        if not any(mark in text for mark in self.marks):
            return text
        return self.pattern.sub(self._told, text)

    def _told(self, found: re.Match[str]) -> str:
        return f"{found[0]} ({verdict_words(self.verdicts[found['claim']])})" if not found["said"] else found[0]


def claims_with(verdicts: Mapping[str, str]) -> Claims:
    """Return the finder of these claims."""
    # COST: compiled once per register; every text of every report is searched.
    return Claims(verdicts, _marks(tuple(verdicts)), _pattern(tuple(verdicts)))


@cache
def _marks(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.rpartition("-")[0] + "-" for name in names))


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds an id as a whole word, in backticks or not, and a verdict that stands behind it."""
    ids = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?P<tick>`?)(?<![\w-])(?P<claim>{ids})(?![\w-])(?P=tick)(?P<said> \((?:{_SAID})\))?")
