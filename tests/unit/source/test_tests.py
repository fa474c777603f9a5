"""What tests mean: words and S-FEEL, put to findings, outputs and scores."""

from fractions import Fraction

import pytest

from redflag_kit.model.condition import NumberTest, OutputTest, ScoreTest, WordTest
from redflag_kit.source.conditions import read_condition
from redflag_kit.terms.scale import STATUSES
from tests.unit.source.reading import names, read

LEVELS = ("not_needed", "routine", "this_week", "today")
INJURY = {"none", "minor", "major"}


def condition_of(text):
    return read(read_condition, text, names())


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("above long_pain", [43], [42, 0]),
        ("at_least long_pain", [42, 43], [41]),
        ("below long_pain", [41], [42]),
        ("at_most long_pain", [42], [43]),
        ("7 d to long_pain", [7, 42], [6, 43]),
        ("long_pain", [42], [41, 43]),
        ("[7 d, 9 d to 11 d]", [7, 9, 11], [8, 12]),
        ("is_not long_pain", [41, 43], [42]),
        ("2 wk", [14], [13, 15]),
        ('"> 6 wk"', [43], [42]),
        ('">= 7 d"', [7], [6]),
        ('"< 7 d, > 9 d"', [6, 10], [7, 9]),
        ('"<=7 d"', [7], [8]),
        ('"[7 d..9 d)"', [7, 8], [6, 9]),
        ('"(7 d..9 d]"', [8, 9], [7, 10]),
        ('"]7 d..9 d["', [8], [7, 9]),
        ('"[7 d..9 d), > 20 d"', [7, 21], [9, 20]),
        ('"not(7 d, 9 d to 11 d)"', [8, 12], [7, 10]),
        ('"at_least   7  d"', [7], [6]),
    ],
)
def test_a_test_of_a_number_accepts_these_days(text, inside, outside):
    found = condition_of(f"pain_days: {text}")
    assert isinstance(found.value, NumberTest)
    holds = [n for n in (*inside, *outside) if any(Fraction(n) in r for r in found.value.ranges) != found.value.negated]
    assert holds == inside


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("major", {"major"}),
        ("[minor, major]", {"minor", "major"}),
        ("is_not none", {"minor", "major"}),
        ('"not(none)"', {"minor", "major"}),
        ('"not(none, minor)"', {"major"}),
        ('"minor, major"', {"minor", "major"}),
        ("'\"minor\"'", {"minor"}),
    ],
)
def test_a_test_of_a_choice_accepts_these_words(text, words):
    found = condition_of(f"injury: {text}")
    assert isinstance(found.value, WordTest)
    assert found.value.words == words <= INJURY


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("today", {"today"}),
        ("above routine", {"this_week", "today"}),
        ("at_least this_week", {"this_week", "today"}),
        ("below routine", {"not_needed"}),
        ("at_most routine", {"not_needed", "routine"}),
        ("routine to this_week", {"routine", "this_week"}),
        ("[today, silent]", {"today", "silent"}),
        ("is_not today", {*LEVELS, *STATUSES} - {"today"}),
        ("is_not at_least routine", {"not_needed", *STATUSES}),
    ],
)
def test_a_test_of_an_ordered_output_accepts_these_levels(text, values):
    found = condition_of(f"mri: {text}")
    assert isinstance(found.value, OutputTest)
    assert found.value.values == values


@pytest.mark.parametrize("text", ["includes infection", "infection"])
def test_a_test_of_a_set_accepts_a_member(text):
    found = condition_of(f"suspected: {text}")
    assert isinstance(found.value, OutputTest)
    assert found.value.values == {"infection"}


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("high", [2, 3]),
        ("[low, high]", [0, 1, 2, 3]),
        ("at_least 2", [2, 3]),
        ("1 to 2", [1, 2]),
        ("is_not 0", [1, 2, 3]),
    ],
)
def test_a_test_of_a_score_accepts_these_sums(text, inside):
    found = condition_of(f"points: {text}")
    assert isinstance(found.value, ScoreTest)
    sums = [n for n in range(4) if any(Fraction(n) in r for r in found.value.ranges) != found.value.negated]
    assert sums == inside


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pain_days: {a: b}", "RF123"),
        ("pain_days: [[7 d]]", "RF123"),
        ("pain_days: [is_not 7 d, 9 d]", "RF123"),
        ("pain_days: above", "RF123"),
        ("pain_days: much", "RF111"),
        ("pain_days: x to 7 d", "RF111"),
        ('pain_days: "[7 d..6 d]"', "RF126"),
        ("pain_days: more than 7 d", "RF123"),
        ("pain_days: 7 d or so", "RF120"),
        ("pain_days: absent", "RF125"),
        ("injury: [[minor]]", "RF123"),
        ('injury: "> 5"', "RF125"),
        ("injury: minor to major", "RF125"),
        ("mri: {a: b}", "RF123"),
        ("mri: above soon", "RF110"),
        ("mri: is_not soon", "RF110"),
        ("mri: today to routine", "RF126"),
        ("suspected: above infection", "RF110"),
        ("suspected: is_not infection", "RF125"),
        ("points: {a: b}", "RF123"),
        ("points: 1.5", "RF123"),
        ("points: [1, soon]", "RF123"),
        ("points: 12345678901", "RF123"),
    ],
)
def test_a_test_that_does_not_fit_is_refused(text, code):
    found = condition_of(text)
    assert found.value is None
    assert code in found.codes


def test_every_fault_of_a_list_is_told():
    found = condition_of("injury: [mayor, minor, soon]")
    assert found.value is None
    assert found.messages == ["`mayor` is not a value of `injury`", "`soon` is not a value of `injury`"]


def test_a_test_of_overlong_text_is_refused_at_once():
    found = condition_of(f"pain_days: '[{'.' * 100_000}x'")
    assert found.codes == ["RF123"]
