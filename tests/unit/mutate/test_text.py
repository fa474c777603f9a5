"""Parts of guidelines as an author would write them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from redflag_kit.diagnostics.span import Span
from redflag_kit.model.condition import (
    All,
    Always,
    Any,
    AtLeast,
    Condition,
    Named,
    Not,
    OutputTest,
    Range,
    ScoreTest,
    WordTest,
)
from redflag_kit.model.guideline import Assignment
from redflag_kit.model.vocabulary import Assume
from redflag_kit.mutate.text import (
    Writer,
    amount,
    is_map,
    is_negative,
    one_or_list,
    output_texts,
    policy,
    range_text,
    ranges_text,
    words_texts,
)
from redflag_kit.terms.scale import STATUSES
from tests.property.models import between, has
from tests.unit.evaluate.worlds import decision, guideline, rule

FIVE, SIX = Fraction(5), Fraction(6)
MADE = guideline(
    decision("d", rule("R1", "fever", "{scan: soon, likely: [flu, strain]}")),
    findings="fever cough numb pain age",
    covers="scan likely",
)
FEVER, COUGH, NUMB = has("fever"), has("cough"), has("numb")
HERE = Span("g.yaml", 1, 1, 1, 9)


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (Range(FIVE, None), "at_least 5 d"),
        (Range(FIVE, None, low_included=False), "above 5 d"),
        (Range(None, FIVE), "at_most 5 d"),
        (Range(None, FIVE, high_included=False), "below 5 d"),
        (Range(FIVE, SIX), "5 d to 6 d"),
        (Range(FIVE, FIVE), "5 d"),
        (Range(FIVE, SIX, low_included=False), "(5 d..6 d]"),
        (Range(FIVE, SIX, high_included=False), "[5 d..6 d)"),
        (Range(FIVE, SIX, low_included=False, high_included=False), "(5 d..6 d)"),
        (Range(FIVE, SIX, low_written="week", high_written="month"), "week to month"),
        (Range(FIVE, None, low_written="week"), "at_least week"),
        (Range(None, FIVE, high_written="week"), "at_most week"),
    ],
)
def test_a_range_is_written_with_its_ends_and_whether_they_are_in(one: Range, text: str) -> None:
    assert range_text(one, "d") == text


def test_ranges_are_one_value_a_list_or_what_they_are_not() -> None:
    low, high = Range(None, FIVE), Range(SIX, None)
    assert ranges_text((low,), False, "1") == "at_most 5"
    assert ranges_text((low, high), False, "1") == "[at_most 5, at_least 6]"
    assert ranges_text((Range(FIVE, FIVE),), False, "1") == "5"
    assert ranges_text((low,), True, "1") == "is_not at_most 5"
    assert ranges_text((low, high), True, "a") == '"not(at_most 5 a, at_least 6 a)"'


def test_words_need_quotes_only_where_they_would_be_read_as_something_else() -> None:
    assert one_or_list(["mild"]) == "mild"
    assert one_or_list(["mild", "severe"]) == "[mild, severe]"
    assert one_or_list(["-1.5"]) == "-1.5"
    assert one_or_list(["007", "yes", "a: b"]) == '["007", "yes", "a: b"]'
    assert (amount(FIVE, "1"), amount(Fraction(3, 2), "d")) == ("5", "1.5 d")


def test_what_a_test_accepts_is_told_by_what_it_leaves_out_only_if_that_is_one_word() -> None:
    pain = MADE.vocabulary.findings["pain"]
    assert words_texts(frozenset({"none", "mild"}), pain, True) == ["is_not severe"]
    assert words_texts(frozenset({"none", "mild"}), pain, False) == ["none", "mild"]
    assert words_texts(frozenset({"severe"}), pain, True) == ["severe"]
    assert [is_negative(replace(FEVER, text=text)) for text in ("is_not a", "not(a)", "not (a)", "nothing", "a")] == [
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (("soon",), ["soon"]),
        (("soon", "now"), ["at_least soon"]),
        (("avoid", "later"), ["at_most later"]),
        (("later", "soon"), ["later to soon"]),
        (("avoid", "soon"), ["avoid", "soon"]),
        (("soon", "silent"), ["soon", "silent"]),
        (("avoid", "later", "soon", *STATUSES), ["is_not now"]),
        (("avoid", *STATUSES), ["is_not at_least later"]),
        (("avoid", "soon", *STATUSES), ["avoid", "soon", *STATUSES]),
        (STATUSES[:1], [STATUSES[0]]),
    ],
)
def test_neighbouring_levels_are_one_text(values: tuple[str, ...], texts: list[str]) -> None:
    assert output_texts(frozenset(values), MADE.outputs["scan"]) == texts


def test_elements_are_included_one_by_one() -> None:
    values = frozenset({"strain", "flu", "silent"})
    assert output_texts(values, MADE.outputs["likely"]) == ["includes flu", "includes strain", "silent"]


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (Always(), "always"),
        (Named("very_ill", FEVER), "very_ill"),
        (FEVER, "fever"),
        (WordTest("fever", frozenset({"absent"}), "absent"), "{fever: absent}"),
        (WordTest("pain", frozenset({"mild"}), "mild"), "{pain: mild}"),
        (between("age", 5, 6), "{age: 5 a to 6 a}"),
        (OutputTest("scan", frozenset({"now"}), "now"), "{scan: now}"),
        (Not(FEVER), "{not: fever}"),
        (All((FEVER, COUGH)), "{all: [fever, cough]}"),
        (Any((FEVER, Not(COUGH))), "{any: [fever, {not: cough}]}"),
        (AtLeast(2, (FEVER, COUGH, NUMB)), "{at_least: {n: 2, of: [fever, cough, numb]}}"),
        (All((FEVER, Any((COUGH, NUMB))), HERE), "{fever: present, any: [cough, numb]}"),
        (All((FEVER, Named("very_ill", COUGH)), HERE), "{all: [fever, very_ill]}"),
        (All((FEVER, Always()), HERE), "{all: [fever, always]}"),
        (All((Any((FEVER, COUGH)), Any((COUGH, NUMB))), HERE), "{all: [{any: [fever, cough]}, {any: [cough, numb]}]}"),
        (All((FEVER, COUGH), HERE, HERE), "{all: [fever, cough]}"),
    ],
)
def test_a_condition_is_written_as_a_value(condition: Condition, text: str) -> None:
    writer = Writer(MADE)
    assert writer.condition(condition) == text
    assert writer.condition(condition) == text
    assert is_map(condition) == (isinstance(condition, All) and condition.span == HERE != condition.word_span)


def test_a_test_is_written_with_its_bands_or_with_its_numbers() -> None:
    writer = Writer(MADE)
    sums = ScoreTest("s", (Range(FIVE, None),), False, "")
    assert writer.test(sums) == "at_least 5"
    assert writer.test(replace(sums, negated=True)) == "is_not at_least 5"
    assert writer.test(replace(sums, bands=("low", "mid"))) == "[low, mid]"
    assert writer.test(between("age", 5, 6)) == "5 a to 6 a"
    assert writer.test(replace(between("age", 5, 6), negated=True)) == "is_not 5 a to 6 a"
    assert [writer.entry(one) for one in (Named("very_ill", FEVER), Always())] == [("", ""), ("", "")]


def test_what_a_rule_recommends_is_written_as_a_map_or_as_one_word() -> None:
    writer = Writer(MADE)
    scan, likely = Assignment("scan", ("soon",)), Assignment("likely", ("flu", "strain"))
    assert writer.then((scan, likely)) == "{scan: soon, likely: [flu, strain]}"
    assert writer.then(()) == "silent"
    assert (writer.values(scan), writer.values(likely)) == ("soon", "[flu, strain]")


def test_a_policy_is_written_with_its_reason_and_source() -> None:
    assert policy(None) == "ask"
    assert policy(Assume("absent", "rare", "opinion", None)) == {
        "assume": "absent",
        "reason": "rare",
        "evidence": "opinion",
    }
    cited = policy(Assume(Fraction(73, 2), "usual", "supported", "BOOK"))
    assert cited == {"assume": Decimal("36.5"), "reason": "usual", "evidence": "supported", "cite": "BOOK"}
    assert isinstance(cited, dict)
    assert [*cited] == ["assume", "reason", "evidence", "cite"]
    third = policy(Assume(Fraction(1, 3), "usual", "supported", "BOOK"))
    assert isinstance(third, dict)
    assert third["assume"] == "1/3"
