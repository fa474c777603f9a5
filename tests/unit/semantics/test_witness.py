from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.cuts import Atoms, cut
from redflag_kit.compile.table import Input
from redflag_kit.logic.bdd import Diagrams
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Rule
from redflag_kit.model.vocabulary import Constraint, Finding
from redflag_kit.semantics.literal import is_legal
from redflag_kit.semantics.regions import meaning
from redflag_kit.semantics.witness import patient_at, witness
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
    vocabulary,
    yes_no,
)

SCAN = ordered("scan", scale("later", "now"))


def witness_of(rule_: Rule, *findings: Finding, constraints: tuple[Constraint, ...] = ()) -> dict[str, Value] | None:
    """Return the witness of the legal patients for whom a rule fires."""
    words = vocabulary(findings, [SCAN], constraints)
    compiled = compile_guideline(guideline(words, [decision("d", [rule_])]))
    atoms = cut((compiled,))
    diagrams = Diagrams(atoms.space, 10_000)
    found = meaning(compiled, atoms, diagrams)
    region = found.legal & found.fires[rule_.id]
    return witness(region, diagrams, atoms, compiled.restrictions, words.findings)


def test_an_empty_region_has_no_witness() -> None:
    nobody = rule("r", has("fever"), {"scan": "now"})
    assert witness_of(nobody, yes_no("fever"), constraints=(implies(has("fever"), has("fever", "absent")),)) is None


def test_a_witness_is_as_ordinary_as_its_region_allows() -> None:
    old = rule("r", between("age", 65), {"scan": "now"})
    findings = (
        number("age", 0, 120, example=40),
        yes_no("fever", clean="absent"),
        choice("sex", ["male", "female"]),
    )
    assert witness_of(old, *findings) == {"age": 65, "fever": "absent", "sex": "male"}
    young = rule("r", between("age", high=30), {"scan": "now"})
    assert witness_of(young, *findings) == {"age": 30, "fever": "absent", "sex": "male"}


@pytest.mark.parametrize(
    ("trial", "days", "strict", "factor", "expected"),
    [
        ((0, 9), (0, 9), False, 1, (5, 5)),  # both ordinary values are kept
        ((6, 9), (0, 9), False, 1, (6, 6)),  # the right number moves up
        ((6, 9), (0, 9), True, 1, (6, 7)),
        ((2, 9), (0, 3), False, 1, (3, 3)),  # its atom ends, so the left number moves down
        ((2, 9), (0, 3), True, 1, (2, 3)),
        ((6, 9), (0, 9), False, Fraction(3, 2), (6, 5)),
        ((9, 9), (0, 9), True, Fraction(3, 2), (9, 7)),
        ((2, 9), (0, 3), True, Fraction(3, 2), (4, 3)),
    ],
)
def test_compared_numbers_move_as_little_as_the_comparison_asks(
    trial: tuple[int, int], days: tuple[int, int], strict: bool, factor: Fraction, expected: tuple[int, int]
) -> None:
    both = rule("r", has("fever"), {"scan": "now"})
    constraint = at_most("trial", "days", strict=strict, factor=factor)
    findings = (
        yes_no("fever"),
        number("trial", *trial, example=max(5, trial[0])),
        number("days", *days, example=min(5, days[1])),
    )
    found = witness_of(both, *findings, constraints=(constraint,))
    assert found is not None
    assert is_legal((constraint,), found)
    assert [found["trial"], found["days"]] == [*map(Fraction, expected)]


@pytest.mark.parametrize(
    ("trial", "days", "strict", "factor", "expected"),
    [
        ((3, 9), (-4, 9), False, 1, (5, 5)),
        ((3, 9), (-4, 9), True, 1, (5, Fraction(11, 2))),
        ((3, 9), (-4, 9), False, 2, (5, Fraction(5, 2))),
        ((3, 9), (-4, 9), True, 2, (5, 3)),
        ((-3, 9), (-4, -2), False, 1, (-2, -2)),
        ((-3, 9), (-4, -2), True, 1, (Fraction(-5, 2), -2)),
        ((-9, 9), (-4, -2), False, 2, (-4, -2)),
        ((-9, 9), (-4, -2), True, Fraction(3, 2), (Fraction(-7, 2), -2)),
        ((2, 9), (0, 3), False, Fraction(9, 4), (5, Fraction(5, 2))),
        ((2, 9), (0, 3), True, Fraction(9, 4), (5, Fraction(5, 2))),
        ((-9, 9), (-4, -2), False, Fraction(4, 3), (-3, -2)),
        ((-9, 9), (-4, -2), True, Fraction(4, 3), (-3, -2)),
    ],
)
def test_in_coarse_atoms_the_left_number_gives_way_only_where_the_right_one_cannot(
    trial: tuple[int, int], days: tuple[int, int], strict: bool, factor: Fraction, expected: tuple[Number, Number]
) -> None:
    comparison = at_most("trial", "days", strict=strict, factor=factor)
    half = Fraction(1, 2)
    findings = (number("trial", *trial, half, example=5), number("days", *days, half))
    inputs = {one.id: Input(one.id, (), one.grid, one.example) for one in findings}
    uncut = Atoms(inputs, {"trial": (0,), "days": (0,)})
    found = patient_at((0, 0), uncut, (comparison,), {one.id: one for one in findings})
    assert [found["trial"], found["days"]] == [*map(Fraction, expected)]


def test_a_witness_satisfies_implications_and_fills_in_findings_that_nothing_reads() -> None:
    findings = (yes_no("fever"), yes_no("ill"), choice("sex", ["male", "female"], clean="female"))
    found = witness_of(
        rule("r", has("fever"), {"scan": "now"}), *findings, constraints=(implies(has("fever"), has("ill")),)
    )
    assert found == {"fever": "present", "ill": "present", "sex": "female"}


def test_findings_that_nothing_reads_take_their_normal_value_and_else_an_ordinary_one() -> None:
    normal = replace(number("age", 0, 9), clean=Fraction(4), example=Fraction(7))
    other = replace(normal, id="days", clean=None)
    found = witness_of(rule("r", has("fever"), {"scan": "now"}), yes_no("fever"), normal, other)
    assert found == {"fever": "present", "age": 4, "days": 7}


def test_what_a_point_says_beyond_the_findings_is_of_no_account() -> None:
    atoms = Atoms({"age": Input("age", (), number("age", 0, 9).grid, Fraction(3))}, {"age": (0, 5)})
    for point in ((1,), (1, 0)):
        assert patient_at(point, atoms, (), {"age": number("age", 0, 9)}) == {"age": 5}
