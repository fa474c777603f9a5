"""A case with findings not assessed is confirmed by its completions on the literal interpreter."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from redflag_kit.analyse import confirm_case
from redflag_kit.analyse.confirm_case import confirms_case, known_of, unknown_of
from redflag_kit.analyse.fault import Fault
from redflag_kit.compile.prepared import Prepared, prepare
from redflag_kit.diagnostics import codes
from redflag_kit.semantics.hit_policies import LISTED
from tests.unit.evaluate.worlds import decision, guideline, rule

TABLE = decision(
    "d",
    rule("YOUNG", "{age: below 50 a}", "{scan: now, likely: [flu]}"),
    rule("OLD", "{all: [{age: at_least 50 a}, fever]}", "{scan: now, likely: [flu, stroke]}"),
)


def ready(**options: Any) -> Prepared:
    return prepare(guideline(TABLE, findings="fever cough numb age days", covers="scan likely", **options))


def case(unknown: str, element: str = "", value: str = "now", **known: int) -> Fault:
    name = "likely" if element else "scan"
    detail = {"element": element, "value": value, "known": known, "unknown": tuple(unknown.split())}
    return Fault(codes.RF312, "d", (), names=(name,), detail=detail)


def test_what_no_rule_tests_has_its_ordinary_value_in_a_case():
    one = case("age", fever=1)
    assert unknown_of(one) == ("age",)
    assert known_of(ready(), one) == {"fever": "present", "cough": "absent", "numb": "absent", "days": Fraction(20)}
    assert known_of(ready(), case("fever", age=1)) == {
        "cough": "absent",
        "numb": "absent",
        "age": Fraction(50),
        "days": Fraction(20),
    }


def test_the_clean_value_is_ordinary_whatever_the_example():
    one = ready()
    vocabulary = one.guideline.vocabulary
    cough = replace(vocabulary.findings["cough"], example="present")
    odd = replace(one.guideline, vocabulary=replace(vocabulary, findings={**vocabulary.findings, "cough": cough}))
    assert known_of(prepare(odd), case("age", fever=1))["cough"] == "absent"


@pytest.mark.parametrize(
    ("fault", "confirmed"),
    [
        (case("age", fever=1), True),
        (case("age", fever=0), False),
        (case("fever", age=0), True),
        (case("fever", age=1), False),
        (case("fever age"), False),
        (case("", age=1, fever=1), True),
        (case("age", value="soon", fever=1), False),
        (case("age", "flu", LISTED, fever=1), True),
        (case("age", "flu", "unlisted", fever=1), False),
        (case("age", "stroke", LISTED, fever=1), False),
        (case("age", "strain", "unlisted", fever=1), True),
        (case("age", "strain", LISTED, fever=1), False),
        (case("age", "strain", "unlisted", fever=0), True),
    ],
)
def test_a_case_is_confirmed_if_all_its_completions_have_the_value(fault: Fault, confirmed: bool):
    assert confirms_case(ready(), fault) is confirmed


def test_completions_that_the_constraints_forbid_do_not_count_and_there_must_be_others():
    young = "{id: K, title: K, if: {not: fever}, then: {age: below 50 a}}"
    nobody = "{id: K, title: K, if: always, then: cough}"
    both = case("age fever")
    assert not confirms_case(ready(), both)
    assert confirms_case(ready(constraints=[young]), both)
    assert confirms_case(ready(extra=f"constraints: [{young}]\n"), both)
    assert not confirms_case(ready(constraints=[nobody]), case("age", fever=1))


def test_of_too_many_completions_one_for_each_atom_is_listed(monkeypatch: pytest.MonkeyPatch):
    listed: list[int] = []

    def counting(*choices: list[Any]) -> Any:
        listed.append(len(choices[0]))
        return product(*choices)

    monkeypatch.setattr("redflag_kit.analyse.confirm_case.product", counting)
    monkeypatch.setattr(confirm_case, "MAX_COMPLETIONS", 200)
    assert confirms_case(ready(), case("age fever")) is False
    monkeypatch.setattr(confirm_case, "MAX_COMPLETIONS", 199)
    assert confirms_case(ready(), case("age fever")) is False
    assert confirms_case(ready(), case("age", fever=1)) is True
    assert listed == [100, 2, 100]
