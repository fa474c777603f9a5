"""Find and load the project that a command line means, and the states of it that git knows."""

import argparse
from pathlib import Path

from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.project.load import Project
from redflag_kit.project.root import find_root, place_in_repository
from redflag_kit.project.states import States
from redflag_kit.report.text import count
from redflag_kit.workflow.envelope import NOT_LOADED, UsageError
from redflag_kit.workflow.sides import state_named, state_of


def states_of(options: argparse.Namespace, start: Path | None = None) -> States:
    """Return the states of the project: the one named, else that of the nearest folder upwards with guidelines/."""
    named: Path | None = options.project
    if named is not None and not named.is_dir():
        raise UsageError(f"there is no folder {quoted(str(named))}", "", NOT_LOADED)
    root = named.resolve() if named is not None else find_root(start or Path.cwd())
    options.place = place_in_repository(root)
    return States(root)


def project_of(options: argparse.Namespace, start: Path | None = None) -> Project:
    """Return the working files of the project."""
    project = state_of(states_of(options, start), None)
    note(options, project)
    return project


def project_named(options: argparse.Namespace, reference: str) -> tuple[Project, str]:
    """Return the state of the project that a reference names, and what it names there."""
    project, named = state_named(states_of(options), reference)
    note(options, project)
    return project, named


def note(options: argparse.Namespace, *projects: Project) -> None:
    """Keep what is said beside a result: faults of the projects, and the verdicts on claims that the last one has."""
    options.note = "".join(dict.fromkeys(map(_note, projects)))
    options.verdicts = projects[-1].library.verdicts()


def _note(project: Project) -> str:
    """Return a line on faults of the project, for commands that work on what could be loaded all the same."""
    errors = project.errors
    if not errors:
        return ""
    files = count(len({one.span.file for one in errors}), "file")
    if project.revision:
        first = f"the first: {errors[0].span}: {errors[0].message}"
        return f"note: {count(len(errors), 'error')} in {files} of {project.revision.shown}; {first}\n"
    them = "it" if len(errors) == 1 else "them"
    return f"note: {count(len(errors), 'error')} in {files} of the project; redflag check shows {them}\n"
