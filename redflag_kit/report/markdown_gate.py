"""The gate in Markdown: the verdict and who must sign first, then what was checked, then the worst changes."""

from collections.abc import Callable

from redflag_kit.report.html_read import Json, body, member, members, objects, text
from redflag_kit.report.html_signoff import ItemView, SignoffView, signoff_view
from redflag_kit.report.html_words import CHECKS, PURPOSE, VERDICT_MARKS, Mark, mark, plain
from redflag_kit.report.markdown_blocks import limits, rows_of, undecided
from redflag_kit.report.markdown_signoff import item_line, record_line, stale_line
from redflag_kit.report.markdown_text import bullets, code, escaped, fitted
from redflag_kit.report.revisions_view import entries

_ITEMS, _COMPARISONS, _ENTRY = 9_000, 26_000, 12_000
"""Characters for what must be signed, for all comparisons, and the most for one of them."""

_SIGNED = ("approved", "not_required")
_PROBLEMS = ("failed", "not_decided", "signoff")


def gate_parts(result: Json, comparison: Callable[[Json, int], list[str]]) -> list[str]:
    """Return the report as blocks; `comparison` returns those of one comparison within so many characters."""
    found = body(result)
    verdict = mark(VERDICT_MARKS, text(found.get("verdict")))
    signoff = signoff_view(found.get("signoff"), lambda _: "")
    parts = [f"# {verdict.symbol} {escaped(verdict.word)}: {escaped(found.get('sentence'), 600)}"]
    parts += [*_who(signoff), f"*{PURPOSE}*"]
    parts += ["## What was checked", *_checks(objects(found.get("checks")))]
    parts += ["## What must be signed", *_items(signoff)] if signoff else []
    parts += _settings(member(found.get("settings")))
    parts += undecided(result)
    parts += _changes(found, comparison)
    return [*parts, *limits(result)]


def _who(signoff: SignoffView | None) -> list[str]:
    if signoff is None:
        return ["**Sign-off was not measured.**"]
    missing = [plain(text(role)) for role in members(signoff.data.get("missing"))]
    if missing:
        return [f"**Still to sign: {escaped(', '.join(missing))}.**"]
    return ["**Everything that must be signed is signed.**" if signoff.roles else "Nothing has to be signed."]


def _checks(found: list[Json]) -> list[str]:
    order = list(CHECKS)
    marked = sorted(
        ((mark(CHECKS, text(one.get("result"))), one) for one in found), key=lambda pair: _rank(pair[0], order)
    )
    rows = [
        (f"{m.symbol} {escaped(m.word)}", escaped(one.get("title")), escaped(one.get("required")), _told(m, one))
        for m, one in marked
    ]
    return rows_of(("result", "check", "required", "found"), rows, "checks")


def _rank(found: Mark, order: list[str]) -> int:
    return order.index(found.key) if found.key in order else len(order)


def _told(found: Mark, one: Json) -> str:
    reasons = [escaped(reason) for reason in members(one.get("reasons"))]
    shown = reasons[:5] if found.key in _PROBLEMS else reasons[:2]
    more = [f"{len(reasons) - len(shown)} more in the full report"] if len(reasons) > len(shown) else []
    return "<br>".join([escaped(one.get("actual")), *shown, *more])


def _items(signoff: SignoffView) -> list[str]:
    left = [item for group in signoff.groups if group.mark.key not in _SIGNED for item in group.items]
    lines = [f"- {item_line(one)}{_of(one)}" for one in left]
    parts = fitted(lines, _ITEMS, "changes to sign")[0] if lines else ["Nothing is left to sign."]
    done = {group.mark: len(group.items) for group in signoff.groups if group.mark.key in _SIGNED}
    parts += [f"{number} more: {found.word}." for found, number in done.items()]
    told = [*map(record_line, signoff.records), *(stale_line(one) for one, _ in signoff.stale)]
    return [*parts, *(["### Records", *fitted(told, 3_000, "records")[0]] if told else [])]


def _of(one: ItemView) -> str:
    return f" ({escaped(one.data.get('guideline'))})" if one.data.get("guideline") else ""


def _settings(found: Json) -> list[str]:
    changed = objects(found.get("changed"))
    lines = [
        f"{code(one.get('name'))}: {escaped(one.get('old'))} → {escaped(one.get('new'))}"
        + (" (**lets more through**)" if one.get("relaxed") else "")
        for one in changed
    ]
    return ["## Settings that this change touches", bullets(lines)] if lines else []


def _changes(found: Json, comparison: Callable[[Json, int], list[str]]) -> list[str]:
    shown = entries(found)
    rows = [(f"{one.mark.symbol} {escaped(one.title)}", escaped(one.words, 400)) for one in shown]
    parts = ["## Guidelines, worst first", *rows_of(("guideline", "what changes"), rows, "guidelines")] if rows else []
    compared = [one for one in shown if one.diff is not None and objects(one.diff.get("changes"))]
    room = min(_ENTRY, _COMPARISONS // max(1, len(compared)))
    blocks = []
    for one in compared:
        assert one.diff is not None
        blocks += [f"## {one.mark.symbol} {escaped(one.title)}", *comparison(one.diff, room)]
    return [*parts, *fitted(blocks, _COMPARISONS, "parts")[0]]
