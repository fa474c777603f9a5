"""What an analysis finds, in terms of atoms: adapters put it into words, with spans, for guidelines or for DMN."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Code
from redflag_kit.logic.space import Point


@dataclass(frozen=True, slots=True)
class Where:
    """A region for people: alternatives, each a map from inputs to masks of atoms; inputs left out may be anything.

    `exact`: the alternatives are the whole region, not a part of it. `share`: its part of the legal patients in scope,
    each input's values weighed alike, None where that means nothing (an open domain) or was not counted.
    """

    cubes: tuple[Mapping[str, int], ...]
    exact: bool
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a decision table.

    `rules` are at fault, `others` are the rules that make them so (that mask, subsume, or contradict them); `names`
    are the inputs or outputs it is about. `point` is a witness, to be confirmed on the reference evaluator.
    """

    code: Code
    decision: str
    rules: tuple[str, ...]
    where: Where | None = None
    point: Point | None = None
    others: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    detail: Mapping[str, object] = field(default_factory=dict, hash=False)


KINDS: Mapping[Code, str] = {
    codes.RF301: "gap",
    codes.RF302: "overlap",
    codes.RF303: "conflict",
    codes.RF304: "never-fires",
    codes.RF305: "no-patient",
    codes.RF306: "masked",
    codes.RF307: "duplicate",
    codes.RF308: "subsumed",
    codes.RF309: "redundant",
    codes.RF310: "irrelevant",
    codes.RF311: "mergeable",
    codes.RF312: "three-valued",
    codes.RF313: "duplicate",
    codes.RF315: "partly-masked",
}
"""The field's words for what analyses find, e.g. in Calvanese et al., Information Systems 78 (2018)."""


def kind_of(code: Code) -> str:
    """Return the field's word for a code of an analysis."""
    return KINDS[code]
