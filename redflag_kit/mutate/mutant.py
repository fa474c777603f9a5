"""Mutants: one small fault each, as an edit of the model, with the place in the authored file that it stands for.

Edits are of the authored model, so that the literal interpreter can read a mutant like any guideline. A condition is
addressed by a path of member positions; `Not` and `Named` have one member, at 0.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from redflag_kit.diagnostics.span import Span
from redflag_kit.model.condition import Condition
from redflag_kit.model.guideline import Assignment, HitPolicy
from redflag_kit.model.vocabulary import Assume

Path: TypeAlias = tuple[int, ...]


class Operator(StrEnum):
    """Kinds of faults. Each is a slip that authors make: forgotten, swapped, off by one, in another unit.

    Of two faults that come to the same the one of the kind that stands first here is kept.
    """

    RULE_DROPPED = "rule-dropped"
    CONDITION_DROPPED = "condition-dropped"
    CONDITION_NEGATED = "condition-negated"
    BOUND_OPENED = "bound-opened"
    BOUND_CLOSED = "bound-closed"
    THRESHOLD_WIDENED = "threshold-widened"
    THRESHOLD_NARROWED = "threshold-narrowed"
    VALUE_ADDED = "value-added"
    VALUE_REMOVED = "value-removed"
    ANY_TO_ALL = "any-to-all"
    ALL_TO_ANY = "all-to-any"
    COUNT_RAISED = "count-raised"
    COUNT_LOWERED = "count-lowered"
    PARAMETER_SWAPPED = "parameter-swapped"
    UNIT_SLIPPED = "unit-slipped"
    OUTCOME_RAISED = "outcome-raised"
    OUTCOME_LOWERED = "outcome-lowered"
    OUTCOME_DROPPED = "outcome-dropped"
    EXCEPTION_REMOVED = "exception-removed"
    HIT_POLICY_CHANGED = "hit-policy-changed"
    SCOPE_WIDENED = "scope-widened"
    SCOPE_NARROWED = "scope-narrowed"
    POINTS_RAISED = "points-raised"
    POINTS_LOWERED = "points-lowered"
    BAND_MOVED = "band-moved"
    UNKNOWN_AS_ABSENT = "unknown-as-absent"
    ASSUMPTION_REMOVED = "assumption-removed"


class Owner(StrEnum):
    """What a condition belongs to."""

    RULE = "rule"
    SCOPE = "scope"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Where:
    """A condition of a guideline: of the rule `name`, of the `index`-th points of the score `name`, or of the scope."""

    owner: Owner
    name: str = ""
    index: int = 0


@dataclass(frozen=True, slots=True)
class Replaced:
    """One part of a condition replaced by another condition."""

    where: Where
    path: Path
    old: Condition
    new: Condition


@dataclass(frozen=True, slots=True)
class PartsReplaced:
    """Parts replaced at once: one, or every use of a definition, a parameter or a band that was edited."""

    parts: tuple[Replaced, ...]


@dataclass(frozen=True, slots=True)
class RuleDropped:
    """A rule left out, one of `otherwise` too; a decision whose last `otherwise` rule is dropped has an empty list."""

    rule: str


@dataclass(frozen=True, slots=True)
class ThenChanged:
    """A rule that writes something else; nothing, if `then` is empty."""

    rule: str
    then: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class GuardDropped:
    """An exception removed: where `by` fires, `rule` may fire now as well."""

    rule: str
    by: str


@dataclass(frozen=True, slots=True)
class PolicyChanged:
    """A decision under another hit policy."""

    decision: str
    hit_policy: HitPolicy


@dataclass(frozen=True, slots=True)
class PointsChanged:
    """A score that adds other points where its `index`-th condition holds."""

    score: str
    index: int
    points: int


@dataclass(frozen=True, slots=True)
class AssumeChanged:
    """Another policy for a finding of which nothing is known; None: ask. No patient is affected, only cases."""

    finding: str
    assume: Assume | None


Edit: TypeAlias = (
    PartsReplaced | RuleDropped | ThenChanged | GuardDropped | PolicyChanged | PointsChanged | AssumeChanged
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A fault. `id` is unique in its guideline and stays the same while the mutated text does.

    `rule`: the rule it is in; empty for scope, scores, assumptions, and what several rules share. `span` is the text
    `original` in the authored file, `replacement` what would stand there, empty if it were left out. `sentence` says
    the fault plainly.
    """

    id: str
    operator: Operator
    rule: str
    span: Span
    original: str
    replacement: str
    sentence: str
    edit: Edit
