from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.logic.algebra import at_least, conjunction, disjunction, sums
from redflag_kit.logic.bdd import Diagrams
from redflag_kit.logic.bitset import Points
from redflag_kit.logic.space import Point, Space
from tests.unit.logic.worlds import Formula, interpret, points_of, quick, truth, worlds

BUDGET = 5000


def listed(space: Space) -> Points:
    return Points(space, tuple(points_of(space)))


@quick
@given(worlds())
def test_diagrams_bitsets_and_enumeration_agree_on_every_formula(world: tuple[Space, list[Formula]]) -> None:
    space, [formula] = world
    diagrams, points = Diagrams(space, BUDGET), listed(space)
    expected = truth(space, formula)
    region = interpret(diagrams, formula)
    assert {point for point in points.points if diagrams.contains(region, point)} == expected
    assert {points.points[index] for index in interpret(points, formula).indices()} == expected
    assert region.is_empty() == interpret(points, formula).is_empty() == (not expected)


@quick
@given(worlds(regions=4), st.integers(-1, 6))
def test_counting_regions_agrees_with_enumeration(world: tuple[Space, list[Formula]], k: int) -> None:
    space, formulas = world

    truths = [truth(space, formula) for formula in formulas]

    def matching(least: int) -> set[Point]:
        return {point for point in points_of(space) if sum(point in holding for holding in truths) >= least}

    points, diagrams = listed(space), Diagrams(space, BUDGET)
    bits = [interpret(points, formula) for formula in formulas]
    drawn = [interpret(diagrams, formula) for formula in formulas]
    for bit_answer, diagram_answer, expected in (
        (at_least(points, k, bits), at_least(diagrams, k, drawn), matching(k)),
        (disjunction(points, bits), disjunction(diagrams, drawn), matching(1)),
        (conjunction(points, bits), conjunction(diagrams, drawn), matching(4)),
    ):
        assert {points.points[index] for index in bit_answer.indices()} == expected
        assert {point for point in points.points if diagrams.contains(diagram_answer, point)} == expected


@quick
@given(worlds(regions=4), st.lists(st.integers(-3, 3), min_size=4, max_size=4))
def test_sums_are_exactly_the_scores_that_occur(world: tuple[Space, list[Formula]], weights: list[int]) -> None:
    space, formulas = world
    expected: dict[int, set[Point]] = {}
    truths = [truth(space, formula) for formula in formulas]
    for point in points_of(space):
        score = sum(weight for holding, weight in zip(truths, weights, strict=True) if point in holding)
        expected.setdefault(score, set()).add(point)
    points, diagrams = listed(space), Diagrams(space, BUDGET)
    by_bits = sums(points, zip([interpret(points, formula) for formula in formulas], weights, strict=True))
    by_diagrams = sums(diagrams, zip([interpret(diagrams, formula) for formula in formulas], weights, strict=True))
    assert list(by_bits) == list(by_diagrams) == sorted(expected)
    assert {score: {points.points[i] for i in region.indices()} for score, region in by_bits.items()} == expected
    for score, region in by_diagrams.items():
        assert {point for point in points.points if diagrams.contains(region, point)} == expected[score]


def test_of_no_region_all_points_are_in_all_and_none_in_any() -> None:
    diagrams = Diagrams(Space(()), BUDGET)
    assert conjunction(diagrams, []) == at_least(diagrams, 0, []) == diagrams.whole
    assert disjunction(diagrams, []) == at_least(diagrams, 1, []) == diagrams.empty
    assert sums(diagrams, []) == {0: diagrams.whole}


def test_no_point_has_no_sum() -> None:
    assert sums(Points(Space(()), ()), []) == {}
