from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import redflag_kit.logic.boxes.masked as masking
import redflag_kit.logic.boxes.pairs as pairing
from redflag_kit.logic.boxes.masked import Masked, masked
from redflag_kit.logic.boxes.pairs import mergeable, overlapping
from redflag_kit.logic.boxes.rows import rows_of
from redflag_kit.logic.boxes.together import _Search, maximal_sets
from redflag_kit.logic.budget import NO_DEADLINE, Budget
from redflag_kit.logic.space import Axis, Space
from tests.unit.analyse.deadlines import noting
from tests.unit.logic.boxes.tables import Drawn, any_tables, holds, points_in, points_of, quick


def pairs_of(drawn: Drawn) -> list[tuple[int, int]]:
    first, second = overlapping(rows_of(drawn.space, drawn.boxes), NO_DEADLINE)
    return list(zip(first.tolist(), second.tolist(), strict=True))


@quick
@given(any_tables)
def test_the_pairs_are_those_that_share_a_point(drawn: Drawn) -> None:
    shared = [
        (i, j)
        for i, j in combinations(range(len(drawn.boxes)), 2)
        if points_in(drawn.space, [drawn.boxes[i]]) & points_in(drawn.space, [drawn.boxes[j]])
    ]
    assert pairs_of(drawn) == shared


@quick
@given(any_tables)
def test_the_maximal_sets_are_those_of_the_points(drawn: Drawn) -> None:
    at_points = {
        frozenset(i for i, box in enumerate(drawn.boxes) if holds(box, point)) for point in points_of(drawn.space)
    }
    maximal = sorted(tuple(sorted(s)) for s in at_points if len(s) > 1 and not any(s < other for other in at_points))
    found = maximal_sets(drawn.boxes, pairs_of(drawn), 10_000, NO_DEADLINE)
    assert found.complete
    assert [one.rules for one in found.sets] == maximal
    for one in found.sets:
        inside = [points_in(drawn.space, [drawn.boxes[rule]]) for rule in one.rules]
        assert points_in(drawn.space, [one.region]) == set.intersection(*inside) != set()


def test_comparing_all_pairs_asks_for_time_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "_BLOCK", 2)
    rules = rows_of(Space((Axis("x", 8),)), [(0b111 << at,) for at in range(5)])
    deadline, asked = noting()
    first, second = overlapping(rules, deadline)
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == [
        (0, 1), (0, 2), (1, 2), (1, 3), (2, 3), (2, 4), (3, 4)
    ]  # fmt: skip
    assert asked == ["which rules overlap"] * 3


def test_three_rules_that_meet_in_pairs_only_are_three_sets() -> None:
    boxes = [(0b011,), (0b110,), (0b101,)]
    found = maximal_sets(boxes, [(0, 1), (0, 2), (1, 2)], 99, NO_DEADLINE)
    assert [(one.rules, one.region) for one in found.sets] == [((0, 1), (2,)), ((0, 2), (1,)), ((1, 2), (4,))]


def test_rules_that_meet_nowhere_at_once_are_told_apart_column_by_column() -> None:
    one_by_one, all_of_them = [(0b011, 7), (0b110, 7), (0b101, 7)], [(0b010, 7)]
    pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3)]
    found = maximal_sets(one_by_one + all_of_them, pairs, 99, NO_DEADLINE)
    assert [one.rules for one in found.sets] == [(0, 1, 3), (0, 2), (1, 2)]


@quick
@given(any_tables)
def test_a_listing_that_is_not_complete_holds_every_pair_in_a_maximal_set(drawn: Drawn) -> None:
    pairs = pairs_of(drawn)
    found = maximal_sets(drawn.boxes, pairs, 0, NO_DEADLINE)
    every = maximal_sets(drawn.boxes, pairs, 10_000, NO_DEADLINE)
    assert found.complete == (not pairs)
    assert set(found.sets) <= set(every.sets)
    assert all(any({*pair} <= {*one.rules} for one in found.sets) for pair in pairs)


def test_a_listing_out_of_time_says_so() -> None:
    boxes = [(0b0011,), (0b0110,), (0b1100,)]
    found = _Search(boxes, {0: 0b010, 1: 0b101, 2: 0b010}, 0, Budget(seconds=0).start()).one_for_each_pair()
    assert (found.sets, found.complete) == ((), False)
    assert found.stopped is not None


