from __future__ import annotations

from itertools import product
from random import Random

from redflag_kit.logic.boxes.witness import least
from redflag_kit.logic.space import Axis, Box, Point, Space

SPACE = Space((Axis("x", 5, (2, 3, 1, 4, 0)), Axis("y", 4), Axis("z", 3, (1, 2, 0))))


def rank(point: Point) -> tuple[int, int, list[int]]:
    ranks = [axis.calm.index(atom) for axis, atom in zip(SPACE.axes, point, strict=True)]
    return sum(map(bool, ranks)), sum(ranks), ranks


def test_the_witness_leaves_the_calmest_atoms_on_few_axes_by_few_ranks_and_the_last_axes_first() -> None:
    random = Random(1)
    for _ in range(200):
        boxes: list[Box] = [
            tuple(random.randrange(1 << axis.size) & random.randrange(1 << axis.size) for axis in SPACE.axes)
            for _ in range(random.randrange(1, 6))
        ]
        points = [
            point
            for point in product(*(range(axis.size) for axis in SPACE.axes))
            if any(all(mask >> atom & 1 for mask, atom in zip(box, point, strict=True)) for box in boxes)
        ]
        assert least(SPACE, boxes) == min(points, key=rank, default=None)
