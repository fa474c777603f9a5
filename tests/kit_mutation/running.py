"""mutmut, with the fastest tests of a function first, and before those the ones that noticed its last mutants.

A script, never imported: mutmut puts its own copies of the package and of the tests on the path.

mutmut's fork server tries the tests of a function in no order at all. What notices one mutant of a function mostly
notices the next, so each process leaves the test that failed in a file for the next ones. Which tests are tried, and
what counts as noticed, stays as it is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.pop(0)  # this folder, whose modules would be found before others of the same names

from mutmut.__main__ import cli
from mutmut.runners.harness import PytestRunner
from mutmut.state import state
from mutmut.utils.file_utils import change_cwd
from mutmut.utils.format_utils import mangled_name_from_mutant_name
from mutmut.workers import isolation

if TYPE_CHECKING:
    import pytest

KILLERS = Path("killers").resolve()
"""A file for each function, with the test that noticed its last mutant; parallel processes may overwrite each other."""


class _Teller:
    """Leaves the id of the test that fails in a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            part = self.file.with_name(f"{self.file.name}.{os.getpid()}")
            part.write_text(report.nodeid)
            part.replace(self.file)


class KillersFirst(PytestRunner):
    """Runs the tests of mutants in an order in which most are noticed soon."""

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        """Return pytest's exit code, with the mutant switched on by mutmut; without a name all tests are run."""
        if mutant_name is None:
            return super().run_tests(mutant_name=None, tests=tests)
        file, last = KILLERS / mangled_name_from_mutant_name(mutant_name), ""
        with suppress(FileNotFoundError):
            last = file.read_text()
        ordered = sorted(tests, key=lambda test: (test != last, state().duration_by_test[test], test))
        with change_cwd("mutants"):
            return self.execute_pytest(self._pytest_args_regular_run(ordered), plugins=[_Teller(file)])


if __name__ == "__main__":
    KILLERS.mkdir(exist_ok=True)
    vars(isolation)["PytestRunner"] = KillersFirst  # mutmut has no setting for it
    cli()
