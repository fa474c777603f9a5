"""Edits as faults: for whom something is flipped, and what flipping it does to the outputs.

Claim: under the mutant, a legal patient in the region of a piece has the outputs that the piece's effect gives, and
everybody in none of the pieces has those of the guideline. Pieces do not meet.
Method: what a condition loses or gains is found where it stands, by the parts that decide it; the effect of flipping
its rule is shared by all mutants of that rule. Only what flips several rules at once is ruled on anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeAlias

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.expression import scores_of
from redflag_kit.compile.table import Row, Sum, Table
from redflag_kit.logic.algebra import R, at_least, disjunction
from redflag_kit.model.condition import Condition
from redflag_kit.model.guideline import Assignment, HitPolicy, Score
from redflag_kit.mutate.apply import apply, replaced_at
from redflag_kit.mutate.mutant import (
    AssumeChanged,
    Edit,
    GuardDropped,
    Owner,
    PartsReplaced,
    PointsChanged,
    PolicyChanged,
    Replaced,
    RuleDropped,
    ThenChanged,
    Where,
)
from redflag_kit.observe.effect import Effect, View
from redflag_kit.observe.flips import Flips
from redflag_kit.observe.moves import moves
from redflag_kit.observe.parts import Part, Path, parts_of
from redflag_kit.observe.rerun import Change, rerun
from redflag_kit.observe.world import Tables, World, tables_of
from redflag_kit.semantics.regions import meaning


@dataclass(frozen=True, slots=True)
class Piece(Generic[R]):
    """The patients for whom an effect applies."""

    where: R
    effect: Effect[R]


Fault: TypeAlias = tuple[Piece[R], ...]


@dataclass(frozen=True)
class Faults(Generic[R]):
    """The faults of one guideline in one algebra. Effects are kept for as long as this is."""

    flips: Flips[R]
    _parts: dict[Where, dict[Path, Part[R]]] = field(default_factory=dict, repr=False)

    @property
    def world(self) -> World[R]:
        """Return the guideline without any fault."""
        return self.flips.world

    def of(self, edit: Edit) -> Fault[R]:
        """Return what an edit does to patients; nothing if it changes what is assumed."""
        world = self.world
        match edit:
            case PartsReplaced((part,)) if part.where.owner is not Owner.POINTS:
                return (self._one_part(part),)
            case PartsReplaced(parts):
                return self._several_parts(edit, parts)
            case RuleDropped(rule):
                return (Piece(world.meaning.holds[rule], self.flips.flip(rule)),)
            case ThenChanged(rule, then):
                return self._then(rule, then)
            case GuardDropped(rule, by):
                where = world.meaning.holds[rule] & world.meaning.fires[by]
                table = world.table_of[rule]
                return (Piece(where, self._ruled(_without_guard(table, rule, by), table.outputs)),)
            case PolicyChanged(decision, policy):
                return self._policy(decision, policy)
            case PointsChanged():
                return self._points(edit)
            case AssumeChanged():  # pragma: no branch
                return ()

    def parts(self, where: Where) -> Mapping[Path, Part[R]]:
        """Return the parts of a condition, and where each decides it."""
        if where not in self._parts:
            self._parts[where] = parts_of(self._condition(where), self.world.region, self.world.algebra)
        return self._parts[where]

    def _condition(self, where: Where) -> Condition:
        guideline = self.world.leaves.guideline
        if where.owner is Owner.RULE:
            return self.world.conditions[where.name]
        if where.owner is Owner.SCOPE:
            return guideline.scope
        return self._score(where.name).points[where.index].when

    def _score(self, name: str) -> Score:
        return next(one for one in self.world.leaves.guideline.scores if one.id == name)

    def _flip(self, where: Where) -> Effect[R]:
        return self.flips.flip_scope() if where.owner is Owner.SCOPE else self.flips.flip(where.name)

    def _one_part(self, part: Replaced) -> Piece[R]:
        known = self.parts(part.where)[part.path]
        where = known.decides & (known.region ^ self.world.region(part.new))
        return Piece(where, self._flip(part.where))

    def _several_parts(self, edit: Edit, parts: Iterable[Replaced]) -> Fault[R]:
        """Return the fault of parts replaced at once: rule by rule where no patient meets two of them, else anew."""
        edited: dict[Where, Condition] = {}
        for part in parts:
            before = edited.get(part.where) or self._condition(part.where)
            edited[part.where] = replaced_at(before, part.path, part.new)
        world = self.world
        flipped = {where: world.region(self._condition(where)) ^ world.region(new) for where, new in edited.items()}
        scope = flipped.pop(Where(Owner.SCOPE), world.algebra.empty)
        outside = self._out_of_scope(edit, scope) if Where(Owner.SCOPE) in edited else ()
        within = world.care - scope
        counted = [where for where in flipped if where.owner is Owner.POINTS]
        if not counted and (at_least(world.algebra, 2, list(flipped.values())) & within).is_empty():
            return (*outside, *(Piece(region & within, self._flip(where)) for where, region in flipped.items()))
        somewhere = disjunction(world.algebra, flipped.values()) & within
        return (*outside, Piece(somewhere, self._anew(edited)))

    def _out_of_scope(self, edit: Edit, where: R) -> Fault[R]:
        """Return the fault of a scope that changed together with rules: whoever is in it has the outputs they give."""
        world = self.world

        def tables() -> Tables[R]:
            other = compile_guideline(apply(world.leaves.guideline, edit))
            return tables_of(meaning(replace(other, restrictions=()), world.leaves.atoms, world.algebra), world.algebra)

        covers = frozenset(world.compiled.covers)
        everybody = {(view, output): world.meaning.legal for view in View for output in covers}
        return (Piece(where, Effect(world, tables, world.meaning.legal, None, everybody)),)

    def _anew(self, edited: Mapping[Where, Condition]) -> Effect[R]:
        """Return the effect of conditions changed at once."""
        world = self.world
        rules = {where.name: new for where, new in edited.items() if where.owner is Owner.RULE}
        reading = [rule for rule in rules if world.reads[rule]]
        change = Change(
            holds={rule: world.region(new) & world.meaning.scope for rule, new in rules.items() if rule not in reading},
            whens={rule: world.leaves.expression(rules[rule]) for rule in reading},
            sums=self._sums(edited),
        )
        return Effect(world, lambda: rerun(world, change), world.care)

    def _sums(self, edited: Mapping[Where, Condition]) -> dict[str, Sum]:
        """Return the scores with edited conditions among those of their points."""
        before = {one.score: one for one in self.world.compiled.sums}
        found: dict[str, Sum] = {}
        for where, new in edited.items():
            if where.owner is Owner.POINTS:
                total = found.get(where.name, before[where.name])
                points = list(total.points)
                points[where.index] = (self.world.leaves.expression(new), points[where.index][1])
                found[where.name] = replace(total, points=tuple(points))
        return found

    def _then(self, rule: str, then: tuple[Assignment, ...]) -> Fault[R]:
        world = self.world
        table, row = world.table_of[rule], world.row(rule)
        new = replace(row, then=tuple(sorted((one.output, tuple(sorted(one.values))) for one in then)))
        changed = tuple(name for name in table.outputs if row.writes(name) != new.writes(name))
        if table.hit_policy is HitPolicy.PRIORITY:  # which of its rows decides hangs on all that they write
            changed = table.outputs
        moved = moves(world, table, new, changed[0]) if len(changed) == 1 else None
        if moved is not None:
            return tuple(Piece(where, self.flips.force(changed[0], value)) for value, where in moved)
        return (Piece(world.meaning.fires[rule], self._ruled(_with_row(table, new), changed)),)

    def _policy(self, decision: str, policy: HitPolicy) -> Fault[R]:
        table = next(one for one in self.world.compiled.tables if one.decision == decision)
        return (Piece(self.world.care, self._ruled(replace(table, hit_policy=policy), table.outputs)),)

    def _points(self, edit: PointsChanged) -> Fault[R]:
        # The sums that a test accepts are listed as far as the score can reach, which may now be further.
        world, score = self.world, edit.score
        other = compile_guideline(apply(world.leaves.guideline, edit))
        whens = {rule: other.row(rule).when for rule, read in world.reads.items() if score in read}
        reading = {one.score: one for one in other.sums if any(score in scores_of(when) for when, _ in one.points)}
        own = next(one for one in other.sums if one.score == score)
        change = Change[R](whens=whens, sums={score: own, **reading})
        where = world.region(self._score(score).points[edit.index].when)
        return (Piece(where, Effect(world, lambda: rerun(world, change), world.care)),)

    def _ruled(self, table: Table, outputs: tuple[str, ...]) -> Effect[R]:
        """Return the effect of another table for a decision, of whose outputs only some can change."""
        # COST: what the other outputs are is not found again; PRIORITY alone looks at all of them, and names them all.
        return self.flips.ruled(replace(table, outputs=outputs))


def _with_row(table: Table, new: Row) -> Table:
    def rows(old: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(new if row.rule == new.rule else row for row in old)

    return replace(table, rows=rows(table.rows), otherwise=None if table.otherwise is None else rows(table.otherwise))


def _without_guard(table: Table, rule: str, by: str) -> Table:
    row = next(row for row in table.rows if row.rule == rule)
    return _with_row(table, replace(row, suppressed_by=tuple(name for name in row.suppressed_by if name != by)))
