"""Result of `redflag diff`: what changed between two editions, for whom, in which direction, exactly.

Texts are plain words ready to show; reports never compute anything of their own from a guideline.
"""

from dataclasses import dataclass

from redflag_kit.results.area import Area
from redflag_kit.results.case import CaseJson
from redflag_kit.results.check import ShownEvidence, ShownGuideline
from redflag_kit.results.explorer import Explorer
from redflag_kit.results.mutate import TestStrength
from redflag_kit.results.properties import CheckedProperty, PropertyChange
from redflag_kit.results.region import Region
from redflag_kit.results.signoff import Signoff
from redflag_kit.results.trace import ChangedTrace

DIRECTIONS = ("less_urgent", "lost", "lateral", "scope", "constraint", "gained", "more_urgent")
"""Worst first; the order in which reports list changes."""


@dataclass(frozen=True, slots=True)
class Edit:
    """The difference between the conditions of an old rule and its successors, guards and scope aside.

    `kind`: same (proved equal), narrowed, widened, moved (both), removed (no successor), added (no predecessor).
    `lost`: who satisfied the old condition and not the new; `gained`: the reverse.
    """

    kind: str
    old_rules: tuple[str, ...]
    new_rules: tuple[str, ...]
    text: str
    lost: Region | None
    gained: Region | None


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule that fires for a witness."""

    id: str
    title: str
    decisive: bool


@dataclass(frozen=True, slots=True)
class Witness:
    """A minimal, synthetic patient who is changed, confirmed on the reference evaluator.

    `old`/`new`: output -> value of every covered output as written; `shown` only the findings that are not ordinary.
    """

    case: CaseJson
    shown: tuple[str, ...]
    old: tuple[tuple[str, str], ...]
    new: tuple[tuple[str, str], ...]
    old_rules: tuple[FiredRule, ...]
    new_rules: tuple[FiredRule, ...]


@dataclass(frozen=True, slots=True)
class RuleRef:
    """A rule of one edition and where it is written; `id` is empty where no rule decides."""

    id: str
    title: str
    file: str
    line: int
    then: str
    evidence: tuple[ShownEvidence, ...]
    assumptions: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True, slots=True)
class ChangeClass:
    """All patients for whom one output moves from one value to another for the same pair of decisive rules.

    `element` names the member for set outputs. `from_value`/`to_value`: level, status, or listed / not_listed.
    `vignettes`: those lying wholly inside the class. `signoff` is filled by the gate.
    """

    id: str
    fingerprint: str
    kind: str
    direction: str
    output: str
    element: str
    label: str
    from_value: str
    to_value: str
    from_words: str
    to_words: str
    sentence: str
    old_rule: RuleRef
    new_rule: RuleRef
    region: Region
    edit: Edit | None
    witness: Witness
    vignettes: tuple[str, ...]
    hazards: tuple[str, ...]
    signoff: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """Change classes with equal regions, shown together. `direction` is the worst among them."""

    id: str
    direction: str
    title: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleEdit:
    """One edit of the rules and every change class behind which it stands: the story a reviewer reads first.

    `direction` is the worst among its classes.
    """

    old_rules: tuple[RuleRef, ...]
    new_rules: tuple[RuleRef, ...]
    edit: Edit
    direction: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutputCounts:
    """Numbers of change classes of one output, by direction, and of unknown-related changes."""

    output: str
    label: str
    less_urgent: int
    more_urgent: int
    gained: int
    lost: int
    lateral: int
    scope: int
    constraint: int
    newly_undecided: int
    newly_decided: int


@dataclass(frozen=True, slots=True)
class UnknownChange:
    """How missing information changes an output: newly_undecided, newly_decided, wider, narrower or moved.

    The witness case leaves `unknown` findings open; `old`/`new` are the values possible for it.
    """

    output: str
    element: str
    label: str
    kind: str
    case: CaseJson
    shown: tuple[str, ...]
    unknown: tuple[str, ...]
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HealthItem:
    """A fault of a decision table, or an assumption that hides something, that one or both editions have.

    `findings`: the finding that an assumption is about; an assumption has an item for each output.
    """

    code: str
    name: str
    severity: str
    message: str
    rules: tuple[str, ...]
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Health:
    """Table-health findings by whether the change introduced, resolved or kept them."""

    introduced: tuple[HealthItem, ...]
    resolved: tuple[HealthItem, ...]
    kept: tuple[HealthItem, ...]


@dataclass(frozen=True, slots=True)
class VignetteChange:
    """A vignette whose outcome differs between the editions: output label, old words, new words."""

    id: str
    title: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class VignetteSummary:
    """Vignettes and the change.

    `new`: expect something of the new edition and nothing of the old one; `failing`: do not get what they expect of the
    new edition; `orphaned`: expect something of the old edition only; `uncovered`: change classes no vignette lies in.
    """

    changed: tuple[VignetteChange, ...]
    new: tuple[str, ...]
    failing: tuple[str, ...]
    orphaned: tuple[str, ...]
    uncovered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnchangedEdit:
    """A rule that was touched although nothing about it changed for any patient: `what` was touched, in words.

    Instead of a rule also `parameter NAME`, or `the guideline` for what is told of an edition as a whole.
    """

    old_rule: str
    new_rule: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RedefinedOutput:
    """An output that the vocabularies of two editions define otherwise; `what` in words.

    `entails`: what follows from the rules may differ though no rule does; else only how changes are weighed.
    """

    output: str
    label: str
    what: tuple[str, ...]
    entails: bool
    fingerprint: str


@dataclass(frozen=True, slots=True)
class TouchedHazard:
    """A hazard that change classes touch, or whose controls the change takes away or adds.

    The risks are those of the hazard log, without and with all its controls. Controls are rules: of the old edition
    those that are lost, of the new one those that are kept (they succeed a control) or gained.
    """

    id: str
    title: str
    initial_risk: str
    residual_risk: str
    classes: tuple[str, ...]
    controls_kept: tuple[str, ...]
    controls_lost: tuple[str, ...]
    controls_gained: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """Both editions in plain words, for reading side by side, and which rule succeeds which."""

    old: ShownGuideline
    new: ShownGuideline
    successors: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class DiffBody:
    """The whole comparison. `equivalent` is None if it could not be decided within the budget.

    `compares` tells this result from that of several guidelines. `test_strength` and `population` are None where they
    were not measured; `properties` are those declared between the two editions. `bump_enough` is by the rule of
    `versioning` (semver or calendar) that the new edition declares, None where the new edition is the older one.
    `hazards` is None where no hazard log was read. `property_changes` are those of each edition by itself, before and
    after; `trace` and `signoff` join the changed rules and classes to their links and records. None: not measured.
    `redefined`: outputs from which other things follow than before; one that `entails` keeps editions from being equal.
    """

    old: str
    new: str
    equivalent: bool | None
    verdict: str
    required_bump: str
    declared_bump: str
    versioning: str
    bump_enough: bool | None
    counts: tuple[OutputCounts, ...]
    changes: tuple[ChangeClass, ...]
    cards: tuple[Card, ...]
    edits: tuple[RuleEdit, ...]
    unknowns: tuple[UnknownChange, ...]
    properties: tuple[CheckedProperty, ...]
    health: Health
    vignettes: VignetteSummary
    test_strength: TestStrength | None
    population: None
    unchanged_edits: tuple[UnchangedEdit, ...]
    tables: Tables
    lateral_assumption: str
    hazards: tuple[TouchedHazard, ...] | None = None
    area: Area | None = None
    explorer: Explorer | None = None
    compares: str = "editions"
    property_changes: tuple[PropertyChange, ...] | None = None
    trace: ChangedTrace | None = None
    signoff: Signoff | None = None
    redefined: tuple[RedefinedOutput, ...] = ()
