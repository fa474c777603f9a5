"""Result of `redflag trace`: the chain from evidence over rule, vignette and property to hazard."""

from dataclasses import dataclass

from redflag_kit.results.check import ShownEvidence


@dataclass(frozen=True, slots=True)
class TracedMiss:
    """A vignette that misses a rule by one answer, and the findings of which one alone would make the rule fire."""

    vignette: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TracedClaim:
    """A claim that a rule implements, with the verdict on it; the verdict is empty where no register has the claim."""

    id: str
    verdict: str


@dataclass(frozen=True, slots=True)
class TracedRule:
    """A rule with everything the chain joins to it. `state`: runs or otherwise.

    `fires`, `may` and `missed`: vignettes that expect something of the edition. `can_be_missed`: some patient just
    misses the rule. `properties`: those that apply to the edition and read an output that the rule bears on.
    `hazards`: those whose controls name the rule.
    """

    id: str
    title: str
    state: str
    evidence: tuple[ShownEvidence, ...]
    claims: tuple[TracedClaim, ...]
    fires: tuple[str, ...]
    may: tuple[str, ...]
    missed: tuple[TracedMiss, ...]
    can_fire: bool
    can_be_missed: bool
    properties: tuple[str, ...]
    hazards: tuple[str, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class TracedGuideline:
    """An edition with its rules, in file order. `in_force`: the outputs that it is in force for."""

    id: str
    version: str
    title: str
    status: str
    in_force: tuple[str, ...]
    vignettes: int
    rules: tuple[TracedRule, ...]


@dataclass(frozen=True, slots=True)
class TracedProperty:
    """A safety property, the editions in which it guards a rule, and the hazards it controls."""

    id: str
    title: str
    kind: str
    guidelines: tuple[str, ...]
    hazards: tuple[str, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class TracedControl:
    """What controls a hazard. `kind`: rule, property or vignette; `guideline` is the edition of a rule, else empty."""

    kind: str
    guideline: str
    id: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class TracedHazard:
    """A hazard with its judged severity and likelihoods, the risk that the matrix makes of them, and its controls."""

    id: str
    title: str
    happens: str
    causes: tuple[str, ...]
    effect: str
    severity: str
    likelihood_before: str
    likelihood_after: str
    reasons: tuple[str, ...]
    initial_risk: str
    residual_risk: str
    cite: tuple[str, ...]
    controls: tuple[TracedControl, ...]
    other_controls: tuple[str, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class TracedMatrix:
    """A risk matrix: its scales, lowest first, and the class of risk of each severity (row) and likelihood."""

    vocabulary: str
    judgement: str
    cite: tuple[str, ...]
    severity: tuple[str, ...]
    likelihood: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UncitedSource:
    """A source of the bibliography that nothing cites."""

    id: str
    title: str
    read: str


@dataclass(frozen=True, slots=True)
class TraceBody:
    """The chain of the editions asked for; hazards, properties and matrices of the whole project."""

    guidelines: tuple[TracedGuideline, ...]
    properties: tuple[TracedProperty, ...]
    hazards: tuple[TracedHazard, ...]
    matrices: tuple[TracedMatrix, ...]
    uncited: tuple[UncitedSource, ...]


@dataclass(frozen=True, slots=True)
class ChangedTrace:
    """The chain of the rules that decide a change or were edited: of the old edition, and of the new one."""

    old: tuple[TracedRule, ...]
    new: tuple[TracedRule, ...]
