"""`redflag claims` as text: every claim with its verdict and its homes, and a line per group."""

from redflag_kit.report import claims_view
from redflag_kit.report.html_read import Json
from redflag_kit.report.json import Result
from redflag_kit.report.text import BOLD, DIM, GREEN, PLAIN, RED, Page, Style, items, number, said


def render(result: Result, style: Style = PLAIN) -> str:
    """Return the claims by section, the contradictions, and how many claims are placed."""
    page = Page(style)
    for title, claims in claims_view.by_section(result):
        page.heading(title)
        for one in claims:
            _add_claim(page, one)
    clashes = claims_view.contradictions(result)
    if clashes:
        page.heading("Where the claims contradict each other")
    for name, says, claims_of, patient, vignettes in clashes:
        page.item(name, says, indent=2, hang=4, colour=BOLD)
        page.item("claims", claims_of, indent=4, hang=11)
        page.item("patient", patient, indent=4, hang=11)
        page.item("vignettes", vignettes or "none", indent=4, hang=11)
    page.blank()
    for complete, line in claims_view.tallies(result):
        page.item("✔" if complete else "✘", line, hang=2, colour=GREEN if complete else RED)
    return page.text()


def _add_claim(page: Page, one: Json) -> None:
    page.item(said(one["id"]), said(one["says"]), indent=2, hang=4, colour=BOLD)
    page.item("verdict", claims_view.verdict(one), indent=4, hang=11)
    for source in items(one["sources"]):
        page.item("source", claims_view.source_words(source), indent=4, hang=11)
    for kind, names in claims_view.homes(one):
        mark = kind if kind in ("vignettes", "properties", "nowhere") else "rules"
        page.item(mark, names if mark == kind else f"{kind}: {names}", indent=4, hang=11)
    page.item("at", f"{said(one['file'])}:{number(one['line'])}", indent=4, hang=11, colour=DIM)
