"""`redflag approve` as text: what was written, where the change stands, and the records."""

from redflag_kit.report.json import Result
from redflag_kit.report.text import DIM, GREEN, PLAIN, RED, YELLOW, Page, Style, count, items, record, said, words
from redflag_kit.report.text_diagnostics import add_not_decided
from redflag_kit.report.text_signoff import add_standing

RECORDS = {
    "counts": ("✔", GREEN),
    "conditional": ("?", YELLOW),
    "expired": ("?", YELLOW),
    "future": ("?", YELLOW),
    "withdrawn": ("–", ""),
}
DECISIONS = {"approve": "approved", "reject": "rejected", "violation": "recalled"}
SHOWN = 6
FINDINGS = 1


def render(result: Result, style: Style = PLAIN) -> str:
    """Return what was done, or the records and what they come to."""
    found = record(result.get("approve"))
    page = Page(style)
    for path in words(found["written"]):
        page.item("wrote", path, colour=GREEN)
    if found["action"] in ("add", "review", "violation", "withdraw"):
        _add_signer(page, result, found)
    records = items(found["records"])
    if found["action"] == "verify":
        _add_verdict(page, result, records)
        records = [one for one in records if one["state"] != "counts"]
    for one in records:
        page.blank()
        _add_record(page, one)
    if not records and found["action"] == "list":
        page.line("there is no sign-off record")
    if found["signoff"] is not None:
        page.heading("Where the change stands")
        add_standing(page, record(found["signoff"]))
    add_not_decided(page, result)
    if words(result["limits"]):
        page.heading("Limits")
    for limit in words(result["limits"]):
        page.item("-", limit, indent=2)
    return page.text()


def _add_signer(page: Page, result: Result, found: Result) -> None:
    summary = record(result["summary"])
    if not words(found["written"]):
        page.line("nothing was decided, so nothing was written")
        return
    where = " (as git knows you; --who names somebody else)" if summary.get("who_from") == "git" else ""
    page.item("who", f"{said(summary['who'])}{where}", hang=6)
    page.item("as", said(summary["role"]), hang=6)
    page.item("on", said(found["date"]), hang=6)


def _add_verdict(page: Page, result: Result, records: list[Result]) -> None:
    many = count(len(records), "sign-off record")
    if result["exit_code"] == FINDINGS:
        page.item("✘ faulty:", f"{many}, with the errors that are told beside this", colour=RED)
    elif result["exit_code"]:
        page.item("? sound:", f"{many}, but not everything could be compared with them", colour=YELLOW)
    else:
        page.item("✔ sound:", many, colour=GREEN)


def _add_record(page: Page, one: Result) -> None:
    """Add a record: its day and decision, then who and why, what it covers, and where it stands."""
    held = record(one["record"])
    mark, colour = RECORDS.get(said(one["state"]), ("?", YELLOW))
    new = said(one["new"]) or ("removed" if one["old"] else "")
    editions = " → ".join(filter(None, (said(one["old"]), new)))
    what = " ".join(filter(None, (said(one["guideline"]) or "the project", editions or said(one["versions"]))))
    state = "" if one["state"] == "counts" else f" ({said(one['state'])} {said(one['reason'])})"
    decision = DECISIONS.get(said(held["decision"]), said(held["decision"]))
    if held["decision"] == "reject" and not held["covers"]:
        decision = "took back records on"
    page.item(mark, f"{said(held['date'])} {decision} {what}{state}", hang=2, colour=colour)
    page.item("who", f"{said(held['who'])} as {said(held['role'])}", indent=2, hang=9)
    page.item("why", said(held["rationale"]), indent=2, hang=9)
    for condition in items(held["conditions"]):
        met = f" (met: {said(condition['met'])})" if condition["met"] else ""
        page.item("if", f"{said(condition['text'])}{met}", indent=2, hang=9)
    if held["expires"]:
        page.item("until", said(held["expires"]), indent=2, hang=9)
    covered = words(one["what"])
    for mark, sentence in zip(["covers", *[""] * SHOWN], covered[:SHOWN], strict=False):
        page.item(mark, sentence, indent=2, hang=9)
    if len(covered) > SHOWN:
        page.line(f"and {len(covered) - SHOWN} more", indent=11)
    if words(one["withdraws"]):
        page.item("takes back", ", ".join(words(one["withdraws"])), indent=2)
    page.line(f"{said(held['file'])}", indent=2, hang=2, colour=DIM)
