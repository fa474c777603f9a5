"""Find the project on disk and the files that belong to it."""

import os
from pathlib import Path

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.project.tree import Tree, TreeFile, path_fault, strange
from redflag_kit.source.reader import file_content

FOLDERS = ("guidelines", "vignettes")
SUFFIXES = (".yaml", ".yml")


def find_root(start: Path) -> Path:
    """Return the nearest folder upwards that holds `guidelines/`; the start itself if there is none."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / "guidelines").is_dir()), start)


def working_tree(root: Path) -> Tree:
    """Return the files of the project as they lie on disk."""
    files, faults = project_files(root)
    read = (TreeFile(path.relative_to(root).as_posix(), file_content(path, root)) for path in files)
    return Tree(None, tuple(read), faults)


def place_in_repository(folder: Path) -> str:
    """Return a folder from the root of the repository that it lies in, `.` if it is the root or lies in none."""
    folder = folder.resolve()
    root = next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)
    return folder.relative_to(root).as_posix()


def project_files(root: Path) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """Return the authored files below `guidelines/` and `vignettes/`, sorted; linked folders are not followed."""
    files: list[Path] = []
    faults: list[Diagnostic] = []

    def unreadable(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            message = "this folder cannot be read"
            faults.append(_fault(Path(error.filename), codes.RF002, message, "check who may read it"))

    def _fault(path: Path, code: codes.Code, message: str, advice: str) -> Diagnostic:
        return path_fault(None, path.relative_to(root).as_posix(), code, message, advice)

    def leads_outside(folder: Path) -> bool:
        if not folder.is_symlink() or folder.resolve().is_relative_to(root.resolve()):
            return False
        message = "this folder is a link that leads outside the project"
        faults.append(_fault(folder, codes.RF025, message, "copy the files into the project"))
        return True

    def is_strange(path: Path) -> bool:
        if path.name.isprintable():
            return False
        faults.append(strange(None, path.relative_to(root).as_posix()))
        return True

    for name in FOLDERS:
        if leads_outside(root / name):
            continue
        for folder, subfolders, names in os.walk(root / name, onerror=unreadable):
            here = Path(folder)
            inner = [here / one for one in subfolders if not one.startswith(".")]
            subfolders[:] = sorted(
                one.name for one in inner if not leads_outside(one) and not one.is_symlink() and not is_strange(one)
            )
            own = [here / one for one in names if one.lower().endswith(SUFFIXES) and not one.startswith(".")]
            files += [one for one in own if not is_strange(one)]
    return tuple(sorted(files)), tuple(faults)
