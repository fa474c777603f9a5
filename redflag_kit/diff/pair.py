"""Two editions over one space of patients.

Claim: patients range over the findings of both vocabularies; `legal` are those that satisfy both editions' constraints.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Generic

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.cuts import Atoms, cut, merge_inputs
from redflag_kit.compile.expression import InputEntry
from redflag_kit.compile.table import Compiled, Restriction
from redflag_kit.logic.algebra import R, Searching
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.budget import Budget, Deadline
from redflag_kit.logic.space import Axis, Space
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vocabulary import Finding, Output
from redflag_kit.semantics.hit_policies import Cell, aspects
from redflag_kit.semantics.regions import Meaning, meaning
from redflag_kit.semantics.witness import patient_at
from redflag_kit.terms.scale import Status

if TYPE_CHECKING:
    from redflag_kit.logic.sat import SatRegion

Aspect = tuple[str, str]

NODES = Budget().nodes


@dataclass(frozen=True)
class Edition(Generic[R]):
    """One side of a comparison."""

    guideline: Guideline
    compiled: Compiled
    meaning: Meaning[R]

    def cells(self, aspect: Aspect, whole: R) -> tuple[Cell[R], ...]:
        """Return the cells of an aspect, `not_covered` everywhere if this edition does not have the output."""
        if aspect[0] not in self.guideline.covers:
            return (Cell(Status.NOT_COVERED.value, None, whole),)
        known = self.meaning.cells.get(aspect)
        return self._unlisted(aspect[0], whole) if known is None else known

    def cell(self, aspect: Aspect, value: str, rule: str | None, whole: R) -> R:
        """Return where an aspect has a value because of a rule."""
        return next(one.region for one in self.cells(aspect, whole) if (one.value, one.rule) == (value, rule))

    def _unlisted(self, output: str, whole: R) -> tuple[Cell[R], ...]:
        """Return the cells of an element that this edition's set lacks: the statuses of the set, silent elsewhere."""
        silent = Status.SILENT.value
        statuses = {s: region for s, region in self.meaning.sets[output].items() if s != silent}
        rest = whole
        for region in statuses.values():
            rest = rest - region
        return (*(Cell(status, None, region) for status, region in statuses.items()), Cell(silent, None, rest))

    def written_aspects(self) -> tuple[Aspect, ...]:
        """Return the aspects that some rule of the edition writes."""
        return self._written_aspects

    @cached_property
    def _written_aspects(self) -> tuple[Aspect, ...]:
        rows = (row for table in self.compiled.tables for row in (*table.rows, *(table.otherwise or ())))
        return tuple(dict.fromkeys((output, value) for row in rows for output, values in row.then for value in values))


@dataclass(frozen=True)
class Pair(Generic[R]):
    """Both editions, their common space in one algebra, and the regions every later step shares."""

    old: Edition[R]
    new: Edition[R]
    atoms: Atoms
    algebra: Searching[R]

    @property
    def diagrams(self: Pair[BddRegion]) -> Diagrams:
        """Return the algebra of a pair over diagrams, for what only they can do."""
        assert isinstance(self.algebra, Diagrams)
        return self.algebra

    @cached_property
    def legal(self) -> R:
        """Return the patients that both editions allow."""
        return self.old.meaning.legal & self.new.meaning.legal

    @cached_property
    def findings(self) -> dict[str, Finding]:
        """Return the findings of both vocabularies, the new one's declaration where both have it."""
        return {**self.old.guideline.vocabulary.findings, **self.new.guideline.vocabulary.findings}

    @cached_property
    def outputs(self) -> dict[str, Output]:
        """Return the outputs that one of the editions covers, as the new vocabulary declares and orders them.

        Where the old scale has all the new levels and more, it is the one that can order both editions' levels.
        """
        old, new = self.old.guideline.vocabulary.outputs, self.new.guideline.vocabulary.outputs
        covered = {*self.old.guideline.covers, *self.new.guideline.covers}
        declared = {**old, **new}
        wider = {name for name in old.keys() & new if set(_levels(new[name])) < set(_levels(old[name]))}
        return {name: old[name] if name in wider else declared[name] for name in declared if name in covered}

    @property
    def restrictions(self) -> tuple[Restriction, ...]:
        """Return the constraints of both editions."""
        return tuple(dict.fromkeys((*self.old.compiled.restrictions, *self.new.compiled.restrictions)))

    def aspects(self) -> tuple[Aspect, ...]:
        """Return every ordered output, and every member of a set output that some rule of either edition lists.

        A set that no rule writes keeps its first member, so that a change of its status is still seen.
        """
        return self._aspects

    @cached_property
    def _aspects(self) -> tuple[Aspect, ...]:
        found: dict[Aspect, None] = {}
        for name, output in self.outputs.items():
            written = [a for e in (self.old, self.new) for a in e.written_aspects() if a[0] == name]
            found |= dict.fromkeys(((name, ""),) if output.scale else sorted(written) or aspects(output)[:1])
        return tuple(found)

    def patient_at(self, point: tuple[int, ...]) -> dict[str, Value]:
        """Return a concrete patient in the atoms of a point."""
        return patient_at(point, self.atoms, self.restrictions, self.findings)


