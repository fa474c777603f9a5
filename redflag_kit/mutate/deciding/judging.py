"""Expectations that several values can meet, judged again under a fault.

Claim: the possible values found are those of the mutant over the completions of the case, in any algebra.
"""

from collections.abc import Iterable

from redflag_kit.logic.algebra import R
from redflag_kit.mutate.deciding.faults import Fault
from redflag_kit.mutate.deciding.watching import Judged, Seen
from redflag_kit.observe.effect import Effect, View
from redflag_kit.observe.world import Tables, World, observed
from redflag_kit.semantics.cases import Possible, possible


def touches(effect: Effect[R], seen: Seen, case: R) -> bool:
    """Say whether an effect can change anything of a case that is judged."""
    looks = {look for one in seen.judged for look in one.looks}
    return not (case & effect.any_of(sorted(looks))).is_empty()


def unsettled(world: World[R], fault: Fault[R], case: R, judged: Iterable[Judged]) -> bool:
    """Say whether a fault leaves one of these expectations, all met before, unmet for a case."""
    return any(_changes(fault, case, one) and not _is_met(world, fault, case, one) for one in judged)


def _changes(fault: Fault[R], case: R, judged: Judged) -> bool:
    return any(
        not (case & piece.where & piece.effect.differs(*look)).is_empty() for piece in fault for look in judged.looks
    )


def _is_met(world: World[R], fault: Fault[R], case: R, judged: Judged) -> bool:
    found = possible_under(world, fault, case, View.ENTAILED, judged.output)
    written = possible_under(world, fault, case, View.WRITTEN, judged.output)
    return judged.is_met(found, written)


def possible_under(world: World[R], fault: Fault[R], case: R, view: View, output: str) -> Possible:
    """Return what an output can be under a fault for a case."""
    before = world.written if view is View.WRITTEN else world.entailed
    sides: list[tuple[R, Tables[R]]] = []
    for piece in fault:
        if output in piece.effect.seen(view):
            here = case & piece.where & piece.effect.care
            sides.append((here, piece.effect.after(view)))
            case = case - here
    sides.append((case, before))
    tables: dict[tuple[str, str], dict[str, R]] = {}
    for aspect in observed(world.compiled, output):
        values = tables[aspect] = {}
        for here, side in sides:
            for value, region in side[aspect].items():
                values[value] = values.get(value, world.algebra.empty) | here & region
    return possible(world.compiled, output, tables, {output: tables.get((output, ""), {})}, world.algebra.whole)
