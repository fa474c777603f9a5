"""Single rules and pairs: why one never applies, what can be one, what can be spared, what wins."""

from __future__ import annotations

from typing import Any

import pytest

from redflag_kit.analyse import mergeable
from redflag_kit.analyse.confirm import confirms
from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.run import run
from redflag_kit.compile.expression import Both, Count, InputEntry, OutputEntry
from redflag_kit.diagnostics import codes
from redflag_kit.evaluate.engine import engine
from redflag_kit.model.condition import Value
from tests.subjects import subject_of
from tests.unit.evaluate.worlds import TRIAL, decision, guideline, rule, score

NOW, SOON = rule("NOW", "fever", "{scan: now}"), rule("SOON", "cough", "{scan: soon}")
DEAD = rule("DEAD", "{all: [fever, cough]}", "{scan: later}")
FIRST = decision("d", NOW, DEAD, policy="FIRST")
"""The scan is now or silent: nobody gets `later`, which only DEAD would write."""


def found(code: codes.Code, *tables: str, **options: Any) -> list[Fault]:
    return [one for one in run(subject_of(engine(guideline(*tables, **options)))).faults if one.code is code]


def rules(code: codes.Code, *tables: str, **options: Any) -> list[tuple[str, ...]]:
    return [one.rules for one in found(code, *tables, **options)]


# ---------------------------------------------------------------- why a rule never applies


@pytest.mark.parametrize(
    ("when", "why", "names", "others"),
    [
        ("{scan: later}", "value", ("scan", "later"), ("DEAD",)),
        ("{scan: [soon, later]}", "value", ("scan", "later", "soon"), ("DEAD",)),
        ("{all: [{scan: now}, {test: now}]}", "value", ("test", "now"), ()),
        ("{all: [{p: at_least 1}, {scan: later}]}", "value", ("scan", "later"), ("DEAD",)),
        (
            "{at_least: {n: 2, of: [cough, {scan: later}, {all: [numb, {not: numb}]}]}}",
            "value",
            ("scan", "later"),
            ("DEAD",),
        ),
        ("{not: {any: [cough, {not: {scan: later}}]}}", "value", ("scan", "later"), ("DEAD",)),
        ("{all: [cough, {not: {scan: [now, silent]}}]}", "earlier", ("scan",), ()),
        ("{all: [{scan: later}, numb, {not: numb}]}", "earlier", ("scan",), ()),
        ("{all: [{p: 1}, {scan: now}, {p: 2}, {scan: now}]}", "earlier", ("p", "scan"), ()),
        ("{at_least: {n: 2, of: [{p: 7}, {scan: now}]}}", "earlier", ("p", "scan"), ()),
        ("{all: [numb, {not: numb}]}", "contradiction", (), ()),
    ],
)
def test_the_first_reason_that_applies_is_told(when: str, why: str, names: tuple[str, ...], others: tuple[str, ...]):
    # `test` is written by a rule that never applies either, for a reason of its own.
    tests = decision("t", rule("T", "numb", "{test: later}"))
    points = score("p", "{when: fever, points: 1}, {when: cough, points: 2}")
    last = decision("e", rule("V", when, "{visit: now}"))
    every = found(codes.RF304, points, FIRST, tests, last, covers="scan visit test any_test")
    (one,) = [one for one in every if one.rules == ("V",)]
    assert (one.detail["why"], one.names, one.others) == (why, names, others)


def test_scope_is_a_reason_before_constraints_and_those_are_named_none_needless():
    dead = rule("V", "{all: [numb, cough, {trial: above 30 d}]}", "{scan: now}")
    ban = "{id: K-BAN, title: K, if: numb, then: {not: cough}}"
    other = "{id: K-OTHER, title: K, if: fever, then: cough}"
    options: dict[str, Any] = {"findings": "fever cough numb days trial"}
    (one,) = found(codes.RF304, decision("d", dead), constraints=[other, ban], scope="{not: numb}", **options)
    assert (one.detail["why"], one.names) == ("scope", ())
    (one,) = found(codes.RF304, decision("d", dead), constraints=[other, TRIAL, ban], **options)
    assert (one.detail["why"], one.names) == ("constraints", ("K-BAN",))
    dead = rule("V", "{all: [{days: below 20 d}, {trial: above 30 d}]}", "{scan: now}")
    (one,) = found(codes.RF304, decision("d", dead), constraints=[other, TRIAL, ban], scope="cough", **options)
    assert (one.detail["why"], one.names) == ("constraints", ("K-TRIAL",))
    chain = [
        f"{{id: K-{n}, title: K, if: {a}, then: {b}}}"
        for n, (a, b) in enumerate((("fever", "cough"), ("cough", "numb")))
    ]
    dead = rule("V", "{all: [fever, {not: numb}]}", "{scan: now}")
    (one,) = found(codes.RF304, decision("d", dead), constraints=[TRIAL, *chain], **options)
    assert (one.detail["why"], one.names) == ("constraints", ("K-0", "K-1"))


