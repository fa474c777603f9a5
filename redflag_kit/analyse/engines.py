"""Which engine answers: boxes for one large plain table, else decision diagrams, else SAT.

Claim: the answers are the same from all, so the choice shows only in the time taken and in `Decided.engine`. What none
settles in its budget is told as such, never approximated.
Method: diagrams before SAT, as only they count. They get a share of the time, divided among the questions, and no more
nodes than one operation makes in a twentieth of the whole, since it cannot be stopped in between. SAT is asked
only what they left open, and gets what time is left.
"""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from redflag_kit.analyse.answers import Analysed, Answer, joined
from redflag_kit.analyse.large import Weights, box_table, has_large_table
from redflag_kit.analyse.rounds import better
from redflag_kit.analyse.run import PATIENTS, Wanted, answers
from redflag_kit.analyse.subject import Subject
from redflag_kit.compile.cuts import Atoms
from redflag_kit.compile.table import Compiled
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.budget import BudgetExceeded, Deadline, nodes_within, turns_of
from redflag_kit.logic.mdd import count
from redflag_kit.semantics.regions import meaning

BOXES, DIAGRAMS, SAT = "boxes", "decision diagrams", "SAT"
DIAGRAMS_SHARE = 0.2
PRESENTED = 0.9
"""The share of the time after which faults are no longer looked for; the rest is for confirming and telling them."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was found, and the last engine that had to be asked."""

    answer: Analysed
    engine: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A model whose faults are wanted.

    `weights` say how much each atom weighs, None where that means nothing. `defaults` are as in `Subject`. With
    `decision` only the faults of that table are sought.
    """

    compiled: Compiled
    atoms: Atoms
    weights: Weights | None = None
    defaults: frozenset[str] = frozenset()
    decision: str = ""
    wanted: Wanted = Wanted.EVERYTHING


def analysed(asked: Asked, nodes: int, deadline: Deadline) -> Decided:
    """Return the faults of a model's tables and what remains undecided, each question by the first engine that can."""
    by_boxes = _by_boxes(asked, deadline)
    if by_boxes is not None:
        return Decided(by_boxes, BOXES)
    first = _by_diagrams(asked, nodes_within(nodes, deadline), deadline)
    left = [one.question for one in first if one.limit]
    if not left:
        return Decided(joined(first), DIAGRAMS)
    # The traceback of what was exceeded kept regions alive until here; they go before SAT starts.
    gc.collect()
    second = _by_search(asked, left, deadline)
    if any(one.question == PATIENTS for one in second):
        return Decided(joined(second), SAT)
    other = {one.question: one for one in second}
    return Decided(joined([better(one, other.get(one.question, one)) for one in first]), SAT)


def diagrams_share(deadline: Deadline) -> Deadline:
    """Return the moment at which diagrams must give up, so that SAT has the rest of the time."""
    return deadline.part(DIAGRAMS_SHARE)


def _by_boxes(asked: Asked, deadline: Deadline) -> Analysed | None:
    compiled = asked.compiled
    if asked.decision:
        compiled = replace(compiled, tables=tuple(one for one in compiled.tables if one.decision == asked.decision))
    if not has_large_table(compiled, asked.atoms):
        return None
    table = box_table(compiled, asked.atoms, asked.weights)
    if table is None:
        return None
    from redflag_kit.analyse.boxes import run  # COST: loading numpy; few tables need it

    return run(table, asked.defaults, deadline, asked.wanted.questions)


def _by_diagrams(asked: Asked, nodes: int, deadline: Deadline) -> list[Answer]:
    turns = turns_of(diagrams_share(deadline))
    try:
        diagrams = Diagrams(asked.atoms.space, nodes, turns)
        found = meaning(asked.compiled, asked.atoms, diagrams)
        weigh = None if asked.weights is None else _weigher(asked.weights, diagrams)
        subject = Subject(asked.compiled, asked.atoms, diagrams, found, weigh, asked.defaults, turns, asked.decision)
        return answers(subject, asked.wanted.questions)
    except BudgetExceeded as error:
        return [Answer(question, (), error.budget) for question in asked.wanted.questions]


def _by_search(asked: Asked, questions: Sequence[str], deadline: Deadline) -> list[Answer]:
    from redflag_kit.logic.sat import Clauses  # COST: loading the solver; few tables need it

    turns = turns_of(deadline)
    try:
        turns.check("an answer by decision diagrams")
        clauses = Clauses(asked.atoms.space, deadline=turns)
        found = meaning(asked.compiled, asked.atoms, clauses)
        subject = Subject(asked.compiled, asked.atoms, clauses, found, None, asked.defaults, turns, asked.decision)
        return answers(subject, questions)
    except BudgetExceeded as error:
        return [Answer(question, (), error.budget) for question in questions]


def _weigher(weights: Weights, diagrams: Diagrams) -> Callable[[BddRegion], Fraction]:
    whole: Mapping[str, Sequence[int]] = {name: _whole(row) for name, row in weights.items()}
    return lambda region: Fraction(count(diagrams.freeze(region), whole))


def _whole(row: Sequence[Fraction | int]) -> list[int]:
    """Return weights as whole numbers: shares do not change if all weights of an input are multiplied by one number."""
    scale = lcm(*(Fraction(one).denominator for one in row))
    return [int(one * scale) for one in row]
