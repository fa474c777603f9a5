"""The result of an import: the files of a project that a decision model became."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file by its path in the project."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportBody:
    """The guideline, the folder that its files were written to (empty if they were not), and the files."""

    guideline: str
    folder: str
    files: tuple[ImportedFile, ...]
