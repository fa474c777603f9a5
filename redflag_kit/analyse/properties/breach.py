"""What a claim finds: regions in which it fails, and the patient who shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic

from redflag_kit.logic.algebra import R
from redflag_kit.model.condition import Value


@dataclass(frozen=True, slots=True)
class Move:
    """One finding moves from an atom to another."""

    finding: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Breach(Generic[R]):
    """Where a part of a claim fails.

    `output` and `wanted`, of cases with findings not assessed: what is decided, and as what. `move`: the step that
    lowers a level.
    """

    region: R
    output: str = ""
    wanted: str = ""
    move: Move | None = None


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A patient or case that breaks a property, confirmed on the literal interpreter.

    `patient`: every finding with a value; `said`: what the guideline says of the outputs that matter; `rules`: those
    that fire. `unknown`: findings of the case that are not assessed; `patient` is then the completion that is more
    urgent, `said` the decided outcome and `instead` what the completion gets. For a step: `changed` is the finding
    with its values before and after, `instead` what is said after. Between two editions: `said` by the old one with
    its `old_rules`, `instead` by the new one with `rules`.
    """

    patient: Mapping[str, Value] = field(hash=False)
    said: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]
    wanted: tuple[tuple[str, str], ...] = ()
    instead: tuple[tuple[str, str], ...] = ()
    changed: tuple[str, Value, Value] | None = None
    unknown: tuple[str, ...] = ()
    old_rules: tuple[str, ...] = ()
