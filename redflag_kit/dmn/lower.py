"""Decision models as compiled tables, so that the analyses of guidelines read them.

Claim: for every value of the inputs, the tables decide what `dmn.evaluate` says. An input is a grid of the numbers of
its pieces (`dmn.domain`); a decision that others read is an output whose levels are its values as FEEL writes them.
Method: one decision is lowered with all it requires, so that the allowed values of its own columns bound its patients.
Not covered: columns and decisions computed in a way that `dmn.truths` cannot tell; NotAnalysable says which.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from redflag_kit.compile.expression import ALWAYS, Both, Count, Expression, InputEntry, Interval, Negation, OutputEntry
from redflag_kit.compile.table import Compiled, Input, Row, Table
from redflag_kit.dmn.columns import Reading, closure, readings, upstream
from redflag_kit.dmn.conform import conform
from redflag_kit.dmn.domain import Domain, NotAnalysable, Run
from redflag_kit.dmn.feel.evaluate import evaluate, satisfies
from redflag_kit.dmn.feel.properties import part_of
from redflag_kit.dmn.feel.syntax import Expression as Feel
from redflag_kit.dmn.feel.syntax import If, UnaryTests, is_constant
from redflag_kit.dmn.feel.types import Kind
from redflag_kit.dmn.feel.values import Value, feel_text
from redflag_kit.dmn.model import Decision, DecisionTable, InputClause, Model, Rule
from redflag_kit.dmn.paths import Plain, is_path, path_text, steps
from redflag_kit.dmn.results import has_default, results_of
from redflag_kit.dmn.truths import NEVER, Truths, truths
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.model.vocabulary import Combine, Grid, Output
from redflag_kit.terms.scale import Scale, Status

ANYTHING = UnaryTests(0, 0, ())
NO_RESULT = (Status.GAP.value, Status.CONFLICT.value)
"""What a table without a result, or with too many, is to those that read it: null."""


@dataclass(frozen=True)
class Lowered:
    """One decision table and all it requires as compiled tables; `table` is its own, the last of them.

    `readings` by input name; `levels` holds the values of the earlier decisions that it reads, by path. `opaque`: its
    outputs are computed, so that two of its levels may be one value.
    """

    decision: Decision
    compiled: Compiled
    table: Table
    readings: Mapping[str, Reading]
    levels: Mapping[str, tuple[Value, ...]]
    opaque: bool

    def reads_decision(self, clause: InputClause) -> bool:
        """Say whether a column of the decision reads an earlier one."""
        node = clause.expression.expression
        return node is not None and not (is_path(node) and path_text(node) in self.readings)

    def accepts_nothing(self, rule: Rule, position: int) -> bool:
        """Say whether an entry of the decision's table accepts none of the values that its column can have."""
        table = self.decision.table
        assert table is not None
        node, tests = table.inputs[position].expression.expression, rule.inputs[position].tests
        if tests is None or node is None or not is_path(node):
            return False
        reading = self.readings.get(path_text(node))
        values = [piece.value for piece in reading.domain.pieces] if reading else self.levels.get(path_text(node))
        return values is not None and not any(satisfies(tests, value, {}) for value in values)


def rule_name(decision: Decision, number: int) -> str:
    """Return the name of a rule in compiled tables."""
    return f"{decision.id}#{number}"


def default_name(decision: Decision) -> str:
    """Return the name of the row of default outputs in compiled tables."""
    return f"{decision.id}#default"


def lower(model: Model, target: Decision) -> Lowered:
    """Return a decision table of a model for analysis. Raises NotAnalysable for what would have to be guessed."""
    table = target.table
    if table is None or not target.usable:
        raise NotAnalysable("it was not understood")
    decisions = closure(model, target)
    return _Lowering(model, readings(model, decisions)).run(target, decisions)


