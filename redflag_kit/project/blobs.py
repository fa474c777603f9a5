"""The two sides of a file as git hands them to an external diff, and the commits that they belong to.

Git names the contents of a file and not the commit. Which commit it is, is looked up: first one that turned the old
content into the new one, else HEAD, else the last commit that brought a content. What no commit has, as a file on disk
or in the index, belongs to the working files.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from redflag_kit.project.git import Repository
from redflag_kit.project.tree import Revision

NOTHING = "/dev/null"
SEARCHED = 20
"""How many commits that bring or take a content away are looked at."""

_NAME = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Blob:
    """One side: the path from the top of the repository, where its content lies now, its object name, and its mode.

    `name` is empty for a file on disk, of which git knows no object.
    """

    path: str
    file: Path
    name: str
    mode: str

    @property
    def exists(self) -> bool:
        """Say whether this side has the file at all."""
        return str(self.file) != NOTHING


def blob(path: str, file: str, name: str, mode: str) -> Blob:
    """Return a side from the arguments of an external diff."""
    known = name if _NAME.fullmatch(name) and set(name) != {"0"} else ""
    return Blob(path, Path(file) if file == NOTHING else Path(file).absolute(), known, mode)


def revisions_of(repository: Repository, old: Blob, new: Blob) -> tuple[Revision | None, Revision | None]:
    """Return the commits of both sides, None where a side is of the working files or no commit could be told."""
    changing = new if new.exists else old
    for commit in _candidates(repository, changing):
        for parent in _parents(repository, commit):
            if _is(repository, parent, old) and _is(repository, commit, new):
                return _revision(parent), _revision(commit)
    return _revision_of(repository, old), _revision_of(repository, new)


def plain_diff(repository: Repository, old: Blob, new: Blob) -> str:
    """Return the hunks of an ordinary diff, or that the contents are binary; nothing if the contents are equal."""
    settings = ("--no-index", "--no-ext-diff", "--no-textconv", "--no-color")
    found = repository.git("diff", *settings, "--", *(os.fspath(one.file) for one in (old, new)))
    lines = found.output.decode(errors="replace").split("\n")
    start = next((at for at, line in enumerate(lines) if line.startswith("@@")), None)
    if start is not None:
        return "\n".join(lines[start:])
    return "the contents differ and are no text\n" if any(line.startswith("Binary ") for line in lines) else ""


def _candidates(repository: Repository, one: Blob) -> list[str]:
    """Return the latest commits that bring a content or take it away."""
    if not one.name:
        return []
    asked = ("log", "--all", "--format=%H", f"--max-count={SEARCHED}", f"--find-object={one.name}")
    found = repository.git(*asked, "HEAD", "--", one.path.removeprefix(repository.prefix))
    return found.line.split("\n") if found.ok and found.line else []


def _parents(repository: Repository, commit: str) -> list[str]:
    found = repository.git("rev-parse", f"{commit}^@")
    return found.line.split("\n") if found.ok and found.line else []


def _is(repository: Repository, commit: str, one: Blob) -> bool:
    """Say whether a commit has a side's content at its path, or nothing where the side has nothing."""
    found = repository.git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:{one.path}")
    return found.line == one.name if one.exists and one.name else not (one.exists or found.ok)


def _revision_of(repository: Repository, one: Blob) -> Revision | None:
    if not one.exists or not one.name:
        return None
    head = repository.git("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if head.ok and _is(repository, head.line, one):
        return Revision("HEAD", head.line)
    found = (commit for commit in _candidates(repository, one) if _is(repository, commit, one))
    return next((_revision(commit) for commit in found), None)


def _revision(commit: str) -> Revision:
    return Revision(commit[:12], commit)
