"""How few patients can do it at best: as many as there are targets no two of which share a patient.

Claim: no set of patients that meets all targets is smaller than the bound. A patient has every finding known; a case
that leaves findings open stands for many patients and can do more.
"""

from collections.abc import Sequence

from redflag_kit.suggest.goal import Target, bits


def fewer_cannot(targets: Sequence[Target], enough: int, beginnings: int) -> int:
    """Return the size of a set of mutually disjoint targets, the largest found by beginning with one or the other.

    `enough`: a number of patients that will do, where the search can stop. `beginnings`: how many are tried.
    """
    near = [target.near for target in targets]
    everything = (1 << len(near)) - 1
    best = _greedily(near, everything)
    for first in range(min(len(near), beginnings)):
        if best >= enough:
            break
        best = max(best, 1 + _greedily(near, everything & ~near[first]))
    return best


def _greedily(near: Sequence[int], left: int) -> int:
    """Return how many mutually disjoint targets there are, each the one that meets the fewest of those left."""
    taken = 0
    while left:
        one = min(bits(left), key=lambda target: ((near[target] & left).bit_count(), target))
        taken += 1
        left &= ~near[one]
    return taken
