"""Mutants that diagrams did not settle, decided by SAT."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from redflag_kit.compile.prepared import Prepared
from redflag_kit.logic.algebra import conjunction
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.budget import BudgetExceeded, Deadline
from redflag_kit.logic.sat import Clauses, SatRegion
from redflag_kit.mutate.deciding.compare import Comparing
from redflag_kit.mutate.deciding.faults import Faults
from redflag_kit.mutate.deciding.points import Matrix
from redflag_kit.mutate.deciding.watching import Case
from redflag_kit.mutate.deciding.wide import Ward, Wide
from redflag_kit.mutate.mutant import AssumeChanged
from redflag_kit.mutate.verdict import NotDecided, Verdict
from redflag_kit.observe.flips import Flips
from redflag_kit.observe.world import World
from redflag_kit.semantics.regions import meaning


def searched(
    comparing: Comparing[BddRegion],
    matrix: Matrix,
    wide: Iterable[Case],
    verdicts: Sequence[Verdict],
    deadline: Deadline,
) -> list[Verdict]:
    """Return the verdicts, those on patients that are missing found by SAT as far as the time goes."""
    # What becomes of cases hangs on projections, which SAT cannot make, so mutants of assumptions stay as they are.
    try:
        search = _comparing(comparing, wide, deadline)
        return [_verdict(search, matrix, one, deadline) for one in verdicts]
    except BudgetExceeded:
        return list(verdicts)


def _verdict(search: Comparing[SatRegion], matrix: Matrix, one: Verdict, deadline: Deadline) -> Verdict:
    if not isinstance(one, NotDecided) or isinstance(one.mutant.edit, AssumeChanged):
        return one
    try:
        deadline.check("the verdict on a mutant")
        return search.verdict(one.mutant, set(matrix.killers(matrix.faults.of(one.mutant.edit), search.every)))
    except BudgetExceeded as error:
        return NotDecided(one.mutant, error.budget)


def _comparing(comparing: Comparing[BddRegion], wide: Iterable[Case], deadline: Deadline) -> Comparing[SatRegion]:
    ready: Prepared = comparing.ready
    clauses = Clauses(ready.atoms.space, deadline=deadline)
    found = meaning(ready.compiled, ready.atoms, clauses)
    world = World(comparing.faults.world.leaves, ready.compiled, clauses, replace(found, legal=clauses.whole))
    regions = {
        case.number: conjunction(clauses, (found.legal, *(clauses.literal(*one) for one in case.box.items())))
        for case in wide
    }
    ward = Ward(world, {case.number: Wide(regions[case.number], case.seen) for case in wide})
    faults = Faults(Flips(world))
    return Comparing(ready, clauses, found.legal, faults, ward, comparing.ids, comparing.reference, comparing.every)
