from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from hypothesis import given

from redflag_kit.logic.bdd import Diagrams
from redflag_kit.logic.space import Axis, Point, Space
from redflag_kit.suggest.bound import fewer_cannot
from redflag_kit.suggest.goal import Goal, Target, bits, distinct, targets
from redflag_kit.suggest.meet import Effort, _calmed, intersect, meet, met_by, orders
from tests.unit.logic.worlds import Formula, interpret, points_of, quick, worlds

World = tuple[Space, list[Formula]]
SPACE = Space((Axis("fever", 2), Axis("age", 4), Axis("weakness", 2)))


def goals_in(world: World) -> tuple[Diagrams, list[Goal]]:
    space, formulas = world
    diagrams = Diagrams(space, 5000)
    return diagrams, [Goal(str(number), interpret(diagrams, one)) for number, one in enumerate(formulas)]


def smallest_set(space: Space, wanted: list[set[Point]]) -> int:
    """Return the size of the smallest set of points that meets each of some sets, by trying all."""
    points = points_of(space)
    for size in range(len(wanted)):
        if any(all(one & set(chosen) for one in wanted) for chosen in combinations(points, size)):
            return size
    return len(wanted)


def boxes(diagrams: Diagrams, *wanted: dict[str, int]) -> list[Goal]:
    found = []
    for number, masks in enumerate(wanted):
        region = diagrams.whole
        for name, mask in masks.items():
            region &= diagrams.literal(name, mask)
        found.append(Goal(str(number), region))
    return found


def hand_made(*near: list[int]) -> list[Target]:
    """Return targets of which only the neighbours count."""
    whole = Diagrams(SPACE, 5000).whole
    return [Target(whole, 1, sum(1 << one for one in beside)) for beside in near]


def unusual(space: Space, points: Iterable[Point]) -> list[int]:
    return [sum(atom != axis.calm[0] for atom, axis in zip(p, space.axes, strict=True)) for p in points]


@quick
@given(worlds(regions=5))
def test_every_goal_is_met_between_the_bound_and_the_number_of_targets(world: World) -> None:
    diagrams, goals = goals_in(world)
    wanted = targets(diagrams, goals)
    met = meet(diagrams, wanted, Effort())
    holding = [{p for p in points_of(world[0]) if diagrams.contains(goal.region, p)} for goal in goals]
    alive = [points for points in holding if points]
    assert all(points & set(met.points) for points in alive)
    smallest = smallest_set(world[0], alive)
    assert met.bound <= smallest <= len(met.points) <= len(wanted)
    assert len(met.points) <= 2 * smallest  # five regions: what greedy choice can lose is small


@quick
@given(worlds(regions=5))
def test_targets_are_smallest_first_and_hold_no_other(world: World) -> None:
    diagrams, goals = goals_in(world)
    wanted = targets(diagrams, goals)
    counts = diagrams.counts([target.region for target in wanted])
    assert [target.points for target in wanted] == counts == sorted(counts)
    for at, target in enumerate(wanted):
        others = [(position, other) for position, other in enumerate(wanted) if position != at]
        assert not any(diagrams.implies(other.region, target.region) for _, other in others)
        beside = [position for position, other in others if not (other.region & target.region).is_empty()]
        assert bits(target.near) == sorted([at, *beside])
    for goal in goals:
        assert goal.region.is_empty() or any(diagrams.implies(target.region, goal.region) for target in wanted)


def test_nothing_is_suggested_for_nothing() -> None:
    diagrams = Diagrams(SPACE, 5000)
    assert targets(diagrams, [Goal("impossible", diagrams.empty)]) == ()
    met = meet(diagrams, (), Effort())
    assert (met.points, met.bound, met.pool, met.exact) == ((), 0, 0, True)


def test_one_calm_patient_for_goals_that_share_one() -> None:
    diagrams = Diagrams(SPACE, 5000)
    goals = boxes(diagrams, {"fever": 0b10}, {"age": 0b1100}, {"fever": 0b10, "weakness": 0b01})
    met = meet(diagrams, targets(diagrams, goals), Effort())
    assert met.points == ((1, 2, 0),)
    assert (met.bound, met.exact) == (1, True)


def test_goals_without_a_common_patient_bound_the_number_from_below() -> None:
    diagrams = Diagrams(SPACE, 5000)
    goals = boxes(diagrams, *({"age": 1 << atom} for atom in range(4)), {"fever": 0b10})
    wanted = targets(diagrams, goals)
    assert fewer_cannot(wanted, 9, 0) == 4
    met = meet(diagrams, wanted, Effort())
    assert len(met.points) == met.bound == 4
    assert sum(point[0] for point in met.points) == 1  # one of the four has the fever, and nothing else is unusual
    assert all(point[2] == 0 for point in met.points)


