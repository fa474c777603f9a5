"""`redflag trace` in Markdown: what is broken, a matrix per edition, the hazards and the risk matrix."""

from redflag_kit.report.html_read import Json, body, members, objects, text
from redflag_kit.report.markdown_blocks import head, limits, message_parts, rows_of
from redflag_kit.report.markdown_text import bullets, code, escaped, table
from redflag_kit.report.trace_view import (
    COLUMNS,
    broken,
    claims_of,
    control_name,
    name_of,
    sources_of,
    standing,
    tally,
)

NAMED = 4
"""Vignettes and properties of one cell that a comment names; the rest is counted."""


def trace_parts(result: Json) -> list[str]:
    """Return the Markdown of `trace` as blocks."""
    found = body(result)
    messages = [one for one in objects(result.get("diagnostics")) if one.get("severity") != "info"]
    lines = [*head(result, ""), *(["## Broken links", *message_parts(messages)] if messages else [])]
    hazards = [_hazard(one) for one in objects(found.get("hazards"))]
    if hazards:
        headings = ("hazard", "severity", "risk without controls", "with controls", "controls in force")
        lines += ["## Hazards", *rows_of(headings, hazards, "hazards")]
    for matrix in objects(found.get("matrices")):
        lines += _matrix(matrix)
    lines += ["**The columns of the matrices**", bullets(f"{name}: {escaped(meaning)}" for name, meaning in COLUMNS)]
    for guideline in objects(found.get("guidelines")):
        title = f"{name_of(guideline)} {text(guideline.get('title'))}"
        lines += [f"## {escaped(title)}", escaped(f"{standing(guideline)}; in brackets: how many")]
        lines += rows_of(
            tuple(name for name, _ in COLUMNS), [_rule(r) for r in objects(guideline.get("rules"))], "rules"
        )
    uncited = [text(one.get("id")) for one in objects(found.get("uncited"))]
    if uncited:
        lines += ["## Sources that nothing cites", escaped(", ".join(uncited), 2_000)]
    return [*lines, *limits(result)]


def _rule(rule: Json) -> tuple[str, ...]:
    faults = "".join(f"<br>✕ {escaped(one)}" for one in broken(rule))
    return (
        f"{escaped(rule.get('id'))}<br>{escaped(rule.get('title'))}{faults}",
        escaped(", ".join((*sources_of(rule), *claims_of(rule))) or "none"),
        _some(rule.get("fires")),
        _some(rule.get("may")),
        _some([text(one.get("vignette")) for one in objects(rule.get("missed"))]),
        _some(rule.get("properties")),
        escaped(", ".join(text(one) for one in members(rule.get("hazards"))) or "–"),
    )


def _some(names: object) -> str:
    found = [text(one) for one in members(names)]
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return f"({len(found)}) {escaped(', '.join(found[:NAMED]))}{more}" if found else "–"


def _hazard(hazard: Json) -> tuple[str, ...]:
    idle = [control_name(one) for one in objects(hazard.get("controls")) if not one.get("in_force")]
    return (
        f"{escaped(hazard.get('id'))}<br>{escaped(hazard.get('title'))}",
        escaped(hazard.get("severity")),
        escaped(f"{text(hazard.get('initial_risk'))} ({text(hazard.get('likelihood_before'))} likelihood)"),
        escaped(f"{text(hazard.get('residual_risk'))} ({text(hazard.get('likelihood_after'))} likelihood)"),
        escaped(tally(hazard)) + (f"<br>{escaped('; '.join(idle))}" if idle else ""),
    )


def _matrix(matrix: Json) -> list[str]:
    likelihood = [escaped(one) for one in members(matrix.get("likelihood"))]
    severity = [escaped(one) for one in members(matrix.get("severity"))]
    rows = [[escaped(cell) for cell in members(row)] for row in members(matrix.get("rows"))]
    cited = ", ".join(text(one) for one in members(matrix.get("cite")))
    return [
        f"## Risk matrix, {code(matrix.get('vocabulary'))}",
        table(["severity", *likelihood], [[name, *row] for name, row in zip(severity, rows, strict=False)]),
        bullets(escaped(one) for one in members(matrix.get("classes"))),
        escaped(f"{text(matrix.get('judgement'))} Source of the matrix: {cited}.", 1_000),
    ]
