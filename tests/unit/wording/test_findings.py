"""Plain words for findings, values, tests on them, and witnesses."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.compile.expression import InputEntry, Interval
from redflag_kit.model.condition import Range, Value
from redflag_kit.wording.findings import (
    bare_value,
    entry_phrase,
    number_words,
    patient_phrases,
    range_words,
    value_phrase,
    with_decimals,
    word_phrase,
)
from tests.property.models import choice, number, yes_no

FEVER = yes_no("fever", clean="absent")
NUMB = replace(yes_no("numb"), label="numbness", says=(("present", "a numb leg"), ("absent", "normal feeling")))
PAIN = choice("pain", ["none", "mild", "very_bad"], clean="none")
SAID = replace(PAIN, says=(("mild", "some pain"), ("very_bad", "pain that is very bad")))
AGE = replace(number("age", 0, 99), unit="a")
TEMP = replace(number("temp", 36, 41, Fraction(1, 2)), label="temperature", unit="Cel")


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (Fraction(50), "a", "50 years"),
        (Fraction(77, 2), "Cel", "38.5 °C"),
        (Fraction(101), "[degF]", "101 °F"),
        (Fraction(6), "wk", "6 weeks"),
        (Fraction(3), "mo", "3 months"),
        (Fraction(28), "d", "28 days"),
        (Fraction(1), "d", "1 day"),
        (Fraction(1), "mL", "1 mL"),
        (Fraction(48), "h", "48 hours"),
        (Fraction(150), "[lb_av]", "150 lb"),
        (Fraction(7), "1", "7"),
        (Fraction(1, 3), "mg/L", "1/3 mg/L"),
        (Fraction(-5, 4), "Cel", "-1.25 °C"),
    ],
)
def test_a_number_is_said_with_its_unit(value, unit, words):
    assert number_words(value, unit) == words


def test_a_word_is_said_as_the_vocabulary_says_it_or_names_its_finding():
    assert (word_phrase(FEVER, "present"), word_phrase(FEVER, "absent")) == ("fever", "no fever")
    assert (word_phrase(NUMB, "present"), word_phrase(NUMB, "absent")) == ("a numb leg", "normal feeling")
    assert word_phrase(PAIN, "very_bad") == "pain: very bad"
    assert (word_phrase(SAID, "very_bad"), word_phrase(SAID, "none")) == ("pain that is very bad", "pain: none")


def test_a_value_is_said_with_its_finding_or_alone():
    assert (value_phrase(AGE, Fraction(45)), bare_value(AGE, Fraction(45))) == ("age 45 years", "45 years")
    assert (value_phrase(PAIN, "very_bad"), bare_value(PAIN, "very_bad")) == ("pain: very bad", "very bad")
    assert (value_phrase(FEVER, "absent"), bare_value(FEVER, "absent")) == ("no fever", "absent")


# ---------------------------------------------------------------- tests on words


def words(finding, *accepted: str) -> str:
    return entry_phrase(finding, InputEntry(finding.id, words=frozenset(accepted)))


def test_one_word_is_said_as_itself():
    assert (words(FEVER, "present"), words(FEVER, "absent"), words(PAIN, "none")) == ("fever", "no fever", "pain: none")


def test_several_words_are_alternatives_in_the_order_of_the_finding():
    assert words(PAIN, "very_bad", "mild") == "pain: mild or very bad"
    assert words(SAID, "very_bad", "mild") == "some pain or pain that is very bad"


def test_all_words_but_one_are_said_by_the_one_left_out_unless_it_is_the_normal_one():
    assert words(PAIN, "none", "mild") == "not (pain: very bad)"
    assert words(SAID, "none", "very_bad") == "not (some pain)"
    assert words(replace(PAIN, clean=None), "mild", "very_bad") == "not (pain: none)"


def test_every_word_is_any_value_and_no_word_is_none_at_all():
    assert words(FEVER, "present", "absent") == "fever: any value"
    assert words(PAIN, "none", "mild", "very_bad") == "pain: any value"
    assert [words(one) for one in (FEVER, PAIN, SAID)] == [
        "fever: no value at all",
        "pain: no value at all",
        "pain: no value at all",
    ]


# ---------------------------------------------------------------- tests on numbers


def numbers(finding, *spans: tuple[object, object]) -> str:
    intervals = tuple(Interval(Fraction(str(low)), Fraction(str(high))) for low, high in spans)
    return entry_phrase(finding, InputEntry(finding.id, intervals=intervals))


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        ([(20, 20)], "age 20 years"),
        ([(0, 0)], "age 0 years"),
        ([(0, 19)], "age at most 19 years"),
        ([(51, 99)], "age at least 51 years"),
        ([(20, 40)], "age 20 to 40 years"),
        ([(0, 19), (51, 99)], "age at most 19 years or at least 51 years"),
        ([(0, 99)], "age: any value"),
        ([], "age: no value at all"),
    ],
)
def test_intervals_are_said_by_their_ends(spans, said):
    assert numbers(AGE, *spans) == said


def test_decimals_are_said_as_they_are_written():
    assert numbers(TEMP, ("37.5", 39)) == "temperature 37.5 to 39 °C"


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Range(low=Fraction(50), low_included=False), "over 50 years"),
        (Range(low=Fraction(50)), "at least 50 years"),
        (Range(high=Fraction(50), high_included=False), "under 50 years"),
        (Range(high=Fraction(50)), "at most 50 years"),
        (Range(Fraction(50), Fraction(50)), "50 years"),
        (Range(Fraction(20), Fraction(40)), "20 to 40 years"),
        (Range(Fraction(20), Fraction(40), True, False), "at least 20 years and under 40 years"),
        (Range(Fraction(20), Fraction(40), False, True), "over 20 years and at most 40 years"),
        (Range(Fraction(20), Fraction(40), False, False), "over 20 years and under 40 years"),
    ],
)
def test_a_range_is_said_as_its_author_would(one, said):
    assert range_words(one, "a") == said


HUNDRED_F = Fraction(340, 9)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Range(low=HUNDRED_F, low_included=False), "at least 38 °C"),
        (Range(high=HUNDRED_F), "at most 37.5 °C"),
        (Range(HUNDRED_F, Fraction(40), True, False), "at least 38 °C and under 40 °C"),
        (Range(low=Fraction(38), low_included=False), "over 38 °C"),
    ],
)
def test_a_limit_without_a_decimal_is_said_by_the_nearest_temperature_that_passes_it(one, said):
    grid = TEMP.grid
    assert grid is not None
    said_as = with_decimals(one, grid)
    assert range_words(said_as, "Cel") == said
    assert [t for t in map(grid.at, range(grid.size)) if (t in one) != (t in said_as)] == []
    assert with_decimals(one, None) == one


# ---------------------------------------------------------------- witnesses


def test_of_a_witness_only_what_is_not_ordinary_is_said_in_vocabulary_order():
    findings = {one.id: one for one in (AGE, FEVER, NUMB, PAIN)}
    patient: dict[str, Value] = {"pain": "mild", "fever": "absent", "numb": "present", "age": Fraction(70)}
    calm: dict[str, Value] = {"age": Fraction(40), "fever": "absent", "pain": "none"}
    assert patient_phrases(findings, patient, calm) == ("age 70 years", "a numb leg", "pain: mild")
    assert patient_phrases(findings, {"fever": "present"}, calm) == ("fever",)
    assert patient_phrases(findings, calm, calm) == ()
