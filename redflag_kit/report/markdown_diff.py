"""The diff report in Markdown: the same seventeen sections as the HTML report, in the same order, shortened."""

from collections.abc import Sequence

from redflag_kit.report.hazards_view import controls_said, hazards_of
from redflag_kit.report.html_counts import COUNTED_UNKNOWNS, count_table, unknown_views
from redflag_kit.report.html_evidence import evidence_delta
from redflag_kit.report.html_read import Json, body, context_of, cubes_of, member, members, objects, pairs, text
from redflag_kit.report.html_rules import EditView, RuleView, edit_views, edit_words, paired_rules, rule_views
from redflag_kit.report.html_signoff import SignoffView, signoff_view
from redflag_kit.report.html_view import (
    CardView,
    Cause,
    ChangeView,
    Side,
    card_views,
    change_views,
)
from redflag_kit.report.html_words import (
    DIRECTIONS,
    HEALTH,
    PURPOSE,
    SECTIONS,
    STANDING_LIMITS,
    UNKNOWN_KINDS,
    plain,
)
from redflag_kit.report.markdown_chain import chain_lines, property_lines
from redflag_kit.report.markdown_mutate import strength_lines
from redflag_kit.report.markdown_signoff import item_state, signoff_lines
from redflag_kit.report.markdown_text import code, escaped, fitted, table
from redflag_kit.report.named_rules import rules_named

_SECTION = 3_000
_BUDGETS = {4: 30_000, 6: 5_000, 9: 6_000}
"""Characters for the sections that can grow, those that have their own and all others."""

_PARTS = 6
"""Parts of a card that are shown."""


def diff_parts(result: Json) -> list[str]:
    """Return the report as blocks."""
    diff = body(result)
    changes = change_views(diff)
    cards = card_views(diff, changes)
    signoff = signoff_view(diff.get("signoff"), lambda _: "")
    written = {
        1: _verdict(result, diff),
        2: _identity(result, diff),
        3: _counts(diff, changes),
        4: _changes(diff, changes, cards, signoff),
        5: _unknowns(diff),
        6: property_lines(diff),
        7: _health(diff),
        8: _vignettes(diff, changes),
        9: strength_lines(member(diff.get("test_strength"))),
        11: _evidence(rule_views(diff, cards)),
        12: _hazards(diff),
        13: chain_lines(diff, changes, signoff),
        14: signoff_lines(signoff),
        15: _unchanged(diff),
        16: _limits(result, diff),
        17: _tables(diff, rule_views(diff, cards)),
    }
    title = f"# {escaped(diff.get('old'))} → {escaped(diff.get('new'))}"
    parts = [title, f"*{PURPOSE}*"]
    for section in SECTIONS:
        parts.append(f"## {section.number}. {section.title}")
        lines = written.get(section.number) or [f"**Not measured.** {section.unmeasured}"]
        budget = _BUDGETS.get(section.number, _SECTION)
        parts += fitted(lines, budget, "entries")[0]
    return parts


