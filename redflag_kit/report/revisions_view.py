"""Two states of a project arranged for reading: every guideline with what became of it, worst first."""

from collections import Counter
from dataclasses import dataclass

from redflag_kit.report.html_read import Json, members, number, objects, text
from redflag_kit.report.html_words import DIRECTIONS, Mark

COMPARES = "revisions"
EQUAL = Mark("proved", "✔", "proved unchanged", "the text was touched, and nothing changes for any patient or case")
ADDED = Mark("new", "+", "new", "an edition that is new, with nothing to compare it with")
REMOVED = Mark("removed", "−", "removed", "an edition that is gone, and what it says with it")
OPEN = Mark("undecided", "?", "not decided", "what this does could not be established")
MISSING = Mark("unknown", "?", "differs where something is unknown", "only cases with missing information change")

REDEFINED = Mark(
    "redefined", "!", "other things follow", "the rules give the same, and other things follow from an output"
)


@dataclass(frozen=True, slots=True)
class EntryView:
    """A guideline that was touched, added or removed. `diff` is its comparison, if there is one."""

    mark: Mark
    title: str
    words: str
    diff: Json | None


def is_revisions(result: Json) -> bool:
    """Say whether a result compares two states of a project."""
    found = result.get("diff")
    return isinstance(found, dict) and found.get("compares") == COMPARES


def entries(found: Json) -> list[EntryView]:
    """Return the guidelines of a comparison of two states, in their order: worst first."""
    diffs = objects(found.get("diffs"))
    return [_entry(one, diffs) for one in objects(found.get("guidelines"))]


def _entry(one: Json, diffs: list[Json]) -> EntryView:
    kind, old, new = text(one.get("kind")), text(one.get("old")), text(one.get("new"))
    diff = diffs[number(one.get("diff"))] if isinstance(one.get("diff"), int) else None
    title = f"{old} → {new}" if old and new else old or new
    if kind == "first":
        return EntryView(ADDED, title, "new; there is no earlier edition to compare it with", None)
    if kind == "removed":
        return EntryView(REMOVED, title, "removed", None)
    if diff is None:
        path = text(one.get("new_path" if new else "old_path"))
        return EntryView(OPEN, title, "not compared" if old and new else f"{path} of one side cannot be read", None)
    mark, words = _told(diff)
    if kind == "added":
        words = f"new edition, compared with the one before it: {words}"
    moved = text(one.get("old_path")) != text(one.get("new_path")) and kind == "changed"
    return EntryView(mark, title, f"{words}; the file moved" if moved else words, diff)


def _told(diff: Json) -> tuple[Mark, str]:
    """Return the mark of the worst change and the numbers of change classes, worst first."""
    counted = Counter(text(one.get("direction")) for one in objects(diff.get("changes")))
    found = [(mark, counted[key]) for key, mark in DIRECTIONS.items() if counted[key]]
    if found:
        total = sum(number for _, number in found)
        noun = "change class" if total == 1 else "change classes"
        return found[0][0], f"{total} {noun}: " + ", ".join(f"{number} {mark.word}" for mark, number in found)
    follows = ", ".join(text(one.get("label")) for one in objects(diff.get("redefined")) if one.get("entails"))
    if follows:
        return REDEFINED, f"the rules give every patient the same, but other things follow from {follows}"
    if diff.get("equivalent") is None:
        return OPEN, "not decided where something is unknown; else proved unchanged"
    if members(diff.get("unknowns")):
        return MISSING, "changes only where something is unknown"
    return EQUAL, EQUAL.word
