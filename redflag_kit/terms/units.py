"""The closed table of units that guidelines may use: UCUM codes, what each measures, and exact conversion.

Claim: two units convert into each other exactly when they measure the same thing, and then without any rounding.
Method: the table gives what a unit measures and its size as a fraction; the tests hold every pair against pint, whose
loading would cost every command that reads a file with two units 0.4 s.
Not covered: UCUM's grammar. A code is in the table or it is not a unit here.
"""

from dataclasses import dataclass
from fractions import Fraction

from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted


@dataclass(frozen=True, slots=True)
class Unit:
    """One UCUM code, e.g. `[degF]`: "degrees Fahrenheit", measures temperature.

    An amount of it is `amount * size + zero` of the unit that all of its dimension are measured by, e.g. kelvin.
    """

    code: str
    name: str
    dimension: str
    size: str = "1"
    zero: str = "0"


# SOURCE: UCUM, table of codes, https://ucum.org/ucum (case-sensitive column).
# INVARIANT: `a` and `mo` convert to nothing else, for a year or a month has no fixed number of days. Their dimensions
# are therefore their own, and angles are not plain numbers although some libraries take them for such.
_TABLE = (
    Unit("1", "plain number", "number"),
    Unit("%", "percent", "number", "1/100"),
    Unit("a", "years", "calendar years"),
    Unit("mo", "months", "calendar months"),
    Unit("wk", "weeks", "time", "604800"),
    Unit("d", "days", "time", "86400"),
    Unit("h", "hours", "time", "3600"),
    Unit("min", "minutes", "time", "60"),
    Unit("s", "seconds", "time"),
    Unit("/min", "per minute", "rate", "1/60"),
    Unit("/h", "per hour", "rate", "1/3600"),
    Unit("/d", "per day", "rate", "1/86400"),
    Unit("Cel", "degrees Celsius", "temperature", "1", "273.15"),
    Unit("[degF]", "degrees Fahrenheit", "temperature", "5/9", "45967/180"),
    Unit("deg", "degrees of angle", "angle"),
    Unit("m", "metres", "length"),
    Unit("cm", "centimetres", "length", "1/100"),
    Unit("mm", "millimetres", "length", "1/1000"),
    Unit("[in_i]", "inches", "length", "254/10000"),
    Unit("[ft_i]", "feet", "length", "3048/10000"),
    Unit("kg", "kilograms", "mass", "1000"),
    Unit("g", "grams", "mass"),
    Unit("mg", "milligrams", "mass", "1/1000"),
    Unit("ug", "micrograms", "mass", "1/1000000"),
    Unit("[lb_av]", "pounds", "mass", "45359237/100000"),
    Unit("kg/m2", "kilograms per square metre", "mass per area"),
    Unit("L", "litres", "volume"),
    Unit("dL", "decilitres", "volume", "1/10"),
    Unit("mL", "millilitres", "volume", "1/1000"),
    Unit("mL/min", "millilitres per minute", "flow"),
    Unit("mL/h", "millilitres per hour", "flow", "1/60"),
    Unit("mg/d", "milligrams per day", "dose rate"),
    Unit("g/d", "grams per day", "dose rate", "1000"),
    Unit("mg/kg", "milligrams per kilogram", "mass per mass"),
    Unit("g/L", "grams per litre", "mass concentration"),
    Unit("g/dL", "grams per decilitre", "mass concentration", "10"),
    Unit("mg/L", "milligrams per litre", "mass concentration", "1/1000"),
    Unit("mg/dL", "milligrams per decilitre", "mass concentration", "1/100"),
    Unit("ug/mL", "micrograms per millilitre", "mass concentration", "1/1000"),
    Unit("ug/L", "micrograms per litre", "mass concentration", "1/1000000"),
    Unit("ng/mL", "nanograms per millilitre", "mass concentration", "1/1000000"),
    Unit("mol/L", "moles per litre", "substance concentration"),
    Unit("mmol/L", "millimoles per litre", "substance concentration", "1/1000"),
    Unit("umol/L", "micromoles per litre", "substance concentration", "1/1000000"),
    Unit("mmol/mol", "millimoles per mole", "substance fraction"),
    Unit("10*9/L", "thousand million per litre", "number concentration", "1000000000"),
    Unit("10*12/L", "million million per litre", "number concentration", "1000000000000"),
    Unit("10*3/uL", "thousand per microlitre", "number concentration", "1000000000"),
    Unit("10*6/uL", "million per microlitre", "number concentration", "1000000000000"),
    Unit("/uL", "per microlitre", "number concentration", "1000000"),
    Unit("mm/h", "millimetres per hour", "sedimentation rate"),
    Unit("mm[Hg]", "millimetres of mercury", "pressure"),
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

    The units must be compatible: ask first.
    """
    if not compatible(from_unit, to_unit):
        raise ValueError(f"amounts in {quoted(from_unit)} cannot be said in {quoted(to_unit)}")
    if from_unit == to_unit:
        return value
    source, target = UNITS[from_unit], UNITS[to_unit]
    measured = value * Fraction(source.size) + Fraction(source.zero)
    return (measured - Fraction(target.zero)) / Fraction(target.size)
