"""Vignettes with many completions as regions, and which of them kill a fault.

Claim: a case is named exactly if some completion has another value of an output that is watched exactly, or what it
judges is no longer as expected.
Method: from coarse to fine. A case that the effect of a rule never changes needs no look at the mutants of the rule.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic
from weakref import WeakKeyDictionary

from redflag_kit.logic.algebra import R
from redflag_kit.mutate.deciding.faults import Fault
from redflag_kit.mutate.deciding.judging import touches, unsettled
from redflag_kit.mutate.deciding.watching import Look, Seen
from redflag_kit.observe.effect import Effect
from redflag_kit.observe.world import World


@dataclass(frozen=True, slots=True)
class Wide(Generic[R]):
    """A case with many completions, and what it watches."""

    region: R
    seen: Seen


@dataclass(frozen=True, slots=True)
class _Touched(Generic[R]):
    """The completions of cases that an effect changes where it is watched exactly, and the cases to be judged again."""

    exact: tuple[tuple[int, R], ...]
    together: R
    judged: frozenset[int]


@dataclass(frozen=True)
class Ward(Generic[R]):
    """Cases with many completions, over all mutants of a guideline."""

    world: World[R]
    cases: Mapping[int, Wide[R]]
    _known: "WeakKeyDictionary[Effect[R], _Touched[R]]" = field(default_factory=WeakKeyDictionary, repr=False)

    def killers(self, fault: Fault[R]) -> Iterator[int]:
        """Yield the numbers of the cases that kill a fault, some perhaps twice."""
        touched = [(piece.where, self._touched(piece.effect)) for piece in fault]
        for where, found in touched:
            here = where & found.together
            if not here.is_empty():
                yield from (number for number, region in found.exact if not (region & here).is_empty())
        for number in sorted(frozenset[int]().union(*(found.judged for _, found in touched))):
            case = self.cases[number]
            if unsettled(self.world, fault, case.region, case.seen.judged):
                yield number

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
            if not here.is_empty():
                found.append((number, here))
                together |= here
        judging = ((number, case) for number, case in self.cases.items() if case.seen.judged)
        judged = frozenset(number for number, case in judging if touches(effect, case.seen, case.region))
        return _Touched(tuple(found), together, judged)
