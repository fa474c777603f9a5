"""Witnesses in the words of the vocabulary."""

from __future__ import annotations

from dataclasses import replace

from redflag_kit.evaluate.engine import engine
from redflag_kit.model.vignette import Stated
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.mutant import RuleDropped
from redflag_kit.mutate.witness import ORDINARY, witness_of
from redflag_kit.results.mutate import OutcomePair
from tests.unit.evaluate.worlds import decision, guideline, rule

GUIDELINE = guideline(
    decision(
        "d", rule("R1", "fever", "{scan: now}"), rule("R2", "{all: [cough, {pain: [mild, severe]}]}", "{scan: soon}")
    ),
    findings="fever cough pain worry",
)


def word(finding: str, *values: str) -> Stated:
    return Stated(finding, frozenset(values))


FEVER = (word("fever", "present"), word("cough", "absent"), word("pain", "none"), word("worry", "absent"))


def test_outcomes_are_told_in_the_words_of_their_scale_on_either_side() -> None:
    without = apply(GUIDELINE, RuleDropped("R1"))
    told = OutcomePair("scan", "the scan", "right now", "says nothing")
    assert witness_of(engine(GUIDELINE), without, FEVER).outcomes == (told,)
    back = witness_of(engine(without), GUIDELINE, FEVER)
    assert back.outcomes == (replace(told, before="says nothing", after="right now"),)


def test_a_finding_stated_in_part_is_told_as_it_is_stated() -> None:
    found = witness_of(engine(GUIDELINE), GUIDELINE, (*FEVER[:2], word("pain", "mild", "severe")))
    assert found.text == "fever; pain: mild or pain: severe; worry: not assessed"
    assert not found.complete


def test_what_is_normal_is_not_worth_saying_whatever_the_example() -> None:
    findings = GUIDELINE.vocabulary.findings
    odd = {**findings, "fever": replace(findings["fever"], example="present")}
    made = replace(GUIDELINE, vocabulary=replace(GUIDELINE.vocabulary, findings=odd))
    calm = (word("fever", "absent"), *FEVER[1:])
    assert witness_of(engine(made), made, FEVER).text == "fever"
    assert witness_of(engine(made), made, calm).text == ORDINARY


def test_a_patient_is_told_in_the_order_of_the_vocabulary_however_it_was_found() -> None:
    ready = engine(GUIDELINE)
    there, back = (witness_of(ready, GUIDELINE, case) for case in (FEVER, tuple(reversed(FEVER))))
    assert there.case == back.case
    assert list(back.case) == ["fever", "cough", "pain", "worry"]
