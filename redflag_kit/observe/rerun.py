"""The tables of a guideline ruled on again where something changed, and what follows from them.

Claim: inside the scope, the outputs returned have exactly the values they would have, and all others keep theirs.
Cost: the rules that read what changed are read again, and their tables ruled on; everything else is taken as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic

from redflag_kit.compile.expression import Expression, outputs_of
from redflag_kit.compile.table import Table
from redflag_kit.logic.algebra import R
from redflag_kit.observe.world import Aspect, Tables, World, rows_of
from redflag_kit.semantics.hit_policies import rule_on
from redflag_kit.semantics.regions import region_given


@dataclass(frozen=True)
class Change(Generic[R]):
    """What is changed at once.

    `holds`: where rules hold now that nothing before them changed; `whens`: conditions of rules as they are now;
    `tables`: other tables for some decisions; `totals`: where scores have each sum now; `forced`: values given to
    outputs instead of what their tables say.
    """

    holds: Mapping[str, R] = field(default_factory=dict)
    whens: Mapping[str, Expression] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    totals: Mapping[str, Mapping[int, R]] = field(default_factory=dict)
    forced: Tables[R] = field(default_factory=dict)


def rerun(world: World[R], change: Change[R]) -> dict[Aspect, dict[str, R]]:
    """Return where the outputs that may have changed have each value."""
    found = {aspect: dict(values) for aspect, values in change.forced.items()}
    for table in world.compiled.tables:
        new = change.tables.get(table.decision, table)
        holds = _holds(world, change, table, found)
        if holds or new is not table:
            ruling = rule_on(new, {**world.holds(table), **holds}, world.compiled.outputs, world.algebra)
            found |= world.tabled(new, ruling)
    return found


def _holds(world: World[R], change: Change[R], table: Table, found: Tables[R]) -> dict[str, R]:
    """Return where the rules of a table hold now whose condition, or what it reads, changed."""
    stale = {output for output, _ in found} | change.totals.keys()
    holds: dict[str, R] = {}
    for row in rows_of(table):
        if row.rule in change.whens or stale & world.reads[row.rule]:
            when = change.whens.get(row.rule, row.when)
            holds[row.rule] = _region(world, change, when, found)
        elif row.rule in change.holds:
            holds[row.rule] = change.holds[row.rule]
    return holds


def _region(world: World[R], change: Change[R], when: Expression, found: Tables[R]) -> R:
    given = world.values_of(outputs_of(when), found)
    totals = {**world.meaning.totals, **change.totals}
    return region_given(when, world.leaves.atoms, world.algebra, totals, given) & world.meaning.scope
