"""Fingerprints of change classes: equal where output, values and patients are equal, whatever else was touched.

The region is hashed as a reduced diagram with findings in order of their ids and only the cuts that matter, after
findings that neither edition's decision reads (for constraint classes: that both editions constrain alike) have been
projected away. Rule ids, order and text do not enter.
"""

from collections.abc import Iterable

from redflag_kit.compile.digest import digest_of
from redflag_kit.compile.expression import inputs_of
from redflag_kit.compile.table import Restriction
from redflag_kit.diff.changes import ANY_OUTPUT, Change, Key
from redflag_kit.diff.pair import Edition, Pair
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.mdd import signature
from redflag_kit.model.vocabulary import Comparison
from redflag_kit.semantics.regions import legal_region
from redflag_kit.terms.quantity import render


def fingerprints(by_name: Pair[BddRegion], found: Iterable[Change[BddRegion]]) -> dict[Key, str]:
    """Return the fingerprint of every class, by its key. The pair's space must have its findings in id order."""
    signatures: dict[BddRegion, list[object]] = {}  # many classes share a region
    marks = {}
    bound = by_name.diagrams.support(by_name.legal)
    for change in found:
        region = by_name.diagrams.exists(change.region, _unread(by_name, change, bound))
        if region not in signatures:
            signatures[region] = _signature(by_name, region)
        marks[change.key] = digest_of([change.aspect, change.old_value, change.new_value, *signatures[region]])
    return marks


def _unread(pair: Pair[BddRegion], change: Change[BddRegion], bound: Iterable[str]) -> list[str]:
    """Return the findings that a class reads only because constraints do; `bound` are those that constraints read."""
    if change.aspect == ANY_OUTPUT:
        return [name for group in _groups(pair) if _constrained_alike(pair, group) for name in group]
    old = pair.old.cell(change.aspect, change.old_value, change.old_rule, pair.diagrams.whole)
    new = pair.new.cell(change.aspect, change.new_value, change.new_rule, pair.diagrams.whole)
    cell = old & new
    return [name for name in bound if pair.diagrams.exists(cell, (name,)) == cell]


def _groups(pair: Pair[BddRegion]) -> list[set[str]]:
    """Return the findings in groups that no constraint of either edition ties together."""
    groups = [{name} for name in pair.atoms.inputs]
    for restriction in pair.restrictions:
        tied = _inputs(restriction)
        apart = [group for group in groups if not group & tied]
        groups = [*apart, set().union(*(group for group in groups if group & tied))]
    return groups


def _inputs(restriction: Restriction) -> set[str]:
    if isinstance(restriction, Comparison):
        return {restriction.left, restriction.right}
    return {*inputs_of(restriction.when), *inputs_of(restriction.then)}


def _constrained_alike(pair: Pair[BddRegion], group: set[str]) -> bool:
    # INVARIANT: what an edition allows is the product of what it allows in each group.
    return _allowed(pair, pair.old, group) == _allowed(pair, pair.new, group)


def _allowed(pair: Pair[BddRegion], edition: Edition[BddRegion], group: Iterable[str]) -> BddRegion:
    names = set(group)
    restrictions = [one for one in edition.compiled.restrictions if _inputs(one) & names]
    inputs = [one for name, one in edition.compiled.inputs.items() if name in names]
    return legal_region(restrictions, inputs, pair.atoms, pair.diagrams)


def _signature(pair: Pair[BddRegion], region: BddRegion) -> list[object]:
    axes, nodes, root = signature(pair.diagrams.freeze(region))
    return [[[name, [_run_text(pair, name, run) for run in runs]] for name, runs in axes], nodes, root]


def _run_text(pair: Pair[BddRegion], finding: str, run: tuple[int, ...]) -> object:
    """Return the values of neighbouring atoms: words, or the first and last number."""
    one = pair.atoms.inputs[finding]
    if one.grid is None:
        return [one.words[atom] for atom in run]
    return [render(pair.atoms.interval(finding, run[0]).low), render(pair.atoms.interval(finding, run[-1]).high)]
