"""The shipped register: every claim of the article and its comments is placed, with its verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.model.claim import Claim, Register, rules_by_claim
from redflag_kit.report.json import Json, Result, to_json
from redflag_kit.report.verdicts import with_verdicts
from redflag_kit.results.claims import ClaimsBody
from redflag_kit.results.envelope import Envelope
from redflag_kit.source.figures import quoted_without_claim, spelled
from redflag_kit.source.nodes import Mapping, Scalar, Sequence
from redflag_kit.workflow.claims import claims
from redflag_kit.workflow.show import show
from tests.shipped import ROOT, project

SECTIONS = {
    "RF": range(1, 4), "LIST": range(4, 26), "IMG": range(26, 38), "REF": range(38, 45), "SCAN": range(45, 52),
    "Y26": range(52, 61), "DO": range(61, 65), "FAQ1": [65], "FAQ2": [66, 67], "FAQ3": [68], "FAQ4": [69, 70],
    "FAQ5": [71, 72], "FAQ6": [73], "FAQ7": [74, 75], "NEXT": range(76, 79),
}  # fmt: skip
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs" / "clinical").glob("*.md"))]
NOT_FOUND = {"05", "20", "23", "35", "44", "47", "48", "54", "57", "58", "60", "62", "78"}
CONTRADICTED = {"02", "22", "37", "46", "52", "53", "72"}


def shown_with_verdicts(envelope: Envelope) -> Result:
    return with_verdicts(to_json(replace(envelope, verdicts=project().library.verdicts())))


def texts(value: Json) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in parts for text in texts(part)]


def register() -> Register:
    (found,) = project().library.registers
    return found


def seed() -> dict[str, Claim]:
    return {one.id: one for one in register().claims if one.group == "SEED"}


def test_the_article_makes_78_claims_in_the_order_and_sections_of_its_text() -> None:
    expected = [(f"SEED-{n:02}", section) for section, numbers in SECTIONS.items() for n in numbers]
    assert [(one.id, one.section) for one in seed().values()] == expected
    assert len(expected) == 78


def test_the_tally_of_verdicts_is_that_of_the_claims_looked_up() -> None:
    assert Counter(one.verdict for one in seed().values()) == {
        "partly": 30, "supported": 25, "not_found": 13, "contradicted": 7, "opinion": 2, "category_error": 1
    }  # fmt: skip
    assert {name[5:] for name, one in seed().items() if one.verdict == "not_found"} == NOT_FOUND
    assert {name[5:] for name, one in seed().items() if one.verdict == "contradicted"} == CONTRADICTED


def test_every_claim_is_placed() -> None:
    result = claims(project())
    body = result.body
    assert isinstance(body, ClaimsBody)
    assert [(one.id, one.placed, one.claims) for one in body.groups] == [("SEED", 78, 78), ("COM", 19, 19)]
    assert [one.id for one in body.claims if not one.placed] == []
    assert (result.exit_code, result.diagnostics) == (0, ())


def test_a_reason_stands_only_where_nothing_implements_a_claim() -> None:
    rules = rules_by_claim(project().library.guidelines)
    assert [
        c.id for c in register().claims if bool(c.no_rule) is bool(rules.get(c.id) or c.vignettes or c.properties)
    ] == []


def test_every_disputed_number_of_the_article_is_listed_as_a_figure() -> None:
    figures = {figure for one in seed().values() if one.disputed for figure in one.figures}
    assert figures >= {"90 %", "78 %", "36.5 %", "9.1 %", "20 times", "12 %", "79 %", "$1,200", "$3 billion"}
    assert figures >= {"83 %", "92 %", "18.7 days"}


def test_the_eleven_contradictions_have_vignettes_that_carry_their_tag() -> None:
    tags = {vignette.id: vignette.tags for _, vignette in project().library.vignettes}
    assert [one.id for one in register().contradictions] == [f"SX-{n}" for n in range(1, 12)]
    untagged = [(c.id, v) for c in register().contradictions for v in c.vignettes if c.id not in tags[v]]
    assert untagged == []


def test_the_verdict_stands_beside_every_disputed_figure_that_a_report_shows() -> None:
    told = [
        text
        for guideline in project().library.guidelines
        for text in texts(shown_with_verdicts(show(guideline, guideline.name)))
        if any(spelled(figure).search(text) for one in register().claims if one.disputed for figure in one.figures)
    ]
    assert any("18.7 days" in text for text in told)
    assert [text for text in told if "(not found)" not in text and "(contradicted)" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_for_readers_quotes_a_disputed_figure_without_its_claim(page: Path) -> None:
    parts = page.read_text("utf-8").split("\n\n")
    paragraphs = Sequence(tuple(Scalar(part, part, True, NOWHERE) for part in parts), NOWHERE)
    entry = Mapping(((Scalar("page", "page", True, NOWHERE), paragraphs),), NOWHERE)
    assert [one.message for one in quoted_without_claim([entry], register().claims)] == []


@pytest.mark.parametrize("name", ["SEED", "SEED-100"])
def test_the_source_key_of_the_article_is_no_claim(name: str) -> None:
    assert name not in project().library.verdicts()
