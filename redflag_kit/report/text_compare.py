"""`redflag compare` as text: where guidelines differ on one patient, why, and where they agree."""

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
    record,
    said,
    words,
)
from redflag_kit.report.text_explain import add_patient


def render(result: Result, style: Style = PLAIN) -> str:
    """Return the comparison of one patient through several guidelines."""
    page = Page(style)
    found = record(result.get("compare"))
    if not found:
        page.item("✘ not compared:", "what is stated of the patient cannot all be true", hang=2)
        return page.text()
    add_patient(page, words(found["in_words"]), result)
    differing = items(found["disagreements"])
    _add_differences(page, differing, record(found["outcomes"]))
    outputs = {said(one["output"]) for one in differing}
    if outputs:
        page.heading("Why")
        for one in items(found["explanations"]):
            _add_reasons(page, one, outputs)
    agreed = items(found["agreements"])
    page.heading("Where they agree" if agreed else "They agree on no other output")
    for one in agreed:
        page.line(f"{said(one['label'])}: {said(one['text'])}", indent=2, hang=2)
    page.blank()
    page.line(NOT_FOR_CARE, colour=DIM)
    return page.text()


def _add_differences(page: Page, differing: list[Result], outcomes: Result) -> None:
    if not differing:
        page.heading("They differ on nothing")
        return
    page.heading("Where they differ")
    width = max((cells(name) for name in outcomes), default=0)
    for one in differing:
        page.line(said(one["label"]), indent=2)
        for name, text in record(one["says"]).items():
            outcome = next((o for o in items(outcomes.get(name)) if o["output"] == one["output"]), None)
            mark = " " if outcome is None else "✔" if outcome["decided"] else "?"
            colour = GREEN if mark == "✔" else YELLOW if mark == "?" else ""
            shown = said(text) if outcome is None or outcome["decided"] else f"undecided: {said(text)}"
            page.item(f"{mark} {name}", shown, indent=4, hang=width + 4, colour=colour)


def _add_reasons(page: Page, one: Result, outputs: set[str]) -> None:
    """Add the rules that decide the outputs on which the guidelines differ."""
    deciding = {rule for o in items(one["outcomes"]) if said(o["output"]) in outputs for rule in words(o["rules"])}
    page.line(f"{said(one['guideline'])}@{said(one['version'])}", indent=2, colour=BOLD)
    rules = [rule for rule in items(one["rules"]) if said(rule["id"]) in deciding]
    fired = [rule for rule in rules if rule["state"] == "fires"]
    for rule in fired:
        page.item(said(rule["id"]), said(rule["title"]), indent=4, hang=4)
        page.item("then", said(rule["writes"]), indent=8, hang=8)
        page.item("source", said(rule["evidence"]) or "none given", indent=8, hang=8)
    opened = [said(rule["id"]) for rule in rules if rule["state"] == "open"]
    if opened:
        page.item("still open:", ", ".join(opened), indent=4, hang=4)
    if not rules:
        page.line("the patient is out of scope" if one["in_scope"] == "no" else "no rule applies", indent=4)
    for condition in items(one["scope_missed"]) if one["in_scope"] != "yes" else ():
        text, value = said(condition["text"]), said(condition["value"])
        known = "" if value in ("", text) else f" [{value}]"
        page.item(
            "is only for:" if condition["state"] == "no" else "is only for, not settled:",
            f"{text}{known}",
            indent=4,
            hang=4,
        )
    first = next(iter(items(one["ask_next"])), None)
    if first:
        page.item("ask first:", f"{said(first['question'])} ({said(first['finding'])})", indent=4, hang=4)
