"""What is said of an audit of assumptions: entries, diagnostics, regions and the list of what must be assessed."""

from __future__ import annotations

import pytest

from redflag_kit.analyse import assumptions, must_assess
from redflag_kit.analyse.assumptions import Assumptions, audit_assumptions, hidden_outcomes
from redflag_kit.compile.prepared import prepare
from redflag_kit.diagnostics.codes import RF330, RF902
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.evaluate.engine import engine
from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.model.guideline import Guideline
from redflag_kit.results.audit import AuditWitness, DefaultAudit, HiddenOutcome, MustAssess
from redflag_kit.results.region import Cube, Region
from tests.unit.analyse.deadlines import few
from tests.unit.evaluate.worlds import decision, guideline, rule

WORRY = rule("W", "worry", "{scan: now}")
BOTH = rule("B", "{all: [worry, weight]}", "{scan: now}")
TIED = ["{id: K-1, title: t, if: worry, then: weight}", "{id: K-2, title: t, if: weight, then: worry}"]
ASSESS = "assess `worry` first, or declare `on_unknown: ask`"


def audited(one: Guideline) -> Assumptions:
    found = audit_assumptions(engine(one))
    assert found is not None
    return found


def test_an_entry_says_where_the_assumption_stands_what_it_hides_and_for_whom():
    table = decision("d", rule("A", "{all: [worry, {any: [fever, {age: at_least 50 a}]}]}", "{scan: now}"))
    one = guideline(table, findings="worry fever age")
    policy = one.assume["worry"]
    cubes = (
        Cube((("age", ("50..99",)),), ("age at least 50 years",)),
        Cube((("fever", ("present",)),), ("fever",)),
    )
    outcome = HiddenOutcome(
        output="scan",
        label="the scan",
        assumed=("silent",),
        unassumed=("now", "silent"),
        assumed_text="says nothing",
        unassumed_text="right now, or says nothing",
        region=Region("age at least 50 years; or fever", cubes, True),
        witness=AuditWitness({"fever": "absent", "age": 50}, ("worry",), "age 50 years; worry not assessed"),
    )
    entry = DefaultAudit(
        guideline="g@1.0.0",
        finding="worry",
        label="worry",
        value="absent",
        reason="not noted",
        evidence="opinion",
        file="g/vocabulary.yaml",
        line=policy.span.line,
        hides="alone",
        outputs=(outcome,),
    )
    told = Diagnostic(
        policy.span,
        RF330,
        "where nothing is known, g@1.0.0 assumes no worry and can hide a more urgent outcome (the scan)",
        ASSESS,
        findings=("worry",),
        witness={
            "case": {"fever": "absent", "age": 50},
            "text": "age 50 years; worry not assessed"
            " (the scan: says nothing; without the assumption right now, or says nothing)",
        },
        where="age at least 50 years; or fever",
    )
    needed = MustAssess("g@1.0.0", ("worry",), ("Worried?",), True, (("worry",),), True)
    assert audited(one) == Assumptions((entry,), needed, (told,))


def test_further_outputs_are_counted_and_each_is_told_in_words_that_name_no_edition():
    table = decision("d", WORRY, rule("V", "fever", "{visit: now}"))
    one = guideline(table, findings="worry fever", covers="scan any_test anything visit")
    found = audited(one)
    assert [outcome.output for outcome in found.audits[0].outputs] == ["scan", "any_test", "anything"]
    assert [told.message for told in found.diagnostics] == [
        "where nothing is known, g@1.0.0 assumes no worry and can hide a more urgent outcome (the scan and 2 more)"
    ]
    can_hide = "where nothing is known, no worry is assumed and can hide a more urgent outcome"
    assert hidden_outcomes(engine(one)) == {
        ("worry", "scan"): f"{can_hide} (the scan): everybody",
        ("worry", "any_test"): f"{can_hide} (some test): everybody",
        ("worry", "anything"): f"{can_hide} (anything): V cannot apply",
    }


def test_of_two_outputs_one_more_is_counted_and_assumed_numbers_have_their_unit():
    extra = "on_unknown: {days: {assume: 0, reason: r, evidence: opinion}}\n"
    table = decision("d", rule("A", "{days: at_least 30 d}", "{scan: now}"))
    found = audited(guideline(table, findings="days", covers="scan any_test", extra=extra))
    assert [entry.value for entry in found.audits] == ["0 days"]
    assert found.diagnostics[0].message.endswith("(the scan and 1 more)")


def test_what_is_hidden_together_is_told_of_each_with_both_not_assessed():
    one = guideline(decision("d", BOTH), findings="worry weight fever", constraints=TIED, scope="{not: fever}")
    found = audited(one)
    first, second = (entry.outputs[0] for entry in found.audits)
    witness = AuditWitness(
        {"fever": "absent"}, ("worry", "weight"), "nothing unusual; worry not assessed, weight not assessed"
    )
    assert (first.witness, second.witness) == (witness, witness)
    assert [(entry.reason, entry.evidence) for entry in found.audits] == [("not noted", "opinion"), ("rare", "partly")]
    assert [told.message for told in found.diagnostics] == [
        f"where nothing is known, g@1.0.0 assumes no {name}, together with other assumptions, and can hide a more"
        " urgent outcome (the scan)"
        for name in ("worry", "weight")
    ]
    assert hidden_outcomes(engine(one))["weight", "scan"] == (
        "where nothing is known, no weight is assumed, together with other assumptions, and can hide a more urgent"
        " outcome (the scan): worry not assessed"
    )
    assert found.must_assess == MustAssess(
        "g@1.0.0", ("weight",), ("Lost weight?",), True, (("worry", "weight"),), True
    )


