"""Decide a property for one guideline.

Claim: `proved` if no patient breaks it, `refuted` with a smallest counterexample (fewest findings that are unusual or
not assessed; ties in the order of the space) if one does. Documented violations are looked for first, each in its own
patients; the rest must hold. A counterexample that the literal interpreter does not confirm is never shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from redflag_kit.analyse.properties import floor, monotone, statement, unknowns
from redflag_kit.analyse.properties.breach import Breach, Counterexample
from redflag_kit.analyse.properties.ward import Ward
from redflag_kit.logic.algebra import R, disjunction
from redflag_kit.logic.budget import NO_DEADLINE, BudgetExceeded, Deadline
from redflag_kit.logic.space import Point
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
        case Monotone():
            return monotone.outputs(claim)
        case _:
            return unknowns.outputs(claim)


def decide(ward: Ward[R], one: Property, deadline: Deadline = NO_DEADLINE) -> Decided:
    """Return what is known of a property for the guideline of a ward."""
    outputs = outputs_of(one.claim)
    uncovered = ward.uncovered(outputs)
    if outputs and len(uncovered) == len(outputs):
        return Decided((Verdict(one, ward.guideline, Result.NOT_COVERED, uncovered),))
    verdicts: list[Verdict] = []
    stale: list[Known] = []
    rest = ward.algebra.whole
    for known in one.known:
        if known.editions.include(ward.guideline):
            where = ward.region(known.where, one.values)
            found = _search(ward, one, where, deadline, uncovered, known)
            if found.result is Result.PROVED:
                stale.append(known)
            else:
                verdicts.append(found)
            rest = rest - where
    remaining = _search(ward, one, rest, deadline, uncovered, None)
    if remaining.result is not Result.PROVED or not verdicts:
        verdicts.append(remaining)
    return Decided(tuple(verdicts), tuple(stale))


def _search(
    ward: Ward[R], one: Property, among: R, deadline: Deadline, uncovered: tuple[str, ...], known: Known | None
) -> Verdict:
    """Look for a counterexample among some patients."""
    found: list[Breach[R]] = []
    done = 0
    budget = ""
    try:
        for breach in _breaches(ward, one, among):
            deadline.check(f"the property {one.id}")
            found += [] if breach.region.is_empty() else [breach]
            done += 1
    except BudgetExceeded as error:
        budget = str(error)
    established = f"{done} parts of it hold" if done else "nothing"
    shown = None
    try:
        point = ward.algebra.least(disjunction(ward.algebra, (breach.region for breach in found)))
        shown = None if point is None else _counterexample(ward, one, point, found, among)
    except BudgetExceeded as error:
        point, budget = None, str(error)
        established = "a counterexample exists, but none could be chosen and confirmed"
    if point is not None:
        return Verdict(
            one, ward.guideline, Result.REFUTED, uncovered, shown, known, not budget, confirmed=shown is not None
        )
    result = Result.NOT_DECIDED if budget else Result.PROVED
    return Verdict(one, ward.guideline, result, uncovered, known=known, established=established, budget=budget)


def _breaches(ward: Ward[R], one: Property, among: R) -> Iterator[Breach[R]]:
    claim = one.claim
    match claim:
        case Statement():
            return statement.breaches(ward, claim, one.values, among)
        case Floor():
            return floor.breaches(ward, claim, one.values, among)
        case Monotone():
            return monotone.breaches(ward, claim, one.values, among)
        case _:
            return unknowns.breaches(ward, claim, one.values, among)


def _counterexample(
    ward: Ward[R], one: Property, point: Point, found: list[Breach[R]], among: R
) -> Counterexample | None:
    claim = one.claim
    first = next(breach for breach in found if ward.algebra.contains(breach.region, point))
    match claim:
        case Statement():
            return statement.counterexample(ward, claim, one.values, point)
        case Floor():
            return floor.counterexample(ward, claim, one.values, point)
        case Monotone():
            assert first.move is not None
            return monotone.counterexample(ward, claim, one.values, point, first.move)
        case _:
            return unknowns.counterexample(ward, one.values, point, first, among)
