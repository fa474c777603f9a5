"""Results about assumptions: what they hide, and what must be assessed."""

from dataclasses import dataclass

from redflag_kit.results.case import CaseJson
from redflag_kit.results.region import Region


@dataclass(frozen=True, slots=True)
class AuditWitness:
    """A case for which an assumption hides something: what is known, what is not assessed, and both in words."""

    case: CaseJson
    not_assessed: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class HiddenOutcome:
    """An output that can turn out more urgent than it can with an assumption.

    `assumed`/`unassumed`: what the output can be for the witness with the assumption and without it, as the literal
    interpreter has it for all completions. `witness` is None if these are too many to list.
    """

    output: str
    label: str
    assumed: tuple[str, ...]
    unassumed: tuple[str, ...]
    assumed_text: str
    unassumed_text: str
    region: Region
    witness: AuditWitness | None


@dataclass(frozen=True, slots=True)
class DefaultAudit:
    """What an assumption of a guideline hides: something `alone`, only `together` with others, or `never` anything."""

    guideline: str
    finding: str
    label: str
    value: str
    reason: str
    evidence: str
    file: str
    line: int
    hides: str
    outputs: tuple[HiddenOutcome, ...]


@dataclass(frozen=True, slots=True)
class MustAssess:
    """A smallest set of findings after whose assessment no assumption of a guideline hides a more urgent outcome.

    `hiding_sets`: the least sets of findings that hide something while none of a set is assessed; `complete` says
    whether all of them are listed.
    """

    guideline: str
    findings: tuple[str, ...]
    questions: tuple[str, ...]
    smallest: bool
    hiding_sets: tuple[tuple[str, ...], ...]
    complete: bool
