"""The safety properties of the shipped guidelines: what holds, and what published guidelines really break."""

from __future__ import annotations

from functools import cache

import pytest

from redflag_kit.analyse.properties.run import Examined, examine
from redflag_kit.analyse.properties.verdict import Result
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.property import Between
from tests.shipped import project

GUIDELINES = ("acep@2014.0.0", "acp@2007.0.0", "acp@2011.0.0", "red_flags@2026.0.0", "red_flags@2026.1.0")


@cache
def examined(name: str) -> Examined:
    library = project().library
    (one,) = (g for g in library.guidelines if g.name == name)
    return examine(one, [p for p in library.properties if p.applies(one, in_force=one.status == "active")])


def guideline(name: str) -> Guideline:
    return next(g for g in project().library.guidelines if g.name == name)


def known(name: str) -> dict[str, dict[str, object]]:
    """Return, for each property that a guideline is known to break, what is unusual about its counterexample."""
    findings = guideline(name).vocabulary.findings
    ordinary = {n: f.example if f.clean is None else f.clean for n, f in findings.items()}
    shown = {v.property.id: v.counterexample for v in examined(name).verdicts if v.counterexample is not None}
    return {
        key: {n: v for n, v in one.patient.items() if v != ordinary[n] and n not in one.unknown}
        for key, one in shown.items()
    }


@pytest.mark.parametrize("name", GUIDELINES)
def test_no_property_fails_without_being_documented_and_no_documented_violation_is_stale(name: str):
    assert examined(name).diagnostics == ()
    assert all((v.result is Result.REFUTED) == (v.known is not None) for v in examined(name).verdicts)
    assert all(v.smallest and v.confirmed for v in examined(name).verdicts)


@pytest.mark.parametrize("name", GUIDELINES)
def test_every_documented_violation_of_a_guideline_is_shown_with_its_patient(name: str):
    one = guideline(name)
    alone = [p for p in project().library.properties if not isinstance(p.claim, Between)]
    documented = [(p.id, k) for p in alone for k in p.known if k.editions.include(one)]
    assert [(v.property.id, v.known) for v in examined(name).verdicts if v.known] == documented


def test_there_are_enough_properties_and_each_rests_on_something():
    properties = project().library.properties
    assert len(properties) >= 12
    assert all(p.hazard and (p.cite or p.assumption) for p in properties)
    kinds = {"always", "never", "when", "floor", "monotone", "unknown_safety"}
    assert {p.kind for p in properties} == {*kinds, "then_new", "never_new", "never_less_urgent"}


def test_the_article_sends_retention_alone_home():
    assert known("red_flags@2026.0.0")["P-CES-FLOOR"] == {"urinary_retention_new": "present"}
    assert known("red_flags@2026.0.0")["P-CES-ED"] == {"urinary_retention_new": "present"}


def test_the_article_sends_people_who_inject_home():
    assert known("red_flags@2026.0.0")["P-INJECTING-NEVER-AGAINST"] == {"iv_drug_use": "present"}


def test_the_corrected_article_still_advises_against_imaging_where_a_sign_is_left_for_the_next_release():
    left = known("red_flags@2026.1.0")
    assert left["P-CES-NEVER-AGAINST"].keys() <= {"bilateral_radicular_pain", "sexual_dysfunction_new"}
    assert left["P-ANAL-TONE-NEVER-AGAINST"] == {"reduced_anal_tone": "present"}
    assert left["P-DEFICIT-NEVER-AGAINST"] == {"umn_signs": "present"}
    assert left["P-POWER-NEVER-AGAINST"].keys() == {"motor_power_mrc"}
    assert left["P-SUSPICION-NEVER-AGAINST"] == {"strong_cancer_suspicion": "present"}
    against = {name for name in left if name.endswith("-NEVER-AGAINST")}
    assert left.keys() - against == {"P-CORD-SAME-DAY", "P-DRUGS-NOT-IN-PREGNANCY", "P-UNKNOWN"}
    assert len(against) == 5


def test_an_old_image_cancels_a_new_fever_in_acp_2011():
    assert known("acp@2011.0.0")["P-FEVER-NEVER-AGAINST"] == {"fever": "present", "prior_spinal_imaging": "present"}


def test_acp_2011_defers_the_image_after_a_significant_injury():
    assert known("acp@2011.0.0")["P-TRAUMA-NOT-DEFERRED"] == {"trauma": "significant"}


@pytest.mark.parametrize("name", ["acp@2007.0.0", "acp@2011.0.0"])
def test_loss_of_bladder_control_is_on_neither_list_of_acp(name: str):
    assert known(name)["P-CES-LEAK"] == {"bladder_control_lost_new": "present"}


@pytest.mark.parametrize("name", ["acep@2014.0.0", "acp@2011.0.0"])
def test_a_suspicion_that_was_not_recorded_hides_an_image(name: str):
    (found,) = (v for v in examined(name).verdicts if v.property.id == "P-UNKNOWN")
    assert found.counterexample is not None
    assert found.counterexample.unknown == ("strong_cancer_suspicion",)
    assert found.counterexample.said == (("imaging", "not_recommended"),)


@pytest.mark.parametrize("name", GUIDELINES)
@pytest.mark.parametrize(
    "property_id",
    [
        "P-DEFICIT-FLOOR",
        "P-INFECTION-FLOOR",
        "P-CANCER-FLOOR",
        "P-CHILD-NEVER-AGAINST",
        "P-MONOTONE-IMAGING",
        "P-PVR-NEVER-REASSURES",
        "P-NORMAL-TESTS-NEVER-REASSURE",
        "P-START-BACK",
        "P-DIARRHOEA",
    ],
)
def test_what_holds_everywhere(name: str, property_id: str):
    assert [v.result for v in examined(name).verdicts if v.property.id == property_id] == [Result.PROVED]


@pytest.mark.parametrize("name", GUIDELINES)
def test_diagrams_and_solver_give_the_same_verdicts_and_patients(name: str):
    one = guideline(name)
    own = [v.property for v in examined(name).verdicts]
    own = [p for p in dict.fromkeys(own) if p.id != "P-UNKNOWN"]
    other = examine(one, own, nodes=1)
    assert other.verdicts == tuple(v for v in examined(name).verdicts if v.property.id != "P-UNKNOWN")
