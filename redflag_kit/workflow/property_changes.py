"""Safety properties of two editions, each by itself, and what became of them from the old one to the new one.

A property that is declared for either edition is decided for both, so that "broken" never means "not asked before".
"""

from collections.abc import Iterable

from redflag_kit.compile.prepared import prepare
from redflag_kit.logic.budget import Budget
from redflag_kit.model.in_force import in_force
from redflag_kit.model.property import Property
from redflag_kit.results.properties import CheckedProperty, PropertyChange
from redflag_kit.trace.askable import is_askable
from redflag_kit.workflow.check_guideline import Examined
from redflag_kit.workflow.in_force import own_part
from redflag_kit.workflow.properties import Safety, check_properties
from redflag_kit.workflow.sides import Side

PROVED, REFUTED, NOT_DECIDED, NOTHING = "proved", "refuted", "not_decided", ""
ORDER = ("broken", "undecided", "dropped", "kept", "proved", "mended")


def property_changes(old: Side, new: Side) -> tuple[tuple[PropertyChange, ...], tuple[Examined, Examined]]:
    """Return the properties that the new side declares for either edition, worst first, and what deciding them told.

    COST: as much as `redflag check` of the properties of both editions; one budget, half of it for the old edition.
    """
    declared = [one for one in new.project.library.properties if _applies(one, old) or _applies(one, new)]
    deadline = Budget().start()
    before = _decided(old, declared, deadline.part(0.5).left())
    after = _decided(new, declared, deadline.left())
    found = [
        _change(one, _of(one, before), _of(one, after), _applies(one, old), _applies(one, new)) for one in declared
    ]
    return tuple(sorted(found, key=lambda one: ORDER.index(one.change))), (before, after)


def _applies(one: Property, side: Side) -> bool:
    if not is_askable(one, side.guideline.vocabulary):
        return False
    standing = {part.guideline.path for family in in_force(side.project.library.guidelines) for part in family.in_force}
    return one.applies(side.guideline, side.guideline.path in standing)


def _decided(side: Side, properties: Iterable[Property], seconds: float) -> Examined:
    own = tuple(one for one in properties if is_askable(one, side.guideline.vocabulary))
    if not own:
        return Examined()
    families = in_force(side.project.library.guidelines)
    parts = {one.guideline.path: own_part(one) for family in families for one in family.in_force}
    safety = Safety(own, parts.get(side.guideline.path, side.guideline))
    budget = Budget(seconds=seconds)
    return check_properties(prepare(side.guideline), safety, budget.nodes, budget.start())


def _of(one: Property, examined: Examined) -> tuple[CheckedProperty, ...]:
    return tuple(found for found in examined.properties if found.id == one.id)


def _change(
    one: Property, old: tuple[CheckedProperty, ...], new: tuple[CheckedProperty, ...], before: bool, after: bool
) -> PropertyChange:
    return PropertyChange(
        id=one.id,
        change=what_became(old, new),
        title=one.title,
        hazard=one.hazard,
        hazards=one.hazards,
        old=old,
        new=new,
        old_applies=before,
        new_applies=after,
    )


def what_became(old: tuple[CheckedProperty, ...], new: tuple[CheckedProperty, ...]) -> str:
    """Return what became of a property: broken, undecided, dropped, kept, proved or mended."""
    before, after = _state(old), _state(new)
    if after == before and _undocumented(new) <= _undocumented(old):
        return "kept"
    return {
        REFUTED: "broken",
        NOT_DECIDED: "undecided",
        NOTHING: "dropped",
        PROVED: "mended" if before == REFUTED else "proved",
    }[after]


def _state(found: tuple[CheckedProperty, ...]) -> str:
    """Return the worst of the results of a property for one edition; nothing where it says nothing of the edition."""
    results = {one.result for one in found}
    return next((state for state in (REFUTED, NOT_DECIDED, PROVED) if state in results), NOTHING)


def _undocumented(found: tuple[CheckedProperty, ...]) -> bool:
    return any(one.result == REFUTED and one.known is None for one in found)
