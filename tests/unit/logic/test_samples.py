from __future__ import annotations

from itertools import product

import pytest

from redflag_kit.logic.gates import FALSE, TRUE, Gates
from redflag_kit.logic.samples import Sample
from redflag_kit.logic.space import Axis, Point, Space
from tests.unit.logic.worlds import boolean_space, points_of

SPACE = Space((Axis("fever", 2), Axis("age", 4)))


def made(gates: Gates) -> dict[int, set[Point]]:
    """Return literals with the points at which they hold: tests, conjunctions, differences, and their denials."""
    fever, old, adult = gates.literal(0, 0b10), gates.literal(1, 0b1000), gates.literal(1, 0b1110)
    meaning = {
        TRUE: set(points_of(SPACE)),
        fever: {point for point in points_of(SPACE) if point[0]},
        old: {point for point in points_of(SPACE) if point[1] == 3},
        adult: {point for point in points_of(SPACE) if point[1]},
    }
    for one, other in ((fever, old), (fever, -adult), (-old, -fever)):
        both = _points(meaning, one) & _points(meaning, other)
        odd = _points(meaning, one) ^ _points(meaning, other)
        meaning |= {gates.conjunction(one, other): both, gates.difference(one, other): odd}
    return meaning | {-literal: _points(meaning, -literal) for literal in meaning}


def _points(meaning: dict[int, set[Point]], literal: int) -> set[Point]:
    return meaning[literal] if literal in meaning else set(points_of(SPACE)) - meaning[-literal]


def test_a_sample_knows_of_every_literal_whether_it_holds_there() -> None:
    gates = Gates(SPACE, 100)
    meaning = made(gates)
    for point in points_of(SPACE):
        at_once = Sample(gates, point)
        assert at_once.point == point
        for literal, points in meaning.items():
            assert Sample(gates, point).holds(literal) is (point in points)
            assert at_once.holds(literal) is (point in points)


def steps(sample: Sample, literal: int) -> int:
    """Return the least effort that gives an answer, trying each on its own sample."""
    return next(effort for effort in range(99) if sample.holds(literal, effort) is not None)


@pytest.mark.parametrize(("point", "conjunction", "difference"), [((0, 0), 3, 5), ((0, 1), 3, 5), ((1, 1), 5, 5)])
def test_an_answer_takes_two_steps_for_each_part_looked_at(point: Point, conjunction: int, difference: int) -> None:
    gates = Gates(boolean_space("ab"), 100)
    a, b = gates.literal(0, 0b10), gates.literal(1, 0b10)
    both, odd = gates.conjunction(a, b), gates.difference(a, b)
    for literal, enough in ((both, conjunction), (-both, conjunction), (odd, difference), (a, 1)):
        for effort in range(enough + 2):
            expected = Sample(gates, point).holds(literal) if effort >= enough else None
            assert Sample(gates, point).holds(literal, effort) is expected


def test_what_is_known_already_takes_one_step() -> None:
    gates = Gates(boolean_space("abc"), 100)
    a, b, c = (gates.literal(position, 0b10) for position in range(3))
    both = gates.conjunction(a, b)
    sample = Sample(gates, (1, 1, 0))
    assert sample.holds(TRUE, 1) is True
    assert sample.holds(FALSE, 1) is False
    assert sample.holds(both) is True
    assert sample.holds(-both, 1) is False
    assert sample.holds(gates.difference(both, c), 2) is None
    assert sample.holds(gates.difference(both, c), 3) is True


def test_what_a_sample_is_told_is_not_evaluated() -> None:
    gates = Gates(boolean_space("abc"), 100)
    a, b, c = (gates.literal(position, 0b10) for position in range(3))
    both = gates.conjunction(a, b)
    for value, other in product((True, False), repeat=2):
        asked: list[int] = []

        def told(gate: int, value: bool = value, asked: list[int] = asked) -> bool | None:
            asked.append(gate)
            return value if gate == both else None

        sample = Sample(gates, (0, 0, int(other)), told)
        assert sample.holds(both, 1) is value
        assert sample.holds(-both, 1) is not value
        assert asked == [both]
        assert sample.holds(gates.difference(both, c)) is (value != other)
        assert sample.holds(gates.conjunction(-both, c)) is (other and not value)
        assert asked.count(both) == 1
