"""Confirm faults on the literal interpreter, which knows no regions.

Claim: a fault with a patient is shown only if the definition of meaning itself has the fault for that patient.
"""

from collections.abc import Callable, Mapping

from redflag_kit.analyse.fault import Fault
from redflag_kit.diagnostics.codes import RF301, RF302, RF303, RF306, Code
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.semantics.literal import Reading, read
from redflag_kit.terms.scale import Status


def confirms(guideline: Guideline, fault: Fault, patient: Mapping[str, Value]) -> bool:
    """Say whether a patient shows a fault of a guideline."""
    return SHOWS[fault.code](guideline, fault, read(guideline, patient))


def _has(guideline: Guideline, fault: Fault, reading: Reading, status: Status) -> bool:
    decision = next(one for one in guideline.decisions if one.id == fault.decision)
    return any(reading.values.get(output) == status.value for output in decision.outputs)


def _gap(guideline: Guideline, fault: Fault, reading: Reading) -> bool:
    return _has(guideline, fault, reading, Status.GAP)


def _all_fire(guideline: Guideline, fault: Fault, reading: Reading) -> bool:
    return set(fault.rules) <= set(reading.fired)


def _conflict(guideline: Guideline, fault: Fault, reading: Reading) -> bool:
    return _all_fire(guideline, fault, reading) and _has(guideline, fault, reading, Status.CONFLICT)


def _masked(guideline: Guideline, fault: Fault, reading: Reading) -> bool:
    """Say whether the rule holds without firing, or fires beside a rule that wins over it."""
    (rule,) = fault.rules
    fires = rule in reading.fired
    otherwise = {one.id for decision in guideline.decisions for one in decision.otherwise or ()}
    return (fires or rule in reading.held or rule in otherwise) and bool(set(fault.others) & set(reading.fired))


SHOWS: dict[Code, Callable[[Guideline, Fault, Reading], bool]] = {
    RF301: _gap,
    RF302: _all_fire,
    RF303: _conflict,
    RF306: _masked,
}
