"""Cells and expressions of a DMN file, read as FEEL, with what is wrong in them at its exact place.

COST: equal texts in the same scope and column are parsed and checked once; a large table has few different texts.
"""

from dataclasses import dataclass, field

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.dmn.faults import Faults
from redflag_kit.dmn.feel.check import Problem, Trouble, check_expression, check_tests
from redflag_kit.dmn.feel.parser import parse_expression, parse_unary_tests
from redflag_kit.dmn.feel.scope import Scope
from redflag_kit.dmn.feel.syntax import Expression, Literal, UnaryTests
from redflag_kit.dmn.feel.tokens import FeelError
from redflag_kit.dmn.feel.types import ANY, Type
from redflag_kit.dmn.model import Tests, Written
from redflag_kit.dmn.versions import is_feel
from redflag_kit.dmn.xml import BLANKS, Element

_CODES = {Trouble.UNKNOWN_NAME: codes.RF072, Trouble.TYPE: codes.RF073, Trouble.UNSUPPORTED: codes.RF071}


@dataclass(frozen=True, slots=True)
class _TestsRead:
    tested: Type  # kept, so that its identity stays its own: large types are slow to compare
    tests: UnaryTests | None
    error: FeelError | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _ExpressionRead:
    expression: Expression | None
    type: Type
    error: FeelError | None
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class FeelReader:
    """Reads the texts of one scope. The element handed in holds a `text` element, or is `text` itself."""

    faults: Faults
    scope: Scope
    _tests: dict[tuple[str, int], _TestsRead] = field(default_factory=dict)
    _expressions: dict[str, _ExpressionRead] = field(default_factory=dict)

    def tests(self, element: Element, tested: Type, *, empty_is_any: bool = False) -> Tests:
        """Read unary tests that are put to values of a type."""
        holder, text, lead = _text_of(element)
        span = self._span(holder, lead, text)
        if not self._is_feel(element):
            return Tests(text, None, span)
        if not text and empty_is_any:
            return Tests(text, _ANYTHING, span)
        read = self._tests.get((text, id(tested))) or self._read_tests(text, tested)
        self._report(holder, lead, read.error, read.problems)
        return Tests(text, read.tests, span)

    def _read_tests(self, text: str, tested: Type) -> _TestsRead:
        try:
            tests = parse_unary_tests(text, self.scope)
            read = _TestsRead(tested, tests, None, check_tests(tests, self.scope, tested))
        except FeelError as error:
            read = _TestsRead(tested, None, error, ())
        if read.problems:
            read = _TestsRead(tested, None, None, read.problems)
        self._tests[text, id(tested)] = read
        return read

    def expression(self, element: Element, *, empty_is_null: bool = False) -> tuple[Written, Type]:
        """Read an expression, and return its type."""
        holder, text, lead = _text_of(element)
        span = self._span(holder, lead, text)
        if not self._is_feel(element):
            return Written(text, None, span), ANY
        if not text and empty_is_null:
            return Written(text, Literal(0, 0, None), span), ANY
        read = self._expressions.get(text) or self._read_expression(text)
        self._report(holder, lead, read.error, read.problems)
        return Written(text, read.expression, span), read.type

    def _read_expression(self, text: str) -> _ExpressionRead:
        try:
            node = parse_expression(text, self.scope)
            kind, problems = check_expression(node, self.scope)
            read = _ExpressionRead(None if problems else node, kind, None, problems)
        except FeelError as error:
            read = _ExpressionRead(None, ANY, error, ())
        self._expressions[text] = read
        return read

    def _is_feel(self, element: Element) -> bool:
        language = element.get("expressionLanguage")
        if is_feel(language):
            return True
        message = f"the expression is written in {quoted(language)}"
        self.faults.add(element.place(self.faults.file), codes.RF077, message, "write it in FEEL")
        return False

    def _span(self, holder: Element, lead: int, text: str) -> Span:
        return holder.text_place(self.faults.file, lead, lead + len(text))

    def _report(self, holder: Element, lead: int, error: FeelError | None, problems: tuple[Problem, ...]) -> None:
        if error:
            code = codes.RF071 if error.unsupported else codes.RF070
            span = holder.text_place(self.faults.file, lead + error.start, lead + error.end)
            self.faults.add(span, code, error.message, error.help)
        for problem in problems:
            span = holder.text_place(self.faults.file, lead + problem.start, lead + problem.end)
            self.faults.add(span, _CODES[problem.trouble], problem.message, problem.help)


_ANYTHING = UnaryTests(0, 0, ())


def _text_of(element: Element) -> tuple[Element, str, int]:
    """Return the element that holds the text, the text without blanks around it, and how many stood before it."""
    holder = element.first("text") or element
    text = holder.text
    body = text.strip(BLANKS)
    return holder, body, len(text) - len(text.lstrip(BLANKS)) if body else 0
