"""mutmut itself, on a module of two functions: its result files are read as what happened."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import pytest

from tests.kit_mutation import workspace
from tests.kit_mutation.mutants import Outcome
from tests.kit_mutation.workspace import RunFailedError, Workspace

pytest.importorskip("mutmut", reason="comes with the development tools, not with those for tests alone")

FILES = {
    "pyproject.toml": '[tool.mutmut]\nsource_paths = ["small"]\nprocess_isolation = "forkserver"\n'
    'pytest_add_cli_args_test_selection = ["tests"]\n',
    "small/__init__.py": "",
    "small/m.py": "def low(a):\n    return a < 1\n\n\ndef unseen(a):\n    return a + 1\n",
    "tests/test_m.py": "from small.m import low\n\n\ndef test_zero_is_low():\n    assert low(0)\n",
}


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr(workspace, "BUILD", tmp_path)
    for name, text in FILES.items():
        (tmp_path / "small" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "small" / name).write_text(text)
    return Workspace("small", (), ())


@pytest.mark.slow
def test_what_mutmut_found_is_read_from_its_files(small: Workspace) -> None:
    assert small.run(jobs=1)
    found = {(one.change.function, one.change.was, one.change.now): one.outcome for one in small.mutants()}
    assert found == {
        ("small.m.low", "return a < 1", "return a <= 1"): Outcome.SURVIVED,
        ("small.m.low", "return a < 1", "return a < 2"): Outcome.SURVIVED,
        ("small.m.unseen", "return a + 1", "return a - 1"): Outcome.NO_TESTS,
        ("small.m.unseen", "return a + 1", "return a + 2"): Outcome.NO_TESTS,
    }


def test_a_run_that_is_out_of_time_is_stopped_and_says_so(small: Workspace) -> None:
    assert not small.run(jobs=1, deadline=monotonic())
    assert all(one.outcome is Outcome.NOT_RUN for one in small.mutants())


@pytest.mark.slow
def test_tests_that_fail_without_mutants_are_told_and_no_verdict_is_given(small: Workspace) -> None:
    (small.place / "tests" / "test_m.py").write_text("def test_wrong():\n    assert False\n")
    with pytest.raises(RunFailedError, match="failed to collect stats"):
        small.run(jobs=1)
