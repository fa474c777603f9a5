from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import prod
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.logic.algebra import conjunction
from redflag_kit.logic.bdd import Diagrams
from redflag_kit.logic.mdd import Diagram, assemble, boxes, contains, count, least, reorder, signature, support
from redflag_kit.logic.space import Axis, Point, Space
from tests.unit.logic.worlds import Formula, boolean_space, interpret, points_of, quick, truth, worlds

BUDGET = 5000
World = tuple[Space, list[Formula]]


def frozen(space: Space, formula: Formula) -> Diagram:
    diagrams = Diagrams(space, BUDGET)
    return diagrams.freeze(interpret(diagrams, formula))


def inside(diagram: Diagram) -> set[Point]:
    return {point for point in points_of(diagram.space) if contains(diagram, point)}


def calm_key(space: Space, point: Point, cost: dict[str, int]) -> tuple[int, int, tuple[int, ...]]:
    ranks = tuple(axis.calm.index(atom) for axis, atom in zip(space.axes, point, strict=True))
    spent = sum(cost.get(axis.name, 1) for axis, rank in zip(space.axes, ranks, strict=True) if rank)
    return spent, sum(ranks), ranks


@quick
@given(worlds())
def test_freezing_keeps_every_point(world: World) -> None:
    space, [formula] = world
    assert inside(frozen(space, formula)) == truth(space, formula)


@quick
@given(worlds(regions=2))
def test_a_diagram_is_canonical(world: World) -> None:
    space, [first, second] = world
    a, b = frozen(space, first), frozen(space, second)
    assert (a == b) == (truth(space, first) == truth(space, second))
    assert len(set(a.nodes)) == len(a.nodes)
    reached = {a.root}
    for number in range(len(a.nodes) + 1, 1, -1):
        position, children = a.nodes[number - 2]
        assert number in reached
        assert len(set(children)) > 1
        assert all(child < number and a.position(child) > position for child in children)
        reached |= set(children)


def test_idle_tests_and_equal_nodes_are_left_out_of_a_diagram() -> None:
    space = Space((Axis("a", 3), Axis("b", 2)))
    inner = {
        "top": (0, ["idle", "one", "twin"]),
        "idle": (1, ["yes", "also yes"]),
        "one": (1, ["no", "yes"]),
        "twin": (1, ["no", "also yes"]),
    }
    made = assemble(space, "top", inner, {"no": 0, "yes": 1, "also yes": 1})
    assert made == Diagram(space, ((1, (0, 1)), (0, (1, 2, 2))), 3)
    assert assemble(space, "idle", {"idle": inner["idle"]}, {"yes": 1, "also yes": 1}) == Diagram(space, (), 1)


def test_a_test_of_an_axis_of_one_atom_is_idle() -> None:
    space = Space((Axis("only", 1), Axis("b", 2)))
    made = assemble(space, "top", {"top": (0, ["below"]), "below": (1, ["no", "yes"])}, {"no": 0, "yes": 1})
    assert made == Diagram(space, ((1, (0, 1)),), 2)


@quick
@given(worlds())
def test_the_support_survives_freezing(world: World) -> None:
    space, [formula] = world
    diagrams = Diagrams(space, BUDGET)
    region = interpret(diagrams, formula)
    assert support(diagrams.freeze(region)) == diagrams.support(region)


@quick
@given(worlds(), st.data())
def test_the_least_point_is_the_calmest_of_the_region(world: World, data: st.DataObject) -> None:
    space, [formula] = world
    cost = data.draw(st.dictionaries(st.sampled_from(space.names), st.integers(0, 3)))
    diagram, holding = frozen(space, formula), truth(space, formula)
    expected = min(holding, key=lambda point: calm_key(space, point, cost), default=None)
    assert least(diagram, cost=cost) == expected
    assert least(diagram) == min(holding, key=lambda point: calm_key(space, point, {}), default=None)


