"""The shape of a register of claims, as strict pydantic models."""

from typing import Annotated, Literal

from pydantic import Field

from redflag_kit.source.documents import Document, EvidenceStatus


class ClaimDoc(Document):
    """One statement of a text, paraphrased."""

    id: str = Field(description="the name of its group, `-` and a number: SEED-01")
    section: str = Field(description="where it stands in the text")
    says: str = Field(description="the claim in your own words")
    verdict: EvidenceStatus
    why: str = Field(description="what the verdict rests on")
    sources: list[str] = Field([])
    statistic: bool = Field(False, description="it quotes figures")
    figures: list[str] = Field([], description="the figures as texts, such as `83 %`")
    vignettes: list[str] = Field([])
    properties: list[str] = Field([])
    no_rule: str | None = Field(None, description="why nothing implements it")


class ContradictionDoc(Document):
    """Claims that cannot all be followed."""

    id: str
    says: str
    claims: list[str]
    patient: str = Field(description="a patient for whom they clash")
    vignettes: list[str]


class ClaimsDoc(Document):
    """`redflag/claims/1`."""

    schema_: Annotated[Literal["redflag/claims/1"], Field(alias="schema")]
    vocabulary: str
    title: str
    groups: dict[str, str] = Field(description="first part of an id -> what its claims are called")
    sections: dict[str, str] = Field(description="section -> its title in the text")
    claims: list[ClaimDoc]
    contradictions: list[ContradictionDoc] = Field([])
    note: str = ""
