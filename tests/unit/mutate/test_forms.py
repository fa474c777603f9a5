"""Forms: equal numbers for conditions that come to the same."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.model.condition import (
    All,
    Always,
    Any,
    AtLeast,
    Condition,
    Named,
    Not,
    OutputTest,
    ScoreTest,
    WordTest,
)
from redflag_kit.mutate.forms import ALWAYS, NEVER, Forms
from redflag_kit.terms.scale import STATUSES
from tests.property.models import between, has
from tests.unit.evaluate.worlds import decision, guideline, rule, score

FEVER, COUGH, NUMB = has("fever"), has("cough"), has("numb")
NOBODY = Not(Always())
APART = replace(between("age", 0, 9), ranges=(*between("age", 0, 9).ranges, *between("age", 21, 99).ranges))
LEVELS = ("avoid", "later", "soon", "now")


@pytest.fixture(scope="module")
def forms() -> Forms:
    return Forms(
        guideline(
            score("s", "{when: fever, points: 1}, {when: cough, points: -2}"),
            decision("d", rule("R1", "fever", "{scan: soon, likely: [flu]}")),
            findings="fever cough numb pain age",
            covers="scan likely",
        )
    )


def pain(*words: str) -> WordTest:
    return WordTest("pain", frozenset(words), "")


def scan(*values: str) -> OutputTest:
    return OutputTest("scan", frozenset(values), "")


def likely(*values: str) -> OutputTest:
    return OutputTest("likely", frozenset(values), "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (All((FEVER, All((COUGH, NUMB)))), All((NUMB, COUGH, FEVER, COUGH))),
        (Any((FEVER, Any((COUGH, NUMB)))), Any((NUMB, COUGH, FEVER, COUGH))),
        (All((FEVER, Always())), FEVER),
        (Any((FEVER, NOBODY)), FEVER),
        (All((FEVER,)), Any((FEVER,))),
        (Named("ill", FEVER), FEVER),
        (Not(Not(FEVER)), FEVER),
        (Not(All((FEVER, COUGH))), Any((Not(FEVER), Not(COUGH)))),
        (Not(Any((FEVER, COUGH))), All((Not(FEVER), Not(COUGH)))),
        (Not(pain("none", "mild")), pain("severe")),
        (Not(between("age", 10, 20)), APART),
        (AtLeast(1, (FEVER, COUGH)), Any((FEVER, COUGH))),
        (AtLeast(2, (FEVER, COUGH)), All((FEVER, COUGH))),
        (AtLeast(2, (FEVER, COUGH, Always())), Any((FEVER, COUGH))),
        (AtLeast(2, (FEVER, COUGH, NOBODY)), All((FEVER, COUGH))),
        (AtLeast(2, (FEVER, COUGH, NUMB)), AtLeast(2, (NUMB, FEVER, COUGH))),
        (Not(AtLeast(2, (FEVER, COUGH, NUMB))), AtLeast(2, (Not(NUMB), Not(FEVER), Not(COUGH)))),
        (Not(scan("soon")), scan(*(set(LEVELS) - {"soon"}), *STATUSES)),
        (Not(Not(likely("flu"))), likely("flu")),
    ],
)
def test_conditions_that_come_to_the_same_have_one_form(forms: Forms, one: Condition, other: Condition) -> None:
    assert forms.of(one) == forms.of(other)
    assert forms.of(Not(one)) == forms.of(Not(other))
    assert forms.of(one) not in (ALWAYS, NEVER)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FEVER, COUGH),
        (FEVER, Not(FEVER)),
        (All((FEVER, COUGH)), Any((FEVER, COUGH))),
        (pain("none"), pain("mild")),
        (between("age", 10, 20), between("age", 10, 21)),
        (AtLeast(2, (FEVER, COUGH, NUMB, pain("mild"))), AtLeast(3, (FEVER, COUGH, NUMB, pain("mild")))),
        (AtLeast(2, (FEVER, FEVER, COUGH)), AtLeast(2, (FEVER, COUGH, COUGH))),
        (likely("flu"), Not(likely("stroke", "strain", *STATUSES))),
        (scan("soon"), likely("flu")),
    ],
)
def test_conditions_that_differ_have_two_forms(forms: Forms, one: Condition, other: Condition) -> None:
    assert forms.of(one) != forms.of(other)


@pytest.mark.parametrize(
    "condition",
    [
        Always(),
        All(()),
        pain("none", "mild", "severe"),
        between("age", 0, 99),
        between("age", -5, 200),
        scan(*LEVELS, *STATUSES),
        likely("flu", "stroke", "strain", *STATUSES),
        Any((FEVER, Always())),
        AtLeast(1, (FEVER, COUGH, Always())),
        AtLeast(1, (Always(), Always(), FEVER)),
    ],
)
def test_what_everybody_has_is_always_and_its_opposite_never(forms: Forms, condition: Condition) -> None:
    assert forms.of(condition) == ALWAYS
    assert forms.of(Not(condition)) == NEVER


@pytest.mark.parametrize(
    "condition", [pain(), between("age", 100, 120), Any(()), All((FEVER, NOBODY)), AtLeast(2, (FEVER, NOBODY))]
)
def test_what_nobody_has_is_never(forms: Forms, condition: Condition) -> None:
    assert forms.of(condition) == NEVER


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        (pain("mild"), pain("mild", "none"), 1),
        (pain("mild", "none"), pain("none"), -1),
        (pain("mild"), pain("none"), 0),
        (between("age", 10, 20), between("age", 10, 30), 1),
        (between("age", 10, 20), between("age", 11, 20), -1),
        (between("age", 10, 20), between("age", 11, 21), 0),
        (between("age", 10, 20), between("age", 10, 20), 0),
        (pain("mild"), Always(), 1),
        (NOBODY, pain("mild"), 1),
        (pain("mild"), NOBODY, -1),
        (Always(), pain("mild"), -1),
        (pain("mild"), between("age", 10, 20), 0),
        (between("age", 10, 20), pain("mild"), 0),
        (FEVER, COUGH, 0),
        (scan("soon"), scan("soon", "now"), 1),
        (likely("flu"), likely("flu", "stroke"), 1),
        (All((FEVER, COUGH)), Any((FEVER, COUGH)), 0),
    ],
)
def test_tests_of_one_finding_are_compared(forms: Forms, old: Condition, new: Condition, direction: int) -> None:
    assert forms.compare(forms.of(old), forms.of(new)) == direction


def test_a_score_has_the_sums_that_it_can_reach(forms: Forms) -> None:
    grid = forms.score_grids["s"]
    assert (grid.low, grid.high, grid.step) == (Fraction(-2), Fraction(1), Fraction(1))


def test_one_of_those_who_cannot_be_is_nobody(forms: Forms) -> None:
    assert forms.of(AtLeast(1, (NOBODY,))) == forms.of(AtLeast(1, (NOBODY, NOBODY))) == NEVER
    assert forms.of(AtLeast(1, (NOBODY, Always()))) == ALWAYS


def test_tests_of_different_findings_cannot_be_compared(forms: Forms) -> None:
    assert forms.compare(forms.of(FEVER), forms.of(COUGH)) == 0
    assert forms.compare(forms.of(FEVER), forms.of(pain("mild", "severe"))) == 0
    assert forms.compare(forms.of(between("age", 0, 9)), forms.of(FEVER)) == 0
    assert forms.compare(forms.of(pain("mild")), forms.of(pain("mild", "severe"))) == 1
    assert forms.compare(forms.of(pain("mild", "severe")), forms.of(pain("mild"))) == -1


def test_the_numbers_outside_of_stretches_are_stretches_again(forms: Forms) -> None:
    for low, high in ((0, 9), (10, 99), (10, 10), (10, 11), (1, 98)):
        rest = [one for one in ((0, low - 1), (high + 1, 99)) if one[0] <= one[1]]
        outside = replace(between("age", 0, 0), ranges=tuple(between("age", *one).ranges[0] for one in rest))
        assert forms.of(Not(between("age", low, high))) == forms.of(outside)
        assert forms.of(Not(outside)) == forms.of(between("age", low, high))


def test_not_enough_of_some_is_enough_of_their_opposites(forms: Forms) -> None:
    three, opposites = (FEVER, COUGH, NUMB), (Not(FEVER), Not(COUGH), Not(NUMB))
    assert forms.of(Not(AtLeast(2, three))) == forms.of(AtLeast(2, opposites))
    assert forms.of(Not(AtLeast(2, three))) != forms.of(Not(AtLeast(2, (*three, pain("mild")))))


def test_what_a_set_does_not_include_is_told_apart(forms: Forms) -> None:
    flu, stroke = (OutputTest("likely", frozenset({one}), "") for one in ("flu", "stroke"))
    assert forms.of(Not(flu)) != forms.of(Not(stroke))
    assert forms.of(Not(Not(flu))) == forms.of(flu) != forms.of(stroke)


def test_the_same_numbers_of_two_findings_are_two_tests() -> None:
    both = Forms(guideline(decision("d", rule("R1", "{days: 0 d to 9 d}", "{scan: soon}")), findings="days trial"))
    assert both.of(between("days", 0, 9)) != both.of(between("trial", 0, 9))


def test_tests_of_two_outputs_or_scores_are_told_apart_and_negated_ones_are_the_rest() -> None:
    made = guideline(
        score("s", "{when: fever, points: 1}, {when: cough, points: 2}"),
        score("t", "{when: fever, points: 2}, {when: cough, points: 1}"),
        decision("d", rule("R1", "{s: at_least 1}", "{scan: soon, visit: soon}")),
        findings="fever cough age",
        covers="scan visit",
    )
    both = Forms(made)
    scan, visit = (OutputTest(name, frozenset({"soon"}), "") for name in ("scan", "visit"))
    assert both.of(scan) != both.of(visit)
    one = made.rules()[0].when
    assert isinstance(one, ScoreTest)
    assert both.of(one) != both.of(replace(one, score="t"))
    assert both.of(replace(one, negated=True)) == both.of(Not(one))
    age = between("age", 10, 20)
    assert both.of(replace(age, negated=True)) == both.of(Not(age)) != both.of(age)
