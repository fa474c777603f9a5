from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import combinations
from operator import and_
from random import Random

import pytest
from hypothesis import given

from redflag_kit.logic.boxes.together import _Search, maximal_sets
from redflag_kit.logic.budget import NO_DEADLINE, BudgetExceeded, Deadline
from redflag_kit.logic.space import Box
from tests.unit.analyse.deadlines import few, noting
from tests.unit.logic.boxes.tables import Drawn, any_tables, quick

QUESTION = "the largest sets of rules that apply together"


def common(boxes: Sequence[Box]) -> Box:
    """Return what boxes share."""
    shared = boxes[0]
    for box in boxes[1:]:
        shared = tuple(one & other for one, other in zip(shared, box, strict=True))
    return shared


def overlaps(boxes: Sequence[Box]) -> list[tuple[int, int]]:
    return [(i, j) for i, j in combinations(range(len(boxes)), 2) if all(common([boxes[i], boxes[j]]))]


def joined_in_order(boxes: Sequence[Box]) -> list[tuple[int, ...]]:
    """Return a set for each pair that is in none yet: rules join, in order, as long as all share a point."""
    found: list[set[int]] = []
    for pair in overlaps(boxes):
        if not any({*pair} <= one for one in found):
            chosen = [*pair]
            for rule in range(len(boxes)):
                if rule not in chosen and all(common([boxes[one] for one in (*chosen, rule)])):
                    chosen.append(rule)
            found.append({*chosen})
    return sorted(tuple(sorted(one)) for one in found)


@quick
@given(any_tables)
def test_without_steps_rules_join_each_pair_in_order(drawn: Drawn) -> None:
    found = maximal_sets(drawn.boxes, overlaps(drawn.boxes), 0, NO_DEADLINE)
    assert [one.rules for one in found.sets] == joined_in_order(drawn.boxes)
    assert [one.region for one in found.sets] == [common([drawn.boxes[at] for at in one.rules]) for one in found.sets]
    assert found.stopped is None


TABLES = {
    "one point": ([(0b1,), (0b1,)], 4),
    "in a row": ([(0b0011,), (0b0110,), (0b1100,)], 7),
    "all around": ([(0b011,), (0b110,), (0b101,)], 9),
    "one over all": ([(0b11111,), (0b00011,), (0b00110,), (0b00001,), (0b10000,)], 13),
}


@pytest.mark.parametrize(("boxes", "needed"), TABLES.values(), ids=TABLES)
def test_a_listing_is_complete_from_as_many_steps_on_as_it_takes(boxes: list[Box], needed: int) -> None:
    pairs = overlaps(boxes)
    every = maximal_sets(boxes, pairs, needed, NO_DEADLINE)
    assert every.complete
    for steps in range(needed):
        assert not maximal_sets(boxes, pairs, steps, NO_DEADLINE).complete
    deadline, asked = noting()
    assert maximal_sets(boxes, pairs, needed, deadline) == every
    assert asked == [QUESTION] * needed


def test_an_atom_that_one_rule_has_alone_hides_no_larger_set() -> None:
    boxes = [(0b1011,), (0b0110,), (0b0101,)]
    assert [one.rules for one in maximal_sets(boxes, overlaps(boxes), 99, NO_DEADLINE).sets] == [(0, 1), (0, 2), (1, 2)]


# Five rules in a ring that another one overlaps all of, four that overlap the ring and each other but not that one, and
# a last one that overlaps the other one and two neighbours of the ring.
RING = [
    *((one, 1 + at) for one in (0, 6, 7, 8, 9) for at in range(5)),
    *((1 + at, 1 + (at + 1) % 5) for at in range(5)),
    *combinations((6, 7, 8, 9), 2),
    *((10, one) for one in (0, 3, 4)),
]
# Seven rules that overlap all but their two neighbours around; one overlaps all seven, five these and each other.
AROUND = [
    *((one, 1 + at) for one in (0, 8, 9, 10, 11, 12) for at in range(7)),
    *((1 + one, 1 + other) for one, other in combinations(range(7), 2) if other - one not in (1, 6)),
    *combinations((8, 9, 10, 11, 12), 2),
]


def graphs() -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Yield numbers of rules and the pairs that overlap."""
    random = Random(1)
    for size in (2, 5, 8, 10, 10):
        yield size, [pair for pair in combinations(range(size), 2) if random.random() < 0.7]
    yield 11, RING
    yield 13, AROUND


def test_every_largest_set_of_neighbours_is_met_once() -> None:
    for size, pairs in graphs():
        near = {one: sum(1 << b for a, b in (*pairs, *((b, a) for a, b in pairs)) if a == one) for one in range(size)}
        largest = []
        for rules in range(1, 1 << size):
            members = [one for one in range(size) if rules >> one & 1]
            if len(members) > 1 and reduce(and_, (near[one] | 1 << one for one in members)) == rules:
                largest.append(rules)
        search = _Search([], {one: others for one, others in near.items() if others}, 10_000, NO_DEADLINE)
        assert sorted(search.cliques()) == largest


def test_a_rule_that_overlaps_none_is_in_no_set() -> None:
    boxes = [(0b001,), (0b010,), (0b110,)]
    for steps in (0, 99):
        assert [one.rules for one in maximal_sets(boxes, overlaps(boxes), steps, NO_DEADLINE).sets] == [(1, 2)]
    assert maximal_sets(boxes, [], 0, NO_DEADLINE).complete


def test_time_that_is_over_before_all_steps_are_taken_is_told() -> None:
    boxes = [(0b011,), (0b110,), (0b101,)]
    with pytest.raises(BudgetExceeded, match=f"{QUESTION} needs more than a few steps"):
        maximal_sets(boxes, overlaps(boxes), 99, few(3))


class Moments(Deadline):
    """Time enough for a number of looks at what is left."""

    __slots__ = ("looks",)

    def left(self) -> float:
        looks.append(len(looks))
        return float(len(looks) <= self.at)

    def check(self, question: str) -> None:
        pass


looks: list[int] = []


@pytest.mark.parametrize(("moments", "sets"), [(0, []), (1, [(0, 1)]), (2, [(0, 1), (0, 2)])])
def test_pairs_widened_before_the_time_is_over_are_kept(moments: int, sets: list[tuple[int, int]]) -> None:
    looks.clear()
    boxes = [(0b011,), (0b110,), (0b101,)]
    found = maximal_sets(boxes, overlaps(boxes), 0, Moments(moments, "a moment"))
    assert [one.rules for one in found.sets] == sets
    assert not found.complete
    assert found.stopped is not None
    assert (found.stopped.question, found.stopped.budget) == (QUESTION, "a moment")
