"""Results of `redflag suggest`: patients drafted as vignettes, and vignettes that add nothing to what is noticed."""

from dataclasses import dataclass

from redflag_kit.results.case import CaseJson

MUTANTS, UNKNOWNS, COVERAGE, CHANGES = "mutants", "unknowns", "coverage", "changes"
"""What a vignette is suggested for: faults that no vignette notices, those of them that only cases show in which
something was not assessed, what no vignette shows, and what changed since another edition without one that shows it."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """A mutant that a vignette would notice, or an item of coverage or a change that it would show."""

    id: str
    kind: str
    sentence: str
    rule: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class RowToRead:
    """A rule to read before an outcome is filled in; `cites` are its citations, e.g. `ACP11-T 11-INF`."""

    rule: str
    title: str
    cites: tuple[str, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class OutcomeNow:
    """What the guideline says at present, which a person has to confirm; `value` as an expectation spells it."""

    output: str
    label: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class SuggestedVignette:
    """A drafted vignette. `yaml` is its text for a file, in which the expected outcomes are left to be filled in.

    `case` holds what is written down, `unknown` the findings that stay open, `outputs` those to fill in; one word
    stands for every output where there is none.
    """

    id: str
    guideline: str
    title: str
    case: CaseJson
    unknown: tuple[str, ...]
    in_words: tuple[str, ...]
    notices: tuple[Noticed, ...]
    rows: tuple[RowToRead, ...]
    outputs: tuple[str, ...]
    now: tuple[OutcomeNow, ...]
    yaml: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """How many vignettes one purpose takes.

    `goals`: what they notice together. `at_least`: fewer patients of whom everything is known cannot do it; 0 where
    nothing is proved. `tried`: how many there were to choose from; `fewest`: whether no fewer of those would do.
    """

    purpose: str
    goals: int
    vignettes: int
    at_least: int
    tried: int
    fewest: bool


@dataclass(frozen=True, slots=True)
class NotSuggested:
    """What no vignette is suggested for, and why."""

    id: str
    kind: str
    sentence: str
    reason: str


@dataclass(frozen=True, slots=True)
class SuggestedFor:
    """One guideline. `waiting`: vignettes without outcomes yet; once filled in they notice `promised` mutants more."""

    guideline: str
    title: str
    path: str
    digest: str
    purposes: tuple[Purpose, ...]
    waiting: tuple[str, ...]
    promised: int
    left: tuple[NotSuggested, ...]


@dataclass(frozen=True, slots=True)
class RedundantVignette:
    """A vignette all of whose mutants are noticed by vignettes that are kept; `notices` counts them."""

    id: str
    title: str
    file: str
    line: int
    notices: int


@dataclass(frozen=True, slots=True)
class Redundancy:
    """Which vignettes strength could do without.

    `essential` alone notice something; `kept` are those and as many more as it takes; `blind` notice no mutant at all.
    """

    vignettes: int
    essential: tuple[str, ...]
    kept: tuple[str, ...]
    redundant: tuple[RedundantVignette, ...]
    blind: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuggestBody:
    """`vignettes`: the suggestions, per guideline those that notice most first; `more` were left out by a limit.

    `written`: the files that they were written to, none if they were not.
    """

    guidelines: tuple[SuggestedFor, ...]
    vignettes: tuple[SuggestedVignette, ...]
    more: int
    written: tuple[str, ...]
    redundancy: Redundancy | None
