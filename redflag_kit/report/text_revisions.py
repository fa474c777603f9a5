"""Two states of a project as text: a line for each guideline, worst first, then what each comparison changes."""

from collections.abc import Callable

from redflag_kit.report.json import Result
from redflag_kit.report.revisions_view import EQUAL, EntryView, entries
from redflag_kit.report.text import BOLD, DIM, GREEN, RED, YELLOW, Page, count, items, record, said, words
from redflag_kit.report.text_diagnostics import add_not_decided

SYMBOLS = {
    **dict.fromkeys(("less_urgent", "lost"), "↓"),
    **dict.fromkeys(("lateral", "scope", "constraint"), "↔"),
    **dict.fromkeys(("gained", "more_urgent"), "↑"),
}
COLOURS = {"less_urgent": RED, "lost": RED, "removed": RED, "undecided": YELLOW, "lateral": YELLOW, "proved": GREEN}


def add_revisions(page: Page, result: Result, add_comparison: Callable[[Page, Result], None]) -> None:
    """Add the comparison of two states; `add_comparison` adds one of its comparisons of two editions."""
    found = record(result.get("diff"))
    mark, colour = ("✔ equivalent:", GREEN) if found["equivalent"] else ("✘ changed:", RED)
    if found["equivalent"] is None:
        mark, colour = "? not decided:", YELLOW
    page.item(mark, said(found["verdict"]), hang=2, colour=colour)
    commits = [f"{word} {said(found[f'{word}_revision']) or 'working files'}" for word in ("old", "new")]
    page.line("; ".join(commits), indent=2, hang=2, colour=DIM)
    add_not_decided(page, result)
    shown = entries(found)
    if shown:
        page.heading("Guidelines, worst first")
    for one in shown:
        page.item(
            f"{SYMBOLS.get(one.mark.key, one.mark.symbol)} {one.title}:", one.words, 2, 4, COLOURS.get(one.mark.key, "")
        )
    same = words(found["unchanged"])
    if same:
        told = f"{count(len(same), 'guideline')} with the same text: {', '.join(same)}"
        page.line(told, indent=2, hang=4, colour=DIM)
    for one in shown:
        if one.diff is not None:
            _add_entry(page, one, dict(one.diff), add_comparison)


def _add_entry(page: Page, one: EntryView, diff: Result, add_comparison: Callable[[Page, Result], None]) -> None:
    if one.mark is not EQUAL:
        page.blank()
        page.line("─" * page.style.width, colour=DIM)
        page.line(one.title, colour=BOLD)
        add_comparison(page, diff)
    elif items(diff["unchanged_edits"]):
        page.heading(f"{one.title}: touched, but proved unchanged")
        for edit in items(diff["unchanged_edits"]):
            old, new = said(edit["old_rule"]), said(edit["new_rule"])
            page.item(f"{old if old == new else f'{old} → {new}'}:", ", ".join(words(edit["what"])), indent=2, hang=4)
