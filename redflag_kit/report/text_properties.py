"""Safety properties as text: the documented violations in short, and how many hold.

What fails without being documented is among the diagnostics, in full. The reasons and sources of what is documented
stand in the reports.
"""

from redflag_kit.report.check_view import editions_of, result_of
from redflag_kit.report.html_properties import example_words, property_groups
from redflag_kit.report.json import Result
from redflag_kit.report.text import DIM, YELLOW, Page, count, record, said

WHERE = "What it says to them, why, and the sources are in the reports (--report html=FILE)."

_MARKS = {"✓": "✔", "✕": "✘"}
"""The marks of pages as those of the terminal."""

_PATIENT_ALONE = ("always", "never", "when", "floor")
"""Kinds of property that a patient breaks whose title says what was wanted; of others the outcome is needed as well."""


def add_properties(page: Page, properties: list[Result]) -> None:
    """Add the documented violations, each property once, with a smallest patient for each guideline."""
    known = [one for one in properties if one["known"] and one["counterexample"]]
    if not known:
        return
    page.blank()
    page.item(
        f"! {count(len(known), 'known violation')}",
        f"of safety properties, each with an example patient. {WHERE}",
        hang=2,
        colour=YELLOW,
    )
    for name, title in dict.fromkeys((said(one["id"]), said(one["title"])) for one in known):
        page.item(name, title, indent=2, hang=2)
        for one in known:
            if said(one["id"]) == name:
                page.item(f"{editions_of(one)}:", _example(one), indent=4, hang=2, colour=DIM)


def add_promises(page: Page, properties: list[Result]) -> None:
    """Add what became of the properties between two editions, those that do not hold with their patient."""
    if not properties:
        return
    page.heading("Safety properties between the editions")
    for one in properties:
        mark = result_of(one)
        page.item(
            f"{_MARKS.get(mark.symbol, mark.symbol)} {mark.word}:",
            f"{said(one['id'])} {said(one['title'])}",
            indent=2,
            hang=4,
        )
        if one["counterexample"]:
            page.item("example", _example(one), indent=4, hang=10)


def _example(one: Result) -> str:
    shown = record(one["counterexample"])
    patient = said(shown["text"])
    return patient if one["kind"] in _PATIENT_ALONE else f"{patient} → {said(shown['says'])}"


def property_words(properties: list[Result]) -> str:
    """Return how many properties there are and what became of them, guideline by guideline; nothing if none."""
    if not properties:
        return ""
    results = [
        ("known violation" if one["known"] and one["counterexample"] else said(one["result"])) for one in properties
    ]
    counted = [
        f"{results.count('proved')} proved",
        count(many, "known violation") if (many := results.count("known violation")) else "",
        f"{many} refuted" if (many := results.count("refuted")) else "",
        f"{many} not decided" if (many := results.count("not_decided")) else "",
        f"{many} not covered" if (many := results.count("not_covered")) else "",
    ]
    number = count(len({said(one["id"]) for one in properties}), "property", "properties")
    return f"{number} ({', '.join(one for one in counted if one)})"


def add_property_changes(page: Page, found: Result) -> None:
    """Add what became of the properties of each edition, and a patient for each one that the new edition breaks."""
    groups = property_groups(found) or ()
    if not groups:
        return
    page.heading("Safety properties of each edition")
    page.line("; ".join(f"{group.total} {group.mark.word}" for group in groups), indent=2)
    worse = [group for group in groups if group.mark.key in ("broken", "undecided", "dropped")]
    for view in (view for group in worse for view in group.shown):
        old, new = (", ".join(one.word for one in side.results) or side.note for side in (view.old, view.new))
        page.item("·", f"{said(view.data['id'])} {said(view.data['title'])}: {old}, now {new}", indent=2)
        for one in view.examples[:1]:
            who, says, _ = example_words(one)
            page.line(f"{who}: {says}", indent=4)
