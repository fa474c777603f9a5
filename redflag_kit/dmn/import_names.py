"""Names of the guideline language for the names of a decision model: unique, and as close as they can be."""

import re
from dataclasses import dataclass, field

from redflag_kit.source.names import MAX_ID, RESERVED, SCOPE

_TEST_WORDS = frozenset({"above", "below", "at_most", "is_not", "to", "includes"})


@dataclass(slots=True)
class Slugs:
    """Gives out names, each once."""

    taken: set[str] = field(default_factory=set)

    def of(self, text: str, kind: str) -> str:
        """Return a free name for a text; `kind` stands where the text has no letter to begin with."""
        word = slug(text)
        if not word[:1].isalpha() or word in RESERVED | _TEST_WORDS:
            word = f"{kind}_{word}".strip("_")
        word = word[: MAX_ID - 4].strip("_")
        name, number = word, 2
        while name in self.taken:
            name, number = f"{word}_{number}", number + 1
        self.taken.add(name)
        return name


def slug(text: str) -> str:
    """Return lower-case letters and digits joined by `_`; a change from small to capital begins a word."""
    spread = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text)
    return re.sub(r"[^a-z0-9]+", "_", spread.lower()).strip("_")


def rule_id(text: str) -> str:
    """Return an id of a rule: letters, digits and `-` `_` `.` `+`."""
    word = re.sub(r"[^A-Za-z0-9._+-]+", "-", text).strip("-._+")
    return f"rule-{word}" if word == SCOPE else (word or "rule")[:MAX_ID]