def test_leaving_the_calmest_atom_costs_what_its_axis_is_priced_at() -> None:
    space = Space((Axis("a", 3, (1, 0, 2)), Axis("b", 2), Axis("c", 3)))
    diagrams, random = Diagrams(space, BUDGET), Random(1)
    for many in (1, 2, 2, 3, 3, 5) * 5:
        points = random.sample(points_of(space), many)
        cost = {name: random.randrange(4) for name in random.sample("abc", 2)}
        region = diagrams.empty
        for point in points:
            region |= conjunction(diagrams, (diagrams.literal(n, 1 << at) for n, at in zip("abc", point, strict=True)))
        diagram = diagrams.freeze(region)
        assert least(diagram, cost=cost) == min(points, key=lambda point: calm_key(space, point, cost))
        assert least(diagram) == min(points, key=lambda point: calm_key(space, point, {}))


@quick
@given(worlds(), st.data())
def test_a_preferred_atom_comes_before_the_calm_order(world: World, data: st.DataObject) -> None:
    space, [formula] = world
    prefer = {
        axis.name: data.draw(st.integers(0, axis.size - 1))
        for axis in data.draw(st.lists(st.sampled_from(space.axes), unique=True))
    }
    moved = Space(
        tuple(
            replace(axis, calm=(atom, *(other for other in axis.calm if other != atom)))
            if (atom := prefer.get(axis.name)) is not None
            else axis
            for axis in space.axes
        )
    )
    assert least(frozen(space, formula), prefer=prefer) == least(frozen(moved, formula))


def test_a_witness_request_that_makes_no_sense_is_refused() -> None:
    diagrams = Diagrams(boolean_space("ab"), BUDGET)
    diagram = diagrams.freeze(diagrams.literal("a", 0b10))
    with pytest.raises(ValueError, match="less than nothing"):
        least(diagram, cost={"a": -1})
    with pytest.raises(ValueError, match="not an atom"):
        least(diagram, prefer={"b": 2})
    with pytest.raises(KeyError):
        least(diagram, cost={"c": 1})
    with pytest.raises(KeyError):
        least(diagram, prefer={"c": 0})


@quick
@given(worlds(), st.data())
def test_counting_agrees_with_enumeration(world: World, data: st.DataObject) -> None:
    space, [formula] = world
    weights = {
        axis.name: data.draw(st.lists(st.integers(0, 9), min_size=axis.size, max_size=axis.size))
        for axis in data.draw(st.lists(st.sampled_from(space.axes), unique=True))
    }
    diagram, holding = frozen(space, formula), truth(space, formula)
    assert count(diagram) == len(holding)
    assert count(diagram, weights) == sum(
        prod(weights[name][atom] for name, atom in zip(space.names, point, strict=True) if name in weights)
        for point in holding
    )


def test_weights_name_known_axes_and_every_atom() -> None:
    diagrams = Diagrams(boolean_space("ab"), BUDGET)
    diagram = diagrams.freeze(diagrams.whole)
    with pytest.raises(ValueError, match="one weight per atom"):
        count(diagram, {"a": (1,)})
    with pytest.raises(KeyError):
        count(diagram, {"c": (1, 1)})


@quick
@given(worlds())
def test_boxes_are_disjoint_and_make_up_the_region(world: World) -> None:
    space, [formula] = world
    listed: list[Point] = []
    for box in boxes(frozen(space, formula)):
        masks = [box.get(position, axis.full) for position, axis in enumerate(space.axes)]
        listed += product(
            *(
                [atom for atom in range(axis.size) if mask >> atom & 1]
                for axis, mask in zip(space.axes, masks, strict=True)
            )
        )
    assert len(set(listed)) == len(listed)
    assert set(listed) == truth(space, formula)


@quick
@given(worlds(), st.data())
def test_reordering_gives_the_diagram_of_the_reordered_space(world: World, data: st.DataObject) -> None:
    space, [formula] = world
    names = data.draw(st.permutations(space.names))
    other = Space(tuple(space.axis(name) for name in names))
    assert reorder(frozen(space, formula), names) == frozen(other, formula)


