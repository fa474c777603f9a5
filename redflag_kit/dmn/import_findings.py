"""Input data as findings: booleans, strings with listed values, and numbers with a range.

A number without a declared resolution gets one: half the greatest common divisor of all numbers that the model compares
it with. Every piece into which they cut the range then has a value, so no kind of patient is lost; a warning says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm

from redflag_kit.dmn.feel.evaluate import constant
from redflag_kit.dmn.feel.syntax import Between, Comparison, In, Interval, Literal, Name, Negation, Test, children
from redflag_kit.dmn.feel.types import Kind
from redflag_kit.dmn.feel.values import Value
from redflag_kit.dmn.import_domain import NotRepresentableError, Number, Words
from redflag_kit.dmn.import_names import Slugs, slug
from redflag_kit.dmn.model import DecisionTable, InputData, Model, Tests, Written
from redflag_kit.model.vocabulary import Grid
from redflag_kit.source.dump import Data
from redflag_kit.terms.quantity import render


@dataclass(frozen=True, slots=True)
class Choices:
    """What is said beside a file of numbers that it leaves open, by the names of the input data."""

    steps: Mapping[str, Fraction] = field(default_factory=dict)
    ranges: Mapping[str, tuple[Fraction, Fraction]] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Return every name of which something is said."""
        return frozenset((*self.steps, *self.ranges))


@dataclass(frozen=True, slots=True)
class Imported:
    """A finding: what its name stands for, its entry in the vocabulary, and what the file left open about it."""

    domain: Words | Number
    entry: dict[str, Data]
    chosen_step: bool = False
    may_be_missing: bool = False


def finding_of(data: InputData, model: Model, slugs: Slugs, choices: Choices) -> Imported:
    """Return a finding for input data. Raises NotRepresentableError."""
    name = data.variable.name
    allowed = _allowed(data, model)
    match data.variable.type.kind:
        case Kind.BOOLEAN:
            finding = slugs.of(name, "finding")
            return Imported(Words(finding, {True: "present", False: "absent"}), {"type": "yes_no", **_words(name)})
        case Kind.STRING:
            values = _listed(data, allowed)
            words = word_map((value for value in values if value is not None), "value")
            said = {word: str(value) for value, word in words.items() if word.replace("_", " ") != value}
            entry: dict[str, Data] = {"type": "choice", "values": list(words.values()), **_words(name)}
            entry |= {"says": dict(said)} if said else {}
            return Imported(Words(slugs.of(name, "finding"), words), entry, may_be_missing=None in values)
        case Kind.NUMBER:
            return _number(data, model, allowed, slugs, choices)
        case kind:
            hint = "the guideline language has booleans, listed strings and numbers in a range"
            raise NotRepresentableError(data.span, f"input `{name}` is of type `{kind.value}`", hint)


def word_map(values: Iterable[Value], kind: str) -> dict[Value, str]:
    """Return a word of the guideline language for each value, each once."""
    found: dict[Value, str] = {}
    for value in values:
        if value in found:
            continue
        text = f"is_{str(value).lower()}" if isinstance(value, bool) else slug(_plain(value)) or kind
        text = f"{kind}_{text}" if text in _TAKEN else text
        word, number = text, 2
        while word in found.values():
            word, number = f"{text}_{number}", number + 1
        found[value] = word
    return found


_TAKEN = frozenset({
    "above", "absent", "all", "always", "any", "at_least", "at_most", "below", "conflict", "gap", "includes", "is_not",
    "not", "not_covered", "out_of_scope", "present", "silent", "to", "undecided", "unknown",
})  # fmt: skip


def _plain(value: Value) -> str:
    return f"n_{render(Fraction(value)).replace('-', 'minus_')}" if isinstance(value, Decimal) else str(value)


def _words(name: str) -> dict[str, Data]:
    return {"label": name, "ask": f"What is the value of {name}?"}


def _allowed(data: InputData, model: Model) -> Tests | None:
    """Return what the type of an input allows, or else what every column that reads it allows."""
    constraints = data.variable.item.constraints
    if constraints:
        return constraints[0]
    columns = [
        column
        for decision in model.decisions
        for column in (decision.table.inputs if decision.table else ())
        if column.expression.text.strip() == data.variable.name
    ]
    listed = {column.input_values.text: column.input_values for column in columns if column.input_values}
    whole = len(listed) == 1 and all(column.input_values for column in columns)
    return next(iter(listed.values())) if whole else None


