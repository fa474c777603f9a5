"""Read DMN files from disk: the one named, and those beside it that it may import. Nothing else is looked at."""

from pathlib import Path

from redflag_kit.diagnostics.codes import RF002
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diagnostics.span import Span
from redflag_kit.dmn.read import Reading, imported_namespaces, read_dmn
from redflag_kit.dmn.xml import SIZE_LIMIT

SUFFIX = ".dmn"


def read_dmn_file(path: Path) -> Reading:
    """Return the model in a file, told under the name it was given by."""
    name = path.as_posix()
    try:
        data = _bytes(path)
    except OSError as error:
        fault = Diagnostic(Span(name, 1, 1, 1, 1), RF002, f"the file cannot be read: {error.strerror or error}")
        return Reading(None, (fault,))
    return read_dmn(data, name, _neighbours(path) if imported_namespaces(data, name) else {})


def _neighbours(path: Path) -> dict[str, bytes]:
    """Return the other DMN files of the folder, by name; those that cannot be read are not there."""
    found: dict[str, bytes] = {}
    for other in sorted(path.parent.glob(f"*{SUFFIX}")):
        if other.name != path.name and other.is_file() and not other.is_symlink():
            try:
                found[other.name] = _bytes(other)
            except OSError:
                continue
    return found


def _bytes(path: Path) -> bytes:
    """Return at most one byte more than a file may have, so that a huge file is told and not loaded."""
    with path.open("rb") as file:
        return file.read(SIZE_LIMIT + 1)
