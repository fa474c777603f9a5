"""`redflag gate` as text: the verdict, what blocks with the command that helps, sign-off, then everything else.

Read by who owns the build and by clinicians, so every line says in words what it means.
"""

from redflag_kit.report.json import Result
from redflag_kit.report.text import (
    DIM,
    GREEN,
    NOT_FOR_CARE,
    PLAIN,
    RED,
    YELLOW,
    Page,
    Style,
    items,
    record,
    said,
    words,
)
from redflag_kit.report.text_gate_signoff import add_signoff

VERDICTS = {"PASS": ("✔", GREEN), "BLOCKED": ("✘", RED), "UNDECIDED": ("?", YELLOW)}
MARKS = {
    "passed": ("✔", GREEN),
    "noted": ("·", DIM),
    "signoff": ("✘", RED),
    "not_decided": ("?", YELLOW),
    "failed": ("✘", RED),
}
HELP = {
    "loads": "redflag check shows every fault with what to do",
    "tables": "redflag check shows every fault with the patients it concerns",
    "properties": "redflag check shows the patients; mend the rules, or document the violation under `known:`",
    "vignettes": "redflag test shows what each vignette got; redflag explain GUIDELINE --vignette ID shows why",
    "version": "raise `version:` of the guideline",
    "records": "restore the records from git; a new record may withdraw an old one",
    "recalls": "retire the recalled edition, or put a mended one with a new version in its place",
    "numbers": "put back what is missing, or lower the least number and have that signed",
}
SHOWN = 5
"""How many reasons of a check are listed."""


def render(result: Result, style: Style = PLAIN) -> str:
    """Return the verdict and what it rests on."""
    body = record(result.get("gate"))
    page = Page(style)
    _add_verdict(page, result, body)
    found = items(body["checks"])
    _add_blocking(page, result, [one for one in found if one["result"] in ("failed", "not_decided")])
    add_signoff(page, body, said(record(result["options"])["against"]))
    _add_changes(page, body)
    _add_checks(page, found)
    page.heading("Limits")
    for limit in words(result["limits"])[:3]:
        page.item("-", limit, indent=2)
    page.item("-", "redflag diff --against REV tells what comparisons do not say.", indent=2)
    page.blank()
    page.line(NOT_FOR_CARE, colour=DIM)
    return page.text()


def _add_verdict(page: Page, result: Result, body: Result) -> None:
    mark, colour = VERDICTS[said(body["verdict"])]
    page.item(f"{mark} {said(body['verdict'])}:", said(body["sentence"]), hang=2, colour=colour)
    options = record(result["options"])
    asked, commit = said(options["against"]), said(body["old_revision"])
    against = commit[:12] if commit.startswith(asked) else f"{asked} ({commit[:12]})"
    page.line(f"judged: the working files against {against}, on {said(options['now'])}", indent=2, colour=DIM)
    wrote = words(record(body["signoff"])["authors"])
    if wrote or items(record(body["signoff"])["items"]):
        page.line(f"written by: {', '.join(wrote) or 'not known'}", indent=2, hang=2, colour=DIM)


def _add_blocking(page: Page, result: Result, found: list[Result]) -> None:
    for outcome, heading in (("failed", "What blocks"), ("not_decided", "What was not decided")):
        group = [one for one in found if one["result"] == outcome and one["name"] != "signoff"]
        if group:
            page.heading(heading)
        for one in group:
            mark, colour = MARKS[outcome]
            page.item(mark, f"{said(one['title'])}: {said(one['actual'])}", indent=2, colour=colour)
            _add_reasons(page, words(one["reasons"]))
            if outcome == "failed" and one["name"] in HELP:
                page.item("help:", HELP[said(one["name"])], indent=4, colour=DIM)


def _add_reasons(page: Page, reasons: list[str]) -> None:
    for reason in reasons[:SHOWN]:
        page.item("-", reason, indent=4)
    if len(reasons) > SHOWN:
        page.line(f"and {len(reasons) - SHOWN} more (--format json has all)", indent=6, colour=DIM)


def _add_changes(page: Page, body: Result) -> None:
    """Add what was touched: pairs that are proved equal, and what in others changes nothing for anybody."""
    page.heading("Guidelines")
    diffs = items(body["diffs"])
    for change in items(body["guidelines"]):
        position = change["diff"]
        if not isinstance(position, int):
            words_of = {"first": "is new", "removed": "is taken away"}.get(said(change["kind"]), "was not compared")
            page.item("·", f"{said(change['new']) or said(change['old'])} {words_of}", indent=2)
            continue
        diff = diffs[position]
        equal = diff["equivalent"] is True
        page.item("✔" if equal else "·", said(diff["verdict"]), indent=2, colour=GREEN if equal else "")
        for edit in items(diff["unchanged_edits"]):
            rule = said(edit["new_rule"]) or said(edit["old_rule"])
            page.item(
                "✔", f"{rule}: {', '.join(words(edit['what']))}; proved to change nothing", indent=4, colour=GREEN
            )
    unchanged = words(body["unchanged"])
    if unchanged:
        page.line(f"not touched: {', '.join(unchanged)}", indent=2, hang=2, colour=DIM)


def _add_checks(page: Page, found: list[Result]) -> None:
    page.heading("All checks")
    width = max(len(said(one["title"])) for one in found)
    for one in found:
        mark, colour = MARKS[said(one["result"])]
        page.item(f"{mark} {said(one['title']).ljust(width)} ", said(one["actual"]), indent=2, colour=colour)
        if one["result"] == "noted":
            _add_reasons(page, words(one["reasons"]))
