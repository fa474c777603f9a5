"""Two states of a project in Markdown: each guideline in a row, worst first, then the changes that weigh most."""

from collections.abc import Callable

from redflag_kit.report.html_read import Json, body, members, objects, text
from redflag_kit.report.html_words import PURPOSE
from redflag_kit.report.markdown_blocks import limits, message_parts, rows_of, undecided
from redflag_kit.report.markdown_text import bullets, code, escaped, fitted
from redflag_kit.report.revisions_view import EQUAL, EntryView, entries

_COMPARISONS, _ENTRY = 40_000, 12_000
"""Characters for all comparisons, and the most for one of them."""


def revisions_parts(result: Json, comparison: Callable[[Json, int], list[str]]) -> list[str]:
    """Return the report as blocks; `comparison` returns those of one comparison within so many characters."""
    found = body(result)
    told = objects(result.get("diagnostics"))
    shown = entries(found)
    parts = ["# What changes in the guidelines", f"*{PURPOSE}*", f"**{escaped(found.get('verdict'), 600)}**"]
    parts += [f"From {_state(found, 'old')} to {_state(found, 'new')}."]
    parts += ["## Messages", *message_parts(told)] if told else []
    parts += undecided(result)
    parts += ["## Guidelines, worst first", *_rows(shown)] if shown else []
    parts += _unchanged(found)
    changed = [one for one in shown if one.diff is not None and one.mark is not EQUAL]
    room = min(_ENTRY, _COMPARISONS // max(1, len(changed)))
    blocks = [block for one in changed if one.diff is not None for block in _entry(one, comparison(one.diff, room))]
    parts += fitted(blocks, _COMPARISONS, "parts")[0]
    parts += _touched(shown)
    return [*parts, *limits(result)]


def _state(found: Json, side: str) -> str:
    commit = text(found.get(f"{side}_revision"))
    return f"commit {code(commit)}" if commit else "the working files"


def _rows(shown: list[EntryView]) -> list[str]:
    rows = [(f"{one.mark.symbol} {escaped(one.title)}", escaped(one.words, 400)) for one in shown]
    return rows_of(("guideline", "what changes"), rows, "guidelines")


def _unchanged(found: Json) -> list[str]:
    same = [text(one) for one in members(found.get("unchanged"))]
    return [f"With the same text: {len(same)} ({escaped(', '.join(same), 600)})."] if same else []


def _entry(one: EntryView, blocks: list[str]) -> list[str]:
    return [f"## {one.mark.symbol} {escaped(one.title)}", *blocks]


def _touched(shown: list[EntryView]) -> list[str]:
    lines = [
        f"{escaped(one.title)}: {escaped(edit.get('new_rule'))}: {_what(edit)}"
        for one in shown
        if one.diff is not None and one.mark is EQUAL
        for edit in objects(one.diff.get("unchanged_edits"))
    ]
    return (
        ["## Touched, but proved unchanged", *fitted([bullets([line]) for line in lines], 3_000, "edits")[0]]
        if lines
        else []
    )


def _what(edit: Json) -> str:
    return escaped("; ".join(map(text, members(edit.get("what")))))
