"""`redflag compare` as text: where guidelines differ on one patient, because of which rules, and where they agree."""

from redflag_kit.report import text_matrix
from redflag_kit.report.claims_view import READ
from redflag_kit.report.json import Result
from redflag_kit.report.text import (
    BOLD,
    DIM,
    GREEN,
    NOT_FOR_CARE,
    PLAIN,
    YELLOW,
    Page,
    Style,
    cells,
    items,
    number,
    record,
    said,
    words,
)
from redflag_kit.report.text_explain import STATES, add_patient
from redflag_kit.report.voices import add_voices, differing_words

WITHOUT_ADVICE = {"silent": "says nothing", "out_of_scope": "out of scope", "not_covered": "not covered"}


def render(result: Result, style: Style = PLAIN) -> str:
    """Return the comparison of one patient through several guidelines, or of several patients."""
    page = Page(style)
    found = record(result.get("compare"))
    if not found:
        page.item("✘ not compared:", "what is stated of the patient cannot all be true", hang=2)
        return page.text()
    if "rows" in found:
        text_matrix.add_matrix(page, found)
    else:
        _add_comparison(page, found, result)
    page.blank()
    for limit in words(result.get("limits")):
        page.line(limit, hang=2)
    page.line(NOT_FOR_CARE, colour=DIM)
    return page.text()


def _add_comparison(page: Page, found: Result, result: Result) -> None:
    add_patient(page, words(found["in_words"]), result)
    add_voices(page, found)
    page.blank()
    page.line(differing_words(found), hang=2, colour=BOLD)
    differing = items(found["disagreements"])
    if differing:
        page.heading("Where they differ")
    width = max((cells(said(one["name"])) for one in items(found["voices"])), default=0)
    for one in differing:
        page.line(said(one["label"]), indent=2)
        _add_positions(page, items(one["positions"]), width)
    _add_reasons(page, items(found["reasons"]))
    _add_silence(page, found)
    agreed = items(found["agreements"])
    page.heading("Where they agree" if agreed else "They agree on no other output")
    for one in agreed:
        page.line(f"{said(one['label'])}: {said(one['text'])}", indent=2, hang=2)


def _add_positions(page: Page, positions: list[Result], width: int) -> None:
    """Add who says what because of which rules, then who gives no advice."""
    for one in positions:
        if one["stance"] in WITHOUT_ADVICE:
            continue
        undecided = one["stance"] == "undecided"
        text = f"undecided: {said(one['text'])}" if undecided else said(one["text"])
        by = f" ({', '.join(words(one['rules']))})" if one["rules"] and not undecided else ""
        mark, colour = ("?", YELLOW) if undecided else ("✔", GREEN)
        page.item(f"{mark} {said(one['voice'])}", text + by, indent=4, hang=width + 4, colour=colour)
        asked = record(one["ask"])
        if asked:
            page.item("ask first:", said(asked["question"]), indent=width + 8, hang=2)
    for stance, phrase in WITHOUT_ADVICE.items():
        voices = [said(one["voice"]) for one in positions if one["stance"] == stance]
        if voices:
            page.item(f"  {phrase}:", ", ".join(voices), indent=4, hang=4)


def _add_reasons(page: Page, reasons: list[Result]) -> None:
    """Add each rule behind the differences once: what of it holds, what it cites, and under which readings."""
    shown = [one for one in reasons if one["state"] == "fires"]
    if shown:
        page.heading("The rules behind it")
    guideline = ""
    for one in shown:
        if one["guideline"] != guideline:
            guideline = said(one["guideline"])
            page.line(guideline, indent=2, colour=BOLD)
        _add_reason(page, one)
    opened = [f"{said(one['guideline'])} {said(one['rule'])}" for one in reasons if one["state"] == "open"]
    if opened:
        page.item("still open:", ", ".join(opened), indent=2, hang=4)
    _add_foundations(page, shown)


def _add_reason(page: Page, one: Result) -> None:
    page.item(said(one["rule"]), said(one["title"]), indent=4, hang=4)

    def add(mark: str, text: str) -> None:
        page.item(mark, text, indent=8, hang=8)

    add("then", said(one["writes"]))
    for condition in items(one["because"]):
        text, value = said(condition["text"]), said(condition["value"])
        if condition["state"] == "yes" and text != "always":
            add(STATES["yes"], text if value in ("", text) else f"{text} [{value}]")
    for source in items(one["sources"]):
        where = f"{said(source['cite'])} {said(source['row'])}".strip()
        add("source", f"{where}: {said(source['status']).replace('_', ' ')}")
    if one["assumptions"]:
        add("reads", ", ".join(record(one["assumptions"])))
    page.item("at", f"{said(one['file'])}:{number(one['line'])}", indent=8, hang=8, colour=DIM)


def _add_foundations(page: Page, reasons: list[Result]) -> None:
    """Add the sources and the readings that the rules rest on, each once."""
    sources = {said(source["cite"]): source for one in reasons for source in items(one["sources"])}
    if sources:
        page.heading("Their sources, and how far each was read")
    for cite, one in sorted(sources.items()):
        read = said(one["read"])
        page.item(f"{cite}:", f"{said(one['source'])} ({READ.get(read, read)})", indent=2, hang=4)
    readings = {name: text for one in reasons for name, text in record(one["assumptions"]).items()}
    if readings:
        page.heading("Readings of the sources that they rest on")
    for name, text in sorted(readings.items()):
        page.item(f"{name}:", said(text), indent=2, hang=4)


def _add_silence(page: Page, found: Result) -> None:
    """Add for whom the patient is out of scope, or may be, and why; and what was dropped on purpose."""
    told = {f"{said(one['guideline'])}: {said(one['why'])}": None for one in items(found["out_of_scope"])}
    positions = [one for differing in items(found["disagreements"]) for one in items(differing["positions"])]
    dropped = [one for one in positions if one["stance"] == "not_covered" and "replaced" in said(one["why"])]
    told |= {f"{said(one['voice'])}: {said(one['why'])}": None for one in dropped}
    if told:
        page.heading("Why some give no advice, or may give none")
    for text in told:
        page.line(text, indent=2, hang=2)
