"""What of a project is in force at a date, for commands that do not name an edition."""

from collections.abc import Collection, Iterable
from datetime import date

from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.in_force import Family, InForce, in_force
from redflag_kit.model.restricted import restricted
from redflag_kit.project.load import Project
from redflag_kit.workflow.envelope import NOT_LOADED, UsageError


def date_of(text: str | None) -> str | None:
    """Return the date of `--at`. Raises UsageError for anything but year-month-day."""
    if text is None:
        return None
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise UsageError(f"{quoted(text)} is not a date", "write year-month-day, such as 2018-01-01")


def family_of(project: Project, name: str, at: str | None) -> Family:
    """Return a guideline with what of it is in force. Raises UsageError where that is nothing, saying why."""
    if "@" in name or "/" in name or name.endswith((".yaml", ".yml")):
        hint = "name the guideline alone, such as acp, or leave `--at` out"
        raise UsageError(f"{quoted(name)} is one edition, which a date cannot choose", hint)
    found = [one for one in in_force(project.library.guidelines, at) if one.id == name]
    if not found:
        known = sorted({one.id for one in project.library.guidelines})
        hint = did_you_mean(name, known) or f"the project has: {', '.join(known) or 'none'}"
        raise UsageError(f"no guideline matches {quoted(name)}", hint, NOT_LOADED)
    family = next((one for one in found if one.in_force), found[0])
    if not family.in_force:
        when = f" on {at}" if at else ""
        raise UsageError(f"nothing of {quoted(name)} is in force{when}", why_nothing(family, at), NOT_LOADED)
    return family


def why_nothing(family: Family, at: str | None) -> str:
    """Return why no edition of a family is in force, or was at a date."""
    issued = [one for one in family.editions if one.status != "draft"]
    if not issued:
        return f"it has drafts only: {_named(family.editions)}"
    if at is not None and at < issued[0].published:
        return f"its first edition, {issued[0].name}, was published on {issued[0].published}"
    if family.undated:
        return f"{_named(family.undated)}: withdrawn, date not known (the file has no `withdrawn:`)"
    return f"retired or replaced: {_named(issued)}"


def not_taken(project: Project, at: str | None, vocabulary: str, names: Collection[str] = ()) -> tuple[str, ...]:
    """Return the editions that may have been in force at a date, but nobody says until when, as limits of a result.

    Of the guidelines with these names, of all without any.
    """
    families = (one for one in in_force(project.library.guidelines, at) if one.vocabulary == vocabulary)
    undated = (one.name for family in families if not names or family.id in names for one in family.undated)
    return tuple(f"{name}: withdrawn, date not known; not taken as in force on {at}" for name in undated)


def _named(guidelines: Iterable[Guideline]) -> str:
    return ", ".join(one.name for one in guidelines)


def own_part(one: InForce) -> Guideline:
    """Return an edition restricted to what it is in force for."""
    return restricted(one.guideline, one.outputs)


def only_part(project: Project, name: str, at: str) -> Guideline:
    """Return the one edition in force at a date, restricted to its outputs. Raises UsageError if there are several."""
    family = family_of(project, name, at)
    if len(family.in_force) == 1:
        return own_part(family.in_force[0])
    parts = ", ".join(one.guideline.name for one in family.in_force)
    hint = f"explain one of them ({parts}), or take them together: redflag compare --guideline {name} --at {at}"
    raise UsageError(f"on {at} several editions of {quoted(name)} are in force side by side", hint)
