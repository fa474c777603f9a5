"""Where two versions can differ at all: where some rule applies in one of them only, or says another thing.

Claim: outside these regions every output has the same value in both versions. Inside, it may or may not differ.
Method: at a point where every table has the same rules firing, in the same order, saying the same, its hit policy
gives the same. Versions mostly share most rules, so the regions are small, and often proved empty one by one.
Not covered: where the patients allowed by the two versions differ.
"""

from redflag_kit.compile.table import Compiled, Row, Table
from redflag_kit.logic.algebra import Algebra, R
from redflag_kit.semantics.regions import Meaning

SCOPE = ""
"""Stands for the scope among the rules."""


def flips(
    old: Compiled, new: Compiled, before: Meaning[R], after: Meaning[R], algebra: Algebra[R]
) -> dict[str, R] | None:
    """Return per rule where it flips, empty regions left out; None if the tables cannot be compared rule by rule."""
    # COST: one question of emptiness per rule; a rule whose condition is made alike in both versions costs nothing.
    if _spoken(old) != _spoken(new) or not _comparable(old, new):
        return None
    one, other = _rows(old), _rows(new)
    found = {SCOPE: before.scope ^ after.scope}
    for rule in (*one, *(rule for rule in other if rule not in one)):
        was, is_now = before.fires.get(rule, algebra.empty), after.fires.get(rule, algebra.empty)
        alike = rule in one and rule in other and _says(one[rule]) == _says(other[rule])
        found[rule] = was ^ is_now if alike else was | is_now
    return {rule: region for rule, region in found.items() if not region.is_empty()}


def _spoken(compiled: Compiled) -> dict[str, tuple[object, ...]]:
    """Return what of each output bears on its values."""
    return {name: (one.scale and one.scale.levels, one.elements, one.combine) for name, one in compiled.outputs.items()}


def _comparable(old: Compiled, new: Compiled) -> bool:
    one, other = ({table.decision: table for table in version.tables} for version in (old, new))
    return one.keys() == other.keys() and all(_same_frame(one[name], other[name]) for name in one)


def _same_frame(one: Table, other: Table) -> bool:
    """Tell whether two tables treat the same rules alike: same hit policy, outputs, and order of common rules."""
    if (one.hit_policy, one.outputs) != (other.hit_policy, other.outputs):
        return False
    pairs = ((one.rows, other.rows), (one.otherwise or (), other.otherwise or ()))
    return all(_order(rows, others) == _order(others, rows) for rows, others in pairs)


def _order(rows: tuple[Row, ...], others: tuple[Row, ...]) -> list[str]:
    common = {row.rule for row in others}
    return [row.rule for row in rows if row.rule in common]


def _rows(compiled: Compiled) -> dict[str, Row]:
    return {row.rule: row for table in compiled.tables for row in (*table.rows, *(table.otherwise or ()))}


def _says(row: Row) -> dict[str, frozenset[str]]:
    return {output: frozenset(values) for output, values in row.then}
