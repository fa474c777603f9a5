"""Everything that is found in small guidelines of several decisions, with scope, constraints, exceptions and scores."""

from __future__ import annotations

from fractions import Fraction

import pytest

from redflag_kit.analyse.fault import Fault, Where
from redflag_kit.analyse.run import run
from redflag_kit.diagnostics import codes
from redflag_kit.evaluate.engine import engine
from redflag_kit.logic.space import Point
from redflag_kit.model.guideline import Guideline
from tests.subjects import subject_of
from tests.unit.evaluate.worlds import decision, guideline, rule, score

EXCEPTIONS = guideline(
    decision(
        "d",
        rule("HOT", "fever", "{scan: now}"),
        rule("OLD", "{all: [{age: at_least 60 a}, cough]}", "{scan: soon}", "unless: [HOT]"),
        rule("TWICE", "{all: [fever, cough]}", "{scan: now}"),
        rule("OVER", "numb", "{scan: later}", "overrides: [HOT]"),
        otherwise=[rule("REST", "{not: cough}", "{scan: avoid}"), rule("LAST", "numb", "{scan: later}")],
    ),
    decision(
        "e",
        rule("V", "{scan: now}", "{visit: now}"),
        rule("W", "{scan: soon}", "{visit: now}"),
        rule("Z", "{all: [{scan: later}, fever]}", "{visit: soon}"),
        policy="ANY",
    ),
    findings="fever cough numb age",
    covers="scan visit",
    scope="{age: at_least 18 a}",
    constraints=["{id: K, title: K, if: numb, then: cough}"],
)
"""The space is age (up to 17, up to 59, above), fever, cough, numb, in this order."""

POINTS = guideline(
    score("p", "{when: fever, points: 1}, {when: cough, points: 2}"),
    decision(
        "d",
        rule("A", "{p: 1}", "{scan: now}"),
        rule("B", "{p: 2}", "{scan: now}"),
        rule("C", "{p: at_least 3}", "{scan: soon}"),
        rule("D", "{all: [numb, {p: 3}]}", "{scan: soon}"),
        policy="UNIQUE",
        otherwise=None,
    ),
)

RISK = guideline(
    decision(
        "d",
        rule("A", "fever", "{risk: now}"),
        rule("B", "cough", "{risk: later}"),
        rule("C", "numb", "{risk: soon}"),
    ),
    decision(
        "e",
        rule("V", "{risk: at_least soon}", "{visit: now}"),
        rule("S", "{any: [fever, numb]}", "{likely: [flu, stroke]}"),
        rule("T", "{all: [numb, {not: cough}]}", "{likely: [stroke]}"),
    ),
    covers="visit likely",
    extra="outputs: {risk: {scale: urgency}}\n",
)


def fault(
    code: codes.Code,
    where: str,
    rules: str = "",
    region: Where | None = None,
    point: Point | None = None,
    others: str = "",
    names: tuple[str, ...] = (),
    **detail: object,
) -> Fault:
    return Fault(code, where, tuple(rules.split()), region, point, tuple(others.split()), names, detail)


def region(share: str, *cubes: dict[str, int]) -> Where:
    return Where(cubes, True, Fraction(share))


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (
            EXCEPTIONS,
            [
                fault(
                    codes.RF301,
                    "d",
                    region=region("7/82", {"age": 0b010, "fever": 0b01, "cough": 0b10, "numb": 0b01}),
                    point=(1, 0, 1, 0),
                ),
                # With numbness there is a cough, so that a fever makes TWICE apply and the scan is now.
                fault(codes.RF304, "e", "Z", names=("K",), why="constraints"),
                fault(codes.RF306, "d", "LAST", region("1/3", {"numb": 0b10}), (1, 0, 1, 1), "OVER"),
                # Without OVER, LAST says the same, or TWICE and OLD say more.
                fault(codes.RF309, "d", "OVER", region("1/3", {"numb": 0b10}), (1, 0, 1, 1)),
                fault(
                    codes.RF311,
                    "e",
                    "V W",
                    region("163/246", {"fever": 0b10}, {"age": 0b100, "cough": 0b10}),
                    others="V",
                    names=("scan",),
                ),
                fault(
                    codes.RF312,
                    "d",
                    names=("scan",),
                    element="",
                    value="avoid",
                    known={"age": 1, "fever": 0, "cough": 0},
                    unknown=("numb",),
                ),
                fault(
                    codes.RF312,
                    "e",
                    names=("visit",),
                    element="",
                    value="now",
                    known={"age": 1, "fever": 1, "cough": 0},
                    unknown=("numb",),
                ),
            ],
        ),
        (
            POINTS,
            [
                fault(codes.RF301, "d", region=region("1/4", {"fever": 0b01, "cough": 0b01}), point=(0, 0, 0)),
                fault(
                    codes.RF302,
                    "d",
                    "C D",
                    region("1/8", {"fever": 0b10, "cough": 0b10, "numb": 0b10}),
                    (1, 1, 1),
                ),
                fault(
                    codes.RF311,
                    "d",
                    "A B",
                    region("1/2", {"fever": 0b01, "cough": 0b10}, {"fever": 0b10, "cough": 0b01}),
                    others="A",
                    names=("p",),
                ),
            ],
        ),
        (
            RISK,
            [
                fault(codes.RF309, "d", "B", region("1/2", {"cough": 0b10}), (0, 1, 0)),
                fault(codes.RF309, "e", "T", region("1/4", {"cough": 0b01, "numb": 0b10}), (0, 0, 1)),
                fault(
                    codes.RF312,
                    "e",
                    names=("visit",),
                    element="",
                    value="now",
                    known={"cough": 0, "numb": 1},
                    unknown=("fever",),
                ),
            ],
        ),
    ],
)
def test_everything_is_found_with_its_region_its_share_and_a_patient(one: Guideline, expected: list[Fault]):
    found = run(subject_of(engine(one)))
    assert list(found.faults) == expected
    assert found.complete
