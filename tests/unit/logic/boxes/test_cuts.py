"""Cuts and halves, against all cuts tried one by one."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np
import pytest

from redflag_kit.logic.boxes.columns import Column, Intervals, Words
from redflag_kit.logic.boxes.cuts import best_cuts
from redflag_kit.logic.boxes.rows import rows_of
from redflag_kit.logic.boxes.split import halves, with_all
from redflag_kit.logic.space import Axis, Box, Space

MANY = 16
NONE = 1 << 40

Cut = tuple[int, int, int]
"""A score and two halves."""


def reference(column: Column, box: int, rules: Sequence[int]) -> Cut | None:
    """Return the first best cut of a set of atoms at a boundary of rules that meet it, None if there is none in it."""
    if isinstance(column, Intervals):
        places = {rule & -rule for rule in rules} | {1 << rule.bit_length() for rule in rules}
        lefts = [box & place - 1 for place in sorted(places)]
    else:
        lefts = sorted({rule & box for rule in rules})
    lefts = [left for left in lefts if left not in (0, box)]
    if isinstance(column, Words) and len(lefts) > MANY:
        lefts = [lefts[number * len(lefts) // MANY] for number in range(MANY)]

    def scored(left: int) -> Cut:
        one, other = (sum(half & rule != 0 for rule in rules) for half in (left, box & ~left))
        return 2 * (one + other) + max(one, other), left, box & ~left

    return min(map(scored, lefts), key=lambda cut: cut[0], default=None)


def interval(random: Random, size: int) -> int:
    first, last = sorted(random.randrange(size) for _ in range(2))
    return (2 << last) - (1 << first)


def scattered(random: Random, size: int) -> int:
    return random.getrandbits(size) & random.getrandbits(size) | 1 << random.randrange(size)


@pytest.mark.parametrize("column", [Intervals(2), Intervals(9), Intervals(70), Words(4), Words(9), Words(70)])
def test_the_cut_is_the_first_of_those_that_fewest_rules_straddle(column: Column) -> None:
    random = Random(column.size)
    drawn = interval if isinstance(column, Intervals) else scattered
    boxes = [drawn(random, column.size) for _ in range(40)]
    pairs: list[tuple[int, int]] = []
    for at, box in enumerate(boxes):
        touching = [
            rule for rule in (drawn(random, column.size) for _ in range(random.choice((1, 5, 40)))) if rule & box
        ]
        pairs += [(at, rule) for rule in touching or [box]]
    places = np.array([one for one, _ in pairs])
    found = best_cuts(
        column,
        column.pack([rule for _, rule in pairs]),
        column.pack(boxes),
        places,
        np.searchsorted(places, np.arange(len(boxes))),
    )
    for number, box in enumerate(boxes):
        expected = reference(column, box, [rule for one, rule in pairs if one == number])
        if expected is None:
            assert found.scores[number] > NONE
        else:
            halved = (column.mask(found.left[:, number]), column.mask(found.right[:, number]))
            assert (found.scores[number], *halved) == expected


@pytest.mark.parametrize("kinds", [(interval, interval), (interval, scattered), (scattered, scattered, interval)])
def test_every_node_is_cut_in_its_best_column_and_keeps_the_rules_that_touch(kinds: tuple[object, ...]) -> None:
    random = Random(len(kinds))
    space = Space(tuple(Axis(f"x{at}", 8) for at in range(len(kinds))))

    def box() -> Box:
        return tuple(interval(random, 8) if kind is interval else scattered(random, 8) for kind in kinds)

    rules = [box() for _ in range(12)]
    rows = rows_of(space, rules)
    whole = with_all(rows, rows.packed([box() for _ in range(300)]))
    cuts = []
    for node, one in enumerate(whole.boxes.boxes()):
        touching = [rules[rule] for rule in whole.rules[whole.at == node]]
        cuts.append([reference(rows.columns[at], mine, [rule[at] for rule in touching]) for at, mine in enumerate(one)])
    cuttable = np.array([any(cut is not None for cut in one) for one in cuts])
    nodes = whole.keep(cuttable)
    found = halves(rows, nodes)
    lefts: list[Box] = []
    rights: list[Box] = []
    for one, several in zip(nodes.boxes.boxes(), (one for one in cuts if any(one)), strict=True):
        score, column = min((cut[0], at) for at, cut in enumerate(several) if cut)
        cut = several[column]
        assert cut is not None
        assert cut[0] == score
        lefts.append((*one[:column], cut[1], *one[column + 1 :]))
        rights.append((*one[:column], cut[2], *one[column + 1 :]))
    assert found.boxes.boxes() == lefts + rights
    assert found.roots.tolist() == [*nodes.roots.tolist(), *nodes.roots.tolist()]
    assert list(zip(found.at.tolist(), found.rules.tolist(), strict=True)) == [
        (at, rule)
        for at, half in enumerate(lefts + rights)
        for rule, other in enumerate(rules)
        if all(one & mask for one, mask in zip(half, other, strict=True))
    ]
