"""Goals: what suggested patients are for. A goal is a region, and met by any patient in it.

Claim: whoever meets all regions that `smallest` keeps meets every goal given that can be met at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from redflag_kit.logic.bdd import BddRegion, Diagrams


@dataclass(frozen=True, slots=True)
class Goal:
    """Something to notice, e.g. a mutant: `region` holds every legal patient who shows it."""

    id: str
    region: BddRegion


@dataclass(frozen=True, slots=True)
class Target:
    """A region that has to be met, with its exact number of points.

    `near`: the targets that it meets, as bits by their position among all targets, its own included.
    """

    region: BddRegion
    points: int
    near: int


def distinct(diagrams: Diagrams, goals: Iterable[Goal]) -> tuple[tuple[BddRegion, int], ...]:
    """Return each region that is not empty once, with its exact number of points, smallest first, then as given."""
    regions = list(dict.fromkeys(goal.region for goal in goals if not goal.region.is_empty()))
    return tuple(sorted(zip(regions, diagrams.counts(regions), strict=True), key=lambda pair: pair[1]))


def targets(diagrams: Diagrams, goals: Iterable[Goal]) -> tuple[Target, ...]:
    """Return the regions of goals that hold no other one, smallest first: who meets these meets all goals."""
    # COST: one conjunction per pair of regions. It tells at once which meet and which hold another one.
    kept: list[tuple[BddRegion, int]] = []
    near: list[int] = []
    for region, points in distinct(diagrams, goals):
        met = 0
        for position, (smaller, _) in enumerate(kept):
            both = smaller & region
            if both == smaller:
                break
            if not both.is_empty():
                met |= 1 << position
        else:
            for position in bits(met):
                near[position] |= 1 << len(kept)
            near.append(met | 1 << len(kept))
            kept.append((region, points))
    return tuple(Target(region, points, beside) for (region, points), beside in zip(kept, near, strict=True))


def bits(mask: int) -> list[int]:
    """Return the positions of the bits that are set, lowest first."""
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found
