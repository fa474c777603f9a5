"""The sides of a comparison: a guideline, the state of the project that it is read from, and how it was asked for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.hazard import HazardLog
from redflag_kit.model.vignette import Vignette
from redflag_kit.project.git import GitError
from redflag_kit.project.load import Project
from redflag_kit.project.states import States
from redflag_kit.results.envelope import ResultInput
from redflag_kit.workflow.envelope import NOT_LOADED, USAGE, UsageError, guideline_input
from redflag_kit.workflow.reference import find_guideline, split_reference


@dataclass(frozen=True, slots=True)
class Side:
    """One edition of a comparison. `reference` is how it was asked for."""

    project: Project
    guideline: Guideline
    reference: str

    @property
    def label(self) -> str:
        """Return what tells the edition from the same edition of another state: `main:acp@2011.0.0`."""
        return label(self.project, self.guideline)

    def input(self, role: str) -> ResultInput:
        """Return the edition as an input of a result."""
        return guideline_input(self.guideline, role, self.reference, project=self.project)


def label(project: Project, guideline: Guideline) -> str:
    """Return a guideline's name, with the revision in front unless it is a working file."""
    return guideline.name if project.revision is None else f"{project.revision.shown}:{guideline.name}"


def side(project: Project, reference: str) -> Side:
    """Return the guideline of one state that a reference without a revision names. Raises UsageError."""
    return Side(project, find_guideline(project, reference), reference)


def state_of(states: States, revision: str | None) -> Project:
    """Return the project as a revision has it, or its working files. Raises UsageError if there is no such state."""
    if revision is None:
        if not (states.root / "guidelines").is_dir():
            hint = "name the project with --project DIR; it is the folder that holds guidelines/"
            name = quoted(states.root.name or str(states.root))
            raise UsageError(f"{name} has no folder guidelines/", hint, NOT_LOADED)
        return states.working
    return _from_git(states.at, revision)


def _from_git(read: Callable[[str], Project], revision: str) -> Project:
    try:
        return read(revision)
    except GitError as error:
        raise UsageError(error.message, error.hint, USAGE if error.misused else NOT_LOADED) from error


def old_state_of(states: States, revision: str | None) -> Project:
    """Return a state to compare with: only its guidelines, as what stands beside them is read from the new state."""
    return state_of(states, None) if revision is None else _from_git(states.rules_at, revision)


def state_named(states: States, reference: str) -> tuple[Project, str]:
    """Return the state of the project that a reference means, and what it names there. Raises UsageError."""
    revision, named = split_reference(states.root, reference)
    if not named:
        hint = "name a guideline after it; redflag diff REV1: REV2: compares two whole states"
        raise UsageError(f"{quoted(reference)} names a revision and no guideline", hint)
    return state_of(states, revision), named


def referred(states: States, reference: str) -> Side:
    """Return the guideline that a reference names, in the state that it names. Raises UsageError."""
    project, named = state_named(states, reference)
    return Side(project, find_guideline(project, named), reference)


def sides(states: States, old: str, new: str) -> tuple[Side, Side]:
    """Return two guidelines to compare, each in the state that its reference names. Raises UsageError."""
    after = referred(states, new)
    revision, named = split_reference(states.root, old)
    if not named:
        return referred(states, old), after
    before = old_state_of(states, revision)
    return Side(before, find_guideline(before, named), old), after


def one_state(states: States, references: Sequence[str]) -> tuple[Project, tuple[str, ...]]:
    """Return the one state that all references mean, and what they name there. Raises UsageError if there are several.

    Without references the working files are meant.
    """
    split = [split_reference(states.root, one) for one in references]
    revisions = sorted({revision or "" for revision, _ in split})
    if len(revisions) > 1:
        hint = "name guidelines of one revision; redflag diff REV:A B compares editions of two states"
        raise UsageError("guidelines of several states of the project cannot be compared at once", hint)
    project = state_of(states, split[0][0] if split else None)
    return project, tuple(state_named(states, one)[1] for one in references)


def vignettes_of(old: Side, new: Side) -> tuple[Vignette, ...]:
    """Return the vignettes of the new side that are written in a vocabulary of the editions."""
    known = _vocabularies(old, new)
    return tuple(vignette for vocabulary, vignette in new.project.library.vignettes if vocabulary in known)


def hazard_logs_of(old: Side, new: Side) -> tuple[HazardLog, ...]:
    """Return the hazard logs of the new side that are about a vocabulary of the editions."""
    known = _vocabularies(old, new)
    return tuple(log for log in new.project.library.hazards if log.vocabulary in known)


def editions_of(old: Side, new: Side) -> Iterable[Guideline]:
    """Yield the guidelines of the new side, and the old edition if they lack it: whatever is named may mean it."""
    yield from new.project.library.guidelines
    if all(one.name != old.guideline.name for one in new.project.library.guidelines):
        yield old.guideline


def _vocabularies(old: Side, new: Side) -> frozenset[str]:
    return frozenset({old.guideline.vocabulary.id, new.guideline.vocabulary.id})
