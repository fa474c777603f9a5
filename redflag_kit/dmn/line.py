"""Ordered kinds of FEEL as positions on a line of exact numbers, and back.

Claim: `position` keeps the order that FEEL's `<` has within a kind, and `value_at` is its inverse. Dates and years and
months durations are counted in whole steps; so are numbers of an integer type. All other lines are dense.
Not covered: times and moments with an offset beside such without one, which FEEL cannot order; and texts, which have
their own order (`dmn.domain`).
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from redflag_kit.dmn.feel.temporal import (
    Date,
    DateTime,
    DaysTime,
    Time,
    YearsMonths,
    date_of_days,
    datetime_of_seconds,
    time_of_seconds,
)
from redflag_kit.dmn.feel.types import Kind
from redflag_kit.dmn.feel.values import Value, decimal_of

WHOLE_STEPS = frozenset({Kind.DATE, Kind.YEARS_MONTHS})
LINES = frozenset({Kind.NUMBER, Kind.DATE, Kind.TIME, Kind.DATE_TIME, Kind.DAYS_TIME, Kind.YEARS_MONTHS})
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Line:
    """The line of one kind. `discrete`: only whole positions are values. `offset` is that of its times, if any."""

    kind: Kind
    discrete: bool
    offset: int | None = None

    def position(self, value: Value) -> Fraction | None:
        """Return where a value lies, None if it is not of this line."""
        match value:
            case bool():
                return None
            case Decimal() if self.kind is Kind.NUMBER:
                return Fraction(value)
            case Date() if self.kind is Kind.DATE:
                return Fraction(value.days)
            case Time() if self.kind is Kind.TIME and value.offset == self.offset:
                return Fraction(value.seconds)
            case DateTime() if self.kind is Kind.DATE_TIME and value.time.offset == self.offset:
                return Fraction(value.seconds)
            case YearsMonths() if self.kind is Kind.YEARS_MONTHS:
                return Fraction(value.months)
            case DaysTime() if self.kind is Kind.DAYS_TIME:
                return Fraction(value.seconds)
            case _:
                return None

    def value_at(self, position: Fraction) -> Value:
        """Return the value at a position; None where the calendar ends."""
        match self.kind:
            case Kind.NUMBER:
                return decimal_of(position)
            case Kind.DATE:
                return date_of_days(int(position))
            case Kind.TIME:
                return time_of_seconds(position, self.offset)
            case Kind.DATE_TIME:
                return datetime_of_seconds(position, self.offset)
            case Kind.YEARS_MONTHS:
                return YearsMonths(int(position))
            case _:
                return DaysTime(position)

    @property
    def ends(self) -> tuple[Fraction | None, Fraction | None]:
        """Return the first position and the first one past the end, where the line has ends by nature."""
        return (Fraction(0), Fraction(DAY)) if self.kind is Kind.TIME else (None, None)


def between(low: Fraction, high: Fraction, discrete: bool) -> Fraction | None:
    """Return a short decimal position strictly between two, e.g. 5 between 2 and 9; None if there is none."""
    middle = (low + high) / 2
    if discrete:
        inside = Fraction(middle.__floor__())
        return next((one for one in (inside, inside + 1) if low < one < high), None)
    scale = 1
    while True:
        # INVARIANT: ends once a step of 1/scale fits between the two.
        rounded = Fraction((middle * scale).__floor__(), scale)
        for one in (rounded, rounded + Fraction(1, scale)):
            if low < one < high:
                return one
        scale *= 10
