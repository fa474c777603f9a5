"""Equality, order and membership of FEEL values in three-valued logic: True, False, or None for null.

SOURCE: DMN 1.5, tables 50 to 55. Where the standard leaves a choice: null equals null alone, whatever expression gave
it; a time without an offset takes the offset of the one it is compared with, for `=` as for `<`.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from redflag_kit.dmn.feel.temporal import Date, DateTime, DaysTime, Time, YearsMonths
from redflag_kit.dmn.feel.values import ContextValue, Range, Value

Truth = bool | None


def both(left: Value, right: Value) -> Truth:
    """Return `left and right`; what is neither true nor false counts as null."""
    if left is False or right is False:
        return False
    return True if left is True and right is True else None


def either(left: Value, right: Value) -> Truth:
    """Return `left or right`."""
    if left is True or right is True:
        return True
    return False if left is False and right is False else None


def some(truths: Iterable[Value]) -> Truth:
    """Return the disjunction of any number of values."""
    result: Truth = False
    for truth in truths:
        result = either(result, truth)
    return result


def negation(value: Value) -> Truth:
    """Return `not(value)`."""
    return not value if isinstance(value, bool) else None


def equal(left: Value, right: Value) -> Truth:
    """Return `left = right`; null for values of different kinds."""
    if left is None or right is None:
        return left is right
    if isinstance(left, bool) or isinstance(right, bool):
        return left == right if isinstance(left, bool) and isinstance(right, bool) else None
    if isinstance(left, tuple) and isinstance(right, tuple):
        return _all_equal(zip(left, right, strict=True)) if len(left) == len(right) else False
    if isinstance(left, ContextValue) and isinstance(right, ContextValue):
        if left.names != right.names:
            return False
        return _all_equal((left.get(name), right.get(name)) for name in sorted(left.names))
    if isinstance(left, Range) and isinstance(right, Range):
        flags = (left.start_included, left.end_included) == (right.start_included, right.end_included)
        return both(flags, _all_equal([(left.start, right.start), (left.end, right.end)]))
    keys = _keys(left, right)
    return keys[0] == keys[1] if keys else None


def _all_equal(pairs: Iterable[tuple[Value, Value]]) -> Truth:
    result: Truth = True
    for left, right in pairs:
        result = both(result, equal(left, right))
    return result


def less(left: Value, right: Value) -> Truth:
    """Return `left < right`; null for values that have no order or are of different kinds."""
    keys = _keys(left, right)
    return keys[0] < keys[1] if keys else None


def at_most(left: Value, right: Value) -> Truth:
    """Return `left <= right`."""
    keys = _keys(left, right)
    return keys[0] <= keys[1] if keys else None


def _keys(left: Value, right: Value) -> tuple[Any, Any] | None:
    """Return what two values of one kind are ordered by, or nothing."""
    match left, right:
        case (bool(), _) | (_, bool()):
            return None
        case (Decimal(), Decimal()) | (str(), str()):
            return left, right
        case (Date(), Date()):
            return left.days, right.days
        case (Time(), Time()):
            return _instants(left, right)
        case (DateTime(), DateTime()):
            return _instants(left, right)
        case (YearsMonths(), YearsMonths()):
            return left.months, right.months
        case (DaysTime(), DaysTime()):
            return left.seconds, right.seconds
    return None


def _instants(left: Time | DateTime, right: Time | DateTime) -> tuple[Fraction, Fraction]:
    one, other = _offset(left), _offset(right)
    first = one if one is not None else other or 0
    second = other if other is not None else first
    return left.seconds - first, right.seconds - second


def _offset(value: Time | DateTime) -> int | None:
    return value.time.offset if isinstance(value, DateTime) else value.offset


def compare(operator: str, left: Value, right: Value) -> Truth:
    """Return `left OPERATOR right` for one of `= != < <= > >=`."""
    match operator:
        case "=":
            return equal(left, right)
        case "!=":
            return negation(equal(left, right))
        case "<":
            return less(left, right)
        case "<=":
            return at_most(left, right)
        case ">":
            return less(right, left)
    return at_most(right, left)


def within(value: Value, bounds: Range) -> Truth:
    """Return `value in bounds`; an end that was never given bounds nothing."""
    low: Truth = True
    if bounds.start is not None:
        low = at_most(bounds.start, value) if bounds.start_included else less(bounds.start, value)
    high: Truth = True
    if bounds.end is not None:
        high = at_most(value, bounds.end) if bounds.end_included else less(value, bounds.end)
    return both(low, high)


def member(value: Value, target: Value) -> Truth:
    """Return `value in target`: inside a range, among the members of a list, or equal."""
    if isinstance(target, Range):
        return within(value, target)
    if isinstance(target, tuple):
        inside = some(member_of(value, one) for one in target)
        return either(equal(value, target), inside) if isinstance(value, tuple) else inside
    return equal(value, target)


def member_of(value: Value, item: Value) -> Truth:
    """Say whether a value is one member of a list, or inside it if the member is a range."""
    return within(value, item) if isinstance(item, Range) and not isinstance(value, Range) else equal(value, item)