def _levels(output: Output) -> tuple[str, ...]:
    return output.scale.levels if output.scale else ()


def clashing_findings(old: Guideline, new: Guideline) -> tuple[str, ...]:
    """Return the findings whose declarations differ so much that patients of the two editions cannot be compared."""
    inputs, clashing = merge_inputs((compile_guideline(old), compile_guideline(new)))
    before, after = old.vocabulary.findings, new.vocabulary.findings
    both = before.keys() & after.keys()
    return tuple(n for n in inputs if n in clashing or (n in both and before[n].unit != after[n].unit))


def clashing_outputs(old: Guideline, new: Guideline) -> tuple[str, ...]:
    """Return the outputs that turned from ordered into sets or back, or whose levels have no common order."""
    before, after = old.vocabulary.outputs, new.vocabulary.outputs
    covered = {*old.covers, *new.covers}
    return tuple(n for n in after if n in before and n in covered and not _comparable(before[n], after[n]))


def _comparable(old: Output, new: Output) -> bool:
    if old.scale is None or new.scale is None:
        return old.scale is new.scale
    fewer, more = sorted((old.scale.levels, new.scale.levels), key=len)
    return fewer == tuple(level for level in more if level in fewer)


def pair(old: Guideline, new: Guideline, cuts: Iterable[InputEntry] = (), nodes: int = NODES) -> Pair[BddRegion]:
    """Return two editions over one space, findings in order of use. `cuts` are further tests the run will put.

    Raises BudgetExceeded if that takes more than so many diagram nodes; so do the other pairs over diagrams.
    """
    compiled = compile_guideline(old), compile_guideline(new)
    atoms = cut(compiled, cuts)
    return _pair(old, new, compiled, atoms, Diagrams(atoms.space, nodes))


def pair_by_name(old: Guideline, new: Guideline, nodes: int = NODES) -> Pair[BddRegion]:
    """Return two editions over a space whose findings are in order of their ids: the order fingerprints need."""
    compiled = compile_guideline(old), compile_guideline(new)
    atoms = cut(compiled)
    ordered = Atoms({name: atoms.inputs[name] for name in sorted(atoms.inputs)}, atoms.starts)
    return _pair(old, new, compiled, ordered, Diagrams(ordered.space, nodes))


def pair_with_flags(old: Guideline, new: Guideline, nodes: int = NODES) -> Pair[BddRegion]:
    """Return two editions over patients who complete cases, with the cases themselves on axes of their own.

    Each finding has three axes: whether the case knows it, what the case knows, and its value in a completion. The
    editions are read on completions.
    """
    compiled = compile_guideline(old), compile_guideline(new)
    atoms = cut(compiled)
    axes = [
        axis for one in atoms.space.axes for axis in (Axis(flag(one.name), 2), replace(one, name=known(one.name)), one)
    ]
    return _pair(old, new, compiled, atoms, Diagrams(Space(tuple(axes)), nodes))


def flag(finding: str) -> str:
    """Return the axis that says whether a finding is known (atom 0) or not assessed (atom 1)."""
    return f"?{finding}"


def known(finding: str) -> str:
    """Return the axis that says what a case knows of a finding; without meaning where it is not assessed."""
    return f"={finding}"


def pair_by_search(old: Guideline, new: Guideline, deadline: Deadline) -> Pair[SatRegion]:
    """Return two editions over the space of `pair`, whose regions are searched and never written out."""
    from redflag_kit.logic.sat import Clauses  # COST: loading the solver; few comparisons need it

    compiled = compile_guideline(old), compile_guideline(new)
    atoms = cut(compiled)
    return _pair(old, new, compiled, atoms, Clauses(atoms.space, deadline=deadline))


def _pair(
    old: Guideline, new: Guideline, compiled: tuple[Compiled, Compiled], atoms: Atoms, algebra: Searching[R]
) -> Pair[R]:
    editions = [
        Edition(guideline, one, meaning(one, atoms, algebra))
        for guideline, one in zip((old, new), compiled, strict=True)
    ]
    return Pair(editions[0], editions[1], atoms, algebra)