# ---------------------------------------------------------------- pairs that can be one


YOUNG = rule("YOUNG", "{all: [fever, {age: below 50 a}]}", "{scan: now}")
OLD = "{all: [fever, {age: at_least 50 a}]}"


def test_rules_with_other_exceptions_or_that_are_other_exceptions_cannot_be_one():
    cough = rule("COUGH", "cough", "{scan: soon}")
    options: dict[str, Any] = {"findings": "fever cough age"}
    assert rules(codes.RF311, decision("d", YOUNG, rule("OLD", OLD, "{scan: now}"), cough), **options) == [
        ("YOUNG", "OLD")
    ]
    for more in ("unless: [COUGH]", "overrides: [COUGH]"):
        apart = rule("OLD", OLD, "{scan: now}", more)
        assert rules(codes.RF311, decision("d", YOUNG, apart, cough), **options) == []
        alike = YOUNG.replace("{scan: now}", f"{{scan: now}}, {more}")
        assert rules(codes.RF311, decision("d", alike, apart, cough), **options) == [("YOUNG", "OLD")]


def test_no_rule_is_merged_twice():
    words = {"A": "none", "B": "mild", "C": "severe"}
    parts = [rule(name, f"{{pain: {word}}}", "{scan: now}") for name, word in words.items()]
    assert rules(codes.RF311, decision("d", *parts), findings="pain") == [("A", "B")]
    tests = {"D": "{all: [fever, {pain: none}]}", "E": "{all: [fever, {pain: mild}]}"}
    more = [rule(name, when, "{visit: soon}") for name, when in tests.items()]
    options = {"findings": "pain fever", "covers": "scan visit"}
    assert rules(codes.RF311, decision("d", *parts, *more), **options) == [("A", "B"), ("D", "E")]


@pytest.mark.parametrize(
    ("one", "other", "merged"),
    [
        ("{pain: mild}", "{pain: severe}", True),
        ("{not: {pain: mild}}", "{pain: mild}", True),
        ("{any: [{pain: mild}, {pain: none}]}", "{pain: severe}", True),
        ("{any: [{pain: mild}, fever]}", "{pain: severe}", False),
        ("{any: [{pain: mild}, {not: {pain: mild}}]}", "{pain: severe}", False),
        (
            "{at_least: {n: 2, of: [{pain: mild}, {pain: [mild, none]}, {pain: [mild, severe]}]}}",
            "{pain: severe}",
            False,
        ),
        ("{not: {any: [{pain: mild}, fever]}}", "{pain: severe}", False),
        ("{all: [{pain: mild}, fever]}", "{pain: severe}", False),
        ("{all: [{pain: mild}, fever]}", "{all: [{pain: severe}, {not: fever}]}", False),
        ("{all: [{pain: mild}, fever]}", "{all: [fever, {pain: severe}]}", True),
        ("{age: below 20 a}", "{age: 20 a to 30 a}", True),
        ("{age: below 20 a}", "{age: 21 a to 30 a}", False),
        ("{not: {age: below 20 a}}", "{age: below 20 a}", True),
    ],
)
def test_rules_can_be_one_if_one_test_of_a_plain_conjunction_differs(one: str, other: str, merged: bool):
    table = decision("d", rule("A", one, "{scan: now}"), rule("B", other, "{scan: now}"))
    assert rules(codes.RF311, table, findings="pain fever age") == ([("A", "B")] if merged else [])


def test_a_finding_and_an_output_of_one_name_are_two_things_to_test():
    ready = engine(guideline(decision("d", NOW)))
    one, other = InputEntry("fever", words=frozenset({"present"})), OutputEntry("fever", frozenset({"now"}))
    assert list((mergeable._tests(Both((one, other)), ready.atoms) or {}).values()) == [one, other]
    assert mergeable._tests(Both((one, one)), ready.atoms) is None
    assert list((mergeable._tests(Count(1, (one,)), ready.atoms) or {}).values()) == [one]


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        ("{scan: now}", "{scan: soon}", [("scan",)]),
        ("{all: [{scan: now}, {p: 1}]}", "{all: [{scan: now}, {p: 3}]}", [("p",)]),
        ("{all: [{scan: now}, {p: 1}]}", "{all: [{scan: soon}, {p: 3}]}", []),
        ("{scan: now}", "{p: 1}", []),
    ],
)
def test_tests_of_earlier_decisions_and_scores_are_merged_too(one: str, other: str, names: list[tuple[str, ...]]):
    points = score("p", "{when: numb, points: 1}, {when: cough, points: 2}")
    last = decision("e", rule("V", one, "{visit: now}"), rule("W", other, "{visit: now}"))
    faults = found(codes.RF311, points, decision("d", NOW, SOON), last, covers="scan visit")
    assert [fault.names for fault in faults] == names


