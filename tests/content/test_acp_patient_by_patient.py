"""The shipped ACP editions: 110,592 patients, read one by one, lie in the classes of their comparison."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import product

import pytest

from redflag_kit.diff.changes import Change, changes
from redflag_kit.logic.algebra import disjunction
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.mdd import Diagram, contains, reorder
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.semantics.literal import Patient, Reading, read
from tests.content.library import ordinary_patient
from tests.shipped import guideline
from tests.unit.diff.listing import named_by_constraints, named_by_rules
from tests.unit.diff.shipped import legal, regions

OLD, NEW = "acp@2007", "acp@2011"

VARIED: dict[str, tuple[Value, ...]] = {
    "age_years": tuple(map(Fraction, (17, 18, 40, 50, 51, 65, 66, 75, 76))),
    "sex": ("female", "male"),
    "pregnant": ("absent", "present"),
    "trauma": ("none", "significant"),
    "symptom_duration_days": (Fraction(30), Fraction(31)),
    "conservative_trial_days": (Fraction(27), Fraction(28)),
    "pain_course": ("improved", "unchanged"),
    "cancer_history": ("none", "malignancy"),
    "new_onset": ("absent", "present"),
    "weight_loss": ("none", "unexplained"),
    "fever": ("absent", "present"),
    "recent_infection": ("absent", "present"),
    "osteoporosis": ("absent", "present"),
    "prior_spinal_imaging": ("absent", "present"),
    "second_half_night_waking": ("absent", "present"),
}


@pytest.mark.slow
def test_110592_patients_lie_in_exactly_the_classes_that_the_literal_interpreter_sees():
    both = regions(OLD, NEW)
    outlines = {aspect: Outline([c for c in changes(both) if c.aspect == aspect]) for aspect in both.aspects()}
    before, after = Reader(guideline(OLD)), Reader(guideline(NEW))
    atoms = {(name, value): both.atoms.atom_of(name, value) for name, values in VARIED.items() for value in values}
    count = changed = 0
    for patient in reduced_patients():
        if not (before.allows(patient) and after.allows(patient)):
            assert not before.allows(patient)
            continue
        count += 1
        point = tuple(atoms[name, patient[name]] for name in VARIED)
        old, new = before.read(patient), after.read(patient)
        for aspect, outline in outlines.items():
            values = before.aspect(old, aspect), after.aspect(new, aspect)
            assert contains(outline.union, point) == (values[0] != values[1])
            if values[0] != values[1]:
                changed += 1
                (change,) = (c for c, region in outline.classes[values] if contains(region, point))
                assert change.old_rule is None or change.old_rule in old.fired
                assert change.new_rule is None or change.new_rule in new.fired
    assert count == 9 * 2**14 * 3 // 4 == 110_592  # all but the pregnant men
    assert changed > count


@pytest.mark.slow
def test_a_class_holds_the_full_point_of_each_of_its_reduced_patients():
    both = regions(OLD, NEW)
    before, after = Reader(guideline(OLD)), Reader(guideline(NEW))
    found = list(changes(both))
    for patient in list(reduced_patients())[::997]:
        if not before.allows(patient):
            continue
        point = tuple(both.atoms.atom_of(name, patient[name]) for name in both.atoms.inputs)
        old, new = before.read(patient), after.read(patient)
        for change in found:
            values = before.aspect(old, change.aspect), after.aspect(new, change.aspect)
            assert values == (change.old_value, change.new_value) or not both.diagrams.contains(change.region, point)
        for aspect in both.aspects():
            differs = before.aspect(old, aspect) != after.aspect(new, aspect)
            inside = [c for c in found if c.aspect == aspect and both.diagrams.contains(c.region, point)]
            assert len(inside) == differs


class Outline:
    """The classes of one aspect over the varied findings alone, the others at their ordinary value."""

    def __init__(self, found: list[Change[BddRegion]]) -> None:
        self.union = outline(disjunction(regions(OLD, NEW).diagrams, (change.region for change in found)))
        self.classes: dict[tuple[str, str], list[tuple[Change[BddRegion], Diagram]]] = {}
        for change in found:
            group = self.classes.setdefault((change.old_value, change.new_value), [])
            group.append((change, outline(change.region)))


def outline(region: BddRegion) -> Diagram:
    """Return a region as a diagram over the varied findings, in their order, the others fixed."""
    both = regions(OLD, NEW)
    for name in both.atoms.inputs:
        if name not in VARIED:
            region = both.diagrams.restrict(region, name, both.atoms.atom_of(name, ordinary()[name]))
    return reorder(both.diagrams.freeze(region), list(VARIED))


class Reader:
    """Reads an edition for patients; those alike in what the edition names are read once.

    The interpreter is given only the findings that the edition names, so it can see no other.
    """

    def __init__(self, guideline: Guideline) -> None:
        self.guideline = guideline
        self.named = named_by_rules(guideline)
        self.read_from = [name for name in VARIED if name in self.named]
        self.allowed_from = [name for name in VARIED if name in named_by_constraints(guideline)]
        self._readings: dict[tuple[Value, ...], Reading] = {}
        self._allowed: dict[tuple[Value, ...], bool] = {}

    def allows(self, patient: Patient) -> bool:
        key = tuple(patient[name] for name in self.allowed_from)
        if key not in self._allowed:
            self._allowed[key] = legal(self.guideline, patient)
        return self._allowed[key]

    def read(self, patient: Patient) -> Reading:
        key = tuple(patient[name] for name in self.read_from)
        if key not in self._readings:
            self._readings[key] = read(self.guideline, {name: patient[name] for name in self.named})
        return self._readings[key]

    def aspect(self, reading: Reading, aspect: tuple[str, str]) -> str:
        value = reading.values[aspect[0]]
        if isinstance(value, frozenset):
            return "listed" if aspect[1] in value else "silent"
        return value


def reduced_patients() -> Iterator[Patient]:
    for values in product(*VARIED.values()):
        yield {**ordinary(), **dict(zip(VARIED, values, strict=True))}


@cache
def ordinary() -> Patient:
    """Return a 40-year-old woman with new low back pain and nothing else."""
    return ordinary_patient(guideline(OLD).vocabulary)
