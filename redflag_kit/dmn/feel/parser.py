"""FEEL text to trees: a Pratt parser for expressions, and unary tests on top of it.

Claim: what is read is read as DMN 1.5 says (grammar in 10.3.1.2); everything else ends in a FeelError with the exact
reason and place, and says whether FEEL allows it (`unsupported`) or not.
Not covered, and refused: `for`, `some`, `every`, function definitions, contexts, filters, `instance of`, and calls of
functions outside `builtins`.
"""

from decimal import Decimal
from typing import TypeVar

from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.dmn.feel.builtins import SIGNATURES
from redflag_kit.dmn.feel.cursor import Cursor
from redflag_kit.dmn.feel.operators import AND, BINARY, COMPARE, OR, ORDERINGS, REFUSED, RESERVED, WORDS
from redflag_kit.dmn.feel.properties import part_names
from redflag_kit.dmn.feel.scope import Scope, names_of
from redflag_kit.dmn.feel.syntax import (
    Arithmetic,
    Between,
    Call,
    Comparison,
    Expression,
    If,
    In,
    Interval,
    Junction,
    ListOf,
    Literal,
    Name,
    Negation,
    Ordering,
    Path,
    Test,
    Tested,
    UnaryTests,
    children,
)
from redflag_kit.dmn.feel.temporal_text import names_a_zone, parse_at
from redflag_kit.dmn.feel.tokens import FeelError, Sort, Token
from redflag_kit.dmn.feel.types import Kind, Type
from redflag_kit.dmn.feel.values import DIGITS

TestNode = TypeVar("TestNode", bound=Test)

DEPTH_LIMIT = 60
"""How deep brackets and the like may be nested."""

TREE_LIMIT = 200
"""How deep a tree may be: `a or b or c` is one level deeper with each part."""

LENGTH_LIMIT = 1_000
"""How long a number may be, zeros that say nothing included."""

_PARTS = names_of(name for kind in Kind for name in part_names(kind))
_FUNCTIONS = names_of(SIGNATURES)


def parse_expression(text: str, scope: Scope) -> Expression:
    """Read an expression. Raises FeelError."""
    parser = _Parser(text, scope)
    node = parser.expression(0)
    parser.expect_end()
    return _bounded(node)


def parse_unary_tests(text: str, scope: Scope) -> UnaryTests:
    """Read the tests of a cell. Raises FeelError."""
    parser = _Parser(text, scope)
    tests = parser.unary_tests()
    for test in tests.tests:
        _bounded(test)
    return tests


def _bounded(node: TestNode) -> TestNode:
    """Refuse a tree that is too deep for what walks it."""
    level: list[Test] = [node]
    for _ in range(TREE_LIMIT):
        level = [part for one in level for part in children(one)]
        if not level:
            return node
    raise FeelError(node.start, node.end, "the expression is nested too deeply", "split it", unsupported=True)


