"""Static checks of FEEL: unknown names, and tests or operations that can only give null because of their types.

Claim: what is reported is wrong for every input. Values of type Any are left to run time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.dmn.feel.builtins import SIGNATURES, fits
from redflag_kit.dmn.feel.evaluate import constant
from redflag_kit.dmn.feel.properties import part_names, part_type
from redflag_kit.dmn.feel.scope import Scope
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
    uses_tested,
)
from redflag_kit.dmn.feel.temporal_text import names_a_zone
from redflag_kit.dmn.feel.types import (
    ANY,
    BOOLEAN,
    NULL,
    ORDERED,
    Kind,
    Type,
    common,
    list_of,
    may_conform,
    range_of,
    type_of,
)
from redflag_kit.dmn.feel.values import feel_text


class Trouble(Enum):
    """What is wrong with a well-formed expression."""

    UNKNOWN_NAME = "unknown name"
    TYPE = "type"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, by offsets into the text."""

    start: int
    end: int
    trouble: Trouble
    message: str
    help: str


def check_expression(node: Expression, scope: Scope) -> tuple[Type, tuple[Problem, ...]]:
    """Return the type of an expression, and what is wrong with it."""
    checker = _Checker(scope, None)
    kind = checker.type(node)
    return kind, tuple(checker.problems)


def check_tests(tests: UnaryTests, scope: Scope, tested: Type) -> tuple[Problem, ...]:
    """Return what is wrong with the tests of a cell whose column has a type."""
    checker = _Checker(scope, tested)
    for test in tests.tests:
        checker.test(test, tested)
    return tuple(checker.problems)


_NUMERIC = frozenset({Kind.NUMBER})
_DURATIONS = frozenset({Kind.DAYS_TIME, Kind.YEARS_MONTHS})
_MOMENTS = frozenset({Kind.DATE, Kind.TIME, Kind.DATE_TIME})
_SCALABLE = _NUMERIC | _DURATIONS


