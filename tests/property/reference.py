"""Cases by going through patients: `docs/semantics.md` 12 to 15, word by word, with the literal interpreter alone.

Slow and meant to be obvious. It knows no atoms, regions or compiled tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated
from redflag_kit.model.vocabulary import Constraint, Finding
from redflag_kit.semantics.literal import OutputValue, Patient, entail, is_legal, read

Values = Mapping[str, OutputValue]


def values_of(finding: Finding) -> tuple[Value, ...]:
    """Return every value of a finding (1)."""
    if finding.grid is None:
        return finding.words
    return tuple(finding.grid.low + i * finding.grid.step for i in range(finding.grid.size))


def patients_of(findings: Mapping[str, Finding]) -> list[Patient]:
    """Return every combination of values, impossible ones included."""
    return [dict(zip(findings, values, strict=True)) for values in product(*map(values_of, findings.values()))]


def constraints_of(guideline: Guideline) -> tuple[Constraint, ...]:
    """Return the constraints of the vocabulary and of the guideline."""
    return (*guideline.vocabulary.constraints, *guideline.constraints)


def legal_patients(guideline: Guideline) -> list[Patient]:
    """Return every patient (2)."""
    everybody = patients_of(guideline.vocabulary.findings)
    return [patient for patient in everybody if is_legal(constraints_of(guideline), patient)]


def agrees(patient: Patient, stated: Iterable[Stated]) -> bool:
    """Say whether a patient agrees with everything that is stated (12)."""
    for one in stated:
        value = patient[one.finding]
        inside = value in one.words if isinstance(value, str) else any(value in r for r in one.ranges)
        if not one.unknown and not inside:
            return False
    return True


@dataclass
class Filled:
    """The completions of a filled case, and what the fill did (14)."""

    completions: list[Patient]
    assumed: list[str]
    withdrawn: list[str]
    without: dict[str, list[Patient]]


def fill(
    guideline: Guideline, patients: Sequence[Patient], stated: Sequence[Stated], clean: Mapping[str, Value]
) -> Filled:
    """Return a case filled in order; `patients` are the legal ones."""
    completions = [patient for patient in patients if agrees(patient, stated)]
    if not completions:
        return Filled([], [], [], {})
    settled = {name for name in guideline.vocabulary.findings if len({p[name] for p in completions}) == 1}  # forced
    settled |= {one.finding for one in stated if not one.unknown}
    mentioned = {one.finding for one in stated}
    withdrawn: list[str] = []
    for name in guideline.vocabulary.findings:
        if name in clean and name not in settled | mentioned:
            if fitting := with_value(completions, name, clean[name]):
                completions = fitting
                settled.add(name)
            else:
                withdrawn.append(name)
    before = completions
    assumed: dict[str, Value] = {}
    for name in guideline.vocabulary.findings:
        if name in guideline.assume and name not in settled:
            value = guideline.assume[name].value
            if fitting := with_value(completions, name, value):
                completions = fitting
                assumed[name] = value
            elif name not in withdrawn:
                withdrawn.append(name)
    without: dict[str, list[Patient]] = {}
    for name in assumed:
        without[name] = before
        for other, value in assumed.items():
            if other != name:
                without[name] = with_value(without[name], other, value)
    return Filled(completions, list(assumed), withdrawn, without)


def with_value(patients: Iterable[Patient], name: str, value: Value) -> list[Patient]:
    """Return the patients whose finding has this value."""
    return [patient for patient in patients if patient[name] == value]


class Readings:
    """What a guideline says of each of its patients, every patient read once."""

    def __init__(self, guideline: Guideline) -> None:
        self.guideline = guideline
        self._written: dict[tuple[Value, ...], Values] = {}

    def written(self, patient: Patient) -> Values:
        key = tuple(patient.values())
        if key not in self._written:
            self._written[key] = read(self.guideline, patient).values
        return self._written[key]

    def entailed(self, patient: Patient) -> Values:
        return entail(self.guideline, self.written(patient))


def outcome(output: str, readings: Iterable[Values]) -> tuple[set[str], set[str], set[str]]:
    """Return the possible levels and statuses of an output, and what of a set is listed always and ever (13)."""
    values = [reading[output] for reading in readings]
    sets = [value if isinstance(value, frozenset) else frozenset() for value in values]
    plain = {value for value in values if isinstance(value, str)}
    return plain, set(frozenset.intersection(*sets)), set(frozenset.union(*sets))
