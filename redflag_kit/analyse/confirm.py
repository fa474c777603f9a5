"""Confirm faults on the literal interpreter, which knows no regions.

Claim: a fault with a patient is shown only if the definition of meaning itself has the fault for that patient.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from redflag_kit.analyse.fault import Fault
from redflag_kit.diagnostics.codes import (
    RF301,
    RF302,
    RF303,
    RF306,
    RF307,
    RF308,
    RF309,
    RF313,
    RF315,
    Code,
)
from redflag_kit.model.guideline import Guideline, Rule
from redflag_kit.semantics.literal import Patient, Reading, read
from redflag_kit.terms.scale import Status


def confirms(guideline: Guideline, fault: Fault, patient: Patient) -> bool:
    """Say whether a patient shows a fault of a guideline."""
    return SHOWS[fault.code](guideline, fault, patient, read(guideline, patient))


def _has(guideline: Guideline, fault: Fault, reading: Reading, status: Status) -> bool:
    decision = next(one for one in guideline.decisions if one.id == fault.decision)
    return any(reading.values.get(output) == status.value for output in decision.outputs)


def _gap(guideline: Guideline, fault: Fault, patient: Patient, reading: Reading) -> bool:
    return _has(guideline, fault, reading, Status.GAP)


def _all_fire(guideline: Guideline, fault: Fault, patient: Patient, reading: Reading) -> bool:
    return set(fault.rules) <= set(reading.fired)


def _conflict(guideline: Guideline, fault: Fault, patient: Patient, reading: Reading) -> bool:
    return _all_fire(guideline, fault, patient, reading) and _has(guideline, fault, reading, Status.CONFLICT)


def _masked(guideline: Guideline, fault: Fault, patient: Patient, reading: Reading) -> bool:
    """Say whether the rule holds, or is left for whoever is left, beside a rule that comes before it."""
    (rule,) = fault.rules
    otherwise = {one.id for decision in guideline.decisions for one in decision.otherwise or ()}
    named = not fault.others or bool(set(fault.others) & set(reading.fired))
    return (rule in reading.held or rule in otherwise) and named


def _needless(guideline: Guideline, fault: Fault, patient: Patient, reading: Reading) -> bool:
    """Say whether the rule applies and, for this patient, nothing covered changes without it."""
    (rule,) = fault.rules
    after = read(_without(guideline, rule), patient).values
    return rule in reading.fired and all(after[name] == reading.values[name] for name in guideline.covers)


def _without(guideline: Guideline, rule: str) -> Guideline:
    def kept(rules: Iterable[Rule]) -> tuple[Rule, ...]:
        return tuple(one for one in rules if one.id != rule)

    decisions = (
        replace(one, rules=kept(one.rules), otherwise=None if one.otherwise is None else kept(one.otherwise))
        for one in guideline.decisions
    )
    return replace(guideline, decisions=tuple(decisions))


SHOWS: dict[Code, Callable[[Guideline, Fault, Patient, Reading], bool]] = {
    RF301: _gap,
    RF302: _all_fire,
    RF303: _conflict,
    RF306: _masked,
    RF307: _all_fire,
    RF308: _needless,
    RF309: _needless,
    RF313: _all_fire,
    RF315: _masked,
}
