"""Where guidelines disagree, in Markdown: the matrix, the gravest groups, and who hears only one of two guidelines."""

from redflag_kit.report import across_view as view
from redflag_kit.report.html_read import Json, body, member, members, number, objects
from redflag_kit.report.html_words import PURPOSE
from redflag_kit.report.markdown_blocks import limits, message_parts, rows_of, undecided
from redflag_kit.report.markdown_text import bullets, escaped, fitted

_GROUPS = 24_000
"""Characters for the groups; the HTML report has all of them."""
_RULES = 6


def across_parts(result: Json) -> list[str]:
    """Return the report as blocks."""
    found = body(result)
    told = objects(result.get("diagnostics"))
    parts = ["# Where guidelines disagree", f"*{PURPOSE}*", f"**{escaped(found.get('verdict'))}**"]
    parts += ["## Messages", *message_parts(told)] if told else []
    parts += undecided(result)
    parts += ["## Guidelines", *_guidelines(found), "## Pair by pair", *_matrix(found)]
    groups = [_group(one) for one in view.ranked(found)]
    if groups:
        parts += ["## Disagreements, gravest first", *fitted(groups, _GROUPS, "groups")[0]]
    parts += ["## Who hears only one of two guidelines", *_alone(found)]
    parts += ["## Assumptions", bullets(escaped(one, 400) for one in members(found.get("assumptions")))]
    return [*parts, *limits(result)]


def _guidelines(found: Json) -> list[str]:
    rows = [
        (escaped(one.get("name")), "<br>".join(escaped(part.get("title")) for part in objects(one.get("parts"))))
        for one in objects(found.get("guidelines"))
    ]
    return rows_of(("guideline", "title"), rows, "guidelines")


def _matrix(found: Json) -> list[str]:
    outputs = member(found.get("outputs"))
    rows = []
    for pair in (one for one in objects(found.get("pairs")) if objects(one.get("cells"))):
        cells = view.cells_in_order(pair, outputs)
        rows.append((escaped(view.pair_name(pair)), *(escaped(view.short_cell(cell)) for cell in cells)))
    legend = "; ".join(f"{mark.symbol} {mark.word}: {mark.meaning}" for mark in view.KINDS.values())
    note = f"Groups of patients and the gravest of them, a dash where not both cover the output. {legend}."
    matrix = rows_of(("pair", *map(escaped, outputs.values())), rows, "pairs") if rows else []
    apart = view.without_common_outputs(found)
    return [escaped(note, 600), *matrix, *([escaped(apart, 1200)] if apart else [])]


def _group(one: view.RankedGroup) -> str:
    group = one.data
    mark = view.kind_mark(group.get("kind"))
    steps = view.steps_words(number(group.get("steps")))
    lines = [f"### {one.place}. {mark.symbol} {mark.word}, {steps}: {escaped(view.group_title(group))}"]
    for side in ("a", "b"):
        lines.append(f"- **{escaped(group.get(f'{side}_guideline'))}**: {escaped(group.get(f'{side}_words'))}")
        rules = objects(group.get(f"{side}_rules"))
        lines += [f"  - {escaped(view.rule_words(rule), 400)}" for rule in rules[:_RULES]]
        lines += [f"  - and {len(rules) - _RULES} more"] if len(rules) > _RULES else []
    lines.append(f"- For whom: {escaped(member(group.get('region')).get('text'), 1200)}")
    lines.append(f"- Patient: {escaped(member(group.get('witness')).get('text'), 400)}")
    rests = [escaped(one_of, 160) for one_of in members(group.get("assumptions"))]
    lines.append(f"- Rests on {len(rests)} assumptions, first: {rests[0]}" if rests else "- Rests on no assumption")
    return "\n".join(lines)


def _alone(found: Json) -> list[str]:
    rows = [
        (
            escaped(one.get("sentence"), 400),
            escaped(member(one.get("region")).get("text"), 300),
            escaped(member(one.get("witness")).get("text"), 300),
        )
        for pair in objects(found.get("pairs"))
        for one in objects(pair.get("left_alone"))
        if one.get("advises") == "for"
    ]
    once = [line for pair in objects(found.get("pairs")) for line in view.covered_once_words(pair)]
    lead = "Advice from one guideline where the other covers the output and gives no level. No disagreement in level."
    parts = [lead, *rows_of(("who says what", "for whom", "patient"), rows, "groups")] if rows else ["Nobody."]
    return [*parts, f"Not both cover an output in {len(once)} cases; the full report lists them."] if once else parts
