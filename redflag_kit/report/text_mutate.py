"""`redflag mutate` as text: a line of numbers per guideline, the mutants that were not noticed, and what to do next."""

from redflag_kit.report.json import Result
from redflag_kit.report.mutate_view import (
    MARKS,
    killers,
    listed,
    next_step,
    outcome_lines,
    percent,
    place,
    totals_words,
)
from redflag_kit.report.text import (
    BOLD,
    DIM,
    GREEN,
    PLAIN,
    RED,
    YELLOW,
    Page,
    Style,
    cells,
    items,
    number,
    record,
    said,
)
from redflag_kit.results.mutate import EQUIVALENT, EXEMPTED, KILLED, NOT_DECIDED, SURVIVED

COLUMNS = (
    ("", "mutants", "mutants"),
    ("", "killed", KILLED),
    ("proved", "equal", EQUIVALENT),
    ("", "exempted", EXEMPTED),
    ("", "survived", SURVIVED),
    ("not", "decided", NOT_DECIDED),
)
SCORE = "  score"
COLOURS = {SURVIVED: RED, NOT_DECIDED: YELLOW, KILLED: GREEN}
NARROWEST = 72
"""A page with fewer columns has sentences instead of a table."""


def render(result: Result, style: Style = PLAIN) -> str:
    """Return the numbers, the mutants that are listed, worst first, and the next step."""
    page = Page(style)
    body = record(result.get("mutate"))
    guidelines = items(body.get("guidelines"))
    rows = [(said(one["guideline"]), record(one["totals"])) for one in guidelines]
    if len(rows) > 1:
        rows.append(("all", record(body.get("totals"))))
    if style.width < NARROWEST:
        for name, totals in rows:
            page.line(f"{name}: {totals_words(totals)}", hang=2)
    elif rows:
        _add_table(page, rows)
    for one in listed(result):
        page.blank()
        _add_mutant(page, dict(one))
    page.blank()
    _add_verdict(page, result, body)
    return page.text()


def _add_table(page: Page, rows: list[tuple[str, Result]]) -> None:
    widths = [max(len(top), len(word)) for top, word, _ in COLUMNS] + [len(SCORE)]
    longest = max(cells(name) for name, _ in rows)
    gap = "  " if longest + sum(widths) + 2 * len(widths) <= page.style.width else " "
    width = min(longest, page.style.width - sum(widths) - len(gap) * len(widths))
    for head, values in (("", [top for top, _, _ in COLUMNS]), ("guideline", [word for _, word, _ in COLUMNS])):
        score = "score" if head else ""
        page.lines.append(page.paint(_row(head[:width].ljust(width), [*values, score], widths, gap), BOLD))
    for name, totals in rows:
        name = page.clean(name)
        if cells(name) > width:
            page.lines.append(name)
            name = ""
        values = [*(str(number(totals.get(key))) for _, _, key in COLUMNS), page.clean(percent(totals.get("score")))]
        page.lines.append(_row(name + " " * (width - cells(name)), values, widths, gap))


def _row(name: str, values: list[str], widths: list[int], gap: str) -> str:
    return gap.join([name, *(value.rjust(one) for value, one in zip(values, widths, strict=True))]).rstrip()


def _add_mutant(page: Page, one: Result) -> None:
    """Add a mutant: the fault in a sentence, where it was made, and what became of it."""
    state = said(one["state"])
    mark = MARKS[state]
    page.item(f"{mark.symbol} {mark.word}:", said(one["sentence"]), hang=2, colour=COLOURS.get(state, DIM))
    page.line(f"{said(one['guideline'])}, {place(one)}", indent=2, hang=2)
    page.line(f"{said(one['operator'])}, id {said(one['id'])}", indent=2, hang=2)
    witness = record(one["witness"])
    if witness:
        page.item("patient" if witness.get("complete", True) else "case", said(witness["text"]), indent=2, hang=9)
        for line in outcome_lines(one):
            page.item("changes", line, indent=2, hang=9)
    if said(one["reason"]):
        page.item("because", said(one["reason"]), indent=2, hang=9)
    if one["killed_by"]:
        page.item("by", killers(one), indent=2, hang=9)


def _add_verdict(page: Page, result: Result, body: Result) -> None:
    """Add what it all comes to, what fell short of the floor, and the next step."""
    totals = record(body.get("totals"))
    left = number(totals.get(SURVIVED)) + number(totals.get(NOT_DECIDED))
    since = f" of what changed since {said(body['changed'])}" if said(body.get("changed")) else ""
    text = f"{totals_words(totals)}{since}"
    if left:
        page.item("✘ not all noticed:", text, hang=2, colour=RED if number(totals.get(SURVIVED)) else YELLOW)
    else:
        page.item("✔ all noticed:", text, hang=2, colour=GREEN)
    floor = said(record(result["options"]).get("fail_under"))
    short = [said(one["guideline"]) for one in items(body.get("guidelines")) if said(one.get("floor")) == "missed"]
    unsure = [said(one["guideline"]) for one in items(body.get("guidelines")) if said(one.get("floor")) == "open"]
    if short:
        page.item("✘ below the floor:", f"{percent(floor)} is not reached by {', '.join(short)}", hang=2, colour=RED)
    if unsure:
        page.item("? floor not decided:", f"{percent(floor)} by {', '.join(unsure)}", hang=2, colour=YELLOW)
    command = next_step(result)
    if command:
        page.line(f"{command} drafts vignettes that notice them", hang=2)


def add_strength(page: Page, strength: Result) -> None:
    """Add the strength of the vignettes where an edition changed; nothing where it was not measured."""
    if not strength:
        return
    page.heading("Strength of the vignettes where rules changed")
    totals = record(strength.get("totals"))
    page.line(totals_words(totals) if totals.get("mutants") else "no rule says anything else than before", indent=2)
    for one in items(strength.get("mutants")):
        state = said(one["state"])
        mark = MARKS[state]
        page.item(
            f"{mark.symbol} {mark.word}:", f"{said(one['sentence'])} ({place(one)})", 2, 2, COLOURS.get(state, DIM)
        )
        witness = record(one["witness"])
        if witness:
            page.line("; ".join([said(witness["text"]), *outcome_lines(one)]), indent=4, hang=2)
