"""Drafts that leave findings open, for faults of what is assumed."""

from __future__ import annotations

from dataclasses import replace

from redflag_kit.model.condition import All
from redflag_kit.model.vignette import Stated
from redflag_kit.suggest.draft import drafted
from redflag_kit.suggest.meet import Effort
from redflag_kit.suggest.unknown import OpenFault, noticing, plan_for_cases
from tests.property import models
from tests.unit.suggest.small import open_faults, ready, small, subject

FEVER, COUGH = "finding fever:unknown-as-absent", "finding cough:unknown-as-absent"
WORRY = "finding worry:assumption-removed"


def test_each_fault_is_noticed_by_a_case_that_leaves_its_finding_open() -> None:
    found = plan_for_cases(subject(), open_faults(), Effort())
    assert {one.vignette.id: one.notices for one in found.drafts} == {
        "g-1-fever-unknown": (FEVER,),
        "g-1-cough-unknown-worry": (COUGH,),
        "g-1-cough-worry-unknown": (WORRY,),
    }
    assert (found.goals, found.bound, found.tried, found.exact, found.unconfirmed) == (3, 0, 3, True, ())
    assert all(one.patient is None for one in found.drafts)


def test_outputs_of_which_something_may_be_said_are_asked_for() -> None:
    found = plan_for_cases(subject(), open_faults(), Effort())
    asked = [one.vignette.expectations[0] for one in found.drafts]
    assert [[each.output for each in one.outcomes] for one in asked] == [["scan"], ["scan"], []]


def test_names_that_are_taken_are_not_given_again() -> None:
    only = {FEVER: open_faults()[FEVER]}
    found = plan_for_cases(subject("g-1-fever-unknown"), only, Effort())
    assert [one.vignette.id for one in found.drafts] == ["g-1-fever-unknown-2"]


def test_a_fault_that_changes_nothing_for_its_case_is_unconfirmed() -> None:
    faults = open_faults()
    same = {FEVER: replace(faults[FEVER], faulty=small()), WORRY: faults[WORRY]}
    found = plan_for_cases(subject(), same, Effort())
    assert found.unconfirmed == (FEVER,)
    assert [one.notices for one in found.drafts] == [(WORRY,)]
    assert (found.goals, found.tried) == (2, 3)  # the whole case of what was missed was tried too


def test_without_faults_nothing_is_drafted() -> None:
    found = plan_for_cases(subject(), {}, Effort())
    assert (found.drafts, found.goals, found.tried, found.exact) == ((), 0, 0, True)


def test_only_a_vignette_that_leaves_the_finding_open_can_notice() -> None:
    age = next(one for one in open_faults()[FEVER].case if one.finding == "age")

    def draft(*stated: Stated, taken: tuple[str, ...] = ()):
        return drafted(small(), "g@1", (*stated, age), ("scan",), taken)

    unknown = draft(Stated("fever", unknown=True))
    stated = draft(Stated("fever", frozenset({"absent"})), taken=(unknown.id,))
    unsaid = draft(Stated("cough", frozenset({"present"})))
    found = noticing(small(), open_faults(), [unknown, stated, unsaid])
    assert found == {FEVER: (unknown.id,), COUGH: (), WORRY: (unsaid.id,)}  # worry has no normal value: it is open


def test_faults_without_effect_on_outcomes_are_noticed_by_none() -> None:
    unknown = drafted(small(), "g@1", (Stated("fever", unknown=True),), ("likely",), ())
    assert noticing(small(), {FEVER: open_faults()[FEVER]}, [unknown]) == {FEVER: ()}
    assert ready().guideline == small()


def test_a_number_that_is_stated_bounds_others_through_one_that_is_not() -> None:
    numbers = [models.number(name, 0, 60) for name in "abc"]
    words = models.vocabulary([*numbers, models.yes_no("w")], [models.ordered("scan", models.scale("soon", "now"))])
    asked = All((models.has("w"), models.between("c", 0, 29)))
    now = models.guideline(
        words,
        [models.decision("d", [models.rule("R1", asked, {"scan": "now"})])],
        constraints=[models.at_most("a", "b"), models.at_most("b", "c")],
    )
    faulty = replace(now, assume={"w": models.assumed("absent")})
    low, high = (
        drafted(now, "g@1", (models.stated("a", a), models.stated("w")), ("scan",), taken)
        for a, taken in ((20, ()), (40, ("g-1-a-20-w-unknown",)))
    )
    faults = {"w": OpenFault("w", faulty, low.findings)}
    assert low.id != high.id
    assert noticing(now, faults, [low, high]) == {"w": (low.id,)}
