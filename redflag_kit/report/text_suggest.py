"""`redflag suggest` as text: drafted patients, what each would notice, and what a person has to confirm."""

from redflag_kit.report.json import Result
from redflag_kit.report.suggest_view import (
    CONFIRM,
    notice_lines,
    now_line,
    patient_line,
    place_line,
    redundancy_line,
    row_line,
    summary_lines,
    verb,
)
from redflag_kit.report.text import BOLD, DIM, GREEN, PLAIN, Page, Style, count, items, number, record, said, words

MOST = 4
"""Things noticed that are named for one vignette."""


def render(result: Result, style: Style = PLAIN) -> str:
    """Return the suggestions by guideline, and where they went."""
    page = Page(style)
    body = record(result.get("suggest"))
    drafts = items(body.get("vignettes"))
    for one in items(body.get("guidelines")):
        page.heading(f"{said(one['guideline'])}: {said(one['title'])}")
        for line in summary_lines(one):
            page.item("-", line, indent=2)
        for draft in drafts:
            if draft["guideline"] == one["guideline"]:
                page.blank()
                _add_draft(page, draft)
    page.blank()
    _add_end(page, body, len(drafts))
    if body.get("redundancy"):
        _add_redundancy(page, record(body["redundancy"]))
    return page.text()


def _add_draft(page: Page, draft: Result) -> None:
    page.item(said(draft["id"]), said(draft["title"]), indent=2, hang=4, colour=BOLD)
    page.item("patient", patient_line(draft), indent=4, hang=9)
    for line in notice_lines(draft, MOST):
        page.item(verb(draft), line, indent=4, hang=9)
    for row in items(draft["rows"]):
        page.item("read", row_line(row), indent=4, hang=9, colour=DIM)
    page.line(f"{CONFIRM}:", indent=4, hang=2)
    for one in items(draft["now"]):
        page.line(now_line(one), indent=6, hang=2)


def _add_end(page: Page, body: Result, shown: int) -> None:
    more = number(body.get("more"))
    if more:
        page.line(f"{count(more, 'more vignette')} left out by --limit.")
    if shown:
        page.line(f"{place_line(body)}.", hang=2)
    elif body:
        page.item("✔", "nothing to suggest", hang=2, colour=GREEN)


def _add_redundancy(page: Page, found: Result) -> None:
    page.heading("Vignettes without which nothing less would be noticed")
    page.item("-", redundancy_line(found), indent=2)
    blind = words(found["blind"])
    if blind:
        page.item("-", f"{count(len(blind), 'vignette')} notice no mutant: {', '.join(blind)}", indent=2)
    for one in items(found["redundant"]):
        page.item(said(one["id"]), said(one["title"]), indent=2, hang=4, colour=BOLD)
        told = f"notices {count(number(one['notices']), 'mutant')}, each noticed by one that is kept"
        page.line(f"{told}; {said(one['file'])}:{number(one['line'])}", indent=4, hang=2)
