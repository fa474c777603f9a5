"""Results of `redflag check`, and of `redflag show` for one edition."""

from dataclasses import dataclass

from redflag_kit.results.audit import DefaultAudit, MustAssess
from redflag_kit.results.properties import CheckedProperty
from redflag_kit.results.region import Region


@dataclass(frozen=True, slots=True)
class CheckedGuideline:
    """A guideline that loaded, with its size and the digest of its meaning."""

    id: str
    version: str
    path: str
    digest: str
    decisions: int
    rules: int
    title: str


@dataclass(frozen=True, slots=True)
class CheckedModel:
    """A decision model in DMN that was read, with its size; `version` is that of DMN."""

    name: str
    path: str
    version: str
    decisions: int
    tables: int
    rules: int


@dataclass(frozen=True, slots=True)
class TableFinding:
    """A fault of a decision table, found exactly. `kind` is the field's word for it: gap, overlap, masked, ...

    Of a DMN model `guideline` is its name, and `rules` are numbers from 1.
    `others`: rules that make it so (that mask, contradict or repeat `rules`). `share`: the region's part of all legal
    combinations in scope, every value of a finding weighed alike; it is no share of patients. `waived`: why the
    authors accept it, if they do.
    """

    code: str
    kind: str
    severity: str
    guideline: str
    decision: str
    message: str
    rules: tuple[str, ...]
    others: tuple[str, ...]
    region: Region | None
    share: str | None
    witness: dict[str, object] | None
    waived: str


@dataclass(frozen=True, slots=True)
class CheckBody:
    """What `check` found; `properties` is empty where a project declares none, the audits where nothing is assumed."""

    guidelines: tuple[CheckedGuideline, ...]
    findings: tuple[TableFinding, ...]
    properties: tuple[CheckedProperty, ...]
    default_audit: tuple[DefaultAudit, ...]
    must_assess: tuple[MustAssess, ...]
    vocabularies: tuple[str, ...]
    vignettes: int
    models: tuple[CheckedModel, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """One citation as shown beside a rule."""

    cite: str
    row: str
    status: str
    strength: str
    certainty: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule in plain words, beside its evidence."""

    id: str
    title: str
    when: str
    then: str
    state: str
    exceptions: tuple[str, ...]
    evidence: tuple[ShownEvidence, ...]
    assumptions: tuple[str, ...]
    claims: tuple[str, ...]
    note: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A decision table in plain words; `state` of a rule is runs, otherwise or inert."""

    id: str
    question: str
    hit_policy: str
    rules: tuple[ShownRule, ...]


@dataclass(frozen=True, slots=True)
class ShownGuideline:
    """A guideline in plain words."""

    id: str
    version: str
    title: str
    publisher: str
    published: str
    status: str
    intended_use: str
    scope: str
    covers: tuple[str, ...]
    parameters: tuple[tuple[str, str, str, str, str], ...]
    definitions: tuple[tuple[str, str], ...]
    assumptions: tuple[tuple[str, str], ...]
    scores: tuple[tuple[str, str], ...]
    tables: tuple[ShownTable, ...]
    sources: tuple[tuple[str, str, str], ...]
    digest: str
