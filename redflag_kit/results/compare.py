"""Results of `redflag compare`."""

from dataclasses import dataclass

from redflag_kit.results.case import CaseJson, Explanation, Outcome


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An output on which guidelines differ for the compared patient."""

    output: str
    label: str
    says: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CompareBody:
    """One patient through several guidelines."""

    case: CaseJson
    in_words: tuple[str, ...]
    explanations: tuple[Explanation, ...]
    disagreements: tuple[Disagreement, ...]
    agreements: tuple[tuple[str, str], ...]
    outcomes: tuple[tuple[str, tuple[Outcome, ...]], ...]
