"""Units convert exactly within a kind and never across kinds."""

from fractions import Fraction
from itertools import product

import pint
import pytest

from redflag_kit.terms import units
from redflag_kit.terms.units import UNITS, compatible, convert, dimension, incompatibility_help, unit_help


@pytest.mark.parametrize(
    ("value", "from_unit", "to_unit", "expected"),
    [
        ("100.4", "[degF]", "Cel", "38"),
        ("38", "Cel", "[degF]", "100.4"),
        ("1.0", "mg/dL", "mg/L", "10"),
        ("1", "ug/mL", "mg/L", "1"),
        ("10", "[lb_av]", "kg", "4.5359237"),
        ("6", "wk", "d", "42"),
        ("36", "h", "d", "1.5"),
        ("4.5", "10*3/uL", "10*9/L", "4.5"),
        ("4500", "/uL", "10*9/L", "4.5"),
        ("5", "%", "1", "0.05"),
        ("1", "[ft_i]", "cm", "30.48"),
        ("-40", "Cel", "[degF]", "-40"),
        ("0.5", "mmol/L", "umol/L", "500"),
        ("60", "mL/h", "mL/min", "1"),
        ("30", "mm/h", "mm/h", "30"),
        ("18", "a", "a", "18"),
    ],
)
def test_conversion_is_exact(value, from_unit, to_unit, expected):
    assert convert(Fraction(value), from_unit, to_unit) == Fraction(expected)


@pytest.mark.parametrize(
    ("one", "other"),
    [("mo", "d"), ("a", "wk"), ("mo", "h"), ("a", "mo"), ("deg", "1"), ("mg/L", "mmol/L"), ("Cel", "d"), ("d", "zz")],
)
def test_amounts_of_different_kinds_do_not_compare(one, other):
    assert not compatible(one, other)
    assert not compatible(other, one)
    with pytest.raises(ValueError, match="cannot be said in"):
        convert(Fraction(1), one, other)


# How pint names each unit, and how many of that expression make one; pint takes no numbers in a unit.
IN_PINT = {
    "1": (1, "dimensionless"),
    "%": (1, "percent"),
    "a": (1, ""),
    "mo": (1, ""),
    "wk": (1, "week"),
    "d": (1, "day"),
    "h": (1, "hour"),
    "min": (1, "minute"),
    "s": (1, "second"),
    "/min": (1, "1/minute"),
    "/h": (1, "1/hour"),
    "/d": (1, "1/day"),
    "Cel": (1, "degC"),
    "[degF]": (1, "degF"),
    "deg": (1, "degree"),
    "m": (1, "meter"),
    "cm": (1, "centimeter"),
    "mm": (1, "millimeter"),
    "[in_i]": (1, "inch"),
    "[ft_i]": (1, "foot"),
    "kg": (1, "kilogram"),
    "g": (1, "gram"),
    "mg": (1, "milligram"),
    "ug": (1, "microgram"),
    "[lb_av]": (1, "pound"),
    "kg/m2": (1, "kilogram/meter**2"),
    "L": (1, "liter"),
    "dL": (1, "deciliter"),
    "mL": (1, "milliliter"),
    "mL/min": (1, "milliliter/minute"),
    "mL/h": (1, "milliliter/hour"),
    "mg/d": (1, "milligram/day"),
    "g/d": (1, "gram/day"),
    "mg/kg": (1, "milligram/kilogram"),
    "g/L": (1, "gram/liter"),
    "g/dL": (1, "gram/deciliter"),
    "mg/L": (1, "milligram/liter"),
    "mg/dL": (1, "milligram/deciliter"),
    "ug/mL": (1, "microgram/milliliter"),
    "ug/L": (1, "microgram/liter"),
    "ng/mL": (1, "nanogram/milliliter"),
    "mol/L": (1, "mole/liter"),
    "mmol/L": (1, "millimole/liter"),
    "umol/L": (1, "micromole/liter"),
    "mmol/mol": (1, "millimole/mole"),
    "10*9/L": (10**9, "1/liter"),
    "10*12/L": (10**12, "1/liter"),
    "10*3/uL": (10**3, "1/microliter"),
    "10*6/uL": (10**6, "1/microliter"),
    "/uL": (1, "1/microliter"),
    "mm/h": (1, "millimeter/hour"),
    "mm[Hg]": (1, "millimeter_Hg"),
}
CALENDAR = {"a", "mo"}