def test_for_whom_is_told_by_rules_first_those_of_otherwise_included():
    rest = [rule("O", "weight", "{scan: soon}"), rule("P", "", "{scan: avoid}")]
    table = decision("d", WORRY, rule("F", "fever", "{scan: now}"), otherwise=rest)
    entries = audited(guideline(table, findings="worry weight fever")).audits
    assert [entry.outputs[0].region for entry in entries] == [
        Region(
            "P can apply; or O can apply",
            (
                Cube((("rule P", ("can apply",)),), ("P can apply",)),
                Cube((("rule O", ("can apply",)),), ("O can apply",)),
            ),
            True,
        ),
        Region("P can apply", (Cube((("rule P", ("can apply",)),), ("P can apply",)),), True),
    ]
    assert [(one.assumed_text, one.unassumed_text) for entry in entries for one in entry.outputs] == [
        ("avoid", "avoid, or right now"),
        ("avoid", "avoid, or soon"),
    ]


def test_a_region_of_rules_and_findings_is_put_into_words_in_a_fixed_order():
    table = decision("d", rule("A", "{all: [fever, {age: at_least 50 a}, worry]}", "{scan: now}"))
    ready = prepare(guideline(table, findings="fever age worry weight"))
    can, cannot = ("can apply",), ("cannot apply",)
    chosen = {
        "rule C": cannot,
        "rule D": cannot,
        "rule A": can,
        "rule B": can,
        "worry": ("not assessed",),
        "age": ("0", "not assessed"),
        "fever": ("1",),
    }
    assert assumptions._cube(ready, chosen) == Cube(
        (
            ("rule A", can),
            ("rule B", can),
            ("rule C", cannot),
            ("rule D", cannot),
            ("fever", ("present",)),
            ("age", ("0..49", "not assessed")),
            ("worry", ("not assessed",)),
        ),
        (
            "A and B can apply",
            "none of C, D can apply",
            "fever",
            "age at most 49 years or age not assessed",
            "worry not assessed",
        ),
    )


def test_the_rules_behind_an_output_are_those_of_all_that_entailment_ties_to_it():
    first = decision("d", rule("S", "fever", "{scan: now}"), rule("T", "cough", "{test: now}"))
    second = decision("e", rule("V", "worry", "{visit: now}"), rule("L", "worry", "{likely: [flu]}"))
    ready = prepare(
        guideline(first, second, findings="fever cough worry", covers="scan test any_test visit anything likely")
    )
    assert assumptions._rules_behind(ready, "scan") == ["S", "T", "V"]
    assert assumptions._rules_behind(ready, "anything") == ["S", "T", "V"]
    assert assumptions._rules_behind(ready, "likely") == ["L"]


def test_a_region_of_too_many_alternatives_says_that_there_is_more(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(assumptions, "MAX_CUBES", 1)
    table = decision("d", rule("A", "{all: [worry, {any: [fever, {age: at_least 50 a}]}]}", "{scan: now}"))
    region = audited(guideline(table, findings="worry fever age")).audits[0].outputs[0].region
    assert (region.text, region.exact) == ("age at least 50 years; and more", False)


def test_an_assumption_that_the_reference_does_not_confirm_is_told_at_its_line(monkeypatch: pytest.MonkeyPatch):
    one = guideline(decision("d", WORRY), findings="worry fever")
    monkeypatch.setattr("redflag_kit.analyse.audit_witness._is_hidden", lambda *_: False)
    found = audited(one)
    message = "the reference evaluator does not confirm what assuming `worry` hides"
    report = "please report this as a fault of redflag-kit"
    assert found.diagnostics == (Diagnostic(one.assume["worry"].span, RF902, message, report),)


def test_an_audit_beyond_its_budget_is_not_made():
    ready = engine(guideline(decision("d", WORRY), findings="worry fever"))
    with pytest.raises(BudgetExceeded, match="1 diagram nodes"):
        audit_assumptions(ready, nodes=1)
    with pytest.raises(BudgetExceeded):
        hidden_outcomes(ready, nodes=1)
    with pytest.raises(BudgetExceeded, match="a few steps"):
        audit_assumptions(ready, deadline=few(0))
    with pytest.raises(BudgetExceeded, match="a few steps"):
        hidden_outcomes(ready, deadline=few(0))


def test_beyond_the_limit_the_sets_that_hide_something_are_not_all_told(monkeypatch: pytest.MonkeyPatch):
    table = decision("d", rule("A", "{any: [worry, weight]}", "{scan: now}"))
    one = guideline(table, findings="worry weight fever")
    found = audited(one).must_assess
    assert (found.findings, found.hiding_sets, found.complete) == (
        ("worry", "weight"),
        (("worry",), ("weight",)),
        True,
    )
    monkeypatch.setattr(must_assess, "MAX_SETS", 1)
    found = audited(one).must_assess
    assert (found.findings, len(found.hiding_sets), found.complete) == (("worry", "weight"), 1, False)
