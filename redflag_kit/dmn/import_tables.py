"""Decision tables as decisions of the guideline language.

What a table gives where no rule fits (null) is a `gap`, and where rules contradict each other a `conflict`. A default
output becomes an `otherwise` rule.
"""

from dataclasses import dataclass
from decimal import Decimal

from redflag_kit.diagnostics.span import Span
from redflag_kit.dmn.feel.evaluate import constant
from redflag_kit.dmn.feel.syntax import Ordering
from redflag_kit.dmn.feel.values import Value, feel_text
from redflag_kit.dmn.import_conditions import Conditions
from redflag_kit.dmn.import_domain import ALWAYS, Domain, Elements, Levels, NotRepresentableError, all_of
from redflag_kit.dmn.import_findings import word_map
from redflag_kit.dmn.import_names import Slugs, rule_id, slug
from redflag_kit.dmn.model import Aggregation, Decision, DecisionTable, HitPolicy, OutputClause, Rule, Written
from redflag_kit.source.dump import Data

SOURCE = "DMN"
"""The key of the file in the bibliography."""

_SAME = {HitPolicy.UNIQUE: "UNIQUE", HitPolicy.ANY: "ANY", HitPolicy.FIRST: "FIRST", HitPolicy.PRIORITY: "PRIORITY"}

_PAIRS = "the outputs of one rule belong together"


@dataclass(frozen=True, slots=True)
class ImportedTable:
    """A decision: its entry, and per output its domain, its entry in the vocabulary and its scale if it is ordered."""

    entry: dict[str, Data]
    domains: tuple[tuple[str, Domain], ...]
    outputs: dict[str, dict[str, Data]]
    scales: dict[str, dict[str, Data]]
    loses_order: bool


def table_of(
    decision: Decision, table: DecisionTable, conditions: Conditions, slugs: Slugs, ids: set[str]
) -> ImportedTable:
    """Return a decision table as a decision; `ids` are those of rules so far. Raises NotRepresentableError."""
    policy = _policy(table)
    outputs = [_Output(clause, position, table, decision, slugs) for position, clause in enumerate(table.outputs)]
    rules: list[Data] = []
    for rule in table.rules:
        rules.append(_rule(rule, table, decision, outputs, conditions, ids))
    names: list[Data] = [one.name for one in outputs]
    entry: dict[str, Data] = {
        "id": slugs.of(f"{decision.name} table", "decision"),
        "question": f"What is {decision.name}?",
        "hit_policy": policy,
        "outputs": names,
        "rules": rules,
    }
    if otherwise := _otherwise(table, decision, outputs, ids):
        entry["otherwise"] = [otherwise]
    scales = {f"{one.name}_values": one.scale() for one in outputs if not one.is_set}
    listed = {one.name: one.entry(table.aggregation is Aggregation.MIN) for one in outputs}
    domains = tuple(
        (one.refers, Elements(one.name, one.words) if one.is_set else Levels(one.name, one.words)) for one in outputs
    )
    return ImportedTable(
        entry, domains, listed, scales, table.hit_policy is HitPolicy.COLLECT and not table.aggregation
    )


def _policy(table: DecisionTable) -> str:
    if len(table.outputs) > 1 and table.hit_policy in (HitPolicy.ANY, HitPolicy.COLLECT):
        what = "where rules disagree on one output DMN gives none" if table.hit_policy is HitPolicy.ANY else _PAIRS
        message = f"hit policy {table.hit_policy.value} with several outputs cannot be imported: {what}"
        raise NotRepresentableError(table.span, message, "make a table of each output")
    if table.hit_policy in _SAME:
        return _SAME[table.hit_policy]
    if table.hit_policy is HitPolicy.COLLECT and table.aggregation in (None, Aggregation.MIN, Aggregation.MAX):
        return "COLLECT"
    said = f"{table.hit_policy.value} {table.aggregation.value}" if table.aggregation else table.hit_policy.value
    hint = "UNIQUE, ANY, FIRST, PRIORITY, COLLECT, COLLECT MIN and COLLECT MAX can be imported"
    raise NotRepresentableError(table.span, f"hit policy {said} has no counterpart in the guideline language", hint)


