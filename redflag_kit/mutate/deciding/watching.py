"""Vignettes as they watch a guideline: which patients they are about, and what of the outputs would unsettle them.

Claim: a vignette here is one whose every expectation counted is met. Expectations that are not met now, or still to be
filled in, are left out.
Method: vignettes that state everything are read together as points of a bitset, the others one by one on diagrams.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.bitset import BitRegion, Points
from redflag_kit.logic.space import Point, Space
from redflag_kit.model.vignette import Expectation, Vignette
from redflag_kit.mutate.deciding.expectations import Reader, Seen
from redflag_kit.mutate.verdict import Watch
from redflag_kit.semantics.cases import Told, assuming, entailed, written
from redflag_kit.semantics.regions import Meaning, meaning

MANY = 64
"""From how many vignettes that leave nothing open on it pays to read the guideline over all of them at once."""


@dataclass(frozen=True, slots=True)
class Case:
    """A vignette that watches, with its filled case; `number` is its place among those given, from 0.

    The completions are the legal patients in `box`: the atoms that each finding is left by what is stated, taken as
    normal or assumed; a finding that it does not name may have any.
    """

    number: int
    id: str
    told: Told[BddRegion]
    box: dict[str, int]
    seen: Seen
    _completions: Callable[[], BddRegion] = field(repr=False, compare=False)

    @property
    def region(self) -> BddRegion:
        """Return the completions."""
        return self._completions()


@dataclass(frozen=True, slots=True)
class _Given:
    """A vignette as it was given, with all that it expects of the guideline."""

    number: int
    id: str
    told: Told[BddRegion]
    expectations: Sequence[Expectation]


def watching(engine: Engine, watches: Iterable[Watch]) -> tuple[Case, ...]:
    """Return the vignettes that can notice something, in the order in which they were given, each once."""
    grouped: dict[str, tuple[Vignette, list[Expectation]]] = {}
    for watch in watches:
        grouped.setdefault(watch.vignette.id, (watch.vignette, []))[1].append(watch.expectation)
    given = [
        _Given(number, vignette.id, engine.told(vignette.findings, vignette.fill_clean), expectations)
        for number, (vignette, expectations) in enumerate(grouped.values())
    ]
    alone, crowd = _Alone(engine), _Crowd(engine, given)
    cases = (crowd.case(one) if one.number in crowd.where else alone.case(one) for one in given)
    return tuple(case for case in cases if case)


class _Alone:
    """Reads vignettes one by one, on the diagrams of the guideline."""

    def __init__(self, engine: Engine) -> None:
        self.compiled = engine.compiled
        self.reader = Reader(engine.compiled, engine.diagrams, engine.meaning.sets, engine.written, engine.entailed)

    def case(self, one: _Given) -> Case | None:
        """Return a vignette as it watches, or nothing if it cannot notice anything."""
        told = one.told
        filled = assuming(self.compiled, told)
        if filled.region.is_empty() or not (seen := self.reader.all_seen(one.expectations, filled.region)):
            return None
        taken = {name: mask for name, mask in told.wanted.items() if name not in told.taken[1]}
        made = {name: 1 << told.atoms.atom_of(name, self.compiled.assume[name]) for name in filled.assumed}
        return Case(one.number, one.id, told, {**told.facts, **taken, **made}, seen, lambda: filled.region)


class _Crowd:
    """Reads vignettes that leave nothing open, all at once; `where`: the point of each that is legal, by its number.

    Nothing can be assumed of them, and all their normal values fit.
    """

    def __init__(self, engine: Engine, given: Iterable[_Given]) -> None:
        self.engine = engine
        self.points = {one.number: point for one in given if (point := _point(engine.atoms.space, one.told))}
        self.where = self._legal() if len(self.points) >= MANY else {}

    def case(self, one: _Given) -> Case | None:
        """Return a vignette as it watches, or nothing if it cannot notice anything."""
        seen = self._reader.all_seen(one.expectations, self.where[one.number])
        told = one.told
        return (
            Case(one.number, one.id, told, {**told.facts, **told.wanted}, seen, lambda: told.filled) if seen else None
        )

    def _legal(self) -> dict[int, BitRegion]:
        legal = self._meaning.legal.bits
        return {number: BitRegion(self._algebra, 1 << at) for at, number in enumerate(self.points) if legal >> at & 1}

    @cached_property
    def _algebra(self) -> Points:
        return Points(self.engine.atoms.space, tuple(self.points.values()))

    @cached_property
    def _meaning(self) -> Meaning[BitRegion]:
        return meaning(self.engine.compiled, self.engine.atoms, self._algebra)

    @cached_property
    def _reader(self) -> Reader[BitRegion]:
        compiled, tables = self.engine.compiled, written(self._meaning, self._algebra)
        return Reader(compiled, self._algebra, self._meaning.sets, tables, entailed(compiled, tables, self._algebra))


def _point(space: Space, told: Told[BddRegion]) -> Point | None:
    """Return the only point that what is stated and the normal values leave, None if they leave several."""
    masks = [told.facts.get(name) or told.wanted.get(name, 0) for name in space.names]
    if any(mask.bit_count() != 1 for mask in masks):
        return None
    return tuple(mask.bit_length() - 1 for mask in masks)
