"""Order things that need each other, and find circles."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter


def in_order(needs: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the names in the order given, moved only as far as each must come after what it needs (no circles)."""
    ordered: dict[str, None] = {}
    waiting = list(needs)
    while waiting:
        ready = next(name for name in waiting if needs[name] <= ordered.keys())
        ordered[ready] = None
        waiting.remove(ready)
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
