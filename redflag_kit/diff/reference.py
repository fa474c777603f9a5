"""Re-run witnesses on the reference evaluator before they may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Generic

from redflag_kit.compile.table import Input
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted
from redflag_kit.diff.changes import ANY_OUTPUT, POSSIBLE, Change
from redflag_kit.diff.pair import Aspect, Edition, Pair
from redflag_kit.logic.algebra import R
from redflag_kit.logic.space import Point
from redflag_kit.model.condition import Value
from redflag_kit.semantics.hit_policies import LISTED
from redflag_kit.semantics.literal import OutputValue, Reading, is_legal, read
from redflag_kit.terms.scale import STATUSES, Status


def constraints_hold(edition: Edition[R], patient: Mapping[str, Value]) -> bool:
    """Say whether a patient is legal in an edition, by the literal interpreter and the declared domains."""
    guideline = edition.guideline
    for name, one in edition.compiled.inputs.items():
        if not takes(one, patient[name]):
            return False
    return is_legal((*guideline.vocabulary.constraints, *guideline.constraints), patient)


def takes(one: Input, value: Value) -> bool:
    """Say whether a value belongs to the declared values of an input."""
    return value in one.words if one.grid is None else isinstance(value, Fraction) and value in one.grid


def reading_of(edition: Edition[R], patient: Mapping[str, Value]) -> Reading:
    """Return what an edition says of its covered outputs for a patient, by the literal interpreter."""
    reading = read(edition.guideline, patient)
    covered = {name: value for name, value in reading.values.items() if name in edition.guideline.covers}
    return replace(reading, values=covered)


def aspect_value(reading: Reading, aspect: Aspect) -> str:
    """Return the value of an aspect: a level or status; for a set or a member of it, `listed` or a status."""
    value: OutputValue = reading.values.get(aspect[0], Status.NOT_COVERED.value)
    if isinstance(value, frozenset):
        return LISTED if not aspect[1] or aspect[1] in value else Status.SILENT.value
    assert value in STATUSES or not aspect[1]
    return value


class Readings(Generic[R]):
    """What two editions say of patients, by the literal interpreter, each patient read once."""

    # COST: cases with missing information share most of their completions, and reading a patient literally is slow.

    def __init__(self, pair: Pair[R]) -> None:
        self._pair = pair
        self._patients: dict[Point, dict[str, Value]] = {}
        self._legal: dict[tuple[int, Point], bool] = {}
        self._read: dict[tuple[int, Point], Reading] = {}

    def patient(self, atoms: Point) -> dict[str, Value]:
        """Return the concrete patient in some atoms."""
        if atoms not in self._patients:
            self._patients[atoms] = self._pair.patient_at(atoms)
        return self._patients[atoms]

    def is_legal(self, edition: Edition[R], atoms: Point) -> bool:
        """Say whether the patient is legal in an edition."""
        key = (id(edition), atoms)
        if key not in self._legal:
            self._legal[key] = constraints_hold(edition, self.patient(atoms))
        return self._legal[key]

    def value(self, edition: Edition[R], atoms: Point, aspect: Aspect) -> str:
        """Return what an edition says of an aspect for the patient."""
        key = (id(edition), atoms)
        if key not in self._read:
            self._read[key] = reading_of(edition, self.patient(atoms))
        return aspect_value(self._read[key], aspect)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the literal interpreter says of a patient in both editions: nothing where the patient is not legal."""

    patient: Mapping[str, Value]
    old: Reading | None
    new: Reading | None


def seen(pair: Pair[R], patient: Mapping[str, Value]) -> Seen:
    """Read a patient in both editions."""
    old, new = (
        reading_of(edition, patient) if constraints_hold(edition, patient) else None for edition in (pair.old, pair.new)
    )
    return Seen(patient, old, new)


def unconfirmed(pair: Pair[R], change: Change[R], witness: Seen) -> Diagnostic | None:
    """Return our own fault if the literal interpreter does not see the change a witness should show."""
    old, new = witness.old, witness.new
    if change.aspect == ANY_OUTPUT:
        confirmed = (old is None, new is None) == ((False, True) if change.old_value == POSSIBLE else (True, False))
    else:
        confirmed = (
            old is not None
            and new is not None
            and aspect_value(old, change.aspect) == change.old_value
            and aspect_value(new, change.aspect) == change.new_value
            and (change.old_rule is None or change.old_rule in old.fired)
            and (change.new_rule is None or change.new_rule in new.fired)
        )
    if confirmed:
        return None
    output = quoted(change.aspect[0])
    message = (
        f"the reference evaluator does not confirm that {output} moves from {change.old_value} to {change.new_value}"
    )
    return Diagnostic(pair.new.guideline.span, codes.RF902, message, "please report this as a fault of redflag-kit")
