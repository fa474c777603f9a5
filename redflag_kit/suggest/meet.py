"""Few patients who meet many regions: greedy intersection, made smaller by what several orders find together.

Claim: every target is met by a patient of the result, each of whom some target needs.
Method: take the target met by nobody yet that comes first, narrow it by each further one as long as somebody is left,
take a calm patient of that, strike out all targets this patient meets; repeat. What several orders find is pooled, and
the fewest that will do are chosen from the pool. Last, each patient is replaced by the calmest one who meets the same
targets that nobody else does.
Not covered: minimality over all patients; `suggest.bound` says how far off it can be.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redflag_kit.logic.algebra import conjunction
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.space import Point
from redflag_kit.suggest.bound import fewer_cannot
from redflag_kit.suggest.choose import fewest, irredundant
from redflag_kit.suggest.goal import Target, bits


@dataclass(frozen=True, slots=True)
class Met:
    """Patients, as points, who together meet all targets. `pool`: how many were tried to choose from.

    `bound`: fewer patients cannot meet all targets. `exact`: fewer of those tried could not.
    """

    points: tuple[Point, ...]
    bound: int
    pool: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Effort:
    """How far the search goes.

    `unusual`: how many findings of a patient may be away from normal, where a target does not ask for more. `choices`:
    how many choices among patients are looked at for a smaller one. `beginnings`: how often a higher bound is tried.
    `open_findings`: how many findings a case leaves open for the sake of several faults.
    """

    unusual: int = 6
    choices: int = 300
    beginnings: int = 30
    open_findings: int = 4


def meet(diagrams: Diagrams, targets: Sequence[Target], effort: Effort) -> Met:
    """Return few points that meet every target."""
    pool: dict[Point, int] = {}
    tries = []
    for order in orders(targets):
        points = intersect(diagrams, targets, order, effort.unusual)
        for point in points:
            pool.setdefault(point, len(pool))
        tries.append([pool[point] for point in points])
    had = [met_by(diagrams, targets, point) for point in pool]
    choice = fewest(had, (1 << len(targets)) - 1, tries, effort.choices)
    bound = fewer_cannot(targets, len(choice.taken), effort.beginnings)
    chosen = [point for point, number in pool.items() if number in choice.taken]
    return Met(_calmed(diagrams, targets, chosen), bound, len(pool), choice.exact)


def orders(targets: Sequence[Target]) -> tuple[tuple[int, ...], ...]:
    """Return the orders to go by: smallest first, those with the fewest neighbours first, the largest first."""
    positions = range(len(targets))
    by_neighbours = sorted(positions, key=lambda one: (targets[one].near.bit_count(), one))
    return tuple(dict.fromkeys((tuple(positions), tuple(by_neighbours), tuple(reversed(positions)))))


def intersect(diagrams: Diagrams, targets: Sequence[Target], order: Sequence[int], unusual: int) -> tuple[Point, ...]:
    """Return points that meet every target, found by greedy intersection in an order.

    Only points with at most `unusual` findings away from normal are narrowed, if the target begun with has some.
    """
    points: list[Point] = []
    left = list(order)
    while left:
        first, *rest = left
        current, near = _plain(diagrams, targets[first].region, unusual), targets[first].near
        for position in rest:
            # COST: what does not meet all that were taken so far is left out without a conjunction.
            if near >> position & 1 and not (both := current & targets[position].region).is_empty():
                current = both
                near &= targets[position].near
        point = diagrams.calmest(current)
        points.append(point)
        left = [position for position in left if not diagrams.contains(targets[position].region, point)]
    return tuple(points)


def _plain(diagrams: Diagrams, region: BddRegion, unusual: int) -> BddRegion:
    """Return the points with at most so many findings away from normal; with as few more as the region asks for."""
    while (plain := region & diagrams.near_calm(unusual)).is_empty():
        unusual += 1
    return plain


def met_by(diagrams: Diagrams, targets: Iterable[Target], point: Point) -> int:
    """Return the targets that a point meets, as bits by position."""
    return sum(1 << at for at, target in enumerate(targets) if diagrams.contains(target.region, point))


def _calmed(diagrams: Diagrams, targets: Sequence[Target], points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the points, each replaced by the calmest one that meets what no other one does; none for nothing."""
    # INVARIANT: what a point and another one meet stays met by the other one, since they are replaced one by one.
    kept = [(point, met_by(diagrams, targets, point)) for point in points]
    for at, (_, met) in enumerate(kept):
        others = 0
        for position, (_, beside) in enumerate(kept):
            others |= beside if position != at else 0
        calm = diagrams.least(conjunction(diagrams, (targets[one].region for one in bits(met & ~others))))
        assert calm is not None  # the point itself is in all of them
        kept[at] = (calm, met_by(diagrams, targets, calm))
    needed = irredundant([met for _, met in kept], range(len(kept)), (1 << len(targets)) - 1)
    return tuple(kept[one][0] for one in needed)
