"""References to guidelines: `ID`, `ID@VERSION-PREFIX` or the path of a file, each with `REV:` in front for a commit.

A file that exists wins: what names one is not read as a revision. The letter of a drive is no revision either.
"""

import os
import re
from pathlib import Path

from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.project.load import Project
from redflag_kit.workflow.envelope import NOT_LOADED, UsageError

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def find_guideline(project: Project, reference: str) -> Guideline:
    """Return the guideline a reference names; a version prefix means the highest version that starts with it.

    Raises UsageError with exit code 3 where nothing matches.
    """
    guidelines = project.library.guidelines
    found = [g for g in guidelines if matches(project, g, reference)]
    if found:
        return max(found, key=lambda g: g.version)
    broken = sorted({one.span.file for one in project.errors})
    hint = did_you_mean(reference, [name for g in guidelines for name in (g.id, g.name)])
    if broken and project.revision:
        first = project.errors[0]
        hint = f"{first.span}: {first.message}; files with errors: {', '.join(broken[:5])}"
    elif broken:
        hint = f"these files have errors and could not be used: {', '.join(broken[:5])}"
    known = ", ".join(g.name for g in guidelines) or "none"
    where = f" in {project.revision.shown}" if project.revision else ""
    has = f"{project.revision.shown} has" if project.revision else "the project has"
    raise UsageError(f"no guideline{where} matches {quoted(reference)}", hint or f"{has}: {known}", NOT_LOADED)


def matches(project: Project, guideline: Guideline, reference: str) -> bool:
    """Say whether a reference without a revision names a guideline, or its family."""
    if reference.endswith((".yaml", ".yml")) or "/" in reference:
        return reference == guideline.path or _same_place(project, guideline.path, reference)
    name, _, version = reference.partition("@")
    return guideline.id == name and (not version or guideline.version.starts_with(version))


def _same_place(project: Project, path: str, reference: str) -> bool:
    """Say whether a path as given from here leads to a file of the project; one of a commit need not be on disk."""
    place = Path.cwd() / reference
    if project.revision is None:
        return place.resolve() == (project.root / path).resolve()
    return os.path.normpath(place) == os.path.normpath(project.root / path)


def split_reference(root: Path, reference: str) -> tuple[str | None, str]:
    """Return the revision of a reference, None for working files, and what it names there; nothing for `REV:`."""
    revision, colon, named = reference.partition(":")
    if not colon or _DRIVE.match(reference) or _exists(root, reference):
        return None, reference
    return revision, named


def _exists(root: Path, reference: str) -> bool:
    try:
        return Path(reference).exists() or (root / reference).exists()
    except (OSError, ValueError):
        return False


def find_vignette(project: Project, name: str) -> Vignette:
    """Return a vignette by its id. Raises UsageError with exit code 3 where there is none."""
    vignettes = {vignette.id: vignette for _, vignette in project.library.vignettes}
    if name in vignettes:
        return vignettes[name]
    counted = f"the project has {len(vignettes)} vignettes; redflag compare -k WORDS lists those about something"
    hint = did_you_mean(name, vignettes) or counted
    raise UsageError(f"no vignette is called {quoted(name)}", hint, NOT_LOADED)
