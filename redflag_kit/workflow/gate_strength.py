"""The part of the gate that is about the strength of the vignettes: whether they notice faults in what changed."""

from collections.abc import Iterator
from fractions import Fraction

from redflag_kit.diff.pairing import CHANGED
from redflag_kit.gate.checks import Strong
from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.score import standing
from redflag_kit.project.load import Project
from redflag_kit.results.mutate import NOT_DECIDED, OPEN, SURVIVED
from redflag_kit.workflow.states_compared import StatesCompared
from redflag_kit.workflow.strength import Measured, measure


def strong_editions(found: StatesCompared, least: str) -> tuple[Strong, ...] | None:
    """Return how strong the vignettes of each changed edition are, of a new one in full; None where nobody asks.

    An edition of which nothing can be mutated is left out.
    """
    if not least:
        return None
    every = (_strong(found.new, new, before, Fraction(least)) for new, before in _editions(found))
    return tuple(one for one in every if one is not None)


def _editions(found: StatesCompared) -> Iterator[tuple[Guideline, Guideline | None]]:
    """Yield the new editions with what they were; one put beside another is new."""
    for entry in found.entries:
        both = entry.counterparts
        if both.new is not None:
            yield both.new, both.old if both.kind == CHANGED else None


def _strong(project: Project, new: Guideline, before: Guideline | None, least: Fraction) -> Strong | None:
    try:
        one = measure(project, new, before)
    except BudgetExceeded as error:
        return Strong(new.name, OPEN, "", undecided=(str(error),))
    if not one.mutants:
        return None
    return Strong(
        edition=new.name,
        standing=standing(one.told.totals, least),
        score=one.told.totals.score or "",
        unnoticed=_words(one, SURVIVED),
        undecided=_words(one, NOT_DECIDED),
    )


def _words(one: Measured, state: str) -> tuple[str, ...]:
    return tuple(f"{m.file}:{m.line}: {m.sentence} ({m.id})" for m in one.mutants if m.state == state)
