"""Safety properties as text: the documented violations one by one, and how many hold.

What fails without being documented is among the diagnostics.
"""

from redflag_kit.report.json import Result
from redflag_kit.report.text import DIM, YELLOW, Page, count, record, said, words


def add_properties(page: Page, properties: list[Result]) -> None:
    """Add the documented violations."""
    for one in properties:
        known, shown = record(one["known"]), record(one["counterexample"])
        if not known or not shown:
            continue
        page.blank()
        page.item("known violation:", f"{said(one['id'])} in {said(one['guideline'])}", hang=2, colour=YELLOW)
        page.line(said(one["title"]), indent=2, hang=2)
        page.item("it says:", said(shown["says"]), indent=2, colour=DIM)
        page.item("patient:", said(shown["text"]), indent=2, colour=DIM)
        page.item("reason:", f"{said(known['reason'])} ({', '.join(words(known['cite']))})", indent=2, colour=DIM)


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
