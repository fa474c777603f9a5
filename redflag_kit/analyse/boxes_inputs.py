"""Inputs that never change an outcome, for a table of boxes.

Claim: the same faults as `irrelevant` yields over regions.
Method: an input matters if two points that differ in it alone are decided differently; such a pair is sought at the
rules that test it. Failing that, the outcome can depend on it only along the lines through such a rule, and this is
put to the analysis over regions, rule by rule, with the rules that touch the lines.
"""

from collections.abc import Iterator, Sequence

from redflag_kit.analyse.boxed import Boxed
from redflag_kit.analyse.boxes_near import around, meant
from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.irrelevant import influences, readers_of
from redflag_kit.analyse.large import BoxTable
from redflag_kit.compile.expression import Both, inputs_of
from redflag_kit.diagnostics import codes
from redflag_kit.logic.boxes.split import with_all
from redflag_kit.logic.boxes.witness import least
from redflag_kit.logic.space import Box
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.terms.scale import Status

_AT_ONCE = 8
"""How many rules are tried together for whether an input matters."""


def irrelevant(boxed: Boxed) -> Iterator[Fault]:
    """Yield one fault per input that no outcome depends on, in order of first use."""
    one = boxed.table
    for name in dict.fromkeys(name for row in one.rows for name in inputs_of(row.when)):
        column = one.space.position(name)
        if not (_is_seen_to_matter(boxed, column) or _matters_somewhere(boxed, column)):
            others = readers_of(name, [one.table])
            yield Fault(codes.RF310, one.table.decision, (), None, None, others, (name,), {"everywhere": True})


def _is_seen_to_matter(boxed: Boxed, column: int) -> bool:
    """Say whether a point of some rule and one that leaves the rule in one column alone are decided differently."""
    one = boxed.table
    full = one.space.axes[column].full
    testing = [box for box in one.boxes if all(box) and box[column] != full]
    for start in range(0, len(testing), _AT_ONCE):
        boxed.deadline.check("findings that never matter")
        couples = [_couple(boxed, box, column) for box in testing[start : start + _AT_ONCE]]
        outcomes = _outcomes(boxed, [point for couple in couples for point in couple])
        if any(a != b for a, b in zip(outcomes[::2], outcomes[1::2], strict=True)):
            return True
    return False


def _couple(boxed: Boxed, box: Box, column: int) -> tuple[Box, Box]:
    """Return two points as boxes: the calmest of a box, and one outside it that differs in one column."""
    space = boxed.table.space
    outside = (*box[:column], space.axes[column].full & ~box[column], *box[column + 1 :])
    inner, outer = least(space, [box]), least(space, [outside])
    assert inner is not None
    assert outer is not None
    return tuple(1 << atom for atom in inner), tuple(1 << atom for atom in outer)


def _outcomes(boxed: Boxed, points: Sequence[Box]) -> list[object]:
    """Return what the table says at some points."""
    nodes = with_all(boxed.rules, boxed.rules.packed(points))
    firing: list[list[int]] = [[] for _ in points]
    for point, rule in zip(nodes.at.tolist(), nodes.rules.tolist(), strict=True):
        firing[point].append(rule)
    return [_outcome(boxed.table, rules) for rules in firing]


def _outcome(one: BoxTable, firing: Sequence[int]) -> object:
    """Return what a table says where some rows hold; equal exactly if every output has the same value."""
    rules = [rule for rule in firing if rule < len(one.table.rows)] or firing
    said = [meant(one.rows[rule]) for rule in rules]
    if not said:
        return Status.GAP
    match one.table.hit_policy:
        case HitPolicy.UNIQUE:
            return Status.CONFLICT if len(said) > 1 else said[0]
        case HitPolicy.ANY:
            found = {name: [values.get(name, frozenset()) for values in said] for name in one.table.outputs}
            return {n: v[0] if all(x == v[0] for x in v) else Status.CONFLICT for n, v in found.items() if any(v)}
        case HitPolicy.COLLECT if one.compiled.outputs[one.table.outputs[0]].scale is None:
            return {
                one.table.outputs[0]: frozenset(value for values in said for row in values.values() for value in row)
            }
        case _:
            return said[min(range(len(rules)), key=lambda at: one.ranks[rules[at]])]


def _matters_somewhere(boxed: Boxed, column: int) -> bool:
    """Say, by proof, whether an input matters: it can only along the lines through a rule that tests it."""
    one = boxed.table
    axis = one.space.axes[column]
    lines = dict.fromkeys(
        (*box[:column], axis.full, *box[column + 1 :]) for box in one.boxes if box[column] != axis.full
    )
    for line in lines:
        boxed.deadline.check("findings that never matter")
        scope = Both(tuple(one.atoms.entry(name, mask) for name, mask in one.cube(line).items()))
        subject = around(boxed, [line], scope)
        if influences(subject, boxed.diagrams, axis.name, one.table.outputs):
            return True
    return False
