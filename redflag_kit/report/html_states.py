"""Several comparisons on one page: two states of a project, and the gate. Nothing is computed but sums and places."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from redflag_kit.report.html_lists import BLOCKS
from redflag_kit.report.html_nested import nested
from redflag_kit.report.html_read import Json, body, member, members, objects, pairs, text
from redflag_kit.report.html_signoff import signoff_view
from redflag_kit.report.html_text import visible
from redflag_kit.report.html_view import ChangeView, change_views
from redflag_kit.report.html_words import CHECKS, VERDICT_MARKS, mark
from redflag_kit.report.revisions_view import EntryView, entries

Sections = Callable[[Json, Mapping[str, object]], Markup]
"""The sections of one comparison: from its result, and from what is told of the page around it."""


@dataclass(frozen=True, slots=True)
class PairView:
    """A comparison on the page: where it stands, its change classes, its sections, and what they draw."""

    anchor: str
    prefix: str
    title: str
    changes: tuple[ChangeView, ...]
    sections: Markup
    explored: bool
    drawn: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """A guideline that was touched, added or removed, with the numbers of its change classes; each with its list."""

    entry: EntryView
    words: str
    target: str
    counts: tuple[tuple[int, str], ...]


def states_context(result: Json, sections: Sections) -> dict[str, object]:
    """Return two states of a project arranged for reading."""
    return _states(body(result), _pairs(result, sections))


def _states(found: Json, shown: tuple[PairView, ...]) -> dict[str, object]:
    rows = _rows(found, shown)
    single = shown[0] if len(shown) == 1 else None
    return {
        "title": single.title if single else "What changes in the guidelines",
        "pairs_shown": shown,
        "single": single,
        "rows": rows,
        "columns": [words for _, words, _ in BLOCKS],
        "sums": [sum(row.counts[place][0] for row in rows if row.counts) for place in range(len(BLOCKS) + 1)],
        "sentence": linked(text(found.get("verdict"))),
        "states": [_state(found, side) for side in ("old", "new")],
        "unchanged": [text(one) for one in members(found.get("unchanged"))],
    }


def gate_context(result: Json, sections: Sections) -> dict[str, object]:
    """Return the verdict of the gate and everything behind it arranged for reading."""
    found = body(result)
    shown = _pairs(result, sections)
    places = {
        (text(diff.get("old")), text(diff.get("new")), one.id): pair.prefix + one.anchor
        for diff, pair in zip(objects(found.get("diffs")), shown, strict=True)
        for one in pair.changes
    }
    verdict = mark(VERDICT_MARKS, text(found.get("verdict")))
    return {
        **_states(found, shown),
        "title": f"Gate: {verdict.word}",
        "verdict_mark": verdict,
        "sentence": text(found.get("sentence")),
        "checks": [(mark(CHECKS, text(one.get("result"))), one) for one in _worst_first(objects(found.get("checks")))],
        "signoff": signoff_view(
            found.get("signoff"),
            lambda one: places.get((text(one.get("old")), text(one.get("new")), text(one.get("id"))), ""),
            "gate-sign",
        ),
        "settings": [
            (text(name), _setting(value)) for name, value in pairs(member(found.get("settings")).get("values"))
        ],
        "settings_changed": objects(member(found.get("settings")).get("changed")),
        "sides": [(_heading(one), one, {}) for one in objects(result.get("inputs"))],
    }


def _pairs(result: Json, sections: Sections) -> tuple[PairView, ...]:
    diffs = objects(body(result).get("diffs"))
    alone = len(diffs) == 1
    found = []
    for place, diff in enumerate(diffs, 1):
        prefix = "" if alone else f"c{place}-"
        around = {"alone": alone, "gate": text(result.get("command")) == "gate"}
        shown = sections(_pair_result(result, diff, alone=alone), around)
        found.append(
            PairView(
                anchor="" if alone else f"comparison-{place}",
                prefix=prefix,
                title=f"{text(diff.get('old'))} → {text(diff.get('new'))}",
                changes=change_views(diff),
                sections=shown if alone else nested(shown, prefix),
                explored=alone and bool(diff.get("explorer")),
                drawn=alone and bool(diff.get("area")),
            )
        )
    return tuple(found)


def _pair_result(result: Json, diff: Json, *, alone: bool) -> Json:
    """Return the result of one comparison as `redflag diff` of its two editions would have it."""
    names = {text(diff.get("old")), text(diff.get("new"))}
    inputs = [one for one in objects(result.get("inputs")) if text(one.get("ref")) in names]
    signed = body(result).get("signoff")
    told = diff if diff.get("signoff") or not signed else {**diff, "signoff": _own(member(signed), diff)}
    left: Json = {} if alone else {"not_decided": [], "diagnostics": [], "limits": []}
    return {**result, **left, "command": "diff", "inputs": inputs, "diff": told}


def _own(signoff: Json, diff: Json) -> Json:
    """Return what a sign-off says of one comparison."""
    ends = (diff.get("old"), diff.get("new"))
    items = [one for one in objects(signoff.get("items")) if (one.get("old"), one.get("new")) == ends]
    named = {name for one in items for name in members(one.get("records"))}
    records = [one for one in objects(signoff.get("records")) if one.get("file") in named or one.get("id") in named]
    roles = {role for one in items for role in members(one.get("roles"))}
    missing = {role for one in items for role in members(one.get("missing"))}
    return {
        **signoff,
        "items": items,
        "records": records,
        "stale": [],
        "required": sorted(roles),
        "missing": sorted(missing),
        "present": sorted(roles - missing),
    }


def _rows(found: Json, shown: tuple[PairView, ...]) -> list[RowView]:
    rows = []
    for entry, change in zip(entries(found), objects(found.get("guidelines")), strict=True):
        number = change.get("diff")
        pair = shown[number] if isinstance(number, int) and number < len(shown) else None
        words = entry.words if pair is None or not pair.changes else _kind(text(change.get("kind")))
        target = (pair.anchor or "verdict") if pair else ""
        rows.append(RowView(entry, words, target, _counts(pair) if pair else ()))
    return rows


def _kind(kind: str) -> str:
    return "new edition, compared with the one before it" if kind == "added" else "changed"


def _counts(pair: PairView) -> tuple[tuple[int, str], ...]:
    """Return the numbers of change classes of the parts that a verdict sums up, then of all."""
    found = [
        (sum(one.mark.key in directions for one in pair.changes), f"{pair.prefix}{anchor}")
        for anchor, _, directions in BLOCKS
    ]
    return (*found, (sum(many for many, _ in found), f"{pair.prefix}list-all"))


def linked(sentence: str) -> Markup:
    """Return a sentence in which every number leads to the table of the guidelines, whose rows it sums up."""
    shown, at = Markup(), 0
    for hit in re.finditer(
        r"(?<![\w.:@/-])\d+(?= (?:guidelines?|change class|of them|new|added|removed|touched)\b)", sentence
    ):
        link = Markup('<a class="n" href="#guidelines">{}</a>').format(hit.group())
        shown += escape(visible(sentence[at : hit.start()])) + link
        at = hit.end()
    return shown + escape(visible(sentence[at:]))


def _state(found: Json, side: str) -> tuple[str, str]:
    commit = text(found.get(f"{side}_revision"))
    return ("commit", commit) if commit else ("the working files", "")


def _heading(one: Json) -> str:
    return {"old": "Before", "new": "After"}.get(text(one.get("role")), text(one.get("role")))


def _worst_first(checks: Iterable[Json]) -> list[Json]:
    order = list(CHECKS)
    return sorted(checks, key=lambda one: order.index(r) if (r := text(one.get("result"))) in order else len(order))


def _setting(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{text(name).replace('_', ' ')}: {_setting(one)}" for name, one in value.items()) or "none"
    if isinstance(value, list | tuple):
        return ", ".join(map(text, value)) or "nobody"
    return text(value) or "none"
