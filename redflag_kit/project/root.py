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
    for name in FOLDERS:
        for folder, subfolders, names in os.walk(root / name):
            here = Path(folder)
            for subfolder in sorted(subfolders):
                if (here / subfolder).is_symlink() and not (here / subfolder).resolve().is_relative_to(root.resolve()):
                    place = file_start((here / subfolder).relative_to(root).as_posix())
                    faults.append(
                        Diagnostic(
                            place,
                            codes.RF025,
                            "this folder is a link that leads outside the project",
                            "copy the files into the project",
                        )
                    )
            subfolders[:] = sorted(s for s in subfolders if not s.startswith(".") and not (here / s).is_symlink())
            files += [here / one for one in names if one.endswith(SUFFIXES) and not one.startswith(".")]
    return tuple(sorted(files)), tuple(faults)
