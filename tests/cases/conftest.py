"""What the tests of changed projects share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from redflag_kit.compile.prepared import Prepared
from redflag_kit.logic.budget import Deadline
from redflag_kit.model.guideline import Guideline
from redflag_kit.workflow.check_guideline import Examined, examine_tables


@pytest.fixture(scope="module")
def _equal_tables_are_examined_once() -> Iterator[None]:
    """Let `check` examine a guideline's tables only if it is not the one before: for tests of how files are read.

    What is found in the tables of a guideline depends on nothing but the guideline.
    """
    last: list[tuple[Guideline, Examined]] = []

    def examined(ready: Prepared, nodes: int, deadline: Deadline) -> Examined:
        if not last or last[0][0] != ready.guideline:
            last[:] = [(ready.guideline, examine_tables(ready, nodes, deadline))]
        return last[0][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("redflag_kit.workflow.check.examine_tables", examined)
        yield
