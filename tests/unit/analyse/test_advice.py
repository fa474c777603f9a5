"""Advice on decision tables: what can be spared or merged, what never matters, and what is said once."""

from __future__ import annotations

from typing import Any

import pytest

import redflag_kit.analyse.confirm_case as case_reference
from redflag_kit.analyse.answers import once
from redflag_kit.analyse.cause import Effort
from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.guideline import Finding, analyse
from redflag_kit.analyse.overlaps import MAX_SETS, overlaps
from redflag_kit.analyse.run import Wanted, run
from redflag_kit.diagnostics import codes
from redflag_kit.evaluate.engine import engine
from redflag_kit.logic.budget import Deadline
from tests.subjects import subject_of
from tests.unit.evaluate.worlds import TRIAL, decision, guideline, rule, score

NOW, SOON = rule("NOW", "fever", "{scan: now}"), rule("SOON", "cough", "{scan: soon}")


def found(*tables: str, **options: Any) -> tuple[Finding, ...]:
    found = analyse(engine(guideline(*tables, **options)))
    everything, unsettled = found.shown, found.unsettled
    assert unsettled == ()
    return everything


def told(code: str, *tables: str, **options: Any) -> list[str]:
    return [one.diagnostic.message for one in found(*tables, **options) if one.diagnostic.code.id == code]


# ---------------------------------------------------------------- regions


def test_a_gap_of_a_single_number_is_told_as_such():
    young, old = rule("YOUNG", "{age: below 50 a}", "{scan: soon}"), rule("OLD", "{age: above 50 a}", "{scan: now}")
    (gap,) = [one for one in found(decision("d", young, old, otherwise=None), findings="age") if one.region]
    assert gap.diagnostic.message.endswith("; left out is exactly age 50 years")
    assert (gap.diagnostic.where, gap.region and gap.region.cubes[0].literals) == ("age 50 years", (("age", ("50",)),))


def test_a_number_that_is_left_out_over_a_range_is_no_single_number():
    young, old = rule("YOUNG", "{age: below 50 a}", "{scan: soon}"), rule("OLD", "{age: above 51 a}", "{scan: now}")
    (message,) = told("RF301", decision("d", young, old, otherwise=None), findings="age fever")
    assert "exactly" not in message


def test_a_region_has_ranges_and_words_and_says_when_it_is_cut_short():
    words = " ".join(f"{{all: [{{age: {n * 9} a to {n * 9 + 3} a}}, {{pain: mild}}]}}," for n in range(11))
    table = decision("d", rule("A", f"{{any: [{words[:-1]}]}}", "{scan: now}"), otherwise=None)
    (gap,) = [one for one in found(table, findings="age pain") if one.diagnostic.code.id == "RF301"]
    assert gap.region is not None
    assert ("pain", ("none", "severe")) in [literal for cube in gap.region.cubes for literal in cube.literals]
    few = decision("d", rule("A", "{age: 20 a to 30 a}", "{scan: now}"), otherwise=None)
    (gap,) = [one for one in found(few, findings="age") if one.diagnostic.code.id == "RF301"]
    assert gap.region is not None
    assert gap.region.cubes[0].literals == (("age", ("0..19", "31..99")),)
    odd = " ".join(f"{{all: [{{age: {n} a}}, {{days: {n} d}}]}}," for n in range(0, 24, 2))
    many = decision("d", rule("A", f"{{not: {{any: [{odd[:-1]}]}}}}", "{scan: now}"), otherwise=None)
    (gap,) = [one for one in found(many, findings="age days") if one.diagnostic.code.id == "RF301"]
    assert gap.region is not None
    assert not gap.region.exact
    assert gap.diagnostic.where.endswith("; and more")


def test_a_share_counts_every_value_alike_and_is_left_out_where_numbers_are_compared():
    table = decision("d", rule("A", "{age: below 25 a}", "{scan: now}"), otherwise=None)
    (gap,) = [one for one in found(table, findings="age fever") if one.diagnostic.code.id == "RF301"]
    assert gap.fault.where is not None
    assert str(gap.fault.where.share) == "3/4"
    trial = decision("d", rule("A", "{trial: below 25 d}", "{scan: now}"), otherwise=None)
    (gap,) = [one for one in found(trial, findings="days trial", constraints=[TRIAL]) if one.region]
    assert gap.fault.where is not None
    assert gap.fault.where.share is None


# ---------------------------------------------------------------- overlaps as sets


