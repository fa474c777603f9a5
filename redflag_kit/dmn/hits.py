"""Hit policies: the value of a table from the rules that match.

SOURCE: DMN 1.5, 8.2.10 and 10.3.2.10. Without a match every policy gives the default output, or null.
"""

from collections.abc import Callable, Mapping, Sequence

from redflag_kit.dmn.feel.builtins import call
from redflag_kit.dmn.feel.compare import equal
from redflag_kit.dmn.feel.evaluate import evaluate, holds
from redflag_kit.dmn.feel.values import ContextValue, Value, feel_text
from redflag_kit.dmn.model import Aggregation, DecisionTable, HitPolicy, OutputClause, Rule, Written
from redflag_kit.dmn.outcome import Failure, Fault

Result = tuple[Value, tuple[Fault, ...]]
Hits = Sequence[tuple[Rule, tuple[Value, ...]]]


def hit_value(table: DecisionTable, matched: Sequence[Rule], scope: Mapping[str, Value], where: str) -> Result:
    """Return the value of a table in which these rules match."""
    if not matched:
        return _default(table, scope), ()
    hits = [(rule, tuple(_value(cell, scope) for cell in rule.outputs)) for rule in matched]
    return _POLICIES[table.hit_policy](table, hits, where)


def _value(cell: Written, scope: Mapping[str, Value]) -> Value:
    assert cell.expression is not None
    return evaluate(cell.expression, scope)


def _default(table: DecisionTable, scope: Mapping[str, Value]) -> Value:
    if all(output.default is None for output in table.outputs):
        return None
    # SOURCE: DMN 1.5, 10.3.2.10, DTI 2.a: the value itself, not a list of it, for policies of multiple hits too.
    return _compound(table, tuple(_value(one.default, scope) if one.default else None for one in table.outputs))


def _compound(table: DecisionTable, values: tuple[Value, ...]) -> Value:
    """Return the outputs of one rule: a context if there are several."""
    if len(table.outputs) == 1:
        return values[0]
    return ContextValue(tuple((output.name, value) for output, value in zip(table.outputs, values, strict=True)))


def _unique(table: DecisionTable, hits: Hits, where: str) -> Result:
    if len(hits) == 1:
        return _compound(table, hits[0][1]), ()
    rules = tuple(rule.number for rule, _ in hits)
    message = f"rules {', '.join(map(str, rules))} match, but the table allows one"
    return None, (Fault(Failure.SEVERAL_RULES, where, message, rules),)


def _any(table: DecisionTable, hits: Hits, where: str) -> Result:
    first = hits[0][1]
    others = tuple(rule.number for rule, values in hits if not _same(first, values))
    if not others:
        return _compound(table, first), ()
    rules = (hits[0][0].number, *others)
    message = f"rules {', '.join(map(str, rules))} match and give different outputs"
    return None, (Fault(Failure.RULES_DISAGREE, where, message, rules),)


def _same(left: tuple[Value, ...], right: tuple[Value, ...]) -> bool:
    return all(equal(one, other) is True for one, other in zip(left, right, strict=True))


def _first(table: DecisionTable, hits: Hits, where: str) -> Result:
    return _compound(table, hits[0][1]), ()


def _rule_order(table: DecisionTable, hits: Hits, where: str) -> Result:
    return tuple(_compound(table, values) for _, values in hits), ()


def _priority(table: DecisionTable, hits: Hits, where: str) -> Result:
    ordered, faults = _by_priority(table, hits, where)
    return (None, faults) if faults else (_compound(table, ordered[0][1]), ())


def _output_order(table: DecisionTable, hits: Hits, where: str) -> Result:
    ordered, faults = _by_priority(table, hits, where)
    return (None, faults) if faults else _rule_order(table, ordered, where)


def _by_priority(table: DecisionTable, hits: Hits, where: str) -> tuple[Hits, tuple[Fault, ...]]:
    """Return the hits from the highest priority to the lowest, in rule order where it is equal."""
    faults = []
    ranked = []
    for rule, values in hits:
        ranks = [_rank(output, value) for output, value in zip(table.outputs, values, strict=True)]
        for output, value, rank in zip(table.outputs, values, ranks, strict=True):
            if rank is None:
                message = f"{feel_text(value)} of rule {rule.number} is not among the values of `{output.label}`"
                faults.append(Fault(Failure.NO_PRIORITY, where, message, (rule.number,)))
        ranked.append(([rank or 0 for rank in ranks], (rule, values)))
    return [hit for _, hit in sorted(ranked, key=lambda one: one[0])], tuple(faults)


def _rank(output: OutputClause, value: Value) -> int | None:
    """Return the place of a value in the list that gives the priorities; 0 for outputs without one."""
    listed = output.values.tests if output.values else None
    if listed is None:
        return 0
    return next((place for place, test in enumerate(listed.tests) if holds(test, value, {}) is True), None)


def _collect(table: DecisionTable, hits: Hits, where: str) -> Result:
    if table.aggregation is None:
        return _rule_order(table, hits, where)
    outputs = tuple(values[0] for _, values in hits)
    value = call(_FUNCTIONS[table.aggregation], (outputs,), ())
    if value is not None:
        return value, ()
    shown = ", ".join(feel_text(one) for one in outputs)
    message = f"{table.aggregation.value} is not defined for {shown}"
    return None, (Fault(Failure.NOT_AGGREGATED, where, message, tuple(rule.number for rule, _ in hits)),)


_FUNCTIONS = {Aggregation.SUM: "sum", Aggregation.COUNT: "count", Aggregation.MIN: "min", Aggregation.MAX: "max"}
_POLICIES: Mapping[HitPolicy, Callable[[DecisionTable, Hits, str], Result]] = {
    HitPolicy.UNIQUE: _unique,
    HitPolicy.ANY: _any,
    HitPolicy.PRIORITY: _priority,
    HitPolicy.FIRST: _first,
    HitPolicy.RULE_ORDER: _rule_order,
    HitPolicy.OUTPUT_ORDER: _output_order,
    HitPolicy.COLLECT: _collect,
}
