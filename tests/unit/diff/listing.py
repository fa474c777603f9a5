"""Two editions patient by patient and case by case, with the literal interpreter alone.

It knows no regions or compiled tables, and is meant to be obvious; `point_of` only says where the engine has a patient.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from redflag_kit.compile.cuts import Atoms
from redflag_kit.logic.space import Point
from redflag_kit.model.condition import Value, findings_of
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vocabulary import Comparison
from redflag_kit.semantics.literal import OutputValue, Patient, Reading, is_legal, read
from tests.property.reference import values_of

Aspect = tuple[str, str]
Case = dict[str, Value | None]
"""A value per finding, None where it was not assessed."""


def named_by_rules(guideline: Guideline) -> set[str]:
    """Return the findings that scope, scores and rules of an edition name."""
    found = {*findings_of(guideline.scope)}
    for score in guideline.scores:
        found |= {name for points in score.points for name in findings_of(points.when)}
    for rule in guideline.rules():
        found |= {*findings_of(rule.when)}
    return found


def named_by_constraints(guideline: Guideline) -> set[str]:
    """Return the findings that the constraints of an edition and its vocabulary name."""
    found: set[str] = set()
    for constraint in (*guideline.vocabulary.constraints, *guideline.constraints):
        if isinstance(constraint, Comparison):
            found |= {constraint.left, constraint.right}
        else:
            found |= {*findings_of(constraint.when), *findings_of(constraint.then)}
    return found


class Edition:
    """One edition, every patient read once."""

    def __init__(self, guideline: Guideline) -> None:
        self.guideline = guideline
        named = named_by_rules(guideline) | named_by_constraints(guideline)
        self.domains = {name: set(values_of(guideline.vocabulary.findings[name])) for name in named}
        self._readings: dict[tuple[Value, ...], Reading] = {}

    def allows(self, patient: Patient) -> bool:
        """Say whether constraints, and the values of the findings that the edition reads, allow a patient."""
        constraints = (*self.guideline.vocabulary.constraints, *self.guideline.constraints)
        known = all(patient[name] in values for name, values in self.domains.items())
        return known and is_legal(constraints, patient)

    def reading(self, patient: Patient) -> Reading:
        key = tuple(patient.values())
        if key not in self._readings:
            self._readings[key] = read(self.guideline, patient)
        return self._readings[key]

    def value(self, patient: Patient, output: str) -> OutputValue:
        return self.reading(patient).values[output] if output in self.guideline.covers else "not_covered"

    def of_aspect(self, patient: Patient, aspect: Aspect) -> str:
        """Return a level or status; of a set, whether the element is listed."""
        value = self.value(patient, aspect[0])
        if isinstance(value, str):
            return value
        return "listed" if aspect[1] in value else "silent"

    def of_output(self, patient: Patient, output: str) -> str:
        """Return a level or status; of a set, its status or that something is listed."""
        value = self.value(patient, output)
        return value if isinstance(value, str) else "listed"


@dataclass
class Listing:
    """Both editions and every patient over the values of both vocabularies."""

    old_guideline: Guideline
    new_guideline: Guideline

    @cached_property
    def old(self) -> Edition:
        return Edition(self.old_guideline)

    @cached_property
    def new(self) -> Edition:
        return Edition(self.new_guideline)

    @cached_property
    def values(self) -> dict[str, tuple[Value, ...]]:
        """Return the values of every finding of either vocabulary."""
        found: dict[str, dict[Value, None]] = {}
        for guideline in (self.old_guideline, self.new_guideline):
            for name, finding in guideline.vocabulary.findings.items():
                found.setdefault(name, {}).update(dict.fromkeys(values_of(finding)))
        return {name: tuple(values) for name, values in found.items()}

    @cached_property
    def patients(self) -> list[Patient]:
        return [dict(zip(self.values, values, strict=True)) for values in product(*self.values.values())]

    @cached_property
    def by_old(self) -> list[Patient]:
        return [patient for patient in self.patients if self.old.allows(patient)]

    @cached_property
    def by_new(self) -> list[Patient]:
        return [patient for patient in self.patients if self.new.allows(patient)]

    @cached_property
    def legal(self) -> list[Patient]:
        """Return the patients whom both editions allow."""
        return [patient for patient in self.by_old if self.new.allows(patient)]

    @cached_property
    def aspects(self) -> list[Aspect]:
        """Return every covered ordered output and every element of a covered set."""
        found: dict[Aspect, None] = {}
        for guideline in (self.old_guideline, self.new_guideline):
            for name in guideline.covers:
                elements = guideline.outputs[name].elements
                found |= dict.fromkeys((name, element) for element in elements or ("",))
        return list(found)

    @cached_property
    def whole_outputs(self) -> list[Aspect]:
        """Return the outputs that both editions cover, sets as a whole."""
        return [(name, "") for name in self.old_guideline.covers if name in self.new_guideline.covers]

    def changed(self) -> Iterator[tuple[Patient, Aspect, str, str]]:
        """Yield every legal patient for whom an aspect is written differently."""
        for patient in self.legal:
            for aspect in self.aspects:
                old, new = self.old.of_aspect(patient, aspect), self.new.of_aspect(patient, aspect)
                if old != new:
                    yield patient, aspect, old, new

    def cases(self) -> Iterator[Case]:
        """Yield every case in which each finding is known or not assessed."""
        for values in product(*((*values, None) for values in self.values.values())):
            yield dict(zip(self.values, values, strict=True))

    # ------------------------------------------------------------ cases: sets of patients, as bits by position

    def bits(self, holds: Callable[[Patient], bool]) -> int:
        return sum(1 << position for position, patient in enumerate(self.patients) if holds(patient))

    @cached_property
    def with_value(self) -> dict[tuple[str, Value], int]:
        """Return the patients who have each value of each finding."""

        def having(name: str, value: Value) -> int:
            return self.bits(lambda patient: patient[name] == value)

        return {(name, value): having(name, value) for name, values in self.values.items() for value in values}

    @cached_property
    def allowed(self) -> tuple[int, int]:
        return self.bits(self.old.allows), self.bits(self.new.allows)

    def completions(self, case: Case) -> int:
        """Return the patients who agree with a case, impossible ones included."""
        found = (1 << len(self.patients)) - 1
        for name, value in case.items():
            found &= -1 if value is None else self.with_value[name, value]
        return found

    def fill(self, edition: Edition, allowed: int, case: Case) -> int:
        """Return the completions of a case once an edition's assumptions are made, in vocabulary order."""
        left = self.completions(case) & allowed
        for name in edition.guideline.vocabulary.findings:
            if case[name] is None and name in edition.guideline.assume:
                left = (left & self.with_value[name, edition.guideline.assume[name].value]) or left
        return left

    def filled(self, case: Case) -> tuple[int, int]:
        return self.fill(self.old, self.allowed[0], case), self.fill(self.new, self.allowed[1], case)

    def tables(self, aspect: Aspect) -> tuple[dict[str, int], dict[str, int]]:
        """Return who gets each value of an aspect, or of a whole set, from the old and from the new edition."""
        whole = aspect not in self.aspects
        found: tuple[dict[str, int], dict[str, int]] = ({}, {})
        for edition, table in zip((self.old, self.new), found, strict=True):
            for position, patient in enumerate(self.patients):
                value = edition.of_output(patient, aspect[0]) if whole else edition.of_aspect(patient, aspect)
                table[value] = table.get(value, 0) | 1 << position
        return found

    def kinds(self) -> tuple[dict[tuple[Aspect, str], list[Case]], bool]:
        """Return, per aspect and kind, the cases whose possible values change; and whether any case changes at all."""
        shared = {*self.old_guideline.covers} & {*self.new_guideline.covers}
        aspects = dict.fromkeys([*(a for a in self.aspects if a[0] in shared), *self.whole_outputs])
        tables = {aspect: self.tables(aspect) for aspect in aspects}
        found: dict[tuple[Aspect, str], list[Case]] = {}
        any_change = False
        for case in self.cases():
            before, after = self.filled(case)
            if not before or not after:
                continue
            for aspect, (by_old, by_new) in tables.items():
                old, new = outcome(by_old, before), outcome(by_new, after)
                any_change |= old != new
                kind = kind_of(old, new)
                if kind == "decided otherwise":
                    both = self.completions(case) & self.allowed[0] & self.allowed[1]
                    some_keep = any(both & by_old[value] & by_new.get(value, 0) for value in by_old)
                    kind = "moved" if before != after and some_keep else ""
                if kind:
                    found.setdefault((aspect, kind), []).append(case)
        return found, any_change


def outcome(table: Mapping[str, int], patients: int) -> frozenset[str]:
    """Return the values that some of the patients get."""
    return frozenset(value for value, bits in table.items() if bits & patients)


def kind_of(old: frozenset[str], new: frozenset[str]) -> str:
    """Return how a set of possible values changed, nothing if it did not."""
    if old == new:
        return ""
    if len(old) == len(new) == 1:
        return "decided otherwise"
    if len(old) == 1:
        return "newly_undecided"
    if len(new) == 1:
        return "newly_decided"
    return "wider" if old < new else "narrower" if new < old else "moved"


def point_of(atoms: Atoms, patient: Patient) -> Point:
    """Return the point of a patient in the space of a comparison."""
    return tuple(atoms.atom_of(name, patient[name]) for name in atoms.inputs)
