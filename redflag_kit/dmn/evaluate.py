"""Evaluating decisions: the reference for everything that is said about a DMN model.

Claim: a decision gets the value that the standard gives it, by matching every rule in turn and applying the hit policy
as written; nothing here is shared with what analyses tables. Where the standard leaves a result undefined (two rules
of a UNIQUE table match, rules of an ANY table disagree, a value is of another type or not allowed), the value is null
and a fault says why.
Not covered: decisions that are not `usable`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from redflag_kit.dmn.conform import conform
from redflag_kit.dmn.feel.evaluate import evaluate, satisfies
from redflag_kit.dmn.feel.values import Value, feel_text
from redflag_kit.dmn.hits import hit_value
from redflag_kit.dmn.model import Decision, DecisionTable, Model, Rule
from redflag_kit.dmn.outcome import Failure, Fault

__all__ = ["Evaluation", "Failure", "Fault", "evaluate_columns", "evaluate_decision", "evaluate_model", "matching"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a decision came to: its value, the numbers of all rules that match, and the faults."""

    decision: str
    value: Value
    matched: tuple[int, ...] = ()
    faults: tuple[Fault, ...] = ()


def evaluate_decision(model: Model, decision: str, inputs: Mapping[str, Value]) -> Evaluation:
    """Evaluate one decision, by id or name, and what it requires; `inputs` by the names of the input data.

    Faults of required decisions and of inputs come first. A missing input is null. Raises KeyError for an unknown name.
    """
    wanted = model.decision(decision)
    if wanted is None:
        raise KeyError(decision)
    run = _Run(model, inputs)
    return run.evaluation(wanted)


def evaluate_model(model: Model, inputs: Mapping[str, Value]) -> dict[str, Evaluation]:
    """Evaluate all usable decisions, by id; each evaluation names the faults of what it requires too."""
    run = _Run(model, inputs)
    return run.settled(one for one in model.ordered if one.usable)


@dataclass(slots=True)
class _Run:
    """One evaluation of a model: every input and decision has its value once."""

    model: Model
    given: Mapping[str, Value]
    _inputs: dict[str, tuple[Value, tuple[Fault, ...]]] = field(default_factory=dict)
    _decisions: dict[str, Evaluation] = field(default_factory=dict)

    def evaluation(self, decision: Decision) -> Evaluation:
        """Evaluate a decision after all it requires."""
        if not decision.usable:
            fault = Fault(Failure.NOT_USABLE, decision.name, "the decision was not understood")
            return Evaluation(decision.name, None, (), (fault,))
        wanted = {decision.id}
        waiting = [decision]
        while waiting:
            required = set(waiting.pop().required_decisions) - wanted
            wanted |= required
            waiting += [self.model.decisions_by_id[key] for key in sorted(required)]
        return self.settled(one for one in self.model.ordered if one.id in wanted)[decision.id]

    def settled(self, decisions: Iterable[Decision]) -> dict[str, Evaluation]:
        """Evaluate decisions that come in an order in which each follows those it requires."""
        for one in decisions:
            self._decisions[one.id] = self._settled(one)
        return self._decisions

    def _settled(self, decision: Decision) -> Evaluation:
        faults: list[Fault] = []
        scope: dict[str, Value] = {}
        for key in decision.required_inputs:
            name = self.model.inputs_by_id[key].variable.name
            scope[name], more = self._input(key)
            faults += more
        for key in decision.required_decisions:
            required = self._decisions[key]
            scope[self.model.decisions_by_id[key].variable.name] = required.value
            faults += required.faults
        own = _logic_value(decision, scope)
        value, more = conform(own.value, decision.variable.item, decision.name)
        found = dict.fromkeys((*faults, *own.faults, *more))
        return Evaluation(decision.name, value, own.matched, tuple(found))

    def _input(self, key: str) -> tuple[Value, tuple[Fault, ...]]:
        if key not in self._inputs:
            data = self.model.inputs_by_id[key]
            given = self.given.get(data.variable.name, self.given.get(data.name))
            self._inputs[key] = conform(given, data.variable.item, data.name)
        return self._inputs[key]


def _logic_value(decision: Decision, scope: Mapping[str, Value]) -> Evaluation:
    logic = decision.logic
    if isinstance(logic, DecisionTable):
        values = []
        for column in logic.inputs:
            assert column.expression.expression is not None
            values.append(evaluate(column.expression.expression, scope))
        return evaluate_columns(logic, values, scope, decision.name)
    assert logic is not None
    assert logic.expression is not None
    return Evaluation(decision.name, evaluate(logic.expression, scope))


def evaluate_columns(
    table: DecisionTable, values: Sequence[Value], scope: Mapping[str, Value] | None = None, name: str = ""
) -> Evaluation:
    """Evaluate a table for given values of its input expressions; `scope` holds the variables that cells use."""
    scope = scope or {}
    faults = tuple(_not_allowed(table, values, scope, name))
    if faults:
        return Evaluation(name, None, (), faults)
    matched = matching(table, values, scope)
    value, more = hit_value(table, matched, scope, name)
    return Evaluation(name, value, tuple(rule.number for rule in matched), more)


def _not_allowed(table: DecisionTable, values: Sequence[Value], scope: Mapping[str, Value], name: str) -> list[Fault]:
    """Return a fault for each value that its column does not allow. SOURCE: DMN 1.5, 8.2.5: they must be satisfied."""
    faults = []
    for column, value in zip(table.inputs, values, strict=True):
        listed = column.input_values.tests if column.input_values else None
        if listed is not None and not satisfies(listed, value, scope):
            message = f"`{column.label}` is {feel_text(value)}, which its input values do not allow"
            faults.append(Fault(Failure.VALUE_NOT_ALLOWED, name, message))
    return faults


def matching(table: DecisionTable, values: Sequence[Value], scope: Mapping[str, Value]) -> tuple[Rule, ...]:
    """Return the rules whose every entry is satisfied, in order."""
    return tuple(rule for rule in table.rules if _matches(rule, values, scope))


def _matches(rule: Rule, values: Sequence[Value], scope: Mapping[str, Value]) -> bool:
    for entry, value in zip(rule.inputs, values, strict=True):
        assert entry.tests is not None
        if not satisfies(entry.tests, value, scope):
            return False
    return True
