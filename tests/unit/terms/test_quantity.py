"""Quantities are exact both ways."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.terms.quantity import NotAQuantity, Quantity, parse_quantity, render


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("50 a", Fraction(50), "a"),
        ("38.0 Cel", Fraction(38), "Cel"),
        ("7", Fraction(7), "1"),
        ("-7", Fraction(-7), "1"),
        ("+0.10 mg/dL", Fraction(1, 10), "mg/dL"),
        ("  100.4   [degF] ", Fraction(502, 5), "[degF]"),
        ("123456789012345 d", Fraction(123456789012345), "d"),
    ],
)
def test_a_number_and_a_unit_make_an_exact_quantity(text, value, unit):
    assert parse_quantity(text) == Quantity(value, unit)


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        ("", "a quantity is missing", "write a number and a unit, e.g. `50 a` or `38.5 Cel`"),
        ("1e3 d", "number `1e3` has an exponent", "write the number in full"),
        (".5e1", "number `.5e1` has an exponent", "write the number in full"),
        ("nan d", "`nan d` does not start with a plain number", "write a number and a unit, e.g. `50 a` or `38.5 Cel`"),
        ("inf", "`inf` does not start with a plain number", "write a number and a unit, e.g. `50 a` or `38.5 Cel`"),
        (".5 d", "`.5 d` does not start with a plain number", "write a number and a unit, e.g. `50 a` or `38.5 Cel`"),
        ("1,5 mg", "number `1,5` has a comma", "write a decimal point, and no mark between thousands"),
        ("010 d", "number `010` starts with a zero", "write it without the zero"),
        ("38Cel", "`38Cel` has no space between number and unit", "write `38 Cel`"),
        ("5%", "`5%` has no space between number and unit", "write `5 %`"),
        ("1234567890123456 d", "number `1234567890123456` has more than 15 digits", "round it"),
        ("5 yrs", "`yrs` is not a known unit", "did you mean `a` (years)?"),
        ("5 mm Hg", "`mm Hg` is not a known unit", "did you mean `mm[Hg]` (millimetres of mercury)?"),
        (
            "5 bananas",
            "`bananas` is not a known unit",
            "units are UCUM codes, e.g. `a`, `mo`, `wk`, `d`, `h`, `Cel`, `mg/L`",
        ),
    ],
)
def test_what_is_no_quantity_is_told_why(text, message, advice):
    assert parse_quantity(text) == NotAQuantity(message, advice)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(38), "38"),
        (Fraction(77, 2), "38.5"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(0), "0"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-7, 30), "-7/30"),
        (Fraction(1, 10**20), "0.00000000000000000001"),
        (Fraction(10**20), "100000000000000000000"),
        (Fraction(45359237, 10**7), "4.5359237"),
    ],
)
def test_a_number_is_written_in_full(value, expected):
    assert render(value) == expected


@given(st.fractions())
def test_what_is_written_reads_back_as_the_same_number(value):
    assert Fraction(render(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**10), max_value=10**10))
def test_a_decimal_survives_parsing_and_writing(number):
    found = parse_quantity(f"{number:f} Cel")
    assert isinstance(found, Quantity)
    assert found.value == Fraction(number)
    assert parse_quantity(str(found)) == found


@given(st.text())
def test_any_text_is_a_quantity_or_told_why(text):
    assert isinstance(parse_quantity(text), Quantity | NotAQuantity)


def test_a_bare_number_is_written_without_a_unit():
    assert str(Quantity(Fraction(1, 2), "1")) == "0.5"
    assert str(Quantity(Fraction(1, 2), "a")) == "0.5 a"