def test_one_rule_stands_at_the_place_where_nothing_changes():
    mild, severe = (rule(w.upper(), f"{{all: [numb, {{pain: {w}}}]}}", "{scan: now}") for w in ("mild", "severe"))
    between = rule("BETWEEN", "{all: [fever, {pain: mild}]}", "{scan: soon}")
    options: dict[str, Any] = {"findings": "numb pain fever"}
    (one,) = found(codes.RF311, decision("d", mild, between, severe, policy="FIRST"), **options)
    assert (one.rules, one.others, one.point) == (("MILD", "SEVERE"), ("MILD",), None)
    between = rule("BETWEEN", "{all: [fever, {pain: severe}]}", "{scan: soon}")
    (one,) = found(codes.RF311, decision("d", mild, between, severe, policy="FIRST"), **options)
    assert one.others == ("SEVERE",)


# ---------------------------------------------------------------- rules that can be spared


def test_a_rule_is_needed_if_it_alone_gives_somebody_a_value_or_keeps_another_from_doing_so():
    inside = rule("INSIDE", "{all: [fever, cough]}", "{scan: now}")
    assert rules(codes.RF308, decision("d", NOW, inside)) == [("INSIDE",)]
    guard = rule("GUARD", "{all: [fever, cough]}", "{scan: now}", "overrides: [SOON]")
    assert rules(codes.RF308, decision("d", NOW, SOON, guard)) == [("GUARD",)]  # SOON says less than NOW anyway
    strong = rule("STRONG", "cough", "{visit: now}")
    needed = rule("NEEDED", "{all: [fever, cough]}", "{scan: now}", "overrides: [STRONG]")
    assert rules(codes.RF308, decision("d", NOW, strong, needed), covers="scan visit") == []


def test_a_weaker_rule_is_masked_by_all_that_together_say_more():
    cold = rule("COLD", "{all: [numb, {not: fever}]}", "{scan: soon}")
    hot, weak = rule("HOT", "{all: [numb, fever]}", "{scan: now}"), rule("WEAK", "numb", "{scan: later}")
    (one,) = found(codes.RF306, decision("d", hot, cold, weak))
    assert (one.rules, one.others) == (("WEAK",), ("HOT", "COLD"))
    assert rules(codes.RF306, decision("d", hot, weak)) == []


def test_an_otherwise_rule_that_says_the_same_spares_a_rule():
    last = [rule("REST", "", "{scan: now}")]
    assert rules(codes.RF309, decision("d", NOW, otherwise=last)) == [("NOW",)]
    assert rules(codes.RF309, decision("d", NOW, otherwise=[rule("REST", "", "{scan: soon}")])) == []
    assert (
        rules(codes.RF309, decision("d", NOW, otherwise=[rule("REST", "cough", "{visit: now}")]), covers="scan visit")
        == []
    )


def test_members_of_sets_spare_a_rule_only_if_every_member_is_said():
    wide = rule("WIDE", "fever", "{likely: [flu, stroke]}")
    inside = rule("INSIDE", "{all: [fever, cough]}", "{likely: [stroke]}")
    other = rule("OTHER", "{all: [fever, cough]}", "{likely: [strain]}")
    assert rules(codes.RF309, decision("d", wide, inside), covers="likely") == [("INSIDE",)]
    assert rules(codes.RF309, decision("d", wide, other), covers="likely") == []


def test_under_first_a_stand_in_makes_a_rule_redundant_and_elsewhere_subsumed():
    inside = rule("INSIDE", "{all: [fever, cough]}", "{scan: now}")
    (one,) = found(codes.RF309, decision("d", inside, NOW, policy="FIRST"))
    assert (one.rules, one.others) == (("INSIDE",), ("NOW",))
    (one,) = found(codes.RF308, decision("d", inside, NOW, policy="PRIORITY"))
    assert (one.rules, one.others) == (("INSIDE",), ("NOW",))


# ---------------------------------------------------------------- who wins


