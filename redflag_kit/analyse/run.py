"""Run every analysis of one subject."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.gaps import gaps
from redflag_kit.analyse.masked import masked
from redflag_kit.analyse.never_fires import never_fires
from redflag_kit.analyse.no_patient import no_patient
from redflag_kit.analyse.overlaps import overlaps
from redflag_kit.analyse.subject import Subject
from redflag_kit.logic.algebra import R
from redflag_kit.logic.budget import NO_DEADLINE, BudgetExceeded, Deadline

Analysis: TypeAlias = Callable[[Subject[R]], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Unsettled:
    """An analysis that did not finish: what it looks for, and the limit that stopped it. Its faults so far stand."""

    question: str
    budget: str


@dataclass(frozen=True, slots=True)
class Analysed:
    """Every fault found, in the order of the analyses, and what was not decided."""

    faults: tuple[Fault, ...]
    unsettled: tuple[Unsettled, ...]


def run(subject: Subject[R], deadline: Deadline = NO_DEADLINE) -> Analysed:
    """Return the faults of a subject; an analysis that exceeds its budget stops and leaves the others running."""
    faults = list(no_patient(subject))
    unsettled: list[Unsettled] = []
    analyses: dict[str, Analysis[R]] = {
        "gaps": gaps,
        "overlaps and conflicts": overlaps,
        "rules that cannot apply": never_fires,
        "rules that never decide": masked,
    }
    for question, analysis in analyses.items() if not faults else ():
        try:
            for fault in analysis(subject):
                faults.append(fault)
                deadline.check(question)
        except BudgetExceeded as error:
            unsettled.append(Unsettled(question, error.budget))
    return Analysed(tuple(faults), tuple(unsettled))
