"""Limits that are one step or one sign off, or in another unit."""

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.model.condition import NumberTest, Range
from redflag_kit.model.vocabulary import Grid
from redflag_kit.mutate.mutant import PartsReplaced
from redflag_kit.mutate.slipping import confused_with, slips
from redflag_kit.mutate.thresholds import is_empty, lower_end, upper_end, with_range
from redflag_kit.terms.quantity import Quantity
from redflag_kit.terms.units import UNITS, compatible
from tests.unit.evaluate.worlds import decision, guideline, rule, score
from tests.unit.mutate.told import mutant, told


def test_limits_move_by_a_step_and_let_their_number_in_or_out() -> None:
    made = guideline(
        decision(
            "d",
            rule("R1", "{age: 50 a to 60 a}", "{scan: soon}"),
            rule("R2", "{temp: above 38.0 Cel}", "{scan: soon}"),
            rule("R3", "{age: 7 a}", "{scan: soon}"),
            rule("R4", "{age: is_not at_least 90 a}", "{scan: later}"),
            rule("R5", "{days: [at_most 3 d, '[10 d..20 d)']}", "{scan: later}"),
        ),
        findings="age temp days",
    )
    assert told(made, "threshold", "bound") == {
        "R1:bound-opened:age": (
            "50 a to 60 a",
            '"(50 a..60 a]"',
            "age: over 50 years and at most 60 years instead of 50 to 60 years",
        ),
        "R1:bound-opened:age:2": (
            "50 a to 60 a",
            '"[50 a..60 a)"',
            "age: at least 50 years and under 60 years instead of 50 to 60 years",
        ),
        "R1:threshold-widened:age": ("50 a to 60 a", "49 a to 60 a", "age: 49 to 60 years instead of 50 to 60 years"),
        "R1:threshold-widened:age:2": ("50 a to 60 a", "50 a to 61 a", "age: 50 to 61 years instead of 50 to 60 years"),
        "R2:bound-closed:temp": ("above 38.0 Cel", "at_least 38.0 Cel", "temp: at least 38 °C instead of over 38 °C"),
        "R2:threshold-narrowed:temp": ("above 38.0 Cel", "above 38.5 Cel", "temp: over 38.5 °C instead of over 38 °C"),
        "R3:threshold-widened:age": ("7 a", "6 a to 7 a", "age: 6 to 7 years instead of 7 years"),
        "R3:threshold-widened:age:2": ("7 a", "7 a to 8 a", "age: 7 to 8 years instead of 7 years"),
        "R4:bound-opened:age": (
            "is_not at_least 90 a",
            "is_not above 90 a",
            "age: not over 90 years instead of not at least 90 years",
        ),
        "R4:threshold-narrowed:age": (
            "is_not at_least 90 a",
            "is_not at_least 89 a",
            "age: not at least 89 years instead of not at least 90 years",
        ),
        "R5:bound-opened:days": (
            '[at_most 3 d, "[10 d..20 d)"]',
            '[below 3 d, "[10 d..20 d)"]',
            "duration: under 3 days or at least 10 days and under 20 days instead of at most 3 days or "
            "at least 10 days and under 20 days",
        ),
        "R5:bound-opened:days:2": (
            '[at_most 3 d, "[10 d..20 d)"]',
            '[at_most 3 d, "(10 d..20 d)"]',
            "duration: at most 3 days or over 10 days and under 20 days instead of at most 3 days or at "
            "least 10 days and under 20 days",
        ),
        "R5:bound-closed:days": (
            '[at_most 3 d, "[10 d..20 d)"]',
            "[at_most 3 d, 10 d to 20 d]",
            "duration: at most 3 days or 10 to 20 days instead of at most 3 days or at least 10 days and under 20 days",
        ),
        "R5:threshold-widened:days": (
            '[at_most 3 d, "[10 d..20 d)"]',
            '[at_most 4 d, "[10 d..20 d)"]',
            "duration: at most 4 days or at least 10 days and under 20 days instead of at most 3 days or "
            "at least 10 days and under 20 days",
        ),
        "R5:threshold-widened:days:2": (
            '[at_most 3 d, "[10 d..20 d)"]',
            '[at_most 3 d, "[9 d..20 d)"]',
            "duration: at most 3 days or at least 9 days and under 20 days instead of at most 3 days or "
            "at least 10 days and under 20 days",
        ),
        "R5:threshold-narrowed:days:3": (
            '[at_most 3 d, "[10 d..20 d)"]',
            '[at_most 3 d, "[10 d..19 d)"]',
            "duration: at most 3 days or at least 10 days and under 19 days instead of at most 3 days or "
            "at least 10 days and under 20 days",
        ),
    }