class _Checker:
    """Walks one tree and collects its problems."""

    def __init__(self, scope: Scope, tested: Type | None) -> None:
        self.problems: list[Problem] = []
        self._scope = scope
        self._tested = tested

    def _add(self, node: Test, trouble: Trouble, message: str, advice: str) -> None:
        self.problems.append(Problem(node.start, node.end, trouble, message, advice))

    def _clash(self, node: Test, message: str, advice: str) -> Type:
        self._add(node, Trouble.TYPE, message, advice)
        return ANY

    # unary tests

    def test(self, test: Test, tested: Type) -> None:
        """Check one test that is put to a value of a type."""
        match test:
            case Ordering():
                self._compared(test, tested, self.type(test.endpoint))
            case Interval():
                for end in (test.low, test.high):
                    self._compared(end, tested, self.type(end))
            case ListOf():
                for item in test.items:
                    self.test(item, tested)
            case _:
                self._member(test, tested)

    def _compared(self, node: Test, tested: Type, other: Type) -> None:
        if tested.kind not in ORDERED | {Kind.ANY, Kind.NULL}:
            self._clash(node, f"values of type `{tested}` have no order", "list the values instead")
        elif other.kind is Kind.NULL:
            self._clash(node, "nothing is less or greater than `null`", "write `null` alone to test for it")
        elif not may_conform(other, tested):
            self._clash(node, f"a value of type `{tested}` is compared with one of type `{other}`", _SAME)

    def _member(self, test: Expression, tested: Type) -> None:
        kind = self.type(test)
        if uses_tested(test):
            if kind.kind not in (Kind.BOOLEAN, Kind.ANY) and not may_conform(kind, tested):
                self._clash(test, f"a test that uses `?` gives type `{kind}`, not a boolean", "write a comparison")
            return
        choices = [kind] if kind.item is None else [kind, kind.item]
        choices += [kind.item.item] if kind.item and kind.item.kind is Kind.RANGE and kind.item.item else []
        if not any(may_conform(one, tested) for one in choices):
            self._clash(test, f"a value of type `{tested}` is compared with one of type `{kind}`", _SAME)

    # expressions

    def type(self, node: Expression) -> Type:
        """Return the type of an expression and note its problems."""
        match node:
            case Literal():
                return type_of(node.value)
            case Name():
                return self._name(node)
            case Tested():
                return self._question(node)
            case Path():
                return self._path(node)
            case ListOf():
                return list_of(common(tuple(self.type(item) for item in node.items)))
            case Interval():
                return self._interval(node)
            case Negation():
                return self._only(node, self.type(node.operand), _SCALABLE)
            case Arithmetic():
                return self._arithmetic(node)
            case Comparison() | Between():
                return self._comparison(node)
            case Junction():
                self._booleans(node)
                return BOOLEAN
            case In():
                tested = self.type(node.value)
                for test in node.tests:
                    self.test(test, tested)
                return BOOLEAN
            case If():
                self._condition(node.condition)
                return common((self.type(node.then), self.type(node.otherwise)))
            case Call():
                return self._call(node)

    def _name(self, node: Name) -> Type:
        if node.name in self._scope.types:
            return self._scope.types[node.name]
        advice = did_you_mean(node.name, self._scope.types)
        quotes = f'write `"{node.name}"` if a text is meant, or add an information requirement for it'
        self._add(node, Trouble.UNKNOWN_NAME, f"{quoted(node.name)} is not known here", advice or quotes)
        return ANY

    def _question(self, node: Tested) -> Type:
        if self._tested is None:
            self._add(node, Trouble.UNKNOWN_NAME, "`?` has a meaning in unary tests only", "name the value")
        return self._tested or ANY

    def _path(self, node: Path) -> Type:
        subject = self.type(node.subject)
        inner = subject.item if subject.kind is Kind.LIST and subject.item else subject
        if inner.kind in (Kind.ANY, Kind.NULL) or (inner.kind is Kind.CONTEXT and not inner.fields):
            return ANY
        found = part_type(inner, node.name)
        if found is None:
            known = [name for name, _ in inner.fields] or part_names(inner.kind)
            advice = did_you_mean(node.name, known) or f"its parts are: {', '.join(known) or 'none'}"
            self._add(node, Trouble.UNKNOWN_NAME, f"type `{inner}` has no part {quoted(node.name)}", advice)
            return ANY
        return list_of(found) if inner is not subject else found

    def _interval(self, node: Interval) -> Type:
        low, high = self.type(node.low), self.type(node.high)
        if not may_conform(low, high) and not may_conform(high, low):
            self._clash(node, f"an interval goes from type `{low}` to type `{high}`", _SAME)
        return range_of(common((low, high)))

    def _only(self, node: Expression, kind: Type, kinds: frozenset[Kind]) -> Type:
        if kind.kind in kinds | {Kind.ANY, Kind.NULL}:
            return kind
        return self._clash(node, f"a value of type `{kind}` has no negative", "use a number or a duration")

    def _arithmetic(self, node: Arithmetic) -> Type:
        left, right = self.type(node.left), self.type(node.right)
        if Kind.ANY in (left.kind, right.kind):
            return ANY
        if Kind.NULL in (left.kind, right.kind):
            return NULL
        result = _RESULTS[node.operator](left, right)
        if result is None:
            message = f"`{node.operator}` is not defined for types `{left}` and `{right}`"
            return self._clash(node, message, "use values that go together, or convert one of them")
        return result

    def _comparison(self, node: Comparison | Between) -> Type:
        first, *others = (self.type(part) for part in children(node) if not isinstance(part, Ordering))
        by_order = isinstance(node, Between) or node.operator not in ("=", "!=")
        for other in others:
            if by_order:
                self._compared(node, first, other)
            elif not may_conform(first, other) and not may_conform(other, first):
                self._clash(node, f"a value of type `{first}` is compared with one of type `{other}`", _SAME)
        return BOOLEAN

    def _booleans(self, node: Junction) -> None:
        for side in (node.left, node.right):
            self._condition(side)

    def _condition(self, node: Expression) -> None:
        kind = self.type(node)
        if not may_conform(kind, BOOLEAN):
            self._clash(node, f"a value of type `{kind}` stands where a condition belongs", "write a comparison")

    def _call(self, node: Call) -> Type:
        arguments = tuple(self.type(argument) for argument in node.arguments)
        function = SIGNATURES[node.function]
        if not fits(node.function, len(arguments), node.names):
            forms = " or ".join(f"`{node.function}({', '.join(form)})`" for form in function.forms)
            return self._clash(node, f"the arguments of `{node.function}` do not fit its parameters", f"write {forms}")
        value = constant(node)
        if value is None or not arguments or NULL in arguments:
            return function.result
        if value[0] is None and node.function != "not" and all(constant(one) != (None,) for one in node.arguments):
            self._nothing(node)
            return ANY
        return type_of(value[0]) if value[0] is not None else function.result

    def _nothing(self, node: Call) -> None:
        """Say that a call with fixed arguments has no value."""
        texts = [one.value for one in node.arguments if isinstance(one, Literal) and isinstance(one.value, str)]
        if any(names_a_zone(text) for text in texts):
            advice = "write the distance to UTC instead, e.g. `+01:00`"
            self._add(node, Trouble.UNSUPPORTED, "time zones by name are not supported", advice)
            return
        given = ", ".join(feel_text(one.value) for one in node.arguments if isinstance(one, Literal))
        message = (
            f"`{node.function}` has no value for {quoted(given)}" if given else f"`{node.function}` gives null here"
        )
        self._clash(node, message, "write a value that the function accepts")


_SAME = "compare values of one type"


def _sum(left: Type, right: Type) -> Type | None:
    if left.kind is right.kind and left.kind in _SCALABLE | {Kind.STRING}:
        return left
    if (
        left.kind in _MOMENTS
        and right.kind in _DURATIONS
        and not (left.kind is Kind.TIME and right.kind is Kind.YEARS_MONTHS)
    ):
        return left
    return _sum(right, left) if left.kind in _DURATIONS and right.kind in _MOMENTS else None


def _difference(left: Type, right: Type) -> Type | None:
    if left.kind in _MOMENTS and right.kind in _MOMENTS:
        fitting = (left.kind is Kind.TIME) == (right.kind is Kind.TIME)
        return Type(Kind.DAYS_TIME) if fitting else None
    if left.kind is Kind.STRING or right.kind in _MOMENTS:
        return None
    return _sum(left, right)


def _product(left: Type, right: Type) -> Type | None:
    if right.kind is Kind.NUMBER and left.kind in _SCALABLE:
        return left
    return right if left.kind is Kind.NUMBER and right.kind in _DURATIONS else None


def _quotient(left: Type, right: Type) -> Type | None:
    if right.kind is Kind.NUMBER and left.kind in _SCALABLE:
        return left
    return Type(Kind.NUMBER) if left.kind is right.kind and left.kind in _DURATIONS else None


def _power(left: Type, right: Type) -> Type | None:
    return left if left.kind is right.kind is Kind.NUMBER else None


_RESULTS: dict[str, Callable[[Type, Type], Type | None]] = {
    "+": _sum,
    "-": _difference,
    "*": _product,
    "/": _quotient,
    "**": _power,
}


def names_used(node: Test) -> Iterator[str]:
    """Yield the variables that a node uses, in order."""
    if isinstance(node, Name):
        yield node.name
    for part in children(node):
        yield from names_used(part)
