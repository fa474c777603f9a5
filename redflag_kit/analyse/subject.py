"""What every analysis reads: compiled decision tables over one space, in one algebra.

Guidelines and imported DMN models both become one of these, so an analysis is written once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Generic

from redflag_kit.compile.cuts import Atoms
from redflag_kit.compile.table import Compiled, Row, Table
from redflag_kit.logic.algebra import R, Searching
from redflag_kit.logic.bitset import Points
from redflag_kit.logic.budget import NO_DEADLINE, Deadline
from redflag_kit.logic.cover import Column
from redflag_kit.semantics.regions import Meaning, meaning


@dataclass(frozen=True)
class Subject(Generic[R]):
    """Compiled tables with their meaning; `algebra` made every region of `meaning`.

    `weigh` returns how large a region is, each input's values weighed alike; None where that means nothing (an open
    domain) or cannot be counted. `defaults` are rows that stand for a declared `otherwise` and are no rules of their
    own: that nobody reaches them is no fault. Whatever may take long asks `deadline` between its steps. `focus`: the
    one decision whose faults are wanted, empty for all; the others are read all the same.
    """

    compiled: Compiled
    atoms: Atoms
    algebra: Searching[R]
    meaning: Meaning[R]
    weigh: Callable[[R], Fraction] | None = None
    defaults: frozenset[str] = field(default_factory=frozenset)
    deadline: Deadline = NO_DEADLINE
    focus: str = ""

    @property
    def tables(self) -> tuple[Table, ...]:
        """Return the tables whose faults are wanted."""
        return tuple(one for one in self.compiled.tables if self.focus in ("", one.decision))

    @cached_property
    def care(self) -> R:
        """Return the legal patients in scope: all others are nobody's concern."""
        return self.meaning.legal & self.meaning.scope

    @cached_property
    def fires(self) -> dict[str, R]:
        """Return who of them makes each rule fire."""
        return {rule: self.care & region for rule, region in self.meaning.fires.items()}

    @cached_property
    def holds(self) -> dict[str, R]:
        """Return for whom of them the condition of each rule holds, exceptions aside."""
        return {rule: self.care & region for rule, region in self.meaning.holds.items()}

    def share(self, region: R) -> Fraction | None:
        """Return which part of the care a region within it is; None where that means nothing."""
        return None if self.weigh is None else self.weigh(region) / self._extent

    @cached_property
    def _extent(self) -> Fraction:
        assert self.weigh is not None
        return self.weigh(self.care)

    @cached_property
    def columns(self) -> tuple[Column[R], ...]:
        """Return the inputs as columns for readable covers; a value's name is the number of its atom."""
        return tuple(
            Column(axis.name, tuple((str(atom), self.algebra.literal(axis.name, 1 << atom)) for atom in axis.calm))
            for axis in self.atoms.space.axes
        )

    @cached_property
    def values(self) -> dict[tuple[str, str], dict[str, R]]:
        """Return who of them gets which value of each aspect."""
        return {
            aspect: {value: self.care & region for value, region in self.meaning.values(aspect, self.algebra).items()}
            for aspect in self.meaning.cells
        }

    @cached_property
    def rows(self) -> dict[str, Row]:
        """Return every row by its rule."""
        return {row.rule: row for table in self.compiled.tables for row in all_rows(table)}

    @cached_property
    def sketches(self) -> dict[str, int]:
        """Return at which of some patients each rule fires, as a bitset; each rule that fires has one of its own.

        Rules whose sketches differ fire for different patients, so only others need be compared exactly.
        """
        # COST: one point per rule, and one reading of the rules over all points at once.
        found = (self.algebra.some(self.fires[row.rule]) for table in self.tables for row in all_rows(table))
        points = Points(self.atoms.space, tuple(dict.fromkeys(point for point in found if point is not None)))
        read = meaning(self.compiled, self.atoms, points)
        return {rule: region.bits for rule, region in read.fires.items()}

    def firing(self, rows: Iterable[Row]) -> list[Row]:
        """Return the rows that fire for somebody."""
        return [row for row in rows if not self.fires[row.rule].is_empty()]


def all_rows(table: Table) -> tuple[Row, ...]:
    """Return the rows of a table, those of `otherwise` last."""
    return (*table.rows, *(table.otherwise or ()))
