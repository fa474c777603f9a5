"""Tests of conditions made ready once, for however many algebras read them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from redflag_kit.compile.compiler import compile_condition
from redflag_kit.compile.cuts import Atoms
from redflag_kit.compile.expression import Expression, InputEntry
from redflag_kit.logic.algebra import Algebra, R
from redflag_kit.model.condition import Condition, tests
from redflag_kit.model.guideline import Guideline


@dataclass(frozen=True)
class Expressions:
    """The expressions of conditions over the grids of a guideline's findings."""

    # COST: conditions are looked up by identity, as hashing one reads all of it. What is kept keeps them alive.

    guideline: Guideline
    _made: dict[int, tuple[Condition, Expression]] = field(default_factory=dict, repr=False)

    def of(self, condition: Condition) -> Expression:
        """Return a condition over the grids of its findings."""
        found = self._made.get(id(condition))
        if found is None:
            found = self._made[id(condition)] = (condition, compile_condition(self.guideline, condition))
        return found[1]

    def entries(self, conditions: Iterable[Condition]) -> dict[InputEntry, None]:
        """Return the tests of findings in some conditions, each once: what must be cut before they are read."""
        found = (self.of(test) for condition in conditions for test in tests(condition))
        return dict.fromkeys(one for one in found if isinstance(one, InputEntry))


@dataclass(frozen=True)
class Leaves:
    """Expressions over the atoms of a run, and which atoms the tests of findings accept."""

    expressions: Expressions
    atoms: Atoms
    _masks: dict[int, tuple[Expression, int]] = field(default_factory=dict, repr=False)

    @property
    def guideline(self) -> Guideline:
        """Return the guideline whose conditions are read."""
        return self.expressions.guideline

    def expression(self, condition: Condition) -> Expression:
        """Return a condition over the grids of its findings."""
        return self.expressions.of(condition)

    def finding(self, condition: Condition, algebra: Algebra[R]) -> R | None:
        """Return where a test of a finding holds; None for other conditions."""
        expression = self.expressions.of(condition)
        if not isinstance(expression, InputEntry):
            return None
        known = self._masks.get(id(expression))
        if known is None:
            known = self._masks[id(expression)] = (expression, self.atoms.mask(expression))
        return algebra.literal(expression.finding, known[1])


def leaves_of(guideline: Guideline, atoms: Atoms) -> Leaves:
    """Return the tests of a guideline over the atoms of a run."""
    return Leaves(Expressions(guideline), atoms)
