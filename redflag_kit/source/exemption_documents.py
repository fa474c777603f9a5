"""The shape of a file of exempted mutants, as strict pydantic models."""

from typing import Annotated, Literal

from pydantic import Field

from redflag_kit.source.documents import Document


class ExemptDoc(Document):
    """A mutant that no vignette needs to notice."""

    id: str = Field(description="the id of the mutant, as `redflag mutate` shows it")
    reason: str = Field(description="why no vignette needs to notice it")


class MutantsDoc(Document):
    """`redflag/mutants/1`."""

    schema_: Annotated[Literal["redflag/mutants/1"], Field(alias="schema")]
    guideline: str = Field(description="the edition, id@version")
    exempt: list[ExemptDoc]
    note: str = ""
