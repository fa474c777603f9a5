"""Remainders of functions that are listed point by point."""

from __future__ import annotations

from itertools import combinations, product
from random import Random

import pytest

from redflag_kit.logic.multi import end_at
from redflag_kit.logic.remainders import Remainders
from redflag_kit.logic.space import Axis, Point, Space

SIZES = (2, 3, 1, 2, 3)
POINTS = list(product(*map(range, SIZES)))
SPACE = Space(tuple(Axis(f"x{at}", size) for at, size in enumerate(SIZES)))
ENDS = 4

Function = dict[Point, int]


def drawn(seed: int) -> Function:
    """Return a function in which some axes often do not matter and, for odd seeds, no point is nowhere."""
    random = Random(seed)
    read = [at for at in range(len(SIZES)) if random.random() < 0.8]
    ends = range(seed % 2, random.choice((2, 3, ENDS)))
    values: dict[Point, int] = {}
    return {point: values.setdefault(tuple(point[at] for at in read), random.choice(ends)) for point in POINTS}


FUNCTIONS = [drawn(seed) for seed in range(24)]


def put(store: Remainders, function: Function, start: Point = ()) -> int:
    """Return the number of a function in a store."""
    if len(start) == len(SIZES):
        return function[start]
    return store.node(len(start), tuple(put(store, function, (*start, atom)) for atom in range(SIZES[len(start)])))


def said(store: Remainders, root: int, point: Point) -> int:
    while root >= store.ends:
        root = store.children[root][point[store.positions[root]]]
    return root


def moved(point: Point, position: int) -> list[Point]:
    return [(*point[:position], atom, *point[position + 1 :]) for atom in range(SIZES[position])]


def masks_of(random: Random) -> list[int]:
    return [
        random.choice(((1 << size) - 1, 1 << random.randrange(size), random.randrange(1, 1 << size))) for size in SIZES
    ]


def within(point: Point, masks: list[int]) -> bool:
    return all(mask >> atom & 1 for atom, mask in zip(point, masks, strict=True))


def test_the_same_function_has_the_same_number_and_the_same_node_is_made_once() -> None:
    store = Remainders(ENDS, SIZES)
    numbers = [put(store, function) for function in FUNCTIONS]
    for (one, number), (other, again) in combinations(zip(FUNCTIONS, numbers, strict=True), 2):
        assert (number == again) == (one == other)
    count = len(store.positions)
    assert [put(store, function) for function in FUNCTIONS] == numbers
    assert len(store.positions) == len(store.children) == len(store.reach) == len(store.axes) == count
    assert len({*zip(store.positions[ENDS:], store.children[ENDS:], strict=True)}) == count - ENDS


@pytest.mark.parametrize("seed", range(len(FUNCTIONS)))
def test_a_node_knows_what_is_below_it_and_what_it_depends_on(seed: int) -> None:
    function, store = FUNCTIONS[seed], Remainders(ENDS, SIZES)
    root = put(store, function)
    assert [said(store, root, point) for point in POINTS] == [function[point] for point in POINTS]
    ends = {*function.values()}
    assert store.reach[root] == sum(1 << end for end in ends)
    assert store.is_open(root) == (len(ends - {0}) > 1)
    telling = {at for at in range(len(SIZES)) for p in POINTS if len({function[other] for other in moved(p, at)}) > 1}
    assert store.axes[root] == sum(1 << at for at in telling)
    below = list(store.below(root))
    assert below[:1] == [root][: root >= ENDS]
    assert len(set(below)) == len(below)
    assert {*below} == {node for node in range(ENDS, len(store.positions)) if node in reached(store, root)}
    diagram = store.diagram(SPACE, root)
    assert {point: end_at(diagram, point) for point in POINTS} == function
    again = Remainders(ENDS, SIZES)
    assert again.diagram(SPACE, again.add(diagram)) == diagram
    assert store.add(diagram) == root


def reached(store: Remainders, root: int) -> set[int]:
    return {root}.union(*(reached(store, child) for child in store.children[root]))


