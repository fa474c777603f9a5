from __future__ import annotations

import gc
from collections.abc import Callable
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oxidd.bcdd import BCDDFunction, BCDDManager

from redflag_kit.logic.algebra import disjunction
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.budget import BudgetExceeded, Deadline
from redflag_kit.logic.mdd import count, least
from redflag_kit.logic.space import Axis, Point, Space
from tests.unit.logic.worlds import Formula, boolean_space, interpret, points_of, quick, truth, worlds

BUDGET = 5000
World = tuple[Space, list[Formula]]


def inside(diagrams: Diagrams, region: BddRegion) -> set[Point]:
    return {point for point in points_of(diagrams.space) if diagrams.contains(region, point)}


def replaced(point: Point, position: int, atom: int) -> Point:
    return (*point[:position], atom, *point[position + 1 :])


@quick
@given(worlds(regions=2))
def test_equal_means_the_same_points(world: World) -> None:
    space, [first, second] = world
    diagrams = Diagrams(space, BUDGET)
    a, b = interpret(diagrams, first), interpret(diagrams, second)
    assert (a == b) == (truth(space, first) == truth(space, second))
    again = ~(~a | ~diagrams.whole)
    assert again == a
    assert len({a, again}) == 1


@quick
@given(worlds())
def test_the_support_is_the_axes_that_change_some_answer(world: World) -> None:
    space, [formula] = world
    diagrams, holding = Diagrams(space, BUDGET), truth(world[0], formula)
    telling = tuple(
        axis.name
        for position, axis in enumerate(space.axes)
        if any(
            (replaced(point, position, atom) in holding) != (point in holding)
            for point in points_of(space)
            for atom in range(axis.size)
        )
    )
    region = interpret(diagrams, formula)
    assert diagrams.support(region) == telling
    assert sorted(diagrams.reads(region)) == sorted(telling)


@quick
@given(worlds())
def test_the_canonical_witness_is_that_of_the_frozen_region(world: World) -> None:
    space, [formula] = world
    diagrams = Diagrams(space, BUDGET)
    region = interpret(diagrams, formula)
    assert diagrams.least(region) == least(diagrams.freeze(region))


@quick
@given(worlds())
def test_the_calmest_point_comes_first_in_calm_order(world: World) -> None:
    space, [formula] = world
    diagrams = Diagrams(space, BUDGET)
    region = interpret(diagrams, formula)
    if not region.is_empty():
        first = min(truth(space, formula), key=lambda p: [a.calm.index(v) for a, v in zip(space.axes, p, strict=True)])
        assert diagrams.calmest(region) == first


def test_some_point_of_a_region_is_in_it_and_an_empty_one_has_none() -> None:
    diagrams = Diagrams(boolean_space("ab"), BUDGET)
    assert diagrams.some(diagrams.literal("a", 0b10) & diagrams.literal("b", 0b10)) == (1, 1)
    assert diagrams.some(diagrams.empty) is None


def test_a_witness_may_leave_the_calmest_atom_on_every_axis() -> None:
    diagrams = Diagrams(boolean_space("abc"), BUDGET)
    everything = diagrams.whole
    for name in diagrams.space.names:
        everything &= diagrams.literal(name, 0b10)
    assert diagrams.least(everything) == (1, 1, 1)


def test_an_empty_region_has_no_calmest_point() -> None:
    diagrams = Diagrams(boolean_space("a"), BUDGET)
    with pytest.raises(ValueError, match="empty"):
        diagrams.calmest(diagrams.empty)


@quick
@given(worlds(), st.data())
def test_exists_forgets_the_named_axes(world: World, data: st.DataObject) -> None:
    space, [formula] = world
    diagrams, holding = Diagrams(space, BUDGET), truth(space, formula)
    names = data.draw(st.lists(st.sampled_from(space.names), unique=True))
    kept = [position for position, name in enumerate(space.names) if name not in names]
    shadows = {tuple(point[position] for position in kept) for point in holding}
    expected = {point for point in points_of(space) if tuple(point[position] for position in kept) in shadows}
    assert inside(diagrams, diagrams.exists(interpret(diagrams, formula), names)) == expected


@quick
@given(worlds(regions=2), st.data())
def test_a_shared_projection_is_the_projection_of_the_conjunction(world: World, data: st.DataObject) -> None:
    space, formulas = world
    diagrams = Diagrams(space, BUDGET)
    first, second = (interpret(diagrams, formula) for formula in formulas)
    names = data.draw(st.lists(st.sampled_from(space.names), unique=True))
    assert diagrams.shared(first, second, names) == diagrams.exists(first & second, names)


