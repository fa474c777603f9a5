"""The version step that a change asks for.

Major if for some patient a recommendation became less urgent or was lost, a finding or output went away, or other
things follow from an output than before (for whom was not looked for); minor if some patient or case changes but none
of that; patch only if the editions are proved equivalent. Calendar versions only have to grow: the step is told, and
not asked for.
"""

from collections.abc import Iterable

from redflag_kit.model.guideline import Guideline
from redflag_kit.results.diff import ChangeClass, RedefinedOutput

STEPS = ("none", "patch", "minor", "major")
CALENDAR = "calendar"


def required_bump(
    old: Guideline,
    new: Guideline,
    classes: Iterable[ChangeClass],
    equivalent: bool | None,
    redefined: Iterable[RedefinedOutput] = (),
) -> str:
    """Return major, minor or patch."""
    gone = set(old.covers) - set(new.covers)
    gone |= set(old.vocabulary.findings) - set(new.vocabulary.findings)
    gone |= set(old.vocabulary.outputs) - set(new.vocabulary.outputs)
    gone |= {one.output for one in redefined if one.entails}
    if gone or any(c.direction in ("less_urgent", "lost") for c in classes):
        return "major"
    return "patch" if equivalent else "minor"


def declared_bump(old: Guideline, new: Guideline) -> str:
    """Return the step between two versions: major, minor, patch, none, or backwards."""
    if new.version == old.version:
        return "none"
    if new.version < old.version:
        return "backwards"
    steps = zip(("major", "minor", "patch"), old.version.parts, new.version.parts, strict=True)
    return next(name for name, before, after in steps if before != after)


def is_enough(old: Guideline, new: Guideline, required: str) -> bool | None:
    """Say whether the newer version steps far enough by its own rule; nothing if it is the older one."""
    declared = declared_bump(old, new)
    if declared not in STEPS:
        return None
    if new.versioning == CALENDAR:
        return declared != "none" or required == "patch"
    return STEPS.index(declared) >= STEPS.index(required) or required == "patch"
