"""The vocabulary: findings, outputs, scales, constraints and derived findings."""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from redflag_kit.diagnostics.span import NOWHERE, Span
from redflag_kit.model.condition import Condition, Value
from redflag_kit.model.evidence import Parameter
from redflag_kit.terms.scale import Scale

PRESENT = "present"
ABSENT = "absent"


class Kind(StrEnum):
    """The type of a finding."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    INTEGER = "integer"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Grid:
    """The numbers a finding can take: low, low + step, ..., high."""

    low: Fraction
    high: Fraction
    step: Fraction

    @property
    def size(self) -> int:
        """Return how many numbers there are."""
        return int((self.high - self.low) / self.step) + 1

    def __contains__(self, number: Fraction) -> bool:
        return self.low <= number <= self.high and (number - self.low) % self.step == 0

    def at(self, index: int) -> Fraction:
        """Return the number at a position, 0 for the lowest."""
        return self.low + index * self.step

    def index(self, number: Fraction) -> int:
        """Return the position of a number of the grid."""
        return int((number - self.low) / self.step)


@dataclass(frozen=True, slots=True)
class Assume:
    """The value taken for a finding of which nothing is known, and why that is held to be safe.

    `span` is where the value stands, `whole` the policy with its reason.
    """

    value: Value
    reason: str
    evidence: str
    cite: str | None
    span: Span = field(default=NOWHERE, compare=False)
    whole: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Coding:
    """A code of a public terminology and how far it was verified."""

    system: str
    code: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that can be asked, measured or examined.

    `words` are the values of a yes_no or choice finding; `grid` those of a number, in `unit`.
    `clean` is the value that "unmentioned: absent" stands for; `example` an ordinary value for witnesses.
    """

    id: str
    kind: Kind
    ask: str
    label: str
    words: tuple[str, ...]
    grid: Grid | None
    unit: str
    clean: Value | None
    example: Value
    assume: Assume | None
    says: tuple[tuple[str, str], ...]
    codes: tuple[Coding, ...]
    span: Span


class Combine(StrEnum):
    """Which end of the scale wins when several rules write one ordered output."""

    HIGHEST = "highest"
    LOWEST = "lowest"


@dataclass(frozen=True, slots=True)
class Output:
    """A recommendation: ordered on a scale, or a set of elements (then `scale` is None).

    `short` is what it is called where space is scarce, nothing where that is the label.
    """

    id: str
    label: str
    scale: Scale | None
    elements: tuple[str, ...]
    combine: Combine
    satisfied_by: tuple[str, ...]
    says: tuple[tuple[str, str], ...]
    span: Span
    short: str = ""

    def phrase(self, value: str) -> str:
        """Return the plain words for a level or element."""
        said = dict(self.says).get(value)
        if said:
            return said
        return self.scale.phrase(value) if self.scale else value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Derived:
    """A named condition that any guideline over the vocabulary may use."""

    id: str
    version: str
    title: str
    when: Condition
    cite: str | None
    note: str
    span: Span


@dataclass(frozen=True, slots=True)
class Implication:
    """A constraint: who satisfies `when` also satisfies `then`."""

    id: str
    title: str
    when: Condition
    then: Condition
    span: Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """A constraint between two numbers of compatible units: `left` + `offset` <= `right`, offset 0 or one step.

    Both sides are compared in the unit of `left`; `factor` turns a number of `right` into that unit.
    """

    id: str
    title: str
    left: str
    right: str
    strict: bool
    factor: Fraction
    span: Span

    def holds(self, left: Fraction, right: Fraction) -> bool:
        """Say whether two concrete numbers satisfy the constraint."""
        scaled = right * self.factor
        return left < scaled if self.strict else left <= scaled


Constraint: TypeAlias = Implication | Comparison


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything guidelines of one library talk about.

    `headline`: the scales that a matrix of many patients tells, most telling first; all of them where none is named.
    """

    id: str
    version: str
    title: str
    findings: dict[str, Finding]
    outputs: dict[str, Output]
    derived: dict[str, Derived]
    constraints: tuple[Constraint, ...]
    parameters: dict[str, Parameter]
    path: str
    headline: tuple[str, ...] = ()
