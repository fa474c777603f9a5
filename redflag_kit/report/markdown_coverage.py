"""Coverage in Markdown: what no vignette shows, worst first, after how much that is of each guideline."""

from redflag_kit.report.coverage_view import GuidelineView, floors_of, guideline_views, place
from redflag_kit.report.html_read import Json, text
from redflag_kit.report.markdown_blocks import PART, rows_of
from redflag_kit.report.markdown_text import bullets, code, escaped, fitted, table

FEW = 10
"""Items of one kind of one guideline; the full report has all."""


def coverage_parts(coverage: Json, diagnostics: list[Json]) -> list[str]:
    """Return the Markdown of coverage as blocks, none if it was not measured: floors that are not reached first."""
    views = guideline_views(coverage)
    if not views:
        return []
    asked = floors_of(coverage)
    least = [f"The least that was asked for: {escaped(asked)}."] if asked else []
    blocks = [block for one in views for block in _open(one)]
    kept, _ = fitted(blocks, PART, "lists")
    short = [f"✕ {escaped(one.get('message'))}" for one in diagnostics if one.get("code") == "RF550"]
    return ["## What no vignette shows", *([bullets(short)] if short else []), _shares(views), *least, *kept]


def _shares(views: tuple[GuidelineView, ...]) -> str:
    headings = ("guideline", *(kind.title.lower() for kind in views[0].kinds))
    return table(
        headings, [(code(one.name), *(_cell(kind.share, kind.uncovered) for kind in one.kinds)) for one in views]
    )


def _cell(share: str, uncovered: tuple[Json, ...]) -> str:
    return f"{escaped(share)} ({len(uncovered)} open)" if uncovered else escaped(share)


def _open(one: GuidelineView) -> list[str]:
    """Return one block per kind of which something is not shown."""
    blocks = []
    for kind in one.open:
        rows = [(_said(item), code(place(item))) for item in kind.uncovered[:FEW]]
        more = len(kind.uncovered) - len(rows)
        left = [f"**{more} more in the full report.**"] if more else []
        title = f"**{code(one.name)} {kind.title.lower()}: {len(kind.uncovered)} of {kind.counted} not shown**"
        blocks.append("\n\n".join([title, *rows_of(("a vignette would show", "where"), rows, "items"), *left]))
    return blocks


def _said(item: Json) -> str:
    note = f"<br>{escaped(item.get('note'))}" if item.get("note") else ""
    return escaped(text(item.get("text"))) + note