def test_a_higher_bound_is_found_by_beginning_elsewhere() -> None:
    # 0 meets 1, 2 and 3; these meet all of 4 to 7, which meet each other. Whoever begins with 0 finds two, not three.
    tied = hand_made([0, 1, 2, 3], *([0, one, 4, 5, 6, 7] for one in (1, 2, 3)), *[[1, 2, 3, 4, 5, 6, 7]] * 4)
    assert [fewer_cannot(tied, 9, beginnings) for beginnings in (0, 1, 2, 99)] == [2, 2, 3, 3]
    assert [fewer_cannot(tied, enough, 99) for enough in (2, 3)] == [2, 3]


def test_the_bound_begins_with_targets_that_meet_the_fewest_of_those_left() -> None:
    # 0 meets 1, 2 and 3, no two of which meet
    assert fewer_cannot(hand_made([0, 1, 2, 3], [0, 1], [0, 2], [0, 3]), 9, 0) == 3
    # once 3 and 4, who meet nobody but each other, are through, 0 meets only 1, and 1 still meets 0 and 2
    assert fewer_cannot(hand_made([0, 1], [0, 1, 2], [1, 2], [3, 4], [3, 4]), 9, 0) == 3


def test_orders_go_by_size_by_neighbours_and_by_size_again_each_once() -> None:
    assert orders(hand_made([0, 1, 2, 3], [0, 1], [0, 2, 3], [0, 2, 3])) == (
        (0, 1, 2, 3),
        (1, 2, 3, 0),
        (3, 2, 1, 0),
    )
    assert orders(hand_made([0], [1])) == ((0, 1), (1, 0))
    assert orders(hand_made([0])) == ((0,),)
    assert orders(()) == ((),)


def test_regions_are_told_once_smallest_first_and_else_as_given() -> None:
    diagrams = Diagrams(SPACE, 5000)
    goals = boxes(diagrams, {"fever": 0b10}, {"age": 0b1}, {"fever": 0b01}, {"weakness": 0b10}, {"age": 0b1})
    fever, young, cool, weak, _ = (goal.region for goal in goals)
    assert distinct(diagrams, [*goals, Goal("nobody", diagrams.empty)]) == (
        (young, 4),
        (fever, 8),
        (cool, 8),
        (weak, 8),
    )


def test_each_patient_is_as_calm_as_what_only_they_meet_allows() -> None:
    diagrams = Diagrams(SPACE, 5000)
    wanted = targets(diagrams, boxes(diagrams, {"fever": 0b10, "weakness": 0b10}, {"fever": 0b01, "age": 0b1000}))
    both = targets(diagrams, boxes(diagrams, {"fever": 0b10}, {"age": 0b1000}, {"weakness": 0b10}))
    assert meet(diagrams, wanted, Effort()).points == ((0, 3, 0), (1, 0, 1))
    share = (1, 3, 1), (0, 3, 0), (0, 0, 1)  # what the first one alone meets is the fever
    assert _calmed(diagrams, both, share) == ((1, 0, 0), *share[1:])
    ill = targets(diagrams, boxes(diagrams, {"fever": 0b10}))
    assert _calmed(diagrams, ill, ((1, 0, 1), (1, 3, 0))) == ((1, 0, 0),)  # one of two will do
    for most, points in ((3, ((1, 3, 1),)), (2, ((1, 3, 0), (0, 0, 1))), (1, ((1, 0, 0), (0, 3, 0), (0, 0, 1)))):
        found = meet(diagrams, both, Effort(unusual=most))
        assert sorted(found.points, reverse=True) == sorted(points, reverse=True)


def test_patients_keep_to_few_unusual_findings_unless_a_goal_asks_for_more() -> None:
    diagrams = Diagrams(SPACE, 5000)
    goals = boxes(diagrams, {"fever": 0b10}, {"age": 0b1000}, {"weakness": 0b10})
    wanted = targets(diagrams, goals)
    order = orders(wanted)[0]
    assert unusual(SPACE, intersect(diagrams, wanted, order, 3)) == [3]
    assert unusual(SPACE, intersect(diagrams, wanted, order, 2)) == [2, 1]
    assert unusual(SPACE, intersect(diagrams, wanted, order, 1)) == [1, 1, 1]
    assert unusual(SPACE, intersect(diagrams, wanted, order, 0)) == [1, 1, 1]
    together = targets(diagrams, boxes(diagrams, {"fever": 0b10, "weakness": 0b10}))
    assert unusual(SPACE, intersect(diagrams, together, (0,), 0)) == [2]
    assert [point[1] for point in intersect(diagrams, wanted, order, 1)] == [3, 0, 0]  # the smallest region first


def test_what_a_point_meets_is_told_by_position() -> None:
    diagrams = Diagrams(SPACE, 5000)
    wanted = targets(diagrams, boxes(diagrams, {"fever": 0b10}, {"age": 0b1000}, {"weakness": 0b10}))
    assert [bits(met_by(diagrams, wanted, point)) for point in ((1, 0, 1), (0, 3, 0), (0, 0, 0))] == [[1, 2], [0], []]
