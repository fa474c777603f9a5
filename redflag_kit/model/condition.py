"""Conditions: what a rule asks of a patient."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

Value: TypeAlias = str | Fraction
"""A finding's value: a word (`present`, `malignancy`) or an exact number in the finding's unit."""


@dataclass(frozen=True, slots=True)
class Range:
    """An interval of numbers; None leaves that end open to the limit of the domain."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_included: bool = True
    high_included: bool = True

    def __contains__(self, number: Fraction) -> bool:
        if self.low is not None and (number < self.low or (number == self.low and not self.low_included)):
            return False
        return self.high is None or number < self.high or (number == self.high and self.high_included)


@dataclass(frozen=True, slots=True)
class WordTest:
    """The finding has one of these words as its value."""

    finding: str
    words: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class NumberTest:
    """The finding's number lies in one of the ranges (in none of them if `negated`)."""

    finding: str
    ranges: tuple[Range, ...]
    negated: bool
    text: str


@dataclass(frozen=True, slots=True)
class OutputTest:
    """An output of an earlier decision has one of these levels, set elements or statuses."""

    output: str
    values: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class ScoreTest:
    """A score of this guideline lies in one of the ranges (in none of them if `negated`)."""

    score: str
    ranges: tuple[Range, ...]
    negated: bool
    text: str


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for everybody."""


@dataclass(frozen=True, slots=True)
class All:
    """Every member holds."""

    members: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one member holds."""

    members: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `n` members hold."""

    n: int
    members: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The member does not hold."""

    member: "Condition"


@dataclass(frozen=True, slots=True)
class Named:
    """A definition or derived finding, with what it stands for."""

    name: str
    meaning: "Condition"


Test: TypeAlias = WordTest | NumberTest | OutputTest | ScoreTest
Condition: TypeAlias = Test | Always | All | Any | AtLeast | Not | Named


def members(condition: Condition) -> tuple[Condition, ...]:
    """Return the direct parts of a condition."""
    match condition:
        case All(parts) | Any(parts) | AtLeast(_, parts):
            return parts
        case Not(part) | Named(_, part):
            return (part,)
        case _:
            return ()


def tests(condition: Condition) -> Iterator[Test]:
    """Yield every test of a condition in reading order, definitions followed."""
    if isinstance(condition, WordTest | NumberTest | OutputTest | ScoreTest):
        yield condition
    for part in members(condition):
        yield from tests(part)


def disjuncts(condition: Condition) -> Iterator[Condition]:
    """Yield the alternatives of a condition, `any` at whatever depth, definitions followed; itself if it has none."""
    match condition:
        case Named(_, meaning):
            yield from disjuncts(meaning)
        case Any(parts):
            for part in parts:
                yield from disjuncts(part)
        case _:
            yield condition


def outputs_of(*conditions: Condition) -> tuple[str, ...]:
    """Return the outputs that conditions read, in order of first use, each once."""
    read = (test for one in conditions for test in tests(one))
    return tuple(dict.fromkeys(test.output for test in read if isinstance(test, OutputTest)))


def findings_of(condition: Condition) -> tuple[str, ...]:
    """Return the findings a condition reads, in order of first use, each once."""
    return tuple(dict.fromkeys(t.finding for t in tests(condition) if isinstance(t, WordTest | NumberTest)))
