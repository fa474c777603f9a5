"""Decide a property for one guideline, and settle any question of the same form.

Claim: `proved` if no patient breaks it, `refuted` with a smallest counterexample (fewest findings that are unusual or
not assessed; ties in the order of the space) if one does. Documented violations are looked for first, each in its own
patients; the rest must hold. A counterexample that the literal interpreter does not confirm is never shown.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Generic

from redflag_kit.analyse.properties import floor, monotone, statement, unknowns
from redflag_kit.analyse.properties.breach import Breach, Counterexample
from redflag_kit.analyse.properties.ward import Ward
from redflag_kit.logic.algebra import R, Searching, disjunction
from redflag_kit.logic.budget import NO_DEADLINE, BudgetExceeded, Deadline
from redflag_kit.logic.space import Point
from redflag_kit.model.condition import Condition
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.property import Claim, Floor, Known, Monotone, Property, Statement


class Result(StrEnum):
    """What is known of a property: `not_covered` if the guideline covers none of the outputs it reads."""

    PROVED = "proved"
    REFUTED = "refuted"
    NOT_DECIDED = "not_decided"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A property for one guideline; `known` is the documented violation that the counterexample is an example of.

    `uncovered`: outputs of the property that the guideline does not cover. `smallest` is false where the budget ended
    the search for a smaller counterexample. `confirmed` is false where the literal interpreter saw nothing wrong: our
    own fault, and then there is no counterexample. `established` and `budget` say what is known if it is not decided.
    Between two editions, `guideline` is the new one and `old` the other.
    """

    property: Property
    guideline: Guideline
    result: Result
    uncovered: tuple[str, ...] = ()
    counterexample: Counterexample | None = None
    known: Known | None = None
    smallest: bool = True
    confirmed: bool = True
    established: str = ""
    budget: str = ""
    old: Guideline | None = None


@dataclass(frozen=True, slots=True)
class Question(Generic[R]):
    """A property put to one guideline, or to two editions of which `guideline` is the new one.

    `where` returns the patients of a condition on findings, `breaches` where the property fails among some patients,
    `confirm` the counterexample at a point of a breach, or None if the literal interpreter sees nothing wrong there.
    `vacuous`: none of the outputs it reads is covered.
    """

    property: Property
    guideline: Guideline
    algebra: Searching[R]
    uncovered: tuple[str, ...]
    vacuous: bool
    where: Callable[[Condition], R]
    breaches: Callable[[R], Iterator[Breach[R]]]
    confirm: Callable[[Point, Breach[R], R], Counterexample | None]
    old: Guideline | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """The verdicts of a property for one guideline, and documented violations that do not exist."""

    verdicts: tuple[Verdict, ...]
    stale: tuple[Known, ...] = ()


def outputs_of(claim: Claim) -> tuple[str, ...]:
    """Return the outputs that a claim reads."""
    match claim:
        case Statement():
            return statement.outputs(claim)
        case Floor():
            return floor.outputs(claim)
        case _:
            return claim.outputs


def decide(ward: Ward[R], one: Property, deadline: Deadline = NO_DEADLINE) -> Decided:
    """Return what is known of a property for the guideline of a ward."""
    outputs = outputs_of(one.alone)
    uncovered = ward.uncovered(outputs)
    question = Question(
        property=one,
        guideline=ward.guideline,
        algebra=ward.algebra,
        uncovered=uncovered,
        vacuous=bool(outputs) and len(uncovered) == len(outputs),
        where=lambda condition: ward.region(condition, one.values),
        breaches=partial(_breaches, ward, one),
        confirm=partial(_counterexample, ward, one),
    )
    return settle(question, deadline)


def settle(question: Question[R], deadline: Deadline = NO_DEADLINE) -> Decided:
    """Return what is known of a property."""
    one = question.property
    if question.vacuous:
        verdict = Verdict(one, question.guideline, Result.NOT_COVERED, question.uncovered, old=question.old)
        return Decided((verdict,))
    verdicts: list[Verdict] = []
    stale: list[Known] = []
    rest = question.algebra.whole
    for known in one.known:
        if known.editions.include(question.guideline):
            where = question.where(known.where)
            found = _search(question, where, deadline, known)
            if found.result is Result.PROVED:
                stale.append(known)
            else:
                verdicts.append(found)
            rest = rest - where
    remaining = _search(question, rest, deadline, None)
    if remaining.result is not Result.PROVED or not verdicts:
        verdicts.append(remaining)
    return Decided(tuple(verdicts), tuple(stale))


def _search(question: Question[R], among: R, deadline: Deadline, known: Known | None) -> Verdict:
    """Look for a counterexample among some patients."""
    one, algebra = question.property, question.algebra
    found: list[Breach[R]] = []
    done = 0
    budget = ""
    try:
        for breach in question.breaches(among):
            deadline.check(f"the property {one.id}")
            found += [] if breach.region.is_empty() else [breach]
            done += 1
    except BudgetExceeded as error:
        budget = str(error)
    established = f"{done} parts of it hold" if done else "nothing"
    shown = None
    try:
        point = algebra.least(disjunction(algebra, (breach.region for breach in found)))
        if point is not None:
            first = next(breach for breach in found if algebra.contains(breach.region, point))
            shown = question.confirm(point, first, among)
    except BudgetExceeded as error:
        point, budget = None, str(error)
        established = "a counterexample exists, but none could be chosen and confirmed"
    result = Result.REFUTED if point is not None else Result.NOT_DECIDED if budget else Result.PROVED
    return Verdict(
        property=one,
        guideline=question.guideline,
        result=result,
        uncovered=question.uncovered,
        counterexample=shown,
        known=known,
        smallest=point is None or not budget,
        confirmed=point is None or shown is not None,
        established="" if point is not None else established,
        budget="" if point is not None else budget,
        old=question.old,
    )


def _breaches(ward: Ward[R], one: Property, among: R) -> Iterator[Breach[R]]:
    claim = one.alone
    match claim:
        case Statement():
            return statement.breaches(ward, claim, one.values, among)
        case Floor():
            return floor.breaches(ward, claim, one.values, among)
        case Monotone():
            return monotone.breaches(ward, claim, one.values, among)
        case _:
            return unknowns.breaches(ward, claim, one.values, among)


def _counterexample(ward: Ward[R], one: Property, point: Point, breach: Breach[R], among: R) -> Counterexample | None:
    claim = one.alone
    match claim:
        case Statement():
            return statement.counterexample(ward, claim, one.values, point)
        case Floor():
            return floor.counterexample(ward, claim, one.values, point)
        case Monotone():
            assert breach.move is not None
            return monotone.counterexample(ward, claim, one.values, point, breach.move)
        case _:
            return unknowns.counterexample(ward, one.values, point, breach, among)
