"""Results of `redflag compare`: one patient through several guidelines, or several patients as a matrix."""

from dataclasses import dataclass

from redflag_kit.results.case import AskNext, CaseJson, ConditionState, Explanation, Outcome
from redflag_kit.results.in_force import Standing


@dataclass(frozen=True, slots=True)
class Part:
    """An edition that a voice speaks with. `standing` is None where the edition was named and is taken whole."""

    guideline: str
    title: str
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Voice:
    """One side of a comparison: an edition, or a guideline of which several editions are in force side by side."""

    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ReasonSource:
    """A citation behind a rule, and how far its source was read."""

    cite: str
    row: str
    status: str
    source: str
    read: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that decides an output on which voices differ.

    `because`: the parts of its condition, with what the case says. `assumptions`: readings of the source by id.
    """

    guideline: str
    rule: str
    title: str
    state: str
    writes: str
    because: tuple[ConditionState, ...]
    sources: tuple[ReasonSource, ...]
    assumptions: tuple[tuple[str, str], ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Position:
    """What one voice says of one output.

    `stance`: says, undecided, silent, out_of_scope, not_covered, gap or conflict. `guideline`: the edition in force for
    the output, nothing if the voice has none. `rules`, which decide it, are told in `reasons`. `why`: why there is no
    advice, in words. `ask`: of an undecided output the finding to ask first.
    """

    voice: str
    guideline: str
    stance: str
    text: str
    rules: tuple[str, ...]
    why: str
    ask: AskNext | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An output on which voices differ for the compared patient."""

    output: str
    label: str
    says: tuple[tuple[str, str], ...]
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class CompareBody:
    """One patient through several guidelines. `at`: the date of the editions in force, nothing for the latest state.

    `out_of_scope`: the editions that do not speak of the patient, or may not, and why.
    """

    at: str
    voices: tuple[Voice, ...]
    case: CaseJson
    in_words: tuple[str, ...]
    explanations: tuple[Explanation, ...]
    disagreements: tuple[Disagreement, ...]
    agreements: tuple[tuple[str, str], ...]
    reasons: tuple[Reason, ...]
    out_of_scope: tuple[tuple[str, str], ...]
    outcomes: tuple[tuple[str, tuple[Outcome, ...]], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one voice says of one patient: the most telling outcome in few words, all of it, and the outcomes.

    `stance`: says, undecided, silent, out_of_scope, or contradiction where the case has no completion.
    """

    voice: str
    stance: str
    short: str
    text: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One patient, the question, and a cell per voice."""

    vignette: str
    title: str
    file: str
    line: int
    in_words: tuple[str, ...]
    differ: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class MatrixBody:
    """Several patients through several guidelines."""

    at: str
    voices: tuple[Voice, ...]
    rows: tuple[MatrixRow, ...]
