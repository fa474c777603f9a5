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
from redflag_kit.dmn.feel.tokens import FeelError, Sort, Token, tokens_of
from redflag_kit.dmn.feel.types import Kind, Type
from redflag_kit.dmn.feel.values import DIGITS

TestNode = TypeVar("TestNode", bound=Test)

DEPTH_LIMIT = 60
"""How deep brackets and the like may be nested."""

TREE_LIMIT = 200
"""How deep a tree may be: `a or b or c` is one level deeper with each part."""

LENGTH_LIMIT = 1_000
"""How long a number may be, zeros that say nothing included."""

_ORDERINGS = frozenset({"<", "<=", ">", ">="})
_COMPARISONS = _ORDERINGS | {"=", "!="}
# Binding strength; SOURCE: DMN 1.5, order of alternatives in grammar rules 2 and 4. All are left associative.
_OR, _AND, _COMPARE, _ADD, _MULTIPLY, _POWER = 1, 2, 3, 4, 5, 6
_BINARY = {"+": _ADD, "-": _ADD, "*": _MULTIPLY, "/": _MULTIPLY, "**": _POWER} | dict.fromkeys(_COMPARISONS, _COMPARE)
_WORDS = {"or": _OR, "and": _AND, "between": _COMPARE, "in": _COMPARE}
_REFUSED = {
    "for": "`for` loops are",
    "some": "`some ... satisfies` is",
    "every": "`every ... satisfies` is",
    "function": "functions defined in place are",
    "external": "external functions are",
}
_RESERVED = frozenset(
    {"if", "then", "else", "and", "or", "between", "in", "instance", "return", "satisfies", *_REFUSED}
)
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


