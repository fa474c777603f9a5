"""Write files whole or not at all.

Promise: whenever a process is stopped, even by SIGKILL, the file is the old one (or absent) or the new one, whole. What
a stopped writer leaves is a hidden temporary file that nothing loads; later writes of the same file clear it away. The
contents reach the disk before the name does, so that a power failure leaves a whole file too; that a finished write
outlives a power failure is promised where the system can flush folders, which Windows cannot.
"""

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from redflag_kit.project.leftovers import clear_leftovers, temporary_name


def write_atomically(path: Path, text: str) -> None:
    """Write a text file through a temporary one beside it.

    A link is followed, and a pipe or device is written to as it is. Raises OSError if the folder does not exist or
    cannot be written.
    """
    if path.exists() and not path.is_file():
        path.write_text(text, "utf-8", newline="\n")
        return
    target = path.resolve() if path.is_symlink() else path
    with _beside(target, text) as temporary:
        temporary.replace(target)


def write_new(path: Path, text: str) -> None:
    """Write a text file that is not there yet; its folder is made where it is missing.

    Raises FileExistsError if it is there, even if another process has just made it, and OSError as above.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path, text) as temporary:
        try:
            path.hardlink_to(temporary)  # fails where the name is taken, which `replace` does not
            temporary.unlink()
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            if path.exists():
                raise FileExistsError(path) from None
            temporary.replace(path)


def append_atomically(path: Path, text: str, limit: int) -> bool:
    """Write a file anew with a text after what it holds, set off by an empty line; a missing file counts as empty.

    Returns False, and writes nothing, if it would be longer than `limit` bytes. Two runs that append to one file at
    once do not see each other's text: the one that ends last wins.
    """
    try:
        before = path.read_text("utf-8")
    except FileNotFoundError:
        before = ""
    whole = f"{before.rstrip()}\n\n{text}" if before.strip() else text
    if len(whole.encode()) > limit:
        return False
    write_atomically(path, whole)
    return True


@contextmanager
def _beside(path: Path, text: str) -> Iterator[Path]:
    """Write a temporary file beside a path, with the rights of the file that is there; it is gone if anything fails."""
    temporary = path.parent / temporary_name(path.name, os.getpid(), secrets.token_hex(4))
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        clear_leftovers(path, temporary)
        yield temporary
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """Make sure that a new name is on the disk, where the system can; the file itself is there already."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
