"""One change as a reviewer is asked about it: the sentence, who, an example, rules, evidence, hazards and vignettes."""

from collections.abc import Iterable, Mapping

from redflag_kit.report.json import Result, plain_body
from redflag_kit.report.text import BOLD, DIM, Page, Style, items, said
from redflag_kit.report.text_diff import add_classes
from redflag_kit.results.diff import DiffBody
from redflag_kit.results.signoff import SignoffItem

Card = tuple[Result, Result]
"""A change class, and the comparison that it belongs to."""


def cards_of(diffs: Iterable[DiffBody]) -> Mapping[tuple[str, str], Card]:
    """Return the change classes of some comparisons by the edition they lead to and their id."""
    found: dict[tuple[str, str], Card] = {}
    for body in diffs:
        whole = plain_body(body)
        for one in items(whole["changes"]):
            found[body.new, said(one["id"])] = (one, whole)
    return found


def render_card(item: SignoffItem, card: Card | None, style: Style) -> str:
    """Return a change in full; one that is no change class is said in a sentence."""
    page = Page(style)
    page.line(" → ".join(filter(None, (item.old, item.new))), colour=DIM)
    if card is None:
        page.line(item.sentence, indent=3, hang=2, colour=BOLD)
        page.item("id", item.id, indent=3, hang=9)
    else:
        add_classes(page, "", [card[0]], card[1])
    for reason in item.reasons if item.records else ():
        page.item("so far", reason, indent=3, hang=9)
    return page.text()
