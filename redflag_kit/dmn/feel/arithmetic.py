"""Addition, subtraction, multiplication, division and powers of FEEL; null where the standard defines no result.

SOURCE: DMN 1.5, tables 56 to 60.
"""

from collections.abc import Callable
from decimal import Decimal, DecimalException
from fractions import Fraction

from redflag_kit.dmn.feel.temporal import (
    DAY_SECONDS,
    Date,
    DateTime,
    DaysTime,
    Time,
    YearsMonths,
    datetime_of_seconds,
    days_in,
    make_date,
    time_of_seconds,
)
from redflag_kit.dmn.feel.values import ARITHMETIC, Value, decimal_of

POWER_LIMIT = 999_999_999


def arithmetic(operator: str, left: Value, right: Value) -> Value:
    """Return `left OPERATOR right` for one of `+ - * / **`."""
    if isinstance(left, bool) or isinstance(right, bool):
        return None
    try:
        return _OPERATORS[operator](left, right)
    except DecimalException:
        return None


def negative(value: Value) -> Value:
    """Return `-value`; for a duration too, as `0 - value` is meant."""
    match value:
        case bool():
            return None
        case Decimal():
            return arithmetic("-", Decimal(0), value)
        case YearsMonths():
            return YearsMonths(-value.months)
        case DaysTime():
            return DaysTime(-value.seconds)
    return None


def _add(left: Value, right: Value) -> Value:
    match left, right:
        case (Decimal(), Decimal()):
            return ARITHMETIC.add(left, right)
        case (str(), str()):
            return left + right
        case (YearsMonths(), YearsMonths()):
            return YearsMonths(left.months + right.months)
        case (DaysTime(), DaysTime()):
            return DaysTime(left.seconds + right.seconds)
        case (Date() | DateTime() | Time(), YearsMonths() | DaysTime()):
            return _later(left, right)
        case (YearsMonths() | DaysTime(), Date() | DateTime() | Time()):
            return _later(right, left)
    return None


def _subtract(left: Value, right: Value) -> Value:
    match left, right:
        case (Decimal(), Decimal()):
            return ARITHMETIC.subtract(left, right)
        case (Date() | DateTime(), Date() | DateTime()):
            return _between(_moment(left), _moment(right))
        case (Time(), Time()):
            return DaysTime(left.seconds - (left.offset or 0) - right.seconds + (right.offset or 0))
        case (_, YearsMonths() | DaysTime()):
            return _add(left, negative(right))
    return None


def _moment(value: Date | DateTime) -> DateTime:
    return DateTime(value, Time(0, 0, Fraction(0), 0)) if isinstance(value, Date) else value


def _between(left: DateTime, right: DateTime) -> Value:
    one, other = left.time.offset, right.time.offset
    if (one is None) != (other is None):
        return None
    return DaysTime(left.seconds - (one or 0) - right.seconds + (other or 0))


def _later(moment: Date | DateTime | Time, duration: YearsMonths | DaysTime) -> Value:
    """Return the moment a duration later."""
    match moment, duration:
        case (Date(), YearsMonths()):
            return _months_later(moment, duration.months)
        case (DateTime(), YearsMonths()):
            date = _months_later(moment.date, duration.months)
            return DateTime(date, moment.time) if date else None
        case (Date(), DaysTime()):
            shifted = datetime_of_seconds(Fraction(moment.days * DAY_SECONDS) + duration.seconds, None)
            return shifted.date if shifted else None
        case (DateTime(), DaysTime()):
            return datetime_of_seconds(moment.seconds + duration.seconds, moment.time.offset)
        case (Time(), DaysTime()):
            return time_of_seconds(moment.seconds + duration.seconds, moment.offset)
    return None


def _months_later(date: Date, months: int) -> Date | None:
    """Return the same day of another month; its last day if it is shorter."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return make_date(year, month + 1, min(date.day, days_in(year, month + 1)))


def _multiply(left: Value, right: Value) -> Value:
    match left, right:
        case (Decimal(), Decimal()):
            return ARITHMETIC.multiply(left, right)
        case (YearsMonths(), Decimal()):
            return YearsMonths(int(left.months * Fraction(right)))
        case (DaysTime(), Decimal()):
            return DaysTime(left.seconds * Fraction(right))
        case (Decimal(), YearsMonths() | DaysTime()):
            return _multiply(right, left)
    return None


def _divide(left: Value, right: Value) -> Value:
    match left, right:
        case (Decimal(), Decimal()):
            return ARITHMETIC.divide(left, right)
        case (YearsMonths(), Decimal()):
            return YearsMonths(int(left.months / Fraction(right))) if right else None
        case (DaysTime(), Decimal()):
            return DaysTime(left.seconds / Fraction(right)) if right else None
        case (YearsMonths(), YearsMonths()):
            return ARITHMETIC.divide(Decimal(left.months), Decimal(right.months))
        case (DaysTime(), DaysTime()):
            return decimal_of(left.seconds / right.seconds) if right.seconds else None
    return None


def _power(left: Value, right: Value) -> Value:
    if not isinstance(left, Decimal) or not isinstance(right, Decimal) or right.copy_abs() > POWER_LIMIT:
        return None
    return Decimal(1) if right == 0 else ARITHMETIC.power(left, right)


_OPERATORS: dict[str, Callable[[Value, Value], Value]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
    "**": _power,
}
