"""The sides of a comparison: editions that were named, or what is in force, composed per guideline and output."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.in_force import Family, InForce, in_force
from redflag_kit.model.vignette import Vignette
from redflag_kit.model.vocabulary import Finding
from redflag_kit.project.load import Project
from redflag_kit.project.states import States
from redflag_kit.results.compare import Part, Voice
from redflag_kit.results.envelope import ResultInput
from redflag_kit.workflow.envelope import NOT_LOADED, UsageError, guideline_input
from redflag_kit.workflow.in_force import family_of, own_part, why_nothing
from redflag_kit.workflow.reference import find_guideline, split_reference
from redflag_kit.workflow.show import standing
from redflag_kit.workflow.sides import Side, referred


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice with its editions, each restricted to what it speaks of. `parts` is empty where an edition was named.

    `side` is the edition as it was read, if it is one of another state of the project; here its revision is part of
    its name, so that it is never taken for the edition of that name in the working files.
    """

    name: str
    guidelines: tuple[Guideline, ...]
    parts: tuple[InForce, ...] = ()
    side: Side | None = None

    def inputs(self) -> tuple[ResultInput, ...]:
        """Return the editions as inputs of a result, whole."""
        if self.side:
            return (self.side.input("guideline"),)
        wholes = tuple(part.guideline for part in self.parts) or self.guidelines
        return tuple(guideline_input(one, "guideline", one.name) for one in wholes)

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


def of_state(side: Side) -> Speaker:
    """Return an edition of another state of the project as a voice of its own."""
    revision = side.label.removesuffix(side.guideline.name)
    return Speaker(side.label, (replace(side.guideline, id=f"{revision}{side.guideline.id}"),), (), side)


def speakers(
    project: Project, references: Iterable[str], at: str | None, vocabulary: str, states: States | None = None
) -> tuple[Speaker, ...]:
    """Return the voices that are named, else all in force over a vocabulary. Raises UsageError if there is none.

    With a date, a guideline without a version means what of it was in force. References may name revisions that
    `states` has.
    """
    chosen = {one.name: one for reference in references for one in (_referred(project, states, reference, at),)}
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


def check_asked_alike(chosen: Iterable[Speaker], vignettes: Iterable[Vignette]) -> None:
    """Refuse cases with findings that not all editions ask in the same way, as those of other states may not.

    Raises UsageError.
    """
    vocabularies = {one.name: one.vocabulary for speaker in chosen for one in speaker.guidelines}
    first = next(iter(vocabularies.values()))
    asked = dict.fromkeys(stated.finding for one in vignettes for stated in one.findings)
    for name, vocabulary in vocabularies.items():
        for finding in () if vocabulary is first else asked:
            if _how(vocabulary.findings.get(finding)) != _how(first.findings.get(finding)):
                message = f"{name} does not ask the finding {quoted(finding)} as the other editions do"
                raise UsageError(message, "leave the finding out of the case, or the edition out of the comparison")


def _how(one: Finding | None) -> object:
    return one and (one.kind, frozenset(one.words), one.grid, one.unit)


def _referred(project: Project, states: States | None, reference: str, at: str | None) -> Speaker:
    if states is not None and split_reference(states.root, reference)[0] is not None:
        if at is not None:
            raise UsageError("a date and a revision cannot be combined here", "leave one of them out")
        return of_state(referred(states, reference))
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