@quick
@given(worlds(), st.integers(0, 3))
def test_points_near_the_calmest_leave_it_on_few_axes(world: World, few: int) -> None:
    space, _ = world
    diagrams = Diagrams(space, BUDGET)
    near = {
        point
        for point in points_of(space)
        if sum(atom != axis.calm[0] for axis, atom in zip(space.axes, point, strict=True)) <= few
    }
    assert inside(diagrams, diagrams.near_calm(few)) == near


@quick
@given(worlds(), st.data())
def test_restrict_fixes_one_atom(world: World, data: st.DataObject) -> None:
    space, [formula] = world
    diagrams, holding = Diagrams(space, BUDGET), truth(space, formula)
    axis = data.draw(st.sampled_from(space.axes))
    atom = data.draw(st.integers(0, axis.size - 1))
    position = space.position(axis.name)
    expected = {point for point in points_of(space) if replaced(point, position, atom) in holding}
    assert inside(diagrams, diagrams.restrict(interpret(diagrams, formula), axis.name, atom)) == expected


@quick
@given(worlds(regions=3))
def test_choice_and_implication_agree_with_enumeration(world: World) -> None:
    space, formulas = world
    diagrams = Diagrams(space, BUDGET)
    condition, then, otherwise = (interpret(diagrams, formula) for formula in formulas)
    c, t, o = (truth(space, formula) for formula in formulas)
    assert inside(diagrams, diagrams.ite(condition, then, otherwise)) == (c & t) | (o - c)
    assert diagrams.implies(condition, then) == (c <= t)
    assert diagrams.implies(condition & then, then)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6, 7, 8, 9])
def test_the_last_atom_absorbs_unused_codes(size: int) -> None:
    diagrams = Diagrams(Space((Axis("before", 2), Axis("age", size), Axis("after", 3))), BUDGET)
    atoms = [diagrams.literal("age", 1 << atom) for atom in range(size)]
    assert disjunction(diagrams, atoms) == diagrams.whole
    assert diagrams.literal("age", 0) == diagrams.empty
    assert ~atoms[-1] == disjunction(diagrams, atoms[:-1])
    for atom, region in enumerate(atoms):
        assert count(diagrams.freeze(region)) == 6
        assert inside(diagrams, region) == {point for point in points_of(diagrams.space) if point[1] == atom}
        assert diagrams.support(region) == (("age",) if size > 1 else ())
        assert diagrams.exists(region, ["age"]) == diagrams.whole
        assert diagrams.restrict(region, "age", atom) == diagrams.whole


def test_every_mask_is_the_union_of_its_atoms() -> None:
    diagrams = Diagrams(Space((Axis("age", 7),)), BUDGET)
    for mask in range(1 << 7):
        parts = [diagrams.literal("age", 1 << atom) for atom in range(7) if mask >> atom & 1]
        assert diagrams.literal("age", mask) == disjunction(diagrams, parts)


def test_a_space_without_choice_has_one_point() -> None:
    diagrams = Diagrams(Space((Axis("only", 1),)), BUDGET)
    assert diagrams.literal("only", 1) == diagrams.whole
    assert diagrams.contains(diagrams.whole, (0,))
    assert count(diagrams.freeze(diagrams.whole)) == 1


@quick
@given(worlds(regions=3))
def test_counts_of_several_regions_are_those_of_each(world: World) -> None:
    space, formulas = world
    diagrams = Diagrams(space, BUDGET)
    regions = [diagrams.whole, diagrams.empty, *(interpret(diagrams, formula) for formula in formulas)]
    assert diagrams.counts(regions) == [len(inside(diagrams, region)) for region in regions]


def test_the_engine_has_no_threads_that_a_forked_child_would_miss(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[int, int, int]] = []

    def noted(nodes: int, cache: int, threads: int) -> BCDDManager:
        made.append((nodes, cache, threads))
        return BCDDManager(nodes, cache, threads)

    monkeypatch.setattr("redflag_kit.logic.bdd.BCDDManager", noted)
    for budget in (5, 1000, 1 << 20):
        Diagrams(boolean_space("a"), budget)
    assert made == [(5, 64, 1), (1000, 1000, 1), (1 << 20, 1 << 18, 1)]


def test_node_count_includes_terminals() -> None:
    diagrams = Diagrams(boolean_space("ab"), BUDGET)
    assert diagrams.node_count(diagrams.whole) == 1
    assert diagrams.node_count(diagrams.literal("a", 1) & diagrams.literal("b", 1)) == 3


