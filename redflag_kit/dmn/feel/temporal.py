"""Dates, times and durations of FEEL, exact and without a calendar of the machine.

Claim: years run from -999,999,999 to 999,999,999 in the proleptic Gregorian calendar; seconds are decimals.
Not covered: time zones by name (`@Europe/Paris`): what they mean depends on a database that changes.
"""

from dataclasses import dataclass
from fractions import Fraction

YEAR_LIMIT = 999_999_999
DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Date:
    """A day, e.g. 2019-03-31; made by `make_date`, which refuses days that do not exist."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"

    @property
    def days(self) -> int:
        """Return the number of days since 1970-01-01."""
        # SOURCE: Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil.
        year = self.year - (self.month <= 2)
        era, of_era = divmod(year, 400)
        of_year = (153 * (self.month + (-3 if self.month > 2 else 9)) + 2) // 5 + self.day - 1
        return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


def make_date(year: int, month: int, day: int) -> Date | None:
    """Return a day, or nothing if the calendar has no such day."""
    if not (-YEAR_LIMIT <= year <= YEAR_LIMIT and 1 <= month <= 12 and 1 <= day <= days_in(year, month)):
        return None
    return Date(year, month, day)


def days_in(year: int, month: int) -> int:
    """Return how many days a month has."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def date_of_days(days: int) -> Date | None:
    """Return the day that lies so many days after 1970-01-01; the inverse of `Date.days`."""
    era, of_era = divmod(days + 719_468, 146_097)
    year_of_era = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + (3 if shifted < 10 else -9)
    return make_date(year_of_era + era * 400 + (month <= 2), month, of_year - (153 * shifted + 2) // 5 + 1)


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day; `offset` is the distance to UTC in seconds, None for local time."""

    hour: int
    minute: int
    second: Fraction
    offset: int | None = None

    def __str__(self) -> str:
        whole, dot, part = _seconds_text(self.second).partition(".")
        return f"{self.hour:02d}:{self.minute:02d}:{whole:0>2}{dot}{part}{_offset_text(self.offset)}"

    @property
    def seconds(self) -> Fraction:
        """Return the seconds since midnight, where the clock stands."""
        return self.hour * 3600 + self.minute * 60 + self.second


def _seconds_text(seconds: Fraction) -> str:
    """Return a number of seconds in decimals: exact, or to 34 digits after the point where a division left more."""
    whole, rest = divmod(seconds, 1)
    part = f"{rest * 10**34 // 1:034d}".rstrip("0")
    return f"{whole}.{part}" if part else str(whole)


def _offset_text(offset: int | None) -> str:
    if offset is None:
        return ""
    if offset == 0:
        return "Z"
    hours, rest = divmod(abs(offset), 3600)
    return f"{'-' if offset < 0 else '+'}{hours:02d}:{rest // 60:02d}"


def time_of_seconds(seconds: Fraction, offset: int | None) -> Time:
    """Return the time of day so many seconds after midnight, whole days left out."""
    hour, rest = divmod(seconds % DAY_SECONDS, 3600)
    minute, second = divmod(rest, 60)
    return Time(hour, minute, second, offset)


@dataclass(frozen=True, slots=True)
class DateTime:
    """A day and a time of day."""

    date: Date
    time: Time

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"

    @property
    def seconds(self) -> Fraction:
        """Return the seconds since the start of 1970-01-01, where the clock stands."""
        return self.date.days * DAY_SECONDS + self.time.seconds


def datetime_of_seconds(seconds: Fraction, offset: int | None) -> DateTime | None:
    """Return the moment so many seconds after the start of 1970-01-01 on a clock with this offset."""
    date = date_of_days(seconds // DAY_SECONDS)
    return DateTime(date, time_of_seconds(seconds, offset)) if date else None


@dataclass(frozen=True, slots=True)
class YearsMonths:
    """A years and months duration, as months."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return f"{'-' if self.months < 0 else ''}P{text or '0M'}"


@dataclass(frozen=True, slots=True)
class DaysTime:
    """A days and time duration, as seconds."""

    seconds: Fraction

    def __str__(self) -> str:
        days, rest = divmod(abs(self.seconds), DAY_SECONDS)
        hours, rest = divmod(rest, 3600)
        minutes, seconds = divmod(rest, 60)
        clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        clock += f"{_seconds_text(seconds)}S" if seconds else ""
        text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
        return f"{'-' if self.seconds < 0 else ''}P{text or 'T0S'}"


Temporal = Date | Time | DateTime | YearsMonths | DaysTime
