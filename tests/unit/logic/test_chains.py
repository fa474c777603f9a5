"""Chains with a solver that only remembers what it must insist on."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from redflag_kit.logic.chains import Chain
from redflag_kit.logic.gates import TRUE, Gates
from redflag_kit.logic.samples import Sample
from tests.unit.logic.worlds import boolean_space

WORTH_A_SOLVER = 24
FARTHEST = 64


class Insisting:
    """A solver without answers."""

    def __init__(self) -> None:
        self.on: list[int] = []

    def solve(self, literals: Sequence[int]) -> Sample | None:
        raise AssertionError(literals)

    def insist(self, literal: int) -> None:
        self.on.append(literal)


class FirstHit:
    """A table of first hits: what is left before each rule, and what each rule gets of it."""

    def __init__(self, rules: int) -> None:
        self.gates = Gates(boolean_space(f"x{at}" for at in range(rules)), 100_000)
        self.tests = [self.gates.literal(at, 0b10) for at in range(rules)]
        self.solvers: list[Insisting] = []
        self.chain = Chain(self.gates, self.solver)
        self.left = [TRUE]
        self.hits: list[int] = []
        for test in self.tests:
            self.hits.append(self.gates.conjunction(self.left[-1], test))
            self.left.append(self.gates.conjunction(self.left[-1], -test))

    def solver(self) -> Insisting:
        self.solvers.append(Insisting())
        return self.solvers[-1]

    def ask(self, *rules: int) -> list[tuple[list[int], int] | None]:
        """Return what is insisted on for the questions what rules get, and what is left to ask."""
        return [self._ask(rule) for rule in rules]

    def _ask(self, rule: int) -> tuple[list[int], int] | None:
        found = self.chain.solver_for(self.hits[rule])
        if found is None:
            return None
        solver, condition = found
        assert solver is self.solvers[-1]
        return [*self.solvers[-1].on], condition


def test_a_chain_is_worth_a_solver_after_some_questions_in_a_row() -> None:
    table = FirstHit(60)
    first = 2  # before that there is no conjunction to be rid of
    early = table.ask(*range(first + WORTH_A_SOLVER))
    assert early == [None] * len(early)
    assert table.solvers == []
    at = first + WORTH_A_SOLVER
    assert table.ask(at, at + 1, at + 1, at + 5) == [
        ([table.left[at]], table.tests[at]),
        ([table.left[at], table.left[at + 1]], table.tests[at + 1]),
        ([table.left[at], table.left[at + 1], table.left[at + 1]], table.tests[at + 1]),
        ([table.left[at], table.left[at + 1], table.left[at + 1], table.left[at + 5]], table.tests[at + 5]),
    ]
    assert len(table.solvers) == 1


def test_questions_about_the_same_remainder_are_a_row_too() -> None:
    table = FirstHit(10)
    assert table.ask(*[5] * WORTH_A_SOLVER) == [None] * WORTH_A_SOLVER
    assert table.ask(5) == [([table.left[5]], table.tests[5])]


def test_a_question_about_something_else_ends_the_row() -> None:
    table = FirstHit(60)
    assert set(table.ask(*range(2 + WORTH_A_SOLVER))) == {None}
    assert table.chain.solver_for(table.tests[0]) is None
    again = 2 + WORTH_A_SOLVER
    assert table.ask(*range(again, again + WORTH_A_SOLVER)) == [None] * WORTH_A_SOLVER
    assert table.solvers == []


def test_a_question_about_an_earlier_remainder_does_not_use_the_solver() -> None:
    table = FirstHit(60)
    table.ask(*range(2, 2 + WORTH_A_SOLVER + 1))
    at = 2 + WORTH_A_SOLVER
    assert table.ask(at - 1) == [None]
    assert table.ask(at + 1) == [([table.left[at], table.left[at + 1]], table.tests[at + 1])]
    # A solver cannot forget, so a row of questions about what was before gets one of its own.
    assert table.ask(*[at - 1] * (WORTH_A_SOLVER - 1)) == [None] * (WORTH_A_SOLVER - 1)
    assert table.ask(at - 1, at) == [
        ([table.left[at - 1]], table.tests[at - 1]),
        ([table.left[at - 1], table.left[at]], table.tests[at]),
    ]
    assert len(table.solvers) == 2


def test_a_row_that_got_its_solver_begins_anew() -> None:
    table = FirstHit(60)
    at = 2 + WORTH_A_SOLVER
    table.ask(*range(2, at + 1), at + 5)
    assert table.ask(*[at + 1] * (WORTH_A_SOLVER - 1)) == [None] * (WORTH_A_SOLVER - 1)
    assert table.ask(at + 1) == [([table.left[at + 1]], table.tests[at + 1])]


@pytest.mark.parametrize(("links", "followed"), [(FARTHEST, True), (FARTHEST + 1, False)])
def test_a_remainder_is_followed_back_for_some_links(links: int, followed: bool) -> None:
    table = FirstHit(2 + WORTH_A_SOLVER + FARTHEST + 3)
    table.ask(*range(2, 2 + WORTH_A_SOLVER + 1))
    at = 2 + WORTH_A_SOLVER + links
    [found] = table.ask(at)
    assert (found is not None) == followed
    assert table.solvers[0].on[1:] == ([table.left[at]] if followed else [])


def test_only_a_conjunction_used_more_than_once_is_a_remainder() -> None:
    gates = Gates(boolean_space("abcd"), 100)
    a, b, c, d = (gates.literal(position, 0b10) for position in range(4))
    solvers: list[Insisting] = []

    def solver() -> Insisting:
        solvers.append(Insisting())
        return solvers[-1]

    chain = Chain(gates, solver)
    used_once, odd = gates.conjunction(gates.conjunction(a, b), c), gates.difference(a, b)
    of_odd, denied = gates.conjunction(odd, c), -gates.conjunction(a, d)
    gates.conjunction(odd, d)
    for literal in (a, TRUE, -TRUE, -used_once, used_once, odd, of_odd, denied, gates.conjunction(-odd, d)):
        for _ in range(WORTH_A_SOLVER + 2):
            assert chain.solver_for(literal) is None
    assert solvers == []


def test_either_part_may_be_the_remainder() -> None:
    # Both parts are conjunctions that others use; the row goes on by the one that the question before was about.
    gates = Gates(boolean_space(f"x{at}" for at in range(40)), 1000)
    x = [gates.literal(at, 0b10) for at in range(40)]
    conditions = [gates.conjunction(x[at], x[at + 1]) for at in range(0, 38, 2)]
    left = gates.conjunction(-x[38], -x[39])
    for condition in conditions:
        gates.conjunction(condition, -x[39])
        gates.conjunction(left, condition)
    solvers: list[Insisting] = []

    def solver() -> Insisting:
        solvers.append(Insisting())
        return solvers[-1]

    chain = Chain(gates, solver)
    questions = [gates.conjunction(left, conditions[at % len(conditions)]) for at in range(WORTH_A_SOLVER + 2)]
    found = [chain.solver_for(question) for question in questions]
    assert found[:WORTH_A_SOLVER] == [None] * WORTH_A_SOLVER
    assert found[WORTH_A_SOLVER:] == [
        (solvers[0], conditions[at % len(conditions)]) for at in (WORTH_A_SOLVER, WORTH_A_SOLVER + 1)
    ]
    assert solvers[0].on == [left, left]
