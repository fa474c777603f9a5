"""The shipped library as the content tests read it, loaded once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.model.vocabulary import Vocabulary
from redflag_kit.project.load import Project, load_project
from redflag_kit.workflow.reference import find_guideline

ROOT = Path(__file__).parents[2]


@cache
def project() -> Project:
    """Return the project of the shipped library."""
    found = load_project(ROOT)
    assert found.sound
    return found


def guideline(reference: str) -> Guideline:
    """Return one shipped guideline, named as on the command line."""
    return find_guideline(project(), reference)


@cache
def vignettes() -> tuple[Vignette, ...]:
    """Return every shipped vignette."""
    return tuple(vignette for _, vignette in project().library.vignettes)


def ordinary_patient(vocabulary: Vocabulary) -> dict[str, Value]:
    """Return a patient with back pain for two weeks, nothing unusual, and no trial of therapy yet."""
    return {name: one.example if one.clean is None else one.clean for name, one in vocabulary.findings.items()}
