"""A table packed as boxes once, and what several analyses ask of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from redflag_kit.analyse.fault import Fault, Where
from redflag_kit.analyse.large import BoxTable
from redflag_kit.diagnostics import codes
from redflag_kit.logic.bdd import Diagrams
from redflag_kit.logic.boxes.columns import Ints
from redflag_kit.logic.boxes.masked import Masked, masked
from redflag_kit.logic.boxes.measure import Measure
from redflag_kit.logic.boxes.pairs import overlapping
from redflag_kit.logic.boxes.rows import Rows, rows_of
from redflag_kit.logic.boxes.witness import least
from redflag_kit.logic.budget import Budget, Deadline, nodes_within
from redflag_kit.logic.space import Box


@dataclass(frozen=True)
class Boxed:
    """A table of boxes with all overlapping pairs; `diagrams` are for questions about few of its rules."""

    table: BoxTable
    deadline: Deadline

    @cached_property
    def rules(self) -> Rows:
        return rows_of(self.table.space, self.table.boxes)

    @cached_property
    def pairs(self) -> tuple[Ints, Ints]:
        return overlapping(self.rules, self.deadline)

    @cached_property
    def masked(self) -> tuple[Masked, ...]:
        """The rows that never decide, with few that mask each."""
        return tuple(masked(self.rules, self.pairs, self.table.ranks, self.deadline))

    @cached_property
    def diagrams(self) -> Diagrams:
        return Diagrams(self.table.atoms.space, nodes_within(Budget().nodes, self.deadline), self.deadline)

    @cached_property
    def measure(self) -> Measure | None:
        weights = self.table.weights
        return None if weights is None else Measure([weights[name] for name in self.table.space.names])

    def fault(
        self, code: codes.Code, rules: Sequence[int], region: Box, others: Sequence[int] = (), capped: int = 0
    ) -> Fault:
        """Return a fault of some rows on one box."""
        one, measure = self.table, self.measure
        where = Where((one.cube(region),), exact=True, share=None if measure is None else measure.share([region]))
        point = least(one.space, [region])
        return Fault(
            code,
            one.table.decision,
            tuple(one.rows[rule].rule for rule in rules),
            where,
            None if point is None else one.point(point),
            tuple(one.rows[rule].rule for rule in others),
            detail={"sets_reported": capped} if capped else {},
        )