class _Output:
    """One output of a table: its name, its words by value, and what it is called in expressions."""

    def __init__(
        self, clause: OutputClause, position: int, table: DecisionTable, decision: Decision, slugs: Slugs
    ) -> None:
        single = len(table.outputs) == 1
        written = decision.variable.name if single else clause.name
        self.refers = written if single else f"{decision.variable.name}.{clause.name}"
        self.label = written
        self.position = position
        cells = [rule.outputs[position] for rule in table.rules]
        cells += [clause.default] if clause.default else []
        values = [_value(cell) for cell in cells]
        self.is_set = (table.hit_policy is HitPolicy.COLLECT and table.aggregation is None) or (
            bool(values) and all(isinstance(value, tuple) for value in values)
        )
        if self.is_set and table.hit_policy in (HitPolicy.COLLECT, HitPolicy.PRIORITY):
            for cell, value in zip(cells, values, strict=True):
                if isinstance(value, tuple):
                    raise NotRepresentableError(cell.span, "the results are lists of lists", "give single values")
        self.words = word_map(self._ordered(clause, table, cells, values), "value")
        self.name = slugs.of(written, "output")

    def _ordered(
        self, clause: OutputClause, table: DecisionTable, cells: list[Written], values: list[Value]
    ) -> list[Value]:
        """Return all values of the output, the lowest level first."""
        used: list[Value] = []
        for cell, value in zip(cells, values, strict=True):
            for member in value if isinstance(value, tuple) else (value,):
                if not isinstance(member, str | bool | Decimal):
                    hint = "the results of a guideline are strings, numbers or booleans, fixed in advance"
                    raise NotRepresentableError(cell.span, f"the result is {feel_text(value)}", hint)
                used.append(member)
        if not used:
            raise NotRepresentableError(table.span, "the table has no rules", "give it a rule")
        tests = clause.values.tests.tests if clause.values and clause.values.tests else ()
        listed: list[Value] = [
            value[0]
            for test in tests
            if not isinstance(test, Ordering)
            and (value := constant(test))
            and isinstance(value[0], str | bool | Decimal)
        ]
        if table.hit_policy is HitPolicy.PRIORITY:
            self._check_listed(cells, values, listed)
            return listed[::-1]
        if table.aggregation is not None:
            if not all(isinstance(value, Decimal) for value in used):
                raise NotRepresentableError(table.span, "MIN and MAX of what are no numbers", "give numbers")
            return sorted(used, key=lambda value: value if isinstance(value, Decimal) else Decimal(0))
        return [*listed, *used]

    def _check_listed(self, cells: list[Written], values: list[Value], listed: list[Value]) -> None:
        for cell, value in zip(cells, values, strict=True):
            if value not in listed:
                hint = "list it among the output values"
                raise NotRepresentableError(cell.span, f"{feel_text(value)} has no priority", hint)

    def entry(self, lowest_wins: bool) -> dict[str, Data]:
        """Return the output's entry in the vocabulary."""
        if self.is_set:
            return {"set": list(self.words.values()), "label": self.label, **self._said()}
        return {"scale": f"{self.name}_values", "label": self.label, **({"combine": "lowest"} if lowest_wins else {})}

    def scale(self) -> dict[str, Data]:
        """Return the scale of an ordered output."""
        return {"levels": list(self.words.values()), **self._said()}

    def _said(self) -> dict[str, Data]:
        """Return how the file writes the values that could not be kept as they are."""
        said: dict[str, Data] = {w: _plain(v) for v, w in self.words.items() if w.replace("_", " ") != _plain(v)}
        return {"says": said} if said else {}

    def written(self, value: Value) -> Data:
        """Return what a rule writes."""
        if isinstance(value, tuple):
            return [self.words[member] for member in value]
        return [self.words[value]] if self.is_set else self.words[value]


def _value(cell: Written) -> Value:
    value = constant(cell.expression) if cell.expression is not None else None
    if value is None:
        hint = "write a fixed value"
        raise NotRepresentableError(cell.span, f"the result `{cell.text.strip()}` is computed", hint)
    if value[0] is None or value[0] == ():
        hint = "let the rule give a value, or leave the rule out"
        raise NotRepresentableError(cell.span, "the result is null or an empty list, which no rule can write", hint)
    return value[0]


def _rule(
    rule: Rule,
    table: DecisionTable,
    decision: Decision,
    outputs: list[_Output],
    conditions: Conditions,
    ids: set[str],
) -> Data:
    parts = []
    for column, cell in zip(table.inputs, rule.inputs, strict=True):
        assert cell.tests is not None
        parts.append(conditions.cell(column.expression, cell.tests, cell.span))
    title = next((note for note in rule.annotations if note), f"{decision.name}, rule {rule.number}")
    then: dict[str, Data] = {one.name: one.written(_value(rule.outputs[one.position])) for one in outputs}
    when = all_of(parts)
    return {
        "id": _id(rule, decision, ids),
        "title": title,
        "when": when,
        "then": then,
        "evidence": _evidence(rule.span),
    }


def _id(rule: Rule, decision: Decision, ids: set[str]) -> str:
    base = rule_id(rule.id) if rule.id else f"{slug(decision.name)}-{rule.number}"
    name, number = base, 2
    while name in ids:
        name, number = f"{base}-{number}", number + 1
    ids.add(name)
    return name


def _evidence(span: Span) -> Data:
    return [{"cite": SOURCE, "row": f"line {span.line}", "status": "not_found"}]


def _otherwise(table: DecisionTable, decision: Decision, outputs: list[_Output], ids: set[str]) -> Data:
    defaults = {one.name: clause.default for one, clause in zip(outputs, table.outputs, strict=True)}
    given = {name: cell for name, cell in defaults.items() if cell is not None}
    if not given:
        return None
    if len(given) < len(defaults):
        hint = "give every output a default, or none"
        raise NotRepresentableError(table.span, "only some outputs of the table have a default", hint)
    then: dict[str, Data] = {one.name: one.written(_value(given[one.name])) for one in outputs}
    name = f"{slug(decision.name)}-default"
    ids.add(name)
    title = f"{decision.name}: no rule fits"
    return {"id": name, "title": title, "when": ALWAYS, "then": then, "evidence": _evidence(table.span)}


def _plain(value: Value) -> str:
    return value if isinstance(value, str) else feel_text(value)
