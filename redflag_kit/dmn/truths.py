"""Boolean FEEL expressions as conditions: where they are true, and where they are false.

Claim: `true` and `false` are exactly the values of the inputs for which `feel.evaluate` gives true and false; what is
in neither is null. A comparison of one value with constants is read off the representative values of its pieces.
Not covered: comparisons of two inputs, and arithmetic on inputs other than counting what holds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from redflag_kit.compile.expression import ALWAYS, Both, Count, Expression, Negation
from redflag_kit.dmn.domain import NotAnalysable
from redflag_kit.dmn.feel.evaluate import evaluate
from redflag_kit.dmn.feel.syntax import (
    Between,
    Call,
    Comparison,
    If,
    In,
    Interval,
    Junction,
    ListOf,
    Literal,
    Ordering,
    Test,
    UnaryTests,
    children,
    is_constant,
)
from redflag_kit.dmn.feel.syntax import Expression as Feel
from redflag_kit.dmn.feel.values import Value
from redflag_kit.dmn.paths import Plain, is_path, scope_of_paths, steps

NEVER = Count(1, ())


@dataclass(frozen=True, slots=True)
class Truths:
    """Where an expression is true and where it is false."""

    true: Expression
    false: Expression


Reads: TypeAlias = Callable[[Plain, Callable[[Value], Value]], Truths]
"""Gives, for a path and a function of its value, where that function is true and where it is false."""


def truths(node: Feel, reads: Reads) -> Truths:
    """Return where a boolean expression is true and false. Raises NotAnalysable for what cannot be told."""
    if is_constant(node):
        value = evaluate(node, {})
        return Truths(ALWAYS if value is True else NEVER, ALWAYS if value is False else NEVER)
    match node:
        case Junction():
            left, right = truths(node.left, reads), truths(node.right, reads)
            if node.operator == "and":
                return Truths(Both((left.true, right.true)), Count(1, (left.false, right.false)))
            return Truths(Count(1, (left.true, right.true)), Both((left.false, right.false)))
        case Call(function="not", arguments=(part,)):
            found = truths(part, reads)
            return Truths(found.false, found.true)
        case If():
            return _choice(node, reads)
        case Comparison(left=Call(function="sum", arguments=(ListOf(items=items),)), right=right) if is_constant(right):
            return _count(node, items, reads)
    path = compared(node)
    if path is None:
        raise NotAnalysable("it is computed in a way that is not analysed")
    names = steps(path)
    return reads(path, lambda value: evaluate(node, scope_of_paths({names: value})))


def compared(node: Test) -> Plain | None:
    """Return the one path that an expression compares with constants, None if it is not of that form."""
    match node:
        case Comparison(left=value, right=other) if is_path(value):
            return value if is_constant(other) else None
        case Comparison(left=other, right=value) if is_path(value):
            return value if is_constant(other) else None
        case In(value=value) if is_path(value):
            return value if all(is_constant(test) for test in node.tests) else None
        case Between(value=value) if is_path(value):
            return value if is_constant(node.low) and is_constant(node.high) else None
    return node if is_path(node) else None


def cuts_of(node: Test) -> Iterator[tuple[Plain, UnaryTests]]:
    """Yield, for every path that is compared with constants, tests that change wherever the comparison does."""
    path = compared(node)
    if path is not None:
        yield path, UnaryTests(0, 0, _as_tests(node))
        return
    for part in children(node):
        yield from cuts_of(part)


def _as_tests(node: Test) -> tuple[Test, ...]:
    match node:
        case Comparison(left=left, right=right):
            constant = right if is_constant(right) else left
            return (constant,) if node.operator in ("=", "!=") else (Ordering(0, 0, "<", constant),)
        case In():
            return node.tests
        case Between():
            return (Interval(0, 0, node.low, node.high, True, True),)
    return ()


def _choice(node: If, reads: Reads) -> Truths:
    condition = truths(node.condition, reads)
    then, other = truths(node.then, reads), truths(node.otherwise, reads)
    rest = Negation(condition.true)  # of a condition that is null, too, the other branch is taken
    return Truths(
        Count(1, (Both((condition.true, then.true)), Both((rest, other.true)))),
        Count(1, (Both((condition.true, then.false)), Both((rest, other.false)))),
    )


def _count(node: Comparison, items: tuple[Feel, ...], reads: Reads) -> Truths:
    """Return `sum([if a then 1 else 0, ...]) >= n`: a condition that is null counts as one that does not hold."""
    holding: list[Expression] = []
    for one in items:
        match one:
            case If(then=Literal(), otherwise=Literal()) if _is_number(one.then, 1) and _is_number(one.otherwise, 0):
                holding.append(truths(one.condition, reads).true)
            case _:
                raise NotAnalysable("it adds up something other than 1 for each condition that holds")
    parts = tuple(holding)
    counts = range(len(parts) + 1) if parts else ()  # the sum of no numbers is null
    answers = {
        count: evaluate(Comparison(0, 0, node.operator, Literal(0, 0, Decimal(count)), node.right), {})
        for count in counts
    }
    chosen = ([count for count, answer in answers.items() if answer is truth] for truth in (True, False))
    return Truths(*(Count(1, tuple(_exactly(count, parts) for count in found)) for found in chosen))


def _is_number(node: Feel, number: int) -> bool:
    return isinstance(node, Literal) and isinstance(node.value, Decimal) and node.value == number


def _exactly(count: int, parts: tuple[Expression, ...]) -> Expression:
    more = Negation(Count(count + 1, parts))
    return Both((Count(count, parts), more)) if count else more
