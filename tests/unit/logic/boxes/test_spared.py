from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.logic.boxes import spared
from redflag_kit.logic.boxes.pairs import overlapping
from redflag_kit.logic.boxes.rows import rows_of
from redflag_kit.logic.boxes.spared import held_by_others
from redflag_kit.logic.budget import NO_DEADLINE
from redflag_kit.logic.space import Axis, Space
from tests.unit.analyse.deadlines import noting
from tests.unit.logic.boxes.tables import Drawn, any_tables, points_in, quick


@quick
@given(any_tables, st.integers(0, 9), st.integers(1, 3))
def test_a_rule_is_spared_exactly_if_those_that_stand_in_hold_all_its_points(
    drawn: Drawn, count: int, block: int
) -> None:
    def replaces(other: int, rule: int) -> bool:
        return drawn.outputs[other] == drawn.outputs[rule]

    rules = rows_of(drawn.space, drawn.boxes)
    expected = []
    for rule, box in enumerate(drawn.boxes[:count]):
        region = points_in(drawn.space, [box])
        others = [one for at, one in enumerate(drawn.boxes) if at != rule and replaces(at, rule)]
        if region and region <= points_in(drawn.space, others):
            expected.append(rule)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spared, "_BLOCK", block)
        pairs = overlapping(rules, NO_DEADLINE)
        assert held_by_others(rules, pairs, min(count, len(drawn.boxes)), replaces, NO_DEADLINE) == expected


@pytest.mark.parametrize("block", [2, 100])
def test_whether_another_stands_in_is_asked_once_of_overlapping_rules_in_order(
    monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(spared, "_BLOCK", block)
    rules = rows_of(Space((Axis("x", 9),)), [(0b000000011,), (0b000000110,), (0b111000000,), (0b000000111,)])
    asked: list[tuple[int, int]] = []

    def replaces(other: int, rule: int) -> bool:
        asked.append((rule, other))
        return other == 3

    assert held_by_others(rules, overlapping(rules, NO_DEADLINE), 4, replaces, NO_DEADLINE) == [0, 1]
    assert asked == [(0, 1), (0, 3), (1, 0), (1, 3), (3, 0), (3, 1)]
    assert held_by_others(rules, overlapping(rules, NO_DEADLINE), 1, replaces, NO_DEADLINE) == [0]


@pytest.mark.parametrize(("answer", "more"), [(False, set()), (True, {"which rules touch each other"})])
def test_the_questions_that_take_time_are_told(answer: bool, more: set[str]) -> None:
    rules = rows_of(Space((Axis("x", 4),)), [(0b0011,), (0b0110,)])
    deadline, asked = noting()
    held_by_others(rules, overlapping(rules, NO_DEADLINE), 2, lambda _other, _rule: answer, deadline)
    assert set(asked) == {"whether some rules cover another one", *more}
