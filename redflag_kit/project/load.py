"""Load a project from disk."""

from dataclasses import dataclass
from pathlib import Path

from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.diagnostic import Diagnostic, sorted_unique
from redflag_kit.project.root import project_files
from redflag_kit.source.library import Library, build_library
from redflag_kit.source.places import ParsedFile, UnreadFile
from redflag_kit.source.reader import read_file
from redflag_kit.source.validate import schema_of


@dataclass(frozen=True, slots=True)
class Project:
    """A project on disk: what it declares, and everything that is wrong with its files."""

    root: Path
    library: Library
    diagnostics: tuple[Diagnostic, ...]

    @property
    def sound(self) -> bool:
        """Say whether every file could be used."""
        return not any(one.code.severity is Severity.ERROR for one in self.diagnostics)


def load_project(root: Path) -> Project:
    """Read every file of the project; never raises for what is in the files."""
    files, found = project_files(root)
    parsed: list[ParsedFile] = []
    unread: list[UnreadFile] = []
    diagnostics = list(found)
    for path in files:
        node, faults = read_file(path, root)
        diagnostics += faults
        name = path.relative_to(root).as_posix()
        if node is not None and not any(fault.code.severity is Severity.ERROR for fault in faults):
            parsed.append(ParsedFile(name, node))
        else:
            unread.append(UnreadFile(name, schema_of(node) if node is not None else None))
    library, faults = build_library(parsed, unread)
    return Project(root, library, sorted_unique((*diagnostics, *faults)))
