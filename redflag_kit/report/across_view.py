"""A comparison of guidelines arranged for reading: a matrix, and groups over all pairs, gravest first."""

from dataclasses import dataclass

from redflag_kit.report.html_read import Json, body, member, members, number, objects, text
from redflag_kit.report.html_words import Mark, mark

KINDS = {
    "against": Mark("refuted", "✘", "for or against", "one advises against what the other advises"),
    "urgency": Mark("moved", "↕", "urgency", "both advise it, one sooner or more firmly"),
    "lateral": Mark("kept", "↔", "strength against time", "one says how strongly, the other how soon"),
}
"""Kind of disagreement -> symbol, word, and what it means; gravest first. The keys of the marks give the colours."""

STATES = {
    "agree": "agree",
    "never_both": "never both",
    "not_decided": "not decided",
}


@dataclass(frozen=True, slots=True)
class RankedGroup:
    """A group with the pair it belongs to, and its place over all pairs."""

    place: int
    pair: Json
    data: Json


def ranked(diff: Json) -> list[RankedGroup]:
    """Return the groups of every pair, gravest first; equal ones in the order of the pairs."""
    found = [(pair, group) for pair in objects(diff.get("pairs")) for group in objects(pair.get("groups"))]
    found.sort(key=lambda one: (_gravity(one[1].get("kind")), -number(one[1].get("steps"))))
    return [RankedGroup(place, pair, group) for place, (pair, group) in enumerate(found, start=1)]


def _gravity(kind: object) -> int:
    return list(KINDS).index(text(kind)) if kind in KINDS else len(KINDS)


def pair_name(pair: Json) -> str:
    """Return what to call a pair."""
    return f"{text(pair.get('a'))} and {text(pair.get('b'))}"


def cell_words(cell: Json) -> str:
    """Return one cell of the matrix in words: `3 groups, worst 4 steps (for or against)`."""
    state = text(cell.get("state"))
    if state != "disagree":
        return STATES.get(state, state)
    many, steps = number(cell.get("groups")), number(cell.get("steps"))
    return (
        f"{many} {'group' if many == 1 else 'groups'}, worst {steps_words(steps)} ({kind_mark(cell.get('worst')).word})"
    )


def short_cell(cell: Json | None) -> str:
    """Return one cell of the matrix for a narrow column: `✘ 3, 4 steps`; a dash where not both cover the output."""
    if cell is None:
        return "–"
    if cell.get("state") != "disagree":
        return cell_words(cell)
    return (
        f"{kind_mark(cell.get('worst')).symbol} {number(cell.get('groups'))}, {steps_words(number(cell.get('steps')))}"
    )


def without_common_outputs(diff: Json) -> str:
    """Return which pairs cover none of the outputs together, nothing if there are none."""
    named = [pair_name(pair) for pair in objects(diff.get("pairs")) if not objects(pair.get("cells"))]
    return f"No output is covered by both of {'; '.join(named)}." if named else ""


def cells_in_order(pair: Json, outputs: Json) -> list[Json | None]:
    """Return the cells of a pair, one per output of the matrix."""
    cells = {text(cell.get("output")): cell for cell in objects(pair.get("cells"))}
    return [cells.get(name) for name in outputs]


def kind_mark(kind: object) -> Mark:
    """Return the mark of a kind of disagreement."""
    return mark(KINDS, text(kind))


def steps_words(steps: int) -> str:
    """Return how far two levels are apart."""
    return f"{steps} step" if steps == 1 else f"{steps} steps"


def group_title(group: Json) -> str:
    """Return the outputs of a group in words."""
    return ", ".join(text(label) for label in members(group.get("labels")))


def rule_words(rule: Json) -> str:
    """Return a deciding rule in a line: id, title, the output it writes where that is another, and its sources."""
    ref = member(rule.get("rule"))
    through = f", by way of {text(rule.get('through'))}" if rule.get("through") else ""
    return f"{text(ref.get('id'))} {text(ref.get('title'))}{through} ({'; '.join(source_words(rule))})"


def source_words(rule: Json) -> list[str]:
    """Return each source of a deciding rule with how well it supports the rule and how far it was read."""
    ref = member(rule.get("rule"))
    read = {text(one.get("cite")): text(one.get("read")) for one in objects(rule.get("sources"))}
    return [
        f"{text(one.get('cite'))}: {text(one.get('status')).replace('_', ' ')}, "
        f"read: {read.get(text(one.get('cite')), '').replace('_', ' ')}"
        for one in objects(ref.get("evidence"))
    ]


def covered_once_words(pair: Json) -> list[str]:
    """Return which outputs only one of the two covers."""
    once = member(pair.get("covered_once"))
    return [f"only {name} covers {', '.join(map(text, members(labels)))}" for name, labels in once.items()]


def is_across(result: Json) -> bool:
    """Say whether a result of `diff` is about several guidelines, not about two editions."""
    return body(result).get("compares") == "guidelines"


def across_context(result: Json) -> dict[str, object]:
    """Return what the template of the page needs beside the result itself."""
    found = body(result)
    outputs = member(found.get("outputs"))
    return {
        "title": "Where guidelines disagree",
        "status_words": text(found.get("verdict")),
        "labels": [text(label) for label in outputs.values()],
        "matrix": [
            (pair, cells_in_order(pair, outputs)) for pair in objects(found.get("pairs")) if objects(pair.get("cells"))
        ],
        "apart": without_common_outputs(found),
        "ranked": ranked(found),
        "kinds": KINDS,
        "kind_mark": kind_mark,
        "short_cell": short_cell,
        "steps_words": steps_words,
        "group_title": group_title,
        "source_words": source_words,
        "covered_once_words": covered_once_words,
        "pair_name": pair_name,
    }
