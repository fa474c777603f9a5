"""The files of a project in a commit, read from git's object store; nothing is checked out.

What is refused on disk is refused here: links that lead outside, files that are too large, names that cannot be shown.
A link is never followed in a commit, wherever it leads, and what a submodule holds is not in the repository.
"""

import os
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.project.git import Repository
from redflag_kit.project.root import FOLDERS, SUFFIXES
from redflag_kit.project.tree import Revision, Tree, TreeFile, path_fault, place, strange
from redflag_kit.source.reader import SIZE_LIMIT, too_large

_LINK, _SUBMODULE = "120000", "160000"


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a commit's tree below the project; `size` is 0 for a submodule."""

    mode: str
    object: str
    size: int
    path: str

    @property
    def is_yaml(self) -> bool:
        return self.path.lower().endswith(SUFFIXES)


def commit_tree(repository: Repository, revision: Revision, folders: Iterable[str] = FOLDERS) -> Tree:
    """Return the authored files of the project in a commit, or those below some of its folders."""
    faults: dict[str, Diagnostic] = {}
    entries = [one for one in _listed(repository, revision, folders) if _is_shown(one, revision, faults)]
    for one in entries:
        said = _refused(repository, one)
        if said:
            faults[one.path] = path_fault(revision, one.path, codes.RF025, *said)
    files = [one for one in entries if one.is_yaml and one.path not in faults and one.mode != _LINK]
    small = [one for one in files if one.size <= SIZE_LIMIT]
    read = dict(zip((one.path for one in small), _blobs(repository, [one.object for one in small]), strict=True))
    contents = (TreeFile(one.path, _content(revision, one, read)) for one in files)
    return Tree(revision, tuple(sorted(contents, key=lambda one: one.path)), tuple(faults.values()))


def read_at(repository: Repository, revision: Revision, path: str) -> bytes | None:
    """Return a file of the project in a commit, e.g. its settings; None if it has no ordinary file of that name."""
    entries = [one for one in _listed(repository, revision, (path,)) if one.path == path]
    if not entries or entries[0].mode in (_LINK, _SUBMODULE) or entries[0].size > SIZE_LIMIT:
        return None
    return next(iter(_blobs(repository, [entries[0].object])))


def _listed(repository: Repository, revision: Revision, paths: Iterable[str]) -> Iterator[_Entry]:
    """Yield what a commit has at or below paths of the project."""
    wanted = [repository.prefix + one for one in paths]
    listed = repository.needed("ls-tree", "-r", "-z", "-l", "--full-tree", revision.commit, "--", *wanted)
    for line in listed.split(b"\0")[:-1]:
        told, _, path = line.partition(b"\t")
        mode, _, name, size = told.decode().split()
        inside = os.fsdecode(path).removeprefix(repository.prefix)
        yield _Entry(mode, name, int(size) if size.isdigit() else 0, inside)


def _is_shown(entry: _Entry, revision: Revision, faults: dict[str, Diagnostic]) -> bool:
    """Say whether an entry is looked at: not if it is hidden; one whose name cannot be shown is told once."""
    parts = entry.path.split("/")
    for depth, part in enumerate(parts, 1):
        if part.startswith("."):
            return False
        is_file = depth == len(parts)
        if not part.isprintable() and (entry.is_yaml or not is_file):
            whole = "/".join(parts[:depth])
            faults.setdefault(whole, strange(revision, whole))
            return False
    return True


def _refused(repository: Repository, entry: _Entry) -> tuple[str, str] | None:
    """Return why an entry is not read, and what to do: it is a submodule, or a link that would have been read."""
    if entry.mode == _SUBMODULE:
        return "this folder is a submodule, whose files are in another repository", "copy the files into the project"
    if entry.mode != _LINK:
        return None
    if entry.is_yaml or entry.path in FOLDERS:
        return "this is a link; links are not followed in a commit", "put the file itself in its place"
    target = os.fsdecode(next(iter(_blobs(repository, [entry.object]))) or b"")
    reached = posixpath.normpath(posixpath.join(posixpath.dirname(entry.path), target))
    is_folder = not posixpath.splitext(entry.path)[1]
    if is_folder and (reached.startswith(("/", "../")) or reached == ".."):
        return "this is a link that leads outside the project", "copy the files into the project"
    return None


def _content(revision: Revision, entry: _Entry, read: dict[str, bytes | None]) -> bytes | Diagnostic:
    if entry.size > SIZE_LIMIT:
        return too_large(place(revision, entry.path))
    data = read[entry.path]
    if data is None:
        advice = "git fsck tells what the repository lacks"
        return path_fault(revision, entry.path, codes.RF002, "the repository does not have this file", advice)
    return data


def _blobs(repository: Repository, names: list[str]) -> Iterator[bytes | None]:
    """Yield the contents of objects, all read by one process; None where the repository lacks one."""
    if not names:
        return
    data = repository.needed("cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
    here = 0
    for _ in names:
        end = data.index(b"\n", here)
        told = data[here:end].split()
        here = end + 1
        if len(told) == 3:
            size = int(told[2])
            yield data[here : here + size]
            here += size + 1
        else:
            yield None