@quick
@given(worlds())
def test_reordering_may_leave_out_axes_that_do_not_matter(world: World) -> None:
    space, [formula] = world
    diagram, holding = frozen(space, formula), truth(space, formula)
    names = support(diagram)[::-1]
    small = reorder(diagram, names)
    assert small.space.names == names
    for point in points_of(space):
        assert contains(small, tuple(point[space.position(name)] for name in names)) == (point in holding)


def test_remainders_that_meet_again_are_one_node() -> None:
    # With c first, `b and c` becomes the `b` that the other branch of `a` already is.
    diagrams = Diagrams(boolean_space("abc"), BUDGET)
    a, b, c = (diagrams.literal(name, 0b10) for name in "abc")
    diagram = reorder(diagrams.freeze(diagrams.ite(a, b, b & c)), "cab")
    assert diagram.nodes == ((2, (0, 1)), (1, (0, 2)), (0, (3, 2)))
    assert diagram.root == 4


@pytest.mark.parametrize(("one", "other"), ["bc", "cb"])
def test_every_branch_is_followed_to_its_end_in_the_new_order(one: str, other: str) -> None:
    diagrams, again = Diagrams(boolean_space("abc"), BUDGET), Diagrams(boolean_space("acb"), BUDGET)
    made = [each.ite(*(each.literal(name, 0b10) for name in ("a", one, other))) for each in (diagrams, again)]
    assert reorder(diagrams.freeze(made[0]), "acb") == again.freeze(made[1])


def test_a_symmetric_region_looks_the_same_in_every_order() -> None:
    diagrams = Diagrams(boolean_space("abcdef"), BUDGET)
    parity = diagrams.empty
    for name in diagrams.space.names:
        parity = parity ^ diagrams.literal(name, 0b10)
    diagram = diagrams.freeze(parity)
    assert reorder(diagram, "fedcba").nodes == reorder(diagram, "badcfe").nodes == diagram.nodes


def test_reordering_never_loses_an_axis_that_matters() -> None:
    diagrams = Diagrams(boolean_space("abc"), BUDGET)
    diagram = diagrams.freeze(diagrams.literal("c", 1) ^ diagrams.literal("a", 1))
    with pytest.raises(ValueError, match="left out of the new order: a, c"):
        reorder(diagram, ["b"])


@quick
@given(worlds(), st.data())
def test_a_signature_forgets_cuts_and_axes_that_do_not_matter(world: World, data: st.DataObject) -> None:
    space, [formula] = world
    copies = {
        axis.name: data.draw(st.lists(st.integers(1, 2), min_size=axis.size, max_size=axis.size)) for axis in space.axes
    }
    origin = {name: [atom for atom, times in enumerate(many) for _ in range(times)] for name, many in copies.items()}
    fine = Space((*(Axis(name, len(origin[name])) for name in space.names), Axis("idle", 3)))

    def refined(part: Formula) -> Formula:
        mask = sum(1 << new for new, old in enumerate(origin.get(part.axis, ())) if part.mask >> old & 1)
        return replace(part, parts=tuple(map(refined, part.parts)), mask=mask)

    axes, nodes, root = signature(frozen(space, formula))
    fine_axes, fine_nodes, fine_root = signature(frozen(fine, refined(formula)))
    assert (fine_nodes, fine_root) == (nodes, root)
    merged = [
        (name, [list(dict.fromkeys(origin[name][atom] for atom in run)) for run in runs]) for name, runs in fine_axes
    ]
    assert merged == [(name, [list(run) for run in runs]) for name, runs in axes]


def test_a_signature_reads_as_runs_of_atoms() -> None:
    diagrams = Diagrams(Space((Axis("fever", 2), Axis("age", 4))), BUDGET)
    region = diagrams.literal("age", 0b1100)
    assert signature(diagrams.freeze(region)) == ((("age", ((0, 1), (2, 3))),), ((0, (0, 1)),), 2)
    assert signature(diagrams.freeze(diagrams.whole)) == ((), (), 1)


@quick
@given(worlds(regions=2))
def test_equal_signatures_over_one_space_mean_equal_regions(world: World) -> None:
    space, [first, second] = world
    a, b = frozen(space, first), frozen(space, second)
    assert (signature(a) == signature(b)) == (a == b)
