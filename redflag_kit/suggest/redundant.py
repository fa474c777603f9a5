"""Vignettes that could go without anything less being noticed; nobody is told to delete one.

Claim: what is kept notices everything that all notice together, and none of it can be left out. A vignette is essential
if something is noticed by it alone.
Not covered: what else a vignette is good for: the comment it came from, a trap, a disagreement between guidelines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from redflag_kit.suggest.choose import greedily, irredundant


@dataclass(frozen=True, slots=True)
class Partition:
    """Names of vignettes, each list in the order given. `kept` holds those that are `essential`, and more."""

    essential: tuple[str, ...]
    kept: tuple[str, ...]
    redundant: tuple[str, ...]
    blind: tuple[str, ...]


def partition(names: Sequence[str], noticed_by: Mapping[str, Sequence[str]]) -> Partition:
    """Return what of some vignettes is needed. `noticed_by`: for each thing noticed, all that notice it."""
    numbers = {name: at for at, name in enumerate(names)}
    had = [0] * len(names)
    alone: dict[str, None] = {}
    for thing, by in enumerate(noticed_by.values()):
        alone |= dict.fromkeys(by) if len(by) == 1 else {}
        for name in by:
            had[numbers[name]] |= 1 << thing
    # INVARIANT: the essential ones go first, so that dropping from the end never asks for one of them.
    first = sorted(numbers[name] for name in alone)
    everything = left = (1 << len(noticed_by)) - 1
    for one in first:
        left &= ~had[one]
    kept = irredundant(had, (*first, *greedily(had, left)), everything)
    return Partition(
        essential=tuple(names[one] for one in first),
        kept=tuple(names[one] for one in sorted(kept)),
        redundant=tuple(name for at, name in enumerate(names) if had[at] and at not in kept),
        blind=tuple(name for at, name in enumerate(names) if not had[at]),
    )
