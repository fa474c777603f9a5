"""Conditions and rules that were forgotten."""

from tests.unit.evaluate.worlds import decision, guideline, rule
from tests.unit.mutate.told import told


def test_a_member_of_a_group_is_dropped_and_a_condition_alone_becomes_always() -> None:
    made = guideline(
        decision(
            "d",
            rule("R1", "{all: [fever, {any: [cough, numb]}]}", "{scan: soon}"),
            rule("R2", "cough", "{scan: later}"),
        )
    )
    assert told(made, "condition-dropped") == {
        "R1:condition-dropped:fever": ("fever", "", "without the condition: fever"),
        "R1:condition-dropped:any": ("{any: [cough, numb]}", "", "without the condition: cough or numbness"),
        "R1:condition-dropped:cough": ("cough", "", "without the condition: cough"),
        "R1:condition-dropped:numb": ("numb", "", "without the condition: numbness"),
        "R2:condition-dropped:cough": ("cough", "always", "for everybody instead of: cough"),
    }


def test_an_entry_of_a_map_is_dropped_as_the_entry() -> None:
    made = guideline(decision("d", rule("R1", "{fever: present, any: [cough, numb]}", "{scan: soon}")))
    assert told(made, "condition-dropped") == {
        "R1:condition-dropped:fever": ("fever: present", "", "without the condition: fever"),
        "R1:condition-dropped:any": ("any: [cough, numb]", "", "without the condition: cough or numbness"),
        "R1:condition-dropped:cough": ("cough", "", "without the condition: cough"),
        "R1:condition-dropped:numb": ("numb", "", "without the condition: numbness"),
    }


def test_no_group_loses_its_last_member_and_no_count_asks_for_more_than_there_is() -> None:
    made = guideline(
        decision("d", rule("R1", "{any: [{all: [fever]}, {at_least: {n: 2, of: [cough, numb]}}]}", "{scan: soon}"))
    )
    assert told(made, "condition-dropped") == {
        "R1:condition-dropped:all": ("{all: [fever]}", "", "without the condition: fever"),
        "R1:condition-dropped:at_least": (
            "{at_least: {n: 2, of: [cough, numb]}}",
            "",
            "without the condition: at least 2 of: cough; numbness",
        ),
    }


def test_rules_of_otherwise_are_dropped_too() -> None:
    made = guideline(
        decision("d", rule("R1", "fever", "{scan: soon}"), otherwise=[rule("E", "numb", "{scan: avoid}"), rule("S")])
    )
    assert told(made, "rule-dropped") == {
        "R1:rule-dropped": ("{id: R1, when: fever, then: {scan: soon}}", "", "without the rule: the rule R1"),
        "E:rule-dropped": ("{id: E, when: numb, then: {scan: avoid}}", "", "without the rule: the rule E"),
        "S:rule-dropped": ("{id: S, when: always, then: silent}", "", "without the rule: the rule S"),
    }


def test_dropping_otherwise_leaves_patients_whom_no_rule_reaches() -> None:
    made = guideline(decision("d", rule("R1", "fever", "{scan: soon}")))
    assert told(made, "rule-dropped") == {
        "R1:rule-dropped": ("{id: R1, when: fever, then: {scan: soon}}", "", "without the rule: the rule R1"),
        "d.otherwise:rule-dropped": ("silent", "", "a patient whom no rule reaches is forgotten"),
    }
