"""Collect vignette files with pytest: one item per vignette and guideline.

Installed with the package, so it must stay out of the way elsewhere: nothing but pytest is imported until a file turns
out to be a vignette file of a project. `-p no:redflag` switches it off.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from redflag_kit.project.load import Project
    from redflag_kit.report.json import Result

LARGEST = 4 * 1024 * 1024  # what the reader takes
SCHEMA = "redflag/vignettes/1"


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "VignetteFile | None":
    """Collect a YAML file that lies in the vignettes/ folder of a project and says that it holds vignettes."""
    if file_path.suffix not in (".yaml", ".yml") or "vignettes" not in file_path.parts:
        return None
    root = project_root(file_path)
    if root is None or not says_vignettes(file_path):
        return None
    return VignetteFile.from_parent(parent, path=file_path, root=root)


def project_root(path: Path) -> Path | None:
    """Return the folder that holds both `guidelines/` and the `vignettes/` above a file."""
    for folder in path.parents:
        if folder.name == "vignettes" and (folder.parent / "guidelines").is_dir():
            return folder.parent
    return None


def says_vignettes(path: Path) -> bool:
    """Say whether a file gives the vignette schema."""
    try:
        if path.stat().st_size > LARGEST:
            return False
        text = path.read_bytes().replace(b'"', b"").replace(b"'", b"")
    except OSError:
        return False
    lines = (line.split(b"#")[0].split() for line in text.splitlines() if line.startswith(b"schema:"))
    return any(words == [b"schema:", SCHEMA.encode()] for words in lines)


class UnmetExpectationError(Exception):
    """A vignette that does not get what it expects; the message is all there is to say."""


class VignetteFile(pytest.File):
    """A file of vignettes."""

    def __init__(self, *, root: Path, **given: Any) -> None:
        super().__init__(**given)
        self.root = root

    def collect(self) -> Iterator[pytest.Item]:
        """Yield one item per vignette and guideline; one that fails if the file could not be read."""
        name = self.path.resolve().relative_to(self.root.resolve()).as_posix()
        found = loaded(self.root)
        faults = [one for one in found.diagnostics if one.span.file == name and one.severity.value == "error"]
        if faults:
            yield FileItem.from_parent(self, name="readable")
        for _, vignette in found.library.vignettes:
            if vignette.span.file == name:
                guidelines = dict.fromkeys(f"{one.guideline}@{one.version}" for one in vignette.expectations)
                for guideline in guidelines or [""]:
                    text = f"{vignette.id}::{guideline}" if guideline else vignette.id
                    yield VignetteItem.from_parent(self, name=text, vignette=vignette.id, guideline=guideline)


class _Item(pytest.Item):
    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show the failure in plain words, without a traceback."""
        if isinstance(excinfo.value, UnmetExpectationError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Name the item in the header of its failure."""
        return self.path, None, self.name


class FileItem(_Item):
    """Fails if a file has errors, with all of them."""

    def runtest(self) -> None:
        """Fail with the diagnostics of the file."""
        from redflag_kit.report.json import plain_diagnostic
        from redflag_kit.report.text_diagnostics import render_diagnostics
        from redflag_kit.report.verdicts import with_verdicts

        parent = self.parent
        assert isinstance(parent, VignetteFile)
        name = self.path.resolve().relative_to(parent.root.resolve()).as_posix()
        project = loaded(parent.root)
        faults = [plain_diagnostic(one) for one in project.diagnostics if one.span.file == name]
        told = with_verdicts({"faults": faults, "verdicts": project.library.verdicts()})
        raise UnmetExpectationError(render_diagnostics(told["faults"]))


class VignetteItem(_Item):
    """One vignette against one guideline."""

    def __init__(self, *, vignette: str, guideline: str, **given: Any) -> None:
        super().__init__(**given)
        self.vignette = vignette
        self.guideline = guideline

    def runtest(self) -> None:
        """Fail unless the guideline says what the vignette expects, for the reason it gives."""
        from redflag_kit.report.text_test import failure_text
        from redflag_kit.report.verdicts import with_verdicts

        parent = self.parent
        assert isinstance(parent, VignetteFile)
        result = results(parent.root)[self.vignette]
        rows = result["results"]
        assert isinstance(rows, list)
        mine = [one for one in rows if isinstance(one, dict) and self.asks(one)]
        if not mine or not all(one["passed"] and one["because_ok"] for one in mine):
            told = with_verdicts({**result, "results": [*mine], "verdicts": loaded(parent.root).library.verdicts()})
            raise UnmetExpectationError(failure_text(told))

    def asks(self, row: "Result") -> bool:
        """Say whether a row of results belongs to the guideline of this item."""
        guideline, _, prefix = self.guideline.partition("@")
        parts = prefix.split(".")
        return row["guideline"] == guideline and str(row["version"]).split(".")[: len(parts)] == parts


@cache
def loaded(root: Path) -> "Project":
    """Return the project, read once per run."""
    from redflag_kit.project.load import load_project

    return load_project(root)


@cache
def results(root: Path) -> "dict[str, Result]":
    """Return the result of every vignette by id, all run at once, as `redflag test` does."""
    from redflag_kit.report.json import plain_vignette
    from redflag_kit.workflow.test import run_vignettes

    project = loaded(root)
    found, _ = run_vignettes(project, [vignette for _, vignette in project.library.vignettes])
    return {one.id: plain_vignette(one) for one in found}
