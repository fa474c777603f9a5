"""Which engine answers: decision diagrams, or SAT where diagrams exceed their budget.

Claim: the answer is the same from both, so the choice shows only in the time taken and in `Decided.engine`. What
neither settles in its budget is told as such, never approximated.
Method: diagrams first, as only they count. They get a share of the time, and no more nodes than can be made in a tenth
of the whole, since the engine cannot be stopped within one operation. SAT gets what time is left.
"""

import gc
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Generic, Protocol, TypeAlias, TypeVar

from redflag_kit.analyse.run import NEED_DIAGRAMS, Analysed, Unsettled, Wanted, run
from redflag_kit.analyse.subject import Subject
from redflag_kit.compile.cuts import Atoms
from redflag_kit.compile.table import Compiled
from redflag_kit.logic.algebra import R
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.budget import Budget, BudgetExceeded, Deadline
from redflag_kit.semantics.regions import meaning

DIAGRAMS, SAT = "decision diagrams", "SAT"
NODES_PER_SECOND = 250_000  # in a tenth of a second, that is: one operation makes some 2.5 million nodes a second
DIAGRAMS_SHARE = 0.2

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Weigher: TypeAlias = Callable[[Diagrams], Callable[[BddRegion], Fraction]]
"""Returns how the regions of an algebra are weighed."""


class Question(Protocol[T_co]):
    """What is asked of a subject in any algebra; the answer must hold no region of it."""

    def __call__(self, subject: Subject[R], /) -> T_co: ...


@dataclass(frozen=True, slots=True)
class Decided(Generic[T]):
    """An answer, and the engine that gave it."""

    answer: T
    engine: str


def decide(
    compiled: Compiled,
    atoms: Atoms,
    question: Question[T],
    budget: Budget,
    *,
    weigher: Weigher | None = None,
    defaults: frozenset[str] = frozenset(),
) -> Decided[T]:
    """Return the answer to a question, from diagrams if they can give it, else from SAT.

    Raises BudgetExceeded if neither can within the budget.
    """
    deadline = budget.start()
    try:
        return Decided(question(_on_diagrams(compiled, atoms, budget, deadline, weigher, defaults)), DIAGRAMS)
    except BudgetExceeded:
        deadline.check("an answer by decision diagrams")
    # The exception's traceback kept the regions made so far alive until here; they go before SAT starts.
    gc.collect()
    from redflag_kit.logic.sat import Clauses  # COST: loading the solver; few tables need it

    clauses = Clauses(atoms.space, deadline=deadline)
    return Decided(
        question(Subject(compiled, atoms, clauses, meaning(compiled, atoms, clauses), None, defaults, deadline)), SAT
    )


def analysed(
    compiled: Compiled,
    atoms: Atoms,
    budget: Budget,
    *,
    weigher: Weigher | None = None,
    defaults: frozenset[str] = frozenset(),
    decision: str | None = None,
) -> Decided[Analysed]:
    """Return the faults of a model's tables and what remains undecided, by the first engine that decides everything.

    If none does, SAT's faults stand, with what it left open. With `decision` only the faults of that table are sought.
    """
    try:
        return decide(compiled, atoms, _Complete(decision), budget, weigher=weigher, defaults=defaults)
    except BudgetExceeded as error:
        return Decided(Analysed((), (Unsettled("every fault", error.budget),)), SAT)


@dataclass(frozen=True, slots=True)
class _Complete:
    """Every analysis but the three-valued comparison.

    On diagrams one that exceeds its budget ends them all, as SAT can still decide it.
    """

    decision: str | None

    def __call__(self, subject: Subject[R], /) -> Analysed:
        if self.decision is not None:
            subject = replace(subject, focus=self.decision)
        found = run(subject, Wanted.ADVICE)
        missing = [one for one in found.unsettled if one.question not in NEED_DIAGRAMS]
        if missing and isinstance(subject.algebra, Diagrams):
            raise BudgetExceeded(missing[0].question, missing[0].budget)
        return found


def _on_diagrams(
    compiled: Compiled,
    atoms: Atoms,
    budget: Budget,
    deadline: Deadline,
    weigher: Weigher | None,
    defaults: frozenset[str],
) -> Subject[BddRegion]:
    nodes = min(budget.nodes, max(1, int(NODES_PER_SECOND * budget.seconds)))
    until = Deadline(deadline.at - (1 - DIAGRAMS_SHARE) * budget.seconds, f"{DIAGRAMS_SHARE:.0%} of {deadline.words}")
    diagrams = Diagrams(atoms.space, nodes, until)
    weigh = None if weigher is None else weigher(diagrams)
    return Subject(compiled, atoms, diagrams, meaning(compiled, atoms, diagrams), weigh, defaults, until)