@pytest.fixture(scope="module")
def registry() -> pint.UnitRegistry[Fraction]:
    return pint.UnitRegistry(non_int_type=Fraction)


def test_pint_agrees_with_the_table_on_what_each_unit_measures(registry):
    of = {code: registry.Quantity(Fraction(1), IN_PINT[code][1]).dimensionality for code in UNITS}
    apart = {"calendar years", "calendar months", "angle", "mass per mass", "substance fraction"}
    for one, other in product(UNITS, repeat=2):
        if not {UNITS[one].dimension, UNITS[other].dimension} & apart:
            assert compatible(one, other) == (of[one] == of[other] and not {one, other} & CALENDAR), (one, other)


def test_pint_agrees_with_the_table_on_every_conversion(registry):
    assert UNITS.keys() == IN_PINT.keys()
    for one, other in product(UNITS.keys() - CALENDAR, repeat=2):
        if compatible(one, other):
            (many, source), (few, target) = IN_PINT[one], IN_PINT[other]
            for value in (Fraction(0), Fraction("12.34")):
                expected = Fraction(registry.Quantity(value * many, source).to(target).magnitude) / few
                assert convert(value, one, other) == expected, (one, other)


@pytest.mark.parametrize("code", [code for code in UNITS if code not in ("a", "mo")])
def test_every_unit_converts_there_and_back_without_loss(code):
    value = Fraction("12.34")
    for other in UNITS:
        if compatible(code, other):
            assert convert(convert(value, code, other), other, code) == value


@pytest.mark.parametrize(("unit", "expected"), [("wk", "time"), ("1", "number"), ("CEL", None), ("", None)])
def test_only_exact_ucum_codes_are_units(unit, expected):
    assert dimension(unit) == expected


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("C", "Cel"),
        ("°C", "Cel"),
        ("cel", "Cel"),
        ("F", "[degF]"),
        ("mg/dl", "mg/dL"),
        ("years", "a"),
        ("yr", "a"),
        ("y", "a"),
        ("days", "d"),
        ("weeks", "wk"),
        ("month", "mo"),
        ("lb", "[lb_av]"),
        ("mmHg", "mm[Hg]"),
        ("mm/hr", "mm/h"),
        ("10^9/L", "10*9/L"),
        ("kg/m²", "kg/m2"),
        ("µg/mL", "ug/mL"),
        ("Kg", "kg"),
        ("mmol/l", "mmol/L"),
    ],
)
def test_a_usual_misspelling_is_met_with_the_ucum_code(word, meant):
    assert f"`{meant}`" in unit_help(word)


def test_every_listed_misspelling_is_no_unit_and_means_one():
    assert not set(units._MEANT) & set(UNITS)
    assert set(units._MEANT.values()) <= set(UNITS)
    assert all(word == word.lower() for word in units._MEANT)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("mo", "d", "a month has no fixed number of days: say it in days, e.g. `90 d`"),
        ("h", "a", "a year has no fixed number of days: say it in days, e.g. `730 d`"),
        ("a", "mo", "say both in the same unit"),
        (
            "mg/L",
            "Cel",
            "`mg/L` (milligrams per litre) is a unit of mass concentration, "
            "`Cel` (degrees Celsius) is a unit of temperature: use one unit of the same kind on both sides",
        ),
        (
            "mo",
            "Cel",
            "`mo` (months) is a unit of calendar months, "
            "`Cel` (degrees Celsius) is a unit of temperature: use one unit of the same kind on both sides",
        ),
    ],
)
def test_help_says_how_to_make_two_amounts_comparable(one, other, expected):
    assert incompatibility_help(one, other) == expected
