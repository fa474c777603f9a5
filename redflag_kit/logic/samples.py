"""Single points at which gates are evaluated, each gate at most once.

Claim: an answer is what the gate says at the point; no answer means only that the effort allowed was not enough.
"""

from __future__ import annotations

from collections.abc import Callable

from redflag_kit.logic.gates import AND, THRESHOLD, TRUE, Gates
from redflag_kit.logic.space import Point


class Sample:
    """A point, and what is known of the gates there; `told` knows some of them without evaluation."""

    def __init__(self, gates: Gates, point: Point, told: Callable[[int], bool | None] | None = None) -> None:
        self.point = point
        self._gates = gates
        self._told = told
        self._known = {TRUE: True}

    def holds(self, literal: int, effort: int | None = None) -> bool | None:
        """Tell whether a literal holds at the point; None if that takes more steps than the effort allows."""
        # COST: two steps per gate below the literal that is not known yet.
        waiting = [abs(literal)]
        while waiting:
            if effort is not None:
                if not effort:
                    return None
                effort -= 1
            need = self._settle(waiting[-1])
            if need:
                waiting.append(need)
            else:
                waiting.pop()
        return self._known[abs(literal)] == (literal > 0)

    def _settle(self, gate: int) -> int:
        """Make the value of a gate known and return 0, or return the gate whose value must be known first."""
        if self._value(gate) is not None:
            return 0
        kind, a, b = self._gates.parts[gate]
        if kind == THRESHOLD:
            self._known[gate] = self.point[a] >= b
            return 0
        first = self._value(a)
        if first is None:
            return abs(a)
        if kind == AND and not first:
            self._known[gate] = False
            return 0
        second = self._value(b)
        if second is None:
            return abs(b)
        self._known[gate] = second if kind == AND else first != second
        return 0

    def _value(self, literal: int) -> bool | None:
        gate = abs(literal)
        value = self._known.get(gate)
        if value is None and self._told is not None and (value := self._told(gate)) is not None:
            self._known[gate] = value
        return None if value is None else value == (literal > 0)
