"""`redflag changelog` as Markdown: the entry of the text, with what authors wrote escaped."""

from redflag_kit.report.json import Result
from redflag_kit.report.markdown_text import as_inner_line, escaped
from redflag_kit.report.text_changelog import Ink, written

WIDTH = 80
WHOLE = 1_000_000
"""Nothing is shortened: a changelog has no limit as a comment has."""


def render(result: Result) -> str:
    """Return every entry of the result, and what was not decided."""
    return written(result, Ink(_escaped, as_inner_line, WIDTH))


def _escaped(text: str) -> str:
    inside = escaped(f"x{text}", WHOLE)  # nothing that a line would begin with
    return inside.removeprefix("x")
