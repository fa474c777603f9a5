from __future__ import annotations

import time
from collections.abc import Callable
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.logic.algebra import at_least, conjunction, disjunction, sums
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.budget import NO_DEADLINE, Budget, BudgetExceeded, Deadline
from redflag_kit.logic.cover import Column, cover
from redflag_kit.logic.sat import Clauses, SatRegion
from redflag_kit.logic.space import Axis, Point, Space
from tests.unit.logic.worlds import Formula, boolean_space, interpret, points_of, quick, truth, worlds

BUDGET = 20_000
World = tuple[Space, list[Formula]]


def inside(clauses: Clauses, region: SatRegion) -> set[Point]:
    return {point for point in points_of(clauses.space) if clauses.contains(region, point)}


@quick
@given(worlds(regions=2))
def test_regions_hold_the_points_of_their_formulas(world: World) -> None:
    space, [first, second] = world
    clauses = Clauses(space)
    a, b = interpret(clauses, first), interpret(clauses, second)
    one, other = truth(space, first), truth(space, second)
    assert inside(clauses, a) == one
    assert a.is_empty() == (not one)
    assert clauses.implies(a, b) == (one <= other)
    assert (a == b) == (one == other)
    assert (a ^ b).is_empty() == (one == other)
    assert inside(clauses, a & b) == one & other
    assert inside(clauses, clauses.ite(a, b, ~b)) == (one & other) | (set(points_of(space)) - one - other)


@quick
@given(worlds(regions=6))
def test_witnesses_are_those_of_diagrams_whatever_was_asked_before(world: World) -> None:
    space, formulas = world
    clauses, diagrams = Clauses(space), Diagrams(space, BUDGET)
    for formula in formulas:
        region, drawn = interpret(clauses, formula), interpret(diagrams, formula)
        assert clauses.least(region) == diagrams.least(drawn)
        if not region.is_empty():
            assert clauses.calmest(region) == diagrams.calmest(drawn)


@quick
@given(worlds(regions=5))
def test_what_was_found_empty_changes_no_later_answer(world: World) -> None:
    space, formulas = world
    clauses = Clauses(space)
    made = [(interpret(clauses, formula), truth(space, formula)) for formula in formulas]
    for (a, one), (b, other) in product(made, made):
        assert (a & b).is_empty() == (not one & other)
        assert (a - b).is_empty() == (one <= other)
        assert (~a & ~b).is_empty() == (len(one | other) == len(points_of(space)))
        assert inside(clauses, a | b) == one | other


@quick
@given(worlds(regions=3))
def test_covers_are_those_of_diagrams(world: World) -> None:
    space, [target, context, rule] = world
    clauses, diagrams = Clauses(space), Diagrams(space, BUDGET)
    applies, drawn = interpret(clauses, rule), interpret(diagrams, rule)
    by_clauses: list[Column[SatRegion]] = [Column("rule", (("no", ~applies), ("yes", applies)))]
    by_diagrams: list[Column[BddRegion]] = [Column("rule", (("no", ~drawn), ("yes", drawn)))]
    for axis in space.axes:
        by_clauses.append(Column(axis.name, tuple((str(a), clauses.literal(axis.name, 1 << a)) for a in axis.calm)))
        by_diagrams.append(Column(axis.name, tuple((str(a), diagrams.literal(axis.name, 1 << a)) for a in axis.calm)))
    one = cover(clauses, interpret(clauses, target), interpret(clauses, context), by_clauses, limit=100)
    other = cover(diagrams, interpret(diagrams, target), interpret(diagrams, context), by_diagrams, limit=100)
    assert [cube.literals for cube in one.cubes] == [cube.literals for cube in other.cubes]
    assert one.exact == other.exact
    assert all(
        inside(clauses, a.region) == {p for p in points_of(space) if diagrams.contains(b.region, p)}
        for a, b in zip(one.cubes, other.cubes, strict=True)
    )


@quick
@given(worlds(regions=4), st.integers(-1, 6), st.lists(st.integers(-3, 3), min_size=4, max_size=4))
def test_counts_and_sums_are_those_of_diagrams(world: World, k: int, points: list[int]) -> None:
    space, formulas = world
    clauses, diagrams = Clauses(space), Diagrams(space, BUDGET)
    made = [interpret(clauses, formula) for formula in formulas]
    drawn = [interpret(diagrams, formula) for formula in formulas]

    def same(a: SatRegion, b: BddRegion) -> bool:
        return inside(clauses, a) == {point for point in points_of(space) if diagrams.contains(b, point)}

    assert same(at_least(clauses, k, made), at_least(diagrams, k, drawn))
    one, other = (sums(clauses, zip(made, points, strict=True)), sums(diagrams, zip(drawn, points, strict=True)))
    assert list(one) == list(other)
    assert all(same(one[total], other[total]) for total in one)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8])