def pair_parts(diff: Json, budget: int) -> list[str]:
    """Return one comparison of several as blocks within so many characters: verdict, counts, and the worst changes."""
    changes = change_views(diff)
    cards = card_views(diff, changes)
    parts = [*_judged(diff), *_counts(diff, changes)]
    edits = [_edit(view) for view in edit_views(diff, changes)]
    shown, used = fitted(edits, budget // 3, "edits")
    parts += [f"### The edits behind the changes ({len(edits)})", *shown] if edits else []
    if cards:
        parts.append(f"### Every change, card by card ({len(changes)} change classes on {len(cards)} cards)")
        left_out = "cards, none worse than those shown,"
        signoff = signoff_view(diff.get("signoff"), lambda _: "")
        parts += fitted([_card(card, diff, signoff) for card in cards], budget - used - 1_000, left_out)[0]
    if unknown_views(diff):
        parts += ["### Missing information", *fitted(_unknowns(diff), 1_500, "kinds")[0]]
    return parts


def _verdict(result: Json, diff: Json) -> list[str]:
    lines = _judged(diff)
    undecided = len(objects(result.get("not_decided")))
    if undecided:
        lines.append(f"**{undecided} questions could not be decided**, see section 16.")
    return lines


def _judged(diff: Json) -> list[str]:
    """Return the verdict on two editions, and the version step that it asks for."""
    required, declared = text(diff.get("required_bump")), text(diff.get("declared_bump"))
    lines = [f"**{escaped(diff.get('verdict'), 600)}**"]
    if diff.get("equivalent") is None:
        lines.append("Whether the editions are the same for every patient was **not decided**.")
    told = f"The changes ask for a {escaped(required)} version step; declared is {escaped(declared)}"
    if text(diff.get("versioning")) == "calendar":
        told += ", and calendar versions only have to grow"
    lines.append(f"{told}." if diff.get("bump_enough") is not False else f"{told}: **too small**.")
    for one in objects(diff.get("redefined")):
        what = "; ".join(text(said) for said in members(one.get("what")))
        lines.append(f"- **The vocabulary defines {escaped(one.get('label'))} otherwise**: {escaped(what, 600)}")
    return lines


def _identity(result: Json, diff: Json) -> list[str]:
    tables = member(diff.get("tables"))
    rows = []
    for one in objects(result.get("inputs")):
        shown = member(tables.get(text(one.get("role"))))
        name = f"{text(one.get('id'))} {text(one.get('version'))}"
        rows.append(
            (
                escaped(one.get("role")),
                f"{escaped(name)}<br>{escaped(shown.get('title', ''))}",
                code(one.get("path", "")),
                escaped(one.get("revision") or "working files"),
                code(text(one.get("digest"))[:23]),
                escaped(shown.get("intended_use", "")),
            )
        )
    tool = member(result.get("tool"))
    options = ", ".join(f"{name}: {_option(value)}" for name, value in pairs(result.get("options"))) or "none"
    return [
        table(("edition", "guideline", "file", "revision", "digest", "intended use"), rows),
        f"Written by {escaped(tool.get('name'))} {escaped(tool.get('version'))}. Options: {escaped(options)}.",
    ]


def _option(value: object) -> str:
    return text(value) if not isinstance(value, bool) else "yes" if value else "no"


def _counts(diff: Json, changes: tuple[ChangeView, ...]) -> list[str]:
    rows, totals = count_table(diff, changes, unknown_views(diff))
    marks = (*DIRECTIONS.values(), *(UNKNOWN_KINDS[kind] for kind in COUNTED_UNKNOWNS))
    shown = [place for place, cell in enumerate(totals) if cell.number]
    if not shown:
        return ["No change class."]
    headings = ("output", *(f"{marks[place].symbol} {marks[place].word}" for place in shown))
    lines = [(escaped(label), *(str(cells[place].number) for place in shown)) for label, cells in rows]
    lines.append(("**all**", *(f"**{totals[place].number}**" for place in shown)))
    kept, left = lines[:30], len(lines) - 30
    note = (
        "Numbers of change classes (groups of patients with one cause), not of patients. "
        "Changes of stance are counted under their direction as well."
    )
    return [table(headings, kept), *([f"**{left} more outputs in the full report.**"] if left > 0 else []), note]


def _changes(
    diff: Json, changes: tuple[ChangeView, ...], cards: tuple[CardView, ...], signoff: SignoffView | None
) -> list[str]:
    if not cards:
        return ["No patient is changed; that is proved." if diff.get("equivalent") else "No change was found."]
    edits = [_edit(view) for view in edit_views(diff, changes)]
    shown, used = fitted(edits, 12_000, "edits")
    lines = [f"### The edits behind the changes ({len(edits)})", *shown] if edits else []
    lines.append(f"### Every change, card by card ({len(changes)} change classes on {len(cards)} cards)")
    kept, _ = fitted(
        [_card(card, diff, signoff) for card in cards],
        _BUDGETS[4] - used - 1_000,
        "cards, none worse than those shown,",
    )
    return [*lines, *kept]


def _edit(view: EditView) -> str:
    old = ", ".join(escaped(f"{text(r.get('id'))} {text(r.get('title'))}") for _, r in view.old) or "no rule"
    new = ", ".join(escaped(f"{text(r.get('id'))} {text(r.get('title'))}") for _, r in view.new) or "no rule"
    lines = [f"**{view.mark.symbol} {view.mark.word}: {old} → {new}**", ""]
    lines.append(f"- {escaped(edit_words(view.edit))}. {escaped(view.edit.get('text'), 500)}")
    tally = ", ".join(
        f"{sum(len(c) for m, _, c in view.effects if m is found)} {found.symbol} {found.word}"
        for found in dict.fromkeys(m for m, _, _ in view.effects)
    )
    return "\n".join([*lines, f"- Change classes: {tally}"])


def _card(card: CardView, diff: Json, signoff: SignoffView | None) -> str:
    lines = [f"#### {card.mark.symbol} {card.mark.word}: {escaped(card.title)}", ""]
    for part in card.parts[:_PARTS]:
        lines.append(f"- **For whom:** {_region(part.region)}")
        named = rules_named(part.region, diff)
        lines += [f"- Where {escaped('; '.join(named), 600)}"] if named else []
        for cause in part.causes:
            lines += _cause(cause, diff, signoff)
        lines.append(f"- Vignettes inside: {_few(part.vignettes)}")
        shown = "; ".join(part.example.shown) or "nothing out of the ordinary"
        lines.append(f"- **Example patient (synthetic):** {escaped(shown, 400)}")
    left = len(card.classes) - sum(len(cause.classes) for part in card.parts[:_PARTS] for cause in part.causes)
    return "\n".join([*lines, *([f"- {left} more change classes of this card in the full report"] if left else [])])


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    return escaped(", ".join(names[:8])) + more if names else "**none**"


def _cause(cause: Cause, diff: Json, signoff: SignoffView | None) -> list[str]:
    lines = []
    for one in cause.classes:
        lines.append(
            f"- {one.mark.symbol} **{one.mark.word}**: {escaped(one.label)}: {escaped(one.old.words)} → "
            f"**{escaped(one.new.words)}** ({code(one.code)}; sign-off: {_signed(one, signoff)})"
        )
    lines += [f"- Before: {_side(cause.old)}", f"- After: {_side(cause.new)}"]
    lines.append(f"- Hazards: {escaped('; '.join(hazards_of(cause.classes[0].data, diff)))}")
    told = "; ".join(f"{head.lower()}: {rows}" for head, rows in evidence_delta(cause.old.rule, cause.new.rule))
    lines.append(f"- Evidence: {escaped(told or 'nothing is cited', 500)}")
    if cause.edit:
        lines.append(f"- Edit: {escaped(cause.edit.get('text'), 300)}")
    return lines


def _signed(change: ChangeView, signoff: SignoffView | None) -> str:
    if signoff and change.id in signoff.items:
        return item_state(signoff.items[change.id])
    return escaped(plain(text(change.data.get("signoff"))) or "not measured")


def _side(side: Side) -> str:
    if not side.rule.get("id"):
        return "no rule decides"
    place = f"{text(side.rule.get('file'))}:{text(side.rule.get('line'))}"
    others = ", ".join(f.id for f in side.fired if not f.decisive)
    also = f"; also fires: {escaped(others)}" if others else ""
    return f"{escaped(side.rule.get('id'))} decides ({code(place)}{also})"


def _region(region: Json) -> str:
    context, sentence = context_of(region)
    cubes = [" and ".join(cube) for cube in cubes_of(region)]
    said = sentence or "; **or** ".join(escaped(cube) for cube in cubes[:4]) or escaped(region.get("text"))
    said = escaped(sentence) if sentence else said
    more = f"; {len(cubes) - 4} more lines in the full report" if len(cubes) > 4 else ""
    cut = " **(not complete: more patients belong here)**" if region.get("exact") is False else ""
    return (f"{escaped(context)}: " if context else "") + said + more + cut


def _unknowns(diff: Json) -> list[str]:
    found = unknown_views(diff)
    if not found:
        return ["Missing data has no effect of its own."]
    rows = []
    for one in found:
        old = " or ".join(text(value) for value in members(one.data.get("old")))
        new = " or ".join(text(value) for value in members(one.data.get("new")))
        unknown = ", ".join(text(name) for name in members(one.data.get("unknown")))
        said = f"{one.mark.symbol} {one.mark.word}: {escaped(one.label)}: {escaped(old)} → {escaped(new)}"
        hinges = "; the decision newly hinges on it" if one.mark.key == "newly_undecided" else ""
        rows.append(f"{said}; not assessed: {escaped(unknown)}{hinges}")
    return [f"- {row}" for row in rows]


def _health(diff: Json) -> list[str]:
    health = member(diff.get("health"))
    lines = []
    for found in HEALTH.values():
        items = objects(health.get(found.key))
        lines.append(f"- {found.symbol} {found.word}: {len(items)}")
        lines += [f"  - {code(i.get('code'))} {escaped(i.get('name'))}: {escaped(i.get('message'))}" for i in items]
    return lines


def _vignettes(diff: Json, changes: tuple[ChangeView, ...]) -> list[str]:
    found = member(diff.get("vignettes"))
    lines = []
    for key in ("failing", "orphaned", "new"):
        names = [text(name) for name in members(found.get(key))]
        lines.append(f"- {key}: {len(names)}" + (f" ({escaped(', '.join(names))})" if names else ""))
    uncovered = len(members(found.get("uncovered")))
    lines.append(f"- change classes without a vignette: {uncovered} of {len(changes)}")
    changed = objects(found.get("changed"))
    lines.append(f"- changed: {len(changed)}")
    for one in changed:
        moves = "; ".join(
            f"{text(c.get('output'))}: {text(c.get('old'))} → {text(c.get('new'))}" for c in objects(one.get("changes"))
        )
        lines.append(f"  - {escaped(one.get('id'))} {escaped(one.get('title'))}: {escaped(moves, 300)}")
    return lines


def _evidence(rules: tuple[RuleView, ...]) -> list[str]:
    if not rules:
        return ["No rule decides a change."]
    lines = []
    for view in rules:
        cited = "; ".join(
            f"{text(e.get('cite'))} {text(e.get('row'))}: {plain(text(e.get('status')))}, strength "
            f"{plain(text(e.get('strength')))}, certainty {plain(text(e.get('certainty')))}"
            for e in objects(view.rule.get("evidence"))
        )
        lines.append(f"- {escaped(view.rule.get('id'))} ({escaped(view.heading)}): {escaped(cited or 'none cited')}")
    return lines


def _hazards(diff: Json) -> list[str]:
    """Return the hazards touched with their risks, change classes and controls; nothing where no log was read."""
    if diff.get("hazards") is None:
        return []
    lines = []
    for one in objects(diff.get("hazards")):
        said = "; ".join(f"controls {word}: {rules}" for word, rules in controls_said(one)) or "no rule controls it"
        risk = f"risk {text(one.get('initial_risk'))} without controls, {text(one.get('residual_risk'))} with them"
        classes = len(members(one.get("classes")))
        name = f"{text(one.get('id'))} {text(one.get('title'))}"
        lines.append(f"- {escaped(name)}: {escaped(risk)}; {classes} change classes; {escaped(said)}")
    return lines or ["No hazard of the hazard log is touched."]


def _unchanged(diff: Json) -> list[str]:
    found = objects(diff.get("unchanged_edits"))
    if not found:
        return ["None."]
    return [
        f"- {escaped(e.get('old_rule'))} → {escaped(e.get('new_rule'))}: "
        + escaped("; ".join(text(what) for what in members(e.get("what"))))
        for e in found
    ]


def _limits(result: Json, diff: Json) -> list[str]:
    said = [text(limit) for limit in members(result.get("limits"))]
    said += [*STANDING_LIMITS, text(diff.get("lateral_assumption"))]
    lines = [f"- {escaped(limit, 400)}" for limit in said if limit]
    for one in objects(result.get("not_decided")):
        lines.append(f"- not decided: {escaped(one.get('question'))}; established: {escaped(one.get('established'))}")
    return lines


def _tables(diff: Json, rules: tuple[RuleView, ...]) -> list[str]:
    paired = paired_rules(diff, rules)
    words = {pair.word: sum(other.word == pair.word for other in paired) for pair in paired}
    said = ", ".join(f"{count} {word}" for word, count in words.items()) or "none"
    return [f"The tables stand side by side in the HTML report. Rules: {said}."]
