"""What a decision table can come to: its result as one compiled output, and the values of its levels.

Claim: two rules have one level exactly if their outputs are equal values, where all entries are constants; a table with
an entry that is computed is opaque: such entries are told apart by how they are written. The outputs of a rule are one
level together, since one hit policy settles them together.
Of tables with several results per case every rule is an element of its own, so that leaving one out is seen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.dmn.domain import NotAnalysable
from redflag_kit.dmn.feel.compare import equal
from redflag_kit.dmn.feel.evaluate import constant, holds
from redflag_kit.dmn.feel.values import ContextValue, Value, feel_text
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

Entry: TypeAlias = tuple[Value] | str
"""The value of an entry, or the text of one that is computed."""
Rank: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """The result of a table as a compiled output.

    `written` has what each rule writes, by number; `default` what is written where no rule matches, if anything is.
    `order` has the rules as the policy reads them. `values` holds what each level is, without the outputs that are
    `computed`; it is empty where every rule is an element of the result.
    """

    output: Output
    policy: Combined
    order: tuple[Rule, ...]
    written: Mapping[int, str]
    default: str | None
    values: Mapping[str, Value]
    computed: frozenset[str]


def results_of(decision: Decision, table: DecisionTable) -> Results:
    """Return what a table can come to. Raises NotAnalysable if an output of a PRIORITY table has no priority."""
    computed = frozenset(
        clause.name
        for position, clause in enumerate(table.outputs)
        if any(isinstance(entry, str) for entry in _column(table, position))
    )
    if table.hit_policy.is_multiple and not _is_extreme(table):
        written = {rule.number: f"rule {rule.number}" for rule in table.rules}
        output = _output(decision, None, tuple(written.values()), table.aggregation)
        return Results(output, Combined.COLLECT, table.rules, written, None, {}, computed)
    levels = _Levels(table)
    written = {rule.number: levels.of([entry_of(one) for one in rule.outputs]) for rule in table.rules}
    default = None
    if has_default(table):
        default = levels.of([entry_of(one.default) if one.default else (None,) for one in table.outputs])
    order, policy = table.rules, SINGLE.get(table.hit_policy, Combined.COLLECT)
    ranked = list(levels.values)
    if table.aggregation is not None:
        ranked.sort(key=lambda text: _size(levels.values[text]))
    if table.hit_policy is HitPolicy.PRIORITY:
        ranks = {written[rule.number]: _rank(table, rule) for rule in table.rules}
        ranked.sort(key=lambda text: ranks.get(text, ()), reverse=True)
        if len(set(ranks.values())) < len(ranks):  # of different outputs with one priority the first decides
            order, policy = tuple(sorted(order, key=lambda rule: _rank(table, rule))), Combined.FIRST
    output = _output(decision, ranked, (), table.aggregation)
    return Results(output, policy, order, written, default, levels.values, computed)


def has_default(table: DecisionTable) -> bool:
    """Say whether a table declares what holds where no rule matches."""
    return any(clause.default is not None for clause in table.outputs)


def entry_of(written: Written) -> Entry:
    """Return the value of an entry in a tuple, or its text if it is computed."""
    found = None if written.expression is None else constant(written.expression)
    return written.text if found is None else found


def text_of(entry: Entry) -> str:
    """Return an entry as FEEL; one that is computed is marked as such, so that it is no constant."""
    return f"={entry}" if isinstance(entry, str) else feel_text(entry[0])


def _column(table: DecisionTable, position: int) -> Iterable[Entry]:
    written = [rule.outputs[position] for rule in table.rules]
    default = table.outputs[position].default
    return [entry_of(one) for one in (written if default is None else [*written, default])]


@dataclass
class _Levels:
    """Levels by their texts, each with its value; what is equal is one level."""

    table: DecisionTable
    values: dict[str, Value] = field(default_factory=dict)

    def of(self, entries: Sequence[Entry]) -> str:
        """Return the level of the outputs of one rule."""
        text = ", ".join(text_of(one) for one in entries)
        if text in self.values:
            return text
        value = self._value(entries)
        if all(not isinstance(one, str) and _is_plain(one[0]) for one in entries):
            return self._added(text, value)
        computed = [one for one in entries if isinstance(one, str)]
        # COST: one comparison per level; times, lists and ranges may be equal without being written alike.
        same = (level for level, known in self.values.items() if not computed and equal(known, value) is True)
        return next(same, None) or self._added(text, value)

    def _added(self, text: str, value: Value) -> str:
        self.values[text] = value
        return text

    def _value(self, entries: Sequence[Entry]) -> Value:
        if len(self.table.outputs) == 1:
            return None if isinstance(entries[0], str) else entries[0][0]
        pairs = zip(self.table.outputs, entries, strict=True)
        return ContextValue(tuple((clause.name, one[0]) for clause, one in pairs if not isinstance(one, str)))


def _is_plain(value: Value) -> bool:
    return value is None or isinstance(value, bool | Decimal | str)


def _is_extreme(table: DecisionTable) -> bool:
    """Say whether COLLECT takes the least or the greatest of constant numbers, which then is one result."""
    if table.aggregation not in (Aggregation.MIN, Aggregation.MAX) or len(table.outputs) != 1:
        return False
    found = [entry_of(rule.outputs[0]) for rule in table.rules]
    return all(not isinstance(one, str) and isinstance(one[0], Decimal) for one in found)


def _size(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)  # a default, which is never beside another


def _rank(table: DecisionTable, rule: Rule) -> Rank:
    """Return the priority of a rule, the least first: the places of its outputs among the output values."""
    return tuple(_place(rule, clause, entry) for clause, entry in zip(table.outputs, rule.outputs, strict=True))


def _place(rule: Rule, clause: OutputClause, written: Written) -> int:
    if clause.values is None or clause.values.tests is None:
        return 0
    entry = entry_of(written)
    if isinstance(entry, str):
        raise NotAnalysable(f"the priority of rule {rule.number} is computed")
    tests = enumerate(clause.values.tests.tests)
    place = next((at for at, test in tests if holds(test, entry[0], {}) is True), None)
    if place is None:
        raise NotAnalysable(f"`{feel_text(entry[0])}` of rule {rule.number} is not among the output values")
    return place


def _output(
    decision: Decision, levels: Sequence[str] | None, elements: tuple[str, ...], aggregation: Aggregation | None
) -> Output:
    combine = Combine.LOWEST if aggregation is Aggregation.MIN else Combine.HIGHEST
    scale = None if levels is None else Scale(decision.id, tuple(levels))
    return Output(decision.id, decision.name, scale, elements, combine, (), (), NOWHERE)
