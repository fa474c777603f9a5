"""Diagrams with many ends, and the remainders of them, against the listing of all points."""

from __future__ import annotations

from itertools import combinations, product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.multi import MultiDiagram, counts, end_at
from redflag_kit.logic.remainders import Remainders
from redflag_kit.logic.space import Axis, Point, Space
from tests.unit.logic.worlds import Formula, boolean_space, interpret, points_of, quick, truth, worlds

BUDGET = 5000
World = tuple[Space, list[Formula]]


def disjoint(space: Space, formulas: list[Formula]) -> tuple[Diagrams, list[BddRegion], dict[Point, int]]:
    """Return regions that do not meet, and which one each point is in: of several, the first; 0 for none."""
    diagrams = Diagrams(space, BUDGET)
    free, parts = diagrams.whole, []
    where = dict.fromkeys(points_of(space), 0)
    for number, formula in enumerate(formulas, start=1):
        region = interpret(diagrams, formula)
        parts.append(region & free)
        free -= region
        for point in truth(space, formula):
            where[point] = where[point] or number
    return diagrams, parts, where


def frozen(space: Space, formulas: list[Formula]) -> tuple[Remainders, int, MultiDiagram, dict[Point, int]]:
    diagrams, parts, where = disjoint(space, formulas)
    store, (root,) = diagrams.freeze_parts([parts])
    return store, root, store.diagram(space, root), where


def drawn_masks(data: st.DataObject, space: Space) -> list[int]:
    return [data.draw(st.integers(1, axis.full)) for axis in space.axes]


def within(point: Point, masks: list[int]) -> bool:
    return all(mask >> atom & 1 for atom, mask in zip(point, masks, strict=True))


@quick
@given(worlds(regions=3))
def test_every_point_is_in_the_region_that_holds_it(world: World) -> None:
    space, formulas = world
    _, _, diagram, where = frozen(space, formulas)
    assert {point: end_at(diagram, point) for point in where} == where


@quick
@given(worlds(regions=3), st.data())
def test_a_diagram_is_canonical(world: World, data: st.DataObject) -> None:
    space, formulas = world
    _, _, diagram, where = frozen(space, formulas)
    assert len(set(diagram.nodes)) == len(diagram.nodes)
    for number, (position, children) in enumerate(diagram.nodes, start=diagram.ends):
        assert len(set(children)) > 1
        assert all(child < number and diagram.position(child) > position for child in children)
    other = [data.draw(st.sampled_from(formulas)) for _ in formulas]
    _, _, again, elsewhere = frozen(space, other)
    assert (again == diagram) == (elsewhere == where)


@quick
@given(worlds(regions=3), st.data())
def test_what_is_possible_within_masks_is_what_some_point_there_has(world: World, data: st.DataObject) -> None:
    space, formulas = world
    store, root, _, where = frozen(space, formulas)
    masks = drawn_masks(data, space)
    expected = sum({1 << end for point, end in where.items() if end and within(point, masks)})
    assert store.possible(root, masks) == expected
    assert store.reach[store.narrow(root, masks)] & ~1 == expected


@quick
@given(worlds(regions=3), st.data())
def test_a_remainder_is_what_the_points_left_say(world: World, data: st.DataObject) -> None:
    space, formulas = world
    store, root, _, where = frozen(space, formulas)
    position = data.draw(st.integers(0, len(space.axes) - 1))
    atom = data.draw(st.integers(0, space.axes[position].size - 1))
    left = store.diagram(space, store.fix(root, position, atom))
    for point in where:
        assert end_at(left, point) == where[(*point[:position], atom, *point[position + 1 :])]


@quick
@given(worlds(regions=3), st.data())
def test_narrowing_leaves_only_what_the_masks_allow(world: World, data: st.DataObject) -> None:
    space, formulas = world
    store, root, _, where = frozen(space, formulas)
    masks = drawn_masks(data, space)
    left = store.diagram(space, store.narrow(root, masks))
    for point in where:
        known = tuple(
            mask.bit_length() - 1 if mask.bit_count() == 1 else atom for atom, mask in zip(point, masks, strict=True)
        )
        if within(known, masks):
            assert end_at(left, point) == where[known]


