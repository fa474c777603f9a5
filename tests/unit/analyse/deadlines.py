"""Time that is over after so many steps, whatever the clock says."""

from __future__ import annotations

from redflag_kit.logic.budget import BudgetExceeded, Deadline


def few(number: int) -> Deadline:
    """Return a deadline that lets a number of checks pass."""
    left = [number]

    class Few(Deadline):
        def check(self, question: str) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise BudgetExceeded(question, self.words)

    return Few(float("inf"), "a few steps")


def noting(at: float = float("inf")) -> tuple[Deadline, list[str]]:
    """Return time that never ends, whenever it is to end, and the list in which it notes for what it is asked."""
    asked: list[str] = []

    class Noting(Deadline):
        def check(self, question: str) -> None:
            asked.append(question)

    return Noting(at, "no limit"), asked
