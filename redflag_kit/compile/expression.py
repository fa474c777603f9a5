"""Compiled conditions: tests as sets of values on declared domains, definitions inlined, negations resolved."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from redflag_kit.terms.quantity import render


@dataclass(frozen=True, slots=True)
class Interval:
    """The grid values from `low` to `high`, both included."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class InputEntry:
    """A finding has one of `words`, or lies in one of `intervals` (sorted, disjoint, not touching)."""

    finding: str
    words: frozenset[str] = frozenset()
    intervals: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class OutputEntry:
    """An output of an earlier table has one of these levels, elements or statuses."""

    output: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class SumEntry:
    """A score has one of these sums."""

    score: str
    sums: frozenset[int]


@dataclass(frozen=True, slots=True)
class Both:
    """Every part holds; holds for everybody if there are none."""

    parts: tuple["Expression", ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """At least `n` parts hold (n = 1: any)."""

    n: int
    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """The part does not hold."""

    part: "Expression"


Expression: TypeAlias = InputEntry | OutputEntry | SumEntry | Both | Count | Negation

ALWAYS = Both()


def canonical(expression: Expression) -> object:
    """Return plain JSON data that is equal for conditions equal up to order, nesting and repetition of their parts."""
    match expression:
        case InputEntry(finding, words, intervals):
            numbers: list[object] = [[render(i.low), render(i.high)] for i in intervals]
            return ["is", finding, numbers or sorted(words)]
        case OutputEntry(output, values):
            return ["output", output, sorted(values)]
        case SumEntry(score, totals):
            return ["score", score, sorted(totals)]
        case Both(parts):
            return _flat("all", parts)
        case Count(1, parts):
            return _flat("any", parts)
        case Count(n, parts):
            return ["at_least", n, sorted((canonical(part) for part in parts), key=repr)]
        case Negation(part):  # pragma: no branch
            return ["not", canonical(part)]


def _flat(word: str, parts: tuple[Expression, ...]) -> object:
    members: dict[str, object] = {}
    for part in parts:
        data = canonical(part)
        nested = data[1] if isinstance(data, list) and data[0] == word else [data]
        members |= {repr(member): member for member in nested}
    ordered = [members[key] for key in sorted(members)]
    return ordered[0] if len(ordered) == 1 else [word, ordered]


def inputs_of(expression: Expression) -> tuple[str, ...]:
    """Return the findings an expression tests, in order of first use, each once."""
    match expression:
        case InputEntry(finding):
            return (finding,)
        case Both(parts) | Count(_, parts):
            return tuple(dict.fromkeys(name for part in parts for name in inputs_of(part)))
        case Negation(part):
            return inputs_of(part)
        case _:
            return ()


def outputs_of(expression: Expression) -> frozenset[str]:
    """Return the outputs of earlier decisions that an expression tests."""
    match expression:
        case OutputEntry(output):
            return frozenset({output})
        case Both(parts) | Count(_, parts):
            return frozenset(name for part in parts for name in outputs_of(part))
        case Negation(part):
            return outputs_of(part)
        case _:
            return frozenset()


def scores_of(expression: Expression) -> frozenset[str]:
    """Return the scores that an expression tests."""
    match expression:
        case SumEntry(score):
            return frozenset({score})
        case Both(parts) | Count(_, parts):
            return frozenset(name for part in parts for name in scores_of(part))
        case Negation(part):
            return scores_of(part)
        case _:
            return frozenset()


def entries(expression: Expression) -> tuple[InputEntry, ...]:
    """Return every input entry of an expression in reading order."""
    match expression:
        case InputEntry():
            return (expression,)
        case Both(parts) | Count(_, parts):
            return tuple(entry for part in parts for entry in entries(part))
        case Negation(part):
            return entries(part)
        case _:
            return ()
