"""Budgets: how much an exact question may cost, and what happens when it runs out.

Claim: a budget is never exceeded silently; the caller learns what was asked and which limit stopped it. Node and
conflict limits give the same answer on every machine; the time limit is the last resort and is checked between steps.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

NODES = 4_000_000
"""Diagram nodes per space, unless told otherwise."""


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

    nodes: int = NODES
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

    def part(self, share: float) -> Deadline:
        """Return an earlier moment, at which a share of the time left now is over."""
        return self if self.at == _NEVER else Deadline(time.monotonic() + share * self.left(), self.words)


@dataclass(frozen=True, slots=True)
class Turns(Deadline):
    """A deadline that several steps share, so that a hard one does not leave the others without any time.

    Each step may take an equal part of what is left when its turn begins; before the first one, everything.
    """

    whole: Deadline
    _turn: list[float] = field(default_factory=list)

    def begin(self, steps_left: float) -> None:
        """Begin the turn of a step, the first of so many."""
        self._turn[:] = [time.monotonic() + self.whole.left() / steps_left]

    @property
    def share(self) -> str:
        """Return the limit that a step exceeds with its turn."""
        return f"its share of {self.words}"

    def left(self) -> float:
        return max(0.0, self._turn[0] - time.monotonic()) if self._turn else self.whole.left()

    def check(self, question: str) -> None:
        self.whole.check(question)
        if self._turn and time.monotonic() >= self._turn[0]:
            raise BudgetExceeded(question, self.share)


def turns_of(deadline: Deadline) -> Turns:
    """Return a deadline to be divided among steps."""
    return Turns(deadline.at, deadline.words, deadline)


MOST_SHARERS = 8


def sharers(steps_left: int) -> int:
    """Return among how many steps the time left is divided when one of them begins.

    Not more than a few, however many follow: most need next to nothing, and a fiftieth of a minute is soon over on a
    busy machine. A hard step still leaves the others most of the time, and the last one has all that is left.
    """
    return min(steps_left, MOST_SHARERS)


_NEVER = float("inf")
NO_DEADLINE = Deadline(_NEVER, "no time limit")

NODES_PER_SECOND = 50_000  # one operation makes 1 to 2.5 million nodes a second, hence takes at most 5 % of the time


def nodes_within(nodes: int, deadline: Deadline) -> int:
    """Return how many nodes diagrams may have, so that no single operation outlasts a twentieth of the time left."""
    return int(min(nodes, max(1.0, NODES_PER_SECOND * deadline.left())))
