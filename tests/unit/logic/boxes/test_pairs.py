from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.logic.boxes.masked import masked
from redflag_kit.logic.boxes.pairs import mergeable, overlapping
from redflag_kit.logic.boxes.rows import rows_of
from redflag_kit.logic.boxes.together import maximal_sets
from redflag_kit.logic.budget import NO_DEADLINE
from redflag_kit.logic.space import Axis, Space
from tests.unit.logic.boxes.tables import Drawn, any_tables, first_hit, holds, points_in, points_of, quick


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
    found = maximal_sets(drawn.boxes, pairs_of(drawn), 1000, NO_DEADLINE)
    assert found.complete
    assert [one.rules for one in found.sets] == maximal
    for one in found.sets:
        inside = [points_in(drawn.space, [drawn.boxes[rule]]) for rule in one.rules]
        assert points_in(drawn.space, [one.region]) == set.intersection(*inside) != set()


def test_three_rules_that_meet_in_pairs_only_are_three_sets() -> None:
    boxes = [(0b011,), (0b110,), (0b101,)]
    found = maximal_sets(boxes, [(0, 1), (0, 2), (1, 2)], 9, NO_DEADLINE)
    assert [(one.rules, one.region) for one in found.sets] == [((0, 1), (2,)), ((0, 2), (1,)), ((1, 2), (4,))]


def test_rules_that_meet_nowhere_at_once_are_told_apart_column_by_column() -> None:
    one_by_one, all_of_them = [(0b011, 7), (0b110, 7), (0b101, 7)], [(0b010, 7)]
    pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3)]
    found = maximal_sets(one_by_one + all_of_them, pairs, 9, NO_DEADLINE)
    assert [one.rules for one in found.sets] == [(0, 1, 3), (0, 2), (1, 2)]


def test_a_listing_cut_short_says_so() -> None:
    boxes = [(0b0011,), (0b0110,), (0b1100,)]
    found = maximal_sets(boxes, [(0, 1), (1, 2)], 1, NO_DEADLINE)
    assert (len(found.sets), found.complete) == (1, False)


@quick
@given(any_tables, st.randoms(use_true_random=False))
def test_a_rule_is_masked_exactly_if_it_never_comes_first(drawn: Drawn, chance: object) -> None:
    rules = rows_of(drawn.space, drawn.boxes)
    order = list(range(rules.count))
    chance.shuffle(order)  # type: ignore[attr-defined]
    ordered = [drawn.boxes[rule] for rule in order]
    deciding = {order[hit] for p in points_of(drawn.space) if (hit := first_hit(ordered, p)) is not None}
    found = masked(rules, overlapping(rules, NO_DEADLINE), order, NO_DEADLINE)
    assert [one.rule for one in found] == [i for i, b in enumerate(drawn.boxes) if all(b) and i not in deciding]
    for one in found:
        region = points_in(drawn.space, [drawn.boxes[one.rule]])
        before = order[: order.index(one.rule)]
        alone = [rule for rule in before if region <= points_in(drawn.space, [drawn.boxes[rule]])]
        assert list(one.by) == (alone[:1] or left_after_dropping(drawn, region, before))


def test_a_rule_may_be_masked_by_several_that_only_together_hold_it() -> None:
    rules = rows_of(Space((Axis("x", 4),)), [(0b0011,), (0b0110,), (0b1100,), (0b1111,), (0b0111,)])
    found = masked(rules, overlapping(rules, NO_DEADLINE), range(5), NO_DEADLINE)
    assert [(one.rule, one.by) for one in found] == [(3, (0, 2)), (4, (3,))]


def left_after_dropping(drawn: Drawn, region: set[tuple[int, ...]], before: list[int]) -> list[int]:
    kept = list(before)
    for rule in reversed(before):
        rest = [other for other in kept if other != rule]
        if region <= points_in(drawn.space, [drawn.boxes[other] for other in rest]):
            kept = rest
    return kept


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