@quick
@given(worlds(regions=3))
def test_a_pivotal_axis_moves_some_point_from_one_region_to_another(world: World) -> None:
    space, formulas = world
    store, root, _, where = frozen(space, formulas)
    expected = set()
    for one, other in combinations(where, 2):
        differ = [at for at in range(len(space.axes)) if one[at] != other[at]]
        if len(differ) == 1 and where[one] and where[other] and where[one] != where[other]:
            expected |= set(differ)
    assert {at for at in range(len(space.axes)) if store.pivotal(root) >> at & 1} == expected


@quick
@given(worlds(regions=3), st.data())
def test_axes_settle_a_region_if_points_that_agree_on_them_never_part(world: World, data: st.DataObject) -> None:
    space, formulas = world
    store, root, _, where = frozen(space, formulas)
    free = data.draw(st.sets(st.integers(0, len(space.axes) - 1)))
    seen: dict[Point, set[int]] = {}
    for point, end in where.items():
        seen.setdefault(tuple(atom for at, atom in enumerate(point) if at not in free), set()).add(end)
    assert store.settled_without(root, free) == all(len(ends - {0}) < 2 for ends in seen.values())


@quick
@given(worlds(regions=3), st.data())
def test_counts_agree_with_enumeration(world: World, data: st.DataObject) -> None:
    space, formulas = world
    _, _, diagram, where = frozen(space, formulas)
    axes = data.draw(st.lists(st.sampled_from(space.axes), unique=True))
    weights = {a.name: data.draw(st.lists(st.integers(0, 9), min_size=a.size, max_size=a.size)) for a in axes}
    expected = [0] * diagram.ends
    for point, end in where.items():
        expected[end] += prod(
            weights[name][atom] for name, atom in zip(space.names, point, strict=True) if name in weights
        )
    assert counts(diagram, weights) == tuple(expected)
    assert sum(counts(diagram)) == len(where)


def test_counts_need_a_weight_for_each_atom_of_an_axis_that_is_there() -> None:
    diagrams = Diagrams(boolean_space("ab"), BUDGET)
    store, (root,) = diagrams.freeze_parts([[diagrams.literal("a", 0b10)]])
    diagram = store.diagram(diagrams.space, root)
    with pytest.raises(ValueError, match="one weight per atom"):
        counts(diagram, {"a": (1,)})
    with pytest.raises(KeyError):
        counts(diagram, {"c": (1, 1)})


def test_regions_that_meet_are_refused() -> None:
    diagrams = Diagrams(boolean_space("ab"), BUDGET)
    with pytest.raises(ValueError, match="meet"):
        diagrams.freeze_parts([[diagrams.literal("a", 0b10), diagrams.literal("b", 0b10)]])


def test_regions_that_meet_are_refused_whatever_stands_between_them() -> None:
    diagrams = Diagrams(boolean_space("ab"), BUDGET)
    a, b = diagrams.literal("a", 0b10), diagrams.literal("b", 0b10)
    with pytest.raises(ValueError, match="meet"):
        diagrams.freeze_parts([[a & b, ~a, a]])


def test_no_lists_of_regions_are_a_store_that_leads_nowhere() -> None:
    store, roots = Diagrams(boolean_space("ab"), BUDGET).freeze_parts([])
    assert (store.ends, store.sizes, roots) == (1, (2, 2), ())


def test_outputs_that_hang_on_the_same_things_are_one_diagram() -> None:
    diagrams = Diagrams(Space((Axis("a", 3), Axis("b", 2))), BUDGET)
    low, rest = diagrams.literal("a", 0b001), diagrams.literal("a", 0b110)
    store, roots = diagrams.freeze_parts([[low, rest], [low, rest], [rest, low], []])
    assert roots[0] == roots[1] != roots[2]
    assert roots[3] == 0
    assert [list(product([store.reach[root]], [store.axes[root]])) for root in roots[:2]] == [[(0b110, 0b1)]] * 2
