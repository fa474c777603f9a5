"""Vignettes: written patients with the outcomes a guideline should give them."""

from dataclasses import dataclass
from fractions import Fraction

from redflag_kit.diagnostics.span import Span
from redflag_kit.model.condition import Range


@dataclass(frozen=True, slots=True)
class Stated:
    """What a case says of one finding: some words, some ranges of numbers, or nothing (`unknown`)."""

    finding: str
    words: frozenset[str] = frozenset()
    ranges: tuple[Range, ...] = ()
    unknown: bool = False

    def number(self) -> Fraction | None:
        """Return the one number stated, if it is one."""
        if len(self.ranges) == 1 and self.ranges[0].low == self.ranges[0].high:
            return self.ranges[0].low
        return None


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of one output; exactly one field is in use.

    `values`: the outcome's exact possible values (one value: decided). `undecided`: any two or more.
    `must`/`may`: for sets.
    """

    output: str
    text: str
    values: frozenset[str] | None = None
    undecided: bool = False
    must: frozenset[str] | None = None
    may: frozenset[str] | None = None
    todo: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one guideline is expected to say: per output, or one word for every covered output (`whole`)."""

    guideline: str
    version: str
    outcomes: tuple[Expected, ...]
    whole: Expected | None
    because: tuple[str, ...]
    reason: str
    strict: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Vignette:
    """A written patient. `fill_clean` is `unmentioned: absent`."""

    id: str
    title: str
    source: str
    narrative: str
    tags: tuple[str, ...]
    findings: tuple[Stated, ...]
    fill_clean: bool
    truth: str
    expectations: tuple[Expectation, ...]
    todo: bool
    span: Span
