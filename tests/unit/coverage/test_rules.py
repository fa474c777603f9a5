"""Rules that fire and rules that are just missed."""

from __future__ import annotations

from redflag_kit.compile.compiler import compile_guideline
from tests.unit.coverage.worlds import counts, items, measured, states
from tests.unit.evaluate.worlds import case, decision, guideline, rule

PAIR = decision("d", rule("R", "{all: [fever, cough]}", "{scan: now}"))


def test_without_vignettes_nothing_is_covered():
    found = measured(PAIR)
    assert states(found, "rules") == {"R fires": "uncovered", "R missed": "uncovered"}
    assert (found.guideline, found.vignettes) == ("g@1.0.0", 0)
    assert found.digest == compile_guideline(guideline(PAIR)).digest


def test_a_rule_is_covered_by_the_first_vignettes_that_fire_and_miss_it():
    found = measured(
        PAIR,
        vignettes=(
            case("V1", "{fever: present}", "{outcomes: silent}", unmentioned="absent"),
            case("V2", "{fever: present, cough: present}", "{outcomes: {scan: now}}"),
            case("V3", "{fever: present, cough: present}", "{outcomes: {scan: now}}", unmentioned="absent"),
        ),
    )
    assert states(found, "rules") == {"R fires": "V2", "R missed": "V1"}
    assert found.vignettes == 3


def test_a_rule_that_only_may_fire_is_not_covered():
    found = measured(PAIR, vignettes=(case("V", "{fever: present}", "{outcomes: {scan: undecided}}"),))
    assert states(found, "rules") == {"R fires": "uncovered", "R missed": "uncovered"}


def test_what_no_patient_can_show_is_proved_and_not_counted():
    never = rule("S", "{all: [fever, {not: fever}]}", "{scan: now}")
    found = measured(decision("d", rule("R", "always", "{scan: soon}"), never))
    assert states(found, "rules") == {
        "R fires": "uncovered",
        "R missed": "impossible",
        "S fires": "impossible",
        "S missed": "impossible",
    }
    assert counts(found, "rules") == (0, 1, 5)
    assert {one.state for one in found.items if one.id.startswith("d.otherwise ")} == {"impossible"}
    reasons = {one.id: one.reason for one in items(found, "rules")}
    assert reasons["R missed"] == "nobody is one finding away from it"
    assert reasons["S fires"] == "no patient can fire it"


def test_an_item_says_what_a_vignette_would_show_and_where_the_rule_stands():
    fires, missed = items(measured(PAIR), "rules")
    assert fires.text == "R fires: the rule R"
    assert missed.text == "R is just missed, by one finding: the rule R"
    assert (fires.file, fires.line, fires.rules) == ("g/g.yaml", 17, ("R",))
