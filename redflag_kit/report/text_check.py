"""`redflag check` as text: every diagnostic, the documented violations, then one line that sums up."""

from collections import Counter

from redflag_kit.report.json import Result
from redflag_kit.report.text import (
    BLUE,
    DIM,
    GREEN,
    PLAIN,
    RED,
    YELLOW,
    Page,
    Style,
    count,
    items,
    number,
    record,
    said,
    words,
)
from redflag_kit.report.text_diagnostics import MODEL, PATIENTS, add_diagnostic, add_not_decided
from redflag_kit.report.text_properties import add_properties, property_words

SHOWN = 40
"""Diagnostics of one code in one file that a terminal shows; the rest is counted, and reports have all."""


def render(result: Result, style: Style = PLAIN) -> str:
    """Return the diagnostics, gravest first and each grade in source order, and the summary."""
    page = Page(style)
    models = items(record(result.get("check")).get("models"))
    shown, left_out = _first_of_each(sorted(items(result["diagnostics"]), key=_gravity))
    for one in shown:
        page.blank()
        add_diagnostic(page, one, MODEL if models else PATIENTS)
    _add_left_out(page, left_out)
    add_not_decided(page, result)
    add_properties(page, items(record(result.get("check")).get("properties")))
    _add_must_assess(page, items(record(result.get("check")).get("must_assess")))
    page.blank()
    for limit in words(result["limits"]):
        page.item("· limit:", limit, hang=2, colour=DIM)
    _add_open_cases(page, result)
    _add_summary(page, result)
    return page.text()


def _first_of_each(diagnostics: list[Result]) -> tuple[list[Result], Counter[tuple[str, str]]]:
    """Return the first diagnostics of each code and file, and how many of which are left out."""
    shown: list[Result] = []
    seen: Counter[tuple[str, str]] = Counter()
    for one in diagnostics:
        key = (f"{said(one['code'])} {said(one['name'])}", said(one["file"]))
        seen[key] += 1
        if seen[key] <= SHOWN:
            shown.append(one)
    return shown, Counter({key: many - SHOWN for key, many in seen.items() if many > SHOWN})


def _add_left_out(page: Page, left_out: Counter[tuple[str, str]]) -> None:
    if left_out:
        page.blank()
    for (name, file), many in left_out.items():
        where = f" in {file}" if file else ""
        page.item(f"… {many} more", f"{name}{where} (--report html=FILE has all)", hang=2, colour=YELLOW)


def _gravity(one: Result) -> int:
    """Return the place of a diagnostic in the order of weight; what the authors accept comes last."""
    return 3 if one.get("waived") else ("error", "warning", "info").index(said(one["severity"]))


def _add_open_cases(page: Page, result: Result) -> None:
    """Say how many decisions three-valued evaluation would leave open; the findings say for whom."""
    findings = items(record(result.get("check")).get("findings"))
    many = sum(one["code"] == "RF312" for one in findings)
    if many:
        cases = "has cases" if many == 1 else "have cases"
        text = f"{count(many, 'decision')} {cases} that only all rules together settle (RF312, in the full report)"
        page.item("· note:", text, hang=2, colour=BLUE)


def _add_must_assess(page: Page, found: list[Result]) -> None:
    """Add, per guideline, the findings without which an assumption may hide a more urgent outcome."""
    listed = [one for one in found if one["findings"]]
    if listed:
        page.heading("Assess these, or an assumption may hide a more urgent outcome")
    for one in listed:
        page.line(f"{said(one['guideline'])}:", indent=2)
        for question, name in zip(words(one["questions"]), words(one["findings"]), strict=True):
            page.line(f"{question} ({name})", indent=4, hang=2)


def _add_summary(page: Page, result: Result) -> None:
    diagnostics = items(result["diagnostics"])
    found = [
        count(many, word)
        for word in ("error", "warning")
        if (many := sum(one["severity"] == word for one in diagnostics))
    ]
    notes = sum(one["severity"] == "info" for one in diagnostics)
    body = record(result.get("check"))
    properties = property_words(items(body.get("properties")))
    sizes = [*_sizes(body), *([properties] if properties else [])]
    scope = f"{', '.join(sizes)} checked"
    files = len({one["file"] for one in diagnostics if one["file"] and one["severity"] in ("error", "warning")})
    faults = f"{' and '.join(found)} in {count(files, 'file')}" if files else " and ".join(found)
    match result["status"]:
        case "ok" if not found:
            left = count(notes, "note") if notes else "nothing to report"
            page.item("✔ passed:", f"{scope}, {left}", hang=2, colour=GREEN)
        case "ok":
            page.item("✔ passed:", f"{scope}, {faults}", hang=2, colour=GREEN)
        case "undecided":
            page.item("? undecided:", f"{scope}{', ' if found else ''}{faults}", hang=2, colour=YELLOW)
        case _:
            page.item("✘ failed:", f"{faults or 'nothing could be checked'} ({scope})", hang=2, colour=RED)


def _sizes(body: Result) -> list[str]:
    """Return how much was checked: of decision models in DMN, or of a project."""
    models = items(body.get("models"))
    if models:
        return [
            count(len(models), "model"),
            count(sum(number(one["tables"]) for one in models), "decision table"),
            count(sum(number(one["rules"]) for one in models), "rule"),
        ]
    guidelines = items(body.get("guidelines"))
    return [
        count(len(guidelines), "guideline"),
        count(sum(number(one["rules"]) for one in guidelines), "rule"),
        count(number(body.get("vignettes")), "vignette"),
    ]
