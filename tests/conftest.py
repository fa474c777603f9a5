"""What the tests of one process share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from redflag_kit.project.load import Project, load_project
from redflag_kit.results.envelope import Envelope
from redflag_kit.workflow.check import check
from tests import shipped


@pytest.fixture(scope="session", autouse=True)
def _commands_share_what_they_find_of_the_shipped_project() -> Iterator[None]:
    """Let commands run in this process load and check the shipped project once, and every other each time.

    Tests that call a stage themselves, not through a command, call it as it is.
    """

    def load(root: Path) -> Project:
        return shipped.project() if root == shipped.ROOT else load_project(root)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("redflag_kit.project.states.load_project", load)
        patch.setattr("redflag_kit.workflow.check.check", _remembered(check))
        yield


def _remembered(stage: Callable[..., Envelope]) -> Callable[..., Envelope]:
    """Return a stage that gives the answer it gave before, if asked the same of the shipped project."""
    answers: dict[str, Envelope] = {}

    def answer(project: Project, *given: Any, **named: Any) -> Envelope:
        if project is not shipped.project():
            return stage(project, *given, **named)
        asked = repr((given, sorted(named.items())))
        if asked not in answers:
            answers[asked] = stage(project, *given, **named)
        return answers[asked]

    return answer
