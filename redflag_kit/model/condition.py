"""Conditions: what a rule asks of a patient.

Every part has the place where it was written: a word, a map, or one entry of a map that means all its entries. Places,
and how a number was written, take no part in comparisons.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from redflag_kit.diagnostics.span import NOWHERE, Span

Value: TypeAlias = str | Fraction
"""A finding's value: a word (`present`, `malignancy`) or an exact number in the finding's unit."""


@dataclass(frozen=True, slots=True)
class Range:
    """An interval of numbers; None leaves that end open to the limit of the domain.

    `low_written` and `high_written` are the texts that gave the ends: a parameter or an amount with its unit.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    low_included: bool = True
    high_included: bool = True
    low_written: str = field(default="", compare=False, repr=False)
    high_written: str = field(default="", compare=False, repr=False)

    def __contains__(self, number: Fraction) -> bool:
        if self.low is not None and (number < self.low or (number == self.low and not self.low_included)):
            return False
        return self.high is None or number < self.high or (number == self.high and self.high_included)


@dataclass(frozen=True, slots=True)
class WordTest:
    """The finding has one of these words as its value.

    `test_span` is where the words stand, as in every test; nowhere for a finding named without a test.
    """

    finding: str
    words: frozenset[str]
    text: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    test_span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class NumberTest:
    """The finding's number lies in one of the ranges (in none of them if `negated`)."""

    finding: str
    ranges: tuple[Range, ...]
    negated: bool
    text: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    test_span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OutputTest:
    """An output of an earlier decision has one of these levels, set elements or statuses."""

    output: str
    values: frozenset[str]
    text: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    test_span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ScoreTest:
    """A score of this guideline lies in one of the ranges (in none of them if `negated`).

    `bands` names the bands of the score that the test was written with; empty if it was written with sums.
    """

    score: str
    ranges: tuple[Range, ...]
    negated: bool
    text: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    test_span: Span = field(default=NOWHERE, compare=False, repr=False)
    bands: tuple[str, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for everybody."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class All:
    """Every member holds.

    `word_span` is where `all` stands; nowhere if the members are the entries of one map.
    """

    members: tuple["Condition", ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    word_span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Any:
    """At least one member holds. `word_span` is where `any` stands."""

    members: tuple["Condition", ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    word_span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `n` members hold. `n_span` is where `n` is given."""

    n: int
    members: tuple["Condition", ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    n_span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The member does not hold."""

    member: "Condition"
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Named:
    """A definition or derived finding, with what it stands for; the parts of its meaning have the places there."""

    name: str
    meaning: "Condition"
    span: Span = field(default=NOWHERE, compare=False, repr=False)


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
