"""What became of mutants: killed, proved equivalent, survived, or not decided.

Meaning: a vignette *kills* a mutant if one of its expectations is met by the guideline and not by the mutant. A mutant
is *equivalent* if no legal patient gets another outcome from it, what outputs entail included (`docs/semantics.md` 11);
one that changes what is assumed, if no case does in which every finding is known or not assessed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.model.vignette import Expectation, Stated, Vignette
from redflag_kit.mutate.mutant import Mutant


@dataclass(frozen=True, slots=True)
class Watch:
    """A vignette with one expectation of the guideline at hand."""

    vignette: Vignette
    expectation: Expectation


@dataclass(frozen=True, slots=True)
class Killed:
    """`by`: the ids of the vignettes seen to kill it, in the order in which they were given, each once.

    Whether these are all that do is said where it was decided (`mutate.decide`).
    """

    mutant: Mutant
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Equivalent:
    """Proved: nobody gets another outcome. `how` says by what, in words."""

    mutant: Mutant
    how: str


@dataclass(frozen=True)
class Survived:
    """Not noticed.

    `region`: every legal patient who gets another outcome; None where only cases with unknowns do, and where the
    patients were found by search, beyond what diagrams can hold. `find` makes the witness.
    """

    mutant: Mutant
    region: BddRegion | None
    find: Callable[[], tuple[Stated, ...]] = field(repr=False, compare=False)

    @cached_property
    def case(self) -> tuple[Stated, ...]:
        """Return the canonical witness: a minimal patient with every finding stated, or a case with one not assessed.

        Raises BudgetExceeded if it is not found within the budget.
        """
        # COST: the least patient of a region, and reading both guidelines literally, take longer than the verdict, and
        # few survivors are shown out of a run without vignettes.
        return self.find()


@dataclass(frozen=True, slots=True)
class NotDecided:
    """Not noticed, and not proved equivalent within a budget, e.g. `4000000 nodes`."""

    mutant: Mutant
    budget: str


Verdict: TypeAlias = Killed | Equivalent | Survived | NotDecided


def witnessed(verdict: Verdict) -> Verdict:
    """Return a verdict that can be shown: a survivor with its witness; not decided, if none is found in the budget."""
    try:
        if isinstance(verdict, Survived):
            _ = verdict.case  # found here, or nowhere
    except BudgetExceeded as error:
        return NotDecided(verdict.mutant, error.budget)
    return verdict


@dataclass(frozen=True, slots=True)
class Strength:
    """Every mutant of one guideline with its verdict, in the order in which mutants were given.

    `engine` is the guideline at hand over atoms that tell apart whatever the mutants and vignettes tell apart; regions
    of survivors are its regions. `watching`: the vignettes whose expectations hold, which alone can kill.
    """

    engine: Engine
    verdicts: tuple[Verdict, ...]
    watching: tuple[str, ...]
