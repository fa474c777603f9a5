"""Thresholds, and vignettes on either side of them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from redflag_kit.coverage.edges import Threshold, boundary_cases, thresholds
from redflag_kit.model.condition import Range
from redflag_kit.model.vignette import Stated
from tests.unit.coverage.worlds import counts, items, measured, states
from tests.unit.evaluate.worlds import TRIAL, case, decision, guideline, rule

CITED = "cite: BOOK, evidence: opinion"
FIFTY = f"parameters: {{fifty: {{value: 50 a, {CITED}}}, sixty: {{value: 60 a, {CITED}}}}}\n"
OLD = decision("d", rule("R", "{age: at_least fifty}", "{scan: now}"))
AGE: dict[str, Any] = {"findings": "age", "extra": FIFTY}


def numbers(*found: int) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, found))


def test_the_numbers_to_try_are_the_last_below_the_first_above_and_the_next_inside():
    (found,) = thresholds(guideline(OLD, **AGE))
    assert found == Threshold(
        "age",
        Fraction(49),
        Fraction(50),
        (Fraction(49), Fraction(50), Fraction(51)),
        begins=True,
        ends=False,
        users=("R",),
        parameters=("fifty",),
    )


def test_tests_that_accept_the_same_numbers_have_the_same_threshold_however_they_are_written():
    spelled = ("above fifty", '"> 50 a"', '"not([0 a..50 a])"')
    found = [
        thresholds(guideline(decision("d", rule("R", f"{{age: {one}}}", "{scan: now}")), **AGE)) for one in spelled
    ]
    assert [[one.values for one in each] for each in found] == [[numbers(50, 51, 52)]] * 3


def test_where_tests_accept_both_sides_the_next_number_on_both_sides_is_tried():
    both = decision(
        "d", rule("R", "{age: at_least fifty}", "{scan: now}"), rule("S", "{age: below fifty}", "{scan: soon}")
    )
    (found,) = thresholds(guideline(both, **AGE))
    assert (found.values, found.users) == (numbers(48, 49, 50, 51), ("R", "S"))


def test_a_range_has_two_thresholds_and_ends_of_the_domain_are_none():
    between = decision("d", rule("R", "{age: fifty to sixty}", "{scan: now}"))
    found = thresholds(guideline(between, **AGE))
    assert [one.values for one in found] == [numbers(49, 50, 51), numbers(59, 60, 61)]
    assert [one.parameters for one in found] == [("fifty",), ("sixty",)]
    edge = decision("d", rule("R", '{age: "[0 a..99 a]"}', "{scan: now}"))
    assert thresholds(guideline(edge, findings="age")) == ()


def test_of_two_neighbours_each_is_next_to_the_others_limit():
    pair = decision("d", rule("R", '{age: "[50 a..51 a]"}', "{scan: now}"))
    assert [one.values for one in thresholds(guideline(pair, **AGE))] == [numbers(49, 50, 51), numbers(50, 51, 52)]


def test_thresholds_come_in_the_order_of_the_vocabulary_and_of_their_numbers():
    table = decision("d", rule("R", "{any: [{age: fifty to sixty}, {temp: at_least 38 Cel}]}", "{scan: now}"))
    found = thresholds(guideline(table, findings="temp age", extra=FIFTY))
    assert [(one.finding, one.first) for one in found] == [
        ("temp", Fraction(38)),
        ("age", Fraction(50)),
        ("age", Fraction(61)),
    ]


def test_every_number_to_try_is_a_case_of_its_own():
    found = boundary_cases(thresholds(guideline(OLD, **AGE)))
    assert found == tuple((Stated("age", ranges=(Range(one, one),)),) for one in numbers(49, 50, 51))


def test_a_single_number_has_nothing_further_inside():
    exact = decision("d", rule("R", "{age: fifty}", "{scan: now}"))
    assert [one.values for one in thresholds(guideline(exact, **AGE))] == [numbers(49, 50), numbers(50, 51)]


def test_a_limit_between_two_readings_is_named_by_its_parameter():
    extra = 'parameters: {hot: {value: "100 [degF]", cite: BOOK, evidence: opinion}}\n'
    warm = decision("d", rule("R", "{temp: at_least hot}", "{scan: now}"))
    (found,) = thresholds(guideline(warm, findings="temp", extra=extra))
    assert (found.last, found.first, found.parameters) == (Fraction("37.5"), Fraction(38), ("hot",))


def test_numbers_are_covered_by_vignettes_that_have_them_and_whose_outcome_turns_on_them():
    found = measured(
        decision("d", rule("R", "{all: [fever, {age: at_least fifty}]}", "{scan: now}")),
        findings="age fever",
        extra=FIFTY,
        vignettes=(
            case("V1", "{age: 49 a, fever: present}", "{outcomes: silent}"),
            case("V2", "{age: 50 a, fever: absent}", "{outcomes: silent}"),
            case("V3", "{age: 51 a}", "{outcomes: {scan: undecided}}"),
            case("V4", "{age: 52 a, fever: present}", "{outcomes: {scan: now}}"),
        ),
    )
    assert states(found, "boundaries") == {
        "age 49|50: 50": "uncovered",
        "age 49|50: 51": "uncovered",
        "age 49|50: 49": "V1",
    }
    assert counts(found, "boundaries") == (1, 3, 0)


def test_who_does_not_look_at_the_output_tries_nothing():
    unseen = case("V", "{age: 50 a}", "{outcomes: {visit: silent}, others: any}")
    found = measured(OLD, covers="scan visit", vignettes=(unseen,), **AGE)
    assert states(found, "boundaries")["age 49|50: 50"] == "uncovered"


def test_a_limit_on_which_nobodys_outcome_turns_is_impossible():
    same = decision("d", rule("R", "{any: [always, {age: at_least fifty}]}", "{scan: now}"))
    found = measured(same, **AGE)
    assert counts(found, "boundaries") == (0, 0, 3)
    assert items(found, "boundaries")[0].reason == "nobody's outcome turns on it"


def test_a_number_that_only_a_constraint_forbids_is_impossible():
    extra = "parameters: {month: {value: 30 d, cite: BOOK, evidence: opinion}}\n"
    table = decision("d", rule("R", "{all: [{trial: at_least month}, {days: below month}]}", "{scan: now}"))
    found = measured(table, findings="days trial", constraints=(TRIAL,), extra=extra)
    assert states(found, "boundaries") == {
        "days 29|30: 30": "uncovered",
        "trial 29|30: 29": "uncovered",
        "days 29|30: 28": "impossible",
        "days 29|30: 29": "impossible",
        "trial 29|30: 30": "impossible",
        "trial 29|30: 31": "impossible",
    }


def test_an_item_names_the_limit_its_parameter_and_the_place():
    below, _, _ = items(measured(OLD, **AGE), "boundaries")
    assert below.text == "age 49 years, limit: at least 50 years (fifty)"
    assert (below.file, below.line, below.rules, below.finding) == ("g/g.yaml", 13, ("R",), "age")


def test_both_sides_of_a_limit_and_all_its_parameters_are_told():
    extra = FIFTY.replace("sixty: {value: 60 a", "half: {value: 50 a")
    both = decision(
        "d", rule("R", "{age: at_least fifty}", "{scan: now}"), rule("S", "{age: below half}", "{scan: soon}")
    )
    found = measured(both, findings="age", extra=extra)
    assert {one.text.partition(", ")[2] for one in items(found, "boundaries")} == {
        "limit: at most 49 years or at least 50 years (fifty, half)"
    }
    below = measured(decision("d", rule("R", "{age: below fifty}", "{scan: now}")), **AGE)
    assert {one.text.partition(", ")[2] for one in items(below, "boundaries")} == {"limit: at most 49 years (fifty)"}


def test_limits_of_scope_and_scores_count_and_have_their_place():
    from tests.unit.evaluate.worlds import score

    number = '{when: {age: "> 50 a"}, points: 1}'
    found = measured(
        score("sum", number),
        decision("d", rule("R", "{sum: at_least 1}", "{scan: now}")),
        findings="age",
        scope='{age: "> 18 a"}',
    )
    places = {one.id.split(":")[0]: (one.line, one.rules) for one in items(found, "boundaries")}
    assert places == {"age 18|19": (2, ()), "age 50|51": (14, ())}
