from __future__ import annotations

from itertools import product
from random import Random

import numpy as np
import pytest

from redflag_kit.logic.boxes import rows as rowing
from redflag_kit.logic.boxes import split as splitting
from redflag_kit.logic.boxes.columns import Flags, Intervals, Sets
from redflag_kit.logic.boxes.rows import Rows, joined, rows_of
from redflag_kit.logic.boxes.split import Nodes, halves, nodes_of, split, walk, with_all
from redflag_kit.logic.budget import NO_DEADLINE, Deadline
from redflag_kit.logic.space import Axis, Box, Space
from tests.unit.analyse.deadlines import noting

SPACE = Space((Axis("x", 6), Axis("y", 6)))
QUESTION = "a question"


def boxes_of(number: int) -> list[Box]:
    """Return boxes with a column of intervals and one of scattered sets."""
    random = Random(number)
    found: list[Box] = []
    for _ in range(number):
        first, last = sorted(random.randrange(6) for _ in range(2))
        found.append(((2 << last) - (1 << first), random.randrange(1, 64)))
    return found


def meet(one: Box, other: Box) -> bool:
    return all(mine & theirs for mine, theirs in zip(one, other, strict=True))


def spans(one: Box, other: Box) -> bool:
    return all(mine & theirs == theirs for mine, theirs in zip(one, other, strict=True))


def pairs_of(nodes: Nodes) -> list[tuple[int, int]]:
    return list(zip(nodes.at.tolist(), nodes.rules.tolist(), strict=True))


