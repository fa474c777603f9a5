"""A guideline with all its patients, each at its point of the space, and its regions over diagrams and bitsets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.cuts import Atoms, cut
from redflag_kit.compile.expression import InputEntry
from redflag_kit.compile.table import Compiled
from redflag_kit.logic.algebra import R
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.bitset import BitRegion, Points
from redflag_kit.logic.space import Point
from redflag_kit.model.guideline import Guideline
from redflag_kit.semantics.literal import Patient, is_legal
from redflag_kit.semantics.regions import Meaning, meaning
from tests.property.reference import constraints_of, patients_of, values_of

BUDGET = 200_000


@dataclass
class World:
    """The patients of a guideline are listed with their points; several patients can share one.

    `extra` and `beside`: tests and guidelines of the same run, which cut the findings further.
    """

    guideline: Guideline
    extra: tuple[InputEntry, ...] = ()
    beside: tuple[Guideline, ...] = ()

    @cached_property
    def compiled(self) -> Compiled:
        return compile_guideline(self.guideline)

    @cached_property
    def atoms(self) -> Atoms:
        return cut((self.compiled, *map(compile_guideline, self.beside)), self.extra)

    @cached_property
    def diagrams(self) -> Diagrams:
        return Diagrams(self.atoms.space, BUDGET)

    @cached_property
    def meaning(self) -> Meaning[BddRegion]:
        return meaning(self.compiled, self.atoms, self.diagrams)

    @cached_property
    def listed(self) -> Points:
        return Points(self.atoms.space, tuple(dict.fromkeys(point for _, point in self.patients)))

    @cached_property
    def listed_meaning(self) -> Meaning[BitRegion]:
        return meaning(self.compiled, self.atoms, self.listed)

    @cached_property
    def patients(self) -> list[tuple[Patient, Point]]:
        findings = dict(self.guideline.vocabulary.findings)
        for other in self.beside:
            for name, finding in other.vocabulary.findings.items():
                findings[name] = max(findings.get(name, finding), finding, key=lambda f: len(values_of(f)))
        return [(patient, self.point_of(patient)) for patient in patients_of(findings)]

    def point_of(self, patient: Patient) -> Point:
        return tuple(self.atoms.atom_of(name, patient[name]) for name in self.atoms.space.names)

    def is_legal(self, patient: Patient) -> bool:
        """Say whether a patient has values that the guideline's own vocabulary knows, and satisfies its constraints."""
        findings = self.guideline.vocabulary.findings
        known = all(patient[name] in values_of(finding) for name, finding in findings.items())
        return known and is_legal(constraints_of(self.guideline), patient)

    def points_in(self, region: BddRegion) -> set[Point]:
        return {point for point in self.listed.points if self.diagrams.contains(region, point)}

    def listed_in(self, region: BitRegion) -> set[Point]:
        return {self.listed.points[index] for index in region.indices()}


def regions_of(found: Meaning[R]) -> Iterable[tuple[str, R]]:
    """Yield every region of a meaning with a name."""
    yield "legal", found.legal
    yield "scope", found.scope
    yield from ((f"holds {rule}", region) for rule, region in found.holds.items())
    yield from ((f"fires {rule}", region) for rule, region in found.fires.items())
    for aspect, cells in found.cells.items():
        yield from ((f"cell {aspect} {cell.value} {cell.rule}", cell.region) for cell in cells)
    for output, statuses in found.sets.items():
        yield from ((f"set {output} {status}", region) for status, region in statuses.items())
    for score, totals in found.totals.items():
        yield from ((f"score {score} {total}", region) for total, region in totals.items())
