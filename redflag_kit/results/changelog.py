"""Result of `redflag changelog`: what changed between editions, as the draft of a changelog for those who review rules.

Every change class and every other difference of the comparison is in some item; nothing is left out as minor.
"""

from dataclasses import dataclass

SECTIONS = ("Changed", "Added", "Removed", "Fixed")
"""The sections of an entry that this command fills, in their order."""


@dataclass(frozen=True, slots=True)
class ChangelogPart:
    """For whom something changes, and what: `output: old → new`. `exact` is false where the condition is shortened."""

    who: str
    what: tuple[str, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class ChangelogItem:
    """One line of a section. `mark`: a direction of a change class, or what else it is.

    `rules`: the decisive rule before and after, with their titles, one if it is the same; `sources`: what the rules
    after it cite, before it where no rule decides any more. `text` is for differences that are no change class.
    """

    mark: str
    rules: tuple[str, ...]
    sources: tuple[str, ...]
    parts: tuple[ChangelogPart, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class ChangelogSection:
    """A section with its items, what became less urgent or was lost first."""

    title: str
    items: tuple[ChangelogItem, ...]


@dataclass(frozen=True, slots=True)
class ChangelogEntry:
    """The draft for one edition. `date` is empty where its file has none; `step`: the step of version it asks for.

    `equivalent`: proved (true), not (false), or open (null): then `open_questions` says what was not decided.
    `unchanged`: rules that were touched and are proved to do the same, with what was touched.
    """

    id: str
    title: str
    version: str
    date: str
    old: str
    new: str
    equivalent: bool | None
    verdict: str
    sections: tuple[ChangelogSection, ...]
    unchanged: tuple[str, ...]
    step: str
    open_questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangelogBody:
    """Entries of one or more editions, sorted by guideline and version."""

    entries: tuple[ChangelogEntry, ...]
