"""How many mutants are in each state, the score, and whether it reaches a floor.

Claim: a floor is called reached, or missed, only if what was not decided could not turn that round.
"""

from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from redflag_kit.results.mutate import (
    EQUIVALENT,
    EXEMPTED,
    KILLED,
    MISSED,
    NOT_DECIDED,
    OPEN,
    REACHED,
    SURVIVED,
    MutantTotals,
)

PLACES = Decimal("0.0001")


def totals_of(states: Iterable[str]) -> MutantTotals:
    """Return how often each state occurs, and the score."""
    found = tuple(states)
    killed, survived, open_ones = (found.count(state) for state in (KILLED, SURVIVED, NOT_DECIDED))
    return MutantTotals(
        mutants=len(found),
        killed=killed,
        equivalent=found.count(EQUIVALENT),
        exempted=found.count(EXEMPTED),
        survived=survived,
        not_decided=open_ones,
        score=score_text(killed, killed + survived + open_ones),
    )


def score_text(killed: int, of: int) -> str | None:
    """Return a share as text, rounded down to four places so that 1 means all; None of nothing."""
    if of == 0:
        return None
    share = (Decimal(killed) / Decimal(of)).quantize(PLACES, rounding=ROUND_DOWN)
    return f"{share.normalize():f}"


def standing(totals: MutantTotals, floor: Fraction) -> str:
    """Return whether a floor is reached: exactly, where the score of a result is rounded.

    What is not decided is not killed; were it equivalent, it would not count.
    """
    least = totals.killed + totals.survived + totals.not_decided
    if totals.killed >= floor * least:
        return REACHED
    return MISSED if totals.killed < floor * (totals.killed + totals.survived) else OPEN
