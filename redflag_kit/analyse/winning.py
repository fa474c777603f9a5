"""Who wins over each row of a table, where the hit policy lets one row win over another.

COST: rows in the order in which they win share the regions of all that win over them, so that asking whether a row ever
decides is one question, not one per row that may win.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeAlias

from redflag_kit.analyse.cause import Cause
from redflag_kit.analyse.subject import Subject
from redflag_kit.compile.table import Row, Table
from redflag_kit.logic.algebra import R
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.semantics.hit_policies import aspects, said, weight

Rank: TypeAlias = tuple[int, ...]
"""How a row stands among the others: a smaller rank wins, equal ranks do not win over each other."""


@dataclass(frozen=True)
class Order(Generic[R]):
    """The rows of a table from the one that wins on, for one output or for all."""

    rows: tuple[Row, ...]
    ranks: dict[str, Rank]
    subject: Subject[R]

    @cached_property
    def _sorted(self) -> list[Row]:
        return sorted(self.rows, key=lambda row: self.ranks[row.rule])

    @cached_property
    def _sorted_ranks(self) -> list[Rank]:
        return [self.ranks[row.rule] for row in self._sorted]

    @cached_property
    def _reached(self) -> list[R]:
        """Return who makes one of the first n rows fire, for every n."""
        reached = [self.subject.algebra.empty]
        for row in self._sorted:
            reached.append(reached[-1] | self.subject.fires[row.rule])
        return reached

    def above(self, row: Row) -> R:
        """Return who makes a row fire that wins over this one."""
        return self._reached[bisect_left(self._sorted_ranks, self.ranks[row.rule])]

    def winners(self, row: Row) -> list[Row]:
        """Return the rows that win over one, in file order."""
        return [one for one in self.rows if self.ranks[one.rule] < self.ranks[row.rule]]


class Winning(Generic[R]):
    """The orders of one table: one for FIRST and PRIORITY, one per output for COLLECT, none for UNIQUE and ANY."""

    def __init__(self, subject: Subject[R], table: Table) -> None:
        self._subject, self._table = subject, table
        self._orders: dict[str, Order[R]] = {}

    def always(self, row: Row) -> bool:
        """Say whether, wherever the condition of a row holds, it is suppressed or another row wins."""
        left = self._subject.holds[row.rule]
        for rule in row.suppressed_by:
            left = left - self._subject.fires[rule]
        orders = self.orders(row)
        return all((left - order.above(row)).is_empty() for order in orders) if orders else left.is_empty()

    def causes(self, row: Row) -> list[Cause[R]]:
        """Return, per order, what the rows that suppress a row or win over it cover of it."""
        fires = self._subject.fires
        guards = tuple((rule, fires[rule]) for rule in row.suppressed_by)
        stronger = [[(one.rule, fires[one.rule]) for one in order.winners(row)] for order in self.orders(row)]
        return [Cause(self._subject.holds[row.rule], (*guards, *rules)) for rules in stronger or [[]]]

    def orders(self, row: Row) -> list[Order[R]]:
        """Return the orders in which a row must be beaten: all of them, for it never to decide."""
        match self._table.hit_policy:
            case HitPolicy.FIRST | HitPolicy.PRIORITY:
                return [self._order("")]
            case HitPolicy.COLLECT:
                outputs = [self._subject.compiled.outputs[name] for name in self._table.outputs]
                return [self._order(one.id) for one in outputs if any(said(row, one, a[1]) for a in aspects(one))]
            case _:
                return []

    def _order(self, output: str) -> Order[R]:
        if output not in self._orders:
            rows = self._table.rows
            ranks = dict(zip((row.rule for row in rows), self._ranks(rows, output), strict=True))
            self._orders[output] = Order(rows, ranks, self._subject)
        return self._orders[output]

    def _ranks(self, rows: Sequence[Row], output: str) -> list[Rank]:
        if self._table.hit_policy is HitPolicy.FIRST:
            return [(place,) for place in range(len(rows))]
        outputs = [self._subject.compiled.outputs[name] for name in ((output,) if output else self._table.outputs)]
        return [tuple(-weight(row, one) for one in outputs) for row in rows]
