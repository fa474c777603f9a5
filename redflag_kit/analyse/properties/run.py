"""Decide every property for every guideline it applies to, and say what is wrong.

A guideline is compiled once for all of its properties. What does not fit the diagrams is asked of a SAT solver, which
gives the same counterexamples; what neither settles ends as "not decided".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

from redflag_kit.analyse.engines import DIAGRAMS_SHARE
from redflag_kit.analyse.properties.breach import Counterexample
from redflag_kit.analyse.properties.verdict import Decided, Result, Verdict, decide
from redflag_kit.analyse.properties.ward import Ward, ward
from redflag_kit.analyse.properties.words import headline, who
from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.table import Compiled
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note, quoted
from redflag_kit.logic.algebra import R
from redflag_kit.logic.bdd import Diagrams
from redflag_kit.logic.budget import NO_DEADLINE, Budget, BudgetExceeded, Deadline, nodes_within, turns_of
from redflag_kit.model.guideline import Guideline, Rule
from redflag_kit.model.property import Property
from redflag_kit.wording.cases import patient_json

if TYPE_CHECKING:
    from redflag_kit.logic.sat import SatRegion

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
    properties = tuple(properties)
    compiled = compiled or compile_guideline(guideline)
    turns, until = turns_of(deadline), turns_of(deadline)
    limit = NO_DEADLINE if deadline.at == NO_DEADLINE.at else until
    fitting = nodes_within(nodes, deadline)
    diagrams = _Engine(lambda: ward(guideline, properties, lambda space: Diagrams(space, fitting, limit), compiled))
    clauses = _Engine(lambda: _by_search(guideline, properties, compiled, turns))
    found = []
    for asked, one in enumerate(properties):
        turns.begin(len(properties) - asked)
        until.begin((len(properties) - asked) / DIAGRAMS_SHARE)
        decided = diagrams.decide(guideline, one, until)
        if not _is_settled(decided):
            other = clauses.decide(guideline, one, turns)
            decided = other if _is_settled(other) else decided
        found.append(decided)
    return _told(guideline, found)


def _by_search(
    guideline: Guideline, properties: tuple[Property, ...], compiled: Compiled, deadline: Deadline
) -> Ward[SatRegion]:
    from redflag_kit.logic.sat import Clauses  # COST: loading the solver; few guidelines need it

    return ward(guideline, properties, lambda space: Clauses(space, deadline=deadline), compiled)


class _Engine(Generic[R]):
    """A ward that is made when it is first needed, and at most once."""

    def __init__(self, make: Callable[[], Ward[R]]) -> None:
        self._make = make
        self._ready: Ward[R] | BudgetExceeded | None = None

    def decide(self, guideline: Guideline, one: Property, deadline: Deadline) -> Decided:
        """Return what is known of a property; not decided if the ward or the question does not fit."""
        try:
            if self._ready is None:
                deadline.check(f"the property {one.id}")
                self._ready = self._make()
            if isinstance(self._ready, BudgetExceeded):
                raise self._ready
            return decide(self._ready, one, deadline)
        except BudgetExceeded as error:
            self._ready = self._ready or error
            undecided = Verdict(one, guideline, Result.NOT_DECIDED, established="nothing", budget=str(error))
            return Decided((undecided,))


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
    related = tuple(Note(rule.span, f"rule {quoted(rule.id)} fires") for rule in _behind(verdict.guideline, shown))
    findings = verdict.guideline.vocabulary.findings
    known = {name: value for name, value in shown.patient.items() if name not in shown.unknown}
    witness = {"case": patient_json(known, findings), "text": ", ".join(who(verdict.guideline, shown))}
    return Diagnostic(one.span, codes.RF320, message, hint, related, shown.rules, (), witness)


def _behind(guideline: Guideline, shown: Counterexample) -> tuple[Rule, ...]:
    """Return the rules that fire and say something in a decision about the outputs shown or what entails them."""
    outputs = guideline.outputs
    about = {name for name, _ in shown.said}
    about |= {member for name in about for member in outputs[name].satisfied_by}
    about |= {name for name, output in outputs.items() if about & set(output.satisfied_by)}
    decisions = [one for one in guideline.decisions if about & set(one.outputs)]
    rules = (rule for one in decisions for rule in (*one.rules, *(one.otherwise or ())))
    return tuple(rule for rule in rules if rule.id in shown.rules and rule.then)
