"""`redflag mutate` in Markdown: the numbers, the survivors with who gets another outcome, and what is exempted."""

import re

from redflag_kit.report.html_read import Json, body, member, objects, text
from redflag_kit.report.markdown_blocks import head, limits, message_parts, rows_of
from redflag_kit.report.markdown_text import code, escaped
from redflag_kit.report.mutate_view import MARKS, listed, next_step, outcome_lines, percent, place, totals_words

HEADS = ("", "mutants", "killed", "proved equivalent", "exempted", "survived", "not decided", "score")
KEYS = ("mutants", "killed", "equivalent", "exempted", "survived", "not_decided")


def mutate_parts(result: Json) -> list[str]:
    """Return the Markdown of `mutate` as blocks."""
    found = body(result)
    rows = [_numbers(text(one.get("guideline")), member(one.get("totals"))) for one in objects(found.get("guidelines"))]
    if len(rows) > 1:
        rows.append(_numbers("all", member(found.get("totals"))))
    since = text(found.get("changed"))
    lines = [
        *head(result, ""),
        *([f"Only what changed since {code(since)} was mutated."] if since else []),
        *rows_of(HEADS, rows, "guidelines"),
    ]
    mutants = listed(result)
    if mutants:
        heads = ("", "guideline", "the fault", "for whom, and what changes")
        lines += ["## Mutants", *rows_of(heads, [_mutant(one) for one in mutants], "mutants")]
    command = next_step(result)
    if command:
        lines.append(f"{code(command)} drafts vignettes that notice them.")
    if objects(result.get("diagnostics")):
        lines += ["## Messages", *message_parts(objects(result.get("diagnostics")))]
    return [*lines, *limits(result)]


def _numbers(name: str, totals: Json) -> tuple[str, ...]:
    return (escaped(name), *(text(totals.get(key)) for key in KEYS), percent(totals.get("score")))


def _mutant(one: Json) -> tuple[str, ...]:
    mark = MARKS[text(one.get("state"))]
    rule = f"<br>{escaped(one.get('rule'))}" if one.get("rule") else ""
    fault = f"{escaped(one.get('sentence'))}<br>{code(place(one))}<br>{code(one.get('id'))}"
    return (f"{mark.symbol} {mark.word}", f"{escaped(one.get('guideline'))}{rule}", fault, strength_words(one))


def strength_words(one: Json) -> str:
    """Return for whom a mutant changes what, or why it does not count, as the cell of a table."""
    witness = text(member(one.get("witness")).get("text"))
    said = [escaped(words) for words in (witness, *outcome_lines(one), text(one.get("reason"))) if words]
    return "<br>".join(said)


def strength_lines(strength: Json) -> list[str]:
    """Return the strength of the vignettes where an edition changed; nothing where it was not measured."""
    if not strength:
        return []
    totals = member(strength.get("totals"))
    if not totals.get("mutants"):
        return ["No rule of the new edition says anything else than before, so there is nothing to put a fault into."]
    lines = [f"Faults put into what changed: {escaped(totals_words(totals))}."]
    for one in objects(strength.get("mutants")):
        mark = MARKS[text(one.get("state"))]
        fault = f"{escaped(one.get('sentence'))} ({code(place(one))})"
        lines.append(f"- {mark.symbol} {mark.word}: {fault}: {strength_words(one).replace('<br>', '; ')}")
    drafts = [fenced(text(one.get("draft"))) for one in objects(strength.get("mutants")) if one.get("draft")]
    return [*lines, *(["**Drafted vignettes, their outcomes to be filled in**"] if drafts else []), *drafts]


def fenced(yaml: str) -> str:
    """Return authored text as a block of code in which nothing is markup, however many backticks it has."""
    longest = max((len(run) for run in re.findall("`+", yaml)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}yaml\n{yaml.rstrip()}\n{fence}"
