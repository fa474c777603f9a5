"""Who changed the authored files of a project between two states, as git knows it.

Claim: whoever wrote a commit that touches a file that counts, or is named as its co-author, is among the authors: under
the name in the commit and under the one that the mailmap gives, since either may sign. Merges count where they change
something themselves. Names are as people configured them; git proves none of them.
Not covered: who wrote what a commit brought in from elsewhere.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from redflag_kit.project.git import Repository
from redflag_kit.project.root import FOLDERS
from redflag_kit.project.tree import Revision

_COMMIT, _FIELD, _CO_AUTHOR, _FILES = "\x1c", "\x1f", "\x1e", "\x1d"
_GUESTS = f"%(trailers:key=Co-authored-by,valueonly,separator={_CO_AUTHOR})"
_FORMAT = f"--format={_COMMIT}%an <%ae>{_FIELD}{_GUESTS}{_FILES}"

Counts = Callable[[str], bool]
"""Says whether who changes a file, named from the project, is an author."""


def is_in_folders(path: str) -> bool:
    """Say whether a file stands in the folders of authored files."""
    return path.startswith(tuple(f"{one}/" for one in FOLDERS))


@dataclass(frozen=True, slots=True)
class Authors:
    """People as `name <mail>`, sorted. `complete` is false where not all of them can be told; `why` then says so."""

    names: tuple[str, ...]
    complete: bool
    why: str = ""


def authors(repository: Repository, old: Revision, new: Revision | None, counts: Counts = is_in_folders) -> Authors:
    """Return who wrote the commits of `new` that `old` lacks, as far as they touch files that count.

    Without `new` the working files are meant: commits up to HEAD, and the user of git if something is not committed.
    """
    until = new.commit if new else "HEAD"
    between = f"{old.commit}..{until}"
    found = [who for people, paths in _commits(repository, between) if any(map(counts, paths)) for who in people]
    why = _cut_off(repository, between)
    if new is None and is_dirty(repository, counts):
        user = user_of(repository)
        found += [user] if user else []
        why = why or ("" if user else "files are not committed, and git does not know who you are (user.name)")
    return Authors(tuple(sorted({*found, *_mapped(repository, found)})), not why, why)


def user_of(repository: Repository) -> str:
    """Return the user of git as `name <mail>`; nothing where git does not know."""
    told = repository.git("var", "GIT_AUTHOR_IDENT")
    return told.line.rpartition(">")[0] + ">" if told.ok and ">" in told.line else ""


def is_dirty(repository: Repository, counts: Counts = is_in_folders) -> bool:
    """Say whether a file of the project that counts is not as HEAD has it, files that git ignores included."""
    if repository.bare:
        return False
    asked = ("--porcelain", "-z", "--untracked-files=all", "--ignored=traditional", "--no-renames")
    told = os.fsdecode(repository.needed("status", *asked, "--", "."))
    return any(counts(path) for path in _inside(repository, (entry[3:] for entry in told.split("\0"))))


def _commits(repository: Repository, between: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the authors and the files of each commit; of a merge the files that it changed itself."""
    asked = ("--full-history", "-c", "--no-renames", "-z", "--name-only", _FORMAT, between, "--", ".")
    logged = repository.needed("-c", "log.showSignature=false", "log", *asked)
    for text in os.fsdecode(logged).split(_COMMIT)[1:]:
        head, _, files = text.partition(_FILES)
        yield _people(head), tuple(_inside(repository, (path.strip("\n") for path in files.split("\0"))))


def _inside(repository: Repository, paths: Iterable[str]) -> Iterator[str]:
    """Yield the paths below the project, as they are named from it."""
    for path in paths:
        if path and path.startswith(repository.prefix):
            yield path.removeprefix(repository.prefix)


def _people(head: str) -> tuple[str, ...]:
    author, _, others = head.partition(_FIELD)
    return (author, *(one.strip() for one in others.split(_CO_AUTHOR) if one.strip()))


def _mapped(repository: Repository, names: Iterable[str]) -> list[str]:
    """Return the names that the mailmap of the project has for people; the same ones without a mailmap."""
    asked = sorted({one for one in names if one.endswith(">") and "\n" not in one})
    if not asked:
        return []
    told = repository.git("check-mailmap", "--stdin", given="".join(f"{one}\n" for one in asked).encode())
    return told.output.decode(errors="replace").splitlines() if told.ok else []


def _cut_off(repository: Repository, between: str) -> str:
    """Return why commits may be missing between two states: a shallow clone ends before their histories meet."""
    if not repository.shallow or not repository.needed("rev-list", "--max-parents=0", "--max-count=1", between):
        return ""
    return repository.fetching