@pytest.mark.parametrize("seed", range(len(FUNCTIONS)))
def test_an_answer_leaves_the_function_of_the_other_axes_and_makes_its_nodes_once(seed: int) -> None:
    function, store = FUNCTIONS[seed], Remainders(ENDS, SIZES)
    root = put(store, function)
    for position, size in enumerate(SIZES):
        for atom in range(size):
            left = store.fix(root, position, atom)
            assert not store.axes[left] >> position & 1
            for point in POINTS:
                assert said(store, left, point) == function[moved(point, position)[atom]]
            count = len(store.positions)
            assert store.fix(root, position, atom) == left
            assert len(store.positions) == count


@pytest.mark.parametrize("seed", range(len(FUNCTIONS)))
def test_masks_leave_what_they_allow_and_lead_nowhere_elsewhere(seed: int) -> None:
    function, store, random = FUNCTIONS[seed], Remainders(ENDS, SIZES), Random(seed)
    root = put(store, function)
    for masks in (masks_of(random) for _ in range(9)):
        possible = sum({1 << function[point] for point in POINTS if within(point, masks)} - {1})
        count = len(store.positions)
        assert store.possible(root, masks) == possible
        assert len(store.positions) == count
        left = store.narrow(root, masks)
        assert store.reach[left] & ~1 == possible
        for point in POINTS:
            asked = tuple(
                mask.bit_length() - 1 if mask.bit_count() == 1 else atom
                for atom, mask in zip(point, masks, strict=True)
            )
            expected = {function[asked]} if within(asked, masks) else {0, function[asked]}
            assert said(store, left, point) in expected
    assert store.narrow(root, [(1 << size) - 1 for size in SIZES]) == root


def test_the_atom_that_a_mask_leaves_out_leads_nowhere_whichever_it_is() -> None:
    store = Remainders(ENDS, (3,))
    root = store.node(0, (1, 2, 3))
    left = [store.narrow(root, [0b111 - (1 << out)]) for out in range(3)]
    assert [store.children[node] for node in left] == [(0, 2, 3), (1, 0, 3), (1, 2, 0)]


@pytest.mark.parametrize("seed", range(len(FUNCTIONS)))
def test_axes_are_pivotal_and_settle_as_the_points_say(seed: int) -> None:
    function, store, random = FUNCTIONS[seed], Remainders(ENDS, SIZES), Random(seed)
    root = put(store, function)
    pivotal = {
        at
        for at in range(len(SIZES))
        for point in POINTS
        if len({function[other] for other in moved(point, at)} - {0}) > 1
    }
    assert store.pivotal(root) == sum(1 << at for at in pivotal)
    for free in ([], *(random.sample(range(len(SIZES)), number) for number in (1, 2, 3, 4))):
        seen: dict[Point, set[int]] = {}
        for point, end in function.items():
            if end:
                seen.setdefault(tuple(atom for at, atom in enumerate(point) if at not in free), set()).add(end)
        assert store.settled_without(root, free) == all(len(ends) == 1 for ends in seen.values())


def test_an_axis_that_only_leads_nowhere_is_not_pivotal() -> None:
    store = Remainders(4, (2, 2))
    assert store.pivotal(store.node(0, (store.node(1, (2, 3)), 0))) == 0b10


def test_two_of_many_atoms_are_enough_to_be_pivotal() -> None:
    # Only the first and the third atom leave regions that are somewhere at the same points.
    store = Remainders(3, (4, 3))
    atoms = [store.node(1, row) for row in ((1, 0, 0), (0, 1, 0), (2, 0, 0), (0, 0, 1))]
    assert store.pivotal(store.node(0, tuple(atoms))) == 0b01


def test_regions_that_are_never_somewhere_at_the_same_points_make_no_axis_pivotal() -> None:
    store = Remainders(3, (2, 2))
    root = store.node(0, (store.node(1, (1, 0)), store.node(1, (0, 2))))
    assert store.pivotal(root) == 0
    assert store.settled_without(root, {0})
    assert not store.settled_without(root, {0, 1})


def test_outside_the_masks_an_axis_of_several_atoms_leads_nowhere_where_it_matters() -> None:
    store = Remainders(3, (3, 2))
    inner = store.node(1, (1, 2))
    root = store.node(0, (inner, 1, 2))
    assert store.children[store.narrow(root, [0b011, 0b11])] == (inner, 1, 0)
    assert store.children[store.narrow(root, [0b101, 0b10])] == (2, 0, 2)
    assert store.narrow(root, [0b001, 0b11]) == inner
    assert store.narrow(inner, [0b011, 0b01]) == 1
    assert store.narrow(2, [0b011, 0b01]) == 2
