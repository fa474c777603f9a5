"""The shape of a sign-off record, as strict pydantic models."""

from typing import Annotated, Literal

from pydantic import Field

from redflag_kit.source.documents import Document


class CoveredDoc(Document):
    """A change that the record decides."""

    fingerprint: str = Field(description="`sha256:` and 64 digits, as `redflag diff` and `redflag gate` show it")
    what: str = Field(description="the change in words, for people; the fingerprint is what counts")


class ConditionDoc(Document):
    """What must be true for the approval to count."""

    text: str
    met: str = Field("", description="how it was met; the approval does not count before")


class EditionDoc(Document):
    """An edition as it was when it was signed."""

    version: str
    digest: str = Field(description="`sha256:` and 64 digits: its meaning")


class ApprovalDoc(Document):
    """`redflag/approval/1`."""

    schema_: Annotated[Literal["redflag/approval/1"], Field(alias="schema")]
    id: str = Field(description="no other record has it")
    guideline: str = Field("", description="the id of a guideline; left out for what concerns no single one")
    decision: Literal["approve", "reject", "violation"]
    who: str = Field(description="`Name <mail>`, as git writes it")
    role: str = Field(description="such as clinical-safety")
    date: str = Field(description="year-month-day")
    expires: str = Field("", description="the day from which an approval no longer counts")
    rationale: str = Field(description="why")
    conditions: list[ConditionDoc] = Field([])
    old: EditionDoc | None = Field(None, description="the edition before the change")
    new: EditionDoc | None = Field(None, description="the edition after it")
    covers: list[CoveredDoc] = Field([], description="the changes that are approved or rejected")
    versions: str | int = Field("", description="of a violation: 2026, 2026.0 to 2026.2, at_least 2026 or at_most 2026")
    withdraws: list[str] = Field([], description="ids of earlier records of the same person and role")
