"""Tests of conditions made ready once, for however many algebras read them."""

from dataclasses import dataclass, field

from redflag_kit.compile.compiler import compile_condition
from redflag_kit.compile.cuts import Atoms
from redflag_kit.compile.expression import Expression, InputEntry
from redflag_kit.logic.algebra import Algebra, R
from redflag_kit.model.condition import Condition
from redflag_kit.model.guideline import Guideline


@dataclass(frozen=True)
class Leaves:
    """The expressions of conditions without members, and which atoms those on findings accept."""

    # COST: conditions are looked up by identity, as hashing one reads all of it. What is kept keeps them alive.

    guideline: Guideline
    atoms: Atoms
    _made: dict[int, tuple[Condition, Expression, int]] = field(default_factory=dict, repr=False)

    def expression(self, condition: Condition) -> Expression:
        """Return a condition over the grids of its findings."""
        return self._of(condition)[1]

    def finding(self, condition: Condition, algebra: Algebra[R]) -> R | None:
        """Return where a test of a finding holds; None for other conditions."""
        _, expression, mask = self._of(condition)
        return algebra.literal(expression.finding, mask) if isinstance(expression, InputEntry) else None

    def _of(self, condition: Condition) -> tuple[Condition, Expression, int]:
        found = self._made.get(id(condition))
        if found is None:
            expression = compile_condition(self.guideline, condition)
            mask = self.atoms.mask(expression) if isinstance(expression, InputEntry) else 0
            found = self._made[id(condition)] = (condition, expression, mask)
        return found
