"""Steps that share a budget, on a clock that only the steps move."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from redflag_kit.logic.budget import Budget, Deadline
from redflag_kit.workflow.in_turn import in_turn

Step = Callable[[Deadline], str]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    return now


def needs(seconds: float, clock: list[float], turns: list[str], name: str) -> Step:
    def step(deadline: Deadline) -> str:
        turns.append(name)
        clock[0] += min(seconds, deadline.left())
        return name if deadline.left() > 0 else "open"

    return step


def taken(clock: list[float], steps: Sequence[tuple[str, float]], seconds: float) -> tuple[tuple[str, ...], list[str]]:
    turns: list[str] = []
    ready = [needs(cost, clock, turns, name) for name, cost in steps]
    return in_turn(ready, Budget(seconds=seconds).start(), lambda one: one == "open"), turns


def test_a_hard_step_gets_what_the_easy_ones_did_not_need(clock: list[float]) -> None:
    found, turns = taken(clock, [("hard", 30), ("easy", 1), ("other", 1)], 60)
    assert found == ("hard", "easy", "other")
    assert turns == ["hard", "easy", "other", "hard"]


def test_a_hard_step_leaves_the_others_their_turn_and_stays_open(clock: list[float]) -> None:
    easy = [(f"easy {n}", 1.0) for n in range(20)]
    found, turns = taken(clock, [("hard", 1000), *easy], 60)
    assert found == ("open", *(name for name, _ in easy))
    assert turns == ["hard", *(name for name, _ in easy), "hard"]
    assert clock[0] <= 160


def test_a_step_among_many_may_take_more_than_an_equal_part(clock: list[float]) -> None:
    found, turns = taken(clock, [("long", 7), *((f"easy {n}", 1) for n in range(20))], 60)
    assert found[0] == "long"
    assert turns.count("long") == 1


def test_what_stays_open_whatever_time_it_has_is_not_asked_again_with_as_much(clock: list[float]) -> None:
    turns: list[float] = []

    def never(deadline: Deadline) -> str:
        turns.append(deadline.left())
        assert len(turns) < 3
        return "open"

    assert in_turn([never], Budget(seconds=60).start(), lambda one: one == "open") == ("open",)
    assert turns == [60]


def test_no_time_at_all_asks_every_step_once(clock: list[float]) -> None:
    assert taken(clock, [("a", 1), ("b", 1)], 0) == (("open", "open"), ["a", "b"])


def test_a_step_that_time_does_not_help_is_not_asked_for_ever(clock: list[float]) -> None:
    turns: list[str] = []

    def stuck(deadline: Deadline) -> str:
        turns.append("stuck")
        return "open"

    assert in_turn([stuck], Deadline(float("inf"), "no time limit"), lambda one: one == "open") == ("open",)
    assert turns == ["stuck"]


def test_without_steps_nothing_is_found() -> None:
    assert in_turn([], Budget().start(), bool) == ()
