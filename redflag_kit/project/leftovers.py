"""Temporary files that writers leave behind when they are killed: how they are named, and when one may be removed.

A leftover is removed by the next writer of the same file, if it is an hour older than that writer's own temporary file
and the process that made it is gone. Two runs at once are alive and their files new, so neither removes the other's.
Should the process live in another container, its file is still safe for an hour; a writer that is held up longer fails
with a message, and never leaves a wrong file.
"""

import hashlib
import os
import re
import sys
from contextlib import suppress
from pathlib import Path

OLD = 3600
"""Seconds, by the clock of the file system that holds the files."""


def temporary_name(name: str, process: int, token: str) -> str:
    """Return a hidden name, of a fixed length, that tells for which file and by which process it was made."""
    return f"{_start(name)}{process}-{token}.tmp"


def clear_leftovers(path: Path, own: Path) -> None:
    """Remove what dead writers of `path` left; `own` is the temporary file of this writer, just made."""
    pattern = re.compile(re.escape(_start(path.name)) + r"(\d+)-[0-9a-f]+\.tmp")
    now = own.stat().st_mtime
    for other in path.parent.iterdir():
        match = pattern.fullmatch(other.name)
        if match and other != own:
            # Another writer may be removing it at this moment, or it may not be ours to remove.
            with suppress(OSError):
                if other.stat().st_mtime < now - OLD and not _is_running(int(match[1])):
                    other.unlink()


def _start(name: str) -> str:
    return f".redflag-{hashlib.sha256(name.encode('utf-8', 'surrogateescape')).hexdigest()[:12]}-"


def _is_running(process: int) -> bool:
    """Say whether a process that wrote another file than ours is running; one with our number is an earlier one."""
    if process == os.getpid() or sys.platform == "win32":
        return False  # Windows lets nobody remove a file that is open
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