class _Parser:
    """Reads the tokens of one text from left to right."""

    def __init__(self, text: str, scope: Scope) -> None:
        self._tokens = tokens_of(text)
        self._scope = scope
        self._at = 0
        self._depth = 0
        self._in_endpoint = False

    # the tokens

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        if token.sort is not Sort.END:
            self._at += 1
        return token

    def _is(self, *texts: str) -> bool:
        return self._token.sort in (Sort.SIGN, Sort.WORD) and self._token.text in texts

    def _expect(self, *texts: str) -> Token:
        if not self._is(*texts):
            wanted = " or ".join(f"`{text}`" for text in texts)
            raise self._unexpected(f"{wanted} is expected here")
        return self._take()

    def _unexpected(self, advice: str) -> FeelError:
        token = self._token
        if len(self._tokens) == 1:
            return FeelError(0, 0, "an expression is missing here", "write one")
        if token.sort is Sort.END:
            return FeelError(max(0, token.start - 1), token.end, "the text ends too early", advice)
        return FeelError(token.start, token.end, f"{quoted(token.text)} has no meaning here", advice)

    def expect_end(self) -> None:
        """Refuse what is left over."""
        token = self._token
        if token.sort is Sort.END:
            return
        if token.text in ("{", "}"):
            raise self._unsupported(token, "contexts in braces are")
        raise self._unexpected("write one expression, with texts in double quotes")

    def _unsupported(self, token: Token, what: str) -> FeelError:
        advice = "write it with what docs/dmn.md lists, or make its value an input"
        return FeelError(token.start, token.end, f"{what} not supported", advice, unsupported=True)

    # unary tests

    def unary_tests(self) -> UnaryTests:
        """Read grammar rule 15."""
        end = self._tokens[-1].end
        if [token.text for token in self._tokens[:-1]] == ["-"]:
            return UnaryTests(self._token.start, end, ())
        refused: FeelError | None = None
        if [token.text for token in self._tokens[:2]] == ["not", "("]:
            try:
                tests = self._negated_tests()
                if self._token.sort is Sort.END:
                    return UnaryTests(self._tokens[0].start, end, tests, True)
            except FeelError as error:
                refused = error
            # It may still be an expression that starts with the function, e.g. `not(a) and b`.
            self._at = self._depth = 0
            self._in_endpoint = False
        try:
            tests = self._tests("")
        except FeelError as error:
            raise refused or error from None
        return UnaryTests(tests[0].start, end, tests)

    def _negated_tests(self) -> tuple[Test, ...]:
        self._at = 2
        tests = self._tests(")")
        self._expect(")", ",")
        return tests

    def _tests(self, end: str) -> tuple[Test, ...]:
        tests = [self._test()]
        while self._is(","):
            self._take()
            tests.append(self._test())
        if end == "" and self._token.sort is not Sort.END:
            self.expect_end()
        return tuple(tests)

    def _test(self) -> Test:
        token = self._token
        if token.sort is Sort.SIGN and token.text in _ORDERINGS:
            self._take()
            if self._is("=", "<", ">"):
                raise self._unexpected("write one of `<`, `<=`, `>`, `>=`")
            endpoint = self.expression(_COMPARE)
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
            token = self._token
            raise FeelError(token.start, token.end, "the expression is nested too deeply", "split it", unsupported=True)
        left = self._operand()
        while True:
            binding = self._binding()
            if binding <= strength:
                self._depth -= 1
                return left
            left = self._operation(left, binding)

    def _binding(self) -> int:
        token = self._token
        if token.sort is Sort.SIGN:
            return _BINARY.get(token.text, 0)
        if token.sort is Sort.WORD:
            if token.text == "instance":
                raise self._unsupported(token, "`instance of` is")
            return _WORDS.get(token.text, 0)
        return 0

    def _operation(self, left: Expression, binding: int) -> Expression:
        operator = self._take().text
        if operator == "between":
            low = self.expression(_COMPARE)
            self._expect("and")
            high = self.expression(_COMPARE)
            return Between(left.start, high.end, left, low, high)
        if operator == "in":
            return self._membership(left)
        right = self.expression(binding)
        if binding in (_OR, _AND):
            return Junction(left.start, right.end, operator, left, right)
        kind = Comparison if binding == _COMPARE else Arithmetic
        return kind(left.start, right.end, operator, left, right)

    def _membership(self, left: Expression) -> Expression:
        if self._is("("):
            before = self._at
            self._take()
            tests = self._tests(")")
            if self._is(")"):
                end = self._take().end
                if not self._is(".."):
                    return In(left.start, end, left, tests)
            self._at = before  # an open interval after all
        if self._token.sort is Sort.SIGN and self._token.text in _ORDERINGS:
            test = self._test()
        else:
            test = self.expression(_COMPARE)
        return In(left.start, test.end, left, (test,))

    def _operand(self) -> Expression:
        if self._is("-"):
            sign = self._take()
            operand = self._negated()
            if isinstance(operand, Literal) and isinstance(operand.value, Decimal):
                return Literal(sign.start, operand.end, operand.value.copy_negate() if operand.value else operand.value)
            return Negation(sign.start, operand.end, operand)
        return self._postfix(self._primary())

    def _negated(self) -> Expression:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            token = self._token
            raise FeelError(token.start, token.end, "the expression is nested too deeply", "split it", unsupported=True)
        operand = self._operand()
        self._depth -= 1
        return operand

    def _postfix(self, node: Expression) -> Expression:
        while True:
            if self._is("."):
                self._take()
                node = self._path(node)
            elif self._is("[") and not self._in_endpoint:
                raise self._unsupported(self._token, "filters and list positions (`list[...]`) are")
            elif self._is("("):
                raise self._unsupported(self._token, "calling the value of an expression is")
            else:
                return node

    def _path(self, subject: Expression) -> Expression:
        kind = self._type(subject)
        kind = kind.item if kind and kind.kind is Kind.LIST else kind
        fields = self._scope.fields(kind).match(self._tokens, self._at) if kind else None
        if found := fields or _PARTS.match(self._tokens, self._at):
            name, count = found
            self._at += count
        elif self._token.sort is Sort.WORD:
            name = self._take().text
        else:
            raise self._unexpected("a name is expected after the full stop")
        return Path(subject.start, self._tokens[self._at - 1].end, subject, name)

    def _type(self, node: Expression) -> Type | None:
        if isinstance(node, Name):
            return self._scope.types.get(node.name)
        if isinstance(node, Path):
            parent = self._type(node.subject)
            return parent.field(node.name) if parent else None
        return None

    def _primary(self) -> Expression:
        token = self._token
        if token.sort is Sort.NUMBER:
            self._take()
            return Literal(token.start, token.end, _number(token))
        if token.sort is Sort.STRING:
            self._take()
            return Literal(token.start, token.end, token.value)
        if token.sort is Sort.WORD:
            return self._word(token)
        if token.text == "@":
            return self._at_literal()
        if token.text in ("(", "[", "]"):
            return self._bracket()
        if token.text == "{":
            raise self._unsupported(token, "contexts in braces are")
        raise self._unexpected("a value is expected here")

    def _word(self, token: Token) -> Expression:
        function = _FUNCTIONS.match(self._tokens, self._at)
        known = self._scope.names.match(self._tokens, self._at)
        if function and self._tokens[self._at + function[1]].text == "(" and (not known or known[1] <= function[1]):
            self._at += function[1]
            return self._call(function[0], token)
        if known:
            self._at += known[1]
            return Name(token.start, self._tokens[self._at - 1].end, known[0])
        if token.text in ("true", "false", "null"):
            self._take()
            return Literal(token.start, token.end, {"true": True, "false": False}.get(token.text))
        if token.text == "?":
            self._take()
            return Tested(token.start, token.end)
        if token.text == "if":
            return self._conditional()
        if token.text in _REFUSED:
            raise self._unsupported(token, _REFUSED[token.text])
        if token.text in _RESERVED:
            raise self._unexpected("a value is expected here")
        return self._unknown(token)

    def _unknown(self, token: Token) -> Expression:
        """Take what looks like a name; that it is unknown is said by the check, which can go on to the next one."""
        self._take()
        while self._token.sort is Sort.WORD and self._token.text not in _RESERVED:
            self._take()
        last = self._tokens[self._at - 1]
        words = [one.text for one in self._tokens if token.start <= one.start <= last.start]
        if self._is("("):
            name = " ".join(words)
            advice = did_you_mean(name, SIGNATURES) or "docs/dmn.md lists the functions that are supported"
            message = f"function {quoted(name)} is not supported"
            raise FeelError(token.start, last.end, message, advice, unsupported=True)
        return Name(token.start, last.end, " ".join(words))

    def _conditional(self) -> Expression:
        start = self._take().start
        condition = self.expression(0)
        self._expect("then")
        then = self.expression(0)
        self._expect("else")
        otherwise = self.expression(0)
        return If(start, otherwise.end, condition, then, otherwise)

    def _at_literal(self) -> Expression:
        sign = self._take()
        token = self._token
        if token.sort is not Sort.STRING:
            raise self._unexpected('write e.g. `@"2019-03-31"`')
        self._take()
        value = parse_at(token.value)
        if value is None:
            if names_a_zone(token.value):
                raise self._unsupported(token, "time zones by name are")
            message = f"{quoted(token.value)} is no date, time, date and time or duration"
            raise FeelError(sign.start, token.end, message, "write e.g. `2019-03-31`, `23:59:00Z` or `P3DT4H`")
        return Literal(sign.start, token.end, value)

    def _bracket(self) -> Expression:
        """Read a list, an interval or an expression in parentheses."""
        opening = self._take()
        outer, self._in_endpoint = self._in_endpoint, False
        if opening.text == "[" and self._is("]"):
            self._in_endpoint = outer
            return ListOf(opening.start, self._take().end, ())
        first = self.expression(0)
        if self._is(".."):
            node = self._interval(opening, first)
        elif opening.text == "(":
            self._expect(")", "..")
            node = first
        elif opening.text == "[":
            node = self._list(opening, first)
        else:
            raise self._unexpected("`..` is expected here: `]` opens an interval")
        self._in_endpoint = outer
        return node

    def _list(self, opening: Token, first: Expression) -> Expression:
        items = [first]
        while self._is(","):
            self._take()
            items.append(self.expression(0))
        return ListOf(opening.start, self._expect("]", ",").end, tuple(items))

    def _interval(self, opening: Token, low: Expression) -> Expression:
        self._take()
        self._in_endpoint = True
        high = self.expression(0)
        closing = self._expect("]", ")", "[")
        return Interval(opening.start, closing.end, low, high, opening.text == "[", closing.text == "]")

    def _call(self, function: str, token: Token) -> Expression:
        self._take()
        outer, self._in_endpoint = self._in_endpoint, False
        arguments: list[Expression] = []
        names: list[str] = []
        while not self._is(")"):
            if arguments:
                self._expect(",", ")")
            if name := self._argument_name():
                names.append(name)
            arguments.append(self.expression(0))
        end = self._take().end
        self._in_endpoint = outer
        if names and len(names) != len(arguments):
            raise FeelError(token.start, end, "either all arguments have names or none", "name all of them")
        return Call(token.start, end, function, tuple(arguments), tuple(names))

    def _argument_name(self) -> str:
        """Take `name:` if it stands here."""
        at = self._at
        while self._tokens[at].sort is Sort.WORD:
            at += 1
        if at == self._at or self._tokens[at].text != ":":
            return ""
        name = " ".join(token.text for token in self._tokens[self._at : at])
        self._at = at + 1
        return name


def _number(token: Token) -> Decimal:
    if len(token.text.replace(".", "").strip("0")) > DIGITS or len(token.text) > LENGTH_LIMIT:
        raise FeelError(token.start, token.end, f"a number has more than {DIGITS} digits", "round it")
    return Decimal(token.text)
