"""Expectations that several values can meet, judged again under a fault.

Claim: a case is named exactly if some expectation that it judges is no longer met; the possible values are then those
of the mutant over the completions of the case, in any algebra.
Method: what an output can be is kept per case, split by value. A fault takes away the completions that change, and
adds what they have now; nothing else of the case is looked at again.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Generic, TypeAlias
from weakref import WeakKeyDictionary

from redflag_kit.logic.algebra import R, disjunction
from redflag_kit.mutate.deciding.expectations import Judged, Look
from redflag_kit.mutate.deciding.faults import Fault
from redflag_kit.observe.effect import Effect, View
from redflag_kit.observe.world import Aspect, World, observed
from redflag_kit.semantics.cases import Possible
from redflag_kit.semantics.hit_policies import LISTED
from redflag_kit.terms.scale import STATUSES

Place: TypeAlias = tuple[int, int]
"""A case by its number, and which of the expectations that it judges."""


@dataclass(frozen=True)
class _Touched(Generic[R]):
    """Where an effect changes what is judged, by the number of the case, and for whom altogether.

    Of each: the place of the expectation in its case, how it looks at what, and the completions.
    """

    world: World[R]
    effect: Effect[R]
    parts: Mapping[int, Sequence[tuple[int, Look, R]]]
    together: R
    _now: dict[Look, Mapping[Aspect, Mapping[str, R]]] = field(default_factory=dict, repr=False)

    def now(self, look: Look) -> Mapping[Aspect, Mapping[str, R]]:
        """Return the values that there are now among those who are touched."""
        # COST: mostly one value or two of many, and asked for by every mutant with this effect.
        if look not in self._now:
            view, output = look
            after = self.effect.after(view)
            aspects = observed(self.world.compiled, output)
            self._now[look] = {
                aspect: _some((value, region & self.together) for value, region in after[aspect].items())
                for aspect in aspects
            }
        return self._now[look]


@dataclass(frozen=True)
class Judging(Generic[R]):
    """Cases that judge something: their completions and expectations, over all mutants of a guideline.

    `near`: the cases that have completions in a region, where that can be told faster than case by case.
    """

    world: World[R]
    cases: Mapping[int, tuple[R, tuple[Judged, ...]]]
    near: Callable[[R], Collection[int]] | None = None
    _splits: dict[tuple[int, Look], "_Split[R]"] = field(default_factory=dict, repr=False)
    _known: "WeakKeyDictionary[Effect[R], _Touched[R]]" = field(default_factory=WeakKeyDictionary, repr=False)

    def unsettled(self, fault: Fault[R], known: Set[int]) -> Iterator[int]:
        """Yield the numbers of the cases, those known left out, of which an expectation is no longer met."""
        changed: dict[Place, dict[Look, list[tuple[R, _Touched[R]]]]] = {}
        for piece in fault:
            touched = self._touched(piece.effect)
            where = piece.where & touched.together
            if where.is_empty():
                continue
            numbers = touched.parts.keys() if self.near is None else touched.parts.keys() & self.near(where)
            for number in numbers - known:
                for index, look, region in touched.parts[number]:
                    here = region & where
                    if not here.is_empty():
                        changed.setdefault((number, index), {}).setdefault(look, []).append((here, touched))
        for (number, index), looks in sorted(changed.items()):
            if not self._is_met(number, self.cases[number][1][index], looks):
                yield number

    def stay_undecided(self, number: int, gone: R) -> bool:
        """Say whether all that a case judges is that outputs are undecided, which it surely stays if some change."""
        judged = self.cases[number][1]
        return all(one.expected.undecided and self._split(number, one.looks[0]).stays_undecided(gone) for one in judged)

    def _touched(self, effect: Effect[R]) -> "_Touched[R]":
        known = self._known.get(effect)
        if known is None:
            parts: dict[int, list[tuple[int, Look, R]]] = {}
            together = self.world.algebra.empty
            for look, watching in self._watching.items():
                differs = effect.differs(*look)
                for (number, index), region in watching if not differs.is_empty() else ():
                    here = region & differs
                    if not here.is_empty():
                        parts.setdefault(number, []).append((index, look, here))
                        together |= here
            known = self._known[effect] = _Touched(self.world, effect, parts, together)
        return known

    @cached_property
    def _watching(self) -> dict[Look, list[tuple[Place, R]]]:
        """Return who looks at what, and the completions."""
        found: dict[Look, list[tuple[Place, R]]] = {}
        for number, (region, judged) in self.cases.items():
            for index, one in enumerate(judged):
                for look in one.looks:
                    found.setdefault(look, []).append(((number, index), region))
        return found

    def _is_met(self, number: int, judged: Judged, changed: Mapping[Look, Sequence[tuple[R, "_Touched[R]"]]]) -> bool:
        found = []
        for look in judged.looks:
            split, changes = self._split(number, look), changed.get(look, ())
            if judged.expected.undecided:
                gone = disjunction(self.world.algebra, (here for here, _ in changes))
                if split.stays_undecided(gone):
                    return True
            found.append(split.under([(here, touched.now(look)) for here, touched in changes]))
        return judged.is_met(found[0], found[-1])

    def _split(self, number: int, look: Look) -> "_Split[R]":
        if (number, look) not in self._splits:
            self._splits[number, look] = _split(self.world, self.cases[number][0], look)
        return self._splits[number, look]


def broken(effect: Effect[R], output: str, values: Collection[str], watched: R) -> R:
    """Return those watched for whom an output takes a value that is none of those expected."""
    here = watched & effect.differs(View.ENTAILED, output)
    if here.is_empty():
        return here
    after = effect.after(View.ENTAILED)[output, ""]
    return here - disjunction(effect.world.algebra, (after[value] for value in sorted(values) if value in after))


Changes: TypeAlias = Sequence[tuple[R, Mapping[Aspect, Mapping[str, R]]]]
"""Completions that change, with the tables that hold for them now."""


@dataclass(frozen=True)
class _Split(Generic[R]):
    """The completions of a case by what an output is: per value, and of a set with and without each element."""

    world: World[R]
    output: str
    values: Mapping[str, R]
    listed: Mapping[str, R]
    unlisted: Mapping[str, R]

    def stays_undecided(self, gone: R) -> bool:
        """Say whether those who do not change are enough for two values."""
        # COST: asks nothing of the values after a change, which need not even be found.
        kept = (value for value, region in self.values.items() if not (region - gone).is_empty())
        return len(tuple(islice(kept, 2))) == 2

    def under(self, changes: Changes[R]) -> Possible:
        """Return what the output can be once some completions change."""
        gone = changes[0][0] if len(changes) == 1 else disjunction(self.world.algebra, (here for here, _ in changes))
        output = self.world.compiled.outputs[self.output]
        key = (self.output, "")
        values = _left(self.values, gone)
        for here, tables in changes:
            values |= {v for v, region in tables[key].items() if v not in values and not (here & region).is_empty()}
        order = (*output.scale.levels, *STATUSES) if output.scale else STATUSES
        plain = tuple(value for value in order if value in values)
        return Possible(plain, *self._members(changes, gone))

    def _members(self, changes: Changes[R], gone: R) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what is always and what is ever in the set once some completions change."""
        may, spared = _left(self.listed, gone), _left(self.unlisted, gone)
        elements = self.world.compiled.outputs[self.output].elements
        for here, tables in changes:
            for element in elements:
                listed = tables[self.output, element].get(LISTED)
                if listed is None:
                    spared.add(element)
                    continue
                may |= set() if (here & listed).is_empty() else {element}
                spared |= set() if (here - listed).is_empty() else {element}
        return tuple(e for e in elements if e in may and e not in spared), tuple(e for e in elements if e in may)


def _left(parts: Mapping[str, R], gone: R) -> set[str]:
    """Return the values that some completion keeps."""
    return {value for value, region in parts.items() if not (region - gone).is_empty()}


def _split(world: World[R], case: R, look: Look) -> _Split[R]:
    view, output = look
    tables = world.written if view is View.WRITTEN else world.entailed
    elements = world.compiled.outputs[output].elements
    listed = {one: tables[output, one].get(LISTED, world.algebra.empty) for one in elements}
    return _Split(
        world,
        output,
        _some((value, case & region) for value, region in tables[output, ""].items()),
        _some((one, case & region) for one, region in listed.items()),
        _some((one, case - region) for one, region in listed.items()),
    )


def _some(found: Iterator[tuple[str, R]]) -> dict[str, R]:
    return {name: region for name, region in found if not region.is_empty()}
