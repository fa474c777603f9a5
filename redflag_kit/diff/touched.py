"""What was touched although nothing about it changed for any patient: reworded, renamed, reordered, re-cited, moved.

Claim: a rule is listed only if the condition, what it recommends and where it fires are proved the same; in a FIRST
table also where it comes first. A rule that is inert in both editions, or in the only one that has it, decides nothing.
A parameter is listed only if it is the same amount. Texts of a guideline are compared where one edition was edited in
place: another edition has its own title and file.
"""

from collections.abc import Iterator

from redflag_kit.diff.edits import Alignment
from redflag_kit.diff.pair import Edition, Pair
from redflag_kit.logic.algebra import R
from redflag_kit.model.guideline import Guideline, HitPolicy, Rule
from redflag_kit.results.diff import UnchangedEdit
from redflag_kit.terms.units import compatible, convert

NO_RULE = "no rule"
THE_GUIDELINE = "the guideline"


def touched(pair: Pair[R], alignment: Alignment) -> Iterator[UnchangedEdit]:
    """Yield rules with one successor that differ in text only, in the old edition's order."""
    old_rules = {rule.id: rule for rule in pair.old.guideline.rules()}
    new_rules = {rule.id: rule for rule in pair.new.guideline.rules()}
    moved = _moved(tuple(old_rules), tuple(new_rules), alignment)
    for old_id, old in old_rules.items():
        after = alignment.successors[old_id]
        if len(after) != 1:
            continue
        new = new_rules[after[0]]
        differences = _differences(old, new) + (("its place among the rules",) if old_id in moved else ())
        if differences and _writes_alike(pair, old_id, new.id) and _fires_alike(pair, old_id, new.id):
            yield UnchangedEdit(old_id, new.id, differences)
    yield from _cited_only(pair.old.guideline, pair.new.guideline)
    yield from _parameters(pair.old.guideline, pair.new.guideline)
    yield from _guideline(pair)


def _parameters(old: Guideline, new: Guideline) -> Iterator[UnchangedEdit]:
    """Yield the numbers that both editions name and that are the same amount, told otherwise."""
    for name, before in old.parameters.items():
        after = new.parameters.get(name)
        if after is None or not compatible(before.unit, after.unit):
            continue
        if convert(before.value, before.unit, after.unit) != after.value:
            continue
        names = {
            "the unit it is written in": before.unit != after.unit,
            "the evidence": (before.cite, before.evidence) != (after.cite, after.evidence),
            "the note": before.note != after.note,
        }
        differences = tuple(told for told, differs in names.items() if differs)
        if differences:
            yield UnchangedEdit(f"parameter {name}", f"parameter {name}", differences)


def _guideline(pair: Pair[R]) -> Iterator[UnchangedEdit]:
    """Yield what was edited in place about an edition as a whole."""
    old, new = pair.old.guideline, pair.new.guideline
    if old.name != new.name:
        return
    texts = {name: one.text for name, one in old.assumptions.items()}
    names = {
        "the title": old.title != new.title,
        "the publisher": old.publisher != new.publisher,
        "the intended use": old.intended_use != new.intended_use,
        "the sources": old.cite != new.cite,
        "the readings of the sources": texts != {name: one.text for name, one in new.assumptions.items()},
        "the way the scope is written": old.scope != new.scope and _scoped_alike(pair),
        f"the file, which was {old.path} and is {new.path}": old.path != new.path,
    }
    differences = tuple(told for told, differs in names.items() if differs)
    if differences:
        yield UnchangedEdit(THE_GUIDELINE, THE_GUIDELINE, differences)


def _scoped_alike(pair: Pair[R]) -> bool:
    return (pair.legal & (pair.old.meaning.scope ^ pair.new.meaning.scope)).is_empty()


def _cited_only(old: Guideline, new: Guideline) -> Iterator[UnchangedEdit]:
    """Yield inert rules that are new, gone or written differently, those of the old edition first."""
    before, after = old.inert_rules(), new.inert_rules()
    deciding = {rule.id for edition in (old, new) for rule in edition.rules()}
    for name in dict.fromkeys((*before, *after)):
        if name in deciding:
            continue
        if name not in after:
            yield UnchangedEdit(name, NO_RULE, ("no longer cited; it decided nothing",))
        elif name not in before:
            yield UnchangedEdit(NO_RULE, name, ("newly cited; it decides nothing",))
        elif differences := _differences(before[name], after[name]):
            yield UnchangedEdit(name, name, ("cited only, decides nothing", *differences))


def _writes_alike(pair: Pair[R], old: str, new: str) -> bool:
    return pair.old.compiled.row(old).then == pair.new.compiled.row(new).then


def _fires_alike(pair: Pair[R], old: str, new: str) -> bool:
    conditions = pair.old.meaning.holds[old] ^ pair.new.meaning.holds[new]
    effects = _in_effect(pair.old, old) ^ _in_effect(pair.new, new)
    return (pair.legal & (conditions | effects)).is_empty()


def _in_effect(edition: Edition[R], rule: str) -> R:
    """Return where a rule fires and no earlier rule of a FIRST table takes its place."""
    fires = edition.meaning.fires
    region = fires[rule]
    for decision in edition.guideline.decisions:
        ids = [one.id for one in decision.rules]
        if decision.hit_policy is HitPolicy.FIRST and rule in ids:
            for earlier in ids[: ids.index(rule)]:
                region = region - fires[earlier]
    return region


def _differences(old: Rule, new: Rule) -> tuple[str, ...]:
    names = {
        "the id": old.id != new.id,
        "the title": old.title != new.title,
        "the way the condition is written": old.when != new.when,
        "the way the recommendation is written": old.then != new.then,
        "the evidence": old.evidence != new.evidence,
        "the assumptions": old.assumptions != new.assumptions,
        "the claims": old.claims != new.claims,
        "the note": old.note != new.note,
        "why it decides nothing": old.inert != new.inert,
        "its exceptions": (set(old.unless), set(old.overrides)) != (set(new.unless), set(new.overrides)),
    }
    return tuple(name for name, differs in names.items() if differs)


def _moved(old: tuple[str, ...], new: tuple[str, ...], alignment: Alignment) -> frozenset[str]:
    """Return the old rules whose successor stands in another order relative to the other kept rules."""
    kept = [rule for rule in old if len(alignment.successors[rule]) == 1]
    by_new = sorted(kept, key=lambda rule: new.index(alignment.successors[rule][0]))
    return frozenset(one for one, other in zip(kept, by_new, strict=True) if one != other)
