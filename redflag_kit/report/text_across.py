"""Where guidelines disagree, as text: the matrix pair by pair, then the gravest groups with patient and rules."""

from redflag_kit.report import across_view as view
from redflag_kit.report.html_read import member, members, number, objects, text
from redflag_kit.report.json import Result
from redflag_kit.report.text import (
    BOLD,
    DIM,
    GREEN,
    NOT_FOR_CARE,
    RED,
    YELLOW,
    Page,
    Style,
    count,
    items,
    record,
    said,
    words,
)
from redflag_kit.report.text_diagnostics import add_not_decided

COLOURS = {"refuted": RED, "moved": YELLOW}
NAMED = 8
"""Groups told in full where several pairs are compared; one pair has all of them."""
RULES = 4
LONG = 400


def render_across(result: Result, style: Style) -> str:
    """Return the whole comparison of guidelines."""
    page = Page(style)
    found = record(result.get("diff"))
    pairs = items(found["pairs"])
    groups = view.ranked(found)
    mark, colour = ("✘ they disagree:", RED) if groups else ("✔ compared:", GREEN)
    page.item(mark, said(found["verdict"]), 0, 2, colour)
    if items(result["not_decided"]):
        page.blank()
        add_not_decided(page, result)
    page.heading("Guidelines")
    for one in items(found["guidelines"]):
        titles = "; ".join(said(part["title"]) for part in items(one["parts"]))
        page.item(said(one["name"]), titles, indent=2, hang=2)
    page.heading("Pair by pair")
    for pair in (one for one in pairs if items(one["cells"])):
        _add_pair(page, pair)
    page.line(view.without_common_outputs(found), indent=2, hang=2, colour=DIM)
    shown = groups if len(pairs) == 1 else groups[:NAMED]
    if shown:
        page.heading("Disagreements, gravest first")
    for group in shown:
        _add_group(page, group)
    if len(groups) > len(shown):
        page.line(f"{len(groups) - len(shown)} more groups in the full report (--report html=FILE)", colour=DIM)
    if len(pairs) == 1:
        _add_alone(page, pairs[0])
    page.heading("Limits and assumptions")
    for limit in (*words(found["assumptions"]), *words(result["limits"])):
        page.item("-", limit, indent=2)
    page.blank()
    page.line(NOT_FOR_CARE, colour=DIM)
    return page.text()


def _add_pair(page: Page, pair: Result) -> None:
    page.item(view.pair_name(pair), "", indent=2, colour=BOLD)
    cells = items(pair["cells"])
    for cell in cells:
        state = said(cell["state"])
        if state != "disagree":
            page.item(f"{said(cell['label'])}:", view.cell_words(cell), indent=4, hang=2)
            continue
        symbol = view.kind_mark(cell["worst"]).symbol
        told = f"{view.cell_words(cell)}: {said(cell['words'])}"
        page.item(f"{symbol} {said(cell['label'])}:", told, indent=4, hang=2)
    alone = items(pair["left_alone"])
    if alone:
        silent = sum(one["advises"] == "for" for one in alone)
        told = f"{count(len(alone), 'group')} of patients hear one of them only"
        page.line(f"{told}, {silent} of them advice to do something", indent=4, hang=2, colour=DIM)


def _add_group(page: Page, one: view.RankedGroup) -> None:
    group = one.data
    mark = view.kind_mark(group.get("kind"))
    page.blank()
    head = f"{mark.symbol} {mark.word}, {view.steps_words(number(group.get('steps')))}:"
    page.item(f"{one.place}. {head}", view.group_title(group), hang=3, colour=COLOURS.get(mark.key, ""))
    for side in ("a", "b"):
        name, rules = text(group.get(f"{side}_guideline")), objects(group.get(f"{side}_rules"))
        page.item(f"{name}:", text(group.get(f"{side}_words")), indent=3, hang=2)
        for rule in rules[:RULES]:
            page.line(view.rule_words(rule), indent=5, hang=2)
        if len(rules) > RULES:
            page.line(f"and {count(len(rules) - RULES, 'more rule')}", indent=5, colour=DIM)
    page.item("who:", _shortened(text(member(group.get("region")).get("text"))), indent=3, hang=2)
    page.item("patient:", text(member(group.get("witness")).get("text")), indent=3, hang=2)
    rests = members(group.get("assumptions"))
    if rests:
        page.item("rests on:", f"{rests[0]}{_more(len(rests) - 1)}", indent=3, hang=2, colour=DIM)


def _more(number: int) -> str:
    return f" (and {count(number, 'more assumption')} in the full report)" if number else ""


def _add_alone(page: Page, pair: Result) -> None:
    alone = items(pair["left_alone"])
    once = view.covered_once_words(pair)
    if not alone and not once:
        return
    page.heading("Who hears only one of them (no disagreement in level)")
    for one in alone:
        page.item("-", said(one["sentence"]), indent=2)
        page.item("who:", _shortened(said(record(one["region"])["text"])), indent=4, hang=2)
        page.item("patient:", said(record(one["witness"])["text"]), indent=4, hang=2)
    for line in once:
        page.item("-", line, indent=2)


def _shortened(region: str) -> str:
    return region if len(region) <= LONG else f"{region[:LONG].rsplit(' ', 1)[0]} ... (whole in the full report)"
