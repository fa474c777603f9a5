"""`redflag trace` as text: a matrix per edition, the hazards, what is broken, then one line that sums up."""

from redflag_kit.report.json import Result
from redflag_kit.report.text import (
    DIM,
    GREEN,
    PLAIN,
    RED,
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
from redflag_kit.report.text_diagnostics import add_diagnostic
from redflag_kit.report.trace_view import broken, in_control, name_of, sources_of, standing, tally

_COUNTS = ("fires", "may", "missed", "guards")


def render(result: Result, style: Style = PLAIN) -> str:
    """Return the matrices, the hazards, the broken links and the summary."""
    page = Page(style)
    body = record(result.get("trace"))
    for guideline in items(body.get("guidelines")):
        _add_guideline(page, guideline)
    if items(body.get("guidelines")):
        page.blank()
        page.line(
            "fires, may: vignettes in which the rule fires, may fire; missed: it does not, and one other answer would "
            "make it; guards: properties about an output that it bears on; --report html=FILE names them",
            colour=DIM,
        )
    _add_hazards(page, body)
    for one in items(result["diagnostics"]):
        if one["severity"] != "info":
            page.blank()
            add_diagnostic(page, one)
    _add_summary(page, result, body)
    return page.text()


def _add_guideline(page: Page, guideline: Result) -> None:
    page.heading(f"{name_of(guideline)} {said(guideline['title'])}")
    vignettes = count(number(guideline["vignettes"]), "vignette")
    page.line(f"{standing(guideline)}, {vignettes} exercise it", indent=2, colour=DIM)
    rules = items(guideline["rules"])
    widths = [max([len(name), *(cells(found) for found in column)]) for name, column in _columns(rules).items()]
    _add_row(page, list(_columns(rules)), widths)
    for position, rule in enumerate(rules):
        row = [column[position] for column in _columns(rules).values()]
        _add_row(page, row, widths)
        if faults := broken(rule):
            page.item("✘", "; ".join(faults), indent=4, colour=RED)


def _columns(rules: list[Result]) -> dict[str, list[str]]:
    return {
        "rule": [said(rule["id"]) for rule in rules],
        **{name: [str(len(_listed(rule, name))) for rule in rules] for name in _COUNTS},
        "hazards": [" ".join(words(rule["hazards"])) or "-" for rule in rules],
        "sources": [_sources(rule) for rule in rules],
    }


def _sources(rule: Result) -> str:
    claims = len(items(rule["claims"]))
    return (" ".join(sources_of(rule)) or "-") + (f", {count(claims, 'claim')}" if claims else "")


def _listed(rule: Result, name: str) -> list[object]:
    found = rule["properties" if name == "guards" else name]
    return list(found) if isinstance(found, list) else []


def _add_row(page: Page, row: list[str], widths: list[int]) -> None:
    """Add a row; its last cells may go on below, indented to where they start."""
    fixed = [one.ljust(width) for one, width in zip(row[:1], widths[:1], strict=True)]
    fixed += [one.rjust(width) for one, width in zip(row[1:5], widths[1:5], strict=True)]
    page.item("  ".join(fixed) + " ", f"{row[5]} · {row[6]}", indent=2)


def _add_hazards(page: Page, body: Result) -> None:
    hazards = items(body.get("hazards"))
    if hazards:
        page.heading("Hazards: risk without → with controls, and the controls in force")
    for one in hazards:
        risk = f"{said(one['initial_risk'])} → {said(one['residual_risk'])}"
        page.item(said(one["id"]), f"{said(one['title'])}: {risk}", indent=2)
        mark = "" if in_control(one) else "✘ none is in force: "
        page.line(f"{mark}{tally(one)}", indent=8, hang=2, colour=DIM if in_control(one) else RED)
    for matrix in items(body.get("matrices")):
        page.line(f"{said(matrix['judgement'])} Matrix: {', '.join(words(matrix['cite']))}.", indent=2, colour=DIM)


def _add_summary(page: Page, result: Result, body: Result) -> None:
    uncited = [said(one["id"]) for one in items(body.get("uncited"))]
    page.blank()
    if uncited:
        page.item("· note:", f"nothing cites {', '.join(uncited)} (RF179)", hang=2, colour=DIM)
    for limit in words(result["limits"]):
        page.item("· limit:", limit, hang=2, colour=DIM)
    guidelines = items(body.get("guidelines"))
    rules = sum(len(items(one["rules"])) for one in guidelines)
    size = ", ".join(
        (
            count(len(guidelines), "guideline"),
            count(rules, "rule"),
            count(len(items(body.get("properties"))), "property", "properties"),
            count(len(items(body.get("hazards"))), "hazard"),
        )
    )
    faults = sum(one["severity"] == "error" for one in items(result["diagnostics"]))
    if faults:
        page.item("✘ failed:", f"{count(faults, 'error')} ({size} traced)", hang=2, colour=RED)
    else:
        page.item("✔ passed:", f"no dangling link ({size} traced)", hang=2, colour=GREEN)
