"""Who changed the authored files of a project between two states, as git knows it.

Claim: whoever wrote a commit that touches the folders, or is named as its co-author, is among the authors: under the
name in the commit and under the one that the mailmap gives, since either may sign. Merges count where they change
something themselves. Names are as people configured them; git proves none of them.
Not covered: who wrote what a commit brought in from elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redflag_kit.project.git import Repository
from redflag_kit.project.root import FOLDERS
from redflag_kit.project.tree import Revision

_FIELD, _CO_AUTHOR = "\x1f", "\x1e"
_FORMAT = f"--format=%an <%ae>{_FIELD}%(trailers:key=Co-authored-by,valueonly,separator={_CO_AUTHOR})"


@dataclass(frozen=True, slots=True)
class Authors:
    """People as `name <mail>`, sorted. `complete` is false where not all of them can be told; `why` then says so."""

    names: tuple[str, ...]
    complete: bool
    why: str = ""


def authors(repository: Repository, old: Revision, new: Revision | None, folders: Sequence[str] = FOLDERS) -> Authors:
    """Return who wrote the commits of `new` that `old` lacks, as far as they touch folders of the project.

    Without `new` the working files are meant: commits up to HEAD, and the user of git if something is not committed.
    """
    until = new.commit if new else "HEAD"
    between = f"{old.commit}..{until}"
    logged = repository.needed(
        "-c", "log.showSignature=false", "log", "-z", "--full-history", _FORMAT, between, "--", *folders
    )
    found = [name for one in logged.decode(errors="replace").split("\0") if one for name in _people(one)]
    why = _cut_off(repository, between)
    if new is None and is_dirty(repository, folders):
        user = user_of(repository)
        found += [user] if user else []
        why = why or ("" if user else "files are not committed, and git does not know who you are (user.name)")
    return Authors(tuple(sorted({*found, *_mapped(repository, found)})), not why, why)


def user_of(repository: Repository) -> str:
    """Return the user of git as `name <mail>`; nothing where git does not know."""
    told = repository.git("var", "GIT_AUTHOR_IDENT")
    return told.line.rpartition(">")[0] + ">" if told.ok and ">" in told.line else ""


def is_dirty(repository: Repository, folders: Sequence[str] = FOLDERS) -> bool:
    """Say whether anything below folders of the project is not as HEAD has it, files that git ignores included."""
    if repository.bare:
        return False
    asked = ("--porcelain", "-z", "--untracked-files=all", "--ignored=traditional", "--no-renames")
    return bool(repository.needed("status", *asked, "--", *folders))


def _people(logged: str) -> Iterable[str]:
    author, _, others = logged.strip("\n").partition(_FIELD)
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