def test_regions_of_two_owners_are_never_combined() -> None:
    space = boolean_space("ab")
    one, other = Diagrams(space, BUDGET), Diagrams(space, BUDGET)
    mine, theirs = one.literal("a", 1), other.literal("a", 1)
    attempts: list[Callable[[], object]] = [
        lambda: mine & theirs,
        lambda: mine | theirs,
        lambda: mine ^ theirs,
        lambda: mine - theirs,
        lambda: mine & 1,  # type: ignore[operator]
        lambda: one.exists(theirs, ["a"]),
        lambda: one.restrict(theirs, "a", 0),
        lambda: one.ite(mine, mine, theirs),
        lambda: one.implies(mine, theirs),
        lambda: one.contains(theirs, (0, 0)),
        lambda: one.support(theirs),
        lambda: one.node_count(theirs),
        lambda: one.freeze(theirs),
    ]
    for attempt in attempts:
        with pytest.raises(TypeError, match="different algebras"):
            attempt()
    assert mine != theirs


def test_a_foreign_atom_or_axis_is_refused() -> None:
    diagrams = Diagrams(boolean_space("ab"), BUDGET)
    with pytest.raises(ValueError, match="`a`"):
        diagrams.literal("a", 0b100)
    with pytest.raises(ValueError, match="`a`"):
        diagrams.restrict(diagrams.whole, "a", 2)
    with pytest.raises(KeyError):
        diagrams.exists(diagrams.whole, ["c"])


def crossed(diagrams: Diagrams) -> BddRegion:
    """Return a region that is exponential in this order: some axis agrees with its far mirror."""
    names = diagrams.space.names
    half = len(names) // 2
    pairs = zip(names[:half], names[half:], strict=True)
    return disjunction(diagrams, (diagrams.literal(a, 1) & diagrams.literal(b, 1) for a, b in pairs))


def test_a_budget_exceeded_is_told_and_the_owner_recovers() -> None:
    diagrams = Diagrams(boolean_space(f"x{i}" for i in range(24)), node_budget=400)
    for _ in range(3):
        with pytest.raises(BudgetExceeded) as caught:
            crossed(diagrams)
        assert caught.value.question == "the union of two regions"
        assert caught.value.budget == "400 diagram nodes"
        assert str(caught.value) == "the union of two regions needs more than 400 diagram nodes"
        del caught
        diagrams.collect()
        few = diagrams.literal("x0", 1) & diagrams.literal("x1", 2) & diagrams.literal("x23", 1)
        assert count(diagrams.freeze(few)) == 1 << 21


def test_regions_that_are_gone_take_nothing_of_the_budget() -> None:
    """Each fits many times over, all together do not; and what fits does not hang on when the engine collects."""
    diagrams = Diagrams(boolean_space(f"x{i}" for i in range(24)), node_budget=1000)
    for made in range(60):
        spread = [f"x{(made + 5 * step) % 24}" for step in range(12)]
        pairs = zip(spread[:6], spread[6:], strict=True)
        region = disjunction(diagrams, (diagrams.literal(a, 1) & diagrams.literal(b, 1) for a, b in pairs))
        assert diagrams.node_count(region) < 300


class Crowded:
    """A function of an engine that has no room at first, for what nobody needs any more."""

    def __init__(self, region: BddRegion) -> None:
        self.function, self.refused = region.function, False

    def free(self) -> BCDDFunction:
        if not self.refused:
            self.refused = True
            raise MemoryError
        return self.function

    def __and__(self, other: BCDDFunction) -> BCDDFunction:
        return self.free() & other

    def __or__(self, other: BCDDFunction) -> BCDDFunction:
        return self.free() | other

    def __xor__(self, other: BCDDFunction) -> BCDDFunction:
        return self.free() ^ other

    def imp_strict(self, other: BCDDFunction) -> BCDDFunction:
        return self.free().imp_strict(other)

    def exists(self, cube: BCDDFunction) -> BCDDFunction:
        return self.free().exists(cube)


def test_what_there_was_no_room_for_is_made_in_the_room_that_nobody_needs() -> None:
    diagrams = Diagrams(boolean_space("abc"), 500)
    one = diagrams.literal("a", 1) | diagrams.literal("b", 2)
    other = diagrams.literal("b", 1) | diagrams.literal("c", 1)

    def crowded(region: BddRegion) -> BddRegion:
        return BddRegion(diagrams, Crowded(region))  # type: ignore[arg-type]

    assert crowded(one) & other == one & other
    assert crowded(one) | other == one | other
    assert crowded(one) ^ other == one ^ other
    assert one - crowded(other) == one - other
    assert diagrams.exists(crowded(one), ["a"]) == diagrams.exists(one, ["a"])


class Over:
    """A deadline that is over when it is looked at once more."""

    def __init__(self) -> None:
        self.looked = False

    def check(self, question: str) -> None:
        if self.looked:
            raise BudgetExceeded(question, "no time")
        self.looked = True


