"""Mutants that are newly exempted: faults of a guideline that no vignette needs to notice any longer.

A mutant keeps its id while the text that it was made from stays, so an exemption that was carried on to a new edition
is none that is new. The reason is text.
"""

from collections.abc import Iterator

from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.gate.lineage import Lineage
from redflag_kit.gate.relaxed_vignettes import Lost
from redflag_kit.source.library import Library


def new_exemptions(old: Library, new: Library, both: Lineage) -> Iterator[Lost]:
    """Yield what is exempted of an edition and was not of the one before it."""
    before = {(one.guideline, one.mutant) for one in old.exemptions}
    for one in new.exemptions:
        if (both.before.get(one.guideline, ""), one.mutant) not in before:
            said = f"{one.guideline} exempts a mutant from being noticed: {quoted(one.mutant)}, because {one.reason}"
            family = both.new[one.guideline].id
            yield Lost(("exemption", family, one.mutant), said, family)
