"""The tables of a guideline ruled on again where something changed, and what follows from them.

Claim: inside the scope, the outputs returned have exactly the values they would have, and all others keep theirs.
Cost: the rules that read what changed are read again, and their tables ruled on; everything else is taken as it is.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Generic

from redflag_kit.compile.expression import Expression, outputs_of, scores_of
from redflag_kit.compile.table import Sum, Table
from redflag_kit.logic.algebra import R, disjunction, sums
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.observe.world import Aspect, Tables, World, rows_of
from redflag_kit.semantics.hit_policies import Firing, firing
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
    for total in world.compiled.sums:
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
            fired = firing(new, {**world.holds(table), **holds}, world.algebra)
            names = new.outputs if new is not table else self.spoken_of(table, holds, fired)
            self.found.update(world.tabled(names, fired.ruling(names, world.compiled.outputs)))

    def spoken_of(self, table: Table, changed: Collection[str], fired: Firing[R]) -> tuple[str, ...]:
        """Return the outputs that can change with the conditions of some rules.

        Under COLLECT, where it makes no difference to whether any rule fires, only what these rules write, and those
        that they suppress.
        """
        # COST: a table of many outputs is mostly changed by rules that write few of them.
        if table.hit_policy is not HitPolicy.COLLECT or any(row.rule in changed for row in table.otherwise or ()):
            return table.outputs
        before = disjunction(self.world.algebra, (self.world.meaning.fires[row.rule] for row in table.rows))
        if not ((fired.some ^ before) & self.world.care).is_empty():
            return table.outputs
        touched = set(changed)
        for rule in table.guard_order:
            row = self.world.row(rule)
            if touched.intersection(row.suppressed_by):
                touched.add(rule)
        rows = [self.world.row(rule) for rule in touched]
        return tuple(name for name in table.outputs if any(row.writes(name) for row in rows))

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
