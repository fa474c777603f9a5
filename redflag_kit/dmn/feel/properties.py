"""`value.name`: entries of contexts, and the parts of dates, times, durations and ranges. SOURCE: DMN 1.5, table 65."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from redflag_kit.dmn.feel.temporal import DAY_SECONDS, Date, DateTime, DaysTime, Time, YearsMonths
from redflag_kit.dmn.feel.types import BOOLEAN, DAYS_TIME, NUMBER, STRING, Kind, Type
from redflag_kit.dmn.feel.values import ContextValue, Range, Value, decimal_of


def part_of(value: Value, name: str) -> Value:
    """Return a part of a value, null if it has none of this name."""
    match value:
        case ContextValue():
            return value.get(name)
        case tuple():
            # A path on a list gives the list of the parts of its members.
            return tuple(part_of(one, name) for one in value)
        case Date():
            return _of_date(value, name)
        case Time():
            return _of_time(value, name)
        case DateTime():
            return _of_date(value.date, name) if name in _DATE_PARTS else _of_time(value.time, name)
        case YearsMonths():
            cut = _YEARS_MONTHS_PARTS.get(name)
            return _cut(Fraction(value.months), *cut) if cut else None
        case DaysTime():
            cut = _DAYS_TIME_PARTS.get(name)
            return _cut(value.seconds, *cut) if cut else None
        case Range():
            return _of_range(value, name)
    return None


_DATE_PARTS = frozenset({"year", "month", "day", "weekday"})


def _of_date(date: Date, name: str) -> Value:
    match name:
        case "year" | "month" | "day":
            return Decimal(getattr(date, name))
        case "weekday":
            return Decimal((date.days + 3) % 7 + 1)  # 1970-01-01 was a Thursday
    return None


def _of_time(time: Time, name: str) -> Value:
    match name:
        case "hour" | "minute":
            return Decimal(getattr(time, name))
        case "second":
            return decimal_of(time.second)
        case "time offset":
            return None if time.offset is None else DaysTime(Fraction(time.offset))
    return None


def _cut(value: Fraction, unit: int, modulus: int) -> Value:
    """Return how many units a size holds, after leaving out whole multiples of a larger one; signed like the value."""
    size = abs(value) % modulus if modulus else abs(value)
    units = decimal_of(Fraction(size // unit) if unit > 1 else size)
    return units.copy_negate() if value < 0 and units else units


_YEARS_MONTHS_PARTS: Mapping[str, tuple[int, int]] = {"years": (12, 0), "months": (1, 12)}
_DAYS_TIME_PARTS: Mapping[str, tuple[int, int]] = {
    "days": (DAY_SECONDS, 0),
    "hours": (3600, DAY_SECONDS),
    "minutes": (60, 3600),
    "seconds": (1, 60),
}


def _of_range(value: Range, name: str) -> Value:
    match name:
        case "start":
            return value.start
        case "end":
            return value.end
        case "start included":
            return value.start_included
        case "end included":
            return value.end_included
    return None


_PARTS: Mapping[Kind, tuple[str, ...]] = {
    Kind.DATE: ("year", "month", "day", "weekday"),
    Kind.TIME: ("hour", "minute", "second", "time offset", "timezone"),
    Kind.DATE_TIME: ("year", "month", "day", "weekday", "hour", "minute", "second", "time offset", "timezone"),
    Kind.YEARS_MONTHS: ("years", "months"),
    Kind.DAYS_TIME: ("days", "hours", "minutes", "seconds"),
    Kind.RANGE: ("start", "end", "start included", "end included"),
}


def part_names(kind: Kind) -> tuple[str, ...]:
    """Return the names of the parts that values of a kind have."""
    return _PARTS.get(kind, ())


def part_type(subject: Type, name: str) -> Type | None:
    """Return the type of a part, or nothing if values of this type have no such part."""
    if subject.kind is Kind.CONTEXT:
        return subject.field(name)
    if name not in part_names(subject.kind):
        return None
    if subject.kind is Kind.RANGE:
        return subject.item if name in ("start", "end") else BOOLEAN
    return {"time offset": DAYS_TIME, "timezone": STRING}.get(name, NUMBER)
