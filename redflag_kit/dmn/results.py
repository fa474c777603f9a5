"""What a decision table can come to: its outputs as compiled outputs, and the values of their levels.

Claim: two levels of an output are one value exactly if they are the same FEEL text, where all its entries are
constants; an output with an entry that is computed is opaque: entries are told apart by how they are written.
Of tables with several results per case every rule is an element of its own, so that leaving one out is seen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.dmn.feel.evaluate import constant
from redflag_kit.dmn.feel.values import Value, feel_text
from redflag_kit.dmn.model import Aggregation, Decision, DecisionTable, HitPolicy, OutputClause, Rule, Written
from redflag_kit.model.guideline import HitPolicy as Combined
from redflag_kit.model.vocabulary import Combine, Output
from redflag_kit.terms.scale import Scale

SINGLE = {
    HitPolicy.UNIQUE: Combined.UNIQUE,
    HitPolicy.ANY: Combined.ANY,
    HitPolicy.PRIORITY: Combined.PRIORITY,
    HitPolicy.FIRST: Combined.FIRST,
}

Writes: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""What a row writes: output and level, or element."""


@dataclass(frozen=True, slots=True)
class Results:
    """The compiled outputs of a table. `values` holds those that other decisions may read, with what each level is."""

    outputs: tuple[Output, ...]
    policy: Combined
    values: Mapping[str, Mapping[str, Value]]
    opaque: bool


def results_of(decision: Decision, table: DecisionTable) -> Results:
    """Return what a table can come to."""
    opaque = any(constant_of(entry) is None for rule in table.rules for entry in rule.outputs)
    if table.hit_policy.is_multiple and not _is_extreme(table):
        elements = tuple(element(rule) for rule in table.rules)
        return Results((_output(decision.id, None, elements),), Combined.COLLECT, {}, opaque)
    outputs: list[Output] = []
    values: dict[str, dict[str, Value]] = {}
    for position, clause in enumerate(table.outputs):
        name = output_name(decision, table, clause)
        entries = [rule.outputs[position] for rule in table.rules] + ([clause.default] if clause.default else [])
        levels = {level(entry): constant_of(entry) for entry in entries}
        outputs.append(_output(name, _ordered(levels, clause, table), (), table.aggregation))
        if None not in levels.values():
            values[name] = {text: found[0] for text, found in levels.items() if found is not None}
    return Results(tuple(outputs), SINGLE.get(table.hit_policy, Combined.COLLECT), values, opaque)


def written_by(decision: Decision, table: DecisionTable, rule: Rule) -> Writes:
    """Return what a rule writes."""
    if table.hit_policy.is_multiple and not _is_extreme(table):
        return ((decision.id, (element(rule),)),)
    pairs = zip(table.outputs, rule.outputs, strict=True)
    return tuple(sorted((output_name(decision, table, clause), (level(entry),)) for clause, entry in pairs))


def defaults_of(decision: Decision, table: DecisionTable) -> Writes:
    """Return what a table writes where no rule matches, nothing if it declares no default."""
    if table.hit_policy.is_multiple and not _is_extreme(table):
        return ()
    return tuple(
        sorted((output_name(decision, table, one), (level(one.default),)) for one in table.outputs if one.default)
    )


def has_default(table: DecisionTable) -> bool:
    """Say whether a table declares what holds where no rule matches."""
    return any(clause.default is not None for clause in table.outputs)


def output_name(decision: Decision, table: DecisionTable, clause: OutputClause) -> str:
    """Return the name of a compiled output: the decision's id, and the column's name if there are several."""
    return decision.id if len(table.outputs) == 1 else f"{decision.id}.{clause.name}"


def element(rule: Rule) -> str:
    """Return a rule as an element of the result of a table with several results."""
    return f"rule {rule.number}"


def constant_of(written: Written) -> tuple[Value] | None:
    """Return the value of an entry in a tuple, nothing if it is computed."""
    return None if written.expression is None else constant(written.expression)


def level(written: Written) -> str:
    """Return an entry as a level: its value as FEEL, or its text after `=` if it is computed."""
    found = constant_of(written)
    return f"={written.text}" if found is None else feel_text(found[0])


def _is_extreme(table: DecisionTable) -> bool:
    """Say whether COLLECT takes the least or the greatest of constant numbers, which then is one result."""
    if table.aggregation not in (Aggregation.MIN, Aggregation.MAX) or len(table.outputs) != 1:
        return False
    found = [constant_of(rule.outputs[0]) for rule in table.rules]
    return all(one is not None and isinstance(one[0], Decimal) for one in found)


def _ordered(levels: Mapping[str, tuple[Value] | None], clause: OutputClause, table: DecisionTable) -> tuple[str, ...]:
    """Return the levels, those that win last: by output values for PRIORITY, by size for MIN and MAX."""
    if table.aggregation is not None:
        return tuple(sorted(levels, key=lambda text: Decimal(text)))
    listed = _listed(clause) if table.hit_policy is HitPolicy.PRIORITY else []
    first = [text for text in levels if text not in listed]
    return (*first, *(text for text in reversed(listed) if text in levels))


def _listed(clause: OutputClause) -> list[str]:
    tests = clause.values.tests if clause.values else None
    found = [constant(test) for test in tests.tests] if tests else []  # type: ignore[arg-type]  # listed values
    return [feel_text(one[0]) for one in found if one is not None]


def _output(
    name: str, levels: Iterable[str] | None, elements: tuple[str, ...], aggregation: Aggregation | None = None
) -> Output:
    combine = Combine.LOWEST if aggregation is Aggregation.MIN else Combine.HIGHEST
    scale = None if levels is None else Scale(name, tuple(levels))
    return Output(name, name, scale, elements, combine, (), (), NOWHERE)