class _Parser(Cursor):
    """Reads the tokens of one text from left to right."""

    def __init__(self, text: str, scope: Scope) -> None:
        super().__init__(text)
        self._scope = scope
        self._depth = 0
        self._in_endpoint = False

    # unary tests

    def unary_tests(self) -> UnaryTests:
        """Read grammar rule 15."""
        end = self.tokens[-1].end
        if [token.text for token in self.tokens[:-1]] == ["-"]:
            return UnaryTests(self.token.start, end, ())
        refused: FeelError | None = None
        if [token.text for token in self.tokens[:2]] == ["not", "("]:
            try:
                tests = self._negated_tests()
                if self.token.sort is Sort.END:
                    return UnaryTests(self.tokens[0].start, end, tests, True)
            except FeelError as error:
                refused = error
            # It may still be an expression that starts with the function, e.g. `not(a) and b`.
            self.at = self._depth = 0
            self._in_endpoint = False
        try:
            tests = self._tests("")
        except FeelError as error:
            raise refused or error from None
        return UnaryTests(tests[0].start, end, tests)

    def _negated_tests(self) -> tuple[Test, ...]:
        self.at = 2
        tests = self._tests(")")
        self.expect(")", ",")
        return tests

    def _tests(self, end: str) -> tuple[Test, ...]:
        tests = [self._test()]
        while self.is_at(","):
            self.take()
            tests.append(self._test())
        if end == "" and self.token.sort is not Sort.END:
            self.expect_end()
        return tuple(tests)

    def _test(self) -> Test:
        token = self.token
        if token.sort is Sort.SIGN and token.text in ORDERINGS:
            self.take()
            if self.is_at("=", "<", ">"):
                raise self.unexpected("write one of `<`, `<=`, `>`, `>=`")
            endpoint = self.expression(COMPARE)
            return Ordering(token.start, endpoint.end, token.text, endpoint)
        if token.sort is Sort.SIGN and token.text in ("=", "!="):
            advice = "write the value alone" if token.text == "=" else "write `not(...)` around the values"
            raise FeelError(token.start, token.end, f"`{token.text}` is no unary test", advice)
        return self.expression(0)

    # expressions

    def expression(self, strength: int) -> Expression:
        """Read an expression whose operators bind more strongly than `strength`."""
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            token = self.token
            raise FeelError(token.start, token.end, "the expression is nested too deeply", "split it", unsupported=True)
        left = self._operand()
        while True:
            binding = self._binding()
            if binding <= strength:
                self._depth -= 1
                return left
            left = self._operation(left, binding)

    def _binding(self) -> int:
        token = self.token
        if token.sort is Sort.SIGN:
            return BINARY.get(token.text, 0)
        if token.sort is Sort.WORD:
            if token.text == "instance":
                raise self.unsupported(token, "`instance of` is")
            return WORDS.get(token.text, 0)
        return 0

    def _operation(self, left: Expression, binding: int) -> Expression:
        operator = self.take().text
        if operator == "between":
            low = self.expression(COMPARE)
            self.expect("and")
            high = self.expression(COMPARE)
            return Between(left.start, high.end, left, low, high)
        if operator == "in":
            return self._membership(left)
        right = self.expression(binding)
        if binding in (OR, AND):
            return Junction(left.start, right.end, operator, left, right)
        kind = Comparison if binding == COMPARE else Arithmetic
        return kind(left.start, right.end, operator, left, right)

    def _membership(self, left: Expression) -> Expression:
        if self.is_at("("):
            before = self.at
            self.take()
            tests = self._tests(")")
            if self.is_at(")"):
                end = self.take().end
                if not self.is_at(".."):
                    return In(left.start, end, left, tests)
            self.at = before  # an open interval after all
        if self.token.sort is Sort.SIGN and self.token.text in ORDERINGS:
            test = self._test()
        else:
            test = self.expression(COMPARE)
        return In(left.start, test.end, left, (test,))

    def _operand(self) -> Expression:
        if self.is_at("-"):
            sign = self.take()
            operand = self._negated()
            if isinstance(operand, Literal) and isinstance(operand.value, Decimal):
                return Literal(sign.start, operand.end, operand.value.copy_negate() if operand.value else operand.value)
            return Negation(sign.start, operand.end, operand)
        return self._postfix(self._primary())

    def _negated(self) -> Expression:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            token = self.token
            raise FeelError(token.start, token.end, "the expression is nested too deeply", "split it", unsupported=True)
        operand = self._operand()
        self._depth -= 1
        return operand

    def _postfix(self, node: Expression) -> Expression:
        while True:
            if self.is_at("."):
                self.take()
                node = self._path(node)
            elif self.is_at("[") and not self._in_endpoint:
                raise self.unsupported(self.token, "filters and list positions (`list[...]`) are")
            elif self.is_at("("):
                raise self.unsupported(self.token, "calling the value of an expression is")
            else:
                return node

    def _path(self, subject: Expression) -> Expression:
        kind = self._type(subject)
        kind = kind.item if kind and kind.kind is Kind.LIST else kind
        fields = self._scope.fields(kind).match(self.tokens, self.at) if kind else None
        if found := fields or _PARTS.match(self.tokens, self.at):
            name, count = found
            self.at += count
        elif self.token.sort is Sort.WORD:
            name = self.take().text
        else:
            raise self.unexpected("a name is expected after the full stop")
        return Path(subject.start, self.tokens[self.at - 1].end, subject, name)

    def _type(self, node: Expression) -> Type | None:
        if isinstance(node, Name):
            return self._scope.types.get(node.name)
        if isinstance(node, Path):
            parent = self._type(node.subject)
            return parent.field(node.name) if parent else None
        return None

    def _primary(self) -> Expression:
        token = self.token
        if token.sort is Sort.NUMBER:
            self.take()
            return Literal(token.start, token.end, _number(token))
        if token.sort is Sort.STRING:
            self.take()
            return Literal(token.start, token.end, token.value)
        if token.sort is Sort.WORD:
            return self._word(token)
        if token.text == "@":
            return self._at_literal()
        if token.text in ("(", "[", "]"):
            return self._bracket()
        if token.text == "{":
            raise self.unsupported(token, "contexts in braces are")
        raise self.unexpected("a value is expected here")

    def _word(self, token: Token) -> Expression:
        function = _FUNCTIONS.match(self.tokens, self.at)
        known = self._scope.names.match(self.tokens, self.at)
        if function and self.tokens[self.at + function[1]].text == "(" and (not known or known[1] <= function[1]):
            self.at += function[1]
            return self._call(function[0], token)
        if known:
            self.at += known[1]
            return Name(token.start, self.tokens[self.at - 1].end, known[0])
        if token.text in ("true", "false", "null"):
            self.take()
            return Literal(token.start, token.end, {"true": True, "false": False}.get(token.text))
        if token.text == "?":
            self.take()
            return Tested(token.start, token.end)
        if token.text == "if":
            return self._conditional()
        if token.text in REFUSED:
            raise self.unsupported(token, REFUSED[token.text])
        if token.text in RESERVED:
            raise self.unexpected("a value is expected here")
        return self._unknown(token)

    def _unknown(self, token: Token) -> Expression:
        """Take what looks like a name; that it is unknown is said by the check, which can go on to the next one."""
        self.take()
        while self.token.sort is Sort.WORD and self.token.text not in RESERVED:
            self.take()
        last = self.tokens[self.at - 1]
        words = [one.text for one in self.tokens if token.start <= one.start <= last.start]
        if self.is_at("("):
            name = " ".join(words)
            advice = did_you_mean(name, SIGNATURES) or "docs/dmn.md lists the functions that are supported"
            message = f"function {quoted(name)} is not supported"
            raise FeelError(token.start, last.end, message, advice, unsupported=True)
        return Name(token.start, last.end, " ".join(words))

    def _conditional(self) -> Expression:
        start = self.take().start
        condition = self.expression(0)
        self.expect("then")
        then = self.expression(0)
        self.expect("else")
        otherwise = self.expression(0)
        return If(start, otherwise.end, condition, then, otherwise)

    def _at_literal(self) -> Expression:
        sign = self.take()
        token = self.token
        if token.sort is not Sort.STRING:
            raise self.unexpected('write e.g. `@"2019-03-31"`')
        self.take()
        value = parse_at(token.value)
        if value is None:
            if names_a_zone(token.value):
                raise self.unsupported(token, "time zones by name are")
            message = f"{quoted(token.value)} is no date, time, date and time or duration"
            raise FeelError(sign.start, token.end, message, "write e.g. `2019-03-31`, `23:59:00Z` or `P3DT4H`")
        return Literal(sign.start, token.end, value)

    def _bracket(self) -> Expression:
        """Read a list, an interval or an expression in parentheses."""
        opening = self.take()
        outer, self._in_endpoint = self._in_endpoint, False
        if opening.text == "[" and self.is_at("]"):
            self._in_endpoint = outer
            return ListOf(opening.start, self.take().end, ())
        first = self.expression(0)
        if self.is_at(".."):
            node = self._interval(opening, first)
        elif opening.text == "(":
            self.expect(")", "..")
            node = first
        elif opening.text == "[":
            node = self._list(opening, first)
        else:
            raise self.unexpected("`..` is expected here: `]` opens an interval")
        self._in_endpoint = outer
        return node

    def _list(self, opening: Token, first: Expression) -> Expression:
        items = [first]
        while self.is_at(","):
            self.take()
            items.append(self.expression(0))
        return ListOf(opening.start, self.expect("]", ",").end, tuple(items))

    def _interval(self, opening: Token, low: Expression) -> Expression:
        self.take()
        self._in_endpoint = True
        high = self.expression(0)
        closing = self.expect("]", ")", "[")
        return Interval(opening.start, closing.end, low, high, opening.text == "[", closing.text == "]")

    def _call(self, function: str, token: Token) -> Expression:
        self.take()
        outer, self._in_endpoint = self._in_endpoint, False
        arguments: list[Expression] = []
        names: list[str] = []
        while not self.is_at(")"):
            if arguments:
                self.expect(",", ")")
            if name := self._argument_name():
                names.append(name)
            arguments.append(self.expression(0))
        end = self.take().end
        self._in_endpoint = outer
        if names and len(names) != len(arguments):
            raise FeelError(token.start, end, "either all arguments have names or none", "name all of them")
        return Call(token.start, end, function, tuple(arguments), tuple(names))

    def _argument_name(self) -> str:
        """Take `name:` if it stands here."""
        at = self.at
        while self.tokens[at].sort is Sort.WORD:
            at += 1
        if at == self.at or self.tokens[at].text != ":":
            return ""
        name = " ".join(token.text for token in self.tokens[self.at : at])
        self.at = at + 1
        return name


def _number(token: Token) -> Decimal:
    if len(token.text.replace(".", "").strip("0")) > DIGITS or len(token.text) > LENGTH_LIMIT:
        raise FeelError(token.start, token.end, f"a number has more than {DIGITS} digits", "round it")
    return Decimal(token.text)
