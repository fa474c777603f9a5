"""The sides of a comparison: a guideline, the state of the project that it is read from, and how it was asked for."""

from collections.abc import Iterable
from dataclasses import dataclass

from redflag_kit.model.guideline import Guideline
from redflag_kit.model.hazard import HazardLog
from redflag_kit.model.vignette import Vignette
from redflag_kit.project.load import Project
from redflag_kit.results.envelope import ResultInput
from redflag_kit.workflow.envelope import guideline_input
from redflag_kit.workflow.reference import find_guideline


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