@dataclass
class _Lowering:
    """Turns decisions into tables, each after those it reads."""

    model: Model
    readings: dict[str, Reading]
    outputs: dict[str, Output] = field(default_factory=dict)
    values: dict[str, Mapping[str, Value]] = field(default_factory=dict)
    computed: dict[str, frozenset[str]] = field(default_factory=dict)
    seen: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    opaque: bool = False

    def run(self, target: Decision, decisions: tuple[Decision, ...]) -> Lowered:
        tables = tuple(self.table(one) for one in decisions)
        compiled = Compiled(
            name=target.name,
            inputs={name: _input(name, one.domain) for name, one in self.readings.items()},
            restrictions=(),
            scope=ALWAYS,
            sums=(),
            tables=tables,
            outputs=self.outputs,
            covers=tuple(self.outputs),
            assume={},
            digest="",
        )
        return Lowered(target, compiled, tables[-1], self.readings, self.seen, self.opaque)

    def table(self, decision: Decision) -> Table:
        if decision.table is not None:
            return self.decision_table(decision, decision.table)
        expression = getattr(decision.logic, "expression", None)
        if expression is None:
            raise NotAnalysable(f"the decision `{decision.name}` was not understood")
        try:
            return self.literal(decision, expression)
        except NotAnalysable as error:
            raise NotAnalysable(f"the decision `{decision.name}`: {error}") from None

    def decision_table(self, decision: Decision, table: DecisionTable) -> Table:
        """Return a decision table as rows over pieces; digests keep the order of the rules where rules tie."""
        found = results_of(decision, table)
        self.outputs[decision.id] = found.output
        self.values[decision.id], self.computed[decision.id] = found.values, found.computed
        self.opaque = bool(found.computed)
        columns = [_Column(self, decision, clause) for clause in table.inputs]
        rows = []
        for rule in found.order:
            parts = [column.entry(cell.text, cell.tests) for column, cell in zip(columns, rule.inputs, strict=True)]
            name = rule_name(decision, rule.number)
            rows.append(self.row(decision, name, parts, found.written[rule.number], f"{rule.number:08d}"))
        otherwise = None
        if has_default(table):
            # A value that its column does not list leaves a table without any result, a default one too.
            parts = [column.entry("-", ANYTHING) for column in columns]
            otherwise = (self.row(decision, default_name(decision), parts, found.default, "default"),)
        order = tuple(row.rule for row in rows)
        return Table(decision.id, found.policy, tuple(rows), order, otherwise, (decision.id,))

    def row(self, decision: Decision, name: str, parts: list[Expression], level: str | None, digest: str) -> Row:
        """Return a row that holds where all parts do and writes a level."""
        when = Both(tuple(part for part in parts if part != ALWAYS))
        return Row(name, when, () if level is None else ((decision.id, (level,)),), (), digest)

    def literal(self, decision: Decision, expression: Feel) -> Table:
        """Return an expression with few values as a table: one row per value, null where no other applies."""
        cases: dict[str, list[Expression]] = {}
        values: dict[str, Value] = {feel_text(None): None}
        for when, value in self.cases(decision, expression):
            text = feel_text(value)
            cases.setdefault(text, []).append(when)
            values[text] = value
        rows = tuple(
            Row(f"{decision.id}={text}", Count(1, tuple(parts)), ((decision.id, (text,)),), (), f"{number:08d}")
            for number, (text, parts) in enumerate(cases.items())
        )
        null = Row(default_name(decision), ALWAYS, ((decision.id, (feel_text(None),)),), (), "default")
        scale = Scale(decision.id, tuple(values))
        self.outputs[decision.id] = Output(
            decision.id, decision.name, scale, (), Combine.HIGHEST, (), (), decision.span
        )
        self.values[decision.id], self.computed[decision.id] = values, frozenset()
        order = tuple(row.rule for row in rows)
        return Table(decision.id, HitPolicy.FIRST, rows, order, (null,), (decision.id,))

    def cases(self, decision: Decision, node: Feel) -> Iterator[tuple[Expression, Value]]:
        """Yield the values an expression can have, each with where it has it."""
        if is_constant(node):
            yield ALWAYS, evaluate(node, {})
        elif isinstance(node, If):
            condition = truths(node.condition, self.reader(decision)).true
            for when, value in self.cases(decision, node.then):
                yield Both((condition, when)), value
            for when, value in self.cases(decision, node.otherwise):
                yield Both((Negation(condition), when)), value
        elif is_path(node) and (source := upstream(self.model, decision, node)) is not None:
            for text, value in self.levels(node, source).items():
                yield OutputEntry(source.id, frozenset({text})), value
        elif is_path(node) and not self.is_boolean(path_text(node)):
            raise NotAnalysable(f"it gives a value of `{path_text(node)}` itself")
        else:
            found = truths(node, self.reader(decision))
            yield found.true, True
            yield found.false, False

    def is_boolean(self, name: str) -> bool:
        """Say whether an input is true, false or null."""
        pieces = self.readings[name].domain.pieces if name in self.readings else ()
        return all(piece.value is None or isinstance(piece.value, bool) for piece in pieces)

    def levels(self, path: Plain, source: Decision) -> Mapping[str, Value]:
        """Return what a path to an earlier decision gives at each level of the decision."""
        _, *rest = steps(path)
        values, computed = self.values[source.id], self.computed[source.id]
        if self.outputs[source.id].scale is None:
            raise NotAnalysable(f"it reads `{path_text(path)}`, which is a list")
        if computed and (not rest or rest[0] in computed or source.variable.type.kind is not Kind.ANY):
            raise NotAnalysable(f"it reads `{path_text(path)}`, whose values are computed")
        found: dict[str, Value] = {}
        for text, value in values.items():
            part = conform(value, source.variable.item, source.name)[0]
            for name in rest:
                part = part_of(part, name)
            found[text] = part
        return found

    def reader(self, decision: Decision) -> Callable[[Plain, Callable[[Value], Value]], Truths]:
        return lambda path, function: self.reads(decision, path, function)

    def reads(self, decision: Decision, path: Plain, function: Callable[[Value], Value]) -> Truths:
        """Return where a function of an input or of an earlier decision is true, and where it is false."""
        source = upstream(self.model, decision, path)
        if source is None:
            name = path_text(path)
            if name not in self.readings:
                raise NotAnalysable(f"`{name}` is not an input whose values are known")
            pieces = self.readings[name].domain.pieces
            answers = [function(piece.value) for piece in pieces]
            return Truths(*(_entry(name, _runs(answers, truth)) for truth in (True, False)))
        values = self.levels(path, source)
        self.seen[path_text(path)] = (*values.values(), None)
        levels = {text: function(value) for text, value in values.items()}
        levels |= dict.fromkeys(NO_RESULT, function(None))
        chosen = (frozenset(text for text, answer in levels.items() if answer is truth) for truth in (True, False))
        return Truths(*(OutputEntry(source.id, texts) if texts else NEVER for texts in chosen))


