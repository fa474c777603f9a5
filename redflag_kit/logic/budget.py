"""Budgets: how much an exact question may cost, and what happens when it runs out.

Claim: a budget is never exceeded silently; the caller learns what was asked and which limit stopped it. Node and
conflict limits give the same answer on every machine; the time limit is the last resort and is checked between steps.
"""

from __future__ import annotations

import time
from dataclasses import dataclass


class BudgetExceeded(Exception):  # noqa: N818 - a stated limit was reached; nothing is wrong
    """A question that needs more than its budget, e.g. `the conjunction of two regions` within `4000000 nodes`."""

    def __init__(self, question: str, budget: str) -> None:
        super().__init__(question, budget)
        self.question = question
        self.budget = budget

    def __str__(self) -> str:
        return f"{self.question} needs more than {self.budget}"


@dataclass(frozen=True, slots=True)
class Budget:
    """What one run may cost: diagram nodes per space, and seconds of wall time from `start` on."""

    nodes: int = 4_000_000
    seconds: float = 60.0

    def start(self) -> Deadline:
        """Start the clock."""
        return Deadline(time.monotonic() + self.seconds, f"{self.seconds:g} s")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment at which a run must stop; handed to whatever may take long."""

    at: float
    words: str

    def left(self) -> float:
        """Return the seconds left, 0 if there are none."""
        return max(0.0, self.at - time.monotonic())

    def check(self, question: str) -> None:
        """Raise BudgetExceeded for the question if the time is up."""
        if time.monotonic() >= self.at:
            raise BudgetExceeded(question, self.words)


NO_DEADLINE = Deadline(float("inf"), "no time limit")