def test_rules_that_meet_pairwise_but_never_together_are_no_set():
    rules = [
        rule("A", "{pain: [none, mild]}", "{scan: now}"),
        rule("B", "{pain: [mild, severe]}", "{scan: soon}"),
        rule("C", "{pain: [none, severe]}", "{scan: later}"),
    ]
    sets = [one.fault.rules for one in found(decision("d", *rules, policy="UNIQUE"), findings="pain") if one.region]
    assert sorted(sets) == [("A", "B"), ("A", "C"), ("B", "C")]


def test_rules_that_all_meet_are_one_set():
    rules = [NOW, SOON, rule("LATE", "numb", "{scan: later}")]
    (message,) = told("RF302", decision("d", *rules, policy="UNIQUE"))
    assert message == "rules `NOW`, `SOON` and `LATE` of `d` all apply to some patients, and UNIQUE allows one"
    (conflict,) = told("RF303", decision("d", *rules, policy="ANY"))
    assert conflict.endswith("(the scan: right now; against the scan: soon; against the scan: later)")


def test_beyond_the_limit_of_sets_every_pair_is_told_by_itself(monkeypatch):
    monkeypatch.setattr("redflag_kit.analyse.overlaps.MAX_SETS", 1)
    for policy, code in (("UNIQUE", "RF302"), ("ANY", "RF303")):
        rules = [rule(f"R{n}", f"{{age: {n} a to {n + 1} a}}", f"{{scan: {('now', 'soon')[n % 2]}}}") for n in range(4)]
        same = rule("R4", "{age: 4 a to 5 a}", "{scan: soon}")
        ready = engine(guideline(decision("d", *rules, same, policy=policy), findings="age"))
        pairs = [(fault.rules, dict(fault.detail)) for fault in overlaps(subject_of(ready))]
        expected = {("R0", "R1"), ("R1", "R2"), ("R2", "R3")} | ({("R3", "R4")} if policy == "UNIQUE" else set())
        assert {rules for rules, _ in pairs} == expected
        assert [detail for _, detail in pairs[1:]] == [{"sets_reported": 1}] * (len(expected) - 1)
        shown = [one.diagnostic.message for one in analyse(ready).shown if one.diagnostic.code.id == code]
        assert sum("one of more than 1 sets that meet" in message for message in shown) == len(expected) - 1
    assert MAX_SETS > 1


# ---------------------------------------------------------------- why a rule never fires


def test_a_value_that_an_earlier_decision_never_has_is_named_with_the_rules_that_would_write_it():
    first = decision("d", NOW, rule("NEVER", "{all: [fever, cough]}", "{scan: soon}"), policy="FIRST")
    second = decision("e", rule("V", "{scan: soon}", "{visit: now}"), rule("W", "{scan: later}", "{visit: soon}"))
    messages = told("RF304", first, second, covers="scan visit")
    assert messages == [
        "the rule `V` applies to no patient: the scan is never soon, as `NEVER` decides for nobody",
        "the rule `W` applies to no patient: the scan is never later, as no rule writes it",
    ]


def test_a_value_that_two_rules_would_write_is_named_with_both():
    late = [rule(f"L{n}", f"{{all: [fever, {name}]}}", "{scan: soon}") for n, name in enumerate(("cough", "numb"))]
    first = decision("d", NOW, *late, policy="FIRST")
    second = decision("e", rule("V", "{all: [cough, {scan: soon}]}", "{visit: now}"))
    (message,) = told("RF304", first, second, covers="scan visit")
    assert message.endswith("the scan is never soon, as `L0` and `L1` decide for nobody")


def test_what_earlier_decisions_and_scores_say_may_exclude_a_rule():
    first = decision("d", NOW)
    second = decision("e", rule("V", "{all: [{not: fever}, {scan: now}]}", "{visit: now}"))
    (message,) = told("RF304", first, second, covers="scan visit")
    assert message.endswith("what earlier decisions say of `scan` excludes it")
    points = score("p", "{when: fever, points: 1}")
    table = decision("d", rule("A", "{any: [{all: [cough, {p: at_least 2}]}, {not: {p: at_least 0}}]}", "{scan: now}"))
    (message,) = told("RF304", points, table)
    assert message.endswith("what earlier decisions say of `p` excludes it")


