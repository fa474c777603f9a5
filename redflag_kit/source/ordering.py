"""Order things that need each other, and find circles."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from heapq import heapify, heappop, heappush


def in_order(needs: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the names in the order given, moved only as far as each must come after what it needs (no circles)."""
    names = list(needs)
    waiting = {name: len(needed) for name, needed in needs.items()}
    followers: dict[str, list[int]] = {name: [] for name in names}
    for place, name in enumerate(names):
        for needed in needs[name]:
            followers[needed].append(place)
    ready = [place for place, name in enumerate(names) if not needs[name]]
    heapify(ready)
    ordered: list[str] = []
    while ready:
        name = names[heappop(ready)]
        ordered.append(name)
        for place in followers[name]:
            waiting[names[place]] -= 1
            if waiting[names[place]] == 0:
                heappush(ready, place)
    return tuple(ordered)


def cycle_in(needs: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return a circle of names, the first repeated at the end, or nothing."""
    try:
        TopologicalSorter({name: sorted(needed) for name, needed in needs.items()}).prepare()
    except CycleError as error:
        circle = list(error.args[1])
        start = circle.index(min(circle[:-1]))
        turned = circle[start:-1] + circle[:start]
        return (*turned, turned[0])
    return ()
