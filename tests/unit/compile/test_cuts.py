from __future__ import annotations

from fractions import Fraction

import pytest

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.cuts import Atoms, cut, merge_inputs
from redflag_kit.compile.expression import InputEntry, Interval
from redflag_kit.compile.table import Compiled
from redflag_kit.model.condition import All, Condition
from redflag_kit.model.vocabulary import Constraint, Finding
from redflag_kit.semantics.literal import is_legal
from tests.property.models import (
    Number,
    at_most,
    between,
    choice,
    decision,
    guideline,
    has,
    implies,
    number,
    ordered,
    rule,
    scale,
    score,
    vocabulary,
    yes_no,
)

SCAN = ordered("scan", scale("later", "now"))
AGE = number("age", 0, 9, example=4)


def compiled(when: Condition, *findings: Finding, constraints: tuple[Constraint, ...] = ()) -> Compiled:
    words = vocabulary(findings, [SCAN], constraints)
    return compile_guideline(guideline(words, [decision("d", [rule("r", when, {"scan": "now"})])]))


def numbers(name: str, *ends: tuple[Number, Number]) -> InputEntry:
    return InputEntry(name, intervals=tuple(Interval(Fraction(low), Fraction(high)) for low, high in ends))


def intervals(atoms: Atoms, name: str) -> list[tuple[Number, Number]]:
    found = [atoms.interval(name, atom) for atom in range(atoms.size(name))]
    return [(one.low, one.high) for one in found]


# ---------------------------------------------------------------- where numbers are cut


def test_every_threshold_of_a_guideline_cuts() -> None:
    words = vocabulary([AGE, yes_no("fever")], [SCAN], [implies(between("age", high=1), between("age", high=6))])
    one = decision("d", [rule("r", between("age", 3, 3), {"scan": "now"})], [rule("o", between("age", 8))])
    risk = score("risk", (between("age", 6), 1))
    atoms = cut((compile_guideline(guideline(words, [one], scope=between("age", high=8), scores=[risk])),))
    assert intervals(atoms, "age") == [(0, 1), (2, 2), (3, 3), (4, 5), (6, 6), (7, 7), (8, 8), (9, 9)]


def test_further_tests_cut_and_unknown_findings_do_not() -> None:
    extra = [numbers("age", (2, 3), (7, 9)), numbers("height", (1, 2)), InputEntry("fever", frozenset({"present"}))]
    atoms = cut((compiled(between("age", 5), AGE),), extra)
    assert atoms.starts == {"age": (0, 2, 4, 5, 7)}


def test_cuts_rise() -> None:
    atoms = cut((compiled(between("age", 9), AGE),), [numbers("age", (2, 2)), numbers("age", (4, 6))])
    assert atoms.starts == {"age": (0, 2, 3, 4, 7, 9)}
    assert cut((compiled(between("age", 9), AGE),), [numbers("age", (2, 8))]).starts == {"age": (0, 2, 9)}


def test_a_number_that_is_never_tested_apart_is_one_atom() -> None:
    atoms = cut((compiled(between("age"), AGE),))
    assert intervals(atoms, "age") == [(0, 9)]
    assert atoms.size("age") == 1


def test_compared_numbers_are_cut_at_what_may_be_filled_in() -> None:
    findings = (number("x", 0, 9, clean=4, assume=6), number("y", 0, 9, example=9))
    atoms = cut((compiled(between("x"), *findings, constraints=(at_most("x", "y"),)),))
    assert (4, 4) in intervals(atoms, "x")
    assert (6, 6) in intervals(atoms, "x")
    assert (9, 9) in intervals(atoms, "y")


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("factor", [1, 3, Fraction(1, 3), Fraction(7, 2)])
def test_what_one_compared_number_leaves_the_other_is_whole_atoms(strict: bool, factor: Number) -> None:
    x, y = number("x", 0, 9, example=9), number("y", -1, 4, Fraction(1, 2), example=4)
    comparison = at_most("x", "y", strict=strict, factor=factor)
    extra = [numbers("y", (1, 2)), numbers("x", (5, 8))]
    tested = cut((compiled(All((between("x"), between("y"))), x, y),), extra)
    atoms = cut((compiled(between("x"), x, y, constraints=(comparison,)),), extra)
    for one, other in (("x", "y"), ("y", "x")):
        for known in values(tested, one):
            for atom in values(atoms, other):
                fits = {any(is_legal((comparison,), {one: k, other: v}) for k in known) for v in atom}
                assert len(fits) == 1


def values(atoms: Atoms, name: str) -> list[list[Fraction]]:
    """Return the numbers of each atom."""
    grid = atoms.inputs[name].grid
    assert grid is not None
    numbers = [grid.at(i) for i in range(grid.size)]
    return [[n for n in numbers if low <= n <= high] for low, high in intervals(atoms, name)]


# ---------------------------------------------------------------- atoms


def test_masks_and_entries_are_inverse() -> None:
    atoms = cut((compiled(between("age", 3), AGE, yes_no("fever")),), [numbers("age", (5, 6))])
    assert atoms.mask(numbers("age", (3, 4), (7, 9))) == 0b1010
    assert atoms.entry("age", 0b1010) == numbers("age", (3, 4), (7, 9))
    assert atoms.entry("age", 0b1111) == numbers("age", (0, 9))
    assert atoms.entry("age", 0b0110) == numbers("age", (3, 6))
    assert atoms.entry("age", 0) == numbers("age")


