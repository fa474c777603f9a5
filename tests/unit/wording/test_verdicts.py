"""The verdict behind every claim that a text names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.model.evidence import EVIDENCE_STATUSES
from redflag_kit.wording.verdicts import claims_with

CLAIMS = claims_with({"ART-1": "not_found", "ART-10": "partly", "COM-1": "contradicted"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ART-1", "ART-1 (not found)"),
        ("ART-10 and ART-1", "ART-10 (partly) and ART-1 (not found)"),
        ("(ART-1, COM-1).", "(ART-1 (not found), COM-1 (contradicted))."),
        ("the claim `ART-1` here", "the claim `ART-1` (not found) here"),
        ("ART-1 (not found) ART-1", "ART-1 (not found) ART-1 (not found)"),
        ("ART-1 (see below)", "ART-1 (not found) (see below)"),
    ],
)
def test_the_verdict_stands_behind_the_claim_once(text, shown):
    assert CLAIMS.with_verdicts(text) == shown
    assert CLAIMS.with_verdicts(shown) == shown


@pytest.mark.parametrize("text", ["", "ART-2", "ART-100", "START-1", "ART-1-b", "A-ART-1", "art-1", "COM-"])
def test_other_words_are_left_alone(text):
    assert CLAIMS.with_verdicts(text) == text
    assert list(CLAIMS.named_in(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"), [("A-ART-X, COM-2, A-ART-1", False), ("", False), ("xART-1", True), ("ART-2 COM-1", True)]
)
def test_a_text_is_searched_only_if_an_id_may_be_in_it(text, expected):
    assert CLAIMS.may_be_in(text) is expected


@given(
    st.lists(st.sampled_from(["ART-1", "ART-10", "COM-1", "ART-", "`", " (not found)", " ", "-", "x", "ÿ", "\n", "("]))
)
def test_verdicts_are_only_added_and_only_once(pieces):
    text = "".join(pieces)
    shown = CLAIMS.with_verdicts(text)
    assert CLAIMS.with_verdicts(shown) == shown
    assert list(CLAIMS.named_in(shown)) == list(CLAIMS.named_in(text))
    assert CLAIMS.may_be_in(text) or not list(CLAIMS.named_in(text))
    added = re.sub(r" \((?:not found|partly|contradicted)\)", "", shown)
    assert added == re.sub(r" \((?:not found|partly|contradicted)\)", "", text)
    assert list(CLAIMS.named_in(text)) == [one for one in re.findall(r"[\w-]+", text) if one in CLAIMS.verdicts]


def test_the_claims_of_a_text_are_named_in_its_order():
    assert list(CLAIMS.named_in("COM-1, `ART-1`, ART-10 (partly)")) == ["COM-1", "ART-1", "ART-10"]


@pytest.mark.parametrize("verdict", EVIDENCE_STATUSES)
def test_every_verdict_is_recognised_where_it_stands_already(verdict):
    claims = claims_with({"ART-1": verdict})
    shown = claims.with_verdicts("ART-1")
    assert "_" not in shown
    assert claims.with_verdicts(shown) == shown


def test_where_there_is_no_register_no_claim_is_found():
    assert claims_with({}).with_verdicts("ART-1") == "ART-1"
