"""A fault is shown by a patient for whom the definition of meaning itself has it, and by no other."""

from __future__ import annotations

import pytest

from redflag_kit.analyse.confirm import confirms
from redflag_kit.analyse.fault import Fault
from redflag_kit.diagnostics import codes
from redflag_kit.model.guideline import Guideline
from tests.unit.evaluate.worlds import decision, guideline, rule

HOT, ILL = rule("HOT", "fever", "{scan: now}"), rule("ILL", "cough", "{scan: soon}")
ALSO, NUMB = rule("ALSO", "numb", "{scan: now}"), rule("NUMB", "numb", "{scan: later}")
SPARED = rule("SPARED", "cough", "{scan: soon}", "unless: [HOT]")
VISIT = decision("e", rule("V", "fever", "{visit: now}"))


def made(policy: str, *rules: str, otherwise: list[str] | None = None) -> Guideline:
    return guideline(decision("d", *rules, policy=policy, otherwise=otherwise), VISIT, covers="scan visit")


def patient(present: str) -> dict[str, str]:
    return {name: "present" if name in present.split() else "absent" for name in ("fever", "cough", "numb")}


@pytest.mark.parametrize(
    ("one", "fault", "shown_by", "not_by"),
    [
        (made("UNIQUE", HOT), Fault(codes.RF301, "d", ()), ["", "cough"], ["fever"]),
        (made("UNIQUE", HOT), Fault(codes.RF301, "e", ()), [], ["", "fever"]),
        (made("UNIQUE", HOT, ILL), Fault(codes.RF302, "d", ("HOT", "ILL")), ["fever cough"], ["", "fever", "cough"]),
        (made("ANY", HOT, ILL), Fault(codes.RF303, "d", ("HOT", "ILL")), ["fever cough"], ["fever", "cough"]),
        (made("ANY", HOT, ALSO), Fault(codes.RF303, "d", ("HOT", "ALSO")), [], ["fever numb"]),
        (made("ANY", HOT, ILL, NUMB), Fault(codes.RF303, "d", ("HOT", "NUMB")), ["fever numb"], ["fever cough"]),
        (made("UNIQUE", HOT, ALSO), Fault(codes.RF313, "d", ("HOT", "ALSO")), ["fever numb"], ["fever", "numb"]),
        (made("ANY", HOT, ALSO), Fault(codes.RF307, "d", ("HOT", "ALSO")), ["fever numb"], ["fever", "numb"]),
        (
            made("FIRST", HOT, SPARED),
            Fault(codes.RF306, "d", ("SPARED",), others=("HOT",)),
            ["fever cough"],
            ["cough", "fever"],
        ),
        (made("FIRST", HOT, SPARED), Fault(codes.RF306, "d", ("SPARED",)), ["fever cough", "cough"], ["fever"]),
        (
            made("FIRST", HOT, otherwise=[rule("REST", "cough", "{scan: soon}")]),
            Fault(codes.RF306, "d", ("REST",), others=("HOT",)),
            ["fever", "fever cough"],
            ["cough"],
        ),
        (
            made("FIRST", HOT, NUMB, ILL),
            Fault(codes.RF315, "d", ("ILL",), others=("HOT", "NUMB")),
            ["fever cough", "numb cough"],
            ["cough", "fever"],
        ),
        (made("COLLECT", HOT, ILL), Fault(codes.RF308, "d", ("ILL",)), ["fever cough"], ["cough", "fever", ""]),
        (made("COLLECT", HOT, ALSO), Fault(codes.RF309, "d", ("HOT",)), ["fever numb"], ["fever", "numb"]),
    ],
)
def test_a_fault_is_shown_by_those_who_have_it_and_by_nobody_else(
    one: Guideline, fault: Fault, shown_by: list[str], not_by: list[str]
):
    assert [present for present in (*shown_by, *not_by) if confirms(one, fault, patient(present))] == shown_by


def test_a_rule_for_whoever_is_left_is_needless_where_nothing_changes_without_it():
    rest = [rule("REST", "", "{scan: soon}"), rule("LAST", "cough", "{scan: later}")]
    one = made("UNIQUE", HOT, otherwise=rest)
    fault = Fault(codes.RF309, "d", ("LAST",))
    assert not confirms(one, fault, patient("fever cough"))
    assert not confirms(one, fault, patient("cough"))
