"""Sign-off records are append-only: what one state of a project holds, every later one holds unchanged.

Claim: no fault exactly if every record of the old side stands on the new side with the same text, in the same file or
in another one below a folder for records. Only line ends are not compared, because git may rewrite them.
"""

from collections.abc import Mapping
from itertools import zip_longest
from pathlib import PurePosixPath

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted
from redflag_kit.diagnostics.span import Span, file_start
from redflag_kit.source.approvals import is_record_place
from redflag_kit.source.nodes import Mapping as MapNode
from redflag_kit.source.nodes import Scalar, get
from redflag_kit.source.reader import read_yaml

_STAYS = "restore it; to take it back, its person adds a record that withdraws it"
_NEWER = f"{_STAYS}. If it is newer than your branch, bring those commits in, or compare with `REV...`"


def lost_records(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
    """Return a fault for each record of the old side that is edited or gone on the new one.

    Both map paths, relative to the project and with forward slashes, to what the files hold; other files than records
    may be among them. A fault stands in the new file where there is one, else in the old one.
    """
    before, after = _records(old), _records(new)
    texts = set(after.values())
    found = []
    for path, text in sorted(before.items()):
        if after.get(path) == text or text in texts:
            continue
        moved = [
            other for other in sorted(after) if other not in before and _id(after[other], other) == _id(text, path)
        ]
        place = path if path in after else next(iter(moved), None) if _id(text, path) else None
        found.append(_deleted(path) if place is None else _edited(path, place, text, after[place]))
    return tuple(sorted(found, key=lambda one: one.sort_key))


def _records(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {
        path: data.replace(b"\r\n", b"\n")
        for path, data in files.items()
        if is_record_place(path) and PurePosixPath(path).suffix.lower() in (".yaml", ".yml")
    }


def _id(data: bytes, path: str) -> str:
    """Return the id that a file gives, empty if it cannot be read."""
    node, _ = read_yaml(data, path)
    found = get(node, "id") if isinstance(node, MapNode) else None
    return found.text if isinstance(found, Scalar) else ""


def _deleted(path: str) -> Diagnostic:
    message = f"the sign-off record {quoted(path)} is gone; records are never deleted"
    return Diagnostic(file_start(path), codes.RF528, message, _NEWER)


def _edited(path: str, place: str, old: bytes, new: bytes) -> Diagnostic:
    """Point at the first line that differs."""
    lines = enumerate(zip_longest(old.split(b"\n"), new.split(b"\n")), 1)
    line = next(number for number, (one, two) in lines if one != two)
    where = "" if path == place else f" on its way from {quoted(path)}"
    message = f"the sign-off record was changed in line {line}{where}; records are never edited"
    return Diagnostic(Span(place, line, 1, line, 1), codes.RF527, message, _STAYS)
