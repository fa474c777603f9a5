"""Results about one case: outcomes, rules, and what to ask."""

from dataclasses import dataclass, field
from typing import TypeAlias

CaseValue: TypeAlias = str | int | dict[str, list[str | int | list[str | int]]]
"""A value of a case: a word, an integer, a decimal as text, or `{"any_of": [...]}` with words or [low, high] ranges."""

CaseJson: TypeAlias = dict[str, CaseValue]
"""Findings of a case in vocabulary order; a finding that is missing was not assessed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a guideline says of one output for a case.

    `possible`: levels low to high, then statuses; `lowest`/`highest`: levels only, None where no level is possible.
    For sets `must` holds in every completion, `may` in some; `possible` then lists statuses the whole set can have.
    `written` is what the rules write before entailment; it equals `possible` where nothing is entailed.
    """

    output: str
    kind: str
    decided: bool
    possible: tuple[str, ...]
    lowest: str | None
    highest: str | None
    must: tuple[str, ...]
    may: tuple[str, ...]
    rules: tuple[str, ...]
    assumptions: tuple[str, ...]
    written: tuple[str, ...]
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ConditionState:
    """One test of a rule's condition, the case's value for it, and whether it holds: yes, no or open."""

    text: str
    value: str
    state: str


@dataclass(frozen=True, slots=True)
class RuleState:
    """How a rule stands for a case: fires, not, open or suppressed."""

    id: str
    title: str
    file: str
    line: int
    state: str
    suppressed_by: tuple[str, ...]
    conditions: tuple[ConditionState, ...]
    writes: str
    evidence: str


@dataclass(frozen=True, slots=True)
class AskNext:
    """A finding whose answer can still change an outcome, with the outputs it can change."""

    finding: str
    question: str
    can_change: tuple[str, ...]
    answers: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class OutputQuestions:
    """How many further answers settle one output, whatever they are, and the finding to begin with."""

    output: str
    lower: int
    upper: int
    exact: bool
    first: str | None


@dataclass(frozen=True, slots=True)
class WorstCase:
    """How many further answers settle the case, whatever they are; each question may depend on the answers before.

    `exact`: the number is known, and `lower` is `upper`. Beginning with `first` keeps within `upper`. `findings` are
    those worth asking; answers to all of them settle everything.
    """

    lower: int
    upper: int
    exact: bool
    first: str | None
    findings: tuple[str, ...]
    by_output: tuple[OutputQuestions, ...]


@dataclass(frozen=True, slots=True)
class PivotalAssumption:
    """A value assumed for an unknown finding without which the outcome would be another."""

    finding: str
    value: str
    reason: str
    evidence: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything a guideline says of one case, and why. `scope`: the parts of its scope, and whether each holds."""

    guideline: str
    version: str
    title: str
    case: CaseJson
    in_words: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    rules: tuple[RuleState, ...]
    ask_next: tuple[AskNext, ...]
    questions_worst_case: WorstCase
    pivotal_assumptions: tuple[PivotalAssumption, ...]
    withdrawn: tuple[str, ...]
    assumptions: dict[str, str] = field(default_factory=dict)
    in_scope: str = "yes"
    """Whether the guideline is for this patient at all: yes, no or open."""
    scope_missed: tuple[ConditionState, ...] = ()
    """The parts of the scope that are not met for certain."""
