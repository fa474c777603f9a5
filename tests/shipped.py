"""The project of this repository, as the tests read it: loaded once in each process that runs tests."""

from __future__ import annotations

from pathlib import Path

from redflag_kit.model.guideline import Guideline
from redflag_kit.project.load import Project
from redflag_kit.pytest_plugin import loaded
from redflag_kit.workflow.reference import find_guideline

ROOT = Path(__file__).resolve().parents[1]


def project() -> Project:
    """Return the shipped project, the very one that the vignettes are collected from."""
    found = loaded(ROOT)
    assert found.sound
    return found


def guideline(reference: str) -> Guideline:
    """Return a shipped guideline, named as on the command line."""
    return find_guideline(project(), reference)


def editions() -> dict[str, Guideline]:
    """Return every shipped guideline by its full name."""
    return {one.name: one for one in project().library.guidelines}
