from __future__ import annotations

import pytest

from redflag_kit.compile.expression import (
    ALWAYS,
    Both,
    Count,
    Expression,
    InputEntry,
    Interval,
    Negation,
    OutputEntry,
    SumEntry,
    canonical,
    entries,
    inputs_of,
    outputs_of,
    scores_of,
)
from tests.property.models import number

FEVER, NUMB, WEAK = (InputEntry(name, frozenset({"present"})) for name in ("fever", "numb", "weak"))
GRID = number("age", 0, 10, 1).grid
assert GRID is not None
YOUNG = InputEntry("age", intervals=(Interval(GRID.at(0), GRID.at(4)),))
MRI, RISK = OutputEntry("mri", frozenset({"now", "later"})), SumEntry("risk", frozenset({3, 2}))
NESTED = Both((Count(2, (NUMB, MRI, Negation(YOUNG))), RISK, FEVER, Count(1, (NUMB, WEAK))))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Both((FEVER, NUMB)), Both((NUMB, FEVER))),
        (Both((FEVER, Both((NUMB, WEAK)))), Both((FEVER, NUMB, WEAK))),
        (Both((FEVER, FEVER)), FEVER),
        (Both((FEVER, ALWAYS)), FEVER),
        (Count(1, (FEVER, NUMB, FEVER)), Count(1, (Count(1, (NUMB, FEVER)),))),
        (Count(2, (FEVER, NUMB)), Count(2, (NUMB, FEVER))),
        (Negation(Both((FEVER, NUMB))), Negation(Both((NUMB, FEVER)))),
    ],
)
def test_order_nesting_and_repetition_leave_a_condition_as_it_is(one: Expression, other: Expression) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Both((FEVER, NUMB)), Count(1, (FEVER, NUMB))),
        (Both((FEVER, NUMB)), Both((FEVER, WEAK))),
        (Both((FEVER, Count(1, (NUMB, WEAK)))), Count(1, (Both((FEVER, NUMB)), WEAK))),
        (Count(2, (FEVER, NUMB, NUMB)), Count(2, (FEVER, NUMB))),  # repeated members count twice
        (Count(2, (FEVER, NUMB)), Count(3, (FEVER, NUMB))),
        (FEVER, Negation(FEVER)),
        (FEVER, InputEntry("fever", frozenset({"absent"}))),
        (YOUNG, InputEntry("age", intervals=(Interval(GRID.at(0), GRID.at(5)),))),
        (YOUNG, InputEntry("age")),
        (MRI, OutputEntry("mri", frozenset({"now"}))),
        (MRI, SumEntry("mri", frozenset())),
        (RISK, SumEntry("risk", frozenset({3}))),
        (ALWAYS, Count(1, ())),
    ],
)
def test_what_changes_a_condition_changes_its_canonical_form(one: Expression, other: Expression) -> None:
    assert canonical(one) != canonical(other)


def test_a_canonical_form_has_everything_in_a_fixed_order() -> None:
    words = [f"w{i}" for i in range(10, 60)]
    assert canonical(InputEntry("x", frozenset(words))) == ["is", "x", words]
    assert canonical(OutputEntry("x", frozenset(words))) == ["output", "x", words]
    assert canonical(SumEntry("x", frozenset(range(-50, 50)))) == ["score", "x", [*range(-50, 50)]]
    parts = [InputEntry(word, frozenset({"present"})) for word in words]
    shown = [["is", word, ["present"]] for word in words]
    assert canonical(Both(tuple(reversed(parts)))) == ["all", shown]
    assert canonical(Count(1, tuple(reversed(parts)))) == ["any", shown]
    assert canonical(Count(2, tuple(reversed(parts)))) == ["at_least", 2, shown]


def test_every_kind_of_condition_is_told_apart_by_its_first_word() -> None:
    assert canonical(Negation(FEVER)) == ["not", ["is", "fever", ["present"]]]
    assert canonical(YOUNG) == ["is", "age", [["0", "4"]]]
    assert canonical(ALWAYS) == ["all", []]
    assert canonical(Count(1, ())) == ["any", []]


def test_counted_parts_stand_in_an_order_of_their_own() -> None:
    one, two = InputEntry("sex", frozenset("a")), InputEntry("sex", frozenset("ab"))
    longer_first = [["is", "sex", ["a", "b"]], ["is", "sex", ["a"]]]
    assert canonical(Count(2, (one, two))) == canonical(Count(2, (two, one))) == ["at_least", 2, longer_first]


@pytest.mark.parametrize(
    "whole", [MRI, Negation(MRI), Both((FEVER, MRI)), Count(2, (FEVER, Negation(Both((RISK, MRI)))))]
)
def test_outputs_and_scores_are_found_however_deep_they_stand(whole: Expression) -> None:
    assert outputs_of(whole) == {"mri"}
    beside = Both((whole, RISK))
    assert outputs_of(beside) == {"mri"}
    assert scores_of(beside) == {"risk"}
    assert scores_of(Negation(Count(1, (RISK, YOUNG)))) == {"risk"}
    assert outputs_of(FEVER) == scores_of(FEVER) == outputs_of(RISK) == scores_of(MRI) == frozenset()


def test_inputs_come_in_order_of_first_use_each_once() -> None:
    assert inputs_of(NESTED) == ("numb", "age", "fever", "weak")


def test_entries_come_in_reading_order_each_time_they_are_used() -> None:
    assert entries(NESTED) == (NUMB, YOUNG, FEVER, NUMB, WEAK)