@pytest.mark.parametrize("block", [1, 7, 1000])
def test_pairs_of_boxes_are_tested_block_by_block_for_the_question_given(
    monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(rowing, "_BLOCK", block)
    mine, theirs = boxes_of(8), boxes_of(5)
    rules = rows_of(SPACE, mine)
    others = rules.packed(theirs)
    pairs = list(product(range(8), range(5)))
    one, other = (np.array(side) for side in zip(*pairs, strict=True))
    deadline, asked = noting()
    assert rules.meeting(one, others, other, deadline).tolist() == [meet(mine[a], theirs[b]) for a, b in pairs]
    assert rules.spanning(one, others, other, deadline).tolist() == [spans(mine[a], theirs[b]) for a, b in pairs]
    assert asked == ["which rules touch each other"] * (2 * -(-40 // block))


class Noting(Intervals):
    """Notes how many pairs are tested at once."""

    def meets(self, one: Sets, other: Sets) -> Flags:
        sizes.append(one.shape[-1])
        return super().meets(one, other)


sizes: list[int] = []


def test_no_more_pairs_than_a_block_are_tested_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rowing, "_BLOCK", 3)
    sizes.clear()
    column = Noting(4)
    rows = Rows((column,), (column.pack([0b0011, 0b0100]),), 2)
    one, other = np.array([0, 0, 0, 1, 1, 1, 0]), np.array([0, 1, 0, 1, 0, 1, 1])
    assert rows.meeting(one, rows, other).tolist() == [True, False, True, True, False, True, False]
    assert sizes == [3, 3, 1]


def test_rows_are_taken_packed_and_joined_in_order() -> None:
    mine, theirs = boxes_of(8), boxes_of(5)
    rules = rows_of(SPACE, mine)
    taken, packed = rules.take(np.array([3, 1, 3])), rules.packed(theirs)
    assert (rules.count, taken.count, packed.count) == (8, 3, 5)
    assert rules.boxes() == mine
    assert taken.boxes() == [mine[3], mine[1], mine[3]]
    both = joined([taken, packed, rules.take(np.zeros(8, dtype=np.bool_))])
    assert (both.count, both.boxes()) == (8, [*taken.boxes(), *theirs])
    assert both.columns == rules.columns


@pytest.mark.parametrize("block", [1, 2, 1000])
def test_roots_have_the_rules_that_touch_them(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(splitting, "_BLOCK", block)
    rules, roots = boxes_of(8), boxes_of(5)
    rows = rows_of(SPACE, rules)
    touching = [(at, rule) for at, rule in product(range(5), range(8)) if meet(roots[at], rules[rule])]
    every = with_all(rows, rows.packed(roots))
    assert pairs_of(every) == touching
    assert every.boxes.boxes() == roots
    assert every.roots.tolist() == [0, 1, 2, 3, 4]
    at, rule = (np.array(side) for side in zip(*((at, rule) for at in range(5) for rule in (0, 3, 5)), strict=True))
    deadline, asked = noting()
    some = nodes_of(rows, rows.packed(roots), at, rule, deadline)
    assert pairs_of(some) == [(at, rule) for at, rule in touching if rule in (0, 3, 5)]
    assert some.roots.tolist() == [0, 1, 2, 3, 4]
    assert asked == ["which rules touch each other"]


def test_nodes_that_are_kept_keep_their_pairs_and_roots() -> None:
    rows = rows_of(SPACE, boxes_of(8))
    nodes = with_all(rows, rows.packed(boxes_of(5)))
    chosen = nodes.keep(np.array([False, True, False, True, True]))
    again = chosen.keep(np.array([True, False, True]))
    assert again.boxes.boxes() == [boxes_of(5)[1], boxes_of(5)[4]]
    assert again.roots.tolist() == [1, 4]
    assert pairs_of(again) == [({1: 0, 4: 1}[at], rule) for at, rule in pairs_of(nodes) if at in (1, 4)]
    assert nodes.touching.tolist() == [sum(at == node for at, _ in pairs_of(nodes)) for node in range(5)]
    fewer = nodes.drop_pairs(nodes.rules > 3)
    assert pairs_of(fewer) == [(at, rule) for at, rule in pairs_of(nodes) if rule <= 3]
    assert (fewer.boxes.boxes(), fewer.roots.tolist()) == (nodes.boxes.boxes(), nodes.roots.tolist())


class Steps:
    """Halves nodes a number of times and notes the boxes of each step."""

    def __init__(self, rules: Rows, times: int) -> None:
        self.rules = rules
        self.times = times
        self.seen: list[list[Box]] = []

    def __call__(self, nodes: Nodes) -> Nodes:
        self.seen.append(nodes.boxes.boxes())
        if len(self.seen) > self.times:
            return nodes.keep(np.zeros(nodes.boxes.count, dtype=np.bool_))
        return halves(self.rules, nodes)


def walked(rules: Rows, roots: list[Box], times: int, deadline: Deadline = NO_DEADLINE) -> list[list[Box]]:
    steps = Steps(rules, times)
    walk(rules, with_all(rules, rules.packed(roots)), steps, deadline, QUESTION)
    return steps.seen


def diagonal(size: int) -> tuple[Rows, list[Box]]:
    """Return rules and as many boxes, each of which three of the rules cut."""
    rules = [(1 << at, 0b111111) for at in (1, 2, 4)]
    return rows_of(SPACE, rules), [(0b111111, 1 << at) for at in range(size)]


def test_all_nodes_of_a_level_are_taken_at_once_until_none_is_left() -> None:
    rules, roots = diagonal(4)
    deadline, asked = noting()
    seen = walked(rules, roots, 1, deadline)
    assert [len(one) for one in seen] == [4, 8]
    assert seen[0] == roots
    assert asked == [QUESTION] * 3


def test_a_level_of_too_many_nodes_is_taken_part_by_part_the_first_part_first(monkeypatch: pytest.MonkeyPatch) -> None:
    rules, roots = diagonal(5)
    monkeypatch.setattr(splitting, "_NODES", 5)
    assert walked(rules, roots, 0) == [roots]
    monkeypatch.setattr(splitting, "_NODES", 2)
    assert walked(rules, roots, 0) == [roots[:2], roots[2:3], roots[3:]]
    assert walked(rules, roots[:3], 0) == [roots[:1], roots[1:3]]


def test_a_level_of_too_many_pairs_and_columns_is_taken_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    rules, roots = diagonal(2)
    for tests, parts in ((12, [roots]), (11, [roots[:1], roots[1:]]), (1, [roots[:1], roots[1:]])):
        monkeypatch.setattr(splitting, "_TESTS", tests)
        steps = Steps(rules, -1)
        walk(rules, with_all(rules, rules.packed(roots)), steps, NO_DEADLINE, QUESTION)
        assert steps.seen == parts


def test_what_is_settled_is_not_cut() -> None:
    rules, roots = diagonal(3)
    levels: list[int] = []

    def settle(nodes: Nodes) -> Nodes:
        levels.append(nodes.boxes.count)
        return nodes.keep(nodes.touching > 1)

    deadline, asked = noting()
    split(rules, with_all(rules, rules.packed(roots)), settle, deadline, QUESTION)
    assert levels[0] == 3
    assert all(count for count in levels)
    assert set(asked) == {QUESTION}
