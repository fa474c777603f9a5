"""The default audit and the must-assess list in Markdown."""

from redflag_kit.report.html_read import Json, member, members, objects, text
from redflag_kit.report.html_words import HIDES, mark, plain
from redflag_kit.report.markdown_text import bullets, code, escaped, table

_ROWS = 60


def audit_parts(found: Json) -> list[str]:
    """Return what assumptions hide and what must be assessed, as blocks; nothing where nothing is assumed."""
    audits = objects(found.get("default_audit"))
    if not audits:
        return []
    rows = [row for one in audits for row in _rows(one)]
    more = [f"**{len(rows) - _ROWS} more rows in the full report.**"] if len(rows) > _ROWS else []
    lists = [_must_assess(one) for one in objects(found.get("must_assess"))]
    heads = ("assumed, where nothing is known", "hides", "for whom", "with it", "without it")
    return ["## What assumptions hide", table(heads, rows[:_ROWS]), *more, "## What must be assessed", bullets(lists)]


def _rows(audit: Json) -> list[tuple[str, ...]]:
    verdict = mark(HIDES, text(audit.get("hides")))
    name = f"{escaped(audit.get('label'))}: {escaped(audit.get('value'))} ({escaped(audit.get('guideline'))})"
    shown = f"{verdict.symbol} {verdict.word}"
    outputs = objects(audit.get("outputs"))
    if not outputs:
        return [(name, shown, "", "", "")]
    return [
        (
            name,
            f"{shown}<br>{escaped(one.get('label'))}",
            f"{escaped(member(one.get('region')).get('text'), 500)}"
            f"<br>Example: {escaped(member(one.get('witness')).get('text'), 300)}",
            escaped(one.get("assumed_text")),
            escaped(one.get("unassumed_text")),
        )
        for one in outputs
    ]


def _must_assess(one: Json) -> str:
    asked = zip(members(one.get("questions")), members(one.get("findings")), strict=True)
    names = "; ".join(f"{escaped(question)} ({code(name)})" for question, name in asked)
    return f"{escaped(plain(text(one.get('guideline'))))}: {names or 'nothing: no assumption hides anything'}"
