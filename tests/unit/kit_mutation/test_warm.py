"""The process from which those of the mutants are forked."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from redflag_kit.logic.bdd import Diagrams
from tests.kit_mutation.warm import pytest_collection_finish
from tests.unit.logic.worlds import boolean_space


def session(*, collects_only: bool) -> pytest.Session:
    return cast(
        "pytest.Session", SimpleNamespace(config=SimpleNamespace(option=SimpleNamespace(collectonly=collects_only)))
    )


def test_managers_that_tests_make_while_imported_are_refused() -> None:
    diagrams = Diagrams(boolean_space("a"), 100)
    with pytest.raises(pytest.UsageError, match="diagram managers are made while tests are imported"):
        pytest_collection_finish(session(collects_only=True))
    assert diagrams.whole == diagrams.whole


def test_processes_that_run_tests_may_have_managers() -> None:
    diagrams = Diagrams(boolean_space("a"), 100)
    pytest_collection_finish(session(collects_only=False))
    assert diagrams.whole == diagrams.whole
