"""Where parts of a condition decide it, on conditions small enough to list every point."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

import pytest

from redflag_kit.logic.bitset import BitRegion, Points
from redflag_kit.logic.space import Axis, Space
from redflag_kit.model.condition import All, Always, Any, AtLeast, Condition, Named, Not, WordTest
from redflag_kit.observe.parts import exactly_among_others, parts_of
from tests.property.models import has

NAMES = ("a", "b", "c", "d")
SPACE = Space(tuple(Axis(name, 2) for name in NAMES))
POINTS = Points(SPACE, tuple(product((0, 1), repeat=len(NAMES))))
A, B, C, D = map(has, NAMES)


def truth(condition: Condition, flipped: Condition | None = None) -> Callable[[Mapping[str, int]], bool]:
    """Return whether a condition holds at a point, one of its parts (that very object) flipped."""

    def holds(one: Condition, at: Mapping[str, int]) -> bool:
        match one:
            case WordTest(finding):
                value = at[finding] == 1
            case All(parts):
                value = all(holds(part, at) for part in parts)
            case Any(parts):
                value = any(holds(part, at) for part in parts)
            case AtLeast(n, parts):
                value = sum(holds(part, at) for part in parts) >= n
            case Not(part):
                value = not holds(part, at)
            case Named(_, part):
                value = holds(part, at)
            case _:
                value = True
        return value != (one is flipped)

    return lambda at: holds(condition, at)


def region_where(holds: Callable[[Mapping[str, int]], bool]) -> BitRegion:
    bits = sum(1 << i for i, p in enumerate(POINTS.points) if holds(dict(zip(NAMES, p, strict=True))))
    return BitRegion(POINTS, bits)


@pytest.mark.parametrize(
    "condition",
    [
        A,
        Always(),
        All(()),
        Any(()),
        All((A,)),
        All((A, B, C)),
        Any((A, B, C, D)),
        AtLeast(0, (A, B)),
        AtLeast(1, (A,)),
        AtLeast(2, (A, B, C, D)),
        AtLeast(3, (A, B, C)),
        AtLeast(4, (A, B)),
        Not(All((A, Named("name", Any((B, Not(C))))))),
        AtLeast(2, (All((A, B)), Any((C, Always())), Not(D))),
    ],
)
def test_a_part_decides_where_flipping_it_flips_the_condition(condition: Condition) -> None:
    found = parts_of(condition, lambda one: region_where(truth(one)), POINTS)
    assert found[()].condition is condition
    for part in found.values():
        flips = region_where(truth(condition)) ^ region_where(truth(condition, part.condition))
        assert part.decides == flips
        assert part.region == region_where(truth(part.condition))


def test_parts_are_addressed_by_the_positions_of_members() -> None:
    condition = All((A, Not(Named("name", Any((B, C))))))
    found = parts_of(condition, lambda one: region_where(truth(one)), POINTS)
    named = condition.members[1]
    assert [(path, part.condition) for path, part in found.items()] == [
        ((), condition),
        ((0,), A),
        ((1,), named),
        ((1, 0), Named("name", Any((B, C)))),
        ((1, 0, 0), Any((B, C))),
        ((1, 0, 0, 0), B),
        ((1, 0, 0, 1), C),
    ]


@pytest.mark.parametrize("n", [-1, 0, 1, 2, 3, 4])
def test_exactly_so_many_of_the_others_hold(n: int) -> None:
    regions = [region_where(truth(one)) for one in (A, B, C)]
    for index, found in enumerate(exactly_among_others(POINTS, n, regions)):
        others = [name for i, name in enumerate(NAMES[:3]) if i != index]
        chosen = (i for i, p in enumerate(POINTS.points) if sum(p[NAMES.index(name)] for name in others) == n)
        assert found.indices() == tuple(chosen)
