"""How a command ended, in one line."""

from redflag_kit.report.html_pages import status_words
from redflag_kit.report.html_read import Json, body, text


def verdict_line(result: Json) -> str:
    """Return the verdict that a result states itself, else its status in words."""
    found = body(result)
    said = text(found.get("sentence") or found.get("verdict"))
    return f"{text(result.get('command'))}: {said or status_words(result)}"
