"""The sides of a comparison: editions that were named, or what is in force, composed per guideline and output."""

from collections.abc import Iterable
from dataclasses import dataclass

from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.in_force import Family, InForce, in_force
from redflag_kit.project.load import Project
from redflag_kit.results.compare import Part, Voice
from redflag_kit.workflow.envelope import NOT_LOADED, UsageError
from redflag_kit.workflow.in_force import family_of, own_part, why_nothing
from redflag_kit.workflow.reference import find_guideline
from redflag_kit.workflow.show import standing


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice with its editions, each restricted to what it speaks of. `parts` is empty where an edition was named."""

    name: str
    guidelines: tuple[Guideline, ...]
    parts: tuple[InForce, ...] = ()

    def about(self, output: str) -> Guideline | None:
        """Return the edition that speaks of an output, if any does."""
        return next((one for one in self.guidelines if output in one.covers), None)

    def replaced_without_successor(self, output: str) -> tuple[str, str] | None:
        """Return which edition dropped an output on purpose, and whose advice that was."""
        found = ((one, before) for one in self.parts for before, names in one.replaced if output in names)
        return next(((one.guideline.name, before.name) for one, before in found), None)


def named(guideline: Guideline) -> Speaker:
    """Return an edition as a voice of its own, whole."""
    return Speaker(guideline.name, (guideline,))


def speakers(project: Project, references: Iterable[str], at: str | None, vocabulary: str) -> tuple[Speaker, ...]:
    """Return the voices that are named, else all in force over a vocabulary. Raises UsageError if there is none.

    With a date, a guideline without a version means what of it was in force.
    """
    chosen = {one.name: one for reference in references for one in (_referred(project, reference, at),)}
    if chosen:
        if len({one.guidelines[0].vocabulary.id for one in chosen.values()}) > 1:
            raise UsageError("the guidelines do not share a vocabulary", "compare guidelines of one library")
        editions = [guideline.name for one in chosen.values() for guideline in one.guidelines]
        twice = next((name for name in editions if editions.count(name) > 1), None)
        if twice:
            raise UsageError(f"{quoted(twice)} is named twice", "it is in force at that date: name it once")
        return tuple(chosen.values())
    families = [one for one in in_force(project.library.guidelines, at) if one.vocabulary == vocabulary]
    found = tuple(_composed(family) for family in families if family.in_force)
    if not families:
        raise UsageError("no guideline could be loaded", "redflag check shows what is wrong", NOT_LOADED)
    if not found:
        when = f" on {at}" if at else ""
        hint = (
            f"{families[0].id}: {why_nothing(families[0], at)}" if len(families) == 1 else "name some: --guideline ID"
        )
        raise UsageError(f"no guideline is in force{when}", hint, NOT_LOADED)
    return found


def _referred(project: Project, reference: str, at: str | None) -> Speaker:
    is_edition = "@" in reference or "/" in reference or reference.endswith((".yaml", ".yml"))
    if at is None or is_edition:
        return named(find_guideline(project, reference))
    return _composed(family_of(project, reference, at))


def _composed(family: Family) -> Speaker:
    """Return what of a family is in force as one voice, named by its edition if that is one alone."""
    guidelines = tuple(own_part(one) for one in family.in_force)
    name = guidelines[0].name if len(guidelines) == 1 else family.id
    return Speaker(name, guidelines, family.in_force)


def shown_voice(speaker: Speaker) -> Voice:
    """Return a voice as it stands in a result."""
    told = speaker.parts or (None,) * len(speaker.guidelines)
    return Voice(
        speaker.name,
        tuple(
            Part(one.name, one.title, None if part is None else standing(part))
            for one, part in zip(speaker.guidelines, told, strict=True)
        ),
    )
