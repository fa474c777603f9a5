"""Run mutmut in a directory of its own below `build/`, one for each choice of modules.

mutmut reads `pyproject.toml` where it is started and writes `mutants/` beside it. A workspace links to the sources and
tests and has a copy of `pyproject.toml` in which `[tool.mutmut]` names the modules and tests chosen; so several runs do
not meet, and only code that is being mutated is slowed down by mutmut's switches.

Results are kept: a later run tries again what was not noticed, and every function whose text changed. What was noticed
and reads as before is not tried again, whatever else changed; `fresh` starts from nothing.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from tests.kit_mutation.mutants import Mutant, outcome_of, read_mutants

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "kit-mutation"
RUNNING = ROOT / "tests" / "kit_mutation" / "running.py"
LINKS = ("redflag_kit", "tests", "guidelines", "vignettes")
LEAVE = 10.0
"""Seconds that mutmut has to end its processes when it is told to stop."""


class RunFailedError(Exception):
    """mutmut could not try the mutants; the message is the end of what it wrote."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A choice of modules (patterns of paths below the root), and the tests that are to notice their mutants."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]

    @property
    def place(self) -> Path:
        """Return the directory."""
        return BUILD / self.name

    def mutants(self) -> tuple[Mutant, ...]:
        """Return what the last run left."""
        return read_mutants(self.place / "mutants")

    def prepare(self, *, fresh: bool) -> None:
        """Make the directory ready for a run on the code as it is now."""
        self.place.mkdir(parents=True, exist_ok=True)
        for name in LINKS:
            link = self.place / name
            if not link.is_symlink():
                link.symlink_to(os.path.relpath(ROOT / name, self.place))
        config = configured((ROOT / "pyproject.toml").read_text(), self.modules, self.tests)
        written = self.place / "pyproject.toml"
        if fresh or not written.exists() or _settings(written.read_text()) != _settings(config):
            shutil.rmtree(self.place / "mutants", ignore_errors=True)
        written.write_text(config)
        _forget_what_may_be_old(self.place / "mutants")

    def run(self, names: Iterable[str] = (), *, jobs: int, deadline: float | None = None) -> bool:
        """Try the mutants (those of these names, in which `*` stands for anything); say if there was time for all."""
        log = self.place / "mutmut.log"
        with log.open("w") as out:
            started = subprocess.Popen(
                [
                    sys.executable,
                    str(RUNNING),
                    "run",
                    "--max-children",
                    str(jobs),
                    *names,
                ],
                cwd=self.place,
                env=environment(os.environ),
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            finished = _wait(started, deadline)
        if finished and started.returncode != 0:
            raise RunFailedError(_end_of(log.read_text(errors="replace")))
        return finished


def configured(pyproject: str, modules: Sequence[str], tests: Sequence[str]) -> str:
    """Return a `pyproject.toml` in which mutmut is told to mutate these modules and to run these tests."""
    settings = tomllib.loads(pyproject)["tool"]["mutmut"]
    settings |= {"only_mutate": list(modules), "pytest_add_cli_args_test_selection": list(tests)}
    before, rest = re.split(r"^\[tool\.mutmut\].*\n", pyproject, maxsplit=1, flags=re.MULTILINE)
    after = rest[rest.find("\n[") :] if "\n[" in rest else ""
    # JSON's strings, lists, numbers and booleans are TOML's too.
    table = "".join(f"{key} = {json.dumps(value)}\n" for key, value in settings.items())
    return f"{before}[tool.mutmut]\n{table}{after}"


def _settings(pyproject: str) -> tuple[object, object]:
    """Return what of a `pyproject.toml` bears on a run."""
    tool = tomllib.loads(pyproject)["tool"]
    return tool["mutmut"], tool["pytest"]


def environment(outer: Mapping[str, str]) -> dict[str, str]:
    """Return an environment for mutmut in which nothing can shadow the mutated copy of the package."""
    dropped = (
        "PYTHONPATH",
        "MUTANT_UNDER_TEST",
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "COVERAGE_PROCESS_START",
    )
    return {**{key: value for key, value in outer.items() if key not in dropped}, "PYTHONHASHSEED": "0"}


def _forget_what_may_be_old(mutants: Path) -> None:
    """Remove copies that mutmut would not renew: all but mutated modules, and verdicts that new tests could change."""
    for copied in ("tests", "guidelines", "vignettes"):
        shutil.rmtree(mutants / copied, ignore_errors=True)
    (mutants / "mutmut-stats.json").unlink(missing_ok=True)
    for path in mutants.rglob("*"):
        if (
            path.is_file()
            and not path.with_name(path.name + ".meta").exists()
            and path.suffix not in (".meta", ".spans")
        ):
            path.unlink()
    for meta in mutants.rglob("*.py.meta"):
        source = ROOT / meta.with_suffix("").relative_to(mutants)
        if source.exists():
            meta.write_text(reopened(meta.read_text()))
        else:
            for one in (meta, meta.with_suffix(""), meta.with_suffix(".spans")):
                one.unlink(missing_ok=True)


def reopened(meta: str) -> str:
    """Return a `.meta` file in which only mutants that were noticed have a verdict."""
    data = json.loads(meta)
    exit_codes = data["exit_code_by_key"]
    data["exit_code_by_key"] = {name: code if outcome_of(code).noticed else None for name, code in exit_codes.items()}
    return json.dumps(data, indent=4)


def _wait(started: subprocess.Popen[bytes], deadline: float | None) -> bool:
    """Wait for mutmut to end, or make it stop at the deadline; say whether it ended by itself."""
    try:
        started.wait(None if deadline is None else max(0.0, deadline - monotonic()))
        return True
    except subprocess.TimeoutExpired:
        os.killpg(started.pid, signal.SIGINT)
    except BaseException:
        _end(started)
        raise
    with suppress(subprocess.TimeoutExpired):
        started.wait(LEAVE)
    _end(started)
    return False


def _end(started: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(started.pid, signal.SIGKILL)  # the processes that mutmut made are in its group
    started.wait()


def _end_of(log: str) -> str:
    lines = [line.rpartition("\r")[2] for line in log.splitlines()]
    return "\n".join(lines[-40:])
