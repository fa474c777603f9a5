"""`redflag explain` as text: what holds for one patient, why, what is open, and what to ask next."""

from redflag_kit.report.json import Result
from redflag_kit.report.question_words import answers_words, is_exact
from redflag_kit.report.revision_words import revision_words
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
    number,
    record,
    said,
    words,
)

ASKED = 8
OPEN_RULES = 15
STATES = {"yes": "✔ yes", "no": "✘ no", "open": "? open"}


def render(result: Result, style: Style = PLAIN) -> str:
    """Return the explanation of a case."""
    page = Page(style)
    found = record(result.get("explain"))
    if not found:
        page.item("✘ not explained:", "what is stated of the patient cannot all be true", hang=2)
        return page.text()
    page.line(f"{said(found['guideline'])}@{said(found['version'])}  {said(found['title'])}", colour=BOLD)
    if read := revision_words(result):
        page.line(read, colour=DIM)
    page.blank()
    add_patient(page, words(found["in_words"]), result)
    for one in words(found["withdrawn"]):
        page.line(f"not taken as normal, since it contradicts the rest: {one}", indent=2, hang=2)
    _add_outcomes(page, found)
    _add_scope(page, found)
    _add_rules(page, found)
    _add_questions(page, found)
    _add_assumed(page, found)
    page.blank()
    page.line(NOT_FOR_CARE, colour=DIM)
    return page.text()


def add_patient(page: Page, phrases: list[str], result: Result) -> None:
    """Add what is known of the patient, in words."""
    summary = record(result["summary"])
    title, name = said(summary.get("title")), said(summary.get("case"))
    page.line(f"Patient {name}: {title}" if title else f"Patient {name}" if name != "case" else "Patient", colour=BOLD)
    page.line(", ".join(phrases) or "nothing is known", indent=2)
    if record(result["options"]).get("unmentioned") == "absent":
        page.line("every other finding is at its normal value", indent=2)


def _add_outcomes(page: Page, found: Result) -> None:
    page.heading("Outcome")
    for one in items(found["outcomes"]):
        add_outcome(page, one, indent=2)


def _add_scope(page: Page, found: Result) -> None:
    """Say what of the scope is not met, where the guideline is not, or perhaps not, for this patient."""
    headings = {
        "no": "Not for this patient (out of scope), as not all of this holds",
        "open": "Perhaps not for this patient (scope not settled), as all of this has to hold",
    }
    heading = headings.get(said(found["in_scope"]))
    if heading:
        page.heading(heading)
        for condition in items(found["scope_missed"]):
            _add_condition(page, condition)


def add_outcome(page: Page, one: Result, indent: int) -> None:
    """Add one output with what it is, or what it can be."""
    mark, colour = ("✔ decided", GREEN) if one["decided"] else ("? undecided", YELLOW)
    page.item(mark, f"{said(one['label'])}: {said(one['text'])}", indent, hang=13, colour=colour)


def _add_rules(page: Page, found: Result) -> None:
    rules = items(found["rules"])
    fired = [one for one in rules if one["state"] == "fires"]
    page.heading("Rules that fire" if fired else "No rule fires for certain")
    for one in fired:
        add_rule(page, one)
    suppressed = [one for one in rules if one["state"] == "suppressed"]
    if suppressed:
        page.heading("Rules set aside by an exception")
    for one in suppressed:
        by = ", ".join(words(one["suppressed_by"]))
        page.item(said(one["id"]), f"{said(one['title'])} (set aside by {by})", indent=2, hang=4)
    _add_open_rules(page, [one for one in rules if one["state"] == "open"])


def add_rule(page: Page, one: Result) -> None:
    """Add a rule with what it writes, its conditions with the values under each, and its evidence."""
    page.item(said(one["id"]), said(one["title"]), indent=2, hang=4)
    page.item("then", said(one["writes"]), indent=4, hang=9)
    conditions = items(one["conditions"])
    if one["state"] == "fires" and any(condition["state"] != "yes" for condition in conditions):
        page.item("when", "enough of these hold:", indent=4, hang=9)
    for condition in conditions:
        _add_condition(page, condition)
    if one["evidence"]:
        page.item("source", said(one["evidence"]), indent=4, hang=9)
    page.item("at", f"{said(one['file'])}:{number(one['line'])}", indent=4, hang=9, colour=DIM)


def _add_condition(page: Page, condition: Result) -> None:
    state = STATES.get(said(condition["state"]), said(condition["state"]))
    text, value = said(condition["text"]), said(condition["value"])
    page.item(state, text if value in ("", text) else f"{text} [{value}]", indent=4, hang=9)


def _add_open_rules(page: Page, rules: list[Result]) -> None:
    if not rules:
        return
    page.heading(f"Rules that stay open ({len(rules)})")
    width = min(20, max(cells(said(one["id"])) for one in rules))
    for one in rules[:OPEN_RULES]:
        page.item(said(one["id"]), said(one["title"]), indent=2, hang=width + 2)
    if len(rules) > OPEN_RULES:
        page.line(f"{len(rules) - OPEN_RULES} more", indent=2)


def _add_questions(page: Page, found: Result) -> None:
    asked = items(found["ask_next"])
    if not asked:
        return
    labels = {said(one["output"]): said(one["label"]) for one in items(found["outcomes"])}
    page.heading("Ask next")
    for position, one in enumerate(asked[:ASKED], 1):
        outputs = words(one["can_change"])
        can = "every output" if len(outputs) == len(labels) else ", ".join(labels.get(o, o) for o in outputs)
        text = f"{said(one['question'])} [can change: {can}; write {said(one['finding'])}=...]"
        page.item(f"{position}.", text, indent=2, hang=3)
    if len(asked) > ASKED:
        page.line(f"{len(asked) - ASKED} more", indent=2)
    names = {said(one["finding"]): said(one.get("label")) for one in asked}
    _add_worst_case(page, record(found["questions_worst_case"]), labels, names)


def _add_worst_case(page: Page, worst: Result, labels: dict[str, str], names: dict[str, str]) -> None:
    """Add how many answers settle everything and, where outputs differ, how many settle each."""
    several = number(worst["upper"]) > 1
    first = said(worst["first"])
    start = f", if you begin with: {names.get(first) or first}" if several else ""
    fewest = " No order of questions always needs fewer." if several and is_exact(worst) else ""
    page.line(f"Settled {answers_words(worst)}, whatever the answers are{start}.{fewest}", indent=2)
    by_output = items(worst["by_output"])
    many = [answers_words(one) for one in by_output]
    for words_of in dict.fromkeys(many) if len(set(many)) > 1 else ():
        alike = [labels[said(one["output"])] for one, own in zip(by_output, many, strict=True) if own == words_of]
        page.item(f"{words_of}:", ", ".join(alike), indent=4, hang=2)


def _add_assumed(page: Page, found: Result) -> None:
    pivotal = items(found["pivotal_assumptions"])
    if pivotal:
        page.heading("Assumed because nothing is known, and it matters")
    for one in pivotal:
        text = f"taken as {said(one['value'])}: {said(one['reason'])} ({said(one['evidence'])})"
        page.item(f"{said(one.get('label')) or said(one['finding'])}:", text, indent=2, hang=4)
    assumptions = record(found["assumptions"])
    if assumptions:
        page.heading("Readings of the source behind this outcome")
    for name, reading in assumptions.items():
        page.item(f"{name}:", said(reading), indent=2, hang=4)
