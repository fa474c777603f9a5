"""Aims: items of coverage with the patients who would show them."""

from dataclasses import dataclass

from redflag_kit.logic.bdd import BddRegion
from redflag_kit.results.coverage import CoverageItem


@dataclass(frozen=True, slots=True)
class Aim:
    """An item, and every legal patient who would cover it.

    That is: of whom a vignette that states every finding and expects every outcome covers the item. None where only
    a vignette can that leaves something unknown, and, if that saves work, where the item is no hole.
    """

    item: CoverageItem
    region: BddRegion | None
