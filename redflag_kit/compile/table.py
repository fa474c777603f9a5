"""Compiled guidelines: decision tables over declared inputs. Frozen; `compile.serial` writes them as JSON data."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from redflag_kit.compile.expression import Expression, inputs_of
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.model.vocabulary import Comparison, Grid, Output


@dataclass(frozen=True, slots=True)
class Input:
    """A finding as an input of decision tables: its domain, and the value a witness takes if nothing asks for another.

    Exactly one of `words` (sorted, so that no meaning hangs on their order) and `grid` describes the domain.
    """

    finding: str
    words: tuple[str, ...]
    grid: Grid | None
    calm: Value


@dataclass(frozen=True, slots=True)
class Row:
    """A rule of a decision table: input entries `when`, output entries `then`, and the rows that suppress it."""

    rule: str
    when: Expression
    then: tuple[tuple[str, tuple[str, ...]], ...]
    suppressed_by: tuple[str, ...]
    digest: str

    def writes(self, output: str) -> tuple[str, ...]:
        """Return the output entry for an output, empty if the row does not write it."""
        for name, values in self.then:  # COST: asked a hundred thousand times; a generator takes twice as long
            if name == output:
                return values
        return ()


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table. `rows` are in file order and suppressors come first in `guard_order`."""

    decision: str
    hit_policy: HitPolicy
    rows: tuple[Row, ...]
    guard_order: tuple[str, ...]
    otherwise: tuple[Row, ...] | None
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A score: conditions with their points."""

    score: str
    points: tuple[tuple[Expression, int], ...]


@dataclass(frozen=True, slots=True)
class Implied:
    """A constraint between conditions, with the id it was declared under."""

    constraint: str
    when: Expression
    then: Expression


Restriction: TypeAlias = Implied | Comparison


def tied_by(restriction: Restriction) -> frozenset[str]:
    """Return the findings that a restriction ties to each other."""
    if isinstance(restriction, Comparison):
        return frozenset((restriction.left, restriction.right))
    return frozenset((*inputs_of(restriction.when), *inputs_of(restriction.then)))


@dataclass(frozen=True, slots=True)
class Compiled:
    """A guideline's decision requirements graph: scores and tables in an order in which each reads only earlier ones.

    `inputs` lists every finding of the vocabulary that some condition or constraint tests, in order of first use.
    `assume` holds the values taken for findings of which nothing is known, in the order in which they are taken.
    `digest` is equal for editions that differ in formatting, comments, text, evidence and order only.
    """

    name: str
    inputs: dict[str, Input]
    restrictions: tuple[Restriction, ...]
    scope: Expression
    sums: tuple[Sum, ...]
    tables: tuple[Table, ...]
    outputs: dict[str, Output]
    covers: tuple[str, ...]
    assume: dict[str, Value]
    digest: str

    def table_of(self, output: str) -> Table | None:
        """Return the table that writes an output."""
        return next((table for table in self.tables if output in table.outputs), None)

    def row(self, rule: str) -> Row:
        """Return a row by its rule id."""
        return next(row for t in self.tables for row in (*t.rows, *(t.otherwise or ())) if row.rule == rule)


def number_of(value: Value) -> Fraction:
    """Return a value that is known to be a number."""
    assert isinstance(value, Fraction)
    return value
