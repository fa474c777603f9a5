"""Hazards: what may happen to a patient, how grave and how likely it is judged to be, and what controls it."""

from dataclasses import dataclass

from redflag_kit.diagnostics.span import Span
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.property import Editions


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a scale of the risk matrix: of severity, of likelihood, or a class of risk."""

    id: str
    means: str


@dataclass(frozen=True, slots=True)
class RiskClass:
    """What a matrix makes of a severity and a likelihood. `number` counts classes from the lowest, 1."""

    id: str
    number: int
    means: str

    @property
    def text(self) -> str:
        """Return the class as reports show it, e.g. `3 undesirable`."""
        return f"{self.number} {self.id.replace('_', ' ')}"


@dataclass(frozen=True, slots=True)
class RiskMatrix:
    """Scales, lowest first, and the class of every pair of severity and likelihood."""

    cite: tuple[str, ...]
    severity: tuple[Step, ...]
    likelihood: tuple[Step, ...]
    classes: tuple[Step, ...]
    table: dict[tuple[str, str], str]

    def risk(self, severity: str, likelihood: str) -> RiskClass:
        """Return the class of a pair."""
        name = self.table[severity, likelihood]
        number, step = next((n, one) for n, one in enumerate(self.classes, start=1) if one.id == name)
        return RiskClass(step.id, number, step.means)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A judged step of a scale, with its reason."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class RuleControl:
    """Rules of some editions of a guideline that keep a hazard from happening."""

    editions: Editions
    rules: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Hazard:
    """What may happen to a patient. `before` and `after` are likelihoods without and with the controls.

    `vignettes` show the controls at work; `other` are controls in words that no file of the project holds.
    """

    id: str
    title: str
    happens: str
    causes: tuple[str, ...]
    effect: str
    severity: Estimate
    before: Estimate
    after: Estimate
    cite: tuple[str, ...]
    rules: tuple[RuleControl, ...]
    properties: tuple[str, ...]
    vignettes: tuple[str, ...]
    other: tuple[str, ...]
    span: Span

    def controlled_by(self, guideline: Guideline) -> tuple[str, ...]:
        """Return the rules of an edition that are named as controls."""
        named = (rule for one in self.rules if one.editions.include(guideline) for rule in one.rules)
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class HazardLog:
    """The hazards of the guidelines over one vocabulary. `judgement` says who judged, and how."""

    vocabulary: str
    judgement: str
    matrix: RiskMatrix
    hazards: tuple[Hazard, ...]
    span: Span

    def initial(self, hazard: Hazard) -> RiskClass:
        """Return the risk without controls."""
        return self.matrix.risk(hazard.severity.step, hazard.before.step)

    def residual(self, hazard: Hazard) -> RiskClass:
        """Return the risk with the controls."""
        return self.matrix.risk(hazard.severity.step, hazard.after.step)
