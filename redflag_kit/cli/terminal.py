"""The terminal: what it can show, and writing to it."""

import os
import shutil
import sys
from collections.abc import Mapping
from typing import TextIO

from redflag_kit.report.text import Style

MAXIMUM = 100
MINIMUM = 20
_SYMBOLS = "✔✘–→…"


def style_of(stream: TextIO, colour: str, environment: Mapping[str, str] = os.environ) -> Style:
    """Return what a stream can show: 80 columns where it is no terminal, and colour only if asked or a terminal."""
    terminal = _is_terminal(stream)
    width = 80
    if terminal:
        width = min(MAXIMUM, max(MINIMUM, shutil.get_terminal_size((80, 24)).columns))
    return Style(width, wants_colour(colour, terminal, environment), _can_encode(stream))


def wants_colour(choice: str, terminal: bool, environment: Mapping[str, str]) -> bool:
    """Decide on colour: the option first, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return environment["FORCE_COLOR"] != "0"
    return terminal and environment.get("TERM") != "dumb"


def say(text: str, stream: TextIO) -> None:
    """Write text; a character that the stream's encoding lacks becomes a question mark."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding))
    stream.flush()


def say_exactly(text: str, stream: TextIO) -> None:
    """Write data: UTF-8 with plain line breaks, whatever the stream would make of text."""
    buffer = getattr(stream, "buffer", None)
    if buffer is None:
        stream.write(text)
    else:
        stream.flush()
        buffer.write(text.encode("utf-8"))
    stream.flush()


def close_quietly() -> None:
    """Let the interpreter end without a word although nobody reads its output any more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            _point_at(nowhere, stream)


def _point_at(nowhere: int, stream: TextIO) -> None:
    try:
        os.dup2(nowhere, stream.fileno())
    except (OSError, ValueError):  # not a real file, as under a test
        return


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:  # closed
        return False


def _can_encode(stream: TextIO) -> bool:
    try:
        _SYMBOLS.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
