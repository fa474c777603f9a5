"""Results of `redflag mutate`: how many small faults of the guidelines their vignettes notice."""

from dataclasses import dataclass

from redflag_kit.results.case import CaseJson

KILLED, EQUIVALENT, SURVIVED, EXEMPTED, NOT_DECIDED = "killed", "equivalent", "survived", "exempted", "not_decided"
STATES = (SURVIVED, NOT_DECIDED, EXEMPTED, EQUIVALENT, KILLED)
"""Worst first."""


@dataclass(frozen=True, slots=True)
class OutcomePair:
    """What comes out of one output for a witness, from the guideline and from its mutant."""

    output: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MutantWitness:
    """A case that tells a mutant from its guideline; what differs was read again by the literal interpreter."""

    case: CaseJson
    text: str
    outcomes: tuple[OutcomePair, ...]


@dataclass(frozen=True, slots=True)
class MutantResult:
    """One mutant. `reason`: why it is equivalent, exempted or not decided. `draft`: a vignette that kills it, YAML.

    `guideline` is `id@version`; `id` is unique within it. Lines and columns as in diagnostics: from 1, end exclusive.
    """

    id: str
    guideline: str
    operator: str
    rule: str
    sentence: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    original: str
    replacement: str
    state: str
    killed_by: tuple[str, ...]
    reason: str
    witness: MutantWitness | None
    draft: str


@dataclass(frozen=True, slots=True)
class MutantTotals:
    """How many mutants are in each state. `score`: the killed among those neither equivalent nor exempted.

    What is not decided counts as not killed. The score is a decimal text from 0 to 1, rounded down to four places, None
    if nothing is left to kill.
    """

    mutants: int
    killed: int
    equivalent: int
    exempted: int
    survived: int
    not_decided: int
    score: str | None


@dataclass(frozen=True, slots=True)
class GuidelineStrength:
    """One guideline's totals; `vignettes`: those with a met expectation of it, `operators`: totals of each kind."""

    guideline: str
    title: str
    path: str
    digest: str
    vignettes: int
    totals: MutantTotals
    operators: tuple[tuple[str, MutantTotals], ...]


@dataclass(frozen=True, slots=True)
class MutateBody:
    """`changed`: the revision against which only changed rules were mutated; empty if all were."""

    totals: MutantTotals
    guidelines: tuple[GuidelineStrength, ...]
    mutants: tuple[MutantResult, ...]
    changed: str = ""
