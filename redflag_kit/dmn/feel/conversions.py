"""Conversion functions: values made from other values. SOURCE: DMN 1.5, table 72."""

import re
from decimal import Decimal
from fractions import Fraction

from redflag_kit.dmn.feel.temporal import Date, DateTime, DaysTime, Time, YearsMonths, make_date
from redflag_kit.dmn.feel.temporal_text import make_time, parse_date, parse_date_time, parse_duration, parse_time
from redflag_kit.dmn.feel.values import DIGITS, Value, feel_text

_MIDNIGHT = Time(0, 0, Fraction(0))


def _whole(value: Value) -> int | None:
    fits = isinstance(value, Decimal) and value.copy_abs() < 10**10 and value == value.to_integral_value()
    return int(value) if fits and isinstance(value, Decimal) else None


def to_date(*given: Value) -> Value:
    """`date(from)`, `date(year, month, day)`."""
    match given:
        case (str() as text,):
            return parse_date(text)
        case (Date() as date,):
            return date
        case (DateTime() as moment,):
            return moment.date
        case (year, month, day):
            numbers = (_whole(year), _whole(month), _whole(day))
            return None if None in numbers else make_date(*numbers)  # type: ignore[arg-type]
    return None


def to_time(*given: Value) -> Value:
    """`time(from)`, `time(hour, minute, second, offset)`."""
    match given:
        case (str() as text,):
            return parse_time(text)
        case (Time() as time,):
            return time
        case (DateTime() as moment,):
            return moment.time
        case (Date(),):
            return Time(0, 0, Fraction(0), 0)
        case (hour, minute, Decimal() as second):
            return _clock(hour, minute, second, None)
        case (hour, minute, Decimal() as second, DaysTime() | None as offset):
            return _clock(hour, minute, second, offset)
    return None


def _clock(hour: Value, minute: Value, second: Decimal, offset: DaysTime | None) -> Time | None:
    hours, minutes = _whole(hour), _whole(minute)
    if hours is None or minutes is None:
        return None
    return make_time(hours, minutes, Fraction(second), int(offset.seconds) if offset else None)


def to_date_time(*given: Value) -> Value:
    """`date and time(from)`, `date and time(date, time)`."""
    match given:
        case (str() as text,):
            return parse_date_time(text)
        case (DateTime() as moment,):
            return moment
        case (Date() as date,):
            return DateTime(date, _MIDNIGHT)
        case (Date() as date, Time() as time):
            return DateTime(date, time)
        case (DateTime() as moment, Time() as time):
            return DateTime(moment.date, time)
    return None


def to_duration(text: Value) -> Value:
    """`duration(from)`."""
    return parse_duration(text) if isinstance(text, str) else None


def months_between(start: Value, end: Value) -> Value:
    """`years and months duration(from, to)`: whole months, towards zero; the time of day does not count."""
    one = start.date if isinstance(start, DateTime) else start
    other = end.date if isinstance(end, DateTime) else end
    if not isinstance(one, Date) or not isinstance(other, Date):
        return None
    months = (other.year - one.year) * 12 + other.month - one.month
    if months > 0 and other.day < one.day:
        months -= 1
    elif months < 0 and other.day > one.day:
        months += 1
    return YearsMonths(months)


_PLAIN = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)", re.ASCII)


def to_number(text: Value, grouping: Value, separator: Value) -> Value:
    """`number(from, grouping separator, decimal separator)`."""
    if not isinstance(text, str) or grouping not in (" ", ",", ".", None) or separator not in (",", ".", None):
        return None
    if grouping is not None and grouping == separator:
        return None
    plain = text.replace(grouping, "") if isinstance(grouping, str) else text
    if isinstance(separator, str) and separator != ".":
        plain = "" if "." in plain else plain.replace(separator, ".")
    fits = len(plain) <= DIGITS and _PLAIN.fullmatch(plain) is not None
    return Decimal(plain) if fits else None


def to_string(value: Value) -> Value:
    """`string(from)`."""
    match value:
        case None:
            return None
        case str():
            return value
        case Date() | Time() | DateTime() | YearsMonths() | DaysTime():
            return str(value)
    return feel_text(value)