def test_no_limit_leaves_the_grid() -> None:
    made = guideline(
        decision(
            "d", rule("R1", "{age: at_most 0 a}", "{scan: soon}"), rule("R2", "{age: at_least 99 a}", "{scan: later}")
        ),
        findings="age",
    )
    assert told(made, "threshold", "bound") == {
        "R1:threshold-widened:age": ("at_most 0 a", "at_most 1 a", "age: at most 1 year instead of at most 0 years"),
        "R2:threshold-widened:age": (
            "at_least 99 a",
            "at_least 98 a",
            "age: at least 98 years instead of at least 99 years",
        ),
    }


def test_a_limit_between_two_numbers_moves_to_the_next_that_counts() -> None:
    made = guideline(decision("d", rule("R1", "{temp: 'at_least 100 [degF]'}", "{scan: soon}")), findings="temp")
    assert told(made, "threshold", "bound") == {
        "R1:threshold-widened:temp": (
            '"at_least 100 [degF]"',
            "at_least 37.5 Cel",
            "temp: at least 37.5 °C instead of at least 38 °C",
        ),
        "R1:threshold-narrowed:temp": (
            '"at_least 100 [degF]"',
            "at_least 38.5 Cel",
            "temp: at least 38.5 °C instead of at least 38 °C",
        ),
    }


def test_amounts_slip_by_ten_and_into_units_taken_for_theirs() -> None:
    made = guideline(
        decision(
            "d", rule("R1", "{days: 1 d to 2 wk}", "{scan: soon}"), rule("R2", "{age: below 30 a}", "{scan: later}")
        ),
        findings="age days",
    )
    assert told(made, "unit") == {
        "R1:unit-slipped:days:x10": ("1 d to 2 wk", "10 d to 2 wk", "duration: 10 to 14 days instead of 1 to 14 days"),
        "R1:unit-slipped:days:unit-wk": (
            "1 d to 2 wk",
            "1 wk to 2 wk",
            "duration: 7 to 14 days instead of 1 to 14 days",
        ),
        "R1:unit-slipped:days:x10:2": (
            "1 d to 2 wk",
            "1 d to 20 wk",
            "duration: 1 to 140 days instead of 1 to 14 days",
        ),
        "R1:unit-slipped:days:per10": (
            "1 d to 2 wk",
            "1 d to 0.2 wk",
            "duration: 1 to 1.4 days instead of 1 to 14 days",
        ),
        "R1:unit-slipped:days:unit-d": ("1 d to 2 wk", "1 d to 2 d", "duration: 1 to 2 days instead of 1 to 14 days"),
        "R2:unit-slipped:age:per10": ("below 30 a", "below 3 a", "age: under 3 years instead of under 30 years"),
    }


def test_scores_have_limits_too() -> None:
    made = guideline(
        score("t", "{when: fever, points: 1}, {when: cough, points: 3}"),
        decision("d", rule("R1", "{t: at_least 3}", "{scan: soon}"), rule("R2", "{t: 1}", "{scan: later}")),
    )
    assert told(made, "R1:threshold", "R1:bound", "R2:thr", "R2:bou", "R2:unit") == {
        "R1:bound-opened:t": ("at_least 3", "above 3", "t: above 3 instead of t: at least 3"),
        "R1:threshold-widened:t": ("at_least 3", "at_least 2", "t: at least 2 instead of t: at least 3"),
        "R2:threshold-widened:t": ("1", "0 to 1", "t: 0 to 1 instead of t: 1"),
        "R2:threshold-widened:t:2": ("1", "1 to 2", "t: 1 to 2 instead of t: 1"),
    }


def slip(value: str, unit: str) -> list[tuple[str, str]]:
    return [(name, str(one)) for name, one in slips(Quantity(Fraction(value), unit))]


def test_a_slip_has_a_decimal_form_and_is_never_a_bare_number() -> None:
    assert slip("10", "mg/dL") == [
        ("x10", "100 mg/dL"),
        ("per10", "1 mg/dL"),
        ("unit-mg/L", "10 mg/L"),
        ("unit-g/L", "10 g/L"),
        ("unit-ug/mL", "10 ug/mL"),
    ]
    assert slip("5", "%") == [("x10", "50 %"), ("per10", "0.5 %")]
    assert slip("5", "1") == [("x10", "50"), ("per10", "0.5"), ("unit-%", "5 %")]
    assert slip("0", "d") == [("unit-h", "0 h"), ("unit-wk", "0 wk")]
    assert slip("1/3", "d") == [("unit-h", "1/3 h"), ("unit-wk", "1/3 wk")]


