"""Two sides of the small project, and what the gate makes of them, without git and without any engine."""

from __future__ import annotations

from collections.abc import Iterable

from redflag_kit.gate.in_force_items import in_force_items
from redflag_kit.gate.items import assumption_items, guideline_items
from redflag_kit.gate.lineage import ADDED, CHANGED, FIRST, REMOVED, Lineage, lineage
from redflag_kit.gate.relaxed import safeguard_items
from redflag_kit.gate.settings import GateSettings
from redflag_kit.results.gate import SignoffItem
from redflag_kit.results.revisions import GuidelineChange
from redflag_kit.source.library import Library
from tests.story.project import Files, library

SETTINGS = GateSettings()


def changes(old: Library, new: Library) -> list[GuidelineChange]:
    """Return the changes as the comparison of two states would list them: by name, by file, by family."""
    was, now = {one.name: one for one in old.guidelines}, {one.name: one for one in new.guidelines}
    found = [GuidelineChange(CHANGED, name, name, was[name].path, now[name].path, None) for name in was if name in now]
    left = [one for name, one in was.items() if name not in now]
    for name, one in now.items():
        if name in was:
            continue
        same = next((other for other in left if other.path == one.path and other.id == one.id), None)
        lower = [other for other in was.values() if other.id == one.id and other.version < one.version]
        if same:
            left.remove(same)
            found.append(GuidelineChange(CHANGED, same.name, name, same.path, one.path, None))
        elif lower:
            best = max(lower, key=lambda other: other.version)
            found.append(GuidelineChange(ADDED, best.name, name, best.path, one.path, None))
        else:
            found.append(GuidelineChange(FIRST, "", name, "", one.path, None))
    return [*found, *(GuidelineChange(REMOVED, one.name, "", one.path, "", None) for one in left)]


def sides(old: Files, new: Files) -> tuple[Library, Library, Lineage]:
    """Return both libraries and how their editions belong together."""
    before, after = library(old), library(new)
    return before, after, lineage(before.guidelines, after.guidelines, changes(before, after), ())


def items(old: Files, new: Files, at: str | None = None) -> list[SignoffItem]:
    """Return every item that is no change class."""
    before, after, both = sides(old, new)
    return [
        *guideline_items(changes(before, after), both, SETTINGS),
        *assumption_items(both, SETTINGS),
        *in_force_items(both, SETTINGS, at),
        *safeguard_items(before, after, both, (), SETTINGS),
    ]


def sentences(found: Iterable[SignoffItem]) -> list[str]:
    return [one.sentence for one in found]
