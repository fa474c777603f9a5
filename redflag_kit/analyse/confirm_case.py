"""Confirm a case with findings not assessed on the literal interpreter, by going through its completions.

Claim: every legal completion listed has the value, and there is one. Every value of each finding that was not assessed
is listed, unless that makes more than `MAX_COMPLETIONS`; then one value per atom is.
"""

from collections.abc import Iterable, Mapping
from itertools import product
from math import prod
from typing import cast

from redflag_kit.analyse.fault import Fault
from redflag_kit.compile.prepared import Prepared
from redflag_kit.model.condition import Value
from redflag_kit.semantics.hit_policies import LISTED
from redflag_kit.semantics.literal import OutputValue, is_legal, read

MAX_COMPLETIONS = 20_000


def unknown_of(fault: Fault) -> tuple[str, ...]:
    """Return the findings that the case of a fault leaves open."""
    return cast("tuple[str, ...]", fault.detail["unknown"])


def known_of(ready: Prepared, fault: Fault) -> dict[str, Value]:
    """Return what the case of a fault knows; findings that no test reads take their ordinary value."""
    atoms = cast("Mapping[str, int]", fault.detail["known"])
    known: dict[str, Value] = {}
    for name, finding in ready.guideline.vocabulary.findings.items():
        if name in atoms:
            known[name] = ready.atoms.value_nearest_calm(name, atoms[name])
        elif name not in unknown_of(fault):
            known[name] = finding.example if finding.clean is None else finding.clean
    return known


def confirms_case(ready: Prepared, fault: Fault) -> bool:
    """Say whether the completions of the case of a fault all have the value that it claims."""
    guideline = ready.guideline
    constraints = (*guideline.vocabulary.constraints, *guideline.constraints)
    known, (output,) = known_of(ready, fault), fault.names
    completions = [known | dict(zip(unknown_of(fault), values, strict=True)) for values in _fillings(ready, fault)]
    legal = [patient for patient in completions if is_legal(constraints, patient)]
    return bool(legal) and all(_is(fault, read(guideline, patient).values[output]) for patient in legal)


def _fillings(ready: Prepared, fault: Fault) -> Iterable[tuple[Value, ...]]:
    names = unknown_of(fault)
    every = [_values(ready, name) for name in names]
    if prod(len(values) for values in every) > MAX_COMPLETIONS:
        every = [[ready.atoms.value_nearest_calm(n, atom) for atom in range(ready.atoms.size(n))] for n in names]
    return product(*every)


def _values(ready: Prepared, name: str) -> list[Value]:
    finding = ready.guideline.vocabulary.findings[name]
    if finding.grid is None:
        return list(finding.words)
    return [finding.grid.at(index) for index in range(finding.grid.size)]


def _is(fault: Fault, value: OutputValue) -> bool:
    """Say whether an output has the value of a fault; for an element of a set, whether it is listed or not."""
    element, wanted = fault.detail["element"], fault.detail["value"]
    if not element:
        return value == wanted
    listed = isinstance(value, frozenset) and element in value
    return listed if wanted == LISTED else not listed
