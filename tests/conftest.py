"""What the tests of one process share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from redflag_kit.project.load import Project, load_project
from tests import shipped


@pytest.fixture(scope="session", autouse=True)
def _commands_share_the_shipped_project() -> Iterator[None]:
    """Let commands run in this process take the shipped project as it was loaded, and read every other one."""

    def load(root: Path) -> Project:
        return shipped.project() if root == shipped.ROOT else load_project(root)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("redflag_kit.project.states.load_project", load)
        yield
