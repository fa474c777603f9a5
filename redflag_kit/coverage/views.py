"""The values of outputs over all patients, as vignettes look at them, each distinct table once.

Families of outputs that are written together share their tables, so questions are asked of a few tables only.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from redflag_kit.coverage.shown import Look
from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.observe.effect import View
from redflag_kit.observe.leaves import leaves_of
from redflag_kit.observe.world import Aspect, Tables, World, observed
from redflag_kit.semantics.hit_policies import LISTED
from redflag_kit.terms.scale import STATUSES


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """Where something about an output has each value that it can have, in a fixed order: a partition of the space.

    Equal only to itself: a table is looked up far more often than made.
    """

    regions: tuple[BddRegion, ...]


@dataclass(frozen=True, slots=True)
class Views:
    """A guideline as `observe` sees it, and per look the tables behind it.

    An ordered output has one table, a set one per element and one of its statuses.
    """

    world: World[BddRegion]
    of: dict[Look, tuple[Values, ...]]

    def seen(self, looks: Iterable[Look]) -> tuple[Values, ...]:
        """Return the distinct tables behind some looks, in a fixed order."""
        return tuple(dict.fromkeys(table for look in sorted(looks) for table in self.of[look]))

    def outcomes(self) -> frozenset[Look]:
        """Return the looks at every covered output, entailment included."""
        return frozenset((View.ENTAILED, output) for output in self.world.compiled.covers)


def views(engine: Engine) -> Views:
    """Return the tables of a guideline's covered outputs."""
    leaves = leaves_of(engine.guideline, engine.atoms)
    world = World(leaves, engine.compiled, engine.diagrams, engine.meaning)
    made: dict[tuple[BddRegion, ...], Values] = {}

    def of(tables: Tables[BddRegion], output: str) -> tuple[Values, ...]:
        found = (_regions(world, tables, aspect) for aspect in observed(world.compiled, output))
        return tuple(made.setdefault(regions, Values(regions)) for regions in found)

    sides = ((View.WRITTEN, world.written), (View.ENTAILED, world.entailed))
    return Views(world, {(view, name): of(tables, name) for view, tables in sides for name in world.compiled.covers})


def _regions(world: World[BddRegion], tables: Tables[BddRegion], aspect: Aspect) -> tuple[BddRegion, ...]:
    """Return the regions of an aspect's values; of a set's statuses also where it has none, as something is listed."""
    scale = world.compiled.outputs[aspect[0]].scale
    found = tables[aspect]
    kept = tuple(found[value] for value in (*(scale.levels if scale else (LISTED,)), *STATUSES) if value in found)
    if scale or aspect[1]:
        return kept
    rest = world.algebra.whole
    for region in kept:
        rest -= region
    return (rest, *kept)
