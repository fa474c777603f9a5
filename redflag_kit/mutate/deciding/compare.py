"""Mutants compared with their guideline over all legal patients, and judged by vignettes with many completions.

Claim: the same in every algebra that finds points. A survivor's witness is the canonical patient of all who get another
outcome, confirmed by the literal interpreter.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Generic

from redflag_kit.compile.prepared import Prepared
from redflag_kit.logic.algebra import R, Searching, disjunction
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.space import Point
from redflag_kit.model.condition import Value
from redflag_kit.model.vignette import Stated
from redflag_kit.mutate.deciding.confirm import Reference, stated
from redflag_kit.mutate.deciding.faults import Fault, Faults
from redflag_kit.mutate.deciding.wide import Ward
from redflag_kit.mutate.mutant import Mutant
from redflag_kit.mutate.verdict import Equivalent, Killed, Survived
from redflag_kit.semantics.witness import patient_at

NOBODY = "no patient in scope tells the two apart"
ELSEWHERE = "wherever the two differ, what else applies gives the same"


@dataclass(frozen=True)
class Comparing(Generic[R]):
    """A guideline in an algebra, ready to be compared with its mutants. `ids` are those of the vignettes, by number.

    `legal` are the legal patients. Faults leave them aside: what constraints say would make every region larger.
    `every`: whether all vignettes that kill a mutant are looked for, or one is enough.
    """

    ready: Prepared
    algebra: Searching[R]
    legal: R
    faults: Faults[R]
    ward: Ward[R]
    ids: Mapping[int, str]
    reference: Reference
    every: bool = True
    _patients: dict[Point, dict[str, Value]] = field(default_factory=dict, repr=False)

    def verdict(self, mutant: Mutant, killers: Collection[int]) -> Killed | Equivalent | Survived:
        """Return the verdict on a mutant that some vignettes are known to kill, by their numbers."""
        if killers and not (self.every and self.ward.cases):
            return self.killed(mutant, killers)
        fault = self.faults.of(mutant.edit)
        numbers = {*killers, *self.ward.killers(fault)}
        if numbers:
            return self.killed(mutant, numbers)
        region = self.legal & disjunction(self.algebra, (piece.where & piece.effect.anywhere for piece in fault))
        if isinstance(region, BddRegion):
            if region.is_empty():
                return Equivalent(mutant, self._why(fault))
            return Survived(mutant, region, lambda: self._witness(mutant, self.algebra.least(region)))
        # Searching for a patient is the verdict.
        point = self.algebra.least(region)
        if point is None:
            return Equivalent(mutant, self._why(fault))
        case = self._witness(mutant, point)
        return Survived(mutant, None, lambda: case)

    def killed(self, mutant: Mutant, numbers: Collection[int]) -> Killed:
        """Return the verdict on a mutant that some vignettes kill."""
        return Killed(mutant, tuple(self.ids[number] for number in sorted(numbers)))

    def _witness(self, mutant: Mutant, point: Point | None) -> tuple[Stated, ...]:
        assert point is not None
        patient = self._patient(point)
        self.reference.confirm(mutant, patient)
        return stated(patient)

    def _patient(self, point: Point) -> dict[str, Value]:
        if point not in self._patients:
            ready = self.ready
            findings = ready.guideline.vocabulary.findings
            self._patients[point] = patient_at(point, ready.atoms, ready.compiled.restrictions, findings)
        return self._patients[point]

    def _why(self, fault: Fault[R]) -> str:
        told_apart = disjunction(self.algebra, (piece.where & piece.effect.care for piece in fault))
        return NOBODY if (self.legal & told_apart).is_empty() else ELSEWHERE