def test_nothing_is_tried_again_after_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    diagrams = Diagrams(boolean_space("ab"), 500)
    a, b = diagrams.literal("a", 1), diagrams.literal("b", 1)
    monkeypatch.setattr(diagrams, "_deadline", Over())
    crowded = Crowded(a)
    with pytest.raises(BudgetExceeded, match="the making of regions needs more than no time"):
        BddRegion(diagrams, crowded) & b  # type: ignore[arg-type]
    assert crowded.refused


class Full:
    """A function of an engine that has no room for another node."""

    def refuse(self, *_others: object) -> NoReturn:
        raise MemoryError

    exists = apply_exists = ite = imp_strict = __and__ = __or__ = __xor__ = refuse


def test_every_operation_tells_what_there_was_no_room_for() -> None:
    diagrams = Diagrams(boolean_space("ab"), 500)
    a, full = diagrams.literal("a", 1), BddRegion(diagrams, Full())  # type: ignore[arg-type]
    operations: dict[str, Callable[[], object]] = {
        "the conjunction of two regions": lambda: full & a,
        "the union of two regions": lambda: full | a,
        "the difference of two regions": lambda: full ^ a,
        "one region without another": lambda: a - full,
        "a projection": lambda: diagrams.exists(full, ["a"]),
        "a shared projection": lambda: diagrams.shared(full, a, ["a"]),
        "a restriction": lambda: diagrams.restrict(full, "a", 0),
        "a choice between two regions": lambda: diagrams.ite(full, a, a),
    }
    for question, operation in operations.items():
        with pytest.raises(BudgetExceeded) as caught:
            operation()
        assert (caught.value.question, caught.value.budget) == (question, "500 diagram nodes")
        assert caught.value.__suppress_context__


def test_a_store_takes_as_many_nodes_as_it_is_given() -> None:
    diagrams = Diagrams(boolean_space("abc"), 60)
    a, b, c = (diagrams.literal(name, 0b10) for name in "abc")
    parts = [[a & b & c, a & b & ~c, ~a & c], [a ^ b ^ c]]
    store, roots = diagrams.freeze_parts(parts)
    needed = len(store.positions)
    assert needed == 4 + 9  # four ends, and nodes that the lists share once
    again, same = diagrams.freeze_parts(parts, needed)
    assert (same, again.children) == (roots, store.children)
    with pytest.raises(BudgetExceeded, match=f"^frozen diagrams needs more than {needed - 1} nodes$"):
        diagrams.freeze_parts(parts, needed - 1)


def test_what_is_near_the_calmest_point_is_found_again_after_collecting() -> None:
    diagrams = Diagrams(boolean_space("abc"), BUDGET)
    near = inside(diagrams, diagrams.near_calm(1))
    diagrams.collect()
    assert inside(diagrams, diagrams.near_calm(1)) == near == {(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)}


def test_making_regions_stops_at_the_deadline() -> None:
    diagrams = Diagrams(boolean_space("ab"), BUDGET, Deadline(0.0, "no time"))
    with pytest.raises(BudgetExceeded, match="the making of regions needs more than no time"):
        crossed(diagrams)


def test_a_space_larger_than_its_budget_is_refused() -> None:
    with pytest.raises(BudgetExceeded, match="the variables of the space needs more than 3 diagram nodes"):
        Diagrams(boolean_space(f"x{i}" for i in range(24)), node_budget=3)


def test_a_literal_beyond_the_budget_is_refused() -> None:
    diagrams = Diagrams(Space((Axis("age", 256),)), node_budget=10)
    with pytest.raises(BudgetExceeded, match="a literal on `age`"):
        diagrams.literal("age", sum(1 << atom for atom in range(0, 256, 3)))


def test_an_owner_is_freed_with_its_last_region() -> None:
    gc.disable()
    try:
        alive = sum(isinstance(thing, Diagrams) for thing in gc.get_objects())
        region = Diagrams(boolean_space("ab"), BUDGET).literal("a", 1)
        del region
        assert sum(isinstance(thing, Diagrams) for thing in gc.get_objects()) == alive
    finally:
        gc.enable()


def test_a_hundred_and_fifty_axes_stay_within_the_recursion_limit() -> None:
    diagrams = Diagrams(Space(tuple(Axis(f"x{i}", 3) for i in range(200))), BUDGET)
    region = diagrams.whole
    for name in reversed(diagrams.space.names):
        region = region & ~diagrams.literal(name, 0b100)
    assert count(diagrams.freeze(region)) == 2**200
    assert diagrams.counts([region, diagrams.literal("x0", 0b100)]) == [2**200, 3**199]
    assert diagrams.support(region) == diagrams.space.names
