"""Run every analysis of one subject."""

from collections.abc import Callable, Collection, Iterable, Iterator
from enum import Enum
from functools import partial
from typing import TypeAlias, cast

from redflag_kit.analyse.answers import (
    ADVICE,
    FAULTS,
    GAPS,
    MASKED,
    MERGEABLE,
    NEED_DIAGRAMS,
    NEVER,
    NEVER_MATTERS,
    OVERLAPS,
    PARTLY,
    REDUNDANT,
    REPEATS,
    THREE_VALUED,
    Analysed,
    Answer,
    joined,
)
from redflag_kit.analyse.duplicates import duplicates
from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.gaps import gaps
from redflag_kit.analyse.irrelevant import irrelevant
from redflag_kit.analyse.masked import masked
from redflag_kit.analyse.mergeable import mergeable
from redflag_kit.analyse.never_fires import never_fires
from redflag_kit.analyse.no_patient import no_patient
from redflag_kit.analyse.overlaps import overlaps
from redflag_kit.analyse.partly_masked import partly_masked
from redflag_kit.analyse.redundant import redundant
from redflag_kit.analyse.rounds import ask_all
from redflag_kit.analyse.subject import Subject
from redflag_kit.analyse.three_valued import three_valued
from redflag_kit.logic.algebra import R
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.budget import BudgetExceeded, Turns, turns_of

Analysis: TypeAlias = Callable[[Subject[R]], Iterator[Fault]]

PATIENTS = "whether there is any patient"


class Wanted(Enum):
    """What to look for: faults alone (errors and warnings), advice on rules and inputs as well, or everything."""

    FAULTS = "faults"
    ADVICE = "advice"
    EVERYTHING = "everything"

    @property
    def questions(self) -> tuple[str, ...]:
        """Return the questions to ask, in order."""
        match self:
            case Wanted.FAULTS:
                return FAULTS
            case Wanted.ADVICE:
                return (*FAULTS, *(one for one in ADVICE if one != THREE_VALUED))
            case _:
                return (*FAULTS, *ADVICE)


def run(subject: Subject[R], wanted: Wanted = Wanted.EVERYTHING) -> Analysed:
    """Return the faults of a subject; an analysis that exceeds its budget stops and leaves the others running."""
    return joined(answers(subject, wanted.questions))


def answers(subject: Subject[R], questions: Collection[str]) -> list[Answer]:
    """Return the answer to each question; if there is no patient at all, to that question alone."""
    nobody = tuple(no_patient(subject))
    if nobody:
        return [Answer(PATIENTS, nobody)]
    turns = subject.deadline if isinstance(subject.deadline, Turns) else turns_of(subject.deadline)
    return ask_all(questions, partial(_answer, subject), turns, again=not isinstance(subject.algebra, Diagrams))


def _answer(subject: Subject[R], question: str) -> Answer:
    faults: list[Fault] = []
    try:
        subject.deadline.check(question)
        for fault in _analysis(subject, question)():
            faults.append(fault)
            subject.deadline.check(question)
    except BudgetExceeded as error:
        if isinstance(subject.algebra, Diagrams):
            subject.algebra.collect()  # what the next question needs must not be taken by what this one left
        return Answer(question, tuple(faults), error.budget)
    return Answer(question, tuple(faults))


def _analysis(subject: Subject[R], question: str) -> Callable[[], Iterable[Fault]]:
    if question in NEED_DIAGRAMS:
        diagrams = subject.algebra
        if not isinstance(diagrams, Diagrams):
            raise BudgetExceeded(question, "what can be answered without decision diagrams")
        exact = cast("Subject[BddRegion]", subject)
        if question == NEVER_MATTERS:
            return partial(irrelevant, exact, diagrams)
        return partial(three_valued, exact, diagrams.node_budget)
    general: dict[str, Analysis[R]] = {
        GAPS: gaps,
        OVERLAPS: overlaps,
        NEVER: never_fires,
        REPEATS: duplicates,
        MASKED: masked,
        REDUNDANT: redundant,
        MERGEABLE: mergeable,
        PARTLY: partly_masked,
    }
    return partial(general[question], subject)
