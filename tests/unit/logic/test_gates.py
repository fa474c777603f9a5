"""Gates by what they are made of; what they mean is tested with the solver, against enumeration."""

from __future__ import annotations

from itertools import combinations_with_replacement, product

import pytest

from redflag_kit.logic.budget import BudgetExceeded, Deadline
from redflag_kit.logic.gates import AND, FALSE, THRESHOLD, TRUE, XOR, Gates
from redflag_kit.logic.space import Axis, Point, Space
from tests.unit.logic.worlds import boolean_space, points_of

A, B, C = 2, 3, 4  # the gates of the first three axes of two atoms


def three() -> Gates:
    """Return gates over a, b and c, whose tests are gates 2, 3 and 4."""
    gates = Gates(boolean_space("abc"), 100)
    assert [gates.literal(position, 0b10) for position in range(3)] == [A, B, C]
    return gates


def holds(gates: Gates, literal: int, point: Point) -> bool:
    kind, one, other = gates.parts[abs(literal)]
    if abs(literal) == TRUE:
        there = True
    elif kind == THRESHOLD:
        there = point[one] >= other
    elif kind == AND:
        there = holds(gates, one, point) and holds(gates, other, point)
    else:
        there = holds(gates, one, point) != holds(gates, other, point)
    return there == (literal > 0)


def where(gates: Gates, literal: int) -> set[Point]:
    return {point for point in points_of(gates.space) if holds(gates, literal, point)}


def check_shape(gates: Gates) -> None:
    """Check what every solver may rely on: parts are older than their gate, sorted, no gate is made twice."""
    uses = [0] * len(gates.parts)
    for gate, (kind, one, other) in enumerate(gates.parts):
        if gate > TRUE and kind != THRESHOLD:
            assert one < other
            assert max(abs(one), abs(other)) < gate
            assert kind == AND or one > 0
            uses[abs(one)] += 1
            uses[abs(other)] += 1
    assert gates.uses == uses
    assert len(set(gates.parts[2:])) == len(gates.parts) - 2


@pytest.mark.parametrize("size", [1, 2, 3, 6])
def test_a_mask_holds_at_its_atoms_and_is_made_once(size: int) -> None:
    gates = Gates(Space((Axis("first", 2), Axis("age", size))), 1000)
    made = {mask: gates.literal(1, mask) for mask in range(1 << size)}
    for mask, literal in made.items():
        assert {age for _, age in where(gates, literal)} == {atom for atom in range(size) if mask >> atom & 1}
        assert made[~mask & (1 << size) - 1] == -literal
    count = len(gates.parts)
    assert {mask: gates.literal(1, mask) for mask in made} == made
    assert len(gates.parts) == count
    check_shape(gates)


def test_a_range_of_atoms_is_two_thresholds_and_each_further_range_adds_as_much() -> None:
    gates = Gates(Space((Axis("age", 9),)), 100)
    one = gates.literal(0, 0b000011100)
    assert gates.parts[2:] == [(THRESHOLD, 0, 2), (THRESHOLD, 0, 5), (AND, -3, 2)]
    assert one == 4
    assert gates.literal(0, 0b111100000) == 3
    assert gates.literal(0, 0b000000011) == -2
    two = gates.literal(0, 0b110011100)
    assert gates.parts[5:] == [(THRESHOLD, 0, 7), (AND, -5, -4)]
    assert two == -6


def test_the_meaning_of_every_combination_is_that_of_its_parts() -> None:
    gates = Gates(Space((Axis("a", 2), Axis("b", 2), Axis("age", 4))), 100_000)
    tests = [gates.literal(0, 2), gates.literal(1, 2), gates.literal(2, 0b0110), gates.literal(2, 0b1100)]
    literals = [TRUE, *tests]
    for one, other in combinations_with_replacement(tests, 2):
        literals += [gates.conjunction(one, other), gates.conjunction(-one, other), gates.difference(one, other)]
    signed = sorted({sign * literal for literal in literals for sign in (1, -1)})
    meaning = {literal: where(gates, literal) for literal in signed}
    for one, other in product(signed, signed):
        both, either = gates.conjunction(one, other), gates.difference(one, other)
        assert where(gates, both) == meaning[one] & meaning[other]
        assert where(gates, either) == meaning[one] ^ meaning[other]
        assert gates.conjunction(other, one) == both
        assert gates.difference(other, one) == either
        assert gates.difference(-one, other) == gates.difference(one, -other) == -either
    check_shape(gates)


