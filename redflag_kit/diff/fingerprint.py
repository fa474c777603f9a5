"""Fingerprints of change classes: equal where output, values and patients are equal, whatever else was touched.

The region is hashed as a reduced diagram with findings in order of their ids and only the cuts that matter, after
findings that neither edition's decision reads (for constraint classes: that both editions constrain alike) have been
projected away. Rule ids, order and text do not enter.
"""

from collections.abc import Iterable

from redflag_kit.compile.digest import digest_of
from redflag_kit.compile.expression import inputs_of
from redflag_kit.compile.table import Restriction
from redflag_kit.diff.changes import Change, changes, constraint_changes
from redflag_kit.diff.pair import Edition, Pair
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.mdd import signature
from redflag_kit.model.vocabulary import Comparison
from redflag_kit.semantics.regions import legal_region
from redflag_kit.terms.quantity import render


def fingerprints(by_name: Pair) -> dict[tuple[tuple[str, str], str, str, str, str], str]:
    """Return the fingerprint of every class, by its key. The pair's space must have its findings in id order."""
    found = {}
    for change in changes(by_name):
        old = _cell_region(by_name, change, new=False)
        new = _cell_region(by_name, change, new=True)
        reads = set(by_name.diagrams.support(old & new))
        unread = [name for name in by_name.atoms.inputs if name not in reads]
        found[change.key] = _hash(by_name, change, by_name.diagrams.exists(change.region, unread))
    for change in constraint_changes(by_name):
        alike = [name for group in _groups(by_name) if _constrained_alike(by_name, group) for name in group]
        found[change.key] = _hash(by_name, change, by_name.diagrams.exists(change.region, alike))
    return found


def _groups(pair: Pair) -> list[set[str]]:
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


def _constrained_alike(pair: Pair, group: set[str]) -> bool:
    # INVARIANT: what an edition allows is the product of what it allows in each group.
    return _allowed(pair, pair.old, group) == _allowed(pair, pair.new, group)


def _allowed(pair: Pair, edition: Edition, group: Iterable[str]) -> BddRegion:
    names = set(group)
    restrictions = [one for one in edition.compiled.restrictions if _inputs(one) & names]
    inputs = [one for name, one in edition.compiled.inputs.items() if name in names]
    return legal_region(restrictions, inputs, pair.atoms, pair.diagrams)


def _cell_region(pair: Pair, change: Change, new: bool) -> BddRegion:
    edition, value, rule = (
        (pair.new, change.new_value, change.new_rule) if new else (pair.old, change.old_value, change.old_rule)
    )
    cells = edition.cells(change.aspect, pair.diagrams.whole)
    return next(cell.region for cell in cells if cell.value == value and cell.rule == rule)


def _hash(pair: Pair, change: Change, region: BddRegion) -> str:
    axes, nodes, root = signature(pair.diagrams.freeze(region))
    named = [[name, [_run_text(pair, name, run) for run in runs]] for name, runs in axes]
    return digest_of([change.aspect, change.old_value, change.new_value, named, nodes, root])


def _run_text(pair: Pair, finding: str, run: tuple[int, ...]) -> object:
    """Return the values of neighbouring atoms: words, or the first and last number."""
    one = pair.atoms.inputs[finding]
    if one.grid is None:
        return [one.words[atom] for atom in run]
    return [render(pair.atoms.interval(finding, run[0]).low), render(pair.atoms.interval(finding, run[-1]).high)]
