"""Load a project: its files on disk, or those of a commit."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.diagnostic import Diagnostic, sorted_unique
from redflag_kit.project.root import working_tree
from redflag_kit.project.tree import Revision, Tree, place
from redflag_kit.source.library import Library, build_library
from redflag_kit.source.places import ParsedFile, UnreadFile
from redflag_kit.source.reader import read_yaml
from redflag_kit.source.validate import schema_of

BESIDE = frozenset(f"redflag/{name}/1" for name in ("vignettes", "properties", "hazards", "claims", "mutants"))
"""The schemas of files that are read from the new side of a comparison alone."""


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file by its digest (however lines end), and the schema it follows as far as that is known.

    Whatever could not be read has no digest; a folder is among it.
    """

    digest: str
    schema: str | None


@dataclass(frozen=True, slots=True)
class Project:
    """A project in one state: what it declares, and everything that is wrong with its files.

    `revision` is None for working files. Paths (of guidelines, and in `files`) are relative to the project; the places
    in spans and diagnostics of a commit start with its revision, e.g. `main:guidelines/acp/2011.yaml`.
    """

    root: Path
    library: Library
    diagnostics: tuple[Diagnostic, ...]
    revision: Revision | None = None
    files: Mapping[str, FileText] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Return what kept files from being used."""
        return tuple(one for one in self.diagnostics if one.code.severity is Severity.ERROR)

    @property
    def sound(self) -> bool:
        """Say whether every file could be used."""
        return not self.errors


def load_project(root: Path) -> Project:
    """Read the working files of the project; never raises for what is in the files."""
    return load_tree(root, working_tree(root))


def load_tree(root: Path, tree: Tree, left_out: Collection[str] = ()) -> Project:
    """Read the files of a state, but not those of the schemas left out; never raises for what is in the files."""
    parsed: list[ParsedFile] = []
    unread: list[UnreadFile] = []
    diagnostics = list(tree.faults)
    outside = place(tree.revision, "")
    files = {one.span.file.removeprefix(outside): FileText("", None) for one in tree.faults}
    for file in tree.files:
        if isinstance(file.content, Diagnostic):
            diagnostics.append(file.content)
            unread.append(UnreadFile(file.path, None))
            files[file.path] = FileText("", None)
            continue
        node, faults = read_yaml(file.content, place(tree.revision, file.path))
        schema = schema_of(node) if node is not None else None
        files[file.path] = FileText(_digest(file.content), schema)
        if schema in left_out:
            continue
        diagnostics += faults
        if node is not None and not any(fault.code.severity is Severity.ERROR for fault in faults):
            parsed.append(ParsedFile(file.path, node))
        else:
            unread.append(UnreadFile(file.path, schema))
    library, faults = build_library(parsed, unread)
    return Project(root, library, sorted_unique((*diagnostics, *faults)), tree.revision, files)


def _digest(content: bytes) -> str:
    """Return the digest of a text; git may have written other line ends to disk than it stores."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()
