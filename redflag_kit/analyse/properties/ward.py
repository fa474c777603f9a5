"""A guideline over a space that holds everything its properties read, in one algebra.

The space has an axis for every finding the guideline or a property tests, cut at every threshold of both. Findings
whose assumed value can matter have a second axis that says whether they are known: atom 0 known, atom 1 not assessed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Generic, Protocol, cast

from redflag_kit.analyse.assumed import tied_to
from redflag_kit.compile.compiler import compile_condition, compile_guideline, input_of, on_grid
from redflag_kit.compile.cuts import Atoms, cut
from redflag_kit.compile.expression import InputEntry, entries, inputs_of
from redflag_kit.compile.table import Compiled
from redflag_kit.logic.algebra import Algebra, R, Searching, disjunction
from redflag_kit.logic.bdd import Diagrams
from redflag_kit.logic.space import Axis, Point, Space
from redflag_kit.model.condition import Condition, Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.property import (
    Between,
    Carried,
    Floor,
    Monotone,
    NumberSteps,
    Property,
    Statement,
    UnknownSafety,
    Values,
)
from redflag_kit.model.vocabulary import Output
from redflag_kit.semantics.cases import entailed, written
from redflag_kit.semantics.hit_policies import Cell
from redflag_kit.semantics.regions import Meaning, condition_region, meaning
from redflag_kit.semantics.witness import patient_at
from redflag_kit.terms.scale import Status

Tables = Mapping[tuple[str, str], Mapping[str, R]]
NOT_COVERED = Status.NOT_COVERED.value


class Quantifying(Searching[R], Protocol[R]):
    """An algebra that can also forget or fix what a point says on an axis, as diagrams can."""

    def exists(self, region: R, axes: Iterable[str], /) -> R: ...

    def restrict(self, region: R, axis: str, atom: int, /) -> R: ...

    def ite(self, condition: R, then: R, otherwise: R, /) -> R: ...


def quantifying(algebra: Searching[R]) -> Quantifying[R] | None:
    """Return an algebra as one that can quantify, if it can."""
    found: object = algebra
    return cast("Quantifying[R]", found) if isinstance(found, Diagrams) else None


@dataclass(frozen=True)
class Ward(Generic[R]):
    """The patients of a guideline; `flagged` are the findings that may be not assessed, in the order of their axes."""

    guideline: Guideline
    compiled: Compiled
    atoms: Atoms
    algebra: Searching[R]
    meaning: Meaning[R]
    flagged: tuple[str, ...] = ()

    @cached_property
    def care(self) -> R:
        """Return the legal patients in scope."""
        return self.meaning.legal & self.meaning.scope

    @cached_property
    def _tables(self) -> dict[Values, Tables[R]]:
        own = written(self.meaning, self.algebra)
        return {Values.WRITTEN: own, Values.ENTAILED: entailed(self.compiled, own, self.algebra)}

    @cached_property
    def _spoken(self) -> dict[Values, Meaning[R]]:
        """Return the meaning with the values that conditions of properties read, every output of the vocabulary."""
        return {values: self._with(tables) for values, tables in self._tables.items()}

    def _with(self, tables: Tables[R]) -> Meaning[R]:
        cells = {
            aspect: tuple(Cell(value, None, region) for value, region in found.items())
            for aspect, found in tables.items()
            if aspect[0] in self.guideline.covers
        }
        outside = self.uncovered(self.guideline.vocabulary.outputs)
        sets = {**self.meaning.sets, **{output: {NOT_COVERED: self.algebra.whole} for output in outside}}
        return replace(self.meaning, cells=cells, sets=sets)

    def region(self, condition: Condition, values: Values) -> R:
        """Return where a condition of a property holds, scope and constraints aside."""
        expression = compile_condition(self.guideline, condition)
        return condition_region(expression, self._spoken[values], self.atoms, self.algebra)

    def uncovered(self, outputs: Iterable[str]) -> tuple[str, ...]:
        """Return the outputs that this guideline does not cover."""
        return tuple(output for output in outputs if output not in self.guideline.covers)

    def output(self, name: str) -> Output:
        return self.guideline.outputs[name]

    def values(self, output: str, values: Values) -> Mapping[str, R]:
        """Return where a covered ordered output has each value."""
        return self._tables[values][output, ""]

    def among(self, table: Mapping[str, R], wanted: Iterable[str]) -> R:
        """Return where one of these values holds."""
        return disjunction(self.algebra, (table[value] for value in wanted if value in table))

    @cached_property
    def _changed(self) -> dict[tuple[str, int], "Ward[R]"]:
        return {}

    def after(self, axis: str, atom: int) -> "Change[R]":
        """Return what holds of a patient once one finding is another."""
        algebra = quantifying(self.algebra)
        if algebra is not None:
            return Change(self, lambda region: algebra.restrict(region, axis, atom))
        key = (axis, atom)
        if key not in self._changed:
            pinned = Pinned(self.algebra, axis, atom)
            self._changed[key] = replace(self, meaning=meaning(self.compiled, self.atoms, pinned))
        return Change(self._changed[key], lambda region: region)

    def patient_at(self, point: Point) -> dict[str, Value]:
        """Return an ordinary patient in the atoms of a point."""
        findings = self.guideline.vocabulary.findings
        return patient_at(self.without_flags(point), self.atoms, self.compiled.restrictions, findings)

    def without_flags(self, point: Point) -> Point:
        """Return the atoms of the findings alone, in the order of the inputs."""
        at = self.algebra.space.position
        return tuple(point[at(name)] for name in self.atoms.inputs)


@dataclass(frozen=True)
class Change(Generic[R]):
    """A ward whose patients all have one finding changed, seen from the patients before."""

    ward: Ward[R]
    seen: Callable[[R], R]

    def care(self) -> R:
        return self.seen(self.ward.care)

    def values(self, output: str, values: Values) -> dict[str, R]:
        return {value: self.seen(region) for value, region in self.ward.values(output, values).items()}


@dataclass(frozen=True)
class Pinned(Generic[R]):
    """An algebra in which an axis has one atom, whatever the point says: tables read through it are those after."""

    algebra: Algebra[R]
    axis: str
    atom: int

    @property
    def space(self) -> Space:
        return self.algebra.space

    @property
    def whole(self) -> R:
        return self.algebra.whole

    @property
    def empty(self) -> R:
        return self.algebra.empty

    def literal(self, axis: str, mask: int) -> R:
        if axis != self.axis:
            return self.algebra.literal(axis, mask)
        return self.whole if mask >> self.atom & 1 else self.empty


def flag(finding: str) -> str:
    """Return the axis that says whether a finding is known (atom 0) or not assessed (atom 1)."""
    return f"?{finding}"


def ward(
    guideline: Guideline,
    properties: Iterable[Property],
    make: Callable[[Space], Searching[R]],
    compiled: Compiled | None = None,
) -> Ward[R]:
    """Return a guideline ready for its properties. `make` makes the algebra; compiled here unless it is already."""
    properties = tuple(properties)
    compiled = compiled or compile_guideline(guideline)
    read = [condition for one in properties for condition in conditions_of(one)]
    compiled = with_inputs(guideline, compiled, read)
    steps = (_cut(guideline, one) for one in number_steps(properties) if one.finding in compiled.inputs)
    atoms = cut((compiled,), [*entries_of(guideline, read), *steps])
    doubtful = any(isinstance(one.claim, UnknownSafety) for one in properties)
    flagged = _flagged(compiled) if doubtful else frozenset()
    axes: list[Axis] = []
    for axis in atoms.space.axes:
        axes += [Axis(flag(axis.name), 2), axis] if axis.name in flagged else [axis]
    algebra = make(Space(tuple(axes)))
    ordered = tuple(axis.name for axis in axes if axis.name in flagged)
    return Ward(guideline, compiled, atoms, algebra, meaning(compiled, atoms, algebra), ordered)


def with_inputs(guideline: Guideline, compiled: Compiled, read: Iterable[Condition]) -> Compiled:
    """Return a compiled guideline whose inputs include every finding that some conditions test."""
    named = [name for condition in read for name in inputs_of(compile_condition(guideline, condition))]
    more = {name: input_of(guideline.vocabulary, name) for name in dict.fromkeys(named) if name not in compiled.inputs}
    return replace(compiled, inputs={**compiled.inputs, **more})


def entries_of(guideline: Guideline, read: Iterable[Condition]) -> Iterator[InputEntry]:
    """Yield every test of findings in some conditions."""
    for condition in read:
        yield from entries(compile_condition(guideline, condition))


def conditions_of(one: Property) -> Iterator[Condition]:
    """Yield every condition of a property."""
    match one.claim:
        case Statement(_, when, then):
            yield from (when, then)
        case Floor(rows):
            yield from (row.when for row in rows)
        case Monotone(within=within):
            yield within
        case Between(_, _, when, Carried(_, condition)):
            yield from (when, condition)
        case Between(_, _, when, _):
            yield when
        case _:
            pass
    yield from (known.where for known in one.known)


def number_steps(properties: Iterable[Property]) -> Iterator[NumberSteps]:
    """Yield the steps of numbers that properties take."""
    for one in properties:
        if isinstance(one.claim, Monotone):
            yield from (steps for steps in one.claim.steps if isinstance(steps, NumberSteps))


def _cut(guideline: Guideline, steps: NumberSteps) -> InputEntry:
    grid = guideline.vocabulary.findings[steps.finding].grid
    assert grid is not None
    return InputEntry(steps.finding, intervals=on_grid((steps.within,), grid, False))


def _flagged(compiled: Compiled) -> frozenset[str]:
    """Return the findings that have to be allowed to be unknown: those assumed, and those bound to them.

    An assumption is withdrawn only where constraints make it contradict what is known, so it depends on nothing but the
    findings that constraints tie to it, one after the other. Any other unknown finding of an unsafe case can be given
    the value it has in the more urgent completion, and the case stays unsafe.
    """
    return frozenset(tied_to(compiled, compiled.assume))