@dataclass
class _Column:
    """One column of a table: how its cells become conditions. Equal cells become one object."""

    lowering: _Lowering
    decision: Decision
    clause: InputClause
    known: dict[str, Expression] = field(default_factory=dict)

    def entry(self, text: str, tests: UnaryTests | None) -> Expression:
        if tests is None:
            raise NotAnalysable(f"the cell `{text}` was not understood")
        if text not in self.known:
            self.known[text] = ALWAYS if tests.is_any and self._takes_all() else self._entry(tests)
        return self.known[text]

    def _takes_all(self) -> bool:
        """Say whether `-` accepts every value that can come: input values bound inputs, but not earlier decisions."""
        node = self.clause.expression.expression
        reads_input = node is not None and is_path(node) and upstream(self.lowering.model, self.decision, node) is None
        return reads_input or self.clause.input_values is None

    def _accepts(self, tests: UnaryTests) -> Callable[[Value], bool]:
        """Return whether a cell accepts a value; what the input values do not list matches nothing."""
        listed = self.clause.input_values.tests if self.clause.input_values else None
        return lambda value: satisfies(tests, value, {}) and (listed is None or satisfies(listed, value, {}))

    def _entry(self, tests: UnaryTests) -> Expression:
        node = self.clause.expression.expression
        lowering, decision = self.lowering, self.decision
        if node is None:
            raise NotAnalysable(f"the column `{self.clause.label}` was not understood")
        if is_path(node):
            name = path_text(node)
            if upstream(lowering.model, decision, node) is None and name in lowering.readings:
                return _entry(name, lowering.readings[name].domain.runs(tests))
            return lowering.reads(decision, node, self._accepts(tests)).true
        try:
            cases = tuple(lowering.cases(decision, node))
        except NotAnalysable as error:
            raise NotAnalysable(f"the column `{self.clause.label}`: {error}") from None
        accepts = self._accepts(tests)
        accepted = [where for where, value in cases if accepts(value)]
        if accepts(None):
            accepted.append(Negation(Count(1, tuple(where for where, _ in cases))))
        return Count(1, tuple(accepted))


def _runs(answers: list[Value], truth: bool) -> tuple[Run, ...]:
    runs: list[Run] = []
    for at, answer in enumerate(answers):
        if answer is truth:
            if runs and runs[-1][1] == at - 1:
                runs[-1] = (runs[-1][0], at)
            else:
                runs.append((at, at))
    return tuple(runs)


def _entry(name: str, runs: tuple[Run, ...]) -> InputEntry:
    return InputEntry(name, intervals=tuple(Interval(Fraction(first), Fraction(last)) for first, last in runs))


def _input(name: str, domain: Domain) -> Input:
    return Input(name, (), Grid(Fraction(0), Fraction(len(domain.pieces) - 1), Fraction(1)), Fraction(_calm(domain)))


def _calm(domain: Domain) -> int:
    """Return the piece that a witness takes if nothing asks for another: a stretch with two ends if there is one."""
    inner = (at for at, piece in enumerate(domain.pieces) if piece.stretch and None not in (piece.low, piece.high))
    return next(inner, 0)
