"""What some change does to the outputs: their values after it, and for whom they are others than before.

Claim: `differs` holds exactly the patients for whom an output has another value after the change, as written or with
what is entailed. Where a change applies to some patients only, intersect: one patient's outcome is no other's concern.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Generic

from redflag_kit.logic.algebra import R, disjunction
from redflag_kit.observe.world import Tables, World, observed
from redflag_kit.semantics.cases import entailed
from redflag_kit.semantics.hit_policies import LISTED


class View(StrEnum):
    """How the value of an output is looked at: as rules write it, or with what `satisfied_by` entails."""

    WRITTEN = "written"
    ENTAILED = "entailed"


@dataclass(frozen=True, slots=True)
class Moved(Generic[R]):
    """An effect told by others: in each of some disjoint regions it is the one given. `outputs` are all they change."""

    outputs: frozenset[str]
    parts: "tuple[tuple[R, Effect[R]], ...]"


@dataclass(frozen=True, eq=False)
class Effect(Generic[R]):
    """What a change does wherever it applies; an effect is equal to itself alone.

    `tables` makes the tables of the outputs that may change; `care` holds the patients for whom there may be a
    difference. `moved` says the same shorter, where that can be said.
    """

    world: World[R]
    tables: Callable[[], Tables[R]]
    care: R
    moved: Moved[R] | None = None
    _found: dict[tuple[View, str], R] = field(default_factory=dict, repr=False)

    @cached_property
    def written(self) -> Tables[R]:
        """Return the written values after the change."""
        return self.tables()

    @cached_property
    def entailed(self) -> Tables[R]:
        """Return the entailed values after the change, of the families of outputs that change."""
        names = self.seen(View.ENTAILED)
        before = self.world.written
        mixed = {
            aspect: self.written.get(aspect, before[aspect])
            for name in names
            for aspect in observed(self.world.compiled, name)
        }
        if names == {name for name, _ in self.written} and all(len(self.world.families[name]) == 1 for name in names):
            return mixed
        return entailed(self.world.compiled, mixed, self.world.algebra, names)

    def seen(self, view: View) -> frozenset[str]:
        """Return the outputs that may change."""
        if view is View.WRITTEN:
            return self._changing
        return self._implied

    @cached_property
    def _changing(self) -> frozenset[str]:
        # COST: which outputs were ruled on again is known once they are; some tables leave most of theirs alone.
        return self.moved.outputs if self.moved is not None else frozenset(name for name, _ in self.written)

    @cached_property
    def _implied(self) -> frozenset[str]:
        return self.world.family(self._changing)

    def after(self, view: View) -> Tables[R]:
        """Return the values after the change."""
        return self.written if view is View.WRITTEN else self.entailed

    def differs(self, view: View, output: str) -> R:
        """Return the patients for whom an output has another value than before."""
        key = (view, output)
        if key not in self._found:
            self._found[key] = self._differs(view, output) if output in self.seen(view) else self.world.algebra.empty
        return self._found[key]

    def any_of(self, looks: Iterable[tuple[View, str]]) -> R:
        """Return the patients for whom one of several outputs has another value than before."""
        return disjunction(self.world.algebra, (self.differs(view, output) for view, output in looks))

    @cached_property
    def anywhere(self) -> R:
        """Return the patients who get another outcome from some covered output, entailment included."""
        return self.any_of((View.ENTAILED, output) for output in self.world.compiled.covers)

    def _differs(self, view: View, output: str) -> R:
        if self.moved is not None:
            return disjunction(
                self.world.algebra, (there & effect.differs(view, output) for there, effect in self.moved.parts)
            )
        before = self.world.written if view is View.WRITTEN else self.world.entailed
        return self.care & difference(self.world, output, before, self.after(view))


def difference(world: World[R], output: str, before: Tables[R], after: Tables[R]) -> R:
    """Return the points at which an output has another value in one table than in the other."""
    # COST: each point has one value, so whoever has none of the former ones has another; elements come and go alone.
    found = world.algebra.empty
    for aspect in observed(world.compiled, output):
        if aspect[1]:
            listed = (side[aspect].get(LISTED, world.algebra.empty) for side in (before, after))
            found |= next(listed) ^ next(listed)
            continue
        for value, region in after[aspect].items():
            found |= region - before[aspect][value] if value in before[aspect] else region
    return found