def test_a_value_that_is_never_had_is_no_reason_if_the_rule_could_not_hold_with_it():
    first = decision("d", NOW)
    tests = "{all: [{scan: soon}, {any: [fever, cough]}, {not: {any: [fever, cough]}}]}"
    (message,) = told("RF304", first, decision("e", rule("V", tests, "{visit: now}")), covers="scan visit")
    assert message.endswith("what earlier decisions say of `scan` excludes it")


def test_constraints_that_exclude_a_rule_are_named_none_of_them_needless():
    apart = "{id: K-APART, title: K, if: fever, then: {not: cough}}"
    other = "{id: K-OTHER, title: K, if: numb, then: fever}"
    table = decision("d", rule("A", "{all: [fever, cough]}", "{scan: now}"))
    (message,) = told("RF304", table, constraints=[other, apart])
    assert message.endswith("the constraint `K-APART` excludes them")
    table = decision("d", rule("A", "{all: [numb, cough]}", "{scan: now}"))
    (message,) = told("RF304", table, constraints=[other, apart])
    assert message.endswith("the constraints `K-OTHER` and `K-APART` exclude them")
    table = decision("d", rule("A", "{all: [{trial: above 30 d}, {days: below 20 d}]}", "{scan: now}"))
    (message,) = told("RF304", table, findings="days trial", constraints=[TRIAL])
    assert message.endswith("the constraint `K-TRIAL` excludes them")


# ---------------------------------------------------------------- masks


def test_a_rule_is_masked_by_one_rule_by_two_or_by_as_many_as_it_takes():
    pains = [rule(f"P{n}", f"{{pain: {word}}}", "{scan: now}") for n, word in enumerate(("none", "mild", "severe"))]
    last = rule("LAST", "cough", "{scan: soon}")
    useless = rule("USELESS", "{all: [fever, cough, {pain: none}]}", "{scan: later}")
    messages = told("RF306", decision("d", *pains, last, policy="FIRST"), findings="pain cough fever")
    assert messages == [
        "the rule `LAST` never decides: wherever its condition holds, one of `P0`, `P1` and `P2` comes first"
    ]
    messages = told("RF306", decision("d", useless, *pains, last, policy="FIRST"), findings="pain cough fever")
    assert messages[-1].endswith("one of `P0`, `P1` and `P2` comes first")


def test_a_weaker_rule_of_a_priority_or_collect_table_may_be_masked():
    weak = rule("WEAK", "{all: [fever, cough]}", "{scan: soon}")
    for policy in ("PRIORITY", "COLLECT"):
        assert told("RF306", decision("d", NOW, weak, policy=policy)) == [
            "the rule `WEAK` never decides: wherever its condition holds, `NOW` comes first"
        ]
    both = rule("BOTH", "{all: [fever, cough]}", "{scan: soon, visit: now}")
    assert told("RF306", decision("d", NOW, both), covers="scan visit") == []


def test_many_rules_that_could_mask_are_left_out_one_by_one(monkeypatch):
    monkeypatch.setattr("redflag_kit.analyse.cause.MAX_PAIRED", 1)
    late = rule("LATE", "cough", "{scan: soon}")
    sides = [NOW, rule("SIDE", "numb", "{scan: later}"), rule("REST", "{not: fever}", "{scan: later}")]
    assert told("RF306", decision("d", *sides, late, policy="FIRST")) == [
        "the rule `LATE` never decides: wherever its condition holds, one of `NOW` and `REST` comes first"
    ]


def test_of_a_table_of_many_rules_the_regions_of_masked_rules_are_not_told(monkeypatch):
    late = decision("d", NOW, rule("LATE", "{all: [fever, cough]}", "{scan: soon}"), policy="FIRST")

    def regions():
        return [one.region is None for one in found(late) if one.diagnostic.code.id == "RF306"]

    assert regions() == [False]
    monkeypatch.setattr("redflag_kit.analyse.masked.MANY", 2)
    assert regions() == [False]
    monkeypatch.setattr("redflag_kit.analyse.masked.MANY", 1)
    assert regions() == [True]


def test_many_rules_are_told_apart_at_single_patients_first(monkeypatch):
    again = rule("AGAIN", "{not: {not: fever}}", "{scan: now}")
    other = rule("OTHER", "{all: [fever, cough]}", "{scan: now}")
    never = rule("NEVER", "{all: [fever, {not: fever}]}", "{scan: now}")
    made = decision("d", NOW, again, other, never)
    few = told("RF307", made)
    monkeypatch.setattr("redflag_kit.analyse.duplicates.MANY", 1)
    assert told("RF307", made) == few == ["rules `NOW` and `AGAIN` of `d` apply to the same patients and say the same"]


