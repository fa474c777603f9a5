"""Diagnostics sort by place, quote safely and guess kindly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.diagnostic import QUOTE_LIMIT, Diagnostic, Note, did_you_mean, quoted, sorted_unique
from redflag_kit.diagnostics.span import NOWHERE, Span, file_start

SPAN = Span("acp/2011.yaml", 41, 5, 41, 12)


def fault(file="a.yaml", line=1, column=1, code=codes.RF001, message="m", **more):
    return Diagnostic(Span(file, line, column, line, column), code, message, **more)


def test_a_span_reads_as_file_line_column():
    assert str(SPAN) == "acp/2011.yaml:41:5"


def test_nowhere_sorts_before_the_start_of_every_file():
    assert NOWHERE < file_start("") < file_start("a") < SPAN


def test_diagnostics_sort_by_file_then_place_then_code_then_message():
    in_order = [
        fault("a.yaml", 1, 1),
        fault("a.yaml", 1, 1, codes.RF010, "a"),
        fault("a.yaml", 1, 1, codes.RF010, "b"),
        fault("a.yaml", 1, 2),
        fault("a.yaml", 2, 1),
        fault("b.yaml", 1, 1),
    ]
    assert sorted_unique(reversed(in_order)) == tuple(in_order)


def test_the_same_diagnostic_is_kept_once():
    assert sorted_unique([fault(), fault()]) == (fault(),)


def test_diagnostics_that_differ_only_in_the_witness_are_both_kept():
    both = [fault(witness={"fever": True}), fault(witness={"fever": False})]
    assert sorted_unique(both) == tuple(both)


def test_a_note_shows_a_second_place():
    assert fault(related=(Note(SPAN, "first given here"),)).related[0].span is SPAN


@pytest.mark.parametrize(
    ("severity", "threshold", "expected"),
    [
        (Severity.ERROR, Severity.WARNING, True),
        (Severity.WARNING, Severity.WARNING, True),
        (Severity.INFO, Severity.WARNING, False),
        (Severity.WARNING, Severity.ERROR, False),
    ],
)
def test_an_error_weighs_more_than_a_warning_and_a_warning_more_than_an_info(severity, threshold, expected):
    assert severity.reaches(threshold) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fever", "`fever`"),
        ("Fieber über 38 °C", "`Fieber über 38 °C`"),
        ("", "``"),
        ("a\nb\tc\rd", r"`a\nb\tc\rd`"),
        ("a\x00b", r"`a\u0000b`"),
        ("a\u202eb", r"`a\u202Eb`"),
        ("a\xa0b", r"`a\u00A0b`"),
        ("a`b", r"`a\u0060b`"),
        ("\U000e0041", r"`\U000E0041`"),
        ("\ud800", r"`\uD800`"),
        ("x" * 60, "`" + "x" * 60 + "`"),
        ("x" * 61, "`" + "x" * 59 + "…`"),
    ],
)
def test_quoted_text_is_visible_and_short(text, expected):
    assert quoted(text) == expected


@given(st.text())
def test_quoted_text_is_one_printable_line_whatever_was_written(text):
    shown = quoted(text)
    assert shown.isprintable()
    assert shown.count("`") == 2
    assert len(shown) <= QUOTE_LIMIT + 2


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("fevr", ["fever", "age"], "did you mean `fever`?"),
        ("Fever", ["fever"], "did you mean `fever`?"),
        ("iv-drug-use", ["iv_drug_use", "iv_drug"], "did you mean `iv_drug_use`?"),
        ("IVDrugUse", ["iv_drug_use"], "did you mean `iv_drug_use`?"),
        ("MIN", ["/min", "min"], "did you mean `min`?"),
        ("fever", ["fever", "fevers"], ""),
        ("banana", ["fever", "age"], ""),
        ("--", ["__"], ""),
        ("x" * 61, ["x" * 60], ""),
        ("x" * 60, ["x" * 61], ""),
        ("fevr", [], ""),
    ],
)
def test_a_misspelt_name_is_met_with_the_nearest_one(word, candidates, expected):
    assert did_you_mean(word, candidates) == expected
    assert did_you_mean(word, reversed(candidates)) == expected
