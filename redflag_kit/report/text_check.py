"""`redflag check` as text: every diagnostic, the documented violations, then one line that sums up."""

from redflag_kit.report.json import Result
from redflag_kit.report.text import GREEN, PLAIN, RED, YELLOW, Page, Style, count, items, number, record
from redflag_kit.report.text_diagnostics import add_diagnostic, add_not_decided
from redflag_kit.report.text_properties import add_properties, property_words


def render(result: Result, style: Style = PLAIN) -> str:
    """Return the diagnostics in source order and the summary."""
    page = Page(style)
    for one in items(result["diagnostics"]):
        page.blank()
        add_diagnostic(page, one)
    add_not_decided(page, result)
    add_properties(page, items(record(result.get("check")).get("properties")))
    page.blank()
    _add_summary(page, result)
    return page.text()


def _add_summary(page: Page, result: Result) -> None:
    diagnostics = items(result["diagnostics"])
    found = [
        count(many, word)
        for word in ("error", "warning")
        if (many := sum(one["severity"] == word for one in diagnostics))
    ]
    body = record(result.get("check"))
    guidelines = items(body.get("guidelines"))
    sizes = [
        count(len(guidelines), "guideline"),
        count(sum(number(one["rules"]) for one in guidelines), "rule"),
        count(number(body.get("vignettes")), "vignette"),
    ]
    properties = property_words(items(body.get("properties")))
    sizes += [properties] if properties else []
    scope = f"{', '.join(sizes)} checked"
    files = len({one["file"] for one in diagnostics if one["file"] and one["severity"] in ("error", "warning")})
    faults = f"{' and '.join(found)} in {count(files, 'file')}" if files else " and ".join(found)
    match result["status"]:
        case "ok" if not found:
            page.item("✔ passed:", f"{scope}, nothing to report", hang=2, colour=GREEN)
        case "ok":
            page.item("✔ passed:", f"{scope}, {faults}", hang=2, colour=GREEN)
        case "undecided":
            page.item("? undecided:", f"{scope}{', ' if found else ''}{faults}", hang=2, colour=YELLOW)
        case _:
            page.item("✘ failed:", f"{faults or 'nothing could be checked'} ({scope})", hang=2, colour=RED)
