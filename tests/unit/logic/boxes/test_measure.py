from __future__ import annotations

from fractions import Fraction

from redflag_kit.logic.boxes.measure import Measure, alike
from redflag_kit.logic.space import Axis, Space

WEIGHTS = [Fraction(1, 2), Fraction(1, 3), Fraction(0), Fraction(1, 6), Fraction(2)]


def test_every_set_of_atoms_weighs_as_much_as_its_atoms() -> None:
    measure = Measure([WEIGHTS, [Fraction(3, 4)]])
    for mask in range(1 << 5):
        expected = sum((WEIGHTS[atom] for atom in range(5) if mask >> atom & 1), Fraction(0)) * Fraction(3, 4)
        for _ in range(2):
            assert measure.volume([(mask, 1)]) == expected
            assert measure.units((mask, 1)) == expected * 24
            assert measure.share([(mask, 1)]) == expected / (3 * Fraction(3, 4))
            assert measure.volume([(mask, 0)]) == 0
    assert measure.volume([(0b00001, 1), (0b00010, 1)]) == Fraction(5, 8)
    assert measure.volume([]) == 0


def test_alike_every_point_weighs_one() -> None:
    measure = alike(Space((Axis("x", 3), Axis("y", 2))))
    assert [measure.units((mask, 0b11)) for mask in (0, 0b010, 0b101, 0b111)] == [0, 2, 4, 6]
    assert measure.share([(0b101, 0b01)]) == Fraction(1, 3)
