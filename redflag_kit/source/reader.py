"""Strict YAML, read from parser events into nodes that know where they stood.

Claim: any bytes end in a node, in diagnostics, or in both; never in an exception. Nodes and diagnostics are the same
with and without libyaml. Nothing is constructed: no tag, class or function named in a file is ever looked up.
Method: check the text as a whole, then compose the events of libyaml. Where libyaml finds a syntax error, or may differ
from the pure parser, the pure parser reads the text again and its word counts.
Not covered: which keys and values a document needs. And a text longer than `PURE_LIMIT` is not read again, so in a long
text with a syntax error the place may differ by a few characters where libyaml is absent.
"""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Code
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted, sorted_unique
from redflag_kit.diagnostics.span import file_start
from redflag_kit.source.composer import Composer
from redflag_kit.source.nodes import Node
from redflag_kit.source.syntax import add_syntax_fault
from redflag_kit.source.text import cleaned, decoded
from redflag_kit.source.text_faults import StopError, TextFaults

SIZE_LIMIT = 4 * 1024 * 1024
PURE_LIMIT = 64 * 1024
"""How many characters the pure parser may read again: it takes up to 12 s for each million."""

Reading: TypeAlias = tuple[Node | None, tuple[Diagnostic, ...]]

_PURE_LOADER: Any = yaml.SafeLoader
_FAST_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_file(path: Path, root: Path) -> Reading:
    """Read a file of the project at `root`; a link or `..` that leads out of the project is refused."""
    found = file_content(path, root)
    return (None, (found,)) if isinstance(found, Diagnostic) else read_yaml(found, _name(path, root))


def file_content(path: Path, root: Path) -> bytes | Diagnostic:
    """Return what a file of the project at `root` holds, or why it is not read."""
    file = _name(path, root)
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            return _whole(file, codes.RF025, f"{quoted(file)} leads outside the project", "copy it into the project")
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _unreadable(file, "is not an ordinary file")
        if status.st_size > SIZE_LIMIT:
            return too_large(file)
        with path.open("rb") as stream:
            return stream.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        return _unreadable(file, "does not exist")
    except PermissionError:
        return _unreadable(file, "may not be read by you")
    except (OSError, RuntimeError, ValueError):
        return _unreadable(file, "cannot be read")


def _name(path: Path, root: Path) -> str:
    return Path(os.path.relpath(path, root)).as_posix()


def _whole(file: str, code: Code, message: str, advice: str) -> Diagnostic:
    return Diagnostic(file_start(file), code, message, advice)


def _unreadable(file: str, reason: str) -> Diagnostic:
    return _whole(file, codes.RF002, f"{quoted(file)} {reason}", "check the name of the file and who may read it")


def too_large(file: str) -> Diagnostic:
    """Return the fault of a file that is too large to be read."""
    return _whole(file, codes.RF003, "the file is larger than 4 MiB", "split it into several files")


def read_yaml(data: bytes, file: str) -> Reading:
    """Read one document; the node is what could be read, next to everything that is wrong with it."""
    if len(data) > SIZE_LIMIT:
        return None, (too_large(file),)
    faults = TextFaults(file)
    try:
        text = cleaned(decoded(data, faults), faults)
    except StopError:
        return None, sorted_unique(faults.found)
    node, found = _read_text(text, faults)
    return node, sorted_unique(found)


# The two parsers are known to differ on directives, tags and comments glued to `|` or `>`: all faults, or rare.
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
_TAG = re.compile(r"(?:^|[\s\[{,:?-])!", re.MULTILINE)
_GLUED_COMMENT = re.compile(r"[|>][-+0-9]*#")


def _is_uneven(text: str) -> bool:
    # COST: most texts lack the signs altogether, which is found out far faster than where they stand.
    return (
        ("%" in text and _DIRECTIVE.search(text) is not None)
        or ("!" in text and _TAG.search(text) is not None)
        or _GLUED_COMMENT.search(text) is not None
    )


def _read_text(text: str, faults: TextFaults) -> Reading:
    """Compose with the fast parser, and again with the pure one where that could say something else."""
    short = len(text) <= PURE_LIMIT
    loader = _PURE_LOADER if short and _is_uneven(text) else _FAST_LOADER
    composer, error = _compose(text, faults, loader)
    if error and short and loader is not _PURE_LOADER:
        composer, error = _compose(text, faults, _PURE_LOADER)
    if error:
        with suppress(StopError):
            add_syntax_fault(error, text, composer.faults)
        return None, tuple(composer.faults.found)
    return composer.root, tuple(composer.faults.found)


def _compose(text: str, faults: TextFaults, loader: Any) -> tuple[Composer, yaml.MarkedYAMLError | None]:
    """Feed the events of one parser to a new composer, up to the first error."""
    composer = Composer(text, TextFaults(faults.file, list(faults.found)))
    try:
        for event in _events(text.replace("\t", " "), loader):
            composer.take(event)
        composer.finish()
    except StopError:
        pass
    except yaml.MarkedYAMLError as error:
        return composer, error
    return composer, None


def _events(text: str, loader: Any) -> Iterator[Any]:
    parser = loader(text)
    try:
        while parser.check_event():
            yield parser.get_event()
    except (ValueError, OverflowError) as error:
        # The pure parser turns escapes and version numbers into numbers and characters without checking their range.
        raise yaml.MarkedYAMLError(problem="out of range", problem_mark=parser.get_mark()) from error
    finally:
        parser.dispose()