@quick
@given(any_tables, st.lists(st.integers(0, 5), min_size=9, max_size=9), st.sampled_from([0, 40]))
def test_a_rule_is_masked_exactly_if_rules_of_lower_rank_hold_it(drawn: Drawn, ranks: list[int], paired: int) -> None:
    rules = rows_of(drawn.space, drawn.boxes)
    expected = []
    for rule, box in enumerate(drawn.boxes):
        region = points_in(drawn.space, [box])
        before = [other for other in range(rules.count) if ranks[other] < ranks[rule]]
        if region and region <= points_in(drawn.space, [drawn.boxes[other] for other in before]):
            expected.append(Masked(rule, tuple(fewest(drawn, region, before, paired))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(masking, "MAX_PAIRED", paired)
        assert masked(rules, overlapping(rules, NO_DEADLINE), ranks[: rules.count], NO_DEADLINE) == expected


def fewest(drawn: Drawn, region: set[tuple[int, ...]], before: list[int], paired: int) -> Sequence[int]:
    def enough(chosen: Sequence[int]) -> bool:
        return region <= points_in(drawn.space, [drawn.boxes[rule] for rule in chosen])

    few: list[Sequence[int]] = [[rule] for rule in before]
    if len(before) <= paired:
        few += combinations(before, 2)
    for chosen in few:
        if enough(chosen):
            return chosen
    kept = list(before)
    for rule in reversed(before):
        if enough([other for other in kept if other != rule]):
            kept.remove(rule)
    return kept


def test_a_rule_may_be_masked_by_several_that_only_together_hold_it() -> None:
    boxes = [(0b000011,), (0b000110,), (0b001100,), (0b110000,), (0b111111,), (0b001111,)]
    rules = rows_of(Space((Axis("x", 6),)), boxes)
    found = masked(rules, overlapping(rules, NO_DEADLINE), [0, 0, 0, 1, 9, 8], NO_DEADLINE)
    assert [(one.rule, one.by) for one in found] == [(4, (3, 5)), (5, (0, 2))]
    found = masked(rules, overlapping(rules, NO_DEADLINE), [0, 0, 0, 1, 8, 8], NO_DEADLINE)
    assert [(one.rule, one.by) for one in found] == [(4, (0, 2, 3)), (5, (0, 2))]


@pytest.mark.parametrize(("paired", "by"), [(4, (0, 3)), (3, (0, 1, 2))])
def test_two_rules_are_looked_for_among_few_of_lower_rank_only(
    monkeypatch: pytest.MonkeyPatch, paired: int, by: tuple[int, ...]
) -> None:
    monkeypatch.setattr(masking, "MAX_PAIRED", paired)
    rules = rows_of(Space((Axis("x", 6),)), [(0b0011,), (0b0100,), (0b1000,), (0b1100,), (0b1111,), (0b110000,)])
    found = masked(rules, overlapping(rules, NO_DEADLINE), [0, 0, 0, 0, 1, 1], NO_DEADLINE)
    assert found == [Masked(4, by)]


def test_every_step_towards_the_masked_rules_asks_for_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(masking, "MAX_PAIRED", 0)
    rules = rows_of(Space((Axis("x", 6),)), [(0b0011,), (0b0100,), (0b1000,), (0b1111,), (0b0001,)])
    deadline, asked = noting()
    assert masked(rules, overlapping(rules, NO_DEADLINE), [0, 0, 0, 1, 1], deadline) == [
        Masked(3, (0, 1, 2)),
        Masked(4, (0,)),
    ]
    # Once to find single rules, once for the rest together, and for each choice of rules of which it is asked.
    assert asked.count("which rules touch each other") == 8
    assert set(asked) == {"which rules touch each other", "whether some rules cover another one"}


@quick
@given(any_tables)
def test_mergeable_rules_write_the_same_and_differ_in_one_column(drawn: Drawn) -> None:
    expected = []
    for i, j in combinations(range(len(drawn.boxes)), 2):
        apart = [at for at, (a, b) in enumerate(zip(drawn.boxes[i], drawn.boxes[j], strict=True)) if a != b]
        if len(apart) == 1 and drawn.outputs[i] == drawn.outputs[j]:
            expected.append((i, j, apart[0]))
    assert mergeable(drawn.boxes, drawn.outputs) == expected


def test_many_rules_are_compared_across_all_blocks() -> None:
    space = Space((Axis("x", 400),))
    rules = rows_of(space, [(0b11 << at,) for at in range(399)])
    first, second = overlapping(rules, NO_DEADLINE)
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == [(at, at + 1) for at in range(398)]
