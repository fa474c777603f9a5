"""Mutants that are newly exempted: faults of a guideline that no vignette needs to notice any longer.

An exemption is bound to its mutant and to what that mutant does. One that was carried on to a new edition, with the
same fault at the same place, is none that is new; the same id of a rule that says something else now is. The reason is
text.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from redflag_kit.compile.digest import digest_of
from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.gate.lineage import Lineage
from redflag_kit.gate.meaning import meaning
from redflag_kit.gate.relaxed_vignettes import Lost
from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.mutants import mutants
from redflag_kit.source.library import Library

Faults = Callable[[str], Mapping[str, str]]


def new_exemptions(old: Library, new: Library, both: Lineage) -> Iterator[Lost]:
    """Yield what is exempted of an edition and was not of the one before it."""
    # COST: the mutants of an edition are made only if it has exemptions.
    before, after = cache(_faults_in(both.old)), cache(_faults_in(both.new))
    known = {(one.guideline, one.mutant, before(one.guideline).get(one.mutant, "")) for one in old.exemptions}
    for one in new.exemptions:
        fault = after(one.guideline).get(one.mutant, "")
        if (both.before.get(one.guideline, ""), one.mutant, fault) not in known:
            said = f"{one.guideline} exempts a mutant from being noticed: {quoted(one.mutant)}, because {one.reason}"
            family = both.new[one.guideline].id
            yield Lost(("exemption", family, one.mutant, fault), said, family)


def _faults_in(editions: Mapping[str, Guideline]) -> Faults:
    """Return what gives, for an edition, the meaning of each of its mutants by id."""
    return lambda name: {one.id: digest_of(meaning(one.edit)) for one in mutants(editions[name])}
