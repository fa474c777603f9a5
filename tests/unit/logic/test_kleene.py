from __future__ import annotations

from hypothesis import given

from redflag_kit.logic.bitset import BitRegion, Points
from redflag_kit.logic.kleene import Kleene, Pair, with_unknown
from redflag_kit.logic.space import Axis, Point, Space
from tests.unit.logic.worlds import Formula, interpret, points_of, quick, worlds

NO, UNKNOWN, YES = 0, 1, 2


def value(space: Space, formula: Formula, point: Point) -> int:
    """Return the truth value of a formula at a point by Kleene's tables."""
    if formula.kind == "literal":
        position = space.position(formula.axis)
        if point[position] == space.axes[position].size:
            return UNKNOWN
        return YES if formula.mask >> point[position] & 1 else NO
    one, *more = (value(space, part, point) for part in formula.parts)
    match formula.kind, more:
        case "all", [other]:
            return min(one, other)
        case "any", [other]:
            return max(one, other)
        case "but", [other]:
            return min(one, YES - other)
        case "odd", [other]:
            return UNKNOWN if UNKNOWN in (one, other) else abs(one - other)
    return YES - one


def values(listed: Points, pair: Pair[BitRegion]) -> list[int]:
    """Return the truth value at each of the points listed."""
    surely, possibly = pair.surely.indices(), pair.possibly.indices()
    assert {*surely} <= {*possibly}
    return [(index in surely) + (index in possibly) for index in range(len(listed.points))]


@quick
@given(worlds())
def test_every_formula_has_the_value_of_kleenes_tables_at_every_point(world: tuple[Space, list[Formula]]) -> None:
    space, [formula] = world
    lifted = with_unknown(space)
    listed = Points(lifted, tuple(points_of(lifted)))
    pair = interpret(Kleene(space, listed), formula)
    expected = [value(space, formula, point) for point in listed.points]
    assert values(listed, pair) == expected
    assert pair.is_empty() == (max(expected) == NO)


def test_two_unknowns_are_combined_by_the_tables() -> None:
    space = Space((Axis("fever", 2), Axis("age", 3, (1, 0, 2))))
    lifted = with_unknown(space)
    listed = Points(lifted, tuple(points_of(lifted)))
    kleene = Kleene(space, listed)
    fever, old = Formula("literal", axis="fever", mask=0b10), Formula("literal", axis="age", mask=0b100)
    for kind in ("all", "any", "but", "odd"):
        for parts in ((fever, old), (old, fever), (fever, fever)):
            formula = Formula(kind, parts)
            assert values(listed, interpret(kleene, formula)) == [
                value(space, formula, point) for point in listed.points
            ]
    assert values(listed, kleene.whole) == [YES] * 12
    assert values(listed, kleene.empty) == [NO] * 12


def test_unknown_is_the_last_and_least_calm_atom_of_every_axis() -> None:
    space = Space((Axis("fever", 2), Axis("age", 3, (1, 0, 2))))
    assert with_unknown(space) == Space((Axis("fever", 3, (0, 1, 2)), Axis("age", 4, (1, 0, 2, 3))))
