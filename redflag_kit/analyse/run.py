"""Run every analysis of one subject, and say each thing once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import TypeAlias, cast

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
from redflag_kit.analyse.subject import Subject
from redflag_kit.analyse.three_valued import three_valued
from redflag_kit.diagnostics import codes
from redflag_kit.logic.algebra import R
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.budget import BudgetExceeded

Analysis: TypeAlias = Callable[[Subject[R]], Iterator[Fault]]

NEVER_MATTERS, THREE_VALUED = NEED_DIAGRAMS = ("findings that never matter", "three-valued evaluation")
"""Questions that need quantification; no other engine answers them."""

STRONGEST_FIRST = (codes.RF304, codes.RF313, codes.RF307, codes.RF306, codes.RF308, codes.RF309, codes.RF311)
"""Faults of rules of which the first says what the later ones would say again."""


class Wanted(Enum):
    """What to look for: faults alone (errors and warnings), advice on rules and inputs as well, or everything."""

    FAULTS = "faults"
    ADVICE = "advice"
    EVERYTHING = "everything"


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


def run(subject: Subject[R], wanted: Wanted = Wanted.EVERYTHING) -> Analysed:
    """Return the faults of a subject; an analysis that exceeds its budget stops and leaves the others running."""
    faults = list(no_patient(subject))
    if faults:
        return Analysed(tuple(faults), ())
    unsettled: list[Unsettled] = []
    for question, analysis in _analyses(subject, wanted).items():
        try:
            for fault in analysis():
                faults.append(fault)
                subject.deadline.check(question)
        except BudgetExceeded as error:
            unsettled.append(Unsettled(question, error.budget))
    return Analysed(tuple(once(faults)), tuple(unsettled))


def _analyses(subject: Subject[R], wanted: Wanted) -> dict[str, Callable[[], Iterable[Fault]]]:
    general: dict[str, Analysis[R]] = {
        "gaps": gaps,
        "overlaps and conflicts": overlaps,
        "rules that cannot apply": never_fires,
        "rules that repeat each other": duplicates,
        "rules that never decide": masked,
    }
    if wanted is not Wanted.FAULTS:
        general |= {
            "redundant rules": redundant,
            "rules that can be merged": mergeable,
            "rules that give way in part": partly_masked,
        }
    found: dict[str, Callable[[], Iterable[Fault]]] = {}
    for question, analysis in general.items():
        found[question] = partial(analysis, subject)
    if wanted is not Wanted.FAULTS:
        found[NEVER_MATTERS] = _needs_diagrams
    if wanted is Wanted.EVERYTHING:
        found[THREE_VALUED] = _needs_diagrams
    diagrams = subject.algebra
    if isinstance(diagrams, Diagrams):
        exact = cast(Subject[BddRegion], subject)
        answers: dict[str, Callable[[], Iterable[Fault]]] = {
            NEVER_MATTERS: partial(irrelevant, exact, diagrams),
            THREE_VALUED: partial(three_valued, exact, diagrams.node_budget),
        }
        found |= {question: answers[question] for question in NEED_DIAGRAMS if question in found}
    return found


def _needs_diagrams() -> Iterable[Fault]:
    raise BudgetExceeded("quantification", "what can be answered without decision diagrams")


def once(faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults without those that a stronger one about the same rules implies."""
    faults = list(faults)
    told: dict[str, int] = {}
    for fault in faults:
        if fault.code in STRONGEST_FIRST:
            strength = STRONGEST_FIRST.index(fault.code)
            told |= {rule: min(strength, told.get(rule, strength)) for rule in fault.rules}
    groups = [frozenset(fault.rules) for fault in faults if fault.code in (codes.RF307, codes.RF313)]
    return [fault for fault in faults if not _is_implied(fault, told, groups)]


def _is_implied(fault: Fault, told: Mapping[str, int], groups: Sequence[frozenset[str]]) -> bool:
    """Say whether stronger faults of rules say it.

    A masked rule is no news if only rules that it repeats mask it; an input without influence, if every rule that reads
    it is told to do nothing.
    """
    needless = len(STRONGEST_FIRST) - 1
    if fault.code is codes.RF310:
        return bool(fault.others) and all(told.get(rule, needless) < needless for rule in fault.others)
    if fault.code is codes.RF306:
        return any({*fault.rules, *fault.others} <= group for group in groups)
    if fault.code not in STRONGEST_FIRST:
        return False
    return any(told[rule] < STRONGEST_FIRST.index(fault.code) for rule in fault.rules)
