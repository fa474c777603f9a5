"""The values of FEEL and how they are written: numbers are decimals of 34 digits, lists are tuples, null is None."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from fractions import Fraction
from typing import TypeAlias, Union

from redflag_kit.dmn.feel.temporal import Date, DateTime, DaysTime, Temporal, Time, YearsMonths

# SOURCE: DMN 1.5, 10.3.2.3.1: IEEE 754 decimal128, rounding half to even.
DIGITS = 34
ARITHMETIC = Context(
    prec=DIGITS, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[InvalidOperation, DivisionByZero, Overflow]
)


def decimal_of(value: Fraction) -> Decimal:
    """Return an exact number as a decimal of 34 digits."""
    return ARITHMETIC.divide(Decimal(value.numerator), Decimal(value.denominator))


Value: TypeAlias = Union[bool, Decimal, str, Temporal, "Range", "ContextValue", tuple["Value", ...], None]


@dataclass(frozen=True, slots=True)
class Range:
    """A range as a value: `[1..10]`, or `> 5` with an end that is None and not included."""

    start: Value
    end: Value
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class ContextValue:
    """A context: entries by name, in the order in which they were given."""

    entries: tuple[tuple[str, Value], ...]

    def get(self, name: str) -> Value:
        """Return an entry, null if there is none."""
        return dict(self.entries).get(name)

    @property
    def names(self) -> frozenset[str]:
        """Return the names of the entries."""
        return frozenset(name for name, _ in self.entries)


_QUOTED = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\x0b": "\\u000B", "\x0c": "\\u000C"}
)


def feel_text(value: Value) -> str:
    """Return a value as FEEL would write it, e.g. `"a"`, `12.5`, `@"2019-03-31"`, `[1, 2]`."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return number_text(value)
        case str():
            return f'"{value.translate(_QUOTED)}"'
        case Date() | Time() | DateTime() | YearsMonths() | DaysTime():
            return f'@"{value}"'
        case tuple():
            return f"[{', '.join(feel_text(item) for item in value)}]"
        case ContextValue():
            return f"{{{', '.join(f'{feel_text(name)}: {feel_text(item)}' for name, item in value.entries)}}}"
        case Range():
            return _range_text(value)


def _range_text(value: Range) -> str:
    if value.start is None:
        return f"{'<=' if value.end_included else '<'} {feel_text(value.end)}"
    if value.end is None:
        return f"{'>=' if value.start_included else '>'} {feel_text(value.start)}"
    left, right = "[" if value.start_included else "(", "]" if value.end_included else ")"
    return f"{left}{feel_text(value.start)}..{feel_text(value.end)}{right}"


def number_text(number: Decimal) -> str:
    """Return a number without exponent and without zeros that say nothing, e.g. `0.25`."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
