"""The default audit: cases in which an assumption hides a more urgent outcome.

Claim: an output is listed for an assumption exactly if some case in which each finding is known or not assessed can,
without the assumption and with all others, turn out more urgent than it can with it. What only several assumptions hide
together is listed with each of them, against making none of them. `region` says for which cases; the witness is one of
them, its completions enumerated on the literal interpreter.
Urgency is the order of the output's scale; to say nothing ranks below every level but the one that advises against.
Not covered: partly known findings; sets, which have no order.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from redflag_kit.analyse.assumed import Assumed
from redflag_kit.analyse.must_assess import HidingSets, hidden_cases
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.space import Point

ALONE, TOGETHER, NEVER = "alone", "together", "never"


@dataclass(frozen=True, slots=True)
class Hidden:
    """An output that an assumption makes less urgent than it may be: for which cases, and a point among them.

    `made` are the assumptions made where it is compared with making all of them.
    """

    output: str
    made: tuple[str, ...]
    region: BddRegion
    point: Point


@dataclass(frozen=True, slots=True)
class Audit:
    """What one assumption hides: `alone`, only `together` with others, or `never`."""

    finding: str
    hides: str
    hidden: tuple[Hidden, ...]


def audit(world: Assumed, sets: HidingSets) -> tuple[Audit, ...]:
    """Return one entry per assumption, in the order in which they are made; `sets` hide something together."""
    everything = tuple(world.ready.compiled.assume)
    together = {name for names in sets.sets for name in names}
    found = []
    for name in everything:
        others = tuple(other for other in everything if other != name)
        alone = tuple(_hidden(world, name, others))
        jointly = tuple(_hidden(world, name, ())) if not alone and name in together else ()
        found.append(Audit(name, ALONE if alone else TOGETHER if jointly else NEVER, alone or jointly))
    return tuple(found)


def _hidden(world: Assumed, name: str, made: tuple[str, ...]) -> Iterator[Hidden]:
    for output in world.ready.guideline.covers:
        region = hidden_cases(world, output, made) & world.unknown(name)
        point = world.diagrams.least(region)
        if point is not None:
            yield Hidden(output, made, region, point)