def test_units_taken_for_each_other_measure_the_same() -> None:
    assert all(compatible(unit, other) for unit in UNITS for other in confused_with(unit))
    assert all(unit in confused_with(other) for unit in UNITS for other in confused_with(unit))
    assert confused_with("a") == ()


HALVES = Grid(Fraction(36), Fraction(41), Fraction(1, 2))


@pytest.mark.parametrize(
    ("limit", "is_included", "by", "lower", "upper"),
    [
        ("38", True, 1, "38.5", "38.5"),
        ("38", True, -1, "37.5", "37.5"),
        ("38", False, 1, "38.5", "38.5"),
        ("38", False, -1, "37.5", "37.5"),
        ("38.2", True, 1, "39", "38.5"),  # between two numbers: from 38.5 on, or up to 38
        ("38.2", True, -1, "38", "37.5"),
        ("38.2", False, 1, "38.5", "39"),
        ("38.2", False, -1, "37.5", "38"),
        ("36", True, -1, None, None),
        ("41", True, 1, None, None),
        ("36", True, 0, "36", "36"),
        ("41", True, 0, "41", "41"),
    ],
)
def test_a_limit_moves_to_where_so_many_numbers_more_are_in_or_out(
    limit: str, is_included: bool, by: int, lower: str | None, upper: str | None
) -> None:
    number = Fraction(limit)
    assert lower_end(number, is_included, HALVES, by) == (None if lower is None else Fraction(lower))
    assert upper_end(number, is_included, HALVES, by) == (None if upper is None else Fraction(upper))


def test_a_range_without_a_number_is_empty() -> None:
    five, six = Fraction(5), Fraction(6)
    assert is_empty(Range(six, five))
    assert not is_empty(Range(five, five))
    assert is_empty(Range(five, five, low_included=False))
    assert is_empty(Range(five, five, high_included=False))
    assert is_empty(Range(five, five, low_included=False, high_included=False))
    assert not any(is_empty(one) for one in (Range(five, six), Range(five, None), Range(None, five), Range()))


def test_a_test_with_other_ranges_says_them() -> None:
    five, six = Fraction(5), Fraction(6)
    test = NumberTest("days", (Range(None, five), Range(five, six)), False, "old")
    other = with_range(test, 1, Range(six, None, low_included=False))
    assert other == NumberTest("days", (Range(None, five), Range(six, None, low_included=False)), False, other.text)
    assert other.text == "at_most 5, above 6"
    assert with_range(replace(test, negated=True), 0, Range(six, six)).text == "not(6, 5 to 6)"


def test_an_exact_number_is_not_opened_and_a_limit_beside_a_parameter_moves() -> None:
    years = "parameters: {child: {value: 16 a, cite: BOOK, evidence: opinion}}\n"
    nothing = decision("d", rule("R1", "fever", "{scan: soon}"))
    exact = guideline(nothing, findings="fever age", scope="{age: 50 a}")
    assert [name for name in told(exact, "scope:") if "bound" in name] == []
    upto = guideline(nothing, findings="fever age", scope="{age: child to 60 a}", extra=years)
    # one step inwards is what leaving the limit out comes to, and told as that
    assert {name: one[:2] for name, one in told(upto, "scope:threshold").items()} == {
        "scope:threshold-widened:age": ("child to 60 a", "child to 61 a"),
    }
    down = guideline(nothing, findings="fever age", scope="{age: 9 a to child}", extra=years)
    assert {name: one[:2] for name, one in told(down, "scope:threshold").items()} == {
        "scope:threshold-widened:age": ("9 a to child", "8 a to child"),
    }


def test_a_limit_between_two_numbers_moves_to_the_next_one_and_the_test_says_so() -> None:
    made = guideline(
        decision(
            "d",
            rule("R1", "{temp: at_most 38.2 Cel}", "{scan: soon}"),
            rule("R2", "{age: at_least 9 a}", "{scan: now}"),
        ),
        findings="temp age",
    )

    def text(name: str) -> str:
        edit = mutant(made, name).edit
        assert isinstance(edit, PartsReplaced)
        new = edit.parts[0].new
        assert isinstance(new, NumberTest)
        return new.text

    assert text("R1:threshold-widened:temp") == "at_most 38.5 Cel"
    assert text("R2:threshold-widened:age") == "at_least 8 a"
