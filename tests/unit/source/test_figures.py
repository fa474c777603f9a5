"""Disputed figures: how a figure may be spelled, and which texts name its claim."""

import pytest

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.model.claim import Claim
from redflag_kit.source.figures import names, quoted_without_claim, spelled
from tests.unit.source.reading import node_of


def claim(name, verdict, *figures):
    return Claim(name, "ART", "A", "says", verdict, "why", (), figures, (), (), "made up", NOWHERE)


def told(text, *claims):
    return sorted((one.code.id, one.span.line) for one in quoted_without_claim([node_of(text)], claims))


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("83 %", "83 %"),
        ("83 %", "(83%)"),
        ("83 %", "83 per cent of them"),
        ("83 %", "82-83\u00a0%"),
        ("18.7 days", "18.7-day delay, or 18.7 Days"),
        ("$3 billion", "over $3 billion"),
        ("20 times", "nearly 20 times"),
        ("$1,200", "$1,200-$3,000"),
    ],
)
def test_a_figure_is_found_however_it_is_spaced(figure, text):
    assert spelled(figure).search(text)


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("83 %", "283 %"),
        ("83 %", "1.83 %"),
        ("83 %", "83.1 %"),
        ("83 %", "83 percentiles"),
        ("83 %", "83"),
        ("18.7 days", "18.75 days"),
        ("18.7 days", "18 7 days"),
        ("$3 billion", "$13 billion"),
    ],
)
def test_another_figure_is_not_taken_for_it(figure, text):
    assert not spelled(figure).search(text)


@pytest.mark.parametrize("text", ["ART-1", "`ART-1`", "see ART-1, ART-2", "(ART-1)"])
def test_a_text_names_a_claim_by_its_whole_id(text):
    assert names(text, "ART-1")


@pytest.mark.parametrize("text", ["ART-10", "ART-1-b", "XART-1", "art-1", ""])
def test_a_longer_id_names_another_claim(text):
    assert not names(text, "ART-1")


@pytest.mark.parametrize("verdict", ["supported", "partly", "category_error", "opinion"])
def test_a_figure_that_is_not_disputed_may_be_quoted_freely(verdict):
    assert told("note: 83 %", claim("ART-1", verdict, "83 %")) == []


@pytest.mark.parametrize("verdict", ["not_found", "contradicted"])
def test_a_disputed_figure_needs_its_claim_in_the_same_text(verdict):
    given = "a: {note: 83 %, other: ART-1}\nb: [83 % (ART-1), x 83 %]\n"
    assert told(given, claim("ART-1", verdict, "83 %")) == [("RF164", 1), ("RF164", 2)]


def test_any_claim_that_has_the_figure_may_be_named():
    both = claim("ART-1", "not_found", "83 %"), claim("ART-2", "partly", "83 %")
    assert told("note: 83 % says ART-2", *both) == []


def test_a_claim_names_itself_in_its_own_entry_and_nowhere_else():
    given = "claims:\n  - {id: ART-1, says: 83 %, more: [83 %]}\n  - {id: ART-2, says: 83 %}\n"
    assert told(given, claim("ART-1", "not_found", "83 %")) == [("RF164", 3)]


def test_numbers_and_keys_are_no_texts():
    assert told('"83 %": 83\n', claim("ART-1", "not_found", "83")) == []
