from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.logic.algebra import disjunction
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.cover import Column, Cover, Cube, cover
from redflag_kit.logic.space import Axis, Point, Space
from tests.unit.logic.worlds import Formula, boolean_space, interpret, points_of, quick, worlds

BUDGET = 20_000
World = tuple[Space, list[Formula]]
Literals = tuple[tuple[str, tuple[str, ...]], ...]


def atoms(diagrams: Diagrams, axis: Axis) -> Column[BddRegion]:
    return Column(axis.name, tuple((str(atom), diagrams.literal(axis.name, 1 << atom)) for atom in axis.calm))


def switch(name: str, region: BddRegion) -> Column[BddRegion]:
    return Column(name, (("does not apply", ~region), ("applies", region)))


def posed(world: World) -> tuple[Diagrams, BddRegion, BddRegion, list[Column[BddRegion]]]:
    """Return a region and a care set, with one rule and every axis as vocabulary."""
    space, [target, context, rule] = world
    diagrams = Diagrams(space, BUDGET)
    region, care, applies = (interpret(diagrams, formula) for formula in (target, context, rule))
    return diagrams, region, care, [*(atoms(diagrams, axis) for axis in space.axes), switch("rule", applies)]


def spelled(diagrams: Diagrams, columns: list[Column[BddRegion]], literals: dict[str, tuple[str, ...]]) -> BddRegion:
    region = diagrams.whole
    for column in columns:
        if column.name in literals:
            region &= disjunction(diagrams, (r for label, r in column.values if label in literals[column.name]))
    return region


@quick
@given(worlds(regions=3))
def test_the_cubes_are_the_region_and_none_is_idle(world: World) -> None:
    diagrams, region, care, columns = posed(world)
    result = cover(diagrams, region, care, columns, limit=1000)
    assert result.exact
    assert disjunction(diagrams, (cube.region for cube in result.cubes)) & care == region & care
    for cube in result.cubes:
        assert spelled(diagrams, columns, dict(cube.literals)) == cube.region
        others = disjunction(diagrams, (other.region for other in result.cubes if other is not cube))
        assert not diagrams.implies(cube.region & care, others)


@quick
@given(worlds(regions=3))
def test_every_cube_is_prime_and_shows_only_values_that_occur(world: World) -> None:
    diagrams, region, care, columns = posed(world)
    bad = care - region
    by_name = {column.name: column for column in columns}
    for cube in cover(diagrams, region, care, columns, limit=1000).cubes:
        literals = dict(cube.literals)
        assert list(literals) == [column.name for column in columns if column.name in literals]
        for name, labels in literals.items():
            others = spelled(diagrams, columns, {key: shown for key, shown in literals.items() if key != name})
            assert not (others & bad).is_empty()
            for label, value in by_name[name].values:
                if label in labels:
                    assert not (value & cube.region & care).is_empty()
                else:
                    assert (others & value & care).is_empty() or not (others & value & bad).is_empty()


@quick
@given(worlds(regions=3))
def test_a_cover_does_not_depend_on_how_its_regions_were_made(world: World) -> None:
    def told(result: Cover[BddRegion]) -> list[Literals]:
        return [cube.literals for cube in result.cubes]

    diagrams, region, care, columns = posed(world)
    first = cover(diagrams, region, care, columns, limit=1000)
    again, other_region, other_care, other_columns = posed(world)
    assert told(cover(again, ~(~other_region | ~other_care), other_care, other_columns, limit=1000)) == told(first)


@quick
@given(worlds(regions=3), st.data())
def test_a_vocabulary_too_poor_is_refused_exactly_when_it_is(world: World, data: st.DataObject) -> None:
    diagrams, region, care, columns = posed(world)
    known = data.draw(st.lists(st.sampled_from(columns), unique_by=lambda column: column.name))
    told: dict[tuple[int, ...], set[bool]] = {}
    for point in points_of(diagrams.space):
        if diagrams.contains(care, point):
            words = tuple(
                next(at for at, (_, value) in enumerate(column.values) if diagrams.contains(value, point))
                for column in known
            )
            told.setdefault(words, set()).add(diagrams.contains(region, point))
    if all(len(answers) == 1 for answers in told.values()):
        assert cover(diagrams, region, care, known, limit=1000).exact
    else:
        with pytest.raises(ValueError, match="cannot tell"):
            cover(diagrams, region, care, known, limit=1000)


