from __future__ import annotations

import pytest

from redflag_kit.logic.budget import (
    MOST_SHARERS,
    NO_DEADLINE,
    NODES_PER_SECOND,
    Budget,
    BudgetExceeded,
    Deadline,
    nodes_within,
    sharers,
    turns_of,
)


class Clock:
    """Stands still but when it is told the time."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("redflag_kit.logic.budget.time", made)
    return made


def refusal(deadline: Deadline) -> str:
    """Return what a question hears at this moment, nothing if there is time for it."""
    try:
        deadline.check("a question")
    except BudgetExceeded as late:
        return str(late)
    return ""


def test_a_limit_is_told_with_the_question_it_stopped() -> None:
    one = BudgetExceeded("the conjunction of two regions", "4000000 nodes")
    assert str(one) == "the conjunction of two regions needs more than 4000000 nodes"
    assert one.args == (one.question, one.budget) == ("the conjunction of two regions", "4000000 nodes")


def test_a_budget_lasts_its_seconds_to_the_moment(clock: Clock) -> None:
    deadline = Budget(seconds=2.5).start()
    assert (deadline.left(), refusal(deadline)) == (2.5, "")
    clock.now = 1002.25
    assert (deadline.left(), refusal(deadline)) == (0.25, "")
    for clock.now in (1002.5, 1010.0):
        assert (deadline.left(), refusal(deadline)) == (0.0, "a question needs more than 2.5 s")


def test_a_part_is_a_share_of_the_time_left_when_it_is_taken(clock: Clock) -> None:
    deadline = Budget(seconds=100).start()
    clock.now = 1020.0
    assert deadline.part(0.25) == Deadline(1040.0, "100 s")
    assert deadline.part(1) == deadline
    clock.now = 1200.0
    assert deadline.part(0.25) == Deadline(1200.0, "100 s")


def test_no_share_of_endless_time_ends() -> None:
    assert [NO_DEADLINE.part(share) for share in (0.25, 0.0)] == [NO_DEADLINE] * 2


def test_a_step_has_an_equal_part_of_the_time_left_when_its_turn_begins(clock: Clock) -> None:
    turns = turns_of(Budget(seconds=100).start())
    assert (turns.at, turns.words, turns.left(), refusal(turns)) == (1100.0, "100 s", 100.0, "")
    turns.begin(4)
    assert (turns.left(), refusal(turns)) == (25.0, "")
    for clock.now in (1025.0, 1060.0):
        assert (turns.left(), refusal(turns)) == (0.0, "a question needs more than its share of 100 s")
    turns.begin(2)
    assert (turns.left(), refusal(turns)) == (20.0, "")
    clock.now = 1100.0
    assert refusal(turns) == "a question needs more than 100 s"


def test_before_the_first_turn_everything_may_be_spent(clock: Clock) -> None:
    turns = turns_of(Budget(seconds=100).start())
    clock.now = 1099.0
    assert (turns.left(), refusal(turns)) == (1.0, "")
    clock.now = 1100.0
    assert (turns.left(), refusal(turns)) == (0.0, "a question needs more than 100 s")


def test_time_is_divided_among_a_few_however_many_follow() -> None:
    assert [sharers(steps) for steps in (1, MOST_SHARERS - 1, MOST_SHARERS, 50)] == [1, 7, 8, 8]


def test_diagrams_have_as_many_nodes_as_the_time_left_allows_and_at_least_one(clock: Clock) -> None:
    deadline = Budget(seconds=2).start()
    assert nodes_within(4_000_000, deadline) == 2 * NODES_PER_SECOND
    assert nodes_within(700, deadline) == 700
    assert nodes_within(4_000_000, NO_DEADLINE) == 4_000_000
    clock.now = 1003.0
    assert nodes_within(4_000_000, deadline) == 1
