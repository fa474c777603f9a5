from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.suggest.choose import fewest, greedily, irredundant
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


def test_the_search_finds_what_greed_misses() -> None:
    candidates = [0b011110, 0b000111, 0b111000]
    assert greedily(candidates, 0b111111) == (0, 1, 2)
    assert fewest(candidates, 0b111111, [], 100).taken == (1, 2)


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
