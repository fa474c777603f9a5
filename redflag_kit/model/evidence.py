"""Evidence: sources, citations on rules, parameters and assumptions."""

from dataclasses import dataclass, field
from fractions import Fraction

from redflag_kit.diagnostics.span import NOWHERE, Span

EVIDENCE_STATUSES = ("supported", "partly", "contradicted", "not_found", "category_error", "opinion")


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the bibliography and how far it was read."""

    id: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    container: str
    issued: str
    doi: str
    url: str
    read: str
    note: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Evidence:
    """One citation on a rule. Strength and certainty are GRADE's terms; `status` is our verdict on the claim."""

    cite: str
    row: str
    status: str
    strength: str
    certainty: str
    note: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named number with its source; `value` in `unit`, exactly as written at `value_span`."""

    id: str
    value: Fraction
    unit: str
    cite: str
    evidence: str
    note: str
    span: Span
    value_span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Assumption:
    """A reading that the source does not settle, declared once."""

    id: str
    text: str
    evidence: str
    cite: str | None
    span: Span