def test_a_limit_reached_is_told() -> None:
    diagrams = Diagrams(boolean_space("abc"), BUDGET)
    columns = [atoms(diagrams, axis) for axis in diagrams.space.axes]
    some = diagrams.literal("a", 2) & diagrams.literal("b", 2) | diagrams.literal("c", 2)
    partial = cover(diagrams, some, diagrams.whole, columns, limit=1)
    assert not partial.exact
    assert [cube.literals for cube in partial.cubes] == [(("c", ("1",)),)]
    full = cover(diagrams, some, diagrams.whole, columns, limit=2)
    assert full.exact
    assert [cube.literals for cube in full.cubes] == [(("c", ("1",)),), (("a", ("1",)), ("b", ("1",)))]
    assert cover(diagrams, diagrams.empty, diagrams.whole, columns, limit=0) == Cover((), exact=True)
    assert cover(diagrams, diagrams.whole, diagrams.whole, columns, limit=1) == Cover((Cube((), diagrams.whole),), True)


def test_columns_first_in_line_are_dropped_first() -> None:
    diagrams = Diagrams(boolean_space("ab"), BUDGET)
    a, b = (atoms(diagrams, axis) for axis in diagrams.space.axes)
    same = ~(diagrams.literal("a", 1) ^ diagrams.literal("b", 1))
    tied = diagrams.literal("a", 2)
    assert cover(diagrams, tied, same, [a, b], limit=1).cubes[0].literals == (("b", ("1",)),)
    assert cover(diagrams, tied, same, [b, a], limit=1).cubes[0].literals == (("a", ("1",)),)


def test_a_cube_covered_by_later_ones_is_removed() -> None:
    # Of the three prime cubes of this region the first found, around its calmest point, is the union of the others'.
    diagrams = Diagrams(boolean_space("xyz"), BUDGET)
    x, y, z = (diagrams.literal(name, 0b10) for name in "xyz")
    region = (~x & ~z) | (y & z) | (~x & y)
    columns = [atoms(diagrams, axis) for axis in diagrams.space.axes]
    for order in ([0, 1, 2], [2, 1, 0], [1, 0, 2], [2, 0, 1], [0, 2, 1], [1, 2, 0]):
        assert len(cover(diagrams, region, diagrams.whole, [columns[at] for at in order], limit=9).cubes) == 2


def grid(sizes: tuple[int, int], yes: set[Point], no: set[Point]) -> list[Literals]:
    """Return the cubes for some points among others, over the atoms of the two axes a and b."""
    space = Space(tuple(Axis(name, size) for name, size in zip("ab", sizes, strict=True)))
    diagrams = Diagrams(space, BUDGET)
    columns = [atoms(diagrams, axis) for axis in space.axes]

    def region(points: set[Point]) -> BddRegion:
        spots = (diagrams.literal("a", 1 << a) & diagrams.literal("b", 1 << b) for a, b in sorted(points))
        return disjunction(diagrams, spots)

    return [cube.literals for cube in cover(diagrams, region(yes), region(yes | no), columns, limit=9).cubes]


def test_a_literal_that_cannot_be_widened_keeps_no_later_one_from_it() -> None:
    assert grid((2, 3), {(0, 0), (0, 1)}, {(0, 2), (1, 0), (1, 1), (1, 2)}) == [
        (("a", ("0",)), ("b", ("0", "1"))),
    ]


def test_a_value_that_occurs_only_once_a_later_literal_was_widened_is_added_too() -> None:
    assert grid((3, 3), {(0, 0), (0, 1), (1, 1)}, {(2, 0), (0, 2)}) == [(("a", ("0", "1")), ("b", ("0", "1")))]


def test_a_cube_covered_by_an_early_and_a_late_one_together_is_removed() -> None:
    # Around 1101 the search finds b & ~c & d, one half of which the first cube covers, the other the last one.
    diagrams = Diagrams(boolean_space("abcd"), BUDGET)
    a, b, c, d = (diagrams.literal(name, 0b10) for name in "abcd")
    region = (~a & ~c & d) | (a & ~b & ~c & ~d) | (a & b & d)
    columns = [atoms(diagrams, axis) for axis in diagrams.space.axes]
    assert [cube.literals for cube in cover(diagrams, region, diagrams.whole, columns, limit=9).cubes] == [
        (("a", ("0",)), ("c", ("0",)), ("d", ("1",))),
        (("a", ("1",)), ("b", ("0",)), ("c", ("0",)), ("d", ("0",))),
        (("a", ("1",)), ("b", ("1",)), ("d", ("1",))),
    ]


def test_values_that_miss_a_point_of_care_are_refused() -> None:
    diagrams = Diagrams(boolean_space("a"), BUDGET)
    partial = Column("a", (("no", diagrams.literal("a", 0b01)),))
    with pytest.raises(ValueError, match="`a` do not partition"):
        cover(diagrams, diagrams.literal("a", 0b10), diagrams.whole, [partial], limit=1)
