"""The tables of a guideline ruled on again where something changed, and what follows from them.

Claim: inside the scope, the outputs returned have exactly the values they would have, and all others keep theirs.
Cost: the rules that read what changed are read again, and their tables ruled on; everything else is taken as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic

from redflag_kit.compile.expression import Expression, outputs_of, scores_of
from redflag_kit.compile.table import Sum, Table
from redflag_kit.logic.algebra import R, sums
from redflag_kit.observe.world import Aspect, Tables, World, rows_of
from redflag_kit.semantics.hit_policies import rule_on
from redflag_kit.semantics.regions import region_given


@dataclass(frozen=True)
class Change(Generic[R]):
    """What is changed at once.

    `holds`: where rules hold now that nothing before them changed; `whens`: conditions of rules as they are now;
    `tables`: other tables for some decisions; `sums`: other scores; `forced`: values given to outputs instead of what
    their tables say.
    """

    holds: Mapping[str, R] = field(default_factory=dict)
    whens: Mapping[str, Expression] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    sums: Mapping[str, Sum] = field(default_factory=dict)
    forced: Tables[R] = field(default_factory=dict)


def rerun(world: World[R], change: Change[R]) -> dict[Aspect, dict[str, R]]:
    """Return where the outputs that may have changed have each value."""
    again = _Again(world, change, _totals(world, change.sums), {a: dict(v) for a, v in change.forced.items()})
    for table in world.compiled.tables:
        again.read(table)
    return again.found


def _totals(world: World[R], changed: Mapping[str, Sum]) -> dict[str, dict[int, R]]:
    """Return where the scores that may have changed have each sum."""
    found: dict[str, dict[int, R]] = {}
    for total in world.compiled.sums if changed else ():
        new = changed.get(total.score, total)
        if new is not total or any(scores_of(when) & found.keys() for when, _ in new.points):
            known = {**world.meaning.totals, **found}
            weighted = (
                (region_given(when, world.leaves.atoms, world.algebra, known, {}), points)
                for when, points in new.points
            )
            found[total.score] = sums(world.algebra, weighted)
    return found


@dataclass(frozen=True)
class _Again(Generic[R]):
    """The tables read again so far: `found` are the outputs that may have changed, `totals` the scores."""

    world: World[R]
    change: Change[R]
    totals: Mapping[str, Mapping[int, R]]
    found: dict[Aspect, dict[str, R]]

    def read(self, table: Table) -> None:
        """Rule on a table again if it, one of its conditions, or something that one of them reads changed."""
        world = self.world
        new = self.change.tables.get(table.decision, table)
        holds = self.holds(table)
        if holds or new is not table:
            ruling = rule_on(new, {**world.holds(table), **holds}, world.compiled.outputs, world.algebra)
            self.found.update(world.tabled(new, ruling))

    def holds(self, table: Table) -> dict[str, R]:
        """Return where the rules of a table hold now whose condition, or what it reads, changed."""
        stale = {output for output, _ in self.found} | self.totals.keys()
        holds: dict[str, R] = {}
        for row in rows_of(table):
            if row.rule in self.change.whens or stale & self.world.reads[row.rule]:
                holds[row.rule] = self.region(self.change.whens.get(row.rule, row.when))
            elif row.rule in self.change.holds:
                holds[row.rule] = self.change.holds[row.rule]
        return holds

    def region(self, when: Expression) -> R:
        world = self.world
        given = world.values_of(outputs_of(when), self.found)
        totals = {**world.meaning.totals, **self.totals}
        return region_given(when, world.leaves.atoms, world.algebra, totals, given) & world.meaning.scope
