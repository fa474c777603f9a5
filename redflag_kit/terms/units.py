"""The closed table of units that guidelines may use: UCUM codes, what each measures, and exact conversion.

Claim: two units convert into each other exactly when they measure the same thing, and then without any rounding.
Method: the table says what a unit measures; pint does the arithmetic over fractions, loaded only when two units differ.
Not covered: UCUM's grammar. A code is in the table or it is not a unit here.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted

if TYPE_CHECKING:
    import pint


@dataclass(frozen=True, slots=True)
class Unit:
    """One UCUM code, e.g. `Cel`: "degrees Celsius", measures temperature, `degC` in pint."""

    code: str
    name: str
    dimension: str
    expression: str
    factor: int = 1
    """How many of the pint expression make one; pint takes no numbers in a unit."""


# SOURCE: UCUM, table of codes, https://ucum.org/ucum (case-sensitive column).
# INVARIANT: `a` and `mo` convert to nothing else, for a year or a month has no fixed number of days. Their dimensions
# are therefore their own, and angles are not plain numbers although pint takes them for such.
_TABLE = (
    Unit("1", "plain number", "number", "dimensionless"),
    Unit("%", "percent", "number", "percent"),
    Unit("a", "years", "calendar years", ""),
    Unit("mo", "months", "calendar months", ""),
    Unit("wk", "weeks", "time", "week"),
    Unit("d", "days", "time", "day"),
    Unit("h", "hours", "time", "hour"),
    Unit("min", "minutes", "time", "minute"),
    Unit("s", "seconds", "time", "second"),
    Unit("/min", "per minute", "rate", "1/minute"),
    Unit("/h", "per hour", "rate", "1/hour"),
    Unit("/d", "per day", "rate", "1/day"),
    Unit("Cel", "degrees Celsius", "temperature", "degC"),
    Unit("[degF]", "degrees Fahrenheit", "temperature", "degF"),
    Unit("deg", "degrees of angle", "angle", "degree"),
    Unit("m", "metres", "length", "meter"),
    Unit("cm", "centimetres", "length", "centimeter"),
    Unit("mm", "millimetres", "length", "millimeter"),
    Unit("[in_i]", "inches", "length", "inch"),
    Unit("[ft_i]", "feet", "length", "foot"),
    Unit("kg", "kilograms", "mass", "kilogram"),
    Unit("g", "grams", "mass", "gram"),
    Unit("mg", "milligrams", "mass", "milligram"),
    Unit("ug", "micrograms", "mass", "microgram"),
    Unit("[lb_av]", "pounds", "mass", "pound"),
    Unit("kg/m2", "kilograms per square metre", "mass per area", "kilogram/meter**2"),
    Unit("L", "litres", "volume", "liter"),
    Unit("dL", "decilitres", "volume", "deciliter"),
    Unit("mL", "millilitres", "volume", "milliliter"),
    Unit("mL/min", "millilitres per minute", "flow", "milliliter/minute"),
    Unit("mL/h", "millilitres per hour", "flow", "milliliter/hour"),
    Unit("mg/d", "milligrams per day", "dose rate", "milligram/day"),
    Unit("g/d", "grams per day", "dose rate", "gram/day"),
    Unit("mg/kg", "milligrams per kilogram", "mass per mass", "milligram/kilogram"),
    Unit("g/L", "grams per litre", "mass concentration", "gram/liter"),
    Unit("g/dL", "grams per decilitre", "mass concentration", "gram/deciliter"),
    Unit("mg/L", "milligrams per litre", "mass concentration", "milligram/liter"),
    Unit("mg/dL", "milligrams per decilitre", "mass concentration", "milligram/deciliter"),
    Unit("ug/mL", "micrograms per millilitre", "mass concentration", "microgram/milliliter"),
    Unit("ug/L", "micrograms per litre", "mass concentration", "microgram/liter"),
    Unit("ng/mL", "nanograms per millilitre", "mass concentration", "nanogram/milliliter"),
    Unit("mol/L", "moles per litre", "substance concentration", "mole/liter"),
    Unit("mmol/L", "millimoles per litre", "substance concentration", "millimole/liter"),
    Unit("umol/L", "micromoles per litre", "substance concentration", "micromole/liter"),
    Unit("mmol/mol", "millimoles per mole", "substance fraction", "millimole/mole"),
    Unit("10*9/L", "thousand million per litre", "number concentration", "1/liter", 10**9),
    Unit("10*12/L", "million million per litre", "number concentration", "1/liter", 10**12),
    Unit("10*3/uL", "thousand per microlitre", "number concentration", "1/microliter", 10**3),
    Unit("10*6/uL", "million per microlitre", "number concentration", "1/microliter", 10**6),
    Unit("/uL", "per microlitre", "number concentration", "1/microliter"),
    Unit("mm/h", "millimetres per hour", "sedimentation rate", "millimeter/hour"),
    Unit("mm[Hg]", "millimetres of mercury", "pressure", "millimeter_Hg"),
)
UNITS = {unit.code: unit for unit in _TABLE}

_MISSPELT = {
    "1": ("point", "points", "score", "times"),
    "%": ("percent", "pct", "per cent"),
    "a": ("y", "yr", "yrs", "year", "years", "jr", "annum", "a_j"),
    "mo": ("mth", "mths", "month", "months", "mos", "mo_j"),
    "wk": ("w", "week", "weeks", "wks"),
    "d": ("day", "days"),
    "h": ("hr", "hrs", "hour", "hours"),
    "min": ("mins", "minute", "minutes"),
    "s": ("sec", "secs", "second", "seconds"),
    "/min": ("bpm", "1/min", "per minute"),
    "Cel": ("c", "°c", "degc", "celsius", "centigrade", "℃"),
    "[degF]": ("f", "°f", "degf", "fahrenheit", "℉"),
    "deg": ("°", "degree", "degrees"),
    "m": ("metre", "metres", "meter", "meters"),
    "[in_i]": ("in", "inch", "inches"),
    "[ft_i]": ("ft", "foot", "feet"),
    "kg": ("kgs", "kilo", "kilos", "kilogram", "kilograms"),
    "g": ("gram", "grams", "gr"),
    "mg": ("milligram", "milligrams", "mgs"),
    "ug": ("mcg", "µg", "μg"),
    "[lb_av]": ("lb", "lbs", "pound", "pounds"),
    "kg/m2": ("kg/m^2", "kg/m²", "kg/m**2", "bmi"),
    "L": ("litre", "litres", "liter", "liters", "ltr"),
    "mL": ("cc",),
    "ug/mL": ("mcg/ml", "µg/ml", "μg/ml"),
    "ug/L": ("mcg/l", "µg/l", "μg/l"),
    "umol/L": ("µmol/l", "μmol/l"),
    "10*9/L": ("10^9/l", "10e9/l", "1e9/l", "10⁹/l", "x10^9/l", "×10^9/l", "×10⁹/l", "10**9/l"),
    "10*3/uL": ("10^3/ul", "k/ul", "10³/ul", "x10^3/ul", "10^3/µl", "k/µl"),
    "/uL": ("cells/ul", "cells/µl", "/mm3", "/mm³", "cells/mm3"),
    "mm/h": ("mm/hr", "mm/hour", "mm/1h"),
    "mm[Hg]": ("mmhg", "mm hg", "torr"),
}
_MEANT = {word: code for code, words in _MISSPELT.items() for word in words}
_CALENDAR = {"a": "a year", "mo": "a month"}


def dimension(unit: str) -> str | None:
    """Return what a unit measures, e.g. "time" for `wk`, or nothing if the unit is not in the table."""
    found = UNITS.get(unit)
    return found.dimension if found else None


def compatible(one: str, other: str) -> bool:
    """Say whether amounts in the two units can be compared."""
    return one in UNITS and other in UNITS and UNITS[one].dimension == UNITS[other].dimension


def incompatibility_help(one: str, other: str) -> str:
    """Say what to write instead when amounts in two units of the table cannot be compared."""
    calendar = [code for code in (one, other) if code in _CALENDAR]
    kinds = {UNITS[code].dimension for code in (one, other)}
    if len(calendar) == 2:
        return "say both in the same unit"
    if calendar and "time" in kinds:
        days = "90 d" if calendar == ["mo"] else "730 d"
        return f"{_CALENDAR[calendar[0]]} has no fixed number of days: say it in days, e.g. `{days}`"
    return f"{_measures(one)}, {_measures(other)}: use one unit of the same kind on both sides"


def _measures(code: str) -> str:
    unit = UNITS[code]
    return f"`{code}` ({unit.name}) is a unit of {unit.dimension}"


def unit_help(word: str) -> str:
    """Say what may have been meant by a word that is not a unit, e.g. `Cel` by `°C`."""
    meant = _MEANT.get(word) or _MEANT.get(word.lower())
    if meant:
        return f"did you mean `{meant}` ({UNITS[meant].name})?"
    return did_you_mean(word, UNITS) or "units are UCUM codes, e.g. `a`, `mo`, `wk`, `d`, `h`, `Cel`, `mg/L`"


def convert(value: Fraction, from_unit: str, to_unit: str) -> Fraction:
    """Return the same amount in another unit, exactly.

    The units must be compatible: ask first. COST: the first conversion between different units loads pint.
    """
    if not compatible(from_unit, to_unit):
        raise ValueError(f"amounts in {quoted(from_unit)} cannot be said in {quoted(to_unit)}")
    if from_unit == to_unit:
        return value
    source, target = UNITS[from_unit], UNITS[to_unit]
    amount = _registry().Quantity(value * source.factor, source.expression)
    return Fraction(amount.to(target.expression).magnitude) / target.factor


@cache
def _registry() -> "pint.UnitRegistry[Fraction]":
    import pint

    return pint.UnitRegistry(non_int_type=Fraction)
