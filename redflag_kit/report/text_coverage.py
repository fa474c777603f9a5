"""Coverage as text: what no vignette shows, worst first, then how much is shown."""

from redflag_kit.report.coverage_view import GuidelineView, KindView, guideline_views, place
from redflag_kit.report.html_read import Json, text
from redflag_kit.report.json import Result
from redflag_kit.report.text import BOLD, DIM, YELLOW, Page, cells, count

FEW = 3
"""Items of one kind of one guideline that are told where several guidelines are measured."""


def add_coverage(page: Page, coverage: Result) -> None:
    """Add what is not covered and how much is; all of it if one guideline was measured."""
    views = guideline_views(coverage)
    most = FEW if len(views) > 1 else None
    open_ones = [one for one in views if one.open]
    if open_ones:
        page.heading("What no passing vignette shows, worst first")
        for one in open_ones:
            _add_open(page, one, most)
    _add_impossible(page, views, most)
    _add_shares(page, views)


def _add_open(page: Page, one: GuidelineView, most: int | None) -> None:
    page.blank()
    page.line(one.name, colour=BOLD)
    for kind in one.open:
        page.item(
            f"{kind.title}:", f"{len(kind.uncovered)} of {kind.counted} not shown", indent=2, hang=4, colour=YELLOW
        )
        for item in kind.uncovered[:most]:
            _add_item(page, item)
        _add_more(page, kind.uncovered, most)


def _add_item(page: Page, item: Json) -> None:
    page.item("-", text(item.get("text")), indent=4)
    if item.get("note"):
        page.line(text(item.get("note")), indent=6, colour=DIM)
    page.line(place(item), indent=6, colour=DIM)


def _add_more(page: Page, found: tuple[Json, ...], most: int | None) -> None:
    if most is not None and len(found) > most:
        page.line(f"and {len(found) - most} more", indent=4, colour=DIM)


def _add_impossible(page: Page, views: tuple[GuidelineView, ...], most: int | None) -> None:
    """Add what nobody can show: item by item for one guideline, else how much there is."""
    if not any(one.impossible for one in views):
        return
    page.heading("What no patient can show (proved, not counted)")
    if most is None:
        _add_proved(page, views)
        return
    for one in views:
        if one.impossible:
            kinds = ", ".join(f"{len(kind.impossible)} {kind.kind}" for kind in one.kinds if kind.impossible)
            page.item(f"{one.name}:", f"of {kinds}", indent=2, hang=4)
    page.line("--guideline NAME lists all of one guideline, also what was left out above", indent=2, hang=2)


def _add_proved(page: Page, views: tuple[GuidelineView, ...]) -> None:
    for kind in (kind for one in views for kind in one.kinds if kind.impossible):
        page.item(f"{kind.title}:", f"{len(kind.impossible)}", indent=2, hang=4)
        for item in kind.impossible:
            page.item("-", f"{text(item.get('text'))}: {text(item.get('reason'))}", indent=4)
            page.line(place(item), indent=6, colour=DIM)


def _add_shares(page: Page, views: tuple[GuidelineView, ...]) -> None:
    """Add the share of every kind: a table where it fits, else a paragraph for each guideline."""
    page.heading("How much passing vignettes show")
    titles = [kind.kind for kind in views[0].kinds]
    wide = max(cells(page.clean(one.name)) for one in views)
    if wide + sum(len(title) + 1 for title in titles) <= page.style.width and not _is_worded(views):
        page.lines.append(page.paint(" " * wide + "".join(f" {title}" for title in titles), DIM))
        for one in views:
            name = page.clean(one.name)
            shares = (f" {_short(kind):>{len(kind.kind)}}" for kind in one.kinds)
            page.lines.append(name + " " * (wide - cells(name)) + "".join(shares))
        return
    for one in views:
        shares_of = ", ".join(f"{kind.kind} {kind.share}" for kind in one.kinds)
        page.item(f"{one.name}:", f"{shares_of}; {count(one.vignettes, 'vignette')}", hang=4)


def _is_worded(views: tuple[GuidelineView, ...]) -> bool:
    """Say whether some share takes more words than a column has room for."""
    return any(len(_short(kind)) > len(kind.kind) for one in views for kind in one.kinds)


def _short(kind: KindView) -> str:
    return kind.share if kind.counted else "-"
