"""What the literal interpreter says of a witness: the last word before it may be shown."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.property import Values
from redflag_kit.semantics.literal import OutputValue, Reading, entail, holds, is_legal, read

Patient = Mapping[str, Value]


def is_patient(guideline: Guideline, patient: Patient) -> bool:
    """Say whether a patient satisfies every constraint."""
    return is_legal((*guideline.vocabulary.constraints, *guideline.constraints), patient)


def in_care(guideline: Guideline, patient: Patient) -> bool:
    """Say whether a patient is legal and in scope."""
    return is_patient(guideline, patient) and holds(guideline.scope, patient, {})


def reading_of(guideline: Guideline, patient: Patient, values: Values) -> Reading:
    """Return what a guideline says of a patient, as a property reads it."""
    reading = read(guideline, patient)
    if values is Values.WRITTEN:
        return reading
    return replace(reading, values=entail(guideline, reading.values))


def said(reading: Reading, outputs: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return what was said of some outputs, in words of the language."""
    return tuple((name, _text(reading.values[name])) for name in outputs)


def _text(value: OutputValue) -> str:
    return ", ".join(sorted(value)) if isinstance(value, frozenset) else value
