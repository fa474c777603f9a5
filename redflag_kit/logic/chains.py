"""Questions about an ever smaller remainder, as first-hit tables ask them: what is left for rule 1, 2, 3, ...

Claim: answers are those of any other solver; this one only gets faster as the remainder shrinks.
Method: a chain of regions, each the one before without something, is asserted link by link in a solver of its own
instead of being assumed anew, all of it, by every question. A question then assumes no more than its own condition.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from redflag_kit.logic.gates import AND, TRUE, Gates
from redflag_kit.logic.samples import Sample

_WORTH_A_SOLVER = 24
_FARTHEST = 64


class Solver(Protocol):
    """What a chain needs of a solver."""

    def solve(self, literals: Sequence[int], /) -> Sample | None: ...

    def insist(self, literal: int, /) -> None: ...


class Chain:
    """The chain of remainders that questions are about at present, and a solver for it once it has shown its worth."""

    def __init__(self, gates: Gates, new_solver: Callable[[], Solver]) -> None:
        self._gates = gates
        self._new_solver = new_solver
        self._solver: Solver | None = None
        self._asserted = 0  # the remainder that the solver insists on
        self._last: tuple[int, ...] = ()  # what may have been the remainder of the last question
        self._links = 0  # how many questions in a row were about the same chain

    def solver_for(self, literal: int) -> tuple[Solver, int] | None:
        """Return a solver that insists on a part of the literal, and the other part; None if there is none."""
        for remainder, condition in self._ways(literal):
            if self._solver and self._leads_to(remainder, self._asserted):
                self._solver.insist(remainder)
                self._asserted = remainder
                return self._solver, condition
        ways = self._ways(literal)
        longer = [way for way in ways if any(self._leads_to(way[0], earlier) for earlier in self._last)]
        self._last = tuple(remainder for remainder, _ in longer or ways)
        self._links = self._links + 1 if longer else 0
        if self._links < _WORTH_A_SOLVER:
            return None
        self._solver, self._links = self._new_solver(), 0
        self._asserted, condition = longer[0]
        self._solver.insist(self._asserted)
        return self._solver, condition

    def _ways(self, literal: int) -> list[tuple[int, int]]:
        """Return how the literal can be read as a remainder and a condition."""
        kind, a, b = self._gates.parts[abs(literal)]
        if literal <= TRUE or kind != AND:
            return []
        return [(one, other) for one, other in ((a, b), (b, a)) if self._is_remainder(one)]

    def _is_remainder(self, literal: int) -> bool:
        return literal > TRUE and self._gates.parts[literal][0] == AND and self._gates.uses[literal] > 1

    def _leads_to(self, remainder: int, earlier: int) -> bool:
        """Tell whether a remainder is an earlier one without something."""
        for _ in range(_FARTHEST):
            if remainder == earlier:
                return True
            if remainder < earlier:
                return False
            _, a, b = self._gates.parts[remainder]
            if earlier in (a, b):
                return True
            remainder = max((part for part in (a, b) if self._is_remainder(part)), default=0)
        return False
