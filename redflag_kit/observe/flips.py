"""Effects of single rules: what becomes of the outputs where a rule's condition is answered the other way.

Claim: at every legal patient in scope, the tables of `flip(rule)` hold what the guideline would say if this one
condition were flipped there, its exceptions, hit policy, later tables and entailment followed.
Method: the rule's table is ruled on once with the condition negated everywhere. Where it writes one ordered output that
later tables read, these are followed once for each value of the output instead of once for each rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Generic

from redflag_kit.compile.expression import Negation
from redflag_kit.compile.table import Table
from redflag_kit.logic.algebra import R
from redflag_kit.observe.effect import Effect, Moved, View
from redflag_kit.observe.rerun import Change, rerun
from redflag_kit.observe.world import Tables, World, tables_of
from redflag_kit.semantics.hit_policies import rule_on
from redflag_kit.semantics.regions import meaning


@dataclass(frozen=True)
class Flips(Generic[R]):
    """The effects of flipping each rule of a guideline, or its scope; found when first asked for."""

    world: World[R]
    _rules: dict[str, Effect[R]] = field(default_factory=dict, repr=False)
    _scope: list[Effect[R]] = field(default_factory=list, repr=False)
    _forced: dict[tuple[str, str], Effect[R]] = field(default_factory=dict, repr=False)

    def flip(self, rule: str) -> Effect[R]:
        """Return the effect of flipping the condition of a rule."""
        if rule not in self._rules:
            self._rules[rule] = self._flip(rule)
        return self._rules[rule]

    def flip_scope(self) -> Effect[R]:
        """Return the effect of flipping the scope: whoever was in it is out, and the other way round."""
        if not self._scope:
            self._scope.append(_scope_effect(self.world))
        return self._scope[0]

    def ruled(self, table: Table) -> Effect[R]:
        """Return the effect of another table for a decision; of its outputs it names those that can change."""
        world = self.world
        holds = world.holds(next(one for one in world.compiled.tables if one.decision == table.decision))
        return self._effect(table, holds, Change(tables={table.decision: table}))

    def _flip(self, rule: str) -> Effect[R]:
        world = self.world
        table, flipped = world.table_of[rule], ~world.meaning.holds[rule]
        return self._effect(table, {**world.holds(table), rule: flipped}, Change(holds={rule: flipped}))

    def _effect(self, table: Table, holds: Mapping[str, R], change: Change[R]) -> Effect[R]:
        """Return the effect of a change of one table, told by the values of its output where it is read later."""
        world = self.world

        def tables() -> Tables[R]:
            return rerun(world, change)

        later = world.followed(table.outputs)
        if len(table.outputs) != 1 or not later or world.compiled.outputs[table.outputs[0]].scale is None:
            return Effect(world, tables, world.care)
        (output,) = table.outputs
        ruling = rule_on(table, holds, world.compiled.outputs, world.algebra)
        now = world.tabled((output,), ruling)[output, ""]
        return Effect(world, tables, world.care, Moved(later | {output}, self._moved(output, now)))

    def _moved(self, output: str, now: Mapping[str, R]) -> tuple[tuple[R, Effect[R]], ...]:
        """Return where an output takes each value that it did not have, with what follows from that value."""
        before = self.world.written[output, ""]
        moved = ((value, region - before[value] if value in before else region) for value, region in now.items())
        return tuple((region, self.force(output, value)) for value, region in moved if not region.is_empty())

    def force(self, output: str, value: str) -> Effect[R]:
        """Return the effect of giving an output one value everywhere."""
        world = self.world
        if (output, value) not in self._forced:
            change = Change(forced={(output, ""): {value: world.algebra.whole}})
            self._forced[output, value] = Effect(world, lambda: rerun(world, change), world.care)
        return self._forced[output, value]


def _scope_effect(world: World[R]) -> Effect[R]:
    """Return the effect of flipping the scope, by which every covered output changes, whoever the patient is."""
    compiled, covers = world.compiled, frozenset(world.compiled.covers)
    other = replace(compiled, scope=Negation(compiled.scope), restrictions=())

    def tables() -> Tables[R]:
        return tables_of(meaning(other, world.leaves.atoms, world.algebra), world.algebra)

    # COST: inside the scope no covered output is out of scope, so nothing need be compared.
    everybody = {(view, output): world.meaning.legal for view in View for output in covers}
    return Effect(world, tables, world.meaning.legal, None, everybody)
