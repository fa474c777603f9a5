"""Results of safety properties."""

from dataclasses import dataclass

from redflag_kit.results.case import CaseJson


@dataclass(frozen=True, slots=True)
class PropertyWitness:
    """A patient or case that breaks a property.

    `outputs`: what the guideline says of the outputs that matter; `wanted`: the levels a floor asks for. Of a step,
    `finding` moves from `before` to `after`, and `instead` is what is said then. `not_assessed`: findings the case
    leaves open; `completion` is then how it may turn out, and `instead` what is said then. Between two editions,
    `outputs` and `old_rules` are of the old one, `instead` and `rules` of the new one.
    """

    case: CaseJson
    text: str
    says: str
    outputs: dict[str, str]
    wanted: dict[str, str]
    instead: dict[str, str]
    rules: tuple[str, ...]
    finding: str | None
    before: str | int | None
    after: str | int | None
    not_assessed: tuple[str, ...]
    completion: CaseJson | None
    smallest: bool
    old_rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownViolation:
    """A documented violation: its reason and sources, and where it is documented."""

    reason: str
    cite: tuple[str, ...]
    where: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class CheckedProperty:
    """A property for one guideline. `result`: proved, refuted, not_decided, or not_covered (none of its outputs is).

    Refuted with `known`: the violation is documented. A guideline that also breaks the property in a way that is not
    documented has a second entry without `known`. Between two editions `guideline` is the new one and `old` the other.
    """

    id: str
    guideline: str
    result: str
    counterexample: PropertyWitness | None
    known: KnownViolation | None
    title: str
    kind: str
    hazard: str
    cite: tuple[str, ...]
    assumption: str
    not_covered: tuple[str, ...]
    file: str
    line: int
    old: str = ""


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """A safety property of single editions, before and after the change.

    `change`, worst first: broken (by the new edition and not by the old one), undecided (not decided any more), dropped
    (the new edition gives none of its outputs), kept, proved (newly), mended (broken by the old edition only).
    `old`/`new`: its results; empty where it cannot be asked, because the vocabulary lacks a finding or output it reads.
    `old_applies`/`new_applies`: the property is declared for the edition; for the other one it is decided to compare.
    """

    id: str
    change: str
    title: str
    hazard: str
    hazards: tuple[str, ...]
    old: tuple[CheckedProperty, ...]
    new: tuple[CheckedProperty, ...]
    old_applies: bool
    new_applies: bool
