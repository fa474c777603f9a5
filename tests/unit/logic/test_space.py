from __future__ import annotations

import pytest

from redflag_kit.logic.space import Axis, Space


def test_an_axis_without_a_calm_order_takes_the_natural_one() -> None:
    assert Axis("age", 3).calm == (0, 1, 2)
    assert Axis("temperature", 3, (1, 0, 2)).calm == (1, 0, 2)


@pytest.mark.parametrize("size", [0, -1])
def test_an_axis_without_atoms_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="at least one atom"):
        Axis("age", size)


@pytest.mark.parametrize("calm", [(0,), (0, 0), (1, 2), (0, 1, 2)])
def test_a_calm_order_lists_every_atom_once(calm: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="once each"):
        Axis("fever", 2, calm)


def test_a_space_finds_its_axes_by_name() -> None:
    fever, age = Axis("fever", 2), Axis("age", 4)
    space = Space((fever, age))
    assert space.names == ("fever", "age")
    assert space.position("age") == 1
    assert space.axis("age") is age
    with pytest.raises(KeyError):
        space.axis("weight")


def test_two_axes_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="not unique: fever"):
        Space((Axis("fever", 2), Axis("age", 4), Axis("fever", 2)))


def test_a_mask_holds_only_atoms_of_its_axis() -> None:
    space = Space((Axis("fever", 2), Axis("age", 4)))
    assert space.check_mask("age", 0b1111) == space.position("age")
    assert space.axis("age").full == 0b1111
    for mask in (0b10000, -1):
        with pytest.raises(ValueError, match="`age`"):
            space.check_mask("age", mask)


def test_spaces_are_values() -> None:
    assert Space((Axis("fever", 2),)) == Space((Axis("fever", 2, (0, 1)),))
    assert hash(Space((Axis("fever", 2),))) == hash(Space((Axis("fever", 2),)))
