"""The shapes of authored files, as strict pydantic models: which keys there are and what kind of value each takes.

Names, units and conditions are read by the builders that come after; here they are text (or any node).
"""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

Number = int | Decimal
QuantityText = Annotated[str | int | Decimal, WithJsonSchema({"type": ["string", "number"]})]
ConditionNode = Annotated[Any, WithJsonSchema({"$ref": "#/$defs/Condition"})]
TestNode = Annotated[Any, WithJsonSchema({"$ref": "#/$defs/Test"})]
EvidenceStatus = Literal["supported", "partly", "contradicted", "not_found", "category_error", "opinion"]
OneOrMany = str | list[str]


class Document(BaseModel):
    """A part of an authored file: unknown keys are faults, values are never coerced."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ParameterDoc(Document):
    """A named number with its source."""

    value: QuantityText = Field(description="a number with its unit, such as `50 a`")
    cite: str
    evidence: EvidenceStatus
    note: str = ""


class CodingDoc(Document):
    """A code of a public terminology."""

    system: str
    code: str
    status: Literal["ok", "unverified"]
    note: str = ""


class AssumeDoc(Document):
    """The value taken for a finding of which nothing is known."""

    assume: str | int | Decimal
    reason: str
    evidence: EvidenceStatus
    cite: str | None = None


class FindingDoc(Document):
    """Something that can be asked, measured or examined."""

    type: Literal["yes_no", "choice", "integer", "number"]
    ask: str = Field(description="the plain question")
    label: str | None = Field(None, description="a short noun phrase for reports")
    values: list[str] | None = None
    range: str | None = Field(None, description="`0 to 120`, both ends included")
    unit: str = Field("1", description="a UCUM unit")
    step: Number | None = Field(None, description="the resolution of a number")
    clean: str | int | Decimal | None = None
    example: str | int | Decimal | None = None
    on_unknown: Literal["ask"] | AssumeDoc = "ask"
    says: dict[str, str] = {}
    codes: list[CodingDoc] = []
    note: str = ""


class DerivedDoc(Document):
    """A named condition that every guideline over the vocabulary may use."""

    version: str
    title: str
    when: ConditionNode
    cite: str | None = None
    note: str = ""


class ConstraintDoc(Document):
    """A combination that cannot occur: `if`/`then`, or `compare`."""

    id: str
    title: str
    if_: Annotated[ConditionNode | None, Field(alias="if")] = None
    then: ConditionNode | None = None
    compare: list[str] | None = Field(None, description="[finding, at_most, finding]")
    cite: str | None = None
    evidence: EvidenceStatus | None = None
    note: str = ""


class ScaleDoc(Document):
    """Ordered levels, least urgent first."""

    levels: list[str]
    against: str | None = None
    lateral: list[list[str]] = []
    says: dict[str, str] = {}
    note: str = ""


class OutputDoc(Document):
    """A recommendation: ordered on a scale, or a set."""

    scale: str | None = None
    set: list[str] | None = None
    label: str | None = None
    short: str = Field("", description="the label where space is scarce, such as `MRI`")
    combine: Literal["highest", "lowest"] = "highest"
    satisfied_by: list[str] = []
    says: dict[str, str] = {}
    note: str = ""


class VocabularyDoc(Document):
    """`redflag/vocabulary/1`."""

    schema_: Annotated[Literal["redflag/vocabulary/1"], Field(alias="schema")]
    id: str
    version: str
    title: str = ""
    parameters: dict[str, ParameterDoc] = {}
    findings: dict[str, FindingDoc]
    derived: dict[str, DerivedDoc] = {}
    constraints: list[ConstraintDoc] = []
    scales: dict[str, ScaleDoc] = {}
    headline: list[str] = Field([], description="the scales that a matrix of many patients tells, most telling first")
    outputs: dict[str, OutputDoc]


class SourceDoc(Document):
    """An entry of the bibliography (CSL names) and how far it was read."""

    type: str
    title: str
    author: list[str] = []
    publisher: str = ""
    container_title: Annotated[str, Field(alias="container-title")] = ""
    issued: str | int = ""
    DOI: str = ""
    URL: str = ""
    volume: str | int = ""
    issue: str | int = ""
    page: str | int = ""
    PMID: str | int = ""
    PMCID: str = ""
    read: Literal["table", "abstract", "secondary", "memory", "not_read"]
    note: str = ""


class SourcesDoc(Document):
    """`redflag/sources/1`."""

    schema_: Annotated[Literal["redflag/sources/1"], Field(alias="schema")]
    sources: dict[str, SourceDoc]


class EvidenceDoc(Document):
    """One citation on a rule."""

    cite: str
    row: str = ""
    status: EvidenceStatus
    strength: Literal["strong", "conditional", "weak", "ungraded", "unknown"] = "unknown"
    certainty: Literal["high", "moderate", "low", "very_low", "unknown"] = "unknown"
    note: str = ""


class RuleDoc(Document):
    """A row of a decision table."""

    id: str
    title: str
    when: ConditionNode | None = None
    then: Literal["silent"] | dict[str, OneOrMany] | None = None
    unless: list[str] = []
    overrides: list[str] = []
    replaces: list[str] = []
    evidence: list[EvidenceDoc] = []
    assumptions: list[str] = []
    claims: list[str] = []
    inert: str | None = None
    note: str = ""


class PointsDoc(Document):
    """Points a score adds where a condition holds."""

    when: ConditionNode
    points: int


class ScoreDoc(Document):
    """A sum of points with optional bands."""

    points: list[PointsDoc]
    bands: dict[str, str | int] = {}


class WaiverDoc(Document):
    """A finding of the analysis that is known and accepted."""

    check: str = Field(description="the id or name of a check of the RF3 family")
    rules: list[str] = []
    findings: list[str] = []
    reason: str


class DecisionDoc(Document):
    """A decision table or a score."""

    id: str
    question: str
    hit_policy: Literal["UNIQUE", "ANY", "PRIORITY", "FIRST", "COLLECT"] | None = None
    outputs: list[str] = Field([], description="the order of the outputs, which is PRIORITY's order")
    rules: list[RuleDoc] = []
    otherwise: Literal["silent"] | list[RuleDoc] | None = None
    score: ScoreDoc | None = None
    waive: list[WaiverDoc] = []
    note: str = ""


class AssumptionDoc(Document):
    """A reading that the source does not settle."""

    text: str
    evidence: EvidenceStatus
    cite: str | None = None


class GuidelineDoc(Document):
    """`redflag/guideline/1`."""

    schema_: Annotated[Literal["redflag/guideline/1"], Field(alias="schema")]
    id: str
    version: str
    title: str
    publisher: str
    published: str
    withdrawn: str | None = Field(None, description="the date from which a retired edition no longer counts")
    status: Literal["draft", "active", "retired"]
    intended_use: str
    vocabulary: str
    versioning: Literal["semver", "calendar"] = "semver"
    cite: list[str] = []
    covers: list[str]
    supersedes: list[str] = Field([], description="outputs that it replaces in earlier editions without covering them")
    scope: ConditionNode
    scope_cite: list[str] = []
    assumptions: dict[str, AssumptionDoc] = {}
    parameters: dict[str, ParameterDoc] = {}
    definitions: dict[str, ConditionNode] = {}
    on_unknown: dict[str, Literal["ask"] | AssumeDoc] = {}
    constraints: list[ConstraintDoc] = []
    scales: dict[str, ScaleDoc] = {}
    outputs: dict[str, OutputDoc] = {}
    decisions: list[DecisionDoc]
    waive: list[WaiverDoc] = []
    note: str = ""


class ExpectationDoc(Document):
    """What one guideline should say of a vignette."""

    outcomes: Annotated[Any, WithJsonSchema({"$ref": "#/$defs/Outcomes"})]
    because: list[str] = []
    reason: str = ""
    others: Literal["silent", "any"] = "silent"


class VignetteDoc(Document):
    """A written patient."""

    id: str
    title: str
    source: str = ""
    narrative: str
    tags: list[str] = []
    findings: dict[str, Annotated[Any, WithJsonSchema({"$ref": "#/$defs/Stated"})]]
    unmentioned: Literal["unknown", "absent"] = "unknown"
    truth: str = ""
    expect: Literal["TODO"] | dict[str, ExpectationDoc]


class VignettesDoc(Document):
    """`redflag/vignettes/1`."""

    schema_: Annotated[Literal["redflag/vignettes/1"], Field(alias="schema")]
    vocabulary: str
    vignettes: list[VignetteDoc]


class FloorDoc(Document):
    """A row of a floor."""

    when: ConditionNode
    at_least: dict[str, str]


class MonotoneDoc(Document):
    """Steps that must not lower outputs."""

    adding: list[Annotated[Any, WithJsonSchema({"$ref": "#/$defs/Step"})]]
    outputs: list[str]
    within: ConditionNode | None = None


class KnownDoc(Document):
    """A documented violation."""

    guideline: str = Field("", description="an edition: `acp@2011`; left out with `between`")
    where: ConditionNode | None = Field(None, description="the patients for whom it is known (default: all)")
    reason: str
    cite: list[str]


class BetweenDoc(Document):
    """Two editions, each with the start of its version: `red_flags@2026.0`."""

    old: str
    new: str


class PropertyDoc(Document):
    """A safety property; exactly one of always, never, when/then, monotone, floor, unknown_safety.

    With `between`, exactly one of then_new, never_new, never_less_urgent.
    """

    id: str
    title: str
    hazard: str = Field(description="what happens to a patient if it does not hold")
    hazards: list[str] = Field([], description="the entries of the hazard log that it controls: HZ-01")
    cite: list[str] = []
    assumption: str = Field("", description="what it rests on where no source says it")
    applies_to: OneOrMany = Field(
        "in_force", description="in_force, all, or editions: acp, acp@2011, acp@2007 to 2011, acp@at_least 2011"
    )
    between: BetweenDoc | None = Field(None, description="the two editions, instead of `applies_to`")
    values: Literal["entailed", "written"] = "entailed"
    always: ConditionNode | None = None
    never: ConditionNode | None = None
    when: ConditionNode | None = None
    then: ConditionNode | None = None
    monotone: MonotoneDoc | None = None
    floor: list[FloorDoc] | None = None
    unknown_safety: list[str] | None = Field(None, description="the ordered outputs that are meant")
    when_old: ConditionNode | None = Field(
        None, description="whom it is about: findings, and what the old edition says"
    )
    then_new: ConditionNode | None = Field(None, description="what the new edition must say of them, and be in scope")
    never_new: ConditionNode | None = Field(None, description="what the new edition must not say of them")
    never_less_urgent: list[str] | None = Field(None, description="ordered outputs that must not become less urgent")
    known: list[KnownDoc] = []
    note: str = ""


class PropertiesDoc(Document):
    """`redflag/properties/1`."""

    schema_: Annotated[Literal["redflag/properties/1"], Field(alias="schema")]
    vocabulary: str
    parameters: dict[str, ParameterDoc] = {}
    definitions: dict[str, ConditionNode] = {}
    properties: list[PropertyDoc]
    note: str = ""
