"""The other commands' results in Markdown."""

from collections.abc import Callable

from redflag_kit.report.html_pages import rules_by_state, verdict_of
from redflag_kit.report.html_read import (
    Json,
    body,
    labels_of,
    member,
    members,
    name_of,
    number,
    objects,
    pairs,
    text,
)
from redflag_kit.report.html_words import plain
from redflag_kit.report.markdown_blocks import PART, head, limits, message_parts, rows_of
from redflag_kit.report.markdown_check import check_parts
from redflag_kit.report.markdown_claims import claims_parts
from redflag_kit.report.markdown_compare import compare_parts
from redflag_kit.report.markdown_coverage import coverage_parts
from redflag_kit.report.markdown_mutate import mutate_parts
from redflag_kit.report.markdown_text import bullets, code, escaped, fitted
from redflag_kit.report.markdown_trace import trace_parts
from redflag_kit.report.question_words import answers_words, is_exact


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
    covered = coverage_parts(member(found.get("coverage")), objects(result.get("diagnostics")))
    lines = [*head(result, ""), *covered, escaped(totals, 500)]
    if rows:
        lines += [
            "## Not as expected",
            *rows_of(("vignette", "output", "expected", "came out", ""), rows, "expectations"),
        ]
    else:
        lines.append("Every expectation is met for the reasons given.")
    return [*lines, *limits(result)]


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
    asked = objects(one.get("ask_next"))
    labels = labels_of(one)
    states = [
        f"{m.symbol} {m.word}: {escaped(', '.join(text(r.get('id')) for r in g))}"
        for m, g in rules_by_state(one.get("rules"))
    ]
    return [
        f"## {escaped(one.get('guideline'))} {escaped(one.get('version'))}: {escaped(one.get('title'))}",
        *rows_of(("output", "it says", "", "rules"), rows, "outputs"),
        *_scope(one),
        *_questions(asked, labels),
        *_worst_case(member(one.get("questions_worst_case")) if asked else {}, labels, asked),
        "**Rules, by how they stand**",
        bullets(states),
    ]


def _scope(one: Json) -> list[str]:
    """Return what of the scope is not met, where the guideline is not, or perhaps not, for this patient."""
    said = {
        "no": "Not for this patient, as not all of this holds",
        "open": "Perhaps not for this patient; all of this has to hold",
    }
    heading = said.get(text(one.get("in_scope")))
    if heading is None:
        return []
    missed = [f"{escaped(c.get('text'))} ({escaped(c.get('value'))})" for c in objects(one.get("scope_missed"))]
    return [f"**{heading}**", bullets(missed)]


def _questions(asked: list[Json], labels: dict[str, str]) -> list[str]:
    """Return what to ask next, with what each answer can change."""
    if not asked:
        return ["**Ask next:** nothing, no further answer can change an outcome"]
    lines = [
        f"{position}. {escaped(a.get('question'))} (changes {escaped(_changed(a, labels))}; {code(a.get('finding'))})"
        for position, a in enumerate(asked[:10], 1)
    ]
    more = [f"{len(asked) - 10} more in the full report."] if len(asked) > 10 else []
    return ["**Ask next**", "\n".join(lines), *more]


def _changed(question: Json, labels: dict[str, str]) -> str:
    outputs = [text(output) for output in members(question.get("can_change"))]
    return "every output" if len(outputs) == len(labels) else ", ".join(labels.get(o, o) for o in outputs)


def _worst_case(worst: Json, labels: dict[str, str], asked: list[Json]) -> list[str]:
    """Return how many answers settle everything, and how many settle each output."""
    if not worst:
        return []
    several = number(worst.get("upper")) > 1
    start = f", if you begin with: {escaped(name_of({'ask_next': asked}, worst.get('first')))}" if several else ""
    fewest = " No order of questions always needs fewer." if several and is_exact(worst) else ""
    lines = [f"**Settled {answers_words(worst)}**, whatever the answers are{start}.{fewest}"]
    by_output = objects(worst.get("by_output"))
    if len(by_output) > 1:
        named = ((text(o.get("output")), answers_words(o)) for o in by_output)
        lines.append(bullets(f"{escaped(labels.get(output, output))}: {words}" for output, words in named))
    return lines


def explain_parts(result: Json) -> list[str]:
    """Return the Markdown of `explain` as blocks."""
    found = body(result)
    case = "; ".join(text(phrase) for phrase in members(found.get("in_words"))) or "nothing is known"
    return [*head(result, ""), f"**The case:** {escaped(case, 1_500)}", *_explanation(found), *limits(result)]


def show_parts(result: Json) -> list[str]:
    """Return the Markdown of `show` as blocks: one edition, or what of a guideline is in force."""
    found = body(result)
    if "editions" not in found:
        return [*head(result, _named(found)), *_guideline_parts(found), *limits(result)]
    editions = objects(found.get("editions"))
    lines = head(result, f"{text(found.get('id'))}, in force on {text(found.get('at'))}")
    for one in editions:
        guideline = member(one.get("guideline"))
        lines += [f"**{escaped(_named(guideline))}**", bullets(_standing(member(one.get("standing"))))]
    undated = [text(name) for name in members(found.get("undated"))]
    if undated:
        lines.append(bullets(f"{escaped(name)}: withdrawn, date not known; not taken as in force" for name in undated))
    for one in editions:
        guideline = member(one.get("guideline"))
        lines += [f"## {escaped(_named(guideline))}", *_guideline_parts(guideline)]
        left_out = [escaped(question) for question in members(one.get("left_out"))]
        if left_out:
            lines += ["**Tables left out, since nothing in force needs them**", bullets(left_out)]
    return [*lines, *limits(result)]


def _named(guideline: Json) -> str:
    return f"{text(guideline.get('id'))} {text(guideline.get('version'))}: {text(guideline.get('title'))}"


def _standing(one: Json) -> list[str]:
    """Return since when an edition is in force, for what, and what it replaced."""

    def outputs(of: Json) -> str:
        return escaped(", ".join(text(output) for output in members(of.get("outputs"))), 600)

    replaced = [f"Replaced {escaped(r.get('guideline'))} for {outputs(r)}" for r in objects(one.get("replaced"))]
    return [f"Since {escaped(one.get('since'))}", f"For {outputs(one)}", *replaced]


def _guideline_parts(found: Json) -> list[str]:
    lines = [
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
        lines += rows_of(("rule", "when", "then", "evidence"), [_rule(r) for r in objects(one.get("rules"))], "rules")
    return lines


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
    kept, _ = fitted(message_parts(objects(result.get("diagnostics"))), PART, "messages")
    return [*head(result, ""), bullets(summary), *kept, *limits(result)]


PAGES: dict[str, Callable[[Json], list[str]]] = {
    "check": check_parts,
    "test": test_parts,
    "explain": explain_parts,
    "compare": compare_parts,
    "show": show_parts,
    "claims": claims_parts,
    "mutate": mutate_parts,
    "trace": trace_parts,
}
