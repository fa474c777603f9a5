"""`redflag checks` as text: the catalogue, or the page of one entry."""

from redflag_kit.report.json import Result
from redflag_kit.report.text import BOLD, DIM, PLAIN, Page, Style, cells, items, record, said
from redflag_kit.report.text_diagnostics import COLOURS

PARTS = (("what", "What it is"), ("why", "Why it matters"), ("do", "What to do"))


def render(result: Result, style: Style = PLAIN) -> str:
    """Return the catalogue, or one page if there is one entry."""
    page = Page(style)
    found = record(result.get("checks"))
    entries = items(found["entries"])
    if record(result["options"]).get("id"):
        for entry in entries:
            _add_page(page, entry)
        return page.text()
    for family, title in record(found["families"]).items():
        page.heading(f"{family}  {said(title)}")
        for entry in entries:
            if said(entry["id"]).startswith(family):
                _add_line(page, entry)
    page.blank()
    page.line("redflag checks RF301 explains one", colour=DIM)
    return page.text()


def _add_line(page: Page, entry: Result) -> None:
    severity = said(entry["severity"])
    mark = f"{said(entry['id'])} {severity:<7}"
    text = f"{said(entry['name'])}: {said(entry['title'])}"
    page.item(mark, text, indent=2, hang=15, colour=COLOURS.get(severity, ""))


def _add_page(page: Page, entry: Result) -> None:
    severity = said(entry["severity"])
    page.item(f"{said(entry['id'])} {said(entry['name'])}", f"({severity})", hang=2, colour=BOLD)
    page.line(said(entry["title"]))
    for key, title in PARTS:
        page.heading(title)
        page.line(said(entry[key]), indent=2)
    if entry["example"]:
        page.heading("Example")
        for line in said(entry["example"]).split("\n"):
            _add_code(page, line)


def _add_code(page: Page, line: str) -> None:
    """Add a line as it is written, spaces and all; wrapped only where it does not fit."""
    if cells(line) + 4 <= page.style.width:
        page.lines.append(f"    {page.clean(line)}")
    else:
        page.line(line, indent=4 + len(line) - len(line.lstrip()), hang=4)
