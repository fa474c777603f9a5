"""Which value of an ordered output is less urgent than which.

The order is the scale's. `silent` stands directly above the level that advises against, or below every level where the
scale has none: falling silent loses advice, and advising against is less than saying nothing. A lateral pair is not
compared. Neither are gaps and conflicts, which `check` reports in their own right, nor being out of scope, which is
not a "no".
"""

from functools import cache

from redflag_kit.terms.scale import STATUSES, Scale, Status


@cache
def more_urgent(scale: Scale) -> dict[str, tuple[str, ...]]:
    """Return, for each value that can be compared, the values that are more urgent."""
    silent = Status.SILENT.value
    places = {level: 2 * rank for rank, level in enumerate(scale.levels)}
    places[silent] = -1 if scale.against is None else 2 * scale.rank(scale.against) + 1
    ordered = sorted(places, key=lambda value: places[value])
    return {
        value: tuple(w for w in ordered if places[w] > places[value] and not scale.is_lateral(value, w))
        for value in ordered
    }


@cache
def less_urgent_after(scale: Scale) -> dict[str, tuple[str, ...]]:
    """Return, for each value that can be compared, the values of a later edition that are less urgent.

    A later edition may fall silent in many ways: say nothing, leave the patient or the output out, or be at fault. For
    the patient they are one.
    """
    silent = Status.SILENT.value
    higher = more_urgent(scale)
    found = {value: tuple(w for w in higher if value in higher[w]) for value in higher}
    return {
        value: (*lower, *(s for s in STATUSES if s != silent and silent in lower)) for value, lower in found.items()
    }
