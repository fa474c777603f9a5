"""Traps that no single patient can show: scraped tables, money and fear, odds, and numbers without a source."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from redflag_kit.model.guideline import Guideline, Rule
from tests.content.disagreements import answer
from tests.content.library import vignettes
from tests.shipped import guideline, project

ACP = ("acp@2007", "acp@2011", "acp_as_printed@2011")
NOT_FOUND = re.compile(
    r"\b(83|92|36\.5|9\.1|78|12) ?(%|per cent)|\b18\.7 days|\b(20|twenty) times|\b3 (bn|billion)", re.IGNORECASE
)
"""Numbers of the article for which no source was found."""


def rules(one: Guideline) -> Iterator[Rule]:
    for decision in one.decisions:
        yield from (*decision.rules, *(decision.otherwise or ()))


def vignette(name: str):
    (found,) = (one for one in vignettes() if one.id == name)
    return found


@pytest.mark.parametrize("reference", ACP)
def test_trap_26_no_row_of_a_serious_cause_stands_under_no_imaging(reference: str):
    """On one transcription the rows of cauda equina and stenosis are printed under "no imaging"."""
    causes = ("CES", "NEU", "INF", "CA", "STE")
    own = [rule for rule in rules(guideline(reference)) if any(f"-{cause}" in rule.id for cause in causes)]
    assert len(own) >= len(causes)
    assert not [rule.id for rule in own for written in rule.then if "not_recommended" in written.values]


def test_trap_26_saddle_numbness_is_imaged_by_every_table_that_covers_it():
    for expectation in vignette("T-26").expectations:
        said = answer(vignette("T-26"), f"{expectation.guideline}@{expectation.version}")
        assert "not recommended: some imaging" not in said


def test_trap_27_money_and_fear_are_no_findings():
    words = ("insur", "afraid", "fear", "cost", "money", "wish", "demand", "wants")
    findings = next(iter(project().library.guidelines)).vocabulary.findings
    named = {name: f"{name} {one.label} {one.ask}".lower() for name, one in findings.items()}
    assert not [name for name, text in named.items() if any(word in text for word in words)]


def test_trap_27_the_patient_with_fear_and_without_money_gets_what_the_plain_patient_gets():
    poor, plain = vignette("T-27-john"), vignette("V01a")
    for expectation in plain.expectations:
        reference = f"{expectation.guideline}@{expectation.version}"
        assert answer(poor, reference) == answer(plain, reference)


def test_trap_17_no_rule_reads_a_probability():
    findings = next(iter(project().library.guidelines)).vocabulary.findings
    assert not [name for name, one in findings.items() if one.unit == "%"]
    outputs = {name for one in project().library.guidelines for name in one.outputs}
    assert not [name for name in outputs if "probability" in name or "likelihood" in name]


def test_trap_28_a_number_without_a_source_never_stands_in_a_rule_without_that_verdict():
    texts = {
        f"{one.name} {rule.id}": f"{rule.title}. {rule.note}. {rule.inert}"
        for one in project().library.guidelines
        for rule in rules(one)
    }
    repeated = {name for name, text in texts.items() if NOT_FOUND.search(text)}
    assert repeated
    assert not [name for name in repeated if "not found" not in texts[name]]