def test_words_are_atoms() -> None:
    atoms = cut((compiled(has("sex", "male"), choice("sex", ["male", "female", "other"])),))
    assert [atoms.atom_of("sex", word) for word in ("female", "male", "other")] == [0, 1, 2]
    assert atoms.mask(InputEntry("sex", frozenset({"male", "other"}))) == 0b110
    assert atoms.entry("sex", 0b110) == InputEntry("sex", frozenset({"male", "other"}))
    assert atoms.value_nearest_calm("sex", 2) == "other"


def test_a_number_lies_in_the_atom_that_holds_it() -> None:
    atoms = cut((compiled(between("age", 3), AGE),), [numbers("age", (5, 6))])
    assert [atoms.atom_of("age", Fraction(years)) for years in range(10)] == [0, 0, 0, 1, 1, 2, 2, 3, 3, 3]


@pytest.mark.parametrize(("atom", "nearest"), [(0, 2), (1, 4), (2, 5), (3, 7)])
def test_the_ordinary_value_of_an_atom_is_the_nearest(atom: int, nearest: int) -> None:
    atoms = cut((compiled(between("age", 3), AGE),), [numbers("age", (5, 6))])
    assert atoms.value_nearest_calm("age", atom) == nearest


def test_the_calm_order_starts_with_the_ordinary_atom_and_moves_outwards() -> None:
    sex = choice("sex", ["x", "b", "c"])  # `x`, the first word declared, is the ordinary one
    atoms = cut((compiled(between("age", 3), AGE),), [numbers("age", (5, 6))])
    assert atoms.space.axis("age").calm == (1, 0, 2, 3)
    assert cut((compiled(has("sex", "b"), sex),)).space.axis("sex").calm == (2, 0, 1)


# ---------------------------------------------------------------- several guidelines


def test_inputs_of_two_guidelines_are_united() -> None:
    old = compiled(has("sex", "male"), choice("sex", ["male", "female"]), number("age", 2, 9, example=4))
    old_age = compiled(between("age", 5), number("age", 2, 9, example=4))
    new_age = compiled(between("age", 7), number("age", 0, 12, example=3))
    new = compiled(has("sex", "other"), choice("sex", ["other", "male"]))
    merged, clashing = merge_inputs((old, old_age, new, new_age))
    assert clashing == ()
    assert (merged["sex"].finding, merged["sex"].words) == ("sex", ("female", "male", "other"))
    grid = merged["age"].grid
    assert grid is not None
    assert [grid.low, grid.high, grid.step, merged["age"].calm] == [*map(Fraction, (0, 12, 1, 4))]
    # The narrower range is a test too: a patient of 1 is legal in the newer guideline only.
    assert intervals(cut((old_age, new_age)), "age") == [(0, 1), (2, 4), (5, 6), (7, 9), (10, 12)]


@pytest.mark.parametrize(
    "other",
    [
        choice("age", ["young", "old"]),
        number("age", 0, 9, Fraction(1, 2)),
        number("age", Fraction(1, 2), Fraction(19, 2)),
    ],
)
def test_a_finding_that_changed_its_kind_or_resolution_is_named_and_keeps_its_first_form(other: Finding) -> None:
    test = has("age", "old") if other.grid is None else between("age", 3)
    old, new = compiled(between("age", 5), AGE), compiled(test, other)
    merged, clashing = merge_inputs((old, new))
    assert clashing == ("age",)
    assert merged["age"] == old.inputs["age"]
    assert cut((old, new)).size("age") > 1


def test_grids_that_are_shifted_against_each_other_clash() -> None:
    third = Fraction(1, 3)
    old, new = (compiled(between("age", 3), number("age", start, start + 9)) for start in (third, 2 * third))
    assert merge_inputs((old, new))[1] == ("age",)


def test_grids_that_start_between_whole_steps_fit_together_where_their_values_do() -> None:
    third = Fraction(1, 3)
    old, new = (compiled(between("age", 3), number("age", third + n, third + n + 9)) for n in (0, 2))
    merged, clashing = merge_inputs((old, new))
    assert clashing == ()
    assert merged["age"].grid == number("age", third, third + 11).grid


def test_each_finding_that_clashes_is_named_once_in_order_of_first_use() -> None:
    words, numbers = (
        compiled(All((has("x", "a"), has("y", "a"))), choice("x", "ab"), choice("y", "ab")),
        compiled(All((between("x", 1), between("y", 1))), number("x", 0, 9), number("y", 0, 9)),
    )
    assert merge_inputs((words, numbers, numbers))[1] == ("x", "y")


def test_a_number_known_to_be_its_lowest_bounds_the_other() -> None:
    bounded = compiled(between("x"), number("x", 0, 9), number("y", 0, 9), constraints=(at_most("x", "y"),))
    assert cut((bounded,), [numbers("y", (0, 0))]).starts["x"][1] == 1


def test_a_comparison_of_findings_that_became_words_cuts_nothing() -> None:
    words = compiled(has("x", "few"), choice("x", ["few", "many"]))
    compared = compiled(between("y", 2), number("x", 0, 9), number("y", 0, 9), constraints=(at_most("x", "y"),))
    atoms = cut((words, compared))
    assert atoms.size("x") == 2
    assert atoms.starts == {"y": (0, 1, 2)}