def test_of_two_outputs_that_are_collected_a_rule_is_masked_only_if_both_are_said_more_strongly():
    scan, visit = rule("S", "fever", "{scan: now}"), rule("T", "cough", "{visit: now}")
    both = rule("BOTH", "{all: [fever, cough]}", "{scan: soon, visit: soon}")
    (one,) = found(codes.RF306, decision("d", scan, visit, both), covers="scan visit")
    assert (one.rules, one.others) == (("BOTH",), ("S", "T"))
    assert rules(codes.RF306, decision("d", scan, both), covers="scan visit") == []


def test_a_suppressed_rule_is_masked_by_what_suppresses_it_whatever_the_hit_policy():
    dead = rule("GONE", "{all: [fever, cough]}", "{scan: soon}", "unless: [NOW]")
    for policy in ("COLLECT", "FIRST", "PRIORITY", "UNIQUE", "ANY"):
        (one,) = found(codes.RF306, decision("d", NOW, dead, policy=policy))
        assert (one.rules, one.others) == (("GONE",), ("NOW",))
    half = rule("GONE", "cough", "{scan: soon}", "unless: [NOW]")
    assert rules(codes.RF306, decision("d", NOW, half, policy="UNIQUE")) == []
    rest = rule("REST", "{all: [cough, {not: fever}]}", "{scan: later}")
    (one,) = found(
        codes.RF306, decision("d", NOW, rest, half.replace("GONE", "LAST").replace("OFF", "LAST"), policy="FIRST")
    )
    assert (one.rules, one.others) == (("LAST",), ("NOW", "REST"))


def test_a_rule_gives_way_in_part_to_rules_that_say_something_else_and_reach_beyond_it():
    same = rule("SAME", "{any: [cough, numb]}", "{scan: soon}")
    late = rule("LATE", "cough", "{scan: later}")
    inside = rule("INSIDE", "{all: [cough, numb]}", "{scan: now}")
    (one,) = found(codes.RF315, decision("d", NOW, inside, SOON, policy="FIRST"))
    assert (one.rules, one.others) == (("SOON",), ("NOW",))
    assert rules(codes.RF315, decision("d", inside, SOON, policy="FIRST")) == []
    assert rules(codes.RF315, decision("d", SOON, same, policy="FIRST")) == []
    assert rules(codes.RF315, decision("d", NOW, SOON, policy="COLLECT")) == []
    (one,) = found(codes.RF315, decision("d", late, NOW, policy="PRIORITY"))
    assert (one.rules, one.others) == (("LATE",), ("NOW",))


def test_rules_that_disagree_on_one_output_conflict_whatever_they_say_of_others():
    for one, other in (("now", "soon"), ("now", "now")):
        pair = (
            rule("A", "fever", f"{{scan: now, visit: {one}}}"),
            rule("B", "cough", f"{{scan: {'soon' if one == other else 'now'}, visit: {other}}}"),
        )
        assert rules(codes.RF303, decision("d", *pair, policy="ANY"), covers="scan visit") == [("A", "B")]


def test_a_rule_is_spared_whatever_it_suppresses_and_wherever_another_comes_before_it():
    again = rule("AGAIN", "fever", "{scan: now}", "unless: [NOW]")
    assert rules(codes.RF309, decision("d", NOW, again)) == [("NOW",)]
    sooner = rule("SOONER", "cough", "{scan: later}")
    rest = rule("REST", "{all: [fever, {not: cough}]}", "{scan: now}")
    assert rules(codes.RF309, decision("d", sooner, NOW, rest, policy="FIRST")) == [("NOW",)]


def test_cases_that_are_decided_to_be_out_of_scope_are_no_cases_that_three_values_leave_open():
    scope = "{all: [cough, {not: {all: [numb, {any: [fever, {not: fever}]}]}}]}"
    assert found(codes.RF312, decision("d", rule("R", "cough", "{scan: now}")), scope=scope) == []


def test_a_rule_that_lists_something_decides_however_low_its_level_is():
    lists = rule("LISTS", "{all: [fever, cough]}", "{scan: soon, likely: [flu]}")
    assert rules(codes.RF306, decision("d", NOW, lists), covers="scan likely") == []
    low = rule("LOW", "{all: [fever, cough]}", "{scan: soon}")
    assert rules(codes.RF306, decision("d", NOW, low), covers="scan") == [("LOW",)]


def test_a_finding_all_values_of_which_lead_to_one_outcome_need_not_be_known():
    sides = "{all: [fever, {pain: mild}]}", "{all: [fever, {pain: [none, severe]}]}"
    table = decision("d", rule("R", f"{{any: [{', '.join(sides)}]}}", "{scan: now}"))
    (one,) = found(codes.RF312, table, findings="fever pain")
    assert (one.detail["value"], one.detail["known"], one.detail["unknown"]) == ("now", {"fever": 1}, ("pain",))


