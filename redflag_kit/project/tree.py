"""The files of a project in one state: as they lie on disk, or as a commit has them."""

from dataclasses import dataclass

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Code
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diagnostics.span import file_start


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit by the name it was asked for, e.g. `main`, and by its full id."""

    name: str
    commit: str

    @property
    def shown(self) -> str:
        """Return the name for people: as it was given, or the id where that could not be read safely."""
        return self.name if self.name.isprintable() else self.commit[:12]


@dataclass(frozen=True, slots=True)
class TreeFile:
    """A file: its path from the project, and its bytes or why there are none."""

    path: str
    content: bytes | Diagnostic


@dataclass(frozen=True, slots=True)
class Tree:
    """The authored files of one state, sorted. `faults` are about what is no such file, e.g. a link to a folder.

    `revision` is None for the files on disk. Diagnostics name a file by `place`.
    """

    revision: Revision | None
    files: tuple[TreeFile, ...]
    faults: tuple[Diagnostic, ...]


def place(revision: Revision | None, path: str) -> str:
    """Return how messages name a file, so that one of a commit is never taken for one on disk: `main:acp/2011.yaml`."""
    return path if revision is None else f"{revision.shown}:{path}"


def path_fault(revision: Revision | None, path: str, code: Code, message: str, advice: str) -> Diagnostic:
    """Return what is wrong with a path, which is shown with codes for what cannot be seen."""
    shown = "".join(one if one.isprintable() else f"\\u{ord(one):04X}" for one in path)
    return Diagnostic(file_start(place(revision, shown)), code, message, advice)


def strange(revision: Revision | None, path: str) -> Diagnostic:
    """Return the fault of a name that holds characters that nobody sees."""
    return path_fault(revision, path, codes.RF002, "the name holds characters that cannot be shown", "rename it")
