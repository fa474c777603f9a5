"""Hit policies over regions: which rules of one table fire, which decides, and what the outputs are where.

Claim: given where each condition holds, these regions are what `semantics.literal` says of the points there.
Cost: a few operations per rule, output and element. Conditions are not read here: a changed table is ruled on cheaply.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic

from redflag_kit.compile.table import Row, Table
from redflag_kit.logic.algebra import Algebra, R, at_least, disjunction
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.model.vocabulary import Combine, Output
from redflag_kit.terms.scale import Status

LISTED = "listed"
"""The value of one element of a set output where a rule lists it; it is `silent` elsewhere."""


@dataclass(frozen=True, slots=True)
class Cell(Generic[R]):
    """Where an output has `value` because of the decisive `rule` (None: nobody wrote it, or out of scope)."""

    value: str
    rule: str | None
    region: R


@dataclass(frozen=True, slots=True)
class Ruling(Generic[R]):
    """One table ruled on: where each rule fires (`otherwise` rules: where they decide), and the cells per aspect.

    Some cells may be empty.
    """

    fires: dict[str, R]
    cells: dict[tuple[str, str], tuple[Cell[R], ...]]


def aspects(output: Output) -> tuple[tuple[str, str], ...]:
    """Return the aspects of an output: itself, or one per element of a set."""
    return ((output.id, ""),) if output.scale else tuple((output.id, element) for element in output.elements)


def rule_on(table: Table, holds: Mapping[str, R], outputs: Mapping[str, Output], algebra: Algebra[R]) -> Ruling[R]:
    """Return what a table says, given where the condition of each of its rows holds."""
    return firing(table, holds, algebra).ruling(table.outputs, outputs)


@dataclass(frozen=True, slots=True)
class Firing(Generic[R]):
    """Which rules of a table fire where: `some` is where any does, `gap` where not even `otherwise` applies."""

    table: Table
    algebra: Algebra[R]
    fires: dict[str, R]
    some: R
    gap: R

    def ruling(self, names: Iterable[str], outputs: Mapping[str, Output]) -> Ruling[R]:
        """Return what the table says of some of its outputs."""
        hearing = _Hearing(self.table, outputs, self.algebra, self.fires, self.some, self.gap, _writing(self.table))
        return Ruling(self.fires, hearing.cells(names))


def firing(table: Table, holds: Mapping[str, R], algebra: Algebra[R]) -> Firing[R]:
    """Return where the rules of a table fire, given where the condition of each of its rows holds."""
    fires: dict[str, R] = {}
    by_id = {row.rule: row for row in table.rows}
    for rule in table.guard_order:
        suppressors = by_id[rule].suppressed_by
        fires[rule] = holds[rule]
        for other in suppressors:
            fires[rule] = fires[rule] - fires[other]
    some = disjunction(algebra, (fires[row.rule] for row in table.rows))
    rest = ~some
    for row in table.otherwise or ():
        fires[row.rule] = rest & holds[row.rule]
        rest = rest - holds[row.rule]
    return Firing(table, algebra, fires, some, rest)


def said(row: Row, output: Output, element: str) -> str:
    """Return what a row writes to an aspect: a level, `listed`, or nothing."""
    written = row.writes(output.id)
    if output.scale:
        return written[0] if written else ""
    return LISTED if element in written else ""


def weight(row: Row, output: Output) -> int:
    """Return how strongly a row's level wins: higher wins; -1 if it writes nothing; 0 for sets."""
    written = row.writes(output.id)
    if output.scale is None:
        return 0
    if not written:
        return -1
    rank = output.scale.rank(written[0])
    return rank if output.combine is Combine.HIGHEST else len(output.scale.levels) - rank


def _writing(table: Table) -> dict[str, list[Row]]:
    """Return the rows that write each output, those of `otherwise` left out."""
    found: dict[str, list[Row]] = {}
    for row in table.rows:
        for output, _ in row.then:
            found.setdefault(output, []).append(row)
    return found


