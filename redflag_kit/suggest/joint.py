"""Cases with one finding that was not assessed, put together: one vignette that leaves several findings open.

Claim: in a joint case each of the faults that it stands for, taken by itself, still changes what is possible for some
output. Whether a vignette notices them is found out by running it; joint cases are offered beside the single ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.condition import Value
from redflag_kit.model.vignette import Stated
from redflag_kit.suggest.written import tables


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that leaves `finding` open, and what a fault takes for it instead."""

    stated: tuple[Stated, ...]
    finding: str
    value: Value


def joint_cases(engine: Engine, cases: Sequence[OpenCase], most: int) -> tuple[tuple[Stated, ...], ...]:
    """Return cases that stand for two to `most` of those given each, no one twice."""
    # COST: one filling per pair that is tried, and for each fault two conjunctions per value of an output.
    regions = tables(engine)
    left = list(cases)
    found = []
    while left:
        base, *rest = left
        members, stated = [base], base.stated
        for other in rest:
            joined = _with_open(stated, other.finding)
            if len(members) < most and _all_show(engine, regions, joined, (*members, other)):
                members.append(other)
                stated = joined
        left = [one for one in rest if one not in members]
        found += [stated] if len(members) > 1 else []
    return tuple(found)


def _with_open(stated: tuple[Stated, ...], finding: str) -> tuple[Stated, ...]:
    return (*(one for one in stated if one.finding != finding), Stated(finding, unknown=True))


def _all_show(
    engine: Engine, regions: Sequence[BddRegion], stated: tuple[Stated, ...], members: Sequence[OpenCase]
) -> bool:
    """Say whether each fault, taken by itself, takes a possible value away from some output."""
    case = engine.fill(stated, True).region
    possible = [one for one in regions if not (case & one).is_empty()]
    for member in members:
        atom = engine.atoms.atom_of(member.finding, member.value)
        taken = case & engine.diagrams.literal(member.finding, 1 << atom)
        if taken.is_empty() or not any((taken & one).is_empty() for one in possible):
            return False
    return True
