"""Rules arranged for reading: the evidence of those that changed, and both editions side by side."""

from dataclasses import dataclass

from redflag_kit.report.html_read import Json, member, members, objects, pairs, text
from redflag_kit.report.html_text import anchors
from redflag_kit.report.html_view import CardView, ChangeView, rule_anchor, worst_first
from redflag_kit.report.html_words import DIRECTIONS, EDITS, Mark, mark


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule that decides a change, with all that is known about it and the classes it decides."""

    anchor: str
    edition: str
    heading: str
    rule: Json
    shown: Json
    classes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class PairedRules:
    """An old rule beside its successors; `old` is empty for an added rule, `new` for a removed one."""

    old: Json
    new: tuple[Json, ...]
    word: str
    symbol: str
    touched: tuple[str, ...]


def rule_views(diff: Json, cards: tuple[CardView, ...]) -> tuple[RuleView, ...]:
    """Return every rule that decides a change before or after it, in the order of the cards, each once."""
    tables = member(diff.get("tables"))
    shown = {edition: shown_rules(member(tables.get(edition))) for edition in ("old", "new")}
    found: dict[str, tuple[str, str, Json, list[ChangeView]]] = {}
    for card in cards:
        for change in card.classes:
            for edition, side in (("old", change.old), ("new", change.new)):
                if side.rule_anchor:
                    entry = found.setdefault(side.rule_anchor, (edition, side.edition, side.rule, []))
                    entry[3].append(change)
    return tuple(
        RuleView(anchor, edition, name, rule, shown[edition].get(text(rule.get("id")), {}), tuple(classes))
        for anchor, (edition, name, rule, classes) in found.items()
    )


def shown_rules(guideline: Json) -> dict[str, Json]:
    """Return the rules of a guideline in plain words, by id."""
    return {text(r.get("id")): r for table in objects(guideline.get("tables")) for r in objects(table.get("rules"))}


def paired_rules(diff: Json, evidence: tuple[RuleView, ...]) -> tuple[PairedRules, ...]:
    """Return both editions rule by rule: old rules in their order beside their successors, then added rules."""
    tables = member(diff.get("tables"))
    old, new = shown_rules(member(tables.get("old"))), shown_rules(member(tables.get("new")))
    successors = {
        text(name): [text(one) for one in members(after)] for name, after, *_ in pairs(tables.get("successors"))
    }
    known = {view.anchor for view in evidence}
    followed = {name for after in successors.values() for name in after}
    rows = [_paired(rule, [new[n] for n in successors.get(name, []) if n in new], known) for name, rule in old.items()]
    rows += [_paired({}, [rule], known) for name, rule in new.items() if name not in followed]
    return tuple(rows)


def _paired(old: Json, new: list[Json], known: set[str]) -> PairedRules:
    sides = [*([("old", old)] if old else []), *(("new", one) for one in new)]
    anchors = [rule_anchor(edition, text(rule.get("id"))) for edition, rule in sides]
    word, symbol = _word(old, new)
    return PairedRules(old, tuple(new), word, symbol, tuple(a for a in anchors if a in known))


def _word(old: Json, new: list[Json]) -> tuple[str, str]:
    if not old:
        return "added", "+"
    if not new:
        return "removed", "✕"
    kept = ("when", "then", "exceptions", "state")
    if len(new) == 1 and all(old.get(key) == new[0].get(key) for key in kept):
        return "same words", "="
    return "reworded", "~"


@dataclass(frozen=True, slots=True)
class EditView:
    """An edit of the rules with every change behind which it stands: by direction, worst first, then by values."""

    anchor: str
    mark: Mark
    edit: Json
    old: tuple[tuple[str, Json], ...]
    new: tuple[tuple[str, Json], ...]
    total: int
    effects: tuple[tuple[Mark, str, tuple[ChangeView, ...]], ...]


def edit_views(diff: Json, changes: tuple[ChangeView, ...]) -> tuple[EditView, ...]:
    """Return the edits in the order of the result, worst first. A rule's anchor is empty where no change shows it."""
    decided = {side.rule_anchor for one in changes for side in (one.old, one.new)}
    by_id = {one.id: one for one in changes}
    found = objects(diff.get("edits"))
    names = anchors("edit", (_edit_name(one) for one in found))
    return tuple(_edit_view(anchor, one, by_id, decided) for anchor, one in zip(names, found, strict=True))


def _edit_name(one: Json) -> str:
    return " ".join(text(rule.get("id")) for edition in ("old", "new") for rule in objects(one.get(f"{edition}_rules")))


def _edit_view(anchor: str, one: Json, by_id: dict[str, ChangeView], decided: set[str]) -> EditView:
    classes = [by_id[text(name)] for name in members(one.get("classes")) if text(name) in by_id]
    effects: dict[tuple[str, str], list[ChangeView]] = {}
    for change in sorted(classes, key=lambda c: worst_first([c.mark.key])):
        words = f"{change.label}: {change.old.words} → {change.new.words}"
        effects.setdefault((change.mark.key, words), []).append(change)
    sides = []
    for edition in ("old", "new"):
        rules = objects(one.get(f"{edition}_rules"))
        named = [(rule_anchor(edition, text(rule.get("id"))), rule) for rule in rules]
        sides.append(tuple((place if place in decided else "", rule) for place, rule in named))
    return EditView(
        anchor=anchor,
        mark=mark(DIRECTIONS, text(one.get("direction"))),
        edit=member(one.get("edit")),
        old=sides[0],
        new=sides[1],
        total=len(classes),
        effects=tuple((found[0].mark, words, tuple(found)) for (_, words), found in effects.items()),
    )


def edit_words(edit: Json) -> str:
    """Return what became of the condition of a rule, or of those that succeed it together."""
    kind, successors = text(edit.get("kind")), members(edit.get("new_rules"))
    if kind == "same" and len(successors) > 1:
        return "Together the new rules have the condition of the old one"
    return EDITS.get(kind, kind)
