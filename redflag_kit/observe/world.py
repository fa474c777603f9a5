"""A guideline over one algebra, ready to be asked what a change of it would do.

Claim: regions mean what `semantics.regions` says, over diagrams, gates or bitsets alike. What no change of rules can
alter (atoms, legal patients, families of outputs) is found once.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeAlias

from redflag_kit.compile.expression import outputs_of, scores_of
from redflag_kit.compile.table import Compiled, Row, Table
from redflag_kit.logic.algebra import Algebra, R, at_least, conjunction, disjunction
from redflag_kit.model.condition import All, Any, AtLeast, Condition, Named, Not
from redflag_kit.observe.leaves import Leaves
from redflag_kit.semantics.cases import entailed, members_first, written
from redflag_kit.semantics.hit_policies import LISTED, Ruling, aspects
from redflag_kit.semantics.regions import Meaning, region_given

Aspect: TypeAlias = tuple[str, str]
"""An ordered output with no element, a set output with one of its elements, or a set output with none: its statuses."""

Tables: TypeAlias = Mapping[Aspect, Mapping[str, R]]
"""Where each aspect has each value."""


@dataclass(frozen=True)
class World(Generic[R]):
    """A guideline over an algebra. `leaves` may be shared by worlds over the same atoms.

    `made`: what is written and what is entailed, if that is at hand; else it is found when it is first asked for.
    """

    leaves: Leaves
    compiled: Compiled
    algebra: Algebra[R]
    meaning: Meaning[R]
    made: tuple[Tables[R], Tables[R]] | None = None
    _regions: dict[int, tuple[Condition, R]] = field(default_factory=dict, repr=False)
    _followed: dict[frozenset[str], frozenset[str]] = field(default_factory=dict, repr=False)

    @cached_property
    def care(self) -> R:
        """Return the legal patients in scope."""
        return self.meaning.legal & self.meaning.scope

    @cached_property
    def conditions(self) -> dict[str, Condition]:
        """Return the condition of every rule that runs."""
        return {rule.id: rule.when for rule in self.leaves.guideline.rules()}

    @cached_property
    def table_of(self) -> dict[str, Table]:
        """Return the table that each rule stands in."""
        return {row.rule: table for table in self.compiled.tables for row in rows_of(table)}

    def row(self, rule: str) -> Row:
        """Return the row of a rule."""
        return self._rows[rule]

    @cached_property
    def _rows(self) -> dict[str, Row]:
        return {row.rule: row for table in self.compiled.tables for row in rows_of(table)}

    @cached_property
    def reads(self) -> dict[str, frozenset[str]]:
        """Return the outputs and scores that the condition of each rule tests."""
        return {rule: outputs_of(row.when) | scores_of(row.when) for rule, row in self._rows.items()}

    @cached_property
    def written(self) -> Tables[R]:
        """Return what the rules write."""
        return {**self.made[0], **statuses_of(self.meaning)} if self.made else tables_of(self.meaning, self.algebra)

    @cached_property
    def entailed(self) -> Tables[R]:
        """Return what the rules write and what that entails."""
        if self.made:
            return {**self.made[1], **statuses_of(self.meaning)}
        return entailed(self.compiled, self.written, self.algebra)

    @cached_property
    def families(self) -> dict[str, frozenset[str]]:
        """Return, for each output, the outputs whose entailed levels it can change, itself among them."""
        return families_of(self.compiled)

    def family(self, outputs: Iterable[str]) -> frozenset[str]:
        """Return the outputs whose entailed levels some outputs can change."""
        return frozenset[str]().union(*(self.families[name] for name in outputs))

    def followed(self, outputs: Collection[str]) -> frozenset[str]:
        """Return the outputs of the decisions that read some outputs, or what follows from these."""
        key = frozenset(outputs)
        if key not in self._followed:
            self._followed[key] = self._followed_by(key)
        return self._followed[key]

    def _followed_by(self, outputs: frozenset[str]) -> frozenset[str]:
        found: set[str] = set()
        for table in self.compiled.tables:
            if any((found | outputs) & self.reads[row.rule] for row in rows_of(table)):
                found |= set(table.outputs)
        return frozenset(found)

    def region(self, condition: Condition) -> R:
        """Return where a condition holds, exceptions and scope aside."""
        # COST: kept by identity; the parts of a changed condition are mostly those of the condition it was made from.
        known = self._regions.get(id(condition))
        if known is None:
            known = self._regions[id(condition)] = (condition, self._region(condition))
        return known[1]

    def _region(self, condition: Condition) -> R:
        match condition:
            case All(members):
                return conjunction(self.algebra, map(self.region, members))
            case Any(members):
                return disjunction(self.algebra, map(self.region, members))
            case AtLeast(n, members):
                return at_least(self.algebra, n, [self.region(one) for one in members])
            case Not(member):
                return ~self.region(member)
            case Named(_, meaning):
                return self.region(meaning)
            case _:
                found = self.leaves.finding(condition, self.algebra)
                return self._beyond_findings(condition) if found is None else found

    def _beyond_findings(self, test: Condition) -> R:
        expression = self.leaves.expression(test)
        given = self.values_of(outputs_of(expression), {})
        return region_given(expression, self.leaves.atoms, self.algebra, self.meaning.totals, given)

    def values_of(self, outputs: Iterable[str], changed: Tables[R]) -> dict[tuple[str, str], R]:
        """Return where outputs have each level, element or status, as conditions ask for them."""
        found: dict[tuple[str, str], R] = {}
        for name in outputs:
            for aspect in observed(self.compiled, name):
                values = changed[aspect] if aspect in changed else self.written[aspect]
                if aspect[1]:
                    found[aspect] = values.get(LISTED, self.algebra.empty)
                else:
                    found |= {(name, value): region for value, region in values.items()}
        return found

    def holds(self, table: Table) -> dict[str, R]:
        """Return where each rule of a table holds."""
        return {row.rule: self.meaning.holds[row.rule] for row in rows_of(table)}

    def tabled(self, outputs: Iterable[str], ruling: Ruling[R]) -> dict[Aspect, dict[str, R]]:
        """Return where outputs have each value once their table is ruled on."""
        found: dict[Aspect, dict[str, R]] = {}
        for aspect, cells in ruling.cells.items():
            values = found[aspect] = {}
            for cell in cells:
                values[cell.value] = values[cell.value] | cell.region if cell.value in values else cell.region
        for name in outputs:
            if not self.compiled.outputs[name].scale:
                found[name, ""] = self._set_statuses(name, found)
        return found

    def _set_statuses(self, name: str, tables: Tables[R]) -> dict[str, R]:
        """Return where a whole set has a status: nothing is listed there."""
        own = aspects(self.compiled.outputs[name])
        listed = disjunction(self.algebra, (tables[one].get(LISTED, self.algebra.empty) for one in own))
        # INVARIANT: where nothing is listed, every element is missing for the same reason.
        return {value: region - listed for value, region in tables[own[0]].items() if value != LISTED}


def tables_of(meaning: Meaning[R], algebra: Algebra[R]) -> Tables[R]:
    """Return what the rules write."""
    return {**written(meaning, algebra), **statuses_of(meaning)}


def statuses_of(meaning: Meaning[R]) -> dict[Aspect, dict[str, R]]:
    """Return where whole sets have a status."""
    return {(output, ""): found for output, found in meaning.sets.items()}


def families_of(compiled: Compiled) -> dict[str, frozenset[str]]:
    """Return, for each output, those that `satisfied_by` joins with it, in however many steps, itself among them."""
    family: dict[str, frozenset[str]] = {}
    for name in members_first(compiled):
        members = [one for one in compiled.outputs[name].satisfied_by if one in compiled.outputs]
        joined = frozenset({name}).union(*(family[one] for one in members))
        family |= dict.fromkeys(joined, joined)
    return family


def rows_of(table: Table) -> tuple[Row, ...]:
    """Return the rows of a table, those of `otherwise` last."""
    return (*table.rows, *(table.otherwise or ()))


def observed(compiled: Compiled, output: str) -> tuple[Aspect, ...]:
    """Return everything that is to be known of an output: one aspect, or a set's elements and then its statuses."""
    declared = compiled.outputs[output]
    return aspects(declared) if declared.scale else (*aspects(declared), (output, ""))
