"""What a name of a decision model stands for in the guideline language, or why it stands for nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from redflag_kit.diagnostics.span import Span
from redflag_kit.dmn.feel.values import Value
from redflag_kit.dmn.model import Decision
from redflag_kit.model.vocabulary import Grid
from redflag_kit.source.dump import Data

FAULTS = ("silent", "gap", "conflict")
"""What an output is in the guideline language where its table gives null: no rule fits, or rules contradict."""


class NotRepresentableError(Exception):
    """Something of a decision model that a guideline cannot say exactly; the message names it."""

    def __init__(self, span: Span, message: str, hint: str) -> None:
        super().__init__(message)
        self.span = span
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Words:
    """A finding with words as values: `words` by the FEEL value they stand for."""

    finding: str
    words: Mapping[Value, str]


@dataclass(frozen=True, slots=True)
class Number:
    """A finding that is a number."""

    finding: str
    grid: Grid


@dataclass(frozen=True, slots=True)
class Levels:
    """An output with the values its table can give. It may be null as well."""

    output: str
    words: Mapping[Value, str]


@dataclass(frozen=True, slots=True)
class Elements:
    """An output that is a set: `words` are its possible elements. It may be null as well."""

    output: str
    words: Mapping[Value, str]


@dataclass(frozen=True, slots=True)
class Total:
    """A score with the lowest and the highest sum it can have."""

    score: str
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Holds:
    """A boolean expression; `named` is the definition that it has become, if it stands on findings alone."""

    decision: Decision
    named: str | None


@dataclass(frozen=True, slots=True)
class Constant:
    """A decision that always has the same value."""

    value: Value


Domain: TypeAlias = Words | Number | Levels | Elements | Total | Holds | Constant

ALWAYS: Data = "always"
NEVER: Data = {"not": "always"}


def all_of(parts: list[Data]) -> Data:
    """Return that all parts hold."""
    if NEVER in parts:
        return NEVER
    kept = [part for part in _flat(parts, "all") if part != ALWAYS]
    return ALWAYS if not kept else kept[0] if len(kept) == 1 else {"all": kept}


def any_of(parts: list[Data]) -> Data:
    """Return that one part holds."""
    if ALWAYS in parts:
        return ALWAYS
    kept = [part for part in _flat(parts, "any") if part != NEVER]
    return NEVER if not kept else kept[0] if len(kept) == 1 else {"any": kept}


def none_of(part: Data) -> Data:
    """Return that the part does not hold."""
    if part == ALWAYS:
        return NEVER
    if isinstance(part, dict) and list(part) == ["not"]:
        return part["not"]
    return {"not": part}


def _flat(parts: list[Data], word: str) -> list[Data]:
    flat: list[Data] = []
    for part in parts:
        inner = part[word] if isinstance(part, dict) and list(part) == [word] else None
        flat += inner if isinstance(inner, list) else [part]
    return flat
