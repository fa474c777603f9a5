"""What a question is worth, number by number: urgency settled and told, what is left open, what is settled."""

from __future__ import annotations

import pytest

from redflag_kit.evaluate.ask import inquire
from redflag_kit.evaluate.frozen import freeze_outputs
from redflag_kit.evaluate.prospect import Prospect
from redflag_kit.evaluate.ranking import Merit, Ranking
from tests.unit.evaluate.worlds import Opened, decision, opened, rule

NOW, SOON = rule("now", "fever", "{scan: now}"), rule("soon", "cough", "{scan: soon}")
ONE_OF_TWO = "{any: [{all: [fever, {not: numb}]}, {all: [numb, {not: fever}]}]}"


def ranking(world: Opened, *outputs: str) -> Ranking:
    prospect = Prospect(freeze_outputs(world.engine, outputs, world.region), list(world.engine.masks(world.region)))
    return Ranking(prospect, world.guideline.outputs)


def merit(world: Opened, finding: str, *outputs: str) -> Merit:
    one = ranking(world, *outputs)
    return one.merit(one.answers(world.engine.diagrams.space.position(finding)))


def answers(world: Opened, finding: str) -> list[int]:
    return [atom for atom, _ in ranking(world, "scan").answers(world.engine.diagrams.space.position(finding))]


def test_a_question_that_settles_everything_leaves_nothing() -> None:
    assert merit(opened(decision("d", NOW)), "fever", "scan") == (-0.75, -0.75, 0, 0, -1)


def test_the_worst_answer_counts_what_stays_open_and_the_best_what_is_settled() -> None:
    world = opened(decision("d", NOW, SOON))
    assert merit(world, "fever", "scan") == (-0.75, -0.75, 1, 2, -1)
    assert merit(world, "cough", "scan") == (-0.5, 0.0, 1, 2, 0)


def test_a_level_that_is_certain_already_is_not_raised_by_an_answer_that_leaves_as_much_open() -> None:
    world = opened(decision("d", SOON, rule("either", ONE_OF_TWO, "{scan: now}")), case_of="{cough: present}")
    assert merit(world, "fever", "scan") == (0.0, 0.0, 1, 2, 0)


def test_elements_of_a_set_are_open_one_by_one() -> None:
    table = decision("d", rule("flu", "fever", "{likely: [flu]}"), rule("stroke", "numb", "{likely: [stroke]}"))
    world = opened(table, covers="likely")
    # Whatever the answer, one element stays open; with the first answer, so does whether the set is silent.
    assert merit(world, "fever", "likely") == (0.0, 0.0, 1, 3, 0)


def test_answers_that_the_case_or_the_constraints_rule_out_are_none() -> None:
    table = decision("d", rule("bad", "{pain: severe}", "{scan: now}"), SOON, NOW)
    some = {"findings": "pain cough fever"}
    assert answers(opened(table, **some), "pain") == [0, 1, 2]
    mild_or_severe = opened(table, case_of="{pain: {one_of: [mild, severe]}}", **some)
    words = mild_or_severe.engine.atoms.inputs["pain"].words
    assert [words[atom] for atom in answers(mild_or_severe, "pain")] == ["mild", "severe"]
    hurts = ["{id: K-1, title: fever hurts, if: fever, then: {pain: [mild, severe]}}"]
    tied = opened(table, case_of="{fever: present}", constraints=hurts, **some)
    assert tied.engine.masks(tied.region)[tied.engine.diagrams.space.position("pain")] == sum(
        1 << words.index(word) for word in ("mild", "severe")
    )


@pytest.mark.parametrize(("exact_findings", "exact"), [(3, False), (2, True), (4, False)])
def test_the_exact_search_is_for_few_findings_and_has_its_own_budget(
    exact_findings: int, exact: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redflag_kit.evaluate.ask.EXACT_FINDINGS", exact_findings)
    monkeypatch.setattr("redflag_kit.evaluate.ask.EXACT_WORK", 1)
    monkeypatch.setattr("redflag_kit.evaluate.ask.BOUND_WORK", 1_000_000)
    which = rule("A", "{all: [numb, fever]}", "{scan: now}"), rule("B", "{all: [cough, {not: numb}]}", "{scan: now}")
    world = opened(decision("d", *which))
    asked, worst = inquire(world.engine, world.region)
    assert len(asked) == 3
    assert worst.exact is exact
