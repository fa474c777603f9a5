"""`redflag show` as text: a guideline in plain words, every rule beside its evidence."""

from redflag_kit.report.claims_view import READ
from redflag_kit.report.json import Result
from redflag_kit.report.revision_words import revision_words
from redflag_kit.report.text import (
    BOLD,
    DIM,
    NOT_FOR_CARE,
    PLAIN,
    Page,
    Style,
    cells,
    count,
    items,
    number,
    record,
    said,
    words,
)

POLICIES = {
    "UNIQUE": "at most one rule may apply",
    "ANY": "rules that apply together must agree",
    "PRIORITY": "the most urgent level wins, output by output",
    "FIRST": "the first rule that applies wins",
    "COLLECT": "all rules that apply count together",
}
STATES = {"otherwise": "Where no rule above applies, the first of:", "inert": "Cited, but never applied:"}


def render(result: Result, style: Style = PLAIN) -> str:
    """Return a guideline, or what of it is in force, in plain words."""
    page = Page(style)
    found = record(result.get("show"))
    if read := revision_words(result):
        page.line(read, colour=DIM)
    if "editions" in found:
        _add_family(page, found)
    else:
        _add_guideline(page, found)
    page.blank()
    page.line(NOT_FOR_CARE, colour=DIM)
    return page.text()


def _add_family(page: Page, found: Result) -> None:
    editions = items(found["editions"])
    many = count(len(editions), "edition")
    page.line(f"{said(found['id'])}, in force on {said(found['at'])}: {many}", colour=BOLD)
    for one in editions:
        page.blank()
        add_standing(page, record(one["guideline"]), record(one["standing"]))
    for name in words(found["undated"]):
        page.blank()
        page.line(f"{name}: withdrawn, date not known; not taken as in force", hang=2)
    for one in editions:
        page.blank()
        page.line("─" * page.style.width, colour=DIM)
        _add_guideline(page, record(one["guideline"]))
        if one["left_out"]:
            page.heading("Tables left out, since nothing in force needs them")
        for question in words(one["left_out"]):
            page.item("-", question, indent=2)


def add_standing(page: Page, guideline: Result, standing: Result) -> None:
    """Add since when an edition is in force, for what, and what it replaced."""
    page.line(f"{said(guideline['id'])}@{said(guideline['version'])}  {said(guideline['title'])}", colour=BOLD)
    page.item("since:", said(standing["since"]), indent=2, hang=10)
    page.item("for:", ", ".join(words(standing["outputs"])), indent=2, hang=10)
    for one in items(standing["replaced"]):
        page.item("replaced:", f"{said(one['guideline'])} for {', '.join(words(one['outputs']))}", indent=2, hang=10)


def _add_guideline(page: Page, found: Result) -> None:
    _add_head(page, found)
    for table in items(found["tables"]):
        _add_table(page, table)
    _add_parameters(page, items(found["parameters"]))
    for title, key in (
        ("Definitions", "definitions"),
        ("Scores", "scores"),
        ("Readings of the sources", "assumptions"),
    ):
        _add_named(page, title, record(found[key]))
    _add_sources(page, items(found["sources"]))


def _add_head(page: Page, found: Result) -> None:
    page.line(f"{said(found['id'])}@{said(found['version'])}  {said(found['title'])}", colour=BOLD)
    page.line(f"{said(found['publisher'])}, {said(found['published'])} ({said(found['status'])})")
    page.line(said(found["intended_use"]))
    page.blank()
    page.item("for:", said(found["scope"]), hang=8)
    page.item("covers:", ", ".join(words(found["covers"])), hang=8)


def _add_table(page: Page, table: Result) -> None:
    policy = said(table["hit_policy"])
    page.heading(f"{said(table['question'])} ({said(table['id'])})")
    page.line(f"{policy}: {POLICIES.get(policy, '')}", indent=2, colour=DIM)
    state = "runs"
    for rule in items(table["rules"]):
        if rule["state"] == "otherwise" and not rule["evidence"] and rule["then"] == "says nothing":
            page.blank()
            page.line("Where no rule above applies, nothing is said.", indent=2, colour=BOLD)
            continue
        if rule["state"] != state:
            state = said(rule["state"])
            page.blank()
            page.line(STATES.get(state, state), indent=2, colour=BOLD)
        page.blank()
        _add_rule(page, rule)


def _add_rule(page: Page, rule: Result) -> None:
    page.item(said(rule["id"]), said(rule["title"]), indent=2, hang=4, colour=BOLD)

    def add(mark: str, text: str) -> None:
        if text:
            page.item(mark, text, indent=4, hang=10)

    add("when", said(rule["when"]))
    add("then", said(rule["then"]))
    add("but", "; ".join(words(rule["exceptions"])))
    for one in items(rule["evidence"]):
        add("source", evidence_words(one))
    add("reads", ", ".join(words(rule["assumptions"])))
    add("claims", ", ".join(words(rule["claims"])))
    add("note", said(rule["note"]))
    if rule["file"]:
        page.item("at", f"{said(rule['file'])}:{number(rule['line'])}", indent=4, hang=10, colour=DIM)


def evidence_words(one: Result) -> str:
    """Return one citation: the source and place, whether it says so, and how sure it is."""
    grades = [said(one["status"]).replace("_", " ")]
    grades += [f"{said(one['strength'])} recommendation"] if one["strength"] not in ("unknown", "ungraded") else []
    grades += ["ungraded"] if one["strength"] == "ungraded" else []
    grades += [f"{said(one['certainty']).replace('_', ' ')} certainty"] if one["certainty"] != "unknown" else []
    where = f"{said(one['cite'])} {said(one['row'])}".strip()
    note = f"; {said(one['note'])}" if one["note"] else ""
    return f"{where}: {', '.join(grades)}{note}"


def _add_parameters(page: Page, parameters: list[Result]) -> None:
    if parameters:
        page.heading("Thresholds")
    width = max((cells(said(one["id"])) for one in parameters), default=0) + 2
    for one in parameters:
        source = f"{said(one['cite'])}: {said(one['evidence']).replace('_', ' ')}"
        note = f"; {said(one['note'])}" if one["note"] else ""
        page.item(said(one["id"]), f"{said(one['value'])} ({source}{note})", indent=2, hang=min(width, 24))


def _add_named(page: Page, title: str, texts: Result) -> None:
    if texts:
        page.heading(title)
    for name, text in texts.items():
        page.item(f"{name}:", said(text), indent=2, hang=4)


def _add_sources(page: Page, sources: list[Result]) -> None:
    if sources:
        page.heading(f"Sources ({count(len(sources), 'entry', 'entries')})")
    for one in sources:
        read = said(one["read"])
        page.item(f"{said(one['id'])}:", f"{said(one['title'])} ({READ.get(read, read)})", indent=2, hang=4)