def decisive_order(rows: Iterable[Row], output: Output, element: str) -> list[Row]:
    """Return the rows that write an aspect, the one that wins under COLLECT first, ties by digest."""
    writing = [row for row in rows if said(row, output, element)]
    return sorted(writing, key=lambda row: (-weight(row, output), row.digest, row.rule))


@dataclass(frozen=True, slots=True)
class _Hearing(Generic[R]):
    """One table with what fires: `some` is where any rule does, `gap` where not even `otherwise` applies.

    `writing`: the rules that write each output; most rules of a large table write few of its outputs.
    """

    table: Table
    outputs: Mapping[str, Output]
    algebra: Algebra[R]
    fires: Mapping[str, R]
    some: R
    gap: R
    writing: Mapping[str, list[Row]]

    def cells(self, names: Iterable[str]) -> dict[tuple[str, str], tuple[Cell[R], ...]]:
        winners, conflict = self.single_winners()
        return {
            aspect: self.aspect_cells(self.outputs[name], aspect[1], winners, conflict)
            for name in names
            for aspect in aspects(self.outputs[name])
        }

    def aspect_cells(
        self, output: Output, element: str, winners: list[tuple[Row, R]] | None, conflict: R
    ) -> tuple[Cell[R], ...]:
        """Return the cells of one aspect of one output: COLLECT joins, the other hit policies have one winner."""
        silent = Status.SILENT.value
        if self.table.hit_policy is HitPolicy.ANY:
            cells = self.any_cells(output, element)
        elif winners is None:
            cells = self.collect_cells(output, element)
        else:
            cells = [Cell(said(row, output, element) or silent, row.rule, region) for row, region in winners]
            cells.append(Cell(Status.CONFLICT.value, None, conflict))
        for row in self.table.otherwise or ():
            cells.append(Cell(said(row, output, element) or silent, row.rule, self.fires[row.rule]))
        cells.append(Cell(Status.GAP.value, None, self.gap))
        return tuple(cells)

    def collect_cells(self, output: Output, element: str) -> list[Cell[R]]:
        """Return COLLECT as PRIORITY over the rules that write the aspect: winning level first, then rule digest."""
        cells: list[Cell[R]] = []
        free = self.some
        for row in decisive_order(self.writing.get(output.id, ()), output, element):
            cells.append(Cell(said(row, output, element), row.rule, free & self.fires[row.rule]))
            free = free - self.fires[row.rule]
        cells.append(Cell(Status.SILENT.value, None, free))
        return cells

    def any_cells(self, output: Output, element: str) -> list[Cell[R]]:
        """Return ANY: the value the firing rules agree on for the whole output, or a conflict."""
        algebra = self.algebra
        saying: dict[tuple[str, ...], R] = {}
        for row in self.table.rows:
            written = row.writes(output.id)
            saying[written] = saying.get(written, algebra.empty) | self.fires[row.rule]
        conflict = at_least(algebra, 2, list(saying.values()))
        cells = [Cell(Status.CONFLICT.value, None, conflict)]
        free = ~conflict
        for row in sorted(self.table.rows, key=lambda row: row.digest):
            value = said(row, output, element) or Status.SILENT.value
            cells.append(Cell(value, row.rule, free & self.fires[row.rule]))
            free = free - self.fires[row.rule]
        return cells

    def single_winners(self) -> tuple[list[tuple[Row, R]] | None, R]:
        """Return where each rule decides under hit policies with one deciding rule, and where rules conflict."""
        rows = list(self.table.rows)
        conflict = self.algebra.empty
        match self.table.hit_policy:
            case HitPolicy.COLLECT | HitPolicy.ANY:
                return None, conflict
            case HitPolicy.UNIQUE:
                conflict = at_least(self.algebra, 2, [self.fires[row.rule] for row in rows])
            case HitPolicy.PRIORITY:
                outputs = [self.outputs[name] for name in self.table.outputs]
                rows.sort(key=lambda row: ([-weight(row, output) for output in outputs], row.digest, row.rule))
            case HitPolicy.FIRST:  # pragma: no branch
                pass
        winners: list[tuple[Row, R]] = []
        free = ~conflict
        for row in rows:
            winners.append((row, free & self.fires[row.rule]))
            free = free - self.fires[row.rule]
        return winners, conflict
