"""The other commands' results in Markdown."""

from collections.abc import Callable, Sequence

from redflag_kit.report.html_pages import page_context, rules_by_state, verdict_of
from redflag_kit.report.html_read import Json, body, member, members, number, objects, pairs, text
from redflag_kit.report.html_words import PROPERTY_RESULTS, PURPOSE, SEVERITIES, mark, plain
from redflag_kit.report.markdown_audit import audit_parts
from redflag_kit.report.markdown_text import bullets, code, escaped, fitted, table
from redflag_kit.report.question_words import answers_words, is_exact

_PART = 25_000
"""Characters for one list that can grow."""


def _head(result: Json, title: str) -> list[str]:
    context = page_context(result)
    return [f"# {escaped(title or context['title'])}", f"*{PURPOSE}*", f"**{escaped(context['status_words'])}**"]


def _limits(result: Json) -> list[str]:
    limits = members(result.get("limits"))
    return ["## Limits", bullets(escaped(limit, 400) for limit in limits)] if limits else []


def _rows(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]], what: str) -> list[str]:
    """Return a table as far as it fits, and how much is left out."""
    kept, used = [], 0
    for row in rows:
        used += sum(len(cell) + 3 for cell in row)
        if used > _PART:
            break
        kept.append(row)
    more = len(rows) - len(kept)
    return [table(headings, kept), *([f"**{more} more {what} in the full report.**"] if more else [])]


def _messages(result: Json) -> list[str]:
    found = objects(result.get("diagnostics"))
    if not found:
        return ["No message."]
    rows = []
    for one in found:
        weight = mark(SEVERITIES, text(one.get("severity")))
        place = f"{text(one.get('file'))}:{text(one.get('line'))}"
        advice = f"<br>patients: {escaped(one.get('where'))}" if one.get("where") else ""
        if one.get("waived"):
            advice += f"<br>waived: {escaped(one.get('waived'))}"
        elif one.get("help"):
            advice += f"<br>{escaped(one.get('help'))}"
        rows.append(
            (f"{weight.symbol} {weight.word}", code(one.get("code")), escaped(one.get("message")) + advice, code(place))
        )
    return _rows(("weight", "code", "what is so", "where"), rows, "messages")


def check_parts(result: Json) -> list[str]:
    """Return the Markdown of `check` as blocks."""
    found = body(result)
    guidelines = [
        (f"{escaped(g.get('id'))} {escaped(g.get('version'))}", escaped(g.get("title")), escaped(g.get("rules")))
        for g in objects(found.get("guidelines"))
    ]
    return [
        *_head(result, ""),
        "## Messages",
        *_messages(result),
        "## Guidelines",
        *_rows(("guideline", "title", "rules"), guidelines, "guidelines"),
        *_findings(found),
        *_properties(objects(found.get("properties"))),
        *audit_parts(found),
        *_limits(result),
    ]


def _properties(found: list[Json]) -> list[str]:
    rows = [_property(one) for one in found]
    heads = ("property", "guideline", "result", "example")
    return ["## Safety properties", *_rows(heads, rows, "results of properties")] if rows else []


def _property(one: Json) -> tuple[str, ...]:
    shown, known = member(one.get("counterexample")), member(one.get("known"))
    result = mark(PROPERTY_RESULTS, "known" if known and shown else text(one.get("result")))
    example = f"{escaped(shown.get('says'), 400)}<br>Example: {escaped(shown.get('text'), 400)}" if shown else ""
    if known:
        cited = ", ".join(text(key) for key in members(known.get("cite")))
        example += f"<br>Known: {escaped(known.get('reason'), 400)} ({escaped(cited)})"
    cells = (f"{code(one.get('id'))}<br>{escaped(one.get('title'))}", escaped(one.get("guideline")))
    return (*cells, f"{result.symbol} {result.word}", example)


def _findings(found: Json) -> list[str]:
    """Return what was found in the tables, each with an example patient."""
    rows = [
        (
            code(one.get("code")),
            f"{escaped(one.get('guideline'))}: {escaped(one.get('decision'))}",
            escaped(one.get("message")),
            escaped(member(one.get("witness")).get("text") or ""),
        )
        for one in objects(found.get("findings"))
    ]
    if not rows:
        return []
    return ["## Findings in the tables", *_rows(("code", "table", "what is so", "example"), rows, "findings")]


def test_parts(result: Json) -> list[str]:
    """Return the Markdown of `test` as blocks: totals, and every expectation that was not met."""
    found = body(result)
    totals = ", ".join(f"{plain(text(name))}: {value}" for name, value in pairs(found.get("totals")))
    rows = []
    for vignette in objects(found.get("vignettes")):
        name = f"{escaped(vignette.get('id'))} {escaped(vignette.get('title'))}"
        rows += [(name, "", "", escaped(fault), "✕ not run") for fault in members(vignette.get("faults"))]
        for one in objects(vignette.get("results")):
            verdict = verdict_of(one)
            if verdict.key != "passed":
                actual = member(one.get("actual"))
                output = escaped(actual.get("label") or one.get("output"))
                cells = (name, output, escaped(one.get("expected")), escaped(actual.get("text")))
                rows.append((*cells, f"{verdict.symbol} {verdict.word}"))
    lines = [*_head(result, ""), escaped(totals, 500)]
    if rows:
        lines += [
            "## Not as expected",
            *_rows(("vignette", "output", "expected", "came out", ""), rows, "expectations"),
        ]
    else:
        lines.append("Every expectation is met for the reasons given.")
    return [*lines, *_limits(result)]


