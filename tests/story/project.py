"""The small project that tests of the gate work on, and edits of its files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from redflag_kit.diagnostics.codes import Severity
from redflag_kit.source.library import Library, build_library
from redflag_kit.source.places import ParsedFile
from redflag_kit.source.reader import read_yaml

THROAT = Path(__file__).parent / "throat"
FOLDER = "guidelines/sore_throat"
GUIDELINE = f"{FOLDER}/throat/1.yaml"
VOCABULARY = f"{FOLDER}/vocabulary.yaml"
PROPERTIES = f"{FOLDER}/properties.yaml"
HAZARDS = f"{FOLDER}/hazards.yaml"
VIGNETTES = "vignettes/throat.yaml"

Files = Mapping[str, str]


def throat() -> dict[str, str]:
    """Return the files of the project by their paths."""
    return {path.relative_to(THROAT).as_posix(): path.read_text("utf-8") for path in sorted(THROAT.rglob("*.yaml"))}


def edited(files: Files, path: str, *edits: tuple[str, str]) -> dict[str, str]:
    """Return the files with texts of one of them replaced; each occurs there exactly once."""
    text = files[path]
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {path}"
        text = text.replace(old, new)
    return {**files, path: text}


def library(files: Files) -> Library:
    """Return what sound files declare."""
    return _library(tuple(sorted(files.items())))


@cache
def _library(files: tuple[tuple[str, str], ...]) -> Library:
    parsed = []
    for path, text in files:
        node, faults = read_yaml(text.encode(), path)
        assert node is not None, faults
        parsed.append(ParsedFile(path, node))
    found, diagnostics = build_library(parsed)
    assert [one.message for one in diagnostics if one.severity is Severity.ERROR] == []
    return found
