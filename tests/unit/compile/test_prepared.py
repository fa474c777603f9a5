"""What every engine starts from: the guideline, its tables, and the atoms they and other tests tell apart."""

from __future__ import annotations

from fractions import Fraction

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.expression import InputEntry, Interval
from redflag_kit.compile.prepared import prepare
from redflag_kit.compile.table import Implied, tied_by
from redflag_kit.model.condition import All
from redflag_kit.model.vocabulary import Comparison
from tests.property.models import (
    at_most,
    between,
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

FINDINGS = (yes_no("fever"), yes_no("numb"), number("age", 0, 9), number("days", 0, 9))
WORDS = vocabulary(
    FINDINGS,
    [ordered("scan", scale("later", "now"))],
    [at_most("days", "age"), implies(All((has("fever"), has("numb"))), between("age", 2))],
)
RULES = guideline(WORDS, [decision("d", [rule("r", between("age", 3), {"scan": "now"})])])


def test_a_guideline_is_prepared_with_its_own_tables_and_cuts() -> None:
    one = prepare(RULES)
    assert one.guideline is RULES
    assert one.compiled == compile_guideline(RULES)
    assert 3 in one.atoms.starts["age"]


def test_tables_that_are_there_are_not_made_again() -> None:
    compiled = compile_guideline(RULES)
    assert prepare(RULES, compiled).compiled is compiled


def test_further_tests_cut_the_atoms() -> None:
    seven = InputEntry("age", intervals=(Interval(Fraction(7), Fraction(9)),))
    assert 7 not in prepare(RULES).atoms.starts["age"]
    assert 7 in prepare(RULES, cuts=[seven]).atoms.starts["age"]


def test_a_constraint_ties_every_finding_it_names() -> None:
    compared, implied = compile_guideline(RULES).restrictions
    assert isinstance(compared, Comparison)
    assert isinstance(implied, Implied)
    assert tied_by(compared) == {"days", "age"}
    assert tied_by(implied) == {"fever", "numb", "age"}
