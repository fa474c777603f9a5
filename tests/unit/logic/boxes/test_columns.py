"""Both forms of packed sets, against masks of atoms."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from redflag_kit.logic.boxes.columns import Column, Intervals, Words, column_for, is_interval

WORDS = [Words(1), Words(63), Words(64), Words(65), Words(200)]
INTERVALS = [Intervals(1), Intervals(5), Intervals(90)]


def masks_for(column: Column) -> list[int]:
    """Return sets that fit a column, not empty, and the full one."""
    random, size = Random(7), column.size
    found = [(1 << size) - 1, 1, 1 << size - 1]
    for _ in range(9):
        first, last = sorted(random.randrange(size) for _ in range(2))
        span = (2 << last) - (1 << first)
        bits = random.getrandbits(size) | 1 << first
        found.append(span if isinstance(column, Intervals) else bits if random.random() < 0.5 else 1 << last)
    return found


@pytest.mark.parametrize("column", [*WORDS, *INTERVALS])
def test_packed_sets_are_the_masks_they_were(column: Column) -> None:
    masks = [0, *masks_for(column)]
    sets = column.pack(masks)
    assert [column.mask(sets[:, at]) for at in range(len(masks))] == masks
    assert sets.dtype == (np.int64 if isinstance(column, Intervals) else np.uint64)
    assert column.pack([]).shape == (len(sets), 0)
    assert column.pack([]).dtype == sets.dtype


@pytest.mark.parametrize("size", [1, 63, 64, 65, 128, 129])
def test_a_word_holds_sixty_four_atoms(size: int) -> None:
    words = (size + 63) // 64
    assert Words(size).width == words
    assert Words(size).pack([1, 0]).shape == (words, 2)


def test_an_interval_is_its_ends_and_the_empty_one_is_beyond_both() -> None:
    assert Intervals(6).pack([0b000110, 0b100000, 0]).tolist() == [[1, 5, 6], [2, 5, -1]]


@pytest.mark.parametrize("column", [*WORDS, *INTERVALS])
def test_sets_meet_and_span_as_their_masks_do(column: Column) -> None:
    masks = masks_for(column)
    sets = column.pack([*masks, 0])
    meets = column.meets(sets[:, :, None], sets[:, None, :])
    spans = column.spans(sets[:, :, None], sets[:, None, :-1])
    assert meets.tolist() == [[one & other != 0 for other in (*masks, 0)] for one in (*masks, 0)]
    assert spans.tolist() == [[one & other == other for other in masks] for one in (*masks, 0)]


@pytest.mark.parametrize("column", [*WORDS, *INTERVALS])
def test_a_set_grows_up_to_what_it_must_not_meet(column: Column) -> None:
    masks = masks_for(column)
    for one in masks:
        blockers = [mask for mask in masks if not mask & one]
        for some in (blockers, blockers[:1], []):
            blocked = 0
            for mask in some:
                blocked |= mask
            grown = column.grown(column.pack([one]), column.pack(some))
            assert grown.shape == (len(column.pack([one])), 1)
            assert column.mask(grown[:, 0]) == largest(column, one, blocked)


def largest(column: Column, one: int, blocked: int) -> int:
    """Return the largest set of the column's form around one set that has none of the blocked atoms."""
    free = (1 << column.size) - 1 & ~blocked
    if isinstance(column, Words):
        return free
    grown = one
    while wider := (grown << 1 | grown >> 1) & free & ~grown:
        grown |= wider
    return grown


@pytest.mark.parametrize(
    ("mask", "expected"), [(0, True), (1, True), (0b0110, True), (0b0101, False), (0b1011, False), (1 << 70, True)]
)
def test_an_interval_has_neighbouring_atoms_only(mask: int, expected: bool) -> None:
    assert is_interval(mask) is expected


def test_one_scattered_set_makes_a_column_of_words() -> None:
    assert column_for(5, [0b11, 0, 0b11111]) == Intervals(5)
    assert column_for(5, []) == Intervals(5)
    assert column_for(5, [0b11, 0b101]) == Words(5)
