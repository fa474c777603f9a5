"""Plain words for conditions as their authors wrote them, and for what rules write."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from redflag_kit.wording.conditions import assignment_phrase, condition_phrase, rule_phrase, then_phrase, value_words
from tests.unit.evaluate.worlds import decision, guideline, rule, score

PICKED = "fever cough numb pain age temp"


def phrase(when: str, *before: str, **options: Any) -> str:
    """Return the words for a condition; `before` are decisions that it reads."""
    options = {"findings": PICKED, "covers": "scan visit likely", **options}
    one = guideline(*before, decision("d", rule("R", when, "{scan: now}")), **options)
    return rule_phrase(next(found for found in one.rules() if found.id == "R"), one)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("always", "always"),
        ("fever", "fever"),
        ("{fever: absent}", "no fever"),
        ("numb", "numbness"),
        ("{numb: absent}", "normal feeling"),
        ("{pain: severe}", "pain: severe"),
        ("{pain: [severe, mild]}", "pain: mild or severe"),
        ("{pain: is_not severe}", "not (pain: severe)"),
        ("{pain: is_not none}", "pain: mild or severe"),
        ("{age: above 50 a}", "age over 50 years"),
        ("{age: at_least 50 a}", "age at least 50 years"),
        ("{age: below 50 a}", "age under 50 years"),
        ("{age: at_most 50 a}", "age at most 50 years"),
        ("{age: 20 a to 40 a}", "age 20 to 40 years"),
        ('{age: "[20 a..40 a)"}', "age at least 20 years and under 40 years"),
        ("{age: 50 a}", "age 50 years"),
        ("{age: is_not 50 a}", "age not 50 years"),
        ("{age: [below 20 a, above 50 a]}", "age under 20 years or over 50 years"),
        ("{temp: at_least 38.5 Cel}", "temp at least 38.5 °C"),
    ],
)
def test_a_test_is_said_as_its_author_would(when, said):
    assert phrase(when) == said


def test_a_negated_test_of_several_ranges_or_two_ends_is_bracketed():
    assert phrase('{age: "not(< 20 a, > 50 a)"}') == "age not (under 20 years or over 50 years)"
    assert phrase('{age: "not([20 a..40 a))"}') == "age not (at least 20 years and under 40 years)"
    assert phrase('{all: [fever, {age: "not(< 20 a, > 50 a)"}]}') == (
        "fever and age not (under 20 years or over 50 years)"
    )


# ---------------------------------------------------------------- parts


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{all: [fever, cough]}", "fever and cough"),
        ("{fever: present, pain: mild}", "fever and pain: mild"),
        ("{any: [fever, cough]}", "fever or cough"),
        ("{any: [{all: [fever, cough]}, numb]}", "(fever and cough) or numbness"),
        ("{all: [{any: [fever, cough]}, numb]}", "(fever or cough) and numbness"),
        ("{all: [{all: [fever, cough]}, numb]}", "(fever and cough) and numbness"),
        ("{all: [{any: [{all: [fever, cough]}, numb]}, {pain: mild}]}",
         "((fever and cough) or numbness) and pain: mild"),
        ("{at_least: {n: 2, of: [fever, cough, numb]}}", "at least 2 of: fever; cough; numbness"),
        ("{all: [{at_least: {n: 1, of: [fever, cough]}}, numb]}", "(at least 1 of: fever; cough) and numbness"),
        ("{at_least: {n: 2, of: [fever, {all: [cough, numb]}, {any: [cough, numb]}]}}",
         "at least 2 of: fever; cough and numbness; cough or numbness"),
        ("{not: fever}", "no fever"),
        ("{not: {all: [fever, cough]}}", "not (fever and cough)"),
        ("{not: {at_least: {n: 2, of: [fever, cough]}}}", "not (at least 2 of: fever; cough)"),
        ("{not: {any: [fever, cough]}}", "none of: fever; cough"),
        ("{not: {any: [fever, {all: [cough, numb]}]}}", "none of: fever; cough and numbness"),
    ],
)  # fmt: skip
def test_parts_are_joined_and_bracketed(when, said):
    assert phrase(when) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{all: [fever, {pain: [mild, severe]}]}", "fever and (pain: mild or severe)"),
        ("{all: [{age: [below 20 a, above 50 a]}, fever]}", "(age under 20 years or over 50 years) and fever"),
        ("{not: {pain: [mild, severe]}}", "not (pain: mild or severe)"),
        ("{all: [fever, {pain: is_not severe}]}", "fever and not (pain: severe)"),
        ("{any: [fever, {pain: [mild, severe]}]}", "fever or pain: mild or severe"),
    ],
)
def test_alternatives_of_one_finding_are_bracketed_where_they_could_be_misread(when, said):
    """`fever and pain: mild or severe` would also be read as `(fever and pain: mild) or severe`."""
    assert phrase(when) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{all: [{not: {any: [fever, cough]}}, numb]}", "(none of: fever; cough) and numbness"),
        ("{not: {not: {any: [fever, cough]}}}", "not (none of: fever; cough)"),
        ("{at_least: {n: 1, of: [{not: {any: [fever, cough]}}, numb]}}",
         "at least 1 of: (none of: fever; cough); numbness"),
        ("{at_least: {n: 1, of: [{at_least: {n: 2, of: [fever, cough]}}, numb]}}",
         "at least 1 of: (at least 2 of: fever; cough); numbness"),
        ("{all: [{not: fever}, cough]}", "(no fever) and cough"),
        ("{any: [{not: fever}, cough]}", "(no fever) or cough"),
        ("{all: [{not: {all: [fever, cough]}}, numb]}", "not (fever and cough) and numbness"),
        ("{not: {any: [{not: fever}, cough]}}", "none of: no fever; cough"),
    ],
)  # fmt: skip
def test_a_list_or_a_bare_negation_within_another_condition_is_bracketed(when, said):
    """`at least 1 of: at least 2 of: fever; cough; numbness` would not say where the inner list ends."""
    assert phrase(when) == said


def test_a_list_of_one_needs_no_brackets():
    assert phrase("{all: [{any: [fever]}, cough]}") == "fever and cough"
    assert phrase("{any: [{all: [{any: [fever, cough]}]}, numb]}") == "(fever or cough) or numbness"
    assert phrase("{not: {any: [fever]}}") == "no fever"


# ---------------------------------------------------------------- definitions


DEFINED = "definitions:\n  ill: {any: [fever, cough]}\n  worse: ill\n  sure: {all: [fever, cough]}\n  hot: fever\n"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("hot", "fever"),
        ("ill", "fever or cough"),
        ("{all: [ill, numb]}", "(fever or cough) and numbness"),
        ("{all: [worse, numb]}", "(fever or cough) and numbness"),
        ("{any: [sure, hot]}", "(fever and cough) or fever"),
        ("{not: ill}", "none of: fever; cough"),
        ("{not: worse}", "none of: fever; cough"),
        ("{not: sure}", "not (fever and cough)"),
    ],
)
def test_a_definition_is_said_by_its_meaning_also_where_it_is_the_name_of_another(when, said):
    assert phrase(when, extra=DEFINED) == said


# ---------------------------------------------------------------- outputs and scores


FIRST = decision("first", rule("V", "fever", "{visit: soon, likely: [flu]}"))
SUM = score("sum_of_all", "{when: fever, points: 1}, {when: cough, points: 1}", "{low: 0, very_high: 1 to 2}")


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{visit: now}", "the visit: right now"),
        ("{visit: at_least later}", "the visit: later or soon or right now"),
        ("{visit: silent}", "the visit: nothing said"),
        ("{visit: [out_of_scope, soon]}", "the visit: soon or out of scope"),
        ("{likely: includes flu}", "likely: influenza"),
        ("{likely: [stroke, flu]}", "likely: influenza or stroke"),
        ("{all: [{visit: [soon, now]}, cough]}", "(the visit: soon or right now) and cough"),
    ],
)
def test_a_test_of_an_output_names_its_levels_low_to_high_and_statuses_last(when, said):
    assert phrase(when, FIRST) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{sum_of_all: at_least 2}", "sum of all: at least 2"),
        ("{sum_of_all: very_high}", "sum of all: very high"),
        ("{sum_of_all: [low, very_high]}", "sum of all: low, very high"),
    ],
)
def test_a_test_of_a_score_is_said_as_it_is_written(when, said):
    assert phrase(when, SUM) == said


# ---------------------------------------------------------------- what rules write


def test_a_rule_writes_its_outputs_in_its_own_order():
    table = decision("d", rule("R", "fever", "{visit: soon, scan: now, likely: [stroke, flu]}"))
    one = guideline(table, covers="scan visit likely")
    (found,) = one.decisions[0].rules
    assert then_phrase(found, one.outputs) == "the visit: soon; the scan: right now; likely: stroke, influenza"
    assert assignment_phrase(found.then[1], one.outputs) == "the scan: right now"


def test_a_rule_that_writes_nothing_is_silent_or_says_why_it_does_not_run():
    one = guideline(decision("d", rule("R", "fever", "{scan: now}")))
    (silent,) = one.decisions[0].otherwise or ()
    assert then_phrase(silent, one.outputs) == "says nothing"
    assert then_phrase(replace(silent, inert="contradicted"), one.outputs) == "nothing (inert: contradicted)"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("silent", "says nothing"),
        ("out_of_scope", "out of scope"),
        ("not_covered", "not covered"),
        ("gap", "no rule applies (undeclared gap)"),
        ("conflict", "rules contradict each other"),
        ("now", "right now"),
        ("later", "later"),
    ],
)
def test_levels_and_statuses_are_said_in_words(value, said):
    one = guideline(decision("d", rule("R", "fever", "{scan: now}")))
    assert value_words(one.outputs["scan"], value) == said


def test_a_value_without_its_output_is_said_without_underscores():
    assert value_words(None, "within_2_weeks") == "within 2 weeks"
    assert value_words(None, "silent") == "says nothing"


def test_a_scope_is_said_like_any_condition():
    one = guideline(decision("d", rule("R", "fever", "{scan: now}")), scope="{fever: present, cough: absent}")
    assert condition_phrase(one.scope, one.vocabulary.findings, one.outputs) == "fever and no cough"