# ---------------------------------------------------------------- inputs


def test_an_input_of_a_score_is_told_without_rules_and_one_of_the_scope_of_a_decision_alone():
    points = score("p", "{when: numb, points: 1}, {when: fever, points: 1}")
    table = decision("d", rule("A", "{any: [{p: at_least 1}, {not: {p: at_least 1}}]}", "{scan: now}"))
    faults = found(codes.RF310, points, table)
    assert [(one.names, one.others, one.decision, dict(one.detail)) for one in faults] == [
        (("numb",), (), "", {"everywhere": True}),
        (("fever",), (), "", {"everywhere": True}),
    ]
    both = rule("B", "{any: [{all: [cough, numb]}, {all: [cough, {not: numb}]}, {p: at_least 2}]}", "{scan: now}")
    (one,) = found(codes.RF310, score("p", "{when: numb, points: 1}"), decision("d", both))
    assert (one.names, one.others, one.decision) == (("numb",), (), "d")
    either = rule("E", "{any: [{all: [fever, cough]}, {all: [fever, {not: cough}]}]}", "{scan: now}")
    (one,) = found(codes.RF310, decision("d", either), scope="{any: [cough, {not: cough}]}")
    assert (one.names, one.detail) == (("cough",), {"everywhere": False})


def test_an_input_that_matters_elsewhere_is_told_of_the_decision_in_which_it_does_not():
    either = rule("E", "{any: [{all: [fever, cough]}, {all: [fever, {not: cough}]}]}", "{scan: now}")
    second = decision("e", rule("V", "cough", "{visit: now}"), rule("W", "fever", "{visit: soon}"))
    (one,) = found(codes.RF310, decision("d", either), second, covers="scan visit")
    assert one == Fault(codes.RF310, "d", (), others=("E",), names=("cough",), detail={"everywhere": False})
    nowhere = decision("e", rule("V", "{any: [cough, {not: cough}]}", "{visit: now}"))
    (one,) = found(codes.RF310, decision("d", either), nowhere, covers="scan visit")
    assert (one.decision, one.names, one.others, dict(one.detail)) == (
        "d",
        ("cough",),
        ("E", "V"),
        {"everywhere": True},
    )


# ---------------------------------------------------------------- what confirms


@pytest.mark.parametrize(
    ("fault", "patient", "shown"),
    [
        (Fault(codes.RF306, "d", ("SOON",), others=("NOW",)), "fever cough", True),
        (Fault(codes.RF306, "d", ("SOON",), others=("NOW",)), "cough", False),
        (Fault(codes.RF306, "d", ("SOON",), others=("NOW",)), "fever", False),
        (Fault(codes.RF306, "d", ("SOON",)), "cough", True),
        (Fault(codes.RF306, "d", ("GONE",), others=("NOW",)), "fever numb", True),
        (Fault(codes.RF306, "d", ("GONE",), others=("NOW",)), "fever", False),
        (Fault(codes.RF306, "d", ("REST",), others=("NOW",)), "fever", True),
        (Fault(codes.RF302, "d", ("NOW", "SOON")), "fever cough", True),
        (Fault(codes.RF302, "d", ("NOW", "SOON")), "fever", False),
        (Fault(codes.RF308, "d", ("SOON",), others=("NOW",)), "fever cough", True),
        (Fault(codes.RF308, "d", ("SOON",), others=("NOW",)), "cough", False),
        (Fault(codes.RF309, "d", ("SOON",)), "fever", False),
        (Fault(codes.RF309, "d", ("REST",)), "", False),
        (Fault(codes.RF301, "d", ()), "", False),
        (Fault(codes.RF301, "e", ()), "", True),
        (Fault(codes.RF301, "e", ()), "cough", False),
    ],
)
def test_a_patient_confirms_a_fault_only_if_the_reference_reads_it_so(fault: Fault, patient: str, shown: bool):
    off = rule("GONE", "numb", "{scan: now}", "unless: [NOW]")
    first = decision("d", NOW, SOON, off, otherwise=[rule("REST", "", "{scan: avoid}")])
    one = guideline(first, decision("e", rule("V", "cough", "{visit: now}"), otherwise=None), covers="scan visit")
    values: dict[str, Value] = {name: "present" if name in patient else "absent" for name in ("fever", "cough", "numb")}
    assert confirms(one, fault, values) is shown