@pytest.mark.parametrize("questions", [0, 1, 2, 3])
def test_a_masked_rule_is_told_even_where_naming_the_others_takes_too_many_questions(monkeypatch, questions):
    monkeypatch.setattr("redflag_kit.analyse.cause.MAX_PAIRED", 1)
    monkeypatch.setattr("redflag_kit.analyse.masked.Effort", lambda: Effort(questions))
    late = rule("LATE", "cough", "{scan: soon}")
    sides = [NOW, rule("SIDE", "numb", "{scan: later}"), rule("REST", "{not: fever}", "{scan: later}")]
    assert told("RF306", decision("d", *sides, late, policy="FIRST")) == [
        "the rule `LATE` never decides: wherever its condition holds, one of several other rules comes first"
    ]


# ---------------------------------------------------------------- what can be spared


def test_rules_that_say_the_same_to_the_same_patients_repeat_each_other():
    again = rule("AGAIN", "{not: {not: fever}}", "{scan: now}")
    third = rule("THIRD", "{all: [fever, {any: [cough, {not: cough}]}]}", "{scan: now}")
    assert told("RF307", decision("d", NOW, again, third)) == [
        "rules `NOW`, `AGAIN` and `THIRD` of `d` apply to the same patients and say the same"
    ]
    assert told("RF313", decision("d", NOW, again, policy="UNIQUE")) == [
        "rules `NOW` and `AGAIN` of `d` apply to the same patients and say the same, and UNIQUE allows one"
    ]
    assert told("RF302", decision("d", NOW, again, policy="UNIQUE")) == []
    assert told("RF307", decision("d", NOW, rule("OTHER", "fever", "{scan: soon}"))) == []


def test_a_rule_inside_another_one_is_subsumed_unless_its_order_matters():
    inside = rule("INSIDE", "{all: [fever, cough]}", "{scan: now}")
    assert told("RF308", decision("d", NOW, inside)) == ["the rule `INSIDE` lies inside `NOW`, which says the same"]
    between = rule("BETWEEN", "cough", "{scan: later}")
    assert told("RF309", decision("d", inside, between, NOW, policy="FIRST")) == []
    assert told("RF309", decision("d", inside, NOW, policy="FIRST")) == [
        "without the rule `INSIDE` every outcome is the same, as `NOW` says it too"
    ]


def test_a_rule_that_suppresses_others_is_needed_where_they_would_say_something_else():
    inside = rule("INSIDE", "{all: [fever, cough]}", "{scan: soon}", "overrides: [SOON]")
    assert told("RF309", decision("d", NOW, SOON, inside)) == []
    strong = rule("STRONG", "cough", "{scan: now}")
    needed = rule("NEEDED", "{all: [fever, cough]}", "{visit: now}", "overrides: [STRONG]")
    assert told("RF309", decision("d", strong, needed), covers="scan visit") == []


def test_a_rule_whose_output_only_a_decision_reads_is_redundant_if_that_does_not_change():
    first = decision("d", rule("A", "fever", "{risk: now}"), rule("B", "cough", "{risk: later}"))
    second = decision("e", rule("V", "{risk: at_least soon}", "{visit: now}"))
    own = "outputs: {risk: {scale: urgency}}\n"
    assert told("RF309", first, second, covers="visit", extra=own) == ["without the rule `B` every outcome is the same"]


def test_two_rules_that_differ_in_one_test_can_be_one():
    young = rule("YOUNG", "{all: [fever, {age: below 50 a}]}", "{scan: now}")
    old = rule("OLD", "{all: [fever, {age: at_least 50 a}]}", "{scan: now}")
    (message,) = told("RF311", decision("d", young, old), findings="fever age")
    assert message == "rules `YOUNG` and `OLD` of `d` can be one rule: they differ in `age` only"
    apart = rule("OLD", "{all: [fever, {age: at_least 60 a}]}", "{scan: now}")
    assert told("RF311", decision("d", young, apart), findings="fever age") == []
    other = rule("OLD", "{all: [fever, {age: at_least 50 a}]}", "{scan: now}", "unless: [COUGH]")
    cough = rule("COUGH", "cough", "{scan: soon}")
    assert told("RF311", decision("d", young, other, cough), findings="fever age cough") == []
    assert told("RF311", decision("d", young, cough, old, policy="FIRST"), findings="fever age cough") == []


