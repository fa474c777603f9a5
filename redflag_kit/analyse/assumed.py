"""Cases in which some findings are not assessed, with a guideline's assumptions made or left out.

Claim: a case belongs to `cases_with` exactly if some completion of it, the chosen assumptions made where they fit, lies
in the region. Cases are all in which each finding is known or not assessed.
Method: an assumed finding, and every finding that constraints tie to one, has a second axis that says whether it is
known; where it is not, its value is projected away. Other findings count as known. That loses nothing where only the
most urgent outcome matters: to know them as the most urgent completion has them leaves it possible, leaves fewer
completions beside it, and lets the same assumptions fit.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from redflag_kit.compile.prepared import Prepared
from redflag_kit.compile.table import Compiled, tied_by
from redflag_kit.evaluate.engine import Tables
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.budget import NO_DEADLINE, Budget, Deadline
from redflag_kit.logic.space import Axis, Point, Space
from redflag_kit.semantics.cases import entailed, written
from redflag_kit.semantics.regions import Meaning, meaning

UNKNOWN = 0b10


@dataclass(frozen=True)
class Assumed:
    """A guideline that assumes something, over cases. `flagged` are the findings that may be not assessed."""

    ready: Prepared
    diagrams: Diagrams
    meaning: Meaning[BddRegion]
    tables: Tables
    flagged: tuple[str, ...]

    @cached_property
    def applies(self) -> dict[str, BddRegion]:
        """Return the cases for which each assumption is made: nothing is known, and it fits those made before."""
        found: dict[str, BddRegion] = {}
        left = self.meaning.legal
        for name in self.ready.compiled.assume:
            taken = left & self.value(name)
            found[name] = self.unknown(name) & self._lifted(taken)
            left = self.diagrams.ite(found[name], taken, left)
        return found

    def completions(self, made: Iterable[str]) -> BddRegion:
        """Return the legal patients beside the cases they complete, some of the assumptions made."""
        region = self.meaning.legal
        for name in made:
            region &= ~self.applies[name] | self.value(name)
        return region

    def cases_with(self, made: Iterable[str], region: BddRegion) -> BddRegion:
        """Return the cases that can still turn out to be in a region."""
        return self._lifted(self.completions(made) & region)

    def cases_firing(self, rule: str) -> BddRegion:
        """Return the cases for which a rule can fire, all assumptions made."""
        if rule not in self._firing:
            self._firing[rule] = self.cases_with(self.ready.compiled.assume, self.meaning.fires[rule])
        return self._firing[rule]

    @cached_property
    def _firing(self) -> dict[str, BddRegion]:
        return {}

    def value(self, name: str) -> BddRegion:
        """Return who has the assumed value of a finding."""
        atom = self.ready.atoms.atom_of(name, self.ready.compiled.assume[name])
        return self.diagrams.literal(name, 1 << atom)

    def unknown(self, name: str) -> BddRegion:
        """Return the cases in which a finding is not assessed."""
        return self.diagrams.literal(flag(name), UNKNOWN)

    def atoms_at(self, point: Point) -> tuple[Point, tuple[str, ...]]:
        """Return the atoms of the findings at a point, and which of the findings are not assessed there."""
        at = dict(zip(self.diagrams.space.names, point, strict=True))
        atoms = tuple(at[name] for name in self.ready.atoms.inputs)
        return atoms, tuple(name for name in self.flagged if at[flag(name)] == 1)

    def _lifted(self, region: BddRegion) -> BddRegion:
        for name in reversed(self.flagged):
            region = self.diagrams.ite(self.unknown(name), self.diagrams.exists(region, (name,)), region)
        return region


def assumed(ready: Prepared, nodes: int = Budget().nodes, deadline: Deadline = NO_DEADLINE) -> Assumed:
    """Return a guideline over cases. It must assume something."""
    compiled, atoms = ready.compiled, ready.atoms
    tied = tied_to(compiled, compiled.assume)
    flagged = tuple(name for name in atoms.inputs if name in tied)
    axes = [
        axis
        for one in atoms.space.axes
        for axis in ((Axis(flag(one.name), 2), replace(one)) if one.name in tied else (one,))
    ]
    diagrams = Diagrams(Space(tuple(axes)), nodes, deadline)
    regions = meaning(compiled, atoms, diagrams)
    tables = entailed(compiled, written(regions, diagrams), diagrams)
    return Assumed(ready, diagrams, regions, tables, flagged)


def flag(finding: str) -> str:
    """Return the axis that says whether a finding is known (atom 0) or not assessed (atom 1)."""
    return f"?{finding}"


def tied_to(compiled: Compiled, names: Collection[str]) -> set[str]:
    """Return the findings that constraints tie to some findings, directly or through others, and those themselves."""
    ties = [tied_by(restriction) for restriction in compiled.restrictions]
    found: set[str] = set()
    fresh = set(names)
    while fresh:
        found |= fresh
        fresh = {name for tie in ties if tie & fresh for name in tie} - found
    return found
