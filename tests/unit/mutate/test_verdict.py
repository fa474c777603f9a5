"""A survivor is shown with its witness, or is not decided where none is found within the budget."""

from __future__ import annotations

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.model.vignette import Stated
from redflag_kit.mutate.mutant import Mutant, Operator, RuleDropped
from redflag_kit.mutate.verdict import Killed, NotDecided, Survived, witnessed

MUTANT = Mutant("m", Operator.RULE_DROPPED, "R1", NOWHERE, "", "", "", RuleDropped("R1"))


def test_the_witness_of_a_survivor_is_found_once_and_when_it_is_asked_for() -> None:
    asked: list[str] = []

    def find() -> tuple[Stated, ...]:
        asked.append("once")
        return (Stated("fever", frozenset({"present"})),)

    one = Survived(MUTANT, None, find)
    assert asked == []
    assert witnessed(one) is one
    assert one.case == (Stated("fever", frozenset({"present"})),)
    assert asked == ["once"]


def test_a_survivor_whose_witness_takes_too_long_is_not_decided() -> None:
    def find() -> tuple[Stated, ...]:
        raise BudgetExceeded("a witness", "10 nodes")

    assert witnessed(Survived(MUTANT, None, find)) == NotDecided(MUTANT, "10 nodes")


def test_other_verdicts_stay_as_they_are() -> None:
    for one in (Killed(MUTANT, ("V",)), NotDecided(MUTANT, "10 nodes")):
        assert witnessed(one) is one
