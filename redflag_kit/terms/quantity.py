"""Exact quantities: a number with a UCUM unit, as thresholds and findings give them.

Claim: a quantity is read and written exactly; no binary floating point takes part anywhere.
Not covered: what a unit measures and how units convert (see `units`).
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.terms.units import dimension, unit_help

DIGIT_LIMIT = 15

_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)
_EXPONENT = re.compile(r"[-+]?[0-9]*\.?[0-9]+e[-+]?[0-9]+", re.ASCII | re.IGNORECASE)
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+(\.[0-9]+)?", re.ASCII)
_GLUED = re.compile(r"([-+]?[0-9]+(?:\.[0-9]+)?)([^0-9.,\s][^\s]*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact amount in one unit, e.g. `38.5 Cel` is Quantity(Fraction(77, 2), "Cel"); a bare number has unit "1"."""

    value: Fraction
    unit: str

    def __str__(self) -> str:
        return render(self.value) if self.unit == "1" else f"{render(self.value)} {self.unit}"


@dataclass(frozen=True, slots=True)
class NotAQuantity:
    """Why a text is not a quantity, in the words of a diagnostic."""

    message: str
    help: str = ""


def parse_quantity(text: str) -> Quantity | NotAQuantity:
    """Read a quantity, e.g. `50 a`, `38.0 Cel`, `-7`."""
    words = text.split()
    if not words:
        return NotAQuantity("a quantity is missing", "write a number and a unit, e.g. `50 a` or `38.5 Cel`")
    number, *units = words
    if fault := _number_fault(number, text):
        return fault
    unit = " ".join(units) or "1"
    if dimension(unit) is None:
        return NotAQuantity(f"{quoted(unit)} is not a known unit", unit_help(unit))
    return Quantity(Fraction(number), unit)


def _number_fault(number: str, text: str) -> NotAQuantity | None:
    """Say what keeps the first word from being a plain decimal number."""
    if _NUMBER.fullmatch(number):
        if sum(character.isdigit() for character in number) <= DIGIT_LIMIT:
            return None
        return NotAQuantity(f"number {quoted(number)} has more than {DIGIT_LIMIT} digits", "round it")
    if _EXPONENT.fullmatch(number):
        return NotAQuantity(f"number {quoted(number)} has an exponent", "write the number in full")
    if _LEADING_ZERO.fullmatch(number):
        return NotAQuantity(f"number {quoted(number)} starts with a zero", "write it without the zero")
    if "," in number:
        return NotAQuantity(
            f"number {quoted(number)} has a comma", "write a decimal point, and no mark between thousands"
        )
    if glued := _GLUED.fullmatch(number):
        spaced = f"{glued[1]} {glued[2]}"
        return NotAQuantity(f"{quoted(text)} has no space between number and unit", f"write {quoted(spaced)}")
    return NotAQuantity(
        f"{quoted(text)} does not start with a plain number", "write a number and a unit, e.g. `50 a` or `38.5 Cel`"
    )


def render(value: Fraction) -> str:
    """Write an exact number: as a decimal where that ends, else as a fraction, e.g. `38.5`, `1/3`."""
    places = _decimal_places(value.denominator)
    if places is None:
        return str(value)
    scaled = abs(value.numerator) * (10**places // value.denominator)
    digits = str(scaled).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def has_decimal(value: Fraction) -> bool:
    """Say whether a number can be written as a decimal that ends."""
    return _decimal_places(value.denominator) is not None


def _decimal_places(denominator: int) -> int | None:
    """Return how many decimals a fraction in lowest terms needs, or nothing if no number of them is enough."""
    twos, rest = _multiplicity(denominator, 2)
    fives, rest = _multiplicity(rest, 5)
    return max(twos, fives) if rest == 1 else None


def _multiplicity(number: int, prime: int) -> tuple[int, int]:
    """Return how often a prime divides a number, and what is left."""
    count = 0
    while number % prime == 0:
        number //= prime
        count += 1
    return count, number
