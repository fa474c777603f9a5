from __future__ import annotations

import pytest

from redflag_kit.logic.bitset import Points
from redflag_kit.logic.space import Axis, Space

SPACE = Space((Axis("fever", 2), Axis("age", 3)))


def test_indices_name_the_listed_points_in_order() -> None:
    points = Points(SPACE, ((1, 0), (0, 2), (1, 2), (1, 0)))
    assert points.literal("fever", 0b10).indices() == (0, 2, 3)
    assert (points.literal("fever", 0b10) & points.literal("age", 0b100)).indices() == (2,)
    assert points.whole.indices() == (0, 1, 2, 3)
    assert points.empty.indices() == ()


def test_without_points_every_region_is_empty() -> None:
    points = Points(SPACE, ())
    assert points.whole.is_empty()
    assert (~points.literal("age", 0b111)).is_empty()


def test_regions_of_two_lists_are_not_combined() -> None:
    one, other = Points(SPACE, ((0, 0),)), Points(SPACE, ((0, 0),))
    assert one.whole == one.whole
    assert one.whole != other.whole
    for combine in ("__and__", "__or__", "__xor__", "__sub__"):
        with pytest.raises(TypeError, match="different algebras"):
            getattr(one.whole, combine)(other.whole)


def test_a_foreign_atom_is_refused() -> None:
    with pytest.raises(ValueError, match="`age`"):
        Points(SPACE, ()).literal("age", 0b1000)
