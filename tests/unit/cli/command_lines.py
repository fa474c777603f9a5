"""Run command lines in this process, on the base project of `tests/cases` or on the shipped guidelines."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from redflag_kit.__main__ import main

ROOT = Path(__file__).resolve().parents[3]
BASE = ROOT / "tests" / "cases" / "base"
GUIDELINE = "guidelines/back_pain/clinic/2024.yaml"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def run(capsys, *arguments):
    capsys.readouterr()
    code = main([str(one) for one in arguments])
    shown = capsys.readouterr()
    return Ran(code, shown.out, shown.err)


def base_project(folder):
    """Copy the base project, with a second edition that asks for a higher CRP."""
    project = folder / "project"
    shutil.copytree(BASE, project)
    text = (project / GUIDELINE).read_text("utf-8")
    for old, new in (
        ("version: 2024", "version: 2025"),
        ("published: 2024", "published: 2025"),
        ("20 mg/L", "40 mg/L"),
    ):
        text = text.replace(old, new)
    (project / GUIDELINE).with_name("2025.yaml").write_text(text, "utf-8")
    return project