def test_rules_are_merged_at_the_place_where_that_changes_nothing():
    mild, severe = (
        rule(word.upper(), f"{{all: [numb, {{pain: {word}}}]}}", "{scan: now}") for word in ("mild", "severe")
    )
    between = rule("BETWEEN", "{all: [fever, {pain: severe}]}", "{scan: soon}")
    table = decision("d", mild, between, severe, policy="FIRST")
    (one,) = [f for f in found(table, findings="numb pain fever") if f.diagnostic.code.id == "RF311"]
    assert (one.fault.rules, one.fault.others) == (("MILD", "SEVERE"), ("SEVERE",))
    late = rule("LATE", "{all: [fever, {pain: mild}]}", "{scan: later}")
    table = decision("d", mild, between, late, severe, policy="FIRST")
    assert told("RF311", table, findings="numb pain fever") == []


def test_results_and_scores_can_be_merged_as_well():
    first = decision("d", NOW, SOON)
    second = decision("e", rule("V", "{scan: now}", "{visit: now}"), rule("W", "{scan: soon}", "{visit: now}"))
    assert told("RF311", first, second, covers="scan visit") == [
        "rules `V` and `W` of `e` can be one rule: they differ in `scan` only"
    ]
    points = score("p", "{when: fever, points: 1}, {when: cough, points: 1}, {when: numb, points: 2}")
    table = decision("d", rule("A", "{p: 1}", "{scan: now}"), rule("B", "{p: 3}", "{scan: now}"))
    assert told("RF311", points, table) == ["rules `A` and `B` of `d` can be one rule: they differ in `p` only"]
    mixed = decision(
        "d", rule("A", "{pain: mild}", "{scan: now}"), rule("B", "{any: [{pain: severe}, {pain: none}]}", "{scan: now}")
    )
    assert told("RF311", mixed, findings="pain") != []
    twice = decision(
        "d", rule("A", "{all: [{pain: mild}, {pain: mild}]}", "{scan: now}"), rule("B", "{pain: severe}", "{scan: now}")
    )
    assert told("RF311", twice, findings="pain") == []
    odd = decision("d", rule("A", "{any: [fever, cough]}", "{scan: now}"), rule("B", "{not: fever}", "{scan: now}"))
    assert told("RF311", odd) == []


def test_a_finding_that_is_read_but_never_matters_is_told():
    either = rule("EITHER", "{any: [{all: [fever, cough]}, {all: [fever, {not: cough}]}]}", "{scan: now}")
    assert told("RF310", decision("d", either)) == ["`cough` is read but never changes what is recommended"]
    other = decision("e", rule("V", "cough", "{visit: now}"))
    assert told("RF310", decision("d", either), other, covers="scan visit") == [
        "`cough` is read by `d` but never changes its result"
    ]
    points = score("p", "{when: numb, points: 1}")
    assert told("RF310", points, decision("d", NOW)) == ["`numb` is read but never changes what is recommended"]
    assert told("RF310", decision("d", NOW), scope="{any: [cough, {not: cough}]}") == []


# ---------------------------------------------------------------- three-valued evaluation


def test_a_case_that_two_rules_settle_together_is_told_with_what_is_not_assessed():
    table = decision("d", rule("A", "fever", "{scan: now}"), rule("B", "{not: fever}", "{scan: now}"))
    (one,) = [f for f in found(table) if f.diagnostic.code.id == "RF312"]
    assert one.diagnostic.message == (
        "`the scan` is decided (right now) for patients of whom three-valued evaluation of the rules of `d` would "
        "leave it open"
    )
    assert one.diagnostic.witness == {
        "case": {"cough": "absent", "numb": "absent"},
        "text": "fever: not assessed, nothing unusual",
    }
    sets = decision("d", rule("A", "fever", "{likely: [flu]}"), rule("B", "{not: fever}", "{likely: [flu]}"))
    (one,) = [f for f in found(sets, covers="likely") if f.diagnostic.code.id == "RF312"]
    assert "is decided (influenza) for" in one.diagnostic.message
    assert told("RF312", decision("d", NOW)) == []


def test_numbers_with_too_many_completions_are_confirmed_by_one_value_per_atom(monkeypatch):
    monkeypatch.setattr(case_reference, "MAX_COMPLETIONS", 10)
    table = decision(
        "d", rule("A", "{age: below 50 a}", "{scan: now}"), rule("B", "{age: at_least 50 a}", "{scan: now}")
    )
    assert len(told("RF312", table, findings="age")) == 1
    assert told("RF902", table, findings="age") == []


