"""Reading dates, times and durations from text, in the spellings that the standard takes from XML Schema."""

import re
from fractions import Fraction

from redflag_kit.dmn.feel.temporal import Date, DateTime, DaysTime, Temporal, Time, YearsMonths, make_date

_DATE = r"(-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-([0-9]{2})-([0-9]{2})"
_TIME = r"([0-9]{2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]{1,30})?)(?:([zZ])|([+-])([0-9]{2}):([0-9]{2}))?"
_DATE_TEXT = re.compile(_DATE)
_TIME_TEXT = re.compile(_TIME)
_DATE_TIME_TEXT = re.compile(f"{_DATE}(?:T{_TIME})?")
_YEARS_MONTHS = re.compile(r"(-?)P(?=[0-9])(?:([0-9]{1,12})Y)?(?:([0-9]{1,12})M)?")
_DAYS_TIME = re.compile(
    r"(-?)P(?=[0-9]|T[0-9])(?:([0-9]{1,15})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,15})H)?(?:([0-9]{1,15})M)?(?:([0-9]{1,15}(?:\.[0-9]{1,15})?)S)?)?"
)
_ZONE = re.compile(r".*[0-9]@[A-Za-z].*", re.DOTALL)
_OFFSET_LIMIT = 14 * 3600


def names_a_zone(text: str) -> bool:
    """Say whether a text gives a time zone by name, which is not supported."""
    return _ZONE.fullmatch(text) is not None


def parse_date(text: str) -> Date | None:
    """Read e.g. `2019-03-31`."""
    found = _DATE_TEXT.fullmatch(text)
    return make_date(int(found[1]), int(found[2]), int(found[3])) if found else None


def parse_time(text: str) -> Time | None:
    """Read e.g. `23:59:00`, `23:59:00Z` or `23:59:00.5+01:00`."""
    found = _TIME_TEXT.fullmatch(text)
    return _time(found.groups()) if found else None


def _time(parts: tuple[str | None, ...]) -> Time | None:
    hour, minute, second, utc, sign, hours, minutes = parts
    return make_time(int(hour or 0), int(minute or 0), Fraction(second or 0), _offset(utc, sign, hours, minutes))


def _offset(utc: str | None, sign: str | None, hours: str | None, minutes: str | None) -> int | None:
    if utc:
        return 0
    if not sign:
        return None
    size = int(hours or 0) * 3600 + int(minutes or 0) * 60
    return -size if sign == "-" else size


def make_time(hour: int, minute: int, second: Fraction, offset: int | None) -> Time | None:
    """Return a time of day, or nothing if no clock shows it."""
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        return None
    return Time(hour, minute, second, offset) if offset is None or abs(offset) <= _OFFSET_LIMIT else None


def parse_date_time(text: str) -> DateTime | None:
    """Read e.g. `2019-03-31T12:00:00Z`; a date alone is its midnight."""
    found = _DATE_TIME_TEXT.fullmatch(text)
    if not found:
        return None
    date = make_date(int(found[1]), int(found[2]), int(found[3]))
    time = _time(found.groups()[3:]) if found[4] else Time(0, 0, Fraction(0))
    return DateTime(date, time) if date and time else None


def parse_duration(text: str) -> YearsMonths | DaysTime | None:
    """Read e.g. `P1Y2M` or `P3DT4H`."""
    if found := _YEARS_MONTHS.fullmatch(text):
        months = int(found[2] or 0) * 12 + int(found[3] or 0)
        return YearsMonths(-months if found[1] else months)
    if found := _DAYS_TIME.fullmatch(text):
        minutes = (int(found[2] or 0) * 24 + int(found[3] or 0)) * 60 + int(found[4] or 0)
        seconds = minutes * 60 + Fraction(found[5] or 0)
        return DaysTime(-seconds if found[1] else seconds)
    return None


def parse_at(text: str) -> Temporal | None:
    """Read the text of an at-literal, e.g. `@"2019-03-31"`: a date, a time, a date and time or a duration."""
    return parse_date(text) or parse_time(text) or parse_date_time(text) or parse_duration(text)
