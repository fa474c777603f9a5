"""FEEL text of conditions: boolean expressions and S-FEEL unary tests.

Claim: for every legal patient the text is true exactly where the condition holds; nothing is rounded.
Method: numbers are written as decimals. A threshold that has no finite decimal is moved to the values that the finding
can have, which changes nothing for any of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction

from redflag_kit.compile.compiler import on_grid
from redflag_kit.dmn.feel_names import FeelNames
from redflag_kit.model.condition import (
    All,
    Always,
    Any,
    AtLeast,
    Condition,
    Named,
    Not,
    NumberTest,
    OutputTest,
    Range,
    ScoreTest,
    WordTest,
)
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vocabulary import PRESENT, Kind
from redflag_kit.terms.quantity import render
from redflag_kit.terms.scale import Status

ANY_VALUE = "-"

# An output that an earlier decision writes is covered.
_NEVER_WRITTEN = frozenset({Status.NOT_COVERED.value})


class NotInDmnError(Exception):
    """Something of a guideline that DMN cannot say exactly; the message names it."""


class Binding(Enum):
    """What holds an expression together outermost, which decides where parentheses are needed."""

    OR = auto()
    AND = auto()
    COMPARISON = auto()
    ATOM = auto()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A FEEL expression with the names it reads, in order of first use."""

    text: str
    names: tuple[str, ...] = ()
    binding: Binding = Binding.ATOM

    def within(self, binding: Binding) -> str:
        """Return the text as a part of an expression; only `and` in `and`, `or` in `or` go without parentheses."""
        return self.text if self.binding in (binding, Binding.COMPARISON, Binding.ATOM) else f"({self.text})"


TRUE, FALSE = Phrase("true"), Phrase("false")


def decimal_text(number: Fraction) -> str:
    """Write a number as FEEL reads it. Raises NotInDmnError if no finite decimal is equal to it."""
    text = render(number)
    if "/" in text:
        raise NotInDmnError(f"the number {text} has no finite decimal, and DMN has no other numbers")
    return text


def string_text(word: str) -> str:
    """Write a string literal; the words of the language need no escapes."""
    return f'"{word}"'


def either(parts: Iterable[Phrase]) -> Phrase:
    """Return that at least one of the parts holds."""
    return _joined(tuple(parts), " or ", Binding.OR, FALSE)


def both(parts: Iterable[Phrase]) -> Phrase:
    """Return that all of the parts hold."""
    return _joined(tuple(parts), " and ", Binding.AND, TRUE)


def denied(part: Phrase) -> Phrase:
    """Return that the part does not hold."""
    return Phrase(f"not({part.text})", part.names)


def counted(parts: tuple[Phrase, ...], test: str) -> Phrase:
    """Return a comparison of how many of the parts hold, e.g. with `>= 2`."""
    listed = ", ".join(f"if {part.text} then 1 else 0" for part in parts)
    return Phrase(f"sum([{listed}]) {test}", _names(parts), Binding.COMPARISON)


def _joined(parts: tuple[Phrase, ...], word: str, binding: Binding, empty: Phrase) -> Phrase:
    if len(parts) < 2:
        return parts[0] if parts else empty
    return Phrase(word.join(part.within(binding) for part in parts), _names(parts), binding)


