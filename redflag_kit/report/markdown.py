"""Markdown reports, sized for a comment on a pull request: worst first, the rest counted and left to HTML."""

from itertools import pairwise

from redflag_kit.report.across_view import is_across
from redflag_kit.report.html_read import Json, body, text
from redflag_kit.report.markdown_across import across_parts
from redflag_kit.report.markdown_diff import diff_parts, pair_parts
from redflag_kit.report.markdown_gate import gate_parts
from redflag_kit.report.markdown_pages import PAGES, other_parts
from redflag_kit.report.markdown_revisions import revisions_parts
from redflag_kit.report.markdown_text import fitted
from redflag_kit.report.revisions_view import is_revisions

LIMIT = 60_000
"""Characters of a comment; GitHub takes 65,536."""

COMMENTED = ("gate",)
"""Commands whose result is written as a comment that is updated in place."""


def render(result: Json) -> str:
    """Return the Markdown of any command's result, below the limit of a comment."""
    command = text(result.get("command"))
    found = body(result)
    if command == "diff" and is_across(result):
        parts = across_parts(result)
    elif command == "diff" and is_revisions(result):
        parts = revisions_parts(result, pair_parts)
    elif command == "diff" and found:
        parts = diff_parts(result)
    elif command == "gate" and found:
        parts = gate_parts(result, pair_parts)
    elif command in PAGES and found:
        parts = PAGES[command](result)
    else:
        parts = other_parts(result)
    kept, _ = fitted([part for part in parts if part], LIMIT - 500, "parts")
    return marker(command) + _joined(kept)


def marker(command: str) -> str:
    """Return the hidden first line by which a CI job finds its own comment again, to update it in place."""
    return f"<!-- redflag-kit:{command} -->\n" if command in COMMENTED else ""


def _joined(parts: list[str]) -> str:
    """Return the blocks with an empty line between them, but none within a list."""
    page = parts[0]
    for before, part in pairwise(parts):
        within = _is_item(before) and _is_item(part)
        page += ("\n" if within else "\n\n") + part
    return page + "\n"


def _is_item(part: str) -> bool:
    return part.startswith(("- ", "  - ")) and "\n\n" not in part
