"""Vignettes with few completions as points of a bitset, and which of them kill a fault.

Claim: bit i of `kills` is set exactly if point i, a completion of some vignette, has a value that the vignette rules
out. What else it expects is judged over all its points.
Method: only findings that some condition reads tell points apart, so a vignette is as many points as it leaves
combinations of those. What each output's change matters to is a mask of points; per effect it is joined once.
Cost: per mutant of a condition an exclusive or and two conjunctions of integers.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import compress, product
from math import prod
from weakref import WeakKeyDictionary

from redflag_kit.compile.table import tied_by
from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bitset import BitRegion, Points
from redflag_kit.logic.space import Point
from redflag_kit.mutate.deciding.expectations import Look
from redflag_kit.mutate.deciding.faults import Fault, Faults
from redflag_kit.mutate.deciding.judging import Judging, broken
from redflag_kit.mutate.deciding.watching import Case
from redflag_kit.observe.effect import Effect
from redflag_kit.observe.flips import Flips
from redflag_kit.observe.leaves import Leaves
from redflag_kit.observe.world import World
from redflag_kit.semantics.regions import meaning

MOST = 64
"""How many points a vignette may be."""


def points_of(engine: Engine, case: Case, read: Collection[str]) -> tuple[Point, ...] | None:
    """Return the completions of a case by the findings that are read, None if they are many."""
    axes = engine.atoms.space.axes
    masks = [case.box.get(axis.name, axis.full) if axis.name in read else 1 for axis in axes]
    number = prod(mask.bit_count() for mask in masks)
    if number == 1:
        return (tuple(mask.bit_length() - 1 for mask in masks),)
    if number > MOST:
        return None
    found = tuple(product(*(atoms_in(mask) for mask in masks)))
    tied = frozenset[str]().union(*map(tied_by, engine.compiled.restrictions))
    if not any(mask & (mask - 1) and axis.name in tied for mask, axis in zip(masks, axes, strict=True)):
        return found  # somebody completes the case, and what is open in it bears on nothing else
    others = [axis.name for axis in axes if axis.name not in read]
    possible = engine.diagrams.exists(case.region, others)
    return tuple(point for point in found if engine.diagrams.contains(possible, point))


def atoms_in(mask: int) -> tuple[int, ...]:
    """Return the atoms of a mask, rising."""
    return tuple(atom for atom in range(mask.bit_length()) if mask >> atom & 1)


@dataclass(frozen=True)
class Matrix:
    """Some cases as points, over all mutants of a guideline. `owners`: the number of the case that each point is of."""

    faults: Faults[BitRegion]
    cases: tuple[Case, ...]
    owners: tuple[int, ...]
    _hits: "WeakKeyDictionary[Effect[BitRegion], BitRegion]" = field(default_factory=WeakKeyDictionary, repr=False)

    def kills(self, fault: Fault[BitRegion]) -> BitRegion:
        """Return the points at which something has a value that a vignette of that point rules out."""
        found = self.faults.world.algebra.empty
        for piece in fault:
            found = found | piece.where & self._hit(piece.effect)
        return found

    def killers(self, fault: Fault[BitRegion], every: bool) -> Iterator[int]:
        """Yield the numbers of the cases that kill a fault, some perhaps twice; unless `every`, none judged in vain."""
        known = self._owners_in(self.kills(fault))
        yield from known
        if every or not known:
            yield from self._judging.unsettled(fault, known)

    def _hit(self, effect: Effect[BitRegion]) -> BitRegion:
        """Return the points at which an effect changes what is watched exactly."""
        known = self._hits.get(effect)
        if known is None:
            known = self.faults.world.algebra.empty
            for look, watched in self._watched.items():
                known |= effect.differs(*look) & watched
            for (output, values), watched in self._confined.items():
                known |= broken(effect, output, values, watched)
            self._hits[effect] = known
        return known

    @cached_property
    def _watched(self) -> Mapping[Look, BitRegion]:
        """Return the points at which each output is watched exactly."""
        exact = {case.number: case.seen.exact for case in self.cases}
        looks = sorted({look for found in exact.values() for look in found})
        return {look: self._where([look in exact[owner] for owner in self.owners]) for look in looks}

    @cached_property
    def _confined(self) -> Mapping[tuple[str, frozenset[str]], BitRegion]:
        """Return the points at which each output must have one of some values."""
        found = {case.number: {(one.output, one.only) for one in case.seen.judged if one.only} for case in self.cases}
        pairs = sorted(
            {pair for pairs in found.values() for pair in pairs}, key=lambda pair: (pair[0], sorted(pair[1]))
        )
        return {pair: self._where([pair in found[owner] for owner in self.owners]) for pair in pairs}

    @cached_property
    def _judging(self) -> Judging[BitRegion]:
        judging = (case for case in self.cases if case.seen.judged)
        found = {one.number: (self._where([owner == one.number for owner in self.owners]), one) for one in judging}
        judged = {number: (where, one.seen.judged) for number, (where, one) in found.items()}
        return Judging(self.faults.world, judged, self._owners_in)

    def _owners_in(self, region: BitRegion) -> set[int]:
        return set(compress(self.owners, digits_of(region.bits)))

    def _where(self, told: Sequence[bool]) -> BitRegion:
        algebra = self.faults.world.algebra
        assert isinstance(algebra, Points)
        return BitRegion(algebra, int("0" + "".join("1" if one else "0" for one in reversed(told)), 2))


def digits_of(bits: int) -> bytes:
    """Return the binary digits of a number as bytes 0 and 1, the lowest first."""
    return f"{bits:b}"[::-1].encode().translate(_TO_NUMBERS)


_TO_NUMBERS = bytes.maketrans(b"01", b"\x00\x01")


def matrix_of(engine: Engine, leaves: Leaves, cases: Iterable[tuple[Case, tuple[Point, ...]]]) -> Matrix:
    """Return some cases, each with its points, ready for faults."""
    listed = tuple(cases)
    points = Points(engine.atoms.space, tuple(point for _, found in listed for point in found))
    # Findings that nothing reads have any atom here, so what the constraints say of them is left aside: all are legal.
    compiled = replace(engine.compiled, restrictions=())
    world = World(leaves, compiled, points, meaning(compiled, engine.atoms, points))
    owners = tuple(case.number for case, found in listed for _ in found)
    return Matrix(Faults(Flips(world)), tuple(case for case, _ in listed), owners)
