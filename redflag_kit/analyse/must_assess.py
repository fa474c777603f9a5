"""The must-assess list: a smallest set of findings that make every assumption safe once they are assessed.

Claim: in every case in which each finding is known or not assessed and those of the list are known, making a
guideline's assumptions leaves every ordered output as urgent as it can be without any; no smaller set of assumed
findings does that. Findings that nothing is assumed of need no listing: their outcome stays undecided and says so.
Method: project the cases in which the assumptions hide something onto which assumed findings are not assessed. The
list must meet each of these sets; the sets that do not are closed upwards, and the rest has a least point.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from redflag_kit.analyse.assumed import Assumed, flag
from redflag_kit.logic.algebra import conjunction, disjunction
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.mdd import least
from redflag_kit.model.vocabulary import Output
from redflag_kit.terms.scale import STATUSES

MAX_SETS = 20


@dataclass(frozen=True, slots=True)
class HidingSets:
    """The least sets of assumed findings that hide something when none of a set is assessed; not all past the limit."""

    sets: tuple[tuple[str, ...], ...]
    complete: bool


def by_urgency(output: Output) -> tuple[tuple[str, ...], ...]:
    """Return the values of an ordered output in groups of equal urgency, least urgent first."""
    assert output.scale is not None
    levels, against = output.scale.levels, output.scale.against
    low = levels[: levels.index(against) + 1] if against else ()
    return (*((level,) for level in low), STATUSES, *((level,) for level in levels[len(low) :]))


def hidden_cases(world: Assumed, output: str, made: Iterable[str]) -> BddRegion:
    """Return the cases in which an output can be more urgent if only some assumptions are made instead of all."""
    declared = world.ready.guideline.outputs[output]
    found = world.diagrams.empty
    if declared.scale is None:
        return found
    some, every = tuple(made), tuple(world.ready.compiled.assume)
    urgent = world.diagrams.empty
    for values in reversed(by_urgency(declared)[1:]):
        own = [world.tables[output, ""][value] for value in values if value in world.tables[output, ""]]
        if own:
            urgent |= disjunction(world.diagrams, own)
            found |= world.cases_with(some, urgent) - world.cases_with(every, urgent)
    return found


def hiding_cases(world: Assumed) -> BddRegion:
    """Return which assumed findings are not assessed in some case in which the assumptions hide something."""
    hidden = disjunction(world.diagrams, (hidden_cases(world, name, ()) for name in world.ready.guideline.covers))
    flags = {flag(name) for name in world.ready.compiled.assume}
    return world.diagrams.exists(hidden, (name for name in world.diagrams.space.names if name not in flags))


def hiding_sets(world: Assumed, hiding: BddRegion) -> HidingSets:
    """Return the least sets of assumed findings that hide something together, smallest first."""
    left = hiding
    found: list[tuple[str, ...]] = []
    while len(found) < MAX_SETS and (point := world.diagrams.least(left)) is not None:
        at = dict(zip(world.diagrams.space.names, point, strict=True))
        found.append(tuple(name for name in world.ready.compiled.assume if at[flag(name)] == 1))
        left -= conjunction(world.diagrams, map(world.unknown, found[-1]))
    order = {name: position for position, name in enumerate(world.ready.compiled.assume)}
    found.sort(key=lambda names: (len(names), [order[name] for name in names]))
    return HidingSets(tuple(found), left.is_empty())


def must_assess(world: Assumed, hiding: BddRegion) -> tuple[str, ...]:
    """Return the findings to assess, in the order in which they are assumed; of several smallest lists the first."""
    names = tuple(world.ready.compiled.assume)
    unsafe = hiding
    for name in names:  # what hides something with fewer findings not assessed counts for more of them too
        unsafe |= world.unknown(name) & world.diagrams.restrict(unsafe, flag(name), 0)
    safe = world.diagrams.freeze(~unsafe)
    point = least(safe, prefer={flag(name): 1 for name in names})
    assert point is not None  # assessing everything that is assumed is always enough
    at = dict(zip(world.diagrams.space.names, point, strict=True))
    return tuple(name for name in names if at[flag(name)] == 0)
