"""Cases that leave several findings open: put together only where each fault still shows by itself."""

from __future__ import annotations

from functools import cache

import pytest

from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.model.vignette import Stated
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.decide import decide
from redflag_kit.mutate.mutant import AssumeChanged
from redflag_kit.mutate.mutants import mutants
from redflag_kit.mutate.verdict import Survived
from redflag_kit.suggest.joint import OpenCase, joint_cases
from redflag_kit.suggest.meet import Effort
from redflag_kit.suggest.plan import Subject
from redflag_kit.suggest.unknown import OpenFault, plan_for_cases
from tests.unit.evaluate.worlds import decision, guideline, rule

GUIDELINE = guideline(
    decision(
        "d",
        rule("R1", "fever", "{scan: soon}"),
        rule("R2", "cough", "{scan: soon}"),
        rule("R3", "numb", "{visit: soon}"),
        rule("R4", "{pain: [mild, severe]}", "{visit: soon}"),
        rule("R5", "worry", "{likely: [flu]}"),
    ),
    findings="fever cough numb pain worry",
    covers="scan visit likely",
    extra="on_unknown: {worry: ask}\n",
    constraints=("{id: K-ILL, title: who is in severe pain is numb, if: {pain: severe}, then: numb}",),
)


@cache
def ready() -> Engine:
    return engine(GUIDELINE)


def word(finding: str, value: str) -> Stated:
    return Stated(finding, frozenset({value}))


def unknown(finding: str) -> Stated:
    return Stated(finding, unknown=True)


NO_WORRY = word("worry", "absent")


def open_case(finding: str, value: str = "absent", *stated: Stated) -> OpenCase:
    return OpenCase((*stated, NO_WORRY, unknown(finding)), finding, value)


FEVER, COUGH, NUMB, PAIN = (open_case("fever"), open_case("cough"), open_case("numb"), open_case("pain", "none"))


def test_faults_of_different_outputs_share_a_case_and_those_of_one_do_not() -> None:
    fever_numb = (NO_WORRY, unknown("fever"), unknown("numb"))
    cough_pain = (NO_WORRY, unknown("cough"), unknown("pain"))
    assert joint_cases(ready(), (FEVER, NUMB), 4) == (fever_numb,)
    assert joint_cases(ready(), (FEVER, COUGH), 4) == ()
    assert joint_cases(ready(), (FEVER, COUGH, NUMB, PAIN), 4) == (fever_numb, cough_pain)
    assert joint_cases(ready(), (FEVER,), 4) == joint_cases(ready(), (), 4) == ()


@pytest.mark.parametrize(("most", "open_ones"), [(1, []), (2, [["fever", "numb"]]), (3, [["fever", "numb", "worry"]])])
def test_no_more_findings_are_left_open_than_asked_for(most: int, open_ones: list[list[str]]) -> None:
    worried = OpenCase((unknown("worry"),), "worry", "absent")
    found = joint_cases(ready(), (FEVER, NUMB, worried), most)
    assert [[one.finding for one in case if one.unknown] for case in found] == open_ones


def test_a_finding_that_one_case_states_is_open_in_the_joint_one() -> None:
    base = open_case("fever", "absent", word("numb", "absent"), word("cough", "absent"))
    assert joint_cases(ready(), (base, NUMB), 4) == (
        (word("cough", "absent"), NO_WORRY, unknown("fever"), unknown("numb")),
    )


def test_a_value_that_nobody_in_the_case_can_have_shows_nothing() -> None:
    base = open_case("fever", "absent", word("numb", "absent"))
    assert joint_cases(ready(), (base, open_case("pain", "severe")), 4) == ()
    assert len(joint_cases(ready(), (base, open_case("pain", "mild")), 4)) == 1


def test_one_draft_notices_faults_that_share_a_case() -> None:
    found = decide(GUIDELINE, mutants(GUIDELINE), ())
    faults = {
        one.mutant.id: OpenFault(one.mutant.edit.finding, apply(GUIDELINE, one.mutant.edit), one.case)
        for one in found.verdicts
        if isinstance(one, Survived) and isinstance(one.mutant.edit, AssumeChanged)
    }
    assert [*faults] == [f"finding {name}:unknown-as-absent" for name in ("fever", "cough", "numb", "pain")]
    plan = plan_for_cases(Subject(found.engine, "g@1", frozenset()), faults, Effort())
    assert sorted(sorted(one.notices) for one in plan.drafts) == [
        ["finding cough:unknown-as-absent", "finding pain:unknown-as-absent"],
        ["finding fever:unknown-as-absent", "finding numb:unknown-as-absent"],
    ]
    assert (plan.goals, plan.tried, plan.exact, plan.unconfirmed) == (4, 6, True, ())
    alone = plan_for_cases(Subject(found.engine, "g@1", frozenset()), faults, Effort(open_findings=1))
    assert (len(alone.drafts), alone.tried) == (4, 4)
