"""Totals, shares and floors."""

from __future__ import annotations

from fractions import Fraction

import pytest

from redflag_kit.coverage.item import item, percent_words, reaches, share_text, totals, uncovered_first
from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.results.coverage import CoverageItem, KindTotals


def an_item(name: str, by: str = "", why: str = "", kind: str = "rules") -> CoverageItem:
    return item(name, kind, by, name, why, NOWHERE)


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(0, 3, "0"), (1, 3, "0.3333"), (2, 3, "0.6666"), (3, 3, "1"), (1, 2, "0.5"), (99999, 100000, "0.9999")],
)
def test_a_share_is_rounded_down_so_that_only_all_is_one(part, whole, text):
    assert share_text(part, whole) == text


def test_of_nothing_there_is_no_share():
    assert share_text(0, 0) is None


def test_totals_count_one_kind_and_leave_out_what_is_impossible():
    found = [an_item("a", "V"), an_item("b"), an_item("c", "V", "proved"), an_item("d", kind="outputs")]
    assert totals("rules", found) == KindTotals("rules", 2, 1, 1, "0.5")
    assert found[2].vignette == ""


def test_what_is_not_covered_comes_first_then_what_nobody_can_show():
    found = [an_item("a", "V"), an_item("b", why="proved"), an_item("c"), an_item("d")]
    assert [one.id for one in uncovered_first(found)] == ["c", "d", "b", "a"]


@pytest.mark.parametrize(
    ("covered", "of", "floor", "reached"),
    [(8, 10, "4/5", True), (79, 100, "4/5", False), (0, 0, "1", True), (0, 5, "0", True)],
)
def test_a_floor_is_reached_exactly(covered, of, floor, reached):
    assert reaches(KindTotals("rules", of, covered, 0, None), Fraction(floor)) is reached


def test_what_was_not_counted_reaches_no_floor_but_none():
    many = KindTotals("decisions", 0, 0, 0, None, "10 decisions")
    assert not reaches(many, Fraction(1, 100))
    assert reaches(many, Fraction(0))
    assert percent_words(many) == "an unknown share (more than 10 decisions)"


def test_percentages_are_rounded_down_to_a_tenth():
    assert percent_words(KindTotals("rules", 3, 2, 0, None)) == "66.6% (2 of 3)"
    assert percent_words(KindTotals("rules", 4, 3, 0, None)) == "75% (3 of 4)"
    assert percent_words(KindTotals("rules", 0, 0, 0, None)) == "100% (0 of 0)"
