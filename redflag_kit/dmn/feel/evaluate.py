"""The value of a FEEL expression, and the truth of unary tests: the tree walked word by word, as the standard reads.

Claim: this is the reference. It is small and shares no code with what analyses tables.
"""

from collections.abc import Mapping

from redflag_kit.dmn.feel.arithmetic import arithmetic, negative
from redflag_kit.dmn.feel.builtins import SIGNATURES, call
from redflag_kit.dmn.feel.compare import Truth, both, compare, either, member, some, within
from redflag_kit.dmn.feel.properties import part_of
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
    is_constant,
    uses_tested,
)
from redflag_kit.dmn.feel.types import BOOLEAN
from redflag_kit.dmn.feel.values import Range, Value


def evaluate(node: Expression, scope: Mapping[str, Value], tested: Value = None) -> Value:
    """Return the value of an expression; a name that the scope does not have is null, `?` is the tested value."""
    match node:
        case Literal():
            return node.value
        case Name():
            return scope.get(node.name)
        case Tested():
            return tested
        case Path():
            return part_of(evaluate(node.subject, scope, tested), node.name)
        case ListOf():
            return tuple(evaluate(item, scope, tested) for item in node.items)
        case Interval():
            return _range(node, scope, tested)
        case Negation():
            return negative(evaluate(node.operand, scope, tested))
        case Arithmetic():
            return arithmetic(node.operator, evaluate(node.left, scope, tested), evaluate(node.right, scope, tested))
        case Comparison():
            return compare(node.operator, evaluate(node.left, scope, tested), evaluate(node.right, scope, tested))
        case Junction():
            join = both if node.operator == "and" else either
            return join(evaluate(node.left, scope, tested), evaluate(node.right, scope, tested))
        case Between():
            value = evaluate(node.value, scope, tested)
            low, high = evaluate(node.low, scope, tested), evaluate(node.high, scope, tested)
            return both(compare(">=", value, low), compare("<=", value, high))
        case In():
            value = evaluate(node.value, scope, tested)
            return some(holds(test, value, scope) for test in node.tests)
        case If():
            chosen = node.then if evaluate(node.condition, scope, tested) is True else node.otherwise
            return evaluate(chosen, scope, tested)
        case Call():
            arguments = tuple(evaluate(one, scope, tested) for one in node.arguments)
            return call(node.function, arguments, node.names)


def _range(node: Interval, scope: Mapping[str, Value], tested: Value) -> Value:
    """Return a range, or null if its ends are not in order or one is null."""
    low, high = evaluate(node.low, scope, tested), evaluate(node.high, scope, tested)
    if compare("<=", low, high) is not True:
        return None
    return Range(low, high, node.low_included, node.high_included)


def holds(test: Test, value: Value, scope: Mapping[str, Value]) -> Truth:
    """Return whether a value passes one test: True, False, or None for null."""
    match test:
        case Ordering():
            return compare(test.operator, value, evaluate(test.endpoint, scope, value))
        case Interval():
            return _between(test, value, scope)
        case ListOf():
            return some(_inside(item, value, scope) for item in test.items)
    target = evaluate(test, scope, value)
    if uses_tested(test) and (isinstance(target, bool) or _is_condition(test)):
        return target if isinstance(target, bool) else None
    return member(value, target)


def _is_condition(node: Test) -> bool:
    """Say whether an expression is there to be true or false: if it comes to null, it is not true."""
    if isinstance(node, If):
        return _is_condition(node.then) or _is_condition(node.otherwise)
    if isinstance(node, Call):
        return SIGNATURES[node.function].result == BOOLEAN
    return isinstance(node, Comparison | Junction | Between | In)


def _inside(item: Expression, value: Value, scope: Mapping[str, Value]) -> Truth:
    if isinstance(item, Interval):
        return _between(item, value, scope)
    target = evaluate(item, scope, value)
    return within(value, target) if isinstance(target, Range) else compare("=", value, target)


def _between(node: Interval, value: Value, scope: Mapping[str, Value]) -> Truth:
    # SOURCE: DMN 1.5, table 55: two comparisons, so an empty interval is false and an end that is null never true.
    low, high = evaluate(node.low, scope, value), evaluate(node.high, scope, value)
    above = compare(">=" if node.low_included else ">", value, low)
    return both(above, compare("<=" if node.high_included else "<", value, high))


def satisfies(tests: UnaryTests, value: Value, scope: Mapping[str, Value]) -> bool:
    """Say whether a value satisfies the tests of a cell. SOURCE: DMN 1.5, 10.3.2.10 and 8.2.8 for `-`."""
    if tests.is_any:
        return True
    truth = some(holds(test, value, scope) for test in tests.tests)
    return truth is False if tests.negated else truth is True


def constant(node: Expression) -> tuple[Value] | None:
    """Return the value of an expression without variables in a tuple, or nothing if it has some."""
    return (evaluate(node, {}),) if is_constant(node) else None
