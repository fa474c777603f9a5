"""Write files whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_atomically(path: Path, text: str) -> None:
    """Write a text file through a temporary one beside it, so that a crash leaves the old file or the new one.

    Raises OSError if the folder does not exist or cannot be written.
    """
    with _beside(path, text) as temporary:
        temporary.replace(path)


def write_new(path: Path, text: str) -> None:
    """Write a text file that is not there yet; its folder is made where it is missing.

    Raises FileExistsError if it is there, even if another process has just made it, and OSError as above.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path, text) as temporary:
        path.hardlink_to(temporary)  # fails where the name is taken, which `replace` does not
        temporary.unlink()


@contextmanager
def _beside(path: Path, text: str) -> Iterator[Path]:
    """Write a temporary file beside a path; it is gone if what follows fails."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        temporary.chmod(0o666 & ~_umask())
        yield temporary
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