def test_every_mask_is_the_union_of_its_atoms(size: int) -> None:
    clauses = Clauses(Space((Axis("age", size),)))
    for mask in range(1 << size):
        parts = [clauses.literal("age", 1 << atom) for atom in range(size) if mask >> atom & 1]
        assert clauses.literal("age", mask) == disjunction(clauses, parts)
        assert inside(clauses, clauses.literal("age", mask)) == {(atom,) for atom in range(size) if mask >> atom & 1}


def test_three_thousand_counts_over_twenty_groups_share_their_counters() -> None:
    clauses = Clauses(boolean_space(f"x{i}" for i in range(60)), gate_budget=6000)
    members = [clauses.literal(f"x{i}", 0b10) for i in range(60)]
    groups = [[members[(7 * group + 5 * i) % 60] for i in range(12)] for group in range(20)]
    regions = [at_least(clauses, 3 + rule % 7, groups[rule % 20]) for rule in range(3000)]
    assert len({region.literal for region in regions}) == 140


def test_regions_of_two_owners_are_never_combined() -> None:
    space = boolean_space("ab")
    one, other = Clauses(space), Clauses(space)
    mine, theirs = one.literal("a", 1), other.literal("a", 1)
    attempts: list[Callable[[], object]] = [
        lambda: mine & theirs,
        lambda: mine | theirs,
        lambda: mine ^ theirs,
        lambda: mine - theirs,
        lambda: mine & 1,  # type: ignore[operator]
        lambda: one.ite(mine, mine, theirs),
        lambda: one.implies(mine, theirs),
        lambda: one.contains(theirs, (0, 0)),
        lambda: one.calmest(theirs),
        lambda: one.least(theirs),
    ]
    for attempt in attempts:
        with pytest.raises(TypeError, match="different algebras"):
            attempt()
    assert mine != theirs


def test_equal_regions_may_be_different_literals_hence_no_hash() -> None:
    clauses = Clauses(boolean_space("ab"))
    a, b = clauses.literal("a", 2), clauses.literal("b", 2)
    one, other = a ^ b, (a - b) | (b - a)
    assert one == other
    assert one.literal != other.literal
    with pytest.raises(TypeError, match="unhashable"):
        hash(a)


def test_an_empty_region_has_no_witness() -> None:
    clauses = Clauses(boolean_space("a"))
    assert clauses.least(clauses.empty) is None
    with pytest.raises(ValueError, match="empty"):
        clauses.calmest(clauses.empty)


def test_a_witness_leaves_the_calmest_atom_on_few_axes_first_and_then_by_few_ranks() -> None:
    space = Space((Axis("x", 4, (1, 0, 2, 3)), Axis("y", 4, (1, 0, 3, 2)), Axis("z", 3, (2, 1, 0)), Axis("one", 1)))
    clauses, random = Clauses(space), Random(1)

    def rank(point: Point) -> tuple[int, int, list[int]]:
        ranks = [axis.calm.index(atom) for axis, atom in zip(space.axes, point, strict=True)]
        return sum(map(bool, ranks)), sum(ranks), ranks

    for many in (1, 2, 2, 2, 2, 3, 3, 4, 6, 9) * 4:
        points = random.sample(points_of(space), many)
        spots = (
            conjunction(clauses, (clauses.literal(a.name, 1 << at) for a, at in zip(space.axes, point, strict=True)))
            for point in points
        )
        region = disjunction(clauses, spots)
        assert clauses.least(region) == min(points, key=rank)
        assert clauses.calmest(region) == min(points, key=lambda point: rank(point)[2])


@pytest.mark.parametrize("found", list(product((0, 2), (0, 2), (0, 2))))
def test_the_calmest_point_is_found_from_whichever_point_was_found_before(found: Point) -> None:
    space = Space(tuple(Axis(name, 3, (1, 0, 2)) for name in "abc"))
    clauses = Clauses(space)

    def spot(point: Point) -> SatRegion:
        return conjunction(clauses, (clauses.literal(name, 1 << at) for name, at in zip("abc", point, strict=True)))

    for calmest in ((found[0], 1, 1), (found[0], 1, found[2]), (found[0], 0, 1), (found[0], 0, 0)):
        assert clauses.some(spot(found)) == found
        assert clauses.calmest(spot(found) | spot(calmest)) == calmest
        assert clauses.least(spot(found) | spot(calmest)) == calmest


