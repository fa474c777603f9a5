"""Edits: how the condition of a rule differs from that of its successors, guards and scope aside.

Rules are aligned by equal id, or by `replaces:` of the newer one. Claim: `lost` and `gained` are exactly the legal
patients who satisfy only the old condition, or only the new ones.
"""

from dataclasses import dataclass

from redflag_kit.diff.describe import MAX_EDIT_CUBES, Describer
from redflag_kit.diff.pair import Edition
from redflag_kit.diff.parts import in_parts
from redflag_kit.logic.algebra import R, disjunction
from redflag_kit.results.diff import Edit
from redflag_kit.results.region import Region

MAX_EDIT_LITERALS = 24


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which rules of the new edition succeed which of the old one."""

    successors: dict[str, tuple[str, ...]]
    predecessors: dict[str, tuple[str, ...]]


def align(describer: Describer[R]) -> Alignment:
    """Return the alignment of the two editions' rules."""
    old_ids = [rule.id for rule in describer.pair.old.guideline.rules()]
    successors: dict[str, list[str]] = {rule: [] for rule in old_ids}
    predecessors: dict[str, tuple[str, ...]] = {}
    for rule in describer.pair.new.guideline.rules():
        before = [name for name in old_ids if name == rule.id or name in rule.replaces]
        predecessors[rule.id] = tuple(before)
        for name in before:
            successors[name].append(rule.id)
    return Alignment({old: tuple(new) for old, new in successors.items()}, predecessors)


def edit_of(describer: Describer[R], alignment: Alignment, old_rule: str | None, new_rule: str | None) -> Edit | None:
    """Return the edit behind a change: of the old decisive rule, or of an unrelated new one if only that was edited."""
    known = alignment.successors[old_rule] if old_rule else ()
    of_old = _edit(describer, (old_rule,), known) if old_rule else None
    if new_rule is None or new_rule in known or (of_old and of_old.kind != "same"):
        return of_old
    of_new = _edit_of_new(describer, alignment, new_rule)
    return of_old if of_old and of_new.kind == "same" else of_new


def _edit_of_new(describer: Describer[R], alignment: Alignment, new_rule: str) -> Edit:
    before = alignment.predecessors[new_rule]
    after = {rule for old in before for rule in alignment.successors[old]} | {new_rule}
    ordered = tuple(rule.id for rule in describer.pair.new.guideline.rules() if rule.id in after)
    return _edit(describer, before, ordered)


def _edit(describer: Describer[R], old: tuple[str, ...], new: tuple[str, ...]) -> Edit:
    known = describer.edits.get((old, new))
    if known is None:
        known = describer.edits[old, new] = _compared(describer, old, new)
    return known


def _compared(describer: Describer[R], old: tuple[str, ...], new: tuple[str, ...]) -> Edit:
    pair = describer.pair
    names = f"{', '.join(old) or 'no rule'} -> {', '.join(new) or 'no rule'}"
    if not new:
        cited = set(old) <= pair.new.guideline.inert_rules().keys()
        told = "the rule is cited only, and decides no more" if cited else "the rule has no successor"
        return Edit("removed", old, new, f"{names}: {told}", None, None)
    if not old:
        cited = set(new) <= pair.old.guideline.inert_rules().keys()
        told = "the rule was cited only, and decides now" if cited else "the rule is new"
        return Edit("added", old, new, f"{names}: {told}", None, None)
    before = _condition(describer, pair.old, old)
    after = _condition(describer, pair.new, new)
    # The scopes differ on their own account and form classes of their own; here only conditions are compared.
    care = pair.legal & pair.old.meaning.scope & pair.new.meaning.scope
    sides = (pair.old, old), (pair.new, new)
    lost = _told(describer, care & (before - after), care, *sides)
    gained = _told(describer, care & (after - before), care, *reversed(sides))
    if lost and gained:
        return Edit("moved", old, new, f"{names}: no longer for {lost.text}; newly for {gained.text}", lost, gained)
    if lost:
        return Edit("narrowed", old, new, f"{names}: no longer for {lost.text}", lost, None)
    if gained:
        return Edit("widened", old, new, f"{names}: newly for {gained.text}", None, gained)
    return Edit("same", old, new, f"{names}: the condition is the same (proved)", None, None)


def _told(
    describer: Describer[R],
    region: R,
    care: R,
    offering: tuple[Edition[R], tuple[str, ...]],
    refusing: tuple[Edition[R], tuple[str, ...]],
) -> Region | None:
    """Return who satisfies only the offering side: in findings, unless that is long and parts of conditions are not."""
    if region.is_empty():
        return None
    plain = describer.in_findings(region, care, MAX_EDIT_CUBES)
    if plain.exact and _length(plain) <= MAX_EDIT_LITERALS:
        return plain
    parts = in_parts(describer, region, care, offering, refusing)
    return parts if not plain.exact or _length(parts) < _length(plain) else plain


def _length(region: Region) -> int:
    return sum(len(cube.literals) for cube in region.cubes)


def _condition(describer: Describer[R], edition: Edition[R], rules: tuple[str, ...]) -> R:
    return disjunction(describer.pair.algebra, (edition.meaning.holds[rule] for rule in rules))
