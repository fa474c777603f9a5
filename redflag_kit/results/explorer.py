"""Two editions as data from which anybody can read their answers for any case without the program.

A case gives each finding some of its atoms, the values that no test of either edition tells apart. What an edition can
say of it is read off diagrams: node n >= `ends` stands at `nodes[n - ends]` as the position of its finding and a child
for each atom, e.g. "12 0 57" (one text, so that a file holds a node a line); nodes below `ends` are ends, 0 being
nowhere: no patient. The possible ends of a case are those reached from a root by following, at each finding, the atoms
that the case leaves.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NumberAxis:
    """The numbers of a finding: (low + index * step) / denominator for each index below `size`.

    Atom a begins at index `starts[a]` and ends before the next one begins.
    """

    unit: str
    denominator: int
    low: int
    step: int
    size: int
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExploredFinding:
    """A finding that rules or constraints of either edition read, with its atoms; `values` is empty for a number.

    `group`: changes (most changes turn on it and a few others), rules (some rule reads it), constraints.
    """

    id: str
    label: str
    ask: str
    group: str
    values: tuple[str, ...]
    words: tuple[str, ...]
    number: NumberAxis | None


@dataclass(frozen=True, slots=True)
class ExploredOutput:
    """An output that an edition covers; `words` says each of its values in plain words."""

    id: str
    label: str
    kind: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ExploredPart:
    """One question an output answers: its value (`element` is empty), or whether a set lists an element.

    The value of end n is `values[n - 1]`. `root` leads to what the edition says, entailed levels included; `written`
    to what its rules write.
    """

    output: str
    element: str
    values: tuple[str, ...]
    root: int
    written: int


@dataclass(frozen=True, slots=True)
class ExploredRule:
    """A rule that runs: end 1 of its diagram is where it fires, end 2 where it does not."""

    id: str
    title: str
    root: int


@dataclass(frozen=True, slots=True)
class ExploredLink:
    """Findings that only constraints read, and the one finding that these tie them to, None if there is none.

    They have no place in the other diagrams. An atom of the tied finding is possible if end 1 is.
    """

    positions: tuple[int, ...]
    tied: int | None
    root: int


@dataclass(frozen=True, slots=True)
class ExploredComparison:
    """A constraint between two numbers by their indices: `left_step` * i + `left` <= `right_step` * j + `right`."""

    left_position: int
    right_position: int
    left_step: int
    left: int
    right_step: int
    right: int


@dataclass(frozen=True, slots=True)
class ExploredAssumption:
    """The value an edition takes for a finding of which nothing is known."""

    position: int
    atom: int
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExploredEdition:
    """One edition: `legal` leads to end 1 for combinations its constraints allow, as far as rules read them."""

    legal: int
    outputs: tuple[ExploredOutput, ...]
    parts: tuple[ExploredPart, ...]
    rules: tuple[ExploredRule, ...]
    links: tuple[ExploredLink, ...]
    comparisons: tuple[ExploredComparison, ...]
    assumptions: tuple[ExploredAssumption, ...]


@dataclass(frozen=True, slots=True)
class Explorer:
    """Both editions over the same findings, in the order of the diagrams, with one store of nodes for all diagrams."""

    findings: tuple[ExploredFinding, ...]
    ends: int
    nodes: tuple[str, ...]
    old: ExploredEdition
    new: ExploredEdition
