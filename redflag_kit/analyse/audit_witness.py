"""Witness cases of the default audit, their completions listed on the literal interpreter.

Claim: what is said of a witness is what the definition of meaning gives over its completions, not what regions say.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from redflag_kit.analyse.assumed import Assumed
from redflag_kit.analyse.default_audit import Hidden
from redflag_kit.analyse.must_assess import by_urgency
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.semantics.literal import OutputValue, Patient, entail, is_legal, read
from redflag_kit.semantics.witness import patient_at
from redflag_kit.terms.scale import STATUSES

MAX_COMPLETIONS = 20_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A witness: what it knows, what is not assessed, and what the output can be with all assumptions and with some.

    `confirmed` is None if it has too many completions to list; the values then come from the regions.
    """

    known: Mapping[str, Value]
    unknown: tuple[str, ...]
    assumed: tuple[str, ...]
    unassumed: tuple[str, ...]
    confirmed: bool | None


class Readings:
    """What the literal interpreter says of patients, entailed levels included; each patient is read once."""

    def __init__(self, guideline: Guideline) -> None:
        self._guideline = guideline
        self._known: dict[tuple[Value, ...], Mapping[str, OutputValue]] = {}

    def of(self, patient: Patient) -> Mapping[str, OutputValue]:
        """Return the value of every output."""
        key = tuple(patient.values())
        if key not in self._known:
            self._known[key] = entail(self._guideline, read(self._guideline, patient).values)
        return self._known[key]


def shown(world: Assumed, hidden: Hidden, readings: Readings) -> Shown:
    """Return the witness of a hidden outcome."""
    ready = world.ready
    atoms, unknown = world.atoms_at(hidden.point)
    patient = _patient(world, atoms)
    known = {name: value for name, value in patient.items() if name not in unknown}
    every = tuple(ready.compiled.assume)
    claimed = _possible(world, hidden, every), _possible(world, hidden, hidden.made)
    choices = [
        range(ready.atoms.size(name)) if name in unknown else (atom,)
        for name, atom in zip(ready.atoms.inputs, atoms, strict=True)
    ]
    if prod(map(len, choices)) > MAX_COMPLETIONS:
        return Shown(known, unknown, *claimed, None)
    legal = _legal(world, [_patient(world, one) for one in product(*choices)])
    listed = tuple(
        _values(world, hidden.output, map(readings.of, one)) for one in _completed(world, legal, unknown, hidden.made)
    )
    confirmed = listed == claimed and _is_hidden(world, hidden.output, *listed)
    return Shown(known, unknown, *claimed, confirmed)


def _patient(world: Assumed, atoms: Sequence[int]) -> dict[str, Value]:
    ready = world.ready
    findings = ready.guideline.vocabulary.findings
    return patient_at(tuple(atoms), ready.atoms, ready.compiled.restrictions, findings)


def _possible(world: Assumed, hidden: Hidden, made: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values that regions give for the witness, in order of the scale."""
    table = world.tables[hidden.output, ""]
    scale = world.ready.guideline.outputs[hidden.output].scale
    assert scale is not None
    return tuple(
        value
        for value in (*scale.levels, *STATUSES)
        if value in table and world.diagrams.contains(world.cases_with(made, table[value]), hidden.point)
    )


def _legal(world: Assumed, patients: Iterable[Patient]) -> list[Patient]:
    guideline = world.ready.guideline
    constraints = (*guideline.vocabulary.constraints, *guideline.constraints)
    return [patient for patient in patients if is_legal(constraints, patient)]


def _completed(
    world: Assumed, legal: list[Patient], unknown: tuple[str, ...], made: tuple[str, ...]
) -> tuple[list[Patient], list[Patient]]:
    """Return the completions with all assumptions and with those `made`, each made where it fits those before it."""
    every, some = legal, legal
    for name, value in world.ready.compiled.assume.items():
        atom = world.ready.atoms.atom_of(name, value)

        def takes(patient: Patient, name: str = name, atom: int = atom) -> bool:
            return world.ready.atoms.atom_of(name, patient[name]) == atom

        fitting = [patient for patient in every if takes(patient)]
        if name in unknown and fitting:
            every = fitting
            if name in made:
                some = [patient for patient in some if takes(patient)]
    return every, some


def _values(world: Assumed, output: str, readings: Iterable[Mapping[str, OutputValue]]) -> tuple[str, ...]:
    scale = world.ready.guideline.outputs[output].scale
    assert scale is not None
    found = {reading[output] for reading in readings}
    return tuple(value for value in (*scale.levels, *STATUSES) if value in found)


def _is_hidden(world: Assumed, output: str, assumed: tuple[str, ...], unassumed: tuple[str, ...]) -> bool:
    groups = by_urgency(world.ready.guideline.outputs[output])
    rank = {value: position for position, group in enumerate(groups) for value in group}
    return max(rank[value] for value in unassumed) > max(rank[value] for value in assumed)