def _names(parts: Iterable[Phrase]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in parts for name in part.names))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Writes the conditions of one guideline."""

    guideline: Guideline
    names: FeelNames

    def condition(self, condition: Condition) -> Phrase:
        """Return a condition as a boolean expression."""
        match condition:
            case WordTest(finding, words):
                return self._words(finding, words)
            case NumberTest() | ScoreTest():
                return self._number(condition)
            case OutputTest(output, values):
                return self._output(output, values)
            case Always():
                return TRUE
            case All(parts):
                return both(self.condition(part) for part in parts)
            case Any(parts):
                return either(self.condition(part) for part in parts)
            case AtLeast(n, parts):
                return counted(tuple(self.condition(part) for part in parts), f">= {n}")
            case Not(part):
                return denied(self.condition(part))
            case Named(name):
                return self._name(self.names.definitions[name])

    def cell(self, condition: Condition) -> tuple[str, str] | None:
        """Return a name and an S-FEEL unary test on it, if the condition is such a test."""
        match condition:
            case WordTest(finding, words) if words:
                return (self.names.findings[finding], self._word_cell(finding, words))
            case NumberTest() | ScoreTest():
                numbers = self._number_cell(condition)
                return (self._subject(condition), numbers) if numbers else None
            case OutputTest(output, values) if self.guideline.outputs[output].scale and values - _NEVER_WRITTEN:
                return (self.names.outputs[output], ", ".join(map(string_text, sorted(values - _NEVER_WRITTEN))))
            case Named(name):
                return (self.names.definitions[name], "true")
            case Not(Named(name)):
                return (self.names.definitions[name], "false")
            case _:
                return None

    def _name(self, name: str) -> Phrase:
        return Phrase(name, (name,))

    def _words(self, finding: str, words: frozenset[str]) -> Phrase:
        declared = self.guideline.vocabulary.findings[finding]
        name = self.names.findings[finding]
        if not words or words >= set(declared.words):
            return TRUE if words else FALSE
        if declared.kind is Kind.YES_NO:
            holds = self._name(name)
            return holds if PRESENT in words else denied(holds)
        return either(self._compared(name, f"= {string_text(word)}") for word in declared.words if word in words)

    def _compared(self, name: str, test: str) -> Phrase:
        return Phrase(f"{name} {test}", (name,), Binding.COMPARISON)

    def _word_cell(self, finding: str, words: frozenset[str]) -> str:
        declared = self.guideline.vocabulary.findings[finding]
        if words >= set(declared.words):
            return ANY_VALUE
        if declared.kind is Kind.YES_NO:
            return "true" if PRESENT in words else "false"
        return ", ".join(string_text(word) for word in declared.words if word in words)

    def _output(self, output: str, values: frozenset[str]) -> Phrase:
        name = self.names.outputs[output]
        values -= _NEVER_WRITTEN
        if self.guideline.outputs[output].scale:
            return either(self._compared(name, f"= {string_text(value)}") for value in sorted(values))
        return either(Phrase(f"list contains({name}, {string_text(v)})", (name,)) for v in sorted(values))

    def _subject(self, test: NumberTest | ScoreTest) -> str:
        return self.names.findings[test.finding] if isinstance(test, NumberTest) else self.names.scores[test.score]

    def _ranges(self, test: NumberTest | ScoreTest) -> tuple[Range, ...]:
        """Return the ranges that have a possible number in them, with finite decimals as ends."""
        if isinstance(test, ScoreTest):
            return tuple(one for one in test.ranges if not _is_empty(one))
        grid = self.guideline.vocabulary.findings[test.finding].grid
        assert grid is not None
        ranges = tuple(one for one in test.ranges if on_grid((one,), grid, negated=False))
        if all("/" not in render(end) for one in ranges for end in _ends(one)):
            return ranges
        if "/" in render(grid.low) or "/" in render(grid.step):
            raise NotInDmnError(f"the values of finding {test.finding} are no finite decimals, and DMN has no others")
        return tuple(Range(one.low, one.high) for one in on_grid(ranges, grid, negated=False))

    def _number(self, test: NumberTest | ScoreTest) -> Phrase:
        name = self._subject(test)
        inside = either(self._range(name, one) for one in self._ranges(test))
        return denied(inside) if test.negated else inside

    def _range(self, name: str, one: Range) -> Phrase:
        if one.low is not None and one.low == one.high:
            return self._compared(name, f"= {decimal_text(one.low)}")
        return both(self._compared(name, sign) for sign in _signs(one))

    def _number_cell(self, test: NumberTest | ScoreTest) -> str | None:
        ranges = self._ranges(test)
        if not ranges or any(one.low is None and one.high is None for one in ranges):
            return None
        cell = ", ".join(_unary(one) for one in ranges)
        return f"not({cell})" if test.negated else cell


def _is_empty(one: Range) -> bool:
    if one.low is None or one.high is None:
        return False
    return one.low > one.high or (one.low == one.high and not (one.low_included and one.high_included))


def _ends(one: Range) -> tuple[Fraction, ...]:
    return tuple(end for end in (one.low, one.high) if end is not None)


def _signs(one: Range) -> tuple[str, ...]:
    signs = []
    if one.low is not None:
        signs.append(f"{'>=' if one.low_included else '>'} {decimal_text(one.low)}")
    if one.high is not None:
        signs.append(f"{'<=' if one.high_included else '<'} {decimal_text(one.high)}")
    return tuple(signs)


def _unary(one: Range) -> str:
    if one.low is None or one.high is None:
        return _signs(one)[0]
    if one.low == one.high:
        return decimal_text(one.low)
    start, end = "[" if one.low_included else "(", "]" if one.high_included else ")"
    return f"{start}{decimal_text(one.low)}..{decimal_text(one.high)}{end}"
