"""What changed since another edition as goals: the classes, who shows them, and what cannot be compared."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache

from redflag_kit.diagnostics import codes
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.model.vocabulary import Grid
from redflag_kit.results.suggest import CHANGES
from redflag_kit.semantics.literal import read
from redflag_kit.suggest.changes import Since, not_readable, since
from redflag_kit.suggest.goal import Goal
from redflag_kit.suggest.meet import Effort
from redflag_kit.suggest.plan import Subject, plan
from tests.property.models import stated
from tests.unit.evaluate.worlds import TRIAL, decision, guideline, rule
from tests.unit.mutate.every_fault import watch


def made(*rules: str, findings: str = "fever cough age") -> Guideline:
    return guideline(decision("d", *rules), findings=findings)


@cache
def old() -> Guideline:
    return made(rule("R1", "fever", "{scan: soon}"), rule("R2", "{age: at_least 60 a}", "{scan: now}"))


@cache
def new() -> Guideline:
    return made(rule("R1", "fever", "{scan: now}"), rule("R3", "cough", "{scan: soon}"))


def case(name: str, fever: str, cough: str, *age: int) -> Vignette:
    return watch(name, (stated("fever", fever), stated("cough", cough), stated("age", *age))).vignette


def compared(*vignettes: Vignette) -> Since:
    return since(old(), new(), vignettes)


def sentences(found: Since, *vignettes: Vignette) -> list[str]:
    return sorted(found.noticed(name).sentence for name in found.unshown(vignettes))


EVERY = [
    "the scan: right now → says nothing (R2 → d.otherwise)",
    "the scan: right now → soon (R2 → R3)",
    "the scan: says nothing → soon (d.otherwise → R3)",
    "the scan: soon → right now (R1)",
]


def test_every_class_of_changed_patients_is_to_be_shown() -> None:
    assert sentences(compared()) == EVERY


def test_a_vignette_shows_the_class_that_all_its_completions_lie_in() -> None:
    young, old_one = case("young", "absent", "present", 30), case("old", "absent", "absent", 70)
    open_age = case("any age", "present", "absent")
    assert sentences(compared(young), young) == EVERY[:2] + EVERY[3:]
    assert sentences(compared(young, old_one), young, old_one) == EVERY[1::2]
    assert sentences(compared(open_age), open_age) == EVERY


def test_numbers_of_vignettes_are_told_from_their_neighbours() -> None:
    at, below = case("at", "absent", "absent", 60), case("below", "absent", "absent", 59)
    assert EVERY[0] not in sentences(compared(at), at)
    assert EVERY[0] in sentences(compared(below), below)


def test_a_vignette_whose_numbers_contradict_a_constraint_shows_no_class() -> None:
    fever = rule("R1", "fever", "{scan: now}")
    tied = {"findings": "fever days trial", "constraints": [TRIAL]}
    before = guideline(decision("d", fever), **tied)
    after = guideline(decision("d", fever, rule("R2", "{days: at_least 30 d}", "{scan: soon}")), **tied)
    longer, shorter = (
        watch(name, (stated("fever", "absent"), stated("days", 35), stated("trial", trial))).vignette
        for name, trial in (("longer than ill", 40), ("shorter", 34))
    )
    assert len(since(before, after, [longer]).unshown([longer])) == 1
    assert not since(before, after, [shorter]).unshown([shorter])


def test_a_change_is_named_with_the_rule_that_decides_now_or_did() -> None:
    found = compared()
    by_sentence = {found.noticed(name).sentence: found.noticed(name) for name in found.classes}
    assert {one.kind for one in by_sentence.values()} == {CHANGES}
    assert [by_sentence[one].rule for one in EVERY] == ["d.otherwise", "R3", "R3", "R1"]
    lines = {one.id: one.span.line for one in new().rules()}
    for one in by_sentence.values():
        assert (one.file, one.line) == (new().path, lines[one.rule])
        assert one.id in found.classes


def test_a_change_after_which_no_rule_decides_is_named_with_the_one_that_did_or_the_guideline() -> None:
    after = replace(old(), scope=new().rules()[1].when)
    rules = {one.sentence: one.rule for one in map(since(old(), after, ()).noticed, since(old(), after, ()).classes)}
    assert rules["the scan: right now → out of scope (R2)"] == "R2"
    no_rule = guideline(decision("d", rule("R1", "fever", "{scan: soon}"), otherwise=None), findings="fever cough age")
    found = since(after, no_rule, ())
    gap = "the scan: out of scope → no rule applies (undeclared gap)"
    gaps = [one for one in map(found.noticed, found.classes) if one.sentence == gap]
    assert [(one.rule, one.file, one.line) for one in gaps] == [("", no_rule.path, no_rule.span.line)]


def test_changes_have_the_ids_that_a_comparison_gives_where_it_has_no_fingerprints() -> None:
    names = sorted(compared().classes)
    assert [re.sub(r"-[0-9a-f]{8}$", "", name) for name in names] == [
        "scan-now-silent",
        "scan-now-soon",
        "scan-silent-soon",
        "scan-soon-now",
    ]


def test_a_member_of_a_set_is_named_with_its_output() -> None:
    before = guideline(decision("d", rule("R1", "fever", "{likely: [flu]}")), covers="likely")
    after = guideline(decision("d", rule("R1", "cough", "{likely: [flu]}")), covers="likely")
    found = since(before, after, ())
    assert {one.sentence.partition(" (")[0] for one in map(found.noticed, found.classes)} == {
        "likely: influenza: listed → not listed",
        "likely: influenza: not listed → listed",
    }
    assert {re.sub(r"-[0-9a-f]{8}$", "", name) for name in found.classes} == {
        "likely.flu-listed-not-listed",
        "likely.flu-not-listed-listed",
    }


def test_drafts_for_changes_are_written_in_the_vocabulary_of_the_guideline() -> None:
    found = compared()
    goals = [Goal(name, one.region) for name, one in found.classes.items()]
    drafts = plan(Subject(found.engine, "g@1", frozenset()), goals, lambda name: None, Effort()).drafts
    assert sorted(name for one in drafts for name in one.notices) == sorted(found.classes)
    assert {one.finding for draft in drafts for one in draft.vignette.findings} == {"fever", "cough", "age"}
    assert found.unshown([draft.vignette for draft in drafts]) == {}


def test_patients_of_a_class_get_both_values_from_the_literal_interpreter_and_others_are_our_fault() -> None:
    found = compared()
    for name, change in found.classes.items():
        patient = found.pair.patient_at(found.engine.diagrams.calmest(change.region))
        assert read(old(), patient).values["scan"] == change.old_value
        assert read(new(), patient).values["scan"] == change.new_value
        assert found.fault(name, patient) is None
        fault = found.fault(name, {**patient, "fever": "absent" if patient["fever"] == "present" else "present"})
        assert fault is not None
        assert fault.code is codes.RF902


def test_what_the_other_edition_reads_must_be_in_the_vocabulary_as_it_is_there() -> None:
    assert not_readable(old(), new()) == ()
    without = made(rule("R1", "fever", "{scan: now}"), findings="fever cough")
    assert not_readable(old(), without) == ("age",)
    assert not_readable(without, old()) == ()
    words = new().vocabulary
    for finding, change, differs in (
        ("fever", {"clean": None, "example": "present"}, False),
        ("fever", {"words": ("present", "absent", "slight")}, True),
        ("age", {"unit": "mo"}, True),
        ("age", {"grid": Grid(Fraction(0), Fraction(98), Fraction(1))}, True),
    ):
        other = replace(words.findings[finding], **change)
        changed = replace(new(), vocabulary=replace(words, findings={**words.findings, finding: other}))
        assert not_readable(old(), changed) == ((finding,) if differs else ())
    sets = replace(words.outputs["scan"], scale=None, elements=("now",))
    as_set = replace(new(), vocabulary=replace(words, outputs={**words.outputs, "scan": sets}))
    assert not_readable(old(), as_set) == ("scan",)


def test_findings_that_only_the_other_edition_reads_can_be_drafted() -> None:
    found = compared()
    assert "age" in found.engine.compiled.inputs
    assert list(found.engine.atoms.inputs) == list(found.engine.compiled.inputs)
