"""Find and load the project that a command line means."""

import argparse
from pathlib import Path

from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.project.load import Project, load_project
from redflag_kit.project.root import find_root, place_in_repository
from redflag_kit.report.text import count
from redflag_kit.workflow.envelope import NOT_LOADED, UsageError


def project_of(options: argparse.Namespace, start: Path | None = None) -> Project:
    """Return the project: the one named, else the nearest folder upwards that holds guidelines/."""
    named: Path | None = options.project
    if named is not None and not named.is_dir():
        raise UsageError(f"there is no folder {quoted(str(named))}", "", NOT_LOADED)
    root = named.resolve() if named is not None else find_root(start or Path.cwd())
    if not (root / "guidelines").is_dir():
        where = f"{quoted(str(named))} has no folder guidelines/" if named else "there is no project here"
        hint = "name the project with --project DIR; it is the folder that holds guidelines/"
        raise UsageError(where, hint, NOT_LOADED)
    project = load_project(root)
    options.note = _note(project)
    options.place = place_in_repository(root)
    options.verdicts = project.library.verdicts()
    return project


def _note(project: Project) -> str:
    """Return a line on faults of the project, for commands that work on what could be loaded all the same."""
    errors = [one for one in project.diagnostics if one.severity is Severity.ERROR]
    if not errors:
        return ""
    files = count(len({one.span.file for one in errors}), "file")
    them = "it" if len(errors) == 1 else "them"
    return f"note: {count(len(errors), 'error')} in {files} of the project; redflag check shows {them}\n"
