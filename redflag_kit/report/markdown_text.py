"""Untrusted text made safe for Markdown as GitHub renders it, and the few building blocks of the reports.

Claim: no character of a text opens markup, HTML, a link, a mention, a reference or a formula. An empty comment splits
what GitHub would otherwise link after parsing, where a backslash no longer helps.
"""

import re
from collections.abc import Iterable, Sequence

from redflag_kit.report.html_text import shortened, visible

TEXT_LIMIT = 240
"""Characters of one text in a comment; the HTML report shows it whole."""

_SPLIT = "<!-- -->"
_MARKUP = re.compile(r"([\\`*_{}\[\]~|])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"})
_LINKED = re.compile(r"(?i)@|#(?=\w)|:(?=[/\w+-])|/(?=/)|(?<![a-z0-9])www(?=\.)|(?<![a-z0-9])gh(?=-\d)")
_START = re.compile(r"^(\d*)([-+#.)])(?=\s|$|#)")
_BLOCK = re.compile(r"^(\d*)([-+=#]+|[.)])(?=\s|$)")
_PLAIN_CODE = re.compile(r"[A-Za-z0-9 ._:/,@-]*")


def escaped(text: object, limit: int = TEXT_LIMIT) -> str:
    """Return a text on one line in which nothing is markup."""
    words = visible(shortened(" ".join(str(text).split()), limit))
    words = _MARKUP.sub(r"\\\1", words.translate(_ENTITIES).replace("&#36;", "\0"))
    words = _LINKED.sub(lambda found: found.group() + _SPLIT, words).replace("\0", "&#36;")
    return _START.sub(r"\1\\\2", words)


def as_inner_line(line: str) -> str:
    """Return a line of escaped text that stands below another, so that it does not begin a list or a heading."""
    return _BLOCK.sub(r"\1\\\2", line)


def code(text: object) -> str:
    """Return a name as code, where nothing is linked; a text that could leave the code is escaped instead."""
    words = str(text)
    return f"`{words}`" if words.strip() and len(words) <= 120 and _PLAIN_CODE.fullmatch(words) else escaped(words)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; cells are escaped already."""
    lines = ["| " + " | ".join(headings) + " |", "|" + " --- |" * len(headings)]
    lines += ["| " + " | ".join(cells) + " |" for cells in rows]
    return "\n".join(lines)


def bullets(lines: Iterable[str]) -> str:
    """Return a list; items are escaped already."""
    return "\n".join(f"- {line}" for line in lines)


def fitted(blocks: Sequence[str], budget: int, left_out: str) -> tuple[list[str], int]:
    """Return as many blocks as fit into a budget of characters, in their order, and the characters they use.

    Blocks that do not fit are counted in a last line: `left_out` with the number in front.
    """
    kept: list[str] = []
    used = 0
    for block in blocks:
        if used + len(block) + 2 > budget:
            break
        kept.append(block)
        used += len(block) + 2
    missing = len(blocks) - len(kept)
    if missing:
        kept.append(f"**{missing} more {left_out} in the full report.**")
        used += len(kept[-1]) + 2
    return kept, used