def _explanation(one: Json) -> list[str]:
    rows = [
        (
            escaped(o.get("label") or o.get("output")),
            escaped(o.get("text")),
            "✓ decided" if o.get("decided") else "? undecided",
            escaped(", ".join(text(rule) for rule in members(o.get("rules")))),
        )
        for o in objects(one.get("outcomes"))
    ]
    asked = [escaped(a.get("question")) for a in objects(one.get("ask_next"))]
    states = [
        f"{m.symbol} {m.word}: {escaped(', '.join(text(r.get('id')) for r in g))}"
        for m, g in rules_by_state(one.get("rules"))
    ]
    return [
        f"## {escaped(one.get('guideline'))} {escaped(one.get('version'))}: {escaped(one.get('title'))}",
        *_rows(("output", "it says", "", "rules"), rows, "outputs"),
        "**Ask next:** " + ("; ".join(asked[:10]) or "nothing, no further answer can change an outcome"),
        *_worst_case(member(one.get("questions_worst_case")) if asked else {}),
        bullets(states),
    ]


def _worst_case(worst: Json) -> list[str]:
    """Return how many answers settle everything, and how many settle each output."""
    if not worst:
        return []
    several = number(worst.get("upper")) > 1
    start = f", if you begin with {code(worst.get('first'))}" if several else ""
    fewest = " No order of questions always needs fewer." if several and is_exact(worst) else ""
    lines = [f"**Settled {answers_words(worst)}**, whatever the answers are{start}.{fewest}"]
    by_output = objects(worst.get("by_output"))
    if len(by_output) > 1:
        lines.append(bullets(f"{escaped(plain(text(o.get('output'))))}: {answers_words(o)}" for o in by_output))
    return lines


def explain_parts(result: Json) -> list[str]:
    """Return the Markdown of `explain` as blocks."""
    found = body(result)
    case = "; ".join(text(phrase) for phrase in members(found.get("in_words"))) or "nothing is known"
    return [*_head(result, ""), f"**The case:** {escaped(case, 1_500)}", *_explanation(found), *_limits(result)]


def compare_parts(result: Json) -> list[str]:
    """Return the Markdown of `compare` as blocks."""
    found = body(result)
    case = "; ".join(text(phrase) for phrase in members(found.get("in_words"))) or "nothing is known"
    differ = objects(found.get("disagreements"))
    lines = [*_head(result, ""), f"**The patient:** {escaped(case, 1_500)}", f"## Where they differ ({len(differ)})"]
    if differ:
        names = [text(name) for name, *_ in pairs(differ[0].get("says"))]
        rows = [
            (escaped(d.get("label") or d.get("output")), *(escaped(said) for _, said, *_ in pairs(d.get("says"))))
            for d in differ
        ]
        lines += _rows(("output", *(escaped(name) for name in names)), rows, "outputs")
    agree = objects(found.get("agreements"))
    lines.append(f"## Where they agree ({len(agree)})")
    lines.append(bullets(f"{escaped(a.get('label'))}: {escaped(a.get('text'))}" for a in agree))
    return [*lines, *_limits(result)]


def show_parts(result: Json) -> list[str]:
    """Return the Markdown of `show` as blocks."""
    found = body(result)
    lines = [
        *_head(result, f"{text(found.get('id'))} {text(found.get('version'))}: {text(found.get('title'))}"),
        bullets(
            [
                f"Publisher: {escaped(found.get('publisher'))}, {escaped(found.get('published'))}",
                f"Status: {escaped(found.get('status'))}",
                f"Intended use: {escaped(found.get('intended_use'))}",
                f"Speaks of patients with: {escaped(found.get('scope'), 600)}",
                f"Covers: {escaped(', '.join(text(o) for o in members(found.get('covers'))), 600)}",
            ]
        ),
    ]
    for one in objects(found.get("tables")):
        lines.append(f"## {escaped(one.get('question') or one.get('id'))}")
        lines += _rows(("rule", "when", "then", "evidence"), [_rule(r) for r in objects(one.get("rules"))], "rules")
    return [*lines, *_limits(result)]


def _rule(rule: Json) -> tuple[str, ...]:
    state = f" ({escaped(plain(text(rule.get('state'))))})" if rule.get("state") not in (None, "runs") else ""
    exceptions = "".join(f"<br>{escaped(one)}" for one in members(rule.get("exceptions")))
    cited = "; ".join(
        f"{text(e.get('cite'))} {text(e.get('row'))}: {plain(text(e.get('status')))}"
        for e in objects(rule.get("evidence"))
    )
    return (
        f"{escaped(rule.get('id'))}{state}<br>{escaped(rule.get('title'))}",
        escaped(rule.get("when"), 600) + exceptions,
        escaped(rule.get("then"), 400),
        escaped(cited or "none cited", 400),
    )


def other_parts(result: Json) -> list[str]:
    """Return the Markdown of a result that has no page of its own, such as a refused request."""
    summary = [f"{escaped(plain(text(name)))}: {escaped(value)}" for name, value in pairs(result.get("summary"))]
    kept, _ = fitted(_messages(result), _PART, "messages")
    return [*_head(result, ""), bullets(summary), *kept, *_limits(result)]


PAGES: dict[str, Callable[[Json], list[str]]] = {
    "check": check_parts,
    "test": test_parts,
    "explain": explain_parts,
    "compare": compare_parts,
    "show": show_parts,
}
