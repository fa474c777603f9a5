"""The story of red flags 2026.1: each reviewed patch is a class of changes, and nothing else is lowered."""

from __future__ import annotations

from functools import cache

from redflag_kit.diff.compare import Comparison, compare
from redflag_kit.model.vignette import Vignette
from redflag_kit.results.diff import ChangeClass
from tests.content.library import vignettes
from tests.shipped import guideline

CONTRADICTIONS = tuple(f"SX-{number}" for number in range(1, 12))
EDITIONS = ("2026.0", "2026.1")


@cache
def followed() -> tuple[Vignette, ...]:
    """Return the patients written to follow the patches."""
    return tuple(one for one in vignettes() if one.id.startswith("F-"))


@cache
def story() -> Comparison:
    return compare(guideline("red_flags@2026.0"), guideline("red_flags@2026.1"), followed())


def changes(*directions: str) -> set[tuple[str, str, str, str]]:
    """Return output, old value, new value and the new rule (or the old one, if none decides) of some directions."""
    return {(c.output, c.from_value, c.to_value, rule(c)) for c in story().classes if c.direction in directions}


def rule(change: ChangeClass) -> str:
    return change.new_rule.id or change.old_rule.id


def test_what_is_lowered_is_the_age_alone_and_the_must_of_ct():
    assert changes("less_urgent") == {
        ("ct", "without_trial", "usually_appropriate", "S-FXCT"),
        ("primary_care", "within_48h", "within_2_weeks", "S-AGE"),
        ("physiotherapy", "not_first", "recommended", "S-AGE"),
    }


def test_what_is_lost_is_self_care_for_patients_who_have_a_flag_now_or_a_failed_trial():
    assert changes("lost") == {
        ("self_care", "routine", "silent", "S-NONE"),
        ("conservative_care", "listed", "not_listed", "S-NONE"),
    }
    assert changes("scope", "constraint", "lateral") == set()


def test_each_patch_decides_a_class_of_its_own():
    raised = {name for _, _, _, name in changes("gained", "more_urgent")}
    assert raised == {
        "S-CES",  # retention, altered flow
        "S-PVR",  # residual
        "S-PVR-CES",
        "S-INF",  # injecting, immune system, recent infection, bloodstream infection
        "S-EDI",
        "S-CRP",  # raised tests
        "S-EDF2",  # fever, whatever the pain
        "S-FXCT",  # MRI as an alternative
        "S-FXXR",  # X-ray first
        "S-PER",  # somebody looks after a failed trial
        "S-ANY",
        "S-NONE",
    }


def test_every_class_holds_a_vignette_and_every_witness_is_confirmed():
    assert all(change.vignettes for change in story().classes)
    assert not story().faults


def test_every_deliberate_lowering_has_a_source_besides_the_article():
    for one in guideline("red_flags@2026.1").rules():
        if one.id in {"S-AGE", "S-FXCT"}:
            assert {evidence.cite for evidence in one.evidence} - {"SEED"}


def test_every_contradiction_of_the_article_is_an_assumption_with_a_source_that_shapes_a_rule():
    edition = guideline("red_flags@2026.1")
    named = {name for one in edition.rules() for name in one.assumptions}
    for tag in CONTRADICTIONS:
        name = f"A-261-{tag.replace('-', '')}"
        assert edition.assumptions[name].cite
        assert name in named


def test_every_contradiction_has_patients_followed_through_both_editions():
    for tag in CONTRADICTIONS:
        own = [one for one in followed() if tag in one.tags]
        assert own
        assert all({e.version for e in one.expectations if e.guideline == "red_flags"} == {*EDITIONS} for one in own)
