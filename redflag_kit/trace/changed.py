"""Which hazards a change of rules touches, and which of their controls it takes away or adds.

A change class touches the hazards whose controls name its old decisive rule, in the old edition, or its new one, in the
new edition. Where no rule decides, none is named: silence controls nothing.
A control is lost if it names a rule of the old edition and none of the rules that succeed it in the new one, and gained
if it names a rule of the new edition that succeeds no control.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from redflag_kit.model.guideline import Guideline
from redflag_kit.model.hazard import Hazard, HazardLog
from redflag_kit.results.diff import ChangeClass, TouchedHazard

Successors = Mapping[str, tuple[str, ...]]
"""Old rule -> the new rules that succeed it."""


def with_hazards(
    classes: Iterable[ChangeClass], logs: Iterable[HazardLog], old: Guideline, new: Guideline
) -> tuple[ChangeClass, ...]:
    """Return change classes with the hazards that they touch, in the order of the logs."""
    hazards = [one for log in logs for one in log.hazards]
    before = {one.id: one.controlled_by(old) for one in hazards}
    after = {one.id: one.controlled_by(new) for one in hazards}
    return tuple(
        replace(
            found,
            hazards=tuple(
                dict.fromkeys(
                    one.id
                    for one in hazards
                    if found.old_rule.id in before[one.id] or found.new_rule.id in after[one.id]
                )
            ),
        )
        for found in classes
    )


def touched(
    classes: Iterable[ChangeClass], logs: Iterable[HazardLog], old: Guideline, new: Guideline, successors: Successors
) -> tuple[TouchedHazard, ...]:
    """Return the hazards that some class touches or whose controls change, in the order of the logs."""
    named: dict[str, list[str]] = {}
    for found in classes:
        for hazard in found.hazards:
            named.setdefault(hazard, []).append(found.id)
    shown = (
        _touched(log, one, tuple(named.get(one.id, ())), old, new, successors) for log in logs for one in log.hazards
    )
    return tuple(one for one in shown if one.classes or one.controls_lost or one.controls_gained)


def _touched(
    log: HazardLog, one: Hazard, classes: tuple[str, ...], old: Guideline, new: Guideline, successors: Successors
) -> TouchedHazard:
    before, after = one.controlled_by(old), one.controlled_by(new)
    succeeding = {rule: tuple(name for name in successors.get(rule, ()) if name in after) for rule in before}
    kept = {name for found in succeeding.values() for name in found}
    return TouchedHazard(
        id=one.id,
        title=one.title,
        initial_risk=log.initial(one).text,
        residual_risk=log.residual(one).text,
        classes=classes,
        controls_kept=tuple(rule for rule in after if rule in kept),
        controls_lost=tuple(rule for rule in before if not succeeding[rule]),
        controls_gained=tuple(rule for rule in after if rule not in kept),
    )