def test_what_a_conjunction_says_already_makes_no_gate() -> None:
    gates = three()
    ab = gates.conjunction(A, B)
    count = len(gates.parts)
    assert gates.parts[ab] == (AND, A, B)
    for whole in (A, -A, ab, -ab):
        assert gates.conjunction(whole, whole) == gates.conjunction(whole, TRUE) == whole
        assert gates.conjunction(TRUE, whole) == whole
        assert {gates.conjunction(whole, -whole), gates.conjunction(whole, FALSE)} == {FALSE}
        assert gates.difference(whole, TRUE) == -whole
        assert gates.difference(whole, FALSE) == whole
        assert gates.difference(whole, whole) == FALSE
        assert gates.difference(whole, -whole) == TRUE
    for part in (A, B):
        assert gates.conjunction(ab, part) == ab
        assert gates.conjunction(ab, -part) == FALSE
        assert gates.conjunction(-ab, -part) == -part
    assert len(gates.parts) == count


@pytest.mark.parametrize(("part", "rest"), [(A, B), (B, A)])
def test_a_part_of_a_denied_conjunction_denies_the_other_part(part: int, rest: int) -> None:
    gates = three()
    denied = -gates.conjunction(A, B)
    made = gates.conjunction(denied, part)
    assert gates.parts[made] == (AND, -rest, part)
    assert len(gates.parts) == 7


def test_tests_of_one_axis_are_one_test_and_of_two_axes_a_gate() -> None:
    gates = Gates(Space((Axis("age", 5), Axis("pain", 5))), 100)
    for one, other in product(range(32), range(32)):
        assert gates.conjunction(gates.literal(0, one), gates.literal(0, other)) == gates.literal(0, one & other)
    age, pain = gates.literal(0, 0b11000), gates.literal(1, 0b11000)
    assert gates.parts[gates.conjunction(age, pain)] == (AND, *sorted((age, pain)))


def test_what_holds_nowhere_simplifies_what_is_made_later() -> None:
    gates = three()
    ab, bc = gates.conjunction(A, B), gates.conjunction(B, -C)
    gates.rule_out(ab)
    gates.rule_out(-bc)
    count = len(gates.parts)
    for other in (C, -C, -A):
        assert gates.conjunction(ab, other) == gates.conjunction(other, ab) == FALSE
        assert gates.conjunction(-ab, other) == gates.conjunction(other, -ab) == other
        assert gates.conjunction(bc, other) == gates.conjunction(other, bc) == other
        assert gates.conjunction(-bc, other) == gates.conjunction(other, -bc) == FALSE
    assert len(gates.parts) == count


def test_a_gate_once_made_is_found_again_whatever_was_learned_since() -> None:
    gates = three()
    ab = gates.conjunction(A, B)
    gates.rule_out(A)
    gates.rule_out(ab)
    assert gates.conjunction(A, B) == gates.conjunction(B, A) == ab


def test_a_difference_is_one_gate_whatever_the_signs() -> None:
    gates = three()
    made = gates.difference(B, A)
    assert gates.parts[made] == (XOR, A, B)
    assert [gates.difference(one, other) for one, other in ((-A, B), (A, -B), (-A, -B))] == [-made, -made, made]
    assert len(gates.parts) == 6


def test_a_conjunction_is_taken_apart_as_far_as_nothing_else_uses_it() -> None:
    gates = Gates(boolean_space("abcdef"), 100)
    a, b, c, d, e, f = (gates.literal(position, 0b10) for position in range(6))
    shared, own = gates.conjunction(a, b), gates.conjunction(c, d)
    denied, odd = -gates.conjunction(a, e), gates.difference(e, f)
    inner = gates.conjunction(own, gates.conjunction(shared, denied))
    whole = gates.conjunction(inner, odd)
    assert sorted(gates.conjuncts(whole)) == sorted([a, b, c, d, denied, odd])
    gates.conjunction(shared, f)
    assert sorted(gates.conjuncts(whole)) == sorted([c, d, shared, denied, odd])
    gates.conjunction(inner, f)
    assert sorted(gates.conjuncts(whole)) == sorted([inner, odd])


def test_a_budget_of_gates_is_used_up_to_its_last_one() -> None:
    gates = Gates(boolean_space("abc"), 4)
    a, b, _ = (gates.literal(position, 0b10) for position in range(3))
    with pytest.raises(BudgetExceeded, match=r"^the making of regions needs more than 4 gates$"):
        gates.conjunction(a, b)
    assert len(gates.parts) == 5


def test_the_clock_is_looked_at_every_few_gates(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[tuple[str, int]] = []

    class Noting(Deadline):
        def check(self, question: str) -> None:
            looks.append((question, len(gates.parts)))

    monkeypatch.setattr("redflag_kit.logic.gates._CHECKED_EVERY", 3)
    gates = Gates(boolean_space("abcdefgh"), 100, Noting(0.0, "no time"))
    for position in range(8):
        gates.literal(position, 0b10)
    assert looks == [("the making of regions", 3), ("the making of regions", 6), ("the making of regions", 9)]
