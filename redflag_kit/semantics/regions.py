"""The meaning of compiled guidelines over regions of patients, in any Boolean algebra.

Claim: for every point of the space, membership in these regions is what `semantics.literal` says of the patients there.
The compiler is written once; diagrams, bitsets and later interpretations only supply the algebra.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic

from redflag_kit.compile.cuts import Atoms
from redflag_kit.compile.expression import (
    Both,
    Count,
    Expression,
    InputEntry,
    Interval,
    Negation,
    OutputEntry,
    SumEntry,
    outputs_of,
)
from redflag_kit.compile.table import Compiled, Input, Restriction, Table
from redflag_kit.logic.algebra import Algebra, R, at_least, conjunction, disjunction, sums
from redflag_kit.model.vocabulary import Comparison, Output
from redflag_kit.semantics.cells import Cells
from redflag_kit.semantics.hit_policies import LISTED, Cell, aspects, rule_on
from redflag_kit.terms.scale import Status


@dataclass(frozen=True, slots=True)
class Meaning(Generic[R]):
    """A guideline over a space.

    `legal`: the patients its constraints and domains allow. `holds`/`fires`: per rule, its condition alone and after
    exceptions, both inside the scope; `otherwise` rules fire where they decide. `cells`: per aspect a partition of the
    space. An aspect is an ordered output, or (set output, element); `sets` says where a whole set output has a status.
    `totals`: where each score has each sum.
    """

    legal: R
    scope: R
    holds: dict[str, R]
    fires: dict[str, R]
    cells: Mapping[tuple[str, str], tuple[Cell[R], ...]]
    sets: dict[str, dict[str, R]]
    totals: dict[str, dict[int, R]]

    def values(self, aspect: tuple[str, str], algebra: Algebra[R]) -> dict[str, R]:
        """Return where an aspect has each value, values without region left out."""
        found: dict[str, R] = {}
        for cell in self.cells[aspect]:
            found[cell.value] = found.get(cell.value, algebra.empty) | cell.region
        return {value: region for value, region in found.items() if not region.is_empty()}


def meaning(guideline: Compiled, atoms: Atoms, algebra: Algebra[R]) -> Meaning[R]:
    """Return the regions of a guideline over the atoms of a run."""
    return _Reader(guideline, atoms, algebra).read()


def legal_region(restrictions: Iterable[Restriction], inputs: Iterable[Input], atoms: Atoms, algebra: Algebra[R]) -> R:
    """Return the patients that some constraints and some declared domains allow."""
    region = algebra.whole
    for one in inputs:
        whole = (
            InputEntry(one.finding, intervals=(Interval(one.grid.low, one.grid.high),))
            if one.grid
            else InputEntry(one.finding, words=frozenset(one.words))
        )
        region &= algebra.literal(one.finding, atoms.mask(whole))
    for restriction in restrictions:
        if isinstance(restriction, Comparison):
            region &= _comparison(restriction, atoms, algebra)
        else:
            when, then = (plain_region(e, atoms, algebra) for e in (restriction.when, restriction.then))
            region &= ~when | then
    return region


def plain_region(expression: Expression, atoms: Atoms, algebra: Algebra[R]) -> R:
    """Return where a condition on findings alone holds."""
    return region_given(expression, atoms, algebra, {}, {})


def condition_region(expression: Expression, meaning: Meaning[R], atoms: Atoms, algebra: Algebra[R]) -> R:
    """Return where any condition of a guideline holds, its scores and decisions taken from the meaning."""
    # COST: only the outputs that the condition reads are put together; most conditions read none.
    written: dict[tuple[str, str], R] = {}
    read = outputs_of(expression)
    for (output, element), cell in _all_cells(meaning) if read else ():
        if output in read and (not element or cell.value == LISTED):
            key = (output, element or cell.value)
            written[key] = written.get(key, algebra.empty) | cell.region
    for output, statuses in meaning.sets.items():
        if output in read:
            written |= {(output, status): region for status, region in statuses.items()}
    return region_given(expression, atoms, algebra, meaning.totals, written)


def _all_cells(meaning: Meaning[R]) -> Iterable[tuple[tuple[str, str], Cell[R]]]:
    if isinstance(meaning.cells, Cells):
        return meaning.cells.with_empty_ones()
    return ((aspect, cell) for aspect, cells in meaning.cells.items() for cell in cells)


def _comparison(restriction: Comparison, atoms: Atoms, algebra: Algebra[R]) -> R:
    """Return the pairs of atoms in which some concrete pair of numbers satisfies a comparison."""
    region = algebra.empty
    rights = [atoms.interval(restriction.right, atom).high for atom in range(atoms.size(restriction.right))]
    for atom in range(atoms.size(restriction.left)):
        low: Fraction = atoms.interval(restriction.left, atom).low
        first = bisect_left(range(len(rights)), True, key=lambda i: restriction.holds(low, rights[i]))
        mask = (1 << len(rights)) - (1 << first)  # who is large enough, and everybody above
        region |= algebra.literal(restriction.left, 1 << atom) & algebra.literal(restriction.right, mask)
    return region


def region_given(
    expression: Expression,
    atoms: Atoms,
    algebra: Algebra[R],
    totals: Mapping[str, Mapping[int, R]],
    written: Mapping[tuple[str, str], R],
) -> R:
    """Return where a condition holds, given where scores have each sum and outputs each level, element or status."""

    def region(part: Expression) -> R:
        return region_given(part, atoms, algebra, totals, written)

    match expression:
        case InputEntry(finding):
            return algebra.literal(finding, atoms.mask(expression))
        case OutputEntry(output, values):
            return disjunction(algebra, (written.get((output, value), algebra.empty) for value in sorted(values)))
        case SumEntry(score, accepted):
            found = totals[score]
            return disjunction(algebra, (found[total] for total in found if total in accepted))
        case Both(parts):
            return conjunction(algebra, map(region, parts))
        case Count(n, parts):
            return at_least(algebra, n, [region(part) for part in parts])
        case Negation(part):  # pragma: no branch
            return ~region(part)


class _Reader(Generic[R]):
    """Builds one guideline's meaning, table after table; `written` grows with every table read."""

    def __init__(self, guideline: Compiled, atoms: Atoms, algebra: Algebra[R]) -> None:
        self.guideline = guideline
        self.atoms = atoms
        self.algebra = algebra
        self.totals: dict[str, dict[int, R]] = {}
        self.written: dict[tuple[str, str], R] = {}  # (output, level | element | status) -> region, for later tables
        self.holds: dict[str, R] = {}
        self.fires: dict[str, R] = {}
        self.cells: dict[tuple[str, str], tuple[Cell[R], ...]] = {}
        self.sets: dict[str, dict[str, R]] = {}

    def read(self) -> Meaning[R]:
        guideline, algebra = self.guideline, self.algebra
        scope = self.region(guideline.scope)
        for total in guideline.sums:
            self.totals[total.score] = sums(algebra, ((self.region(when), points) for when, points in total.points))
        for output in guideline.outputs.values():
            self.silence(output)
        for table in guideline.tables:
            self.table(table)
        outside: Cell[R] = Cell(Status.OUT_OF_SCOPE.value, None, ~scope)
        return Meaning(
            legal=legal_region(guideline.restrictions, guideline.inputs.values(), self.atoms, algebra),
            scope=scope,
            holds={rule: region & scope for rule, region in self.holds.items()},
            fires={rule: region & scope for rule, region in self.fires.items()},
            cells=Cells(self.cells, scope, outside),
            sets={
                output: {**{s: region & scope for s, region in found.items()}, outside.value: outside.region}
                for output, found in self.sets.items()
            },
            totals=self.totals,
        )

    def region(self, expression: Expression) -> R:
        return region_given(expression, self.atoms, self.algebra, self.totals, self.written)

    def silence(self, output: Output) -> None:
        """Let an output be silent everywhere until a table writes it."""
        silent = Status.SILENT.value
        for aspect in aspects(output):
            self.cells[aspect] = (Cell(silent, None, self.algebra.whole),)
        if not output.scale:
            self.sets[output.id] = {silent: self.algebra.whole}

    def table(self, table: Table) -> None:
        for row in (*table.rows, *(table.otherwise or ())):
            self.holds[row.rule] = self.region(row.when)
        ruling = rule_on(table, self.holds, self.guideline.outputs, self.algebra)
        self.fires |= ruling.fires
        self.cells |= ruling.cells
        for name in table.outputs:
            self.record(self.guideline.outputs[name])

    def record(self, output: Output) -> None:
        """Note where the output has each value, for the tables that read it."""
        algebra = self.algebra
        if not output.scale:
            listed: list[R] = []
            statuses: dict[str, R] = {}
            for aspect in aspects(output):
                for cell in self.cells[aspect]:
                    if cell.region.is_empty():
                        continue
                    if cell.value == LISTED:
                        self.written[aspect] = self.written.get(aspect, algebra.empty) | cell.region
                        listed.append(cell.region)
                    else:
                        statuses[cell.value] = statuses.get(cell.value, algebra.empty) | cell.region
            somewhere = disjunction(algebra, listed)
            self.sets[output.id] = {status: region - somewhere for status, region in statuses.items()}
            self.written |= {(output.id, status): region for status, region in self.sets[output.id].items()}
            return
        for cell in self.cells[output.id, ""]:
            key = (output.id, cell.value)
            self.written[key] = self.written.get(key, algebra.empty) | cell.region
