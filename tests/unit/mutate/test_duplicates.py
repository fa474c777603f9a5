"""Faults that come to the same are one mutant, and faults that come to nothing are none."""

from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.mutant import RuleDropped
from tests.unit.evaluate.worlds import decision, guideline, rule, score
from tests.unit.mutate.told import ids

BOTH = "{all: [fever, cough]}"


def test_a_rule_that_never_fires_is_a_rule_dropped() -> None:
    made = guideline(
        decision("d", rule("R1", "{pain: mild}", "{scan: soon}"), rule("R2", "fever", "{scan: now}")),
        findings="pain fever",
    )
    assert "R1:rule-dropped" in ids(made, "R1")
    only = guideline(decision("d", rule("R1", "{temp: above 40.5 Cel}", "{scan: soon}")), findings="temp")
    assert ids(only, "R1:threshold", "R1:bound", "R1:rule") == [
        "R1:rule-dropped",
        "R1:bound-closed:temp",
    ]


def test_twins_lose_the_same_rule_once_where_order_does_not_count() -> None:
    twins = (
        rule("R1", BOTH, "{scan: soon}"),
        rule("R2", "{all: [cough, fever]}", "{scan: soon}"),
        rule("R3", "numb", "{scan: now}"),
    )
    assert ids(guideline(decision("d", *twins)), "rule-dropped") == [
        "R1:rule-dropped",
        "R3:rule-dropped",
        "d.otherwise:rule-dropped",
    ]
    first = guideline(decision("d", rule("R0", "numb", "{scan: now}"), *twins[:2], policy="FIRST"))
    assert ids(first, "rule-dropped") == ["R0:rule-dropped", "R1:rule-dropped", "d.otherwise:rule-dropped"]


def test_order_counts_under_first() -> None:
    rules = (rule("R1", BOTH, "{scan: soon}"), rule("R2", "numb", "{scan: now}"), rule("R3", BOTH, "{scan: soon}"))
    assert ids(guideline(decision("d", *rules, policy="FIRST")), "R1:rule", "R3:rule") == [
        "R1:rule-dropped",
        "R3:rule-dropped",
    ]
    assert ids(guideline(decision("d", *rules)), "R1:rule", "R3:rule") == ["R1:rule-dropped"]


def test_the_only_rule_under_first_is_a_fault_to_lose() -> None:
    made = guideline(decision("d", rule("R1", "always", "{scan: soon}"), policy="FIRST", otherwise=None))
    assert ids(made, "rule-dropped") == ["R1:rule-dropped"]


def test_otherwise_rows_behind_always_do_not_count() -> None:
    rest = [
        rule("E1", "cough", "{scan: avoid}"),
        rule("E2", "always", "{scan: later}"),
        rule("E3", "numb", "{scan: now}"),
    ]
    made = guideline(decision("d", rule("R1", "fever", "{scan: soon}"), otherwise=rest))
    assert ids(made, "E3") == []
    assert ids(made, "E1:rule", "E2:rule") == ["E1:rule-dropped", "E2:rule-dropped"]


def test_an_exception_of_a_rule_that_never_fires_is_none() -> None:
    made = guideline(
        decision("d", rule("R1", "fever", "{scan: soon}", "unless: [R2]"), rule("R2", "{not: always}", "{scan: later}"))
    )
    assert ids(made, "exception", "R2") == ["R2:condition-dropped:not-always"]


def test_a_fault_in_a_suppressing_rule_reaches_those_it_suppresses() -> None:
    made = guideline(
        decision(
            "d",
            rule("R1", "fever", "{scan: soon}", "unless: [R2]"),
            rule("R2", "cough", "{scan: soon}", "unless: [R3]"),
            rule("R3", "cough", "{scan: soon}"),
        )
    )
    assert ids(made, "R3:", "exception") == [
        "R1:exception-removed:R2",
        "R2:exception-removed:R3",
        "R3:rule-dropped",
        "R3:condition-dropped:cough",
        "R3:condition-negated:cough",
        "R3:outcome-dropped:scan",
        "R3:outcome-raised:scan",
        "R3:outcome-lowered:scan",
    ]


def test_equal_lines_of_a_score_lose_their_points_once() -> None:
    lines = "{when: fever, points: 1}, {when: fever, points: 1}, {when: {not: always}, points: 1}"
    made = guideline(score("s", lines), decision("d", rule("R1", "{s: at_least 1}", "{scan: soon}")))
    assert ids(made, "points-lowered") == ["score s:points-lowered:fever:0"]


def test_what_only_unused_definitions_read_has_no_faults() -> None:
    made = guideline(
        decision("d", rule("R1", "fever", "{scan: soon}")),
        extra="parameters: {old: {value: 50 a, cite: BOOK, evidence: supported}}\n"
        "definitions: {older: {age: at_least old}}\n",
        findings="fever age",
    )
    assert ids(made, "definition", "parameter", "finding age") == []


def test_a_parameter_whose_ends_would_cross_is_not_moved_there() -> None:
    made = guideline(
        decision("d", rule("R1", "{age: young to old}", "{scan: soon}")),
        extra="parameters:\n  young: {value: 50 a, cite: BOOK, evidence: supported}\n"
        "  old: {value: 50 a, cite: BOOK, evidence: supported}\n",
        findings="age",
    )
    assert ids(made, "parameter") == [
        "parameter young:threshold-widened",
        "parameter young:unit-slipped:per10",
        "parameter old:threshold-widened",
        "parameter old:unit-slipped:x10",
    ]


def test_a_decision_that_lost_its_only_rule_has_no_policies_to_take_for_another() -> None:
    made = guideline(
        decision("d", rule("R1", "fever", "{scan: soon}")),
        decision("e", rule("R2", "fever", "{visit: soon}"), rule("R3", "cough", "{visit: now}")),
        findings="fever cough",
        covers="scan visit",
    )
    assert {one.split(":")[0] for one in ids(apply(made, RuleDropped("R1")), "hit-policy")} == {"decision e"}
