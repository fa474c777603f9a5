"""The shipped ACP editions: the four published differences, class by class."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from redflag_kit.diff.changes import Change, changes
from redflag_kit.diff.compare import compare
from redflag_kit.diff.direction import MIRRORED_DIRECTIONS, MIRRORS
from redflag_kit.diff.pair import pair_by_name
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.budget import Budget
from redflag_kit.logic.mdd import signature
from redflag_kit.model.condition import Value
from redflag_kit.results.diff import ChangeClass
from redflag_kit.semantics.literal import Patient, Reading, read
from tests.shipped import guideline
from tests.unit.diff.shipped import classes, comparison, legal, patient_of, regions

OLD, NEW = "acp@2007", "acp@2011"


def class_of(output: str, old: str, new: str, old_rule: str, new_rule: str) -> ChangeClass:
    found = classes(comparison(OLD, NEW), output, old, new)
    (one,) = (c for c in found if (c.old_rule.id, c.new_rule.id) == (old_rule, new_rule))
    return one


# ---------------------------------------------------------------- the four published differences


def test_prior_cancer_with_new_pain_loses_the_mri():
    # Nothing in 2011 writes an MRI for it, so no rule decides there; the X-ray and the ESR of 11-CA are in the witness.
    one = class_of("mri", "without_trial", "silent", "07-CA1", "")
    assert (one.kind, one.direction) == ("recommendation-lost", "lost")
    assert one.witness.shown == ("history of cancer",)
    assert {"xray_lumbar": "without_trial", "esr": "without_trial", "mri": "silent"}.items() <= dict(
        one.witness.new
    ).items()
    assert [rule.id for rule in one.witness.new_rules] == ["11-CA"]
    assert [rule.id for rule in one.witness.old_rules if rule.decisive] == ["07-CA1"]


def test_prior_cancer_with_new_pain_gains_the_xray():
    one = class_of("xray_lumbar", "silent", "without_trial", "", "11-CA")
    assert (one.kind, one.direction) == ("recommendation-gained", "gained")
    assert one.witness.shown == ("history of cancer",)


@pytest.mark.parametrize("alone", ["fever", "iv_drug_use", "recent_infection"])
def test_one_sign_of_infection_alone_loses_the_mri(alone: str):
    one = class_of("mri", "without_trial", "silent", "07-INF", "11-DEF2")
    assert (one.kind, one.direction) == ("recommendation-lost", "lost")
    assert in_class(one, {**ordinary(), alone: "present"})


def test_fever_with_a_recent_infection_keeps_the_mri():
    patient = {**ordinary(), "fever": "present", "recent_infection": "present"}
    assert not any(in_class(one, patient) for one in comparison(OLD, NEW).classes if one.output == "mri")


def test_the_edit_of_the_infection_row_says_exactly_the_three_cases_lost():
    edit = class_of("mri", "without_trial", "silent", "07-INF", "11-DEF2").edit
    assert edit is not None
    assert (edit.kind, edit.old_rules, edit.new_rules, edit.gained) == ("narrowed", ("07-INF",), ("11-INF",), None)
    assert edit.lost is not None
    assert edit.lost.exact
    assert {cube.words for cube in edit.lost.cubes} == {
        ("no fever", "recent infection"),
        ("no fever", "injecting drug use"),
        ("fever", "no injecting drug use", "no recent infection"),
    }


@pytest.mark.parametrize("found", [{"osteoporosis": "present"}, {"systemic_steroid": "short"}])
def test_osteoporosis_or_steroids_wait_for_a_trial_of_therapy(found: dict[str, Value]):
    one = class_of("xray_lumbar", "without_trial", "after_trial", "07-VCF", "11-VCF")
    assert (one.kind, one.direction) == ("urgency-lowered", "less_urgent")
    assert one.witness.shown == ("osteoporosis",)
    assert in_class(one, {**ordinary(), **found})


@pytest.mark.parametrize("found", [{"age_years": Fraction(51)}, {"weight_loss": "unexplained"}])
def test_age_over_50_or_unexplained_weight_loss_waits_for_a_trial_of_therapy(found: dict[str, Value]):
    one = class_of("xray_lumbar", "without_trial", "after_trial", "07-CA2", "11-WCA")
    assert (one.kind, one.direction) == ("urgency-lowered", "less_urgent")
    assert in_class(one, {**ordinary(), **found})
    assert not in_class(one, {**ordinary(), **found, "conservative_trial_days": Fraction(28)})


def test_the_step_is_major_and_the_way_back_is_the_mirror():
    forth, back = comparison(OLD, NEW), comparison(NEW, OLD)
    assert (forth.required_bump, back.required_bump, forth.declared_bump) == ("major", "major", "major")
    there = [
        (c.output, c.element, MIRRORS[c.kind], MIRRORED_DIRECTIONS[c.direction], c.to_value, c.from_value)
        for c in sorted(forth.classes, key=lambda c: (c.output, c.element, c.new_rule.id, c.old_rule.id))
    ]
    assert there == [
        (c.output, c.element, c.kind, c.direction, c.from_value, c.to_value)
        for c in sorted(back.classes, key=lambda c: (c.output, c.element, c.old_rule.id, c.new_rule.id))
    ]


@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), ("acep@2014", NEW), ("red_flags@2026", OLD)])
def test_the_way_back_has_the_same_patients_class_by_class(old: str, new: str):
    forth, back = pair_by_name(guideline(old), guideline(new)), pair_by_name(guideline(new), guideline(old))
    there = {(c.aspect, c.new_value, c.old_value, c.new_rule, c.old_rule): c.region for c in changes(back)}
    for change in changes(forth):
        region = there.pop((change.aspect, change.old_value, change.new_value, change.old_rule, change.new_rule))
        assert signature(forth.diagrams.freeze(change.region)) == signature(back.diagrams.freeze(region))
    assert not there


# ---------------------------------------------------------------- every class


@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), (NEW, OLD), ("red_flags@2026", NEW), (NEW, "acep@2014")])
def test_every_witness_differs_as_claimed_and_fires_the_named_rules(old: str, new: str):
    before, after = guideline(old), guideline(new)
    found = comparison(old, new)
    assert found.classes
    assert not found.faults
    for one in found.classes:
        patient = patient_of(one.witness, before.vocabulary.findings)
        assert legal(before, patient)
        assert legal(after, patient)
        readings = read(before, patient), read(after, patient)
        assert aspect_of(readings[0], one) == one.from_value != one.to_value == aspect_of(readings[1], one)
        for reading, rule, shown in zip(
            readings, (one.old_rule, one.new_rule), (one.witness.old_rules, one.witness.new_rules), strict=True
        ):
            assert [fired.id for fired in shown] == list(reading.fired)
            assert [fired.id for fired in shown if fired.decisive] == ([rule.id] if rule.id else [])


@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), (NEW, OLD), ("red_flags@2026", NEW), (NEW, "acep@2014")])
def test_every_region_is_described_exactly_and_an_edit_that_is_cut_off_says_so(old: str, new: str):
    found = comparison(old, new)
    assert all(one.region.exact and one.region.cubes for one in found.classes)
    sides = [side for edit in found.edits for side in (edit.edit.lost, edit.edit.gained) if side]
    assert all(side.exact != side.text.endswith("; and more") for side in sides)


def test_the_classes_of_an_output_are_disjoint():
    both = regions(OLD, NEW)
    found = list(changes(both))
    for aspect in both.aspects():
        seen = both.diagrams.empty
        for change in (c for c in found if c.aspect == aspect):
            assert (seen & change.region).is_empty()
            seen |= change.region


def test_the_shipped_editions_have_the_same_classes_without_diagrams() -> None:
    exact = comparison(OLD, NEW)
    found = compare(guideline(OLD), guideline(NEW), (), Budget(nodes=1))
    assert len(found.classes) == len(exact.classes)
    assert sorted(one.sentence for one in found.classes) == sorted(one.sentence for one in exact.classes)
    assert all(one.region.exact for one in found.classes)
    assert not found.faults


# ---------------------------------------------------------------- patients


def changes_of(aspect: tuple[str, str]) -> list[Change[BddRegion]]:
    return [change for change in changes(regions(OLD, NEW)) if change.aspect == aspect]


@cache
def ordinary() -> Patient:
    """Return a 40-year-old woman with new low back pain and nothing else."""
    findings = guideline(OLD).vocabulary.findings
    return {name: one.example if one.clean is None else one.clean for name, one in findings.items()}


def in_class(one: ChangeClass, patient: Patient) -> bool:
    both = regions(OLD, NEW)
    (change,) = (
        c
        for c in changes_of((one.output, one.element))
        if (c.old_value, c.new_value, c.old_rule or "", c.new_rule or "")
        == (one.from_value, one.to_value, one.old_rule.id, one.new_rule.id)
    )
    point = tuple(both.atoms.atom_of(name, patient[name]) for name in both.atoms.inputs)
    return both.diagrams.contains(change.region, point)


def aspect_of(reading: Reading, one: ChangeClass) -> str:
    value = reading.values[one.output]
    if not one.element:
        assert isinstance(value, str)
        return value
    if isinstance(value, frozenset):
        return "listed" if one.element in value else "not_listed"
    return "not_listed" if value == "silent" else value
