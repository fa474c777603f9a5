"""Confirm faults of decision tables on the DMN evaluator, which knows no pieces and no regions."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from redflag_kit.analyse.fault import Fault
from redflag_kit.diagnostics.codes import RF301, RF302, RF303, RF306, RF307, RF313, RF315, Code
from redflag_kit.dmn.evaluate import Evaluation, Failure, evaluate_columns, evaluate_decision
from redflag_kit.dmn.feel.evaluate import evaluate
from redflag_kit.dmn.feel.values import ContextValue, Value
from redflag_kit.dmn.model import Decision, ItemDefinition, Model
from redflag_kit.dmn.paths import scope_of_paths


def confirms(model: Model, decision: Decision, fault: Fault, values: Mapping[tuple[str, ...], Value]) -> bool:
    """Say whether values of the inputs show a fault of a decision table."""
    shows = SHOWS.get(fault.code)
    if shows is None:
        return True
    return shows(fault, _evaluated(model, decision, fault, values))


def _evaluated(model: Model, decision: Decision, fault: Fault, values: Mapping[tuple[str, ...], Value]) -> Evaluation:
    """Return what the evaluator says; of a fault between rules only those rules are matched."""
    scope = scope_of_paths(values)
    table, claimed = decision.table, {*numbers_of(fault.rules), *numbers_of(fault.others)}
    if table is not None and not decision.required_decisions:
        # COST: a fault between two of a thousand rules must not match all of them.
        columns = [evaluate(one.expression.expression, scope) for one in table.inputs if one.expression.expression]
        rules = tuple(rule for rule in table.rules if rule.number in claimed or not claimed)
        return evaluate_columns(replace(table, rules=rules), columns, scope, decision.name)
    items = {one.variable.name: one.variable.item for one in model.inputs}
    given = {name: _whole(value, items[name]) if name in items else value for name, value in scope.items()}
    return evaluate_decision(model, decision.id, given)


def _whole(value: Value, item: ItemDefinition) -> Value:
    """Return a value with null for the parts of its type that nothing reads."""
    while not item.components and item.base is not None:
        item = item.base
    if not isinstance(value, ContextValue):
        return value
    parts = {part.name: _whole(value.get(part.name), part) for part in item.components}
    return ContextValue(tuple({**dict(value.entries), **parts}.items()))


def numbers_of(rules: tuple[str, ...]) -> tuple[int, ...]:
    """Return the numbers of compiled rules; the row of default outputs has none."""
    found = (name.rpartition("#")[2] for name in rules)
    return tuple(int(number) for number in found if number.isdigit())


def _nothing(_: Fault, found: Evaluation) -> bool:
    return not found.matched


def _all_match(fault: Fault, found: Evaluation) -> bool:
    return set(numbers_of(fault.rules)) <= set(found.matched)


def _disagree(fault: Fault, found: Evaluation) -> bool:
    return _all_match(fault, found) and any(one.failure is Failure.RULES_DISAGREE for one in found.faults)


def _beside(fault: Fault, found: Evaluation) -> bool:
    named = not fault.others or bool(set(numbers_of(fault.others)) & set(found.matched))
    return _all_match(fault, found) and named


SHOWS: dict[Code, Callable[[Fault, Evaluation], bool]] = {
    RF301: _nothing,
    RF302: _all_match,
    RF303: _disagree,
    RF306: _beside,
    RF307: _all_match,
    RF313: _all_match,
    RF315: _beside,
}
