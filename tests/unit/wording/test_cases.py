"""Plain words and JSON for cases, and words for sources and regions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.compile.expression import InputEntry, Interval
from redflag_kit.model.condition import Range, Value
from redflag_kit.model.evidence import Evidence, Source
from redflag_kit.model.vignette import Stated
from redflag_kit.results.check import ShownEvidence
from redflag_kit.wording.cases import (
    case_json,
    case_phrases,
    number_json,
    patient_json,
    stated_patient,
    stated_words,
)
from redflag_kit.wording.evidence import shown_evidence, source_words
from redflag_kit.wording.regions import alternatives, findings_words, rule_words
from tests.property.models import choice, number, stated, yes_no

FEVER = yes_no("fever", clean="absent")
PAIN = choice("pain", ["none", "mild", "very_bad"], clean="none")
AGE = replace(number("age", 0, 99), unit="a")
TEMP = replace(number("temp", 36, 41, Fraction(1, 2)), unit="Cel")
FINDINGS = {one.id: one for one in (AGE, FEVER, PAIN, TEMP)}


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (stated("fever", "present"), "fever"),
        (stated("fever", "absent"), "no fever"),
        (stated("fever"), "fever: not assessed"),
        (stated("fever", "present", "absent"), "no fever or fever"),
        (stated("pain", "very_bad"), "pain: very bad"),
        (stated("pain", "very_bad", "none"), "pain: none or pain: very bad"),
        (stated("age", 45), "age 45 years"),
        (stated("age", (40, 60)), "age 40 to 60 years"),
        (stated("age", 20, (40, 60)), "age 20 years or 40 to 60 years"),
        (stated("temp", Fraction(77, 2)), "temp 38.5 °C"),
        (stated("age"), "age: not assessed"),
    ],
)
def test_what_a_case_says_of_a_finding_is_said_in_words(one, said):
    assert stated_words(FINDINGS[one.finding], one) == said


def test_a_finding_that_a_case_does_not_mention_is_not_assessed():
    assert stated_words(AGE, None) == "age: not assessed"


CASE = (stated("temp"), stated("pain", "very_bad", "mild"), stated("fever", "absent"), stated("age", (40, 60), 70))


def test_a_case_is_said_in_vocabulary_order_without_what_is_not_assessed():
    assert case_phrases(CASE, FINDINGS) == (
        "age 40 to 60 years or 70 years",
        "no fever",
        "pain: mild or pain: very bad",
    )
    assert case_phrases((), FINDINGS) == ()


def test_a_case_is_written_as_json_in_vocabulary_order():
    found = case_json(CASE, FINDINGS)
    assert list(found) == ["age", "fever", "pain"]
    assert found == {"age": {"any_of": [[40, 60], 70]}, "fever": "absent", "pain": {"any_of": ["mild", "very_bad"]}}


def test_single_numbers_are_written_as_themselves():
    assert case_json([stated("age", 45), stated("temp", Fraction(77, 2))], FINDINGS) == {"age": 45, "temp": "38.5"}
    assert case_json([stated("temp", (Fraction(73, 2), 38))], FINDINGS) == {"temp": {"any_of": [["36.5", 38]]}}


def test_a_range_without_an_end_is_no_value_of_a_case():
    assert case_json([Stated("age", ranges=(Range(low=Fraction(1)),))], FINDINGS) == {"age": {"any_of": []}}


def test_whole_numbers_are_json_numbers_and_decimals_are_text():
    assert [number_json(Fraction(n)) for n in ("3", "-3", "0.5", "1/3")] == [3, -3, "0.5", "1/3"]


def test_a_patient_is_written_as_a_case_of_single_values():
    patient: dict[str, Value] = {"temp": Fraction(77, 2), "pain": "mild", "age": Fraction(0)}
    found = patient_json(patient, FINDINGS)
    assert list(found.items()) == [("age", 0), ("pain", "mild"), ("temp", "38.5")]


def test_a_patient_is_stated_as_a_case():
    patient: dict[str, Value] = {"age": Fraction(45), "pain": "mild"}
    assert stated_patient(patient) == (stated("age", 45), stated("pain", "mild"))
    assert case_phrases(stated_patient(patient), FINDINGS) == ("age 45 years", "pain: mild")


# ---------------------------------------------------------------- sources

BOOK = Source(
    "BOOK", "A title.", ("Nobody A", "Noone B"), "A publisher", "A journal", "2011-02-01", "", "", "table", ""
)


def test_a_source_is_said_by_its_authors_title_and_place():
    assert source_words(BOOK) == "Nobody A, Noone B. A title. A journal 2011-02-01"


def test_more_than_three_authors_are_cut_short():
    four = replace(BOOK, authors=("A", "B", "C", "D"))
    assert source_words(four) == "A, B, C and others. A title. A journal 2011-02-01"
    assert source_words(replace(BOOK, authors=("A", "B", "C"))) == "A, B, C. A title. A journal 2011-02-01"


def test_what_a_source_lacks_is_left_out():
    assert source_words(replace(BOOK, authors=(), container="")) == "A publisher. A title. 2011-02-01"
    assert source_words(replace(BOOK, authors=(), publisher="", container="", issued="")) == "A title"
    assert source_words(None) == ""


def test_a_citation_is_shown_with_its_source_in_words():
    one = Evidence("BOOK", "r1", "partly", "strong", "low", "a note")
    said = "Nobody A, Noone B. A title. A journal 2011-02-01"
    assert shown_evidence(one, {"BOOK": BOOK}) == ShownEvidence("BOOK", "r1", "partly", "strong", "low", "a note", said)
    assert shown_evidence(one, {}).source == ""


# ---------------------------------------------------------------- regions


def test_tests_on_findings_are_said_in_vocabulary_order():
    entries = (
        InputEntry("pain", words=frozenset({"mild"})),
        InputEntry("age", intervals=(Interval(Fraction(0), Fraction(50)),)),
    )
    assert findings_words(entries, FINDINGS) == ("age at most 50 years", "pain: mild")
    assert findings_words((), FINDINGS) == ()


@pytest.mark.parametrize(
    ("applying", "not_applying", "said"),
    [
        ([], [], ()),
        (["A"], [], ("A applies in 2011",)),
        (["A", "B"], [], ("A and B apply in 2011",)),
        ([], ["C"], ("C does not apply in 2011",)),
        ([], ["C", "D"], ("none of C, D applies in 2011",)),
        (["A"], ["C", "D"], ("A applies in 2011", "none of C, D applies in 2011")),
    ],
)
def test_rules_that_apply_and_rules_that_do_not_are_said_for_their_edition(applying, not_applying, said):
    assert rule_words("2011", iter(applying), iter(not_applying)) == said


def test_alternatives_are_joined_and_an_empty_one_is_everybody():
    assert (
        alternatives([("fever", "age over 50 years"), ("weight loss",)])
        == "fever and age over 50 years; or weight loss"
    )
    assert alternatives([()]) == "everybody"
    assert alternatives([]) == ""
