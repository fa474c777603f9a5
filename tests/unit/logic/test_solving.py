"""What the solver is asked, and how often: points found and regions found empty answer later questions without it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pysat.solvers import Cadical153

from redflag_kit.logic import sat
from redflag_kit.logic.sat import Clauses, SatRegion
from redflag_kit.logic.space import Axis, Space
from tests.unit.analyse.deadlines import noting
from tests.unit.logic.worlds import boolean_space

SEARCH, WRITING = "the search for a point of a region", "the writing of clauses"


class Asked:
    """What solvers were asked: the slices of conflicts, and how many assumptions each question had."""

    def __init__(self) -> None:
        self.slices: list[int] = []
        self.questions: list[int] = []
        self.solvers: list[int] = []  # which solver each question was put to, in the order in which they were made
        self.made = 0
        self.undecided = 0  # so many slices are over before the solver has an answer

    def new(self) -> int:
        """Return how many questions were asked since the last time."""
        number = len(self.questions)
        self.questions.clear()
        return number


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    noted = Asked()

    class Noting(Cadical153):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.number = noted.made
            noted.made += 1

        def conf_budget(self, budget: int) -> None:
            noted.slices.append(budget)
            super().conf_budget(budget)

        def solve_limited(self, assumptions: Sequence[int]) -> bool | None:
            noted.questions.append(len(assumptions))
            noted.solvers.append(self.number)
            if noted.undecided:
                noted.undecided -= 1
                return None
            answer: bool | None = super().solve_limited(assumptions=assumptions)
            return answer

    monkeypatch.setattr(sat, "Cadical153", Noting)
    return noted


def literals(clauses: Clauses) -> list[SatRegion]:
    return [clauses.literal(name, 0b10) for name in clauses.space.names]


def test_a_region_is_searched_once_and_whatever_holds_its_point_not_at_all(asked: Asked) -> None:
    clauses = Clauses(boolean_space("abc"))
    a, b, c = literals(clauses)
    assert not (a & b).is_empty()
    assert (asked.new(), asked.slices) == (1, [100])
    assert not (a & b).is_empty()
    assert not ((a & b) | c).is_empty()
    assert clauses.some(a & b) is not None
    assert clauses.contains(a & b, clauses.some(a & b) or ())
    assert asked.new() == 0


def test_a_region_found_empty_is_not_searched_again(asked: Asked) -> None:
    clauses = Clauses(boolean_space("ab"))
    a, b = literals(clauses)
    nowhere = (a ^ b) ^ (a - b) ^ (b - a)
    assert nowhere.is_empty()
    assert asked.new() == 1
    assert nowhere.is_empty()
    assert clauses.some(nowhere) is None
    assert (nowhere & a).literal == clauses.empty.literal
    assert asked.new() == 0


def test_what_is_everywhere_or_nowhere_by_its_form_is_not_searched(asked: Asked) -> None:
    clauses = Clauses(boolean_space("ab"))
    assert not clauses.whole.is_empty()
    assert clauses.empty.is_empty()
    assert clauses.some(clauses.empty) is None
    assert asked.new() == 0


def test_a_calm_point_needs_no_further_question(asked: Asked) -> None:
    clauses = Clauses(Space(tuple(Axis(name, 3, (1, 2, 0)) for name in "abcd")))
    assert clauses.calmest(clauses.literal("a", 0b011)) == (1, 1, 1, 1)
    assert asked.new() == 1
    assert clauses.calmest(clauses.literal("b", 0b010) | clauses.literal("c", 0b100)) == (1, 1, 1, 1)
    assert asked.new() == 0


@pytest.mark.parametrize("off", [(0,), (63,), (0, 63), (31, 32), (10, 20, 30)])
def test_axes_that_must_be_off_are_found_in_blocks_that_halve(asked: Asked, off: tuple[int, ...]) -> None:
    clauses = Clauses(boolean_space(f"x{at}" for at in range(64)))
    every = literals(clauses)
    region = clauses.whole
    for at in off:
        region &= every[at]
    assert clauses.calmest(region) == tuple(int(at in off) for at in range(64))
    assert asked.new() <= 1 + 8 * len(off)


def test_rules_of_a_first_hit_table_asked_in_a_row_get_a_solver_of_their_own(asked: Asked) -> None:
    deadline, looks = noting()
    clauses = Clauses(boolean_space(f"x{at}" for at in range(60)), deadline=deadline)
    every = literals(clauses)
    # Every seventh rule asks for what the first one has taken.
    tests = [every[at] & every[0] if at % 7 == 6 else every[at] for at in range(60)]
    left, hits = clauses.whole, []
    for test in tests:
        hits.append(left & test)
        left = left - test
    for at, hit in enumerate(hits):
        found = clauses.some(hit)
        assert (found is None) == (at % 7 == 6)
        if found:
            assert [clauses.contains(test, found) for test in tests[: at + 1]] == [False] * at + [True]
    assert asked.made == 2
    assert asked.solvers == sorted(asked.solvers)
    assert asked.solvers.count(0) < asked.solvers.count(1)
    assert looks.count(SEARCH) == len(asked.solvers)
    assert [hit.is_empty() for hit in hits] == [at % 7 == 6 for at in range(60)]
    assert len(asked.solvers) == looks.count(SEARCH) >= 60


@pytest.mark.parametrize(
    ("seconds", "slices"),
    [
        ([0.049] * 6, [100, 200, 400, 800, 1600, 1600, 1600]),
        ([0.05] * 2, [100, 100, 100]),
        ([0.0] * 4 + [0.1] * 3 + [0.0], [100, 200, 400, 800, 1600, 400, 100, 100, 200]),
    ],
)
def test_slices_of_conflicts_grow_while_they_are_short_and_shrink_when_they_are_long(
    monkeypatch: pytest.MonkeyPatch, asked: Asked, seconds: list[float], slices: list[int]
) -> None:
    asked.undecided = len(seconds)
    moments = iter([moment for took in (*seconds, 0.0) for moment in (0.05, 0.05 + took)])
    monkeypatch.setattr(sat, "monotonic", lambda: next(moments))
    deadline, looks = noting()
    clauses = Clauses(boolean_space("a"), deadline=deadline)
    assert not clauses.literal("a", 0b10).is_empty()
    assert asked.slices == slices
    assert looks == [SEARCH] * len(slices)


@pytest.mark.parametrize(("steps", "times"), [(3, 2), (7, 1), (8, 0)])
def test_the_clock_is_looked_at_while_clauses_are_written(
    monkeypatch: pytest.MonkeyPatch, asked: Asked, steps: int, times: int
) -> None:
    monkeypatch.setattr(sat, "_CHECKED_EVERY", steps)
    deadline, looks = noting()
    clauses = Clauses(boolean_space("abc"), deadline=deadline)
    a, b, c = literals(clauses)
    assert not ((a ^ b) ^ c).is_empty()
    # Four gates: two are met again once their parts are written, so that seven steps are taken.
    assert looks == [*[WRITING] * times, SEARCH]
    assert asked.new() == 1
