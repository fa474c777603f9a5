"""The shape of a hazard log: the risk matrix, and hazards with their controls."""

from typing import Annotated, Literal

from pydantic import Field

from redflag_kit.source.documents import Document


class StepDoc(Document):
    """A step of a scale of the risk matrix."""

    id: str
    means: str


class MatrixDoc(Document):
    """Severity and likelihood, lowest first, and the class of risk that each pair has."""

    cite: list[str]
    severity: list[StepDoc]
    likelihood: list[StepDoc]
    classes: list[StepDoc] = Field(description="classes of risk, lowest first")
    table: dict[str, dict[str, str]] = Field(description="{severity: {likelihood: class}}")
    note: str = ""


class EstimateDoc(Document):
    """How grave or how likely a hazard is judged to be."""

    is_: Annotated[str, Field(alias="is", description="a step of the scale")]
    reason: str


class ControlsDoc(Document):
    """What keeps a hazard from happening, and what shows that it does."""

    rules: dict[str, list[str]] = Field({}, description="{editions: [rule ids]}: acp@2011, acp@2007 to 2011")
    properties: list[str] = Field([])
    vignettes: list[str] = Field([])
    other: list[str] = Field([], description="controls in words that no file of the project holds")


class HazardDoc(Document):
    """What may happen to a patient."""

    id: str
    title: str
    happens: str = Field(description="what happens")
    causes: list[str]
    effect: str = Field(description="what it does to the patient")
    severity: EstimateDoc
    likelihood_before: EstimateDoc = Field(description="without the controls")
    likelihood_after: EstimateDoc = Field(description="with the controls")
    cite: list[str] = Field([])
    controls: ControlsDoc
    note: str = ""


class HazardsDoc(Document):
    """`redflag/hazards/1`."""

    schema_: Annotated[Literal["redflag/hazards/1"], Field(alias="schema")]
    vocabulary: str
    judgement: str = Field(description="who judged severity and likelihood, and how")
    matrix: MatrixDoc
    hazards: list[HazardDoc]
    note: str = ""