def test_a_case_that_the_literal_interpreter_does_not_confirm_is_our_own_fault(monkeypatch):
    monkeypatch.setattr(case_reference, "is_legal", lambda constraints, patient: False)
    table = decision("d", rule("A", "fever", "{scan: now}"), rule("B", "{not: fever}", "{scan: now}"))
    assert len(told("RF902", table)) == 1


# ---------------------------------------------------------------- waivers


def test_a_waived_finding_keeps_its_code_and_is_no_more_than_information():
    late = rule("LATE", "{all: [fever, cough]}", "{scan: soon}")
    waive = "waive: [{check: masked-rule, rules: [LATE], reason: as published}]\n"
    (one,) = [f for f in found(decision("d", NOW, late), extra=waive) if f.diagnostic.code.id == "RF306"]
    assert (one.diagnostic.waived, one.diagnostic.severity.value) == ("as published", "info")
    assert one.diagnostic.code.severity.value == "warning"
    assert told("RF314", decision("d", NOW, late), extra=waive) == []


@pytest.mark.parametrize(
    "waive",
    [
        "{check: masked-rule, rules: [NOW], reason: other rule}",
        "{check: duplicate-rules, rules: [LATE], reason: other check}",
        "{check: irrelevant-input, findings: [fever], reason: other finding}",
    ],
)
def test_a_waiver_that_matches_nothing_is_told(waive):
    late = rule("LATE", "{all: [fever, cough]}", "{scan: soon}")
    messages = [f.diagnostic.code.id for f in found(decision("d", NOW, late), extra=f"waive: [{waive}]\n")]
    assert messages.count("RF314") == 1
    assert "RF306" in messages


def test_a_waiver_does_not_change_the_digest():
    plain, waived = (
        engine(guideline(decision("d", NOW), extra=e)) for e in ("", "waive: [{check: gap, rules: [NOW], reason: r}]\n")
    )
    assert plain.compiled.digest == waived.compiled.digest


# ---------------------------------------------------------------- budgets and what is said once


def test_an_analysis_that_runs_out_of_time_says_so_and_the_others_go_on():
    past = Deadline(0.0, "0 s")
    unsettled = analyse(engine(guideline(decision("d", NOW, SOON, otherwise=None))), deadline=past).unsettled
    assert {one.budget for one in unsettled} == {"0 s"}
    assert [one.question for one in unsettled][:2] == ["gaps", "overlaps and conflicts"]


def test_faults_alone_can_be_asked_for():
    table = decision("d", rule("A", "fever", "{scan: now}"), rule("B", "{not: fever}", "{scan: now}"), otherwise=None)
    everything = analyse(engine(guideline(table))).shown
    faults = analyse(engine(guideline(table)), wanted=Wanted.FAULTS).shown
    assert {one.fault.code.id for one in everything} == {"RF310", "RF311", "RF312"}
    assert faults == ()


def test_without_diagrams_what_needs_them_is_not_decided():
    ready = engine(guideline(decision("d", NOW)))
    subject = subject_of(ready)

    class Other:
        """Passes everything on to diagrams but is none."""

        def __getattr__(self, name: str) -> Any:
            return getattr(ready.diagrams, name)

    plain = type(subject)(subject.compiled, subject.atoms, Other(), subject.meaning)
    assert [one.question for one in run(plain).ungiven] == ["findings that never matter", "three-valued evaluation"]
    assert plain.share(plain.care) is None


def test_the_strongest_fault_of_a_rule_is_told_alone():
    inside, masked = Fault(codes.RF308, "d", ("A",)), Fault(codes.RF306, "d", ("A",))
    unread = Fault(codes.RF310, "d", (), others=("A",), names=("x",))
    read = Fault(codes.RF310, "d", (), others=("A", "B"), names=("x",))
    gap = Fault(codes.RF301, "d", ())
    assert once([gap, inside, masked, unread, read]) == [gap, masked, read]


def test_a_masked_rule_is_told_beside_its_repetition_if_another_rule_masks_both():
    twins = [rule(name, "{all: [fever, cough]}", "{scan: soon}") for name in ("TWIN", "OTHER")]
    assert [one.diagnostic.code.id for one in found(decision("d", NOW, *twins, policy="FIRST"))] == [
        "RF306",
        "RF306",
        "RF307",
    ]
    assert [one.diagnostic.code.id for one in found(decision("d", *twins, policy="FIRST"))] == ["RF307"]
