from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.suggest.choose import Choice, fewest, greedily, irredundant
from redflag_kit.suggest.goal import bits
from tests.unit.logic.worlds import quick

CANDIDATES = st.lists(st.integers(0, 255), min_size=1, max_size=7)


def had_by(candidates: list[int], taken: tuple[int, ...]) -> int:
    had = 0
    for one in taken:
        had |= candidates[one]
    return had


@quick
@given(CANDIDATES)
def test_a_choice_called_exact_is_the_smallest_there_is(candidates: list[int]) -> None:
    wanted = had_by(candidates, tuple(range(len(candidates))))
    choice = fewest(candidates, wanted, [], 10_000)
    assert choice.exact
    assert had_by(candidates, choice.taken) & wanted == wanted
    smaller = combinations(range(len(candidates)), max(0, len(choice.taken) - 1))
    assert not choice.taken or not any(had_by(candidates, one) & wanted == wanted for one in smaller)


@quick
@given(CANDIDATES)
def test_without_search_a_choice_will_do_and_claims_nothing(candidates: list[int]) -> None:
    wanted = had_by(candidates, tuple(range(len(candidates))))
    choice = fewest(candidates, wanted, [], 0)
    assert not choice.exact
    assert had_by(candidates, choice.taken) & wanted == wanted
    assert all(
        had_by(candidates, tuple(o for o in choice.taken if o != one)) & wanted != wanted for one in choice.taken
    )


def test_what_the_last_taken_make_superfluous_goes_without_a_search() -> None:
    candidates = [0b011110, 0b000111, 0b111000]
    assert greedily(candidates, 0b111111) == (0, 1, 2)
    assert fewest(candidates, 0b111111, [], 0).taken == (1, 2)


def test_the_search_finds_what_greed_misses() -> None:
    candidates = [0b001111, 0b010000, 0b100000, 0b010101, 0b101010]
    assert irredundant(candidates, greedily(candidates, 0b111111), 0b111111) == (0, 1, 2)
    assert fewest(candidates, 0b111111, [], 100) == Choice((3, 4), exact=True)
    assert [fewest(candidates, 0b111111, [], steps).taken for steps in (3, 4)] == [(0, 1, 2), (3, 4)]


def test_the_search_finds_the_smallest_choice_in_few_steps() -> None:
    found = []
    for seed in range(60):
        random = Random(seed)
        candidates = [sum(1 << thing for thing in random.sample(range(9), 3)) for _ in range(9)]
        wanted = had_by(candidates, tuple(range(9))) & ~(1 << seed % 9)
        begun = irredundant(candidates, greedily(candidates, wanted), wanted)
        taken = fewest(candidates, wanted, [], 1000).taken
        assert had_by(candidates, taken) & wanted == wanted
        smaller = combinations(range(9), len(taken) - 1)
        assert not any(had_by(candidates, one) & wanted == wanted for one in smaller)
        if len(taken) < len(begun):
            steps = next(steps for steps in range(1000) if fewest(candidates, wanted, [], steps).exact)
            found.append((seed, len(begun), taken, steps))
    assert found == [  # where greed takes one more: the seed, how many greed takes, the choice, the steps it needs
        (0, 4, (3, 6, 7), 9),
        (2, 4, (0, 2, 8), 8),
        (10, 4, (4, 6, 8), 8),
        (21, 4, (3, 6, 8), 7),
        (23, 4, (3, 6, 7), 8),
        (31, 4, (1, 5, 6), 8),
        (32, 4, (3, 4, 7), 9),
        (33, 4, (4, 5, 7), 6),
        (37, 4, (5, 6, 7), 8),
        (39, 4, (3, 4, 7), 10),
        (44, 4, (1, 3, 7), 10),
        (49, 4, (4, 5, 8), 6),
        (59, 4, (3, 4, 6), 8),
    ]


def test_a_choice_that_cannot_be_bettered_takes_one_look() -> None:
    apart = [1 << thing for thing in range(9)]
    assert [fewest(apart, 0b111111111, [], steps).exact for steps in (1, 2)] == [False, True]


def test_a_known_choice_is_where_the_search_begins() -> None:
    candidates = [0b011110, 0b000001, 0b100000, 0b000111, 0b111000]
    assert fewest(candidates, 0b111111, [(3, 4)], 0).taken == (3, 4)
    assert fewest(candidates, 0b111111, [(0, 1, 2, 3, 4)], 0).taken == (0, 1, 2)


def test_what_nobody_has_cannot_be_chosen() -> None:
    with pytest.raises(ValueError, match="had by no candidate"):
        greedily([0b01], 0b11)
    assert greedily([0b01], 0) == ()


def test_the_last_taken_is_dropped_first() -> None:
    assert irredundant([0b11, 0b01, 0b10], (0, 1, 2), 0b11) == (0,)
    assert irredundant([0b01, 0b01], (0, 1), 0b01) == (0,)
    assert irredundant([0b01, 0b01], (1, 0), 0b01) == (1,)


def test_bits_are_told_by_position() -> None:
    assert bits(0) == []
    assert bits(0b101001) == [0, 3, 5]
