"""Places in authored files."""

from dataclasses import dataclass


@dataclass(slots=True, order=True, unsafe_hash=True)
class Span:
    """A stretch of one authored file, e.g. `acp/2011.yaml` 41:5 to 41:12. Never changed once made.

    Lines and columns count from 1, columns in characters (code points); the end is exclusive, so an empty value has
    `end_column == column`. `file` is relative to the project, with forward slashes.
    """

    # COST: not `frozen`, because every value of every file has one and a frozen dataclass takes four times as long to
    # make.

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def within(self, other: "Span") -> bool:
        """Say whether all of this stretch lies in another."""
        starts = (other.line, other.column) <= (self.line, self.column)
        ends = (self.end_line, self.end_column) <= (other.end_line, other.end_column)
        return self.file == other.file and starts and ends

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Span("", 0, 0, 0, 0)
"""Not a place in any file (a command line, a computed table); sorts before every real place."""


def file_start(file: str) -> Span:
    """Return the empty span at the very start of a file, for what is wrong with the file as a whole."""
    return Span(file, 1, 1, 1, 1)
