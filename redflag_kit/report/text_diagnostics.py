"""Diagnostics as text, for `check` and for the standard error of every other command."""

from redflag_kit.report.json import Result
from redflag_kit.report.text import BLUE, DIM, PLAIN, RED, YELLOW, Page, Style, items, number, record, said

COLOURS = {"error": RED, "warning": YELLOW, "info": BLUE}


PATIENTS, MODEL = ("who:", "patient:"), ("where:", "example:")
"""What a region and a witness are called: sets of patients and one of them, or values of a model's inputs."""


ROOM, NOTE_ROOM = 1_000, 300
"""Characters of a region on a terminal: of what may fail a check, and of what does not."""


def add_diagnostic(page: Page, one: Result, called: tuple[str, str] = PATIENTS) -> None:
    """Add one diagnostic: where, how grave, what it is called; then the message, other places, patient and help."""
    severity = "waived" if one.get("waived") else said(one["severity"])
    mark = f"{place(one)} {severity}" if one["file"] else severity
    page.item(mark, f"{said(one['code'])} {said(one['name'])}", hang=2, colour=COLOURS.get(severity, ""))
    page.line(said(one["message"]), indent=2)
    for note in items(one["related"]):
        page.item("-->", f"{said(note['message'])}: {place(note)}", indent=2, colour=DIM)
    if one.get("where"):
        page.item(called[0], _shortened(said(one["where"]), severity), indent=2, colour=DIM)
    patient = said(record(one["witness"]).get("text"))
    if patient:
        page.item(called[1], patient, indent=2, colour=DIM)
    if one.get("waived"):
        page.item("waived:", said(one["waived"]), indent=2, colour=DIM)
    elif one["help"]:
        page.item("help:", said(one["help"]), indent=2, colour=DIM)


def _shortened(region: str, severity: str) -> str:
    """Return as many alternatives of a region as fit, the first always; that some are left out is said."""
    alternatives = region.split("; or ")
    room = NOTE_ROOM if severity in ("info", "waived") else ROOM
    kept = 1
    while kept < len(alternatives) and sum(map(len, alternatives[: kept + 1])) <= room:
        kept += 1
    if kept == len(alternatives):
        return region
    return "; or ".join(alternatives[:kept]) + "; or others (--report html=FILE shows them)"


def place(one: Result) -> str:
    """Return `file:line:column`, as editors and terminals link it."""
    return f"{said(one['file'])}:{number(one['line'])}:{number(one['column'])}"


def render_diagnostics(diagnostics: list[Result], style: Style = PLAIN) -> str:
    """Return diagnostics as text, in the order given."""
    page = Page(style)
    for one in diagnostics:
        page.blank()
        add_diagnostic(page, one)
    return page.text() if page.lines else ""


def add_not_decided(page: Page, result: Result) -> None:
    """Add what could not be decided within its budget."""
    for one in items(result["not_decided"]):
        page.blank()
        page.item("? not decided:", said(one["question"]), hang=2, colour=YELLOW)
        page.line(f"established: {said(one['established'])}", indent=2, hang=2)
        page.line(f"budget: {said(one['budget'])}", indent=2, hang=2)
