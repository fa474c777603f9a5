"""Find the project and the files that belong to it."""

import os
from pathlib import Path

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diagnostics.span import file_start

FOLDERS = ("guidelines", "vignettes")
SUFFIXES = (".yaml", ".yml")


def find_root(start: Path) -> Path:
    """Return the nearest folder upwards that holds `guidelines/`; the start itself if there is none."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / "guidelines").is_dir()), start)


def project_files(root: Path) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """Return the authored files below `guidelines/` and `vignettes/`, sorted; linked folders are not followed."""
    files: list[Path] = []
    faults: list[Diagnostic] = []

    def unreadable(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            message = "this folder cannot be read"
            faults.append(_fault(Path(error.filename), codes.RF002, message, "check who may read it"))

    def _fault(path: Path, code: codes.Code, message: str, advice: str) -> Diagnostic:
        return Diagnostic(file_start(_shown(path.relative_to(root).as_posix())), code, message, advice)

    def leads_outside(folder: Path) -> bool:
        if not folder.is_symlink() or folder.resolve().is_relative_to(root.resolve()):
            return False
        message = "this folder is a link that leads outside the project"
        faults.append(_fault(folder, codes.RF025, message, "copy the files into the project"))
        return True

    def strange(path: Path) -> bool:
        if path.name.isprintable():
            return False
        message = "the name holds characters that cannot be shown"
        faults.append(_fault(path, codes.RF002, message, "rename it"))
        return True

    for name in FOLDERS:
        if leads_outside(root / name):
            continue
        for folder, subfolders, names in os.walk(root / name, onerror=unreadable):
            here = Path(folder)
            inner = [here / one for one in subfolders if not one.startswith(".")]
            subfolders[:] = sorted(
                one.name for one in inner if not leads_outside(one) and not one.is_symlink() and not strange(one)
            )
            own = [here / one for one in names if one.lower().endswith(SUFFIXES) and not one.startswith(".")]
            files += [one for one in own if not strange(one)]
    return tuple(sorted(files)), tuple(faults)


def _shown(name: str) -> str:
    """Return a name with what cannot be shown written as codes, e.g. a line break by its number."""
    return "".join(one if one.isprintable() else f"\\u{ord(one):04X}" for one in name)
