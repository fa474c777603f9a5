"""Decide every property for every guideline it applies to, and say what is wrong.

A guideline, or a pair of editions, is compiled once for all of its properties. What does not fit the diagrams is asked
of a SAT solver, which gives the same counterexamples; what neither settles ends as "not decided".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from redflag_kit.analyse.engines import DIAGRAMS_SHARE
from redflag_kit.analyse.properties.between import decide_between, wards
from redflag_kit.analyse.properties.breach import Counterexample
from redflag_kit.analyse.properties.verdict import Decided, Result, Verdict, decide
from redflag_kit.analyse.properties.ward import ward
from redflag_kit.analyse.properties.words import headline, who
from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.table import Compiled
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note, quoted
from redflag_kit.logic.bdd import Diagrams
from redflag_kit.logic.budget import (
    NO_DEADLINE,
    Budget,
    BudgetExceeded,
    Deadline,
    Turns,
    nodes_within,
    sharers,
    turns_of,
)
from redflag_kit.logic.space import Space
from redflag_kit.model.guideline import Guideline, Rule
from redflag_kit.model.property import Property
from redflag_kit.wording.cases import patient_json

if TYPE_CHECKING:
    from redflag_kit.logic.sat import Clauses

S = TypeVar("S")
T = TypeVar("T")
NODES = Budget().nodes


@dataclass(frozen=True, slots=True)
class Examined:
    """The verdicts of some properties for one guideline, and what is wrong."""

    verdicts: tuple[Verdict, ...]
    diagnostics: tuple[Diagnostic, ...]


def examine(
    guideline: Guideline,
    properties: Iterable[Property],
    nodes: int = NODES,
    deadline: Deadline = NO_DEADLINE,
    compiled: Compiled | None = None,
) -> Examined:
    """Decide the properties for a guideline to which all of them apply."""
    own = tuple(properties)
    ready = compiled or compile_guideline(guideline)
    turns, until = turns_of(deadline), turns_of(deadline)
    asked = (guideline, None)
    diagrams = _Engine(lambda: ward(guideline, own, _diagrams(nodes, deadline, until), ready), decide, asked)
    clauses = _Engine(lambda: ward(guideline, own, _clauses(turns), ready), decide, asked)
    return _told(guideline, _settled(own, (diagrams, until), (clauses, turns)))


def examine_between(
    old: tuple[Guideline, Compiled],
    new: tuple[Guideline, Compiled],
    properties: Iterable[Property],
    nodes: int = NODES,
    deadline: Deadline = NO_DEADLINE,
) -> Examined:
    """Decide properties between two editions, each compiled already."""
    own = tuple(properties)
    turns, until = turns_of(deadline), turns_of(deadline)
    asked = (new[0], old[0])
    diagrams = _Engine(lambda: wards(old, new, own, _diagrams(nodes, deadline, until)), decide_between, asked)
    clauses = _Engine(lambda: wards(old, new, own, _clauses(turns)), decide_between, asked)
    return _told(new[0], _settled(own, (diagrams, until), (clauses, turns)))


def _diagrams(nodes: int, deadline: Deadline, until: Deadline) -> Callable[[Space], Diagrams]:
    fitting = nodes_within(nodes, deadline)
    limit = NO_DEADLINE if deadline.at == NO_DEADLINE.at else until
    return lambda space: Diagrams(space, fitting, limit)


def _clauses(deadline: Deadline) -> Callable[[Space], Clauses]:
    def make(space: Space) -> Clauses:
        from redflag_kit.logic.sat import Clauses  # COST: loading the solver; few guidelines need it

        return Clauses(space, deadline=deadline)

    return make


class _Engine(Generic[T]):
    """What properties are put to, a ward or two, made when it is first needed and at most once."""

    def __init__(
        self,
        make: Callable[[], T],
        put: Callable[[T, Property, Deadline], Decided],
        asked: tuple[Guideline, Guideline | None],
    ) -> None:
        self._make = make
        self._put = put
        self._guideline, self._old = asked
        self._ready: T | BudgetExceeded | None = None

    def prepare(self, deadline: Deadline) -> None:
        """Make what properties are put to, if it fits."""
        try:
            deadline.check("the making of regions")
            self._ready = self._make()
        except BudgetExceeded as error:
            self._ready = error

    def decide(self, one: Property, deadline: Deadline) -> Decided:
        """Return what is known of a property; not decided if the ward or the question does not fit."""
        try:
            if self._ready is None:
                deadline.check(f"the property {one.id}")
                self._ready = self._make()
            if isinstance(self._ready, BudgetExceeded):
                raise self._ready
            return self._put(self._ready, one, deadline)
        except BudgetExceeded as error:
            self._ready = self._ready or error
            undecided = Verdict(
                one, self._guideline, Result.NOT_DECIDED, established="nothing", budget=str(error), old=self._old
            )
            return Decided((undecided,))


def _settled(
    properties: tuple[Property, ...], first: tuple[_Engine[S], Turns], second: tuple[_Engine[T], Turns]
) -> list[Decided]:
    """Put the properties to diagrams, then to a solver what those leave open; each has its turn."""
    (diagrams, until), (clauses, turns) = first, second
    # Regions are made for all properties, so that the making is not the turn of the first, which would fail for all.
    until.begin(1 / DIAGRAMS_SHARE)
    diagrams.prepare(until)
    found = []
    for asked, one in enumerate(properties):
        steps = sharers(len(properties) - asked)
        turns.begin(steps)
        until.begin(steps / DIAGRAMS_SHARE)
        decided = diagrams.decide(one, until)
        if not _is_settled(decided):
            other = clauses.decide(one, turns)
            decided = other if _is_settled(other) else decided
        found.append(decided)
    return found


def _is_settled(decided: Decided) -> bool:
    return all(verdict.result is not Result.NOT_DECIDED and verdict.smallest for verdict in decided.verdicts)


def _told(guideline: Guideline, decided: Iterable[Decided]) -> Examined:
    decided = tuple(decided)
    verdicts = tuple(verdict for one in decided for verdict in one.verdicts)
    told = [found for verdict in verdicts if (found := _diagnostic(verdict)) is not None]
    for known in (known for one in decided for known in one.stale):
        message = f"no patient of {quoted(guideline.name)} shows this violation"
        told.append(Diagnostic(known.span, codes.RF322, message, "delete the entry, or correct its `where:`"))
    return Examined(verdicts, tuple(told))


def _diagnostic(verdict: Verdict) -> Diagnostic | None:
    one, name = verdict.property, quoted(verdict.guideline.name)
    if verdict.result is Result.NOT_DECIDED:
        message = f"the property {quoted(one.id)} was not decided for {name}: {verdict.budget}"
        return Diagnostic(one.span, codes.RF321, message, "raise the budget, or split the property")
    if not verdict.confirmed:
        message = f"the reference evaluator does not confirm that {quoted(one.id)} fails for {name}"
        return Diagnostic(one.span, codes.RF902, message, "please report this as a fault of redflag-kit")
    if verdict.counterexample is None or verdict.known is not None:
        return None
    message = f"the property {quoted(one.id)} does not hold for {name}: {headline(verdict)}"
    hint = "correct the guideline, or document the violation under `known:` with its reason and source"
    shown = verdict.counterexample
    related = tuple(_fires(verdict.guideline, shown.rules, shown, verdict.old is not None))
    if verdict.old is not None:
        related = (*_fires(verdict.old, shown.old_rules, shown, True), *related)
    findings = verdict.guideline.vocabulary.findings
    known = {name: value for name, value in shown.patient.items() if name not in shown.unknown}
    witness = {"case": patient_json(known, findings), "text": ", ".join(who(verdict.guideline, shown))}
    return Diagnostic(one.span, codes.RF320, message, hint, related, shown.rules, (), witness)


def _fires(guideline: Guideline, fired: tuple[str, ...], shown: Counterexample, named: bool) -> Iterator[Note]:
    """Yield a note per rule behind a counterexample, with the edition where there are two."""
    edition = f" of {quoted(guideline.name)}" if named else ""
    for rule in _behind(guideline, fired, shown):
        yield Note(rule.span, f"rule {quoted(rule.id)}{edition} fires")


def _behind(guideline: Guideline, fired: tuple[str, ...], shown: Counterexample) -> tuple[Rule, ...]:
    """Return the rules that fire and say something in a decision about the outputs shown or what entails them."""
    outputs = guideline.outputs
    about = {name for name, _ in (*shown.said, *shown.instead)}
    about |= {member for name in about & outputs.keys() for member in outputs[name].satisfied_by}
    about |= {name for name, output in outputs.items() if about & set(output.satisfied_by)}
    decisions = [one for one in guideline.decisions if about & set(one.outputs)]
    rules = (rule for one in decisions for rule in one.running())
    return tuple(rule for rule in rules if rule.id in fired and rule.then)
