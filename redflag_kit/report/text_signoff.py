"""Where a change stands with those who must sign it, as text."""

from collections.abc import Callable

from redflag_kit.report.json import Result
from redflag_kit.report.text import BOLD, DIM, GREEN, RED, YELLOW, Page, count, items, said, words

# state of a change -> mark, colour; the order is that of the list
STATES = {
    "rejected": ("✘ rejected", RED),
    "open": ("? open", YELLOW),
    "expired": ("? expired", YELLOW),
    "conditional": ("? conditional", YELLOW),
    "unknown": ("? not decided", YELLOW),
    "approved": ("✔ approved", GREEN),
    "not_required": ("– no signature needed", ""),
}
QUIET = ("approved", "not_required")
SHOWN = 12


def add_standing(page: Page, signoff: Result) -> None:
    """Add the changes by their state, worst first, and what is stale."""
    _add_states(page, items(signoff["items"]), lambda one: True)
    if words(signoff["missing"]):
        page.line(f"still to approve: {', '.join(words(signoff['missing']))}", indent=2, hang=2)
    _add_stale(page, signoff)


def add_summary(page: Page, signoff: Result) -> None:
    """Add how many changes are in which state, and what records say of those that are not approved."""
    _add_states(page, items(signoff["items"]), lambda one: bool(words(one["records"])))
    if words(signoff["missing"]):
        page.line(f"asked for: {', '.join(words(signoff['missing']))}", indent=2, hang=2)
    _add_stale(page, signoff)


def _add_states(page: Page, found: list[Result], is_named: Callable[[Result], bool]) -> None:
    for state, (mark, colour) in STATES.items():
        own = [one for one in found if one["state"] == state]
        if own:
            page.item(f"{mark}:", count(len(own), "change"), indent=2, hang=4, colour=colour)
        if state not in QUIET:
            _add_items(page, list(filter(is_named, own)))
    if not found:
        page.line("nothing changed that could be signed", indent=2)


def _add_items(page: Page, found: list[Result]) -> None:
    for one in found[:SHOWN]:
        _add_item(page, one)
    if len(found) > SHOWN:
        page.line(f"and {len(found) - SHOWN} more (JSON has them)", indent=4)


def _add_item(page: Page, one: Result) -> None:
    page.line(said(one["sentence"]), indent=4, hang=2, colour=BOLD)
    for reason in words(one["reasons"]) if words(one["records"]) else ():
        page.line(reason, indent=6, hang=2)
    page.item("id", said(one["id"]), indent=6, hang=4, colour=DIM)


def _add_stale(page: Page, signoff: Result) -> None:
    for one in items(signoff["stale"]):
        text = f"{said(one['what'])}: not changed (any more), and {said(one['record'])} approves it"
        page.item("– stale:", text, indent=2, hang=4)
