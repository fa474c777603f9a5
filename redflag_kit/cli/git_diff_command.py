"""`redflag git-diff`: what git calls as an external diff, and as a text conversion; see `docs/git.md`.

Claim: a change is never hidden. Whatever goes wrong, the ordinary diff is printed with a note, and git goes on.
"""

import difflib
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from redflag_kit.results.git_diff import FileChange

if TYPE_CHECKING:
    from redflag_kit.project.blobs import Blob
    from redflag_kit.project.git import Repository

USAGE = """\
usage: redflag git-diff PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE
       redflag git-diff --textconv FILE

For git, which calls it as an external diff or as a text conversion. To set it
up, once in a repository:

  echo 'guidelines/**/*.yaml diff=redflag' >> .gitattributes
  git config diff.redflag.command 'redflag git-diff'
  git config diff.redflag.textconv 'redflag git-diff --textconv'

git diff then tells what changes for patients, git show and git log -p do with
--ext-diff; without it they compare the editions as readable tables.
"""
_FOLDER = "guidelines"


def answer(arguments: list[str]) -> str:
    """Return what git prints for a file. Never raises."""
    match arguments:
        case ["--textconv", file]:
            return _readable(Path(file))
        case [path] if not path.startswith("--"):
            return f"* unmerged path {path}\n"
        case [path, *sides] if len(sides) in (6, 8):
            return _diff(path, sides)
        case _:
            return USAGE


def _diff(path: str, sides: list[str]) -> str:
    """Return the diff of a file from the arguments of an external diff."""
    from redflag_kit.project.blobs import blob
    from redflag_kit.report.text_git_diff import render

    renamed = sides[6] if len(sides) == 8 else path
    old, new = blob(path, *sides[:3]), blob(renamed, *sides[3:6])
    details = sides[7].split("\n") if len(sides) == 8 else []
    head = [f"diff --git a/{old.path} b/{new.path}", *_modes(old, new), *(line for line in details if line)]
    try:
        repository = _repository(new if new.exists else old)
        hunks = _hunks(repository, old, new)
        change = _change(repository, old, new) if hunks else FileChange(None, "the contents are equal")
    except Exception as error:
        hunks = _plainly(old, new)
        change = FileChange(None, f"not compared, for this went wrong: {type(error).__name__}: {error}")
    return render(change, head, hunks)


def _change(repository: "Repository | None", old: "Blob", new: "Blob") -> FileChange:
    if repository is None:
        return FileChange(None, "no guideline of a project")
    from redflag_kit.workflow.git_diff import told

    try:
        return told(repository, old, new)
    except Exception as error:
        return FileChange(None, f"not compared, for this went wrong: {type(error).__name__}: {error}")


def _repository(one: "Blob") -> "Repository | None":
    """Return the repository with the project that a path belongs to: above the first folder called guidelines."""
    from redflag_kit.project.git import repository

    parts = PurePosixPath(one.path).parts
    if _FOLDER not in parts[:-1]:
        return None
    prefix = "".join(f"{part}/" for part in parts[: parts.index(_FOLDER)])
    return replace(repository(Path.cwd()), root=Path.cwd() / prefix, prefix=prefix)


def _hunks(repository: "Repository | None", old: "Blob", new: "Blob") -> str:
    from redflag_kit.project.blobs import plain_diff
    from redflag_kit.project.git import repository as repository_of

    hunks = plain_diff(repository or repository_of(Path.cwd()), old, new)
    return _names(old, new) + hunks if hunks.startswith("@@") else hunks


def _names(old: "Blob", new: "Blob") -> str:
    from redflag_kit.report.text_git_diff import visible

    return "".join(
        f"{sign} {visible(f'{letter}/{one.path}') if one.exists else one.file}\n"
        for sign, letter, one in (("---", "a", old), ("+++", "b", new))
    )


def _plainly(old: "Blob", new: "Blob") -> str:
    """Return the hunks without git's help."""
    found = difflib.unified_diff(_lines(old), _lines(new), lineterm="")
    return _names(old, new) + "\n".join(list(found)[2:])


def _lines(one: "Blob") -> list[str]:
    try:
        return one.file.read_bytes().decode(errors="replace").split("\n") if one.exists else []
    except OSError as error:
        return [f"(cannot be read: {error.strerror or error})"]


def _modes(old: "Blob", new: "Blob") -> list[str]:
    if not old.exists or not new.exists:
        return [f"new file mode {new.mode}" if new.exists else f"deleted file mode {old.mode}"]
    return [f"old mode {old.mode}", f"new mode {new.mode}"] if old.mode != new.mode else []


def _readable(file: Path) -> str:
    """Return an edition as readable tables; what is no guideline, or cannot be read as one, as it is."""
    content = b""
    try:
        content = file.read_bytes()
        from redflag_kit.project.root import find_root
        from redflag_kit.report.text_show import render
        from redflag_kit.workflow.git_diff import readable

        shown = readable(find_root(Path.cwd()), content)
        if shown is not None:
            return render(shown)
    except Exception as error:
        if not content:
            return f"(cannot be read: {error})\n"
    return content.decode(errors="replace")