def _listed(data: InputData, allowed: Tests | None) -> list[Value]:
    tests = allowed.tests.tests if allowed and allowed.tests and not allowed.tests.negated else ()
    values = [value[0] for test in tests if not isinstance(test, Interval) and (value := _constant(test))]
    if (
        not tests
        or len(values) != len(tests)
        or not all(isinstance(value, str | None) for value in values)
        or len(set(values) - {None}) < 2
    ):
        hint = "list its values as allowed values of its item definition, two at least"
        raise NotRepresentableError(data.span, f"input `{data.variable.name}` can be any text", hint)
    return values


def _constant(test: Test) -> tuple[Value] | None:
    return constant(test) if isinstance(test, Literal | Negation) else None


def _number(data: InputData, model: Model, allowed: Tests | None, slugs: Slugs, choices: Choices) -> Imported:
    name = data.variable.name
    ends = _ends(allowed) or (None if allowed else choices.ranges.get(name))
    if ends is None:
        hint = f"give its item definition allowed values such as [0..120], or add --range '{name}=0..120'"
        raise NotRepresentableError(data.span, f"input `{name}` is a number without a lowest and a highest value", hint)
    low, high = ends
    whole = data.variable.item.is_whole
    step, chosen = choices.steps.get(name), False
    if step is None:
        step, chosen = (Fraction(1), False) if whole else (_resolution({low, high, *_compared(name, model)}), True)
    if (high - low) % step != 0:
        hint = f"choose a step that divides {render(high - low)}"
        raise NotRepresentableError(
            data.span, f"no steps of {render(step)} lead from {render(low)} to {render(high)}", hint
        )
    kind = "integer" if all(number.denominator == 1 for number in (low, high, step)) and step == 1 else "number"
    entry: dict[str, Data] = {"type": kind, "range": f"{render(low)} to {render(high)}"}
    entry |= {"step": _data(step)} if kind == "number" else {}
    entry |= {"unit": "1", **_words(name)}
    return Imported(Number(slugs.of(name, "finding"), Grid(low, high, step)), entry, chosen)


def _data(number: Fraction) -> int | Decimal:
    return number.numerator if number.denominator == 1 else Decimal(render(number))


def _ends(allowed: Tests | None) -> tuple[Fraction, Fraction] | None:
    match allowed.tests.tests if allowed and allowed.tests and not allowed.tests.negated else ():
        case (Interval(low=low, high=high, low_included=True, high_included=True),):
            first, last = constant(low), constant(high)
            if first and last and isinstance(first[0], Decimal) and isinstance(last[0], Decimal):
                return Fraction(first[0]), Fraction(last[0])
    return None


def _resolution(numbers: set[Fraction]) -> Fraction:
    """Return half the greatest step that leads to every one of the numbers from the lowest."""
    low = min(numbers)
    spans = [number - low for number in numbers if number != low] or [Fraction(1)]
    scale = lcm(*(span.denominator for span in spans))
    return Fraction(gcd(*(int(span * scale) for span in spans)), scale) / 2


def _compared(name: str, model: Model) -> set[Fraction]:
    """Return every number that a model compares an input with."""
    found: set[Fraction] = set()
    for decision in model.decisions:
        if isinstance(decision.logic, Written) and decision.logic.expression is not None:
            found |= _beside(name, decision.logic.expression)
        table = decision.logic if isinstance(decision.logic, DecisionTable) else None
        for position, column in enumerate(table.inputs if table else ()):
            node = column.expression.expression
            if isinstance(node, Name) and node.name == name:
                for rule in table.rules if table else ():
                    tests = rule.inputs[position].tests
                    found |= {number for test in tests.tests for number in _numbers(test)} if tests else set()
            elif node is not None:
                found |= _beside(name, node)
    return found


def _beside(name: str, node: Test) -> set[Fraction]:
    """Return the numbers that stand in comparisons with a name, anywhere in an expression."""
    parts = children(node)
    found = set().union(*(_beside(name, part) for part in parts)) if parts else set()
    compares = isinstance(node, Comparison | Between | In)
    if compares and any(isinstance(part, Name) and part.name == name for part in parts):
        found |= {number for part in parts for number in _numbers(part)}
    return found


def _numbers(node: Test) -> set[Fraction]:
    if isinstance(node, Literal | Negation) and (value := constant(node)):
        return {Fraction(value[0])} if isinstance(value[0], Decimal) else set()
    return {number for part in children(node) for number in _numbers(part)}
