"""Vignettes with many completions as regions, and which of them kill a fault.

Claim: a case is named exactly if some completion has another value of an output that is watched exactly, or what it
judges is no longer as expected.
Method: from coarse to fine. A case that the effect of a rule never changes needs no look at the mutants of the rule.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic
from weakref import WeakKeyDictionary

from redflag_kit.logic.algebra import R, disjunction
from redflag_kit.mutate.deciding.expectations import Look, Seen
from redflag_kit.mutate.deciding.faults import Fault
from redflag_kit.mutate.deciding.judging import Judging, broken
from redflag_kit.observe.effect import Effect
from redflag_kit.observe.world import World


@dataclass(frozen=True, slots=True)
class Wide(Generic[R]):
    """A case with many completions, and what it watches."""

    region: R
    seen: Seen


@dataclass(frozen=True, slots=True)
class _Touched(Generic[R]):
    """The completions of cases that an effect changes where it is watched exactly, and all of them together."""

    exact: tuple[tuple[int, R], ...]
    together: R


@dataclass(frozen=True)
class Ward(Generic[R]):
    """Cases with many completions, over all mutants of a guideline."""

    world: World[R]
    cases: Mapping[int, Wide[R]]
    _known: "WeakKeyDictionary[Effect[R], _Touched[R]]" = field(default_factory=WeakKeyDictionary, repr=False)

    def killers(self, fault: Fault[R]) -> Iterator[int]:
        """Yield the numbers of the cases that kill a fault, some perhaps twice."""
        known: set[int] = set()
        where = disjunction(self.world.algebra, (piece.where for piece in fault))
        if all(self._surely_met(number, case, where) for number, case in self.cases.items()):
            return
        for piece in fault:
            found = self._touched(piece.effect)
            here = piece.where & found.together
            if not here.is_empty():
                known |= {number for number, region in found.exact if not (region & here).is_empty()}
        yield from sorted(known)
        yield from self._judging.unsettled(fault, known)

    def _surely_met(self, number: int, case: Wide[R], where: R) -> bool:
        """Say whether a case does not kill whatever flips in a region, be its effect what it may."""
        # COST: little is known in these cases, and mostly that an output is undecided is all they expect.
        here = case.region & where
        if here.is_empty():
            return True
        return not case.seen.exact and self._judging.stay_undecided(number, here)

    @cached_property
    def _judging(self) -> Judging[R]:
        judging = {number: (case.region, case.seen.judged) for number, case in self.cases.items() if case.seen.judged}
        return Judging(self.world, judging)

    def _touched(self, effect: Effect[R]) -> _Touched[R]:
        known = self._known.get(effect)
        if known is None:
            known = self._known[effect] = self._touched_by(effect)
        return known

    def _touched_by(self, effect: Effect[R]) -> _Touched[R]:
        # COST: vignettes mostly watch the same outputs, so what an effect does to those is joined once.
        joined: dict[frozenset[Look], R] = {}
        found: list[tuple[int, R]] = []
        together = self.world.algebra.empty
        for number, case in self.cases.items():
            looks = case.seen.exact
            if looks not in joined:
                joined[looks] = effect.any_of(sorted(looks))
            here = case.region & joined[looks]
            for one in case.seen.judged:
                here = here | broken(effect, one.output, one.only, case.region) if one.only else here
            if not here.is_empty():
                found.append((number, here))
                together |= here
        return _Touched(tuple(found), together)
