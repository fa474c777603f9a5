"""`redflag git-diff`: the changelog of one guideline between two of its contents, for git to print.

Only what gives a guideline its meaning is read beside it: vocabularies and bibliographies.
"""

import re
from dataclasses import replace
from pathlib import Path, PurePosixPath

from redflag_kit.model.guideline import Guideline
from redflag_kit.project.blobs import Blob, revisions_of
from redflag_kit.project.commit import commit_tree
from redflag_kit.project.git import Repository
from redflag_kit.project.load import Project, load_tree
from redflag_kit.project.root import working_tree
from redflag_kit.project.tree import Revision, Tree, TreeFile, place
from redflag_kit.report.json import Result, to_json
from redflag_kit.results.check import ShownRule
from redflag_kit.results.envelope import Envelope
from redflag_kit.results.git_diff import FileChange
from redflag_kit.source.reader import SIZE_LIMIT
from redflag_kit.workflow.changelog import entry_of
from redflag_kit.workflow.compared import compare_sides
from redflag_kit.workflow.envelope import OK, STATUS
from redflag_kit.workflow.show import shown_guideline
from redflag_kit.workflow.sides import Side

_GUIDELINE = re.compile(rb"^\s*[\"']?schema[\"']?\s*:\s*[\"']?redflag/guideline/", re.MULTILINE)
_VOCABULARY = re.compile(rb"^\s*[\"']?schema[\"']?\s*:\s*[\"']?redflag/vocabulary/", re.MULTILINE)
_BESIDE = re.compile(rb"^\s*[\"']?schema[\"']?\s*:\s*[\"']?redflag/(?:vocabulary|sources)/", re.MULTILINE)


def told(repository: Repository, old: Blob, new: Blob) -> FileChange:
    """Return what changes for patients between two contents of a file."""
    if not (_is_guideline(old) or _is_guideline(new)):
        return FileChange(None, _no_guideline(old, new))
    if not (old.exists and new.exists):
        return FileChange(None, "the guideline is new" if new.exists else "the guideline is gone")
    revisions = revisions_of(repository, old, new)
    sides: list[Side] = []
    for one, other, revision in ((old, new, revisions[0]), (new, old, revisions[1])):
        found = _side(repository, one, other, revision)
        if isinstance(found, str):
            return FileChange(None, found)
        sides.append(found)
    compared = compare_sides(sides[0], sides[1])
    read_with = ", ".join(
        f"the {word} text with the vocabulary of {one.shown if one else 'the working files'}"
        for word, one in zip(("old", "new"), revisions, strict=True)
    )
    pointer = " ".join(_reference(one, side) for one, side in zip(revisions, sides, strict=True))
    return FileChange(entry_of(compared), "", read_with, f"redflag diff {pointer} --report html=report.html")


def _reference(revision: Revision | None, side: Side) -> str:
    return f"{revision.shown}:{side.guideline.name}" if revision else side.guideline.name


def _is_guideline(one: Blob) -> bool:
    return one.exists and one.file.is_file() and _GUIDELINE.search(_content(one.file)) is not None


def _no_guideline(old: Blob, new: Blob) -> str:
    for one in (new, old):
        if one.exists and one.file.is_file() and _BESIDE.search(_content(one.file)):
            return "no guideline, but what guidelines rest on: redflag diff --against REV tells what it changes"
    return "no guideline"


def _content(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(SIZE_LIMIT + 1)


def _side(repository: Repository, one: Blob, other: Blob, revision: Revision | None) -> Side | str:
    """Return a side, read among the files of its revision; or why it cannot be read."""
    path = one.path.removeprefix(repository.prefix)
    tree = _with_file(_state(repository, revision), path, _content(one.file))
    found = _guideline(load_tree(repository.root, tree), path)
    if isinstance(found, str):
        return found
    project, guideline = found
    return Side(project, guideline, other.path)


def _state(repository: Repository, revision: Revision | None) -> Tree:
    return commit_tree(repository, revision) if revision else working_tree(repository.root)


def _with_file(tree: Tree, path: str, content: bytes) -> Tree:
    """Return the files that a guideline rests on, and the guideline itself."""
    beside = (one for one in tree.files if one.path != path and _BESIDE.search(_bytes(one)))
    files = sorted((*beside, TreeFile(path, content)), key=lambda one: one.path)
    return replace(tree, files=tuple(files), faults=())


def _bytes(one: TreeFile) -> bytes:
    return one.content if isinstance(one.content, bytes) else b""


def _guideline(project: Project, path: str) -> tuple[Project, Guideline] | str:
    found = next((one for one in project.library.guidelines if one.path == path), None)
    if found:
        return project, found
    own = place(project.revision, path)
    faults = sorted(project.errors, key=lambda one: (one.span.file != own, one.span))
    where = "the working files" if project.revision is None else project.revision.shown
    said = f"{faults[0].span}: {faults[0].message}" if faults else "no vocabulary stands in a folder above it"
    return f"the text of {where} cannot be read as a guideline: {said}"


def readable(root: Path, content: bytes) -> Result | None:
    """Return a guideline in plain words, read with the vocabulary of the working files that it names, or nothing.

    Where it is written is left out: lines that move are no change.
    """
    if not _GUIDELINE.search(content):
        return None
    tree = working_tree(root)
    for one in tree.files:
        if _VOCABULARY.search(_bytes(one)):
            path = str(PurePosixPath(one.path).with_name("guideline.yaml"))
            found = _guideline(load_tree(root, _with_file(tree, path, content)), path)
            if not isinstance(found, str):
                shown = shown_guideline(found[1])
                tables = tuple(replace(table, rules=_placeless(table.rules)) for table in shown.tables)
                return to_json(Envelope("show", STATUS[OK], OK, body=replace(shown, tables=tables)))
    return None


def _placeless(rules: tuple[ShownRule, ...]) -> tuple[ShownRule, ...]:
    return tuple(replace(rule, file="", line=0) for rule in rules)
