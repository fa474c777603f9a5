"""Waivers: faults that the authors know of and accept, each with a reason.

Claim: a fault is waived exactly if some waiver names its check, its decision (or none), and the very rules and findings
it is about. A waiver that matches no fault is itself reported, unless some analysis was not decided.
"""

from collections.abc import Sequence

from redflag_kit.analyse.fault import Fault
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted
from redflag_kit.model.guideline import Guideline, Waiver


def reason_for(guideline: Guideline, fault: Fault) -> str:
    """Return why a fault is accepted, empty if it is not."""
    return next((one.reason for one in guideline.waivers if _matches(one, fault)), "")


def unused(guideline: Guideline, faults: Sequence[Fault]) -> tuple[Diagnostic, ...]:
    """Return a diagnostic per waiver that matches none of the faults."""
    return tuple(
        Diagnostic(
            one.span,
            codes.RF314,
            f"the waiver of {quoted(one.check.name)} matches nothing that was found",
            "delete it, or name exactly the rules and findings of the finding it is about",
        )
        for one in guideline.waivers
        if not any(_matches(one, fault) for fault in faults)
    )


def _matches(waiver: Waiver, fault: Fault) -> bool:
    names = frozenset(fault.names) if fault.code is codes.RF310 else frozenset[str]()
    return (
        waiver.check is fault.code
        and waiver.decision in ("", fault.decision)
        and waiver.rules == frozenset(fault.rules)
        and waiver.findings == names
    )