def test_a_foreign_atom_or_axis_is_refused() -> None:
    clauses = Clauses(boolean_space("ab"))
    with pytest.raises(ValueError, match="`a`"):
        clauses.literal("a", 0b100)
    with pytest.raises(KeyError):
        clauses.literal("c", 1)


def pigeons(clauses: Clauses, holes: int) -> SatRegion:
    """Return the empty region of pigeons that each have a hole of their own, one pigeon too many."""
    region = clauses.whole
    sits = [[clauses.literal(f"p{p}", 1 << hole) for hole in range(holes)] for p in range(holes + 1)]
    for one in range(holes + 1):
        for other in range(one):
            for hole in range(holes):
                region = region - (sits[one][hole] & sits[other][hole])
    return region


def test_a_question_too_hard_for_its_time_is_told() -> None:
    space = Space(tuple(Axis(f"p{p}", 12) for p in range(13)))
    clauses = Clauses(space, deadline=Budget(seconds=0.2).start())
    region = pigeons(clauses, 12)
    with pytest.raises(BudgetExceeded, match=r"the search for a point of a region needs more than 0\.2 s"):
        region.is_empty()


def test_writing_clauses_stops_at_the_deadline() -> None:
    clauses = Clauses(Space(tuple(Axis(f"p{p}", 12) for p in range(13))), deadline=Budget(seconds=0.3).start())
    region = pigeons(clauses, 12)
    time.sleep(0.3)
    with pytest.raises(BudgetExceeded, match=r"the writing of clauses needs more than 0\.3 s"):
        region.is_empty()


def test_making_regions_stops_at_the_deadline_and_at_the_budget() -> None:
    space = Space(tuple(Axis(f"p{p}", 30) for p in range(31)))
    with pytest.raises(BudgetExceeded, match="the making of regions needs more than no time"):
        pigeons(Clauses(space, deadline=Deadline(0.0, "no time")), 30)
    with pytest.raises(BudgetExceeded, match="the making of regions needs more than 900 gates"):
        pigeons(Clauses(space, gate_budget=900, deadline=NO_DEADLINE), 30)


def test_a_literal_that_implies_another_absorbs_it() -> None:
    clauses = Clauses(Space((Axis("a", 2), Axis("b", 2), Axis("age", 5))))
    a, b = clauses.literal("a", 2), clauses.literal("b", 2)
    assert ((a & b) & a).literal == (a & b).literal
    assert ((a | b) - b).literal == (a - b).literal
    assert ((a & b) - a).literal == clauses.empty.literal
    assert (a - (b - a)).literal == a.literal
    assert (clauses.literal("age", 0b00111) & clauses.literal("age", 0b11100)).literal == clauses.literal(
        "age", 4
    ).literal
    assert (clauses.literal("age", 0b01010) & clauses.literal("age", 0b10101)).literal == clauses.empty.literal


class OneLook(Deadline):
    """A deadline that is over at one look at the clock and at no later one: time for the next question."""

    looks: int

    def __init__(self, looks: int) -> None:
        super().__init__(float("inf"), "one look")
        object.__setattr__(self, "looks", looks)

    def check(self, question: str) -> None:
        object.__setattr__(self, "looks", self.looks - 1)
        if self.looks == 0:
            raise BudgetExceeded(question, self.words)


@quick
@given(worlds(regions=3), st.integers(1, 40))
def test_a_question_that_was_cut_off_anywhere_changes_no_later_answer(world: World, looks: int) -> None:
    space, formulas = world
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("redflag_kit.logic.sat._CHECKED_EVERY", 1)
        patch.setattr("redflag_kit.logic.gates._CHECKED_EVERY", 1)
        clauses, diagrams = Clauses(space, deadline=OneLook(looks)), Diagrams(space, BUDGET)
        for formula in (*formulas, *formulas):
            drawn, first = interpret(diagrams, formula), interpret(diagrams, formulas[0])
            try:
                region = interpret(clauses, formula)
                answers = (clauses.least(region), clauses.implies(region, interpret(clauses, formulas[0])))
            except BudgetExceeded:
                continue
            assert answers == (diagrams.least(drawn), diagrams.implies(drawn, first))
