"""One edition of one guideline."""

from dataclasses import dataclass, field
from enum import StrEnum

from redflag_kit.diagnostics.codes import Code
from redflag_kit.diagnostics.span import NOWHERE, Span
from redflag_kit.model.condition import Condition
from redflag_kit.model.evidence import Assumption, Evidence, Parameter, Source
from redflag_kit.model.vocabulary import Assume, Constraint, Output, Vocabulary
from redflag_kit.terms.version import Version


class HitPolicy(StrEnum):
    """DMN's names for what happens when several rules of a decision table fire."""

    UNIQUE = "UNIQUE"
    ANY = "ANY"
    PRIORITY = "PRIORITY"
    FIRST = "FIRST"
    COLLECT = "COLLECT"


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a rule writes to one output: one level, or the elements it adds to a set.

    `span` is the whole entry, `values_span` what stands after the output.
    """

    output: str
    values: tuple[str, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    values_span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class RulePlaces:
    """Where a rule stands as a whole, where what it recommends, and where each rule that it names in an exception."""

    whole: Span = NOWHERE
    then: Span = NOWHERE
    unless: tuple[Span, ...] = ()
    overrides: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of a decision table. `then` is empty for `then: silent` and for inert rules."""

    id: str
    title: str
    when: Condition
    then: tuple[Assignment, ...]
    unless: tuple[str, ...]
    overrides: tuple[str, ...]
    replaces: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    assumptions: tuple[str, ...]
    claims: tuple[str, ...]
    inert: str
    note: str
    span: Span
    places: RulePlaces = field(default=RulePlaces(), compare=False, repr=False)

    def writes(self, output: str) -> tuple[str, ...]:
        """Return what the rule writes to an output, nothing if it does not mention it."""
        return next((a.values for a in self.then if a.output == output), ())


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision table: rules, a hit policy, and what holds when no rule fires.

    `otherwise` is None where the author declared nothing. Inert rules are kept apart: they are shown, never run.
    `outputs` is the order of first mention, which is also PRIORITY's order.
    """

    id: str
    question: str
    hit_policy: HitPolicy
    rules: tuple[Rule, ...]
    otherwise: tuple[Rule, ...] | None
    inert: tuple[Rule, ...]
    outputs: tuple[str, ...]
    span: Span
    policy_span: Span = field(default=NOWHERE, compare=False, repr=False)

    def running(self) -> tuple[Rule, ...]:
        """Return the rules that run, those of `otherwise` last."""
        return (*self.rules, *(self.otherwise or ()))


@dataclass(frozen=True, slots=True)
class Points:
    """Points a score adds where the condition holds. `span` is where their number stands, `whole` the entry."""

    when: Condition
    points: int
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    whole: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Score:
    """A sum of points, with named bands over the sums."""

    id: str
    question: str
    points: tuple[Points, ...]
    bands: tuple[tuple[str, int, int], ...]
    span: Span
    bands_span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding of the analysis that the authors accept: its check, the rules and findings it names, and why.

    `decision` is empty where the waiver stands in no decision.
    """

    check: Code
    decision: str
    rules: frozenset[str]
    findings: frozenset[str]
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class Superseded:
    """An output that an edition replaces in earlier editions without covering it."""

    output: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Guideline:
    """An edition: scope, parameters, definitions and decisions, all names resolved.

    `scores` come before the rules that read them and `decisions` are in an order in which each comes after
    those it reads. `outputs` holds the covered vocabulary outputs and the local ones, `covers` only the covered; an
    edition restricted to a part keeps in `outputs` what its tables write for each other alone.
    `assume` is the effective policy for unknown findings; `own_policies` are the findings for which the edition states
    one itself, at `policies_span`. `versioning` is semver or calendar. `published` and
    `withdrawn` (empty if it was not, or nobody knows when) are dates, year-month-day.
    """

    id: str
    version: Version
    title: str
    publisher: str
    published: str
    status: str
    intended_use: str
    vocabulary: Vocabulary
    cite: tuple[str, ...]
    covers: tuple[str, ...]
    outputs: dict[str, Output]
    scope: Condition
    parameters: dict[str, Parameter]
    definitions: dict[str, Condition]
    assumptions: dict[str, Assumption]
    assume: dict[str, Assume]
    constraints: tuple[Constraint, ...]
    scores: tuple[Score, ...]
    decisions: tuple[Decision, ...]
    sources: dict[str, Source]
    path: str
    span: Span
    versioning: str = "semver"
    waivers: tuple[Waiver, ...] = ()
    supersedes: tuple[Superseded, ...] = ()
    withdrawn: str = ""
    own_policies: tuple[str, ...] = field(default=(), compare=False, repr=False)
    policies_span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def name(self) -> str:
        """Return `id@version`."""
        return f"{self.id}@{self.version}"

    def rules(self) -> tuple[Rule, ...]:
        """Return every rule that runs, `otherwise` rules included, in file order per decision."""
        return tuple(rule for decision in self.decisions for rule in decision.running())

    def inert_rules(self) -> dict[str, Rule]:
        """Return the rules that are cited and never run, by id."""
        return {rule.id: rule for decision in self.decisions for rule in decision.inert}
