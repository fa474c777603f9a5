"""The blocks that several Markdown reports share: head, tables that end in time, messages, limits."""

from collections.abc import Sequence

from redflag_kit.report.html_pages import page_context
from redflag_kit.report.html_read import Json, members, objects, text
from redflag_kit.report.html_words import PURPOSE, SEVERITIES, mark
from redflag_kit.report.markdown_text import bullets, code, escaped, table

PART = 25_000
"""Characters for one list that can grow."""


def head(result: Json, title: str) -> list[str]:
    """Return the title, what the page is for, and the verdict."""
    context = page_context(result)
    return [f"# {escaped(title or context['title'])}", f"*{PURPOSE}*", f"**{escaped(context['status_words'])}**"]


def limits(result: Json) -> list[str]:
    """Return what the result does not say."""
    found = members(result.get("limits"))
    return ["## Limits", bullets(escaped(limit, 400) for limit in found)] if found else []


def rows_of(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]], what: str) -> list[str]:
    """Return a table as far as it fits, and how much is left out."""
    kept, used = [], 0
    for row in rows:
        used += sum(len(cell) + 3 for cell in row)
        if used > PART:
            break
        kept.append(row)
    more = len(rows) - len(kept)
    return [table(headings, kept), *([f"**{more} more {what} in the full report.**"] if more else [])]


def weight(one: Json) -> str:
    """Return how grave a message or a fault is, or that its authors accept it."""
    if one.get("waived"):
        return "waived"
    found = mark(SEVERITIES, text(one.get("severity")))
    return f"{found.symbol} {found.word}"


def advice(one: Json) -> str:
    """Return why a message or a fault is accepted, or what to do about it, as the end of a cell."""
    if one.get("waived"):
        return f"<br>waived: {escaped(one.get('waived'))}"
    return f"<br>{escaped(one.get('help'))}" if one.get("help") else ""


def message_parts(found: list[Json], who: str = "patients") -> list[str]:
    """Return messages as a table, in their order."""
    if not found:
        return ["No message."]
    rows = []
    for one in found:
        place = f"{text(one.get('file'))}:{text(one.get('line'))}"
        where = f"<br>{who}: {escaped(one.get('where'))}" if one.get("where") else ""
        said = escaped(one.get("message")) + where + advice(one)
        rows.append((weight(one), code(one.get("code")), said, code(place)))
    return rows_of(("weight", "code", "what is so", "where"), rows, "messages")


def undecided(result: Json) -> list[str]:
    """Return what was not decided within its budget."""
    rows = [
        tuple(escaped(one.get(key), 400) for key in ("question", "established", "budget"))
        for one in objects(result.get("not_decided"))
    ]
    heads = ("question", "what was established", "budget")
    return ["## Not decided", *rows_of(heads, rows, "questions")] if rows else []
