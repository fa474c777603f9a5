"""Decision tables: columns, rules and hit policies, from XML."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Note, did_you_mean, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.dmn.faults import Faults
from redflag_kit.dmn.feel.evaluate import constant, satisfies
from redflag_kit.dmn.feel.syntax import Literal, Name, is_constant
from redflag_kit.dmn.feel.types import ANY, ORDERED, Kind, Type, may_conform
from redflag_kit.dmn.feel.values import Value, feel_text
from redflag_kit.dmn.model import (
    Aggregation,
    DecisionTable,
    HitPolicy,
    InputClause,
    ItemDefinition,
    OutputClause,
    Rule,
    Tests,
    Variable,
    Written,
)
from redflag_kit.dmn.read_feel import FeelReader
from redflag_kit.dmn.read_types import UNTYPED, Types
from redflag_kit.dmn.xml import Element

NOTE_LIMIT = 20
_KNOWN = frozenset({"input", "output", "rule", "annotation", "description", "extensionElements"})


@dataclass(slots=True)
class TableReader:
    """Reads the tables of one decision; `variables` are the values in scope."""

    faults: Faults
    types: Types
    feel: FeelReader
    variables: dict[str, Variable]
    _allowed: dict[tuple[Span, str], bool] = field(default_factory=dict)
    _outside: dict[tuple[str, Tests], list[Span]] = field(default_factory=dict)

    def read(self, element: Element, result: Variable) -> DecisionTable | None:
        """Read a table whose value becomes that of a variable."""
        file = self.faults.file
        for child in element.children:
            if child.namespace == element.namespace and child.name not in _KNOWN:
                message = f"`{child.name}` in a decision table is not supported"
                self.faults.add(child.place(file), codes.RF064, message, "remove it")
        policy, aggregation = self._policy(element)
        inputs = tuple(self._input(child) for child in element.all("input"))
        outputs = self._outputs(element, result.item, policy, aggregation)
        rules = tuple(self._rules(element, inputs, outputs))
        self._report_outside()
        self._empty_cells(element, rules)
        if policy is None:
            return None
        table = DecisionTable(element.get("id"), policy, aggregation, inputs, outputs, rules, element.place(file))
        self._check_policy(element, table)
        return table

    # hit policy

    def _policy(self, element: Element) -> tuple[HitPolicy | None, Aggregation | None]:
        written = element.get("hitPolicy", "UNIQUE")
        operator = element.get("aggregation")
        span = element.place(self.faults.file)
        policy = next((one for one in HitPolicy if one.value == written), None)
        if policy is None:
            known = [one.value for one in HitPolicy]
            advice = did_you_mean(written, known) or f"write one of {', '.join(known)}"
            self.faults.add(span, codes.RF065, f"{quoted(written)} is no hit policy", advice)
        aggregation = next((one for one in Aggregation if one.value == operator), None)
        if operator and aggregation is None:
            message = f"{quoted(operator)} is no aggregation"
            self.faults.add(span, codes.RF065, message, "write one of SUM, COUNT, MIN, MAX")
        if aggregation and policy not in (HitPolicy.COLLECT, None):
            message = f"aggregation `{operator}` needs hit policy COLLECT"
            self.faults.add(span, codes.RF075, message, "remove the aggregation, or use COLLECT")
        return policy, aggregation

    def _check_policy(self, element: Element, table: DecisionTable) -> None:
        span = element.place(self.faults.file)
        if table.aggregation and len(table.outputs) > 1:
            message = f"aggregation `{table.aggregation.value}` is not defined for several outputs"
            self.faults.add(span, codes.RF075, message, "use a table for each output")
        if table.aggregation in (Aggregation.SUM, Aggregation.MIN, Aggregation.MAX) and len(table.outputs) == 1:
            self._check_aggregated(table)
        needs_order = table.hit_policy in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)
        if needs_order and not any(output.values for output in table.outputs):
            message = f"hit policy {table.hit_policy.value} needs output values, which give the order"
            self.faults.add(span, codes.RF075, message, "list the output values, the most important first")

    def _check_aggregated(self, table: DecisionTable) -> None:
        kind = table.outputs[0].type.kind
        assert table.aggregation is not None
        allowed = {Kind.NUMBER} if table.aggregation is Aggregation.SUM else ORDERED
        if kind not in allowed | {Kind.ANY, Kind.NULL}:
            message = f"aggregation `{table.aggregation.value}` is not defined for values of type `{kind.value}`"
            self.faults.add(table.span, codes.RF075, message, "use another aggregation")

    # columns

    def _input(self, element: Element) -> InputClause:
        file = self.faults.file
        holder = element.first("inputExpression")
        if holder is None:
            self.faults.add(element.place(file), codes.RF065, "a column has no input expression", "add one")
            span = element.place(file)
            return InputClause(element.get("id"), "", Written("", None, span), ANY, UNTYPED, None, span)
        written, kind = self.feel.expression(holder)
        named = self.types.of(holder)
        item = self._column_item(written, kind, named)
        if named and not may_conform(kind, named.type):
            message = f"the column is of type `{named.type}`, but its expression of type `{kind}`"
            self.faults.add(written.span, codes.RF073, message, "make them agree")
        values = element.first("inputValues")
        tests = self.feel.tests(values, item.type) if values is not None else None
        label = element.get("label") or " ".join(written.text.split())
        return InputClause(element.get("id"), label, written, item.type, item, tests, element.place(file))

    def _column_item(self, written: Written, kind: Type, named: ItemDefinition | None) -> ItemDefinition:
        """Return what is known of the values of a column: the named type, or that of its variable if that says more."""
        node = written.expression
        variable = self.variables[node.name].item if isinstance(node, Name) else None
        if named is None or named.type.kind is Kind.ANY:
            return variable or ItemDefinition(str(kind), kind)
        says_more = variable and not named.constraints and not named.is_whole and not named.components
        return variable if variable and says_more and variable.type == named.type else named

    def _outputs(
        self, element: Element, result: ItemDefinition, policy: HitPolicy | None, aggregation: Aggregation | None
    ) -> tuple[OutputClause, ...]:
        columns = tuple(element.all("output"))
        if not columns:
            self.faults.add(element.place(self.faults.file), codes.RF065, "the table has no output", "add one")
        one = _one_hit(result, policy, aggregation)
        names = [column.get("name") for column in columns]
        if len(columns) > 1:
            self._check_names(columns, names)
            parts = {part.name: part for part in one.components}
            return tuple(self._output(column, parts.get(column.get("name"), UNTYPED), policy) for column in columns)
        return tuple(self._output(column, one, policy) for column in columns)

    def _check_names(self, columns: tuple[Element, ...], names: list[str]) -> None:
        for place, column in enumerate(columns):
            span = column.place(self.faults.file)
            if not names[place]:
                self.faults.add(span, codes.RF065, "one of several outputs has no name", "give it a name")
            elif names[place] in names[:place]:
                message = f"two outputs are called {quoted(names[place])}"
                self.faults.add(span, codes.RF066, message, "rename one of them")

    def _output(self, element: Element, expected: ItemDefinition, policy: HitPolicy | None) -> OutputClause:
        item = self.types.of(element)
        if item is None or (item.type.kind is Kind.ANY):
            item = expected
        values = element.first("outputValues")
        tests = self.feel.tests(values, item.type) if values is not None else None
        default = element.first("defaultOutputEntry")
        # The default is the whole result: of several hits that may be a list, of which the values say nothing.
        many = policy is not None and policy.is_multiple
        wanted, listed = (ANY, None) if many else (item.type, tests)
        written = self._result(default, wanted, listed, empty_is_null=False) if default is not None else None
        name = element.get("name")
        label = element.get("label") or name
        return OutputClause(
            element.get("id"), name, label, item.type, item, tests, written, element.place(self.faults.file)
        )

    # rules

    def _rules(
        self, element: Element, inputs: tuple[InputClause, ...], outputs: tuple[OutputClause, ...]
    ) -> Iterator[Rule]:
        file = self.faults.file
        for number, row in enumerate(element.all("rule"), 1):
            conditions = tuple(row.all("inputEntry"))
            results = tuple(row.all("outputEntry"))
            for what, given, columns in (("input", conditions, inputs), ("output", results, outputs)):
                if len(given) != len(columns):
                    message = f"rule {number} has {len(given)} {what} entries for {len(columns)} {what} columns"
                    self.faults.add(row.place(file), codes.RF065, message, "give it one entry for each column")
            tests = tuple(self._condition(entry, column) for entry, column in zip(conditions, inputs, strict=False))
            values = tuple(
                self._result(entry, column.type, _listed(column), empty_is_null=True)
                for entry, column in zip(results, outputs, strict=False)
            )
            notes = tuple(_note(entry) for entry in row.all("annotationEntry"))
            yield Rule(number, row.get("id"), tests, values, notes, row.place(file))

    def _condition(self, entry: Element, column: InputClause) -> Tests:
        tests = self.feel.tests(entry, column.type, empty_is_any=True)
        for test in tests.tests.tests if tests.tests else ():
            if isinstance(test, Literal) and test.value is not None:
                self._check_listed(tests, test.value, (column.input_values, *column.item.constraints))
        return tests

    def _result(self, entry: Element, wanted: Type, values: Tests | None, *, empty_is_null: bool) -> Written:
        written, kind = self.feel.expression(entry, empty_is_null=empty_is_null)
        if written.expression is None:
            return written
        if not may_conform(kind, wanted):
            message = f"the output is of type `{wanted}`, but this value of type `{kind}`"
            self.faults.add(written.span, codes.RF073, message, "write a value of the type of the output")
        elif (value := constant(written.expression)) and value[0] is not None:
            self._check_listed(written, value[0], (values,))
        return written

    def _check_listed(self, cell: Tests | Written, value: Value, lists: tuple[Tests | None, ...]) -> None:
        """Note a value that a list of values leaves out, e.g. because of a slip of the pen."""
        for listed in lists:
            if listed is None or listed.tests is None:
                continue
            key = (listed.span, feel_text(value))
            if key not in self._allowed:
                is_fixed = all(is_constant(test) for test in listed.tests.tests)
                self._allowed[key] = not is_fixed or satisfies(listed.tests, value, {})
            if not self._allowed[key]:
                self._outside.setdefault((feel_text(value), listed), []).append(cell.span)
                return

    def _report_outside(self) -> None:
        """Warn of each value that is left out once, with all places where it stands."""
        for (shown, listed), (first, *others) in self._outside.items():
            tests = listed.tests.tests if listed.tests else ()
            known = [feel_text(one.value) for one in tests if isinstance(one, Literal)]
            message = f"{quoted(shown)} is not among the values allowed: {quoted(listed.text)}"
            advice = did_you_mean(shown, known) or "correct it, or allow the value"
            related = tuple(Note(place, "and here") for place in others[:NOTE_LIMIT])
            self.faults.add(first, codes.RF074, message, advice, related)

    def _empty_cells(self, element: Element, rules: tuple[Rule, ...]) -> None:
        """Say once per table how empty cells are read."""
        for what, meaning in (("input", "`-`, anything"), ("output", "`null`")):
            cells = [cell for rule in rules for cell in (rule.inputs if what == "input" else rule.outputs)]
            empty = [cell for cell in cells if not cell.text]
            if empty:
                many = f"{len(empty)} {what} entries of this table are" if len(empty) > 1 else f"an {what} entry is"
                message = f"{many} empty and read as {meaning}"
                self.faults.add(empty[0].span, codes.RF076, message, f"write {meaning.partition(',')[0]}")


def _one_hit(result: ItemDefinition, policy: HitPolicy | None, aggregation: Aggregation | None) -> ItemDefinition:
    """Return the type that one rule gives, from that of the whole result."""
    if policy is None or not policy.is_multiple:
        return result
    if aggregation is Aggregation.COUNT:
        return UNTYPED
    if aggregation is not None or not result.is_collection:
        return result if aggregation is not None else UNTYPED
    inner = result.type.item or ANY
    return ItemDefinition(result.name, inner, base=result.base, components=result.components, allowed=result.allowed)


def _listed(column: OutputClause) -> Tests | None:
    """Return the values that an entry must be among; what a list may hold says nothing of the list itself."""
    return column.output_values if column.item.is_collection else column.values


def _note(entry: Element) -> str:
    holder = entry.first("text")
    return " ".join((holder.text if holder is not None else "").split())
