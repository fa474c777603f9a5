"""Results of `redflag mutate`: how many small faults of the guidelines their vignettes notice."""

from dataclasses import dataclass

from redflag_kit.results.case import CaseJson

KILLED, EQUIVALENT, SURVIVED, EXEMPTED, NOT_DECIDED = "killed", "equivalent", "survived", "exempted", "not_decided"
REACHED, MISSED, OPEN = "reached", "missed", "open"
"""How a guideline stands to the floor that was asked for; open where what is not decided would settle it."""
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
    """A case that tells a mutant from its guideline; what differs was read again by the literal interpreter.

    `complete`: a patient, every finding of whom is known; else a case, in which some finding was not assessed.
    """

    case: CaseJson
    text: str
    outcomes: tuple[OutcomePair, ...]
    complete: bool = True


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
    """One guideline's totals; `vignettes`: those with a met expectation of it, `operators`: totals of each kind.

    `floor`: whether its score reaches the floor; empty where none was asked for.
    """

    guideline: str
    title: str
    path: str
    digest: str
    vignettes: int
    totals: MutantTotals
    operators: tuple[tuple[str, MutantTotals], ...]
    floor: str = ""


@dataclass(frozen=True, slots=True)
class MutatedFile:
    """A file with mutants, or with vignettes that kill some, as it was read; lines end with a line feed."""

    path: str
    source: str


@dataclass(frozen=True, slots=True)
class MutantTest:
    """A vignette with a met expectation of a mutated guideline, and where it stands."""

    id: str
    title: str
    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class MutateBody:
    """`changed`: the revision against which only changed rules were mutated; empty if all were.

    `files` and `tests` are there so that the result can be shown in its files without reading these again.
    """

    totals: MutantTotals
    guidelines: tuple[GuidelineStrength, ...]
    mutants: tuple[MutantResult, ...]
    changed: str = ""
    files: tuple[MutatedFile, ...] = ()
    tests: tuple[MutantTest, ...] = ()


@dataclass(frozen=True, slots=True)
class TestStrength:
    """How strong the vignettes are where an edition says something else than before.

    `mutants`: those that no vignette notices or needs to notice, worst first.
    """

    totals: MutantTotals
    mutants: tuple[MutantResult, ...]
