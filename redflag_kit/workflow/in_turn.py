"""Steps that share one budget: each has its turn, and what the easy ones do not need goes to the hard ones.

Claim: every step has its turn, and none stays open while much of the time is left.
Method: a part of the time left for each; then again for those that left something open, a few times at most, as long as
each has more than it had. Steps are pure, so that a second turn only decides more.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from redflag_kit.logic.budget import Deadline, sharers

T = TypeVar("T")

MOST_ROUNDS = 4


def in_turn(
    steps: Sequence[Callable[[Deadline], T]], deadline: Deadline, is_open: Callable[[T], bool]
) -> tuple[T, ...]:
    """Return what the steps found, in their order."""
    found: dict[int, T] = {}
    waiting, share = list(range(len(steps))), -1.0
    for _ in range(MOST_ROUNDS):
        if not waiting or deadline.left() / sharers(len(waiting)) <= share:
            break
        share = deadline.left() / sharers(len(waiting))
        for turn, step in enumerate(waiting):
            found[step] = steps[step](deadline.part(1 / sharers(len(waiting) - turn)))
        waiting = [step for step in waiting if is_open(found[step])]
    return tuple(found[step] for step in range(len(steps)))
