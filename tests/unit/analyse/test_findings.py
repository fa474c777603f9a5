"""Findings as they are shown: patients, shares and regions in words, waivers, and what there was no time to confirm."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.analyse import guideline as shown_by
from redflag_kit.analyse.answers import Answer, Unsettled, joined, once
from redflag_kit.analyse.engines import BOXES, Decided
from redflag_kit.analyse.fault import Fault, Where, kind_of
from redflag_kit.analyse.guideline import (
    Finding,
    Findings,
    analyse,
    defaults_of,
    patient_words,
    region_of,
    weights_of,
)
from redflag_kit.analyse.run import Wanted
from redflag_kit.analyse.waivers import reason_for, unused
from redflag_kit.compile.expression import InputEntry
from redflag_kit.compile.prepared import prepare
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.evaluate.engine import engine
from redflag_kit.logic.budget import NO_DEADLINE
from redflag_kit.model.condition import Value
from redflag_kit.results.region import Cube, Region
from tests.unit.analyse.deadlines import few
from tests.unit.evaluate.worlds import TRIAL, decision, guideline, rule

NOW, VISIT = rule("NOW", "fever", "{scan: now}"), rule("V", "cough", "{visit: now}")


# ---------------------------------------------------------------- what is weighed, and what is a default


def test_each_atom_weighs_as_many_values_as_it_has():
    tests = "{any: [{age: below 25 a}, {age: 50 a to 60 a}, {temp: at_least 38.0 Cel}, {pain: mild}]}"
    ready = prepare(guideline(decision("d", rule("A", tests, "{scan: now}")), findings="age temp pain fever"))
    assert weights_of(ready) == {"age": [25, 25, 11, 39], "temp": [4, 7], "pain": [1, 1, 1]}


def test_atoms_are_not_weighed_where_two_numbers_are_compared():
    table = decision("d", rule("A", "{trial: below 25 d}", "{scan: now}"))
    assert weights_of(prepare(guideline(table, findings="days trial", constraints=[TRIAL]))) is None
    other = ["{id: K, title: K, if: {days: below 3 d}, then: {trial: below 3 d}}"]
    assert weights_of(prepare(guideline(table, findings="days trial", constraints=other))) is not None


def test_only_a_bare_otherwise_is_a_default():
    own = decision("e", rule("V", "cough", "{visit: now}"), otherwise=[rule("e.otherwise", "numb"), rule("REST")])
    none = decision("f", rule("T", "cough", "{test: now}"), otherwise=None)
    assert defaults_of(guideline(decision("d", NOW), own, none, covers="scan visit test")) == {"d.otherwise"}


# ---------------------------------------------------------------- words


def test_a_patient_is_told_by_what_is_not_ordinary_whether_a_rule_tests_it_or_not():
    ready = prepare(guideline(decision("d", NOW), findings="fever cough pain age days"))
    ordinary: dict[str, Value] = {
        "fever": "absent",
        "cough": "absent",
        "pain": "none",
        "age": Fraction(40),
        "days": Fraction(20),
    }
    assert patient_words(ready, ordinary) == "nothing unusual"
    ill = {**ordinary, "fever": "present", "pain": "mild", "age": Fraction(41)}
    assert patient_words(ready, ill) == "fever, pain: mild, age 41 years"


def test_a_region_is_told_in_words_and_as_data():
    table = decision("d", rule("A", "{all: [fever, {age: 20 a to 30 a}, {pain: mild}]}", "{scan: now}"))
    ready = prepare(guideline(table, findings="fever age pain"))
    pains = ready.atoms.mask(InputEntry("pain", words=frozenset({"none", "severe"})))
    where = Where(({"age": 0b101, "fever": 0b10}, {"pain": pains}), True)
    ages = "age at most 19 years or at least 31 years"
    cubes = (
        Cube((("age", ("0..19", "31..99")), ("fever", ("present",))), ("fever", ages)),
        Cube((("pain", ("none", "severe")),), ("not (pain: mild)",)),
    )
    text = f"fever and {ages}; or not (pain: mild)"
    assert region_of(ready, where) == Region(text, cubes, True)
    assert region_of(ready, Where(where.cubes, False)) == Region(f"{text}; and more", cubes, False)


def test_a_case_is_told_by_what_is_not_assessed_and_then_by_what_is_unusual():
    table = decision(
        "d",
        rule("A", "{all: [{any: [fever, cough]}, numb]}", "{scan: now}"),
        rule("B", "{all: [{not: {any: [fever, cough]}}, numb]}", "{scan: now}"),
    )
    shown = analyse(engine(guideline(table, findings="fever cough numb age"))).shown
    (found,) = [one for one in shown if one.fault.code is codes.RF312]
    assert found.patient == {"numb": "present", "age": Fraction(40)} | (found.patient or {})
    assert found.diagnostic.witness is not None
    assert found.diagnostic.witness["text"] in (
        "fever: not assessed, numbness",
        "cough: not assessed, numbness",
        "fever: not assessed, cough: not assessed, numbness",
    )


def test_what_is_told_of_a_finding_names_its_rules_its_region_and_its_patient():
    one = guideline(
        decision("d", rule("NOW", "fever", "{scan: now}"), rule("SOON", "cough", "{scan: soon}"), policy="UNIQUE"),
        decision("e", rule("NEVER", "{scan: later}", "{visit: now}")),
        covers="scan visit",
    )
    overlap, never = (found.diagnostic for found in analyse(engine(one), wanted=Wanted.FAULTS).shown)
    first, second = one.decisions[0].rules
    assert overlap == Diagnostic(
        second.span,
        codes.RF302,
        "rules `NOW` and `SOON` of `d` both apply to some patients, and UNIQUE allows one",
        overlap.help,
        overlap.related,
        rules=("NOW", "SOON"),
        witness={"case": {"fever": "present", "cough": "present", "numb": "absent"}, "text": "fever, cough"},
        where="fever and cough",
    )
    assert [note.span for note in overlap.related] == [first.span]
    assert (never.code, never.rules, never.findings) == (codes.RF304, ("NEVER",), ())
    assert (never.witness, never.where) == (None, "")


def test_what_is_usual_is_the_clean_value_whatever_the_example():
    one = guideline(decision("d", NOW), findings="fever cough")
    words = one.vocabulary
    odd = replace(words, findings={**words.findings, "cough": replace(words.findings["cough"], example="present")})
    ready = prepare(replace(one, vocabulary=odd))
    assert patient_words(ready, {"fever": "present", "cough": "absent"}) == "fever"
    assert patient_words(ready, {"fever": "absent", "cough": "absent"}) == "nothing unusual"


def test_every_code_of_an_analysis_has_a_word_of_the_field():
    assert (kind_of(codes.RF301), kind_of(codes.RF313), kind_of(codes.RF315)) == ("gap", "duplicate", "partly-masked")


# ---------------------------------------------------------------- waivers


def test_a_waiver_of_findings_matches_the_very_findings():
    either = rule("EITHER", "{any: [{all: [fever, cough]}, {all: [fever, {not: cough}]}]}", "{scan: now}")
    waive = "waive: [{check: irrelevant-input, findings: [cough], reason: as published}]\n"
    shown = analyse(engine(guideline(decision("d", either), extra=waive))).shown
    (found,) = [one.diagnostic for one in shown if one.fault.code is codes.RF310]
    assert (found.findings, found.waived) == (("cough",), "as published")
    assert codes.RF314 not in [one.fault.code for one in shown]


def test_names_count_for_a_waiver_of_inputs_alone():
    waive = "waive: [{check: masked-rule, rules: [NOW], reason: as published}]\n"
    one = guideline(decision("d", NOW), extra=waive)
    assert reason_for(one, Fault(codes.RF306, "d", ("NOW",), names=("fever",))) == "as published"
    assert reason_for(one, Fault(codes.RF306, "d", ("NOW", "OTHER"))) == ""
    assert reason_for(one, Fault(codes.RF304, "d", ("NOW",))) == ""


def test_a_waiver_of_one_decision_waives_nothing_of_another():
    waive = "    waive: [{check: gap, reason: as published}]\n"
    one = guideline(
        decision("d", NOW, otherwise=None) + waive, decision("e", VISIT, otherwise=None), covers="scan visit"
    )
    assert reason_for(one, Fault(codes.RF301, "d", ())) == "as published"
    assert reason_for(one, Fault(codes.RF301, "e", ())) == ""


def test_a_waiver_that_matches_nothing_is_told_at_its_line():
    waive = "waive: [{check: masked-rule, rules: [NOW], reason: r}, {check: redundant-rule, rules: [NOW], reason: r}]\n"
    one = guideline(decision("d", NOW), extra=waive)
    told = Diagnostic(
        one.waivers[0].span,
        codes.RF314,
        "the waiver of `masked-rule` matches nothing that was found",
        "delete it, or name exactly the rules and findings of the finding it is about",
    )
    assert unused(one, [Fault(codes.RF309, "d", ("NOW",))]) == (told,)


def test_a_waiver_that_matches_nothing_is_not_told_where_not_everything_was_asked():
    waive = "waive: [{check: masked-rule, rules: [NOW], reason: r}]\n"
    ready = engine(guideline(decision("d", NOW), extra=waive))
    assert [one.fault for one in analyse(ready).shown] == [Fault(codes.RF314, "", ())]
    assert analyse(ready, wanted=Wanted.ADVICE) == Findings(())
    assert analyse(ready, wanted=Wanted.FAULTS) == Findings(())
    assert analyse(ready, nodes=1).shown == ()


# ---------------------------------------------------------------- what is confirmed


def test_a_finding_is_shown_whole():
    one = guideline(decision("d", rule("OLD", "{age: at_least 60 a}", "{scan: now}"), otherwise=None), findings="age")
    ready = engine(one)
    (found,) = analyse(ready).shown
    where = Where(({"age": 0b01},), True, Fraction(60, 100))
    region = Region("age at most 59 years", (Cube((("age", ("0..59",)),), ("age at most 59 years",)),), True)
    diagnostic = Diagnostic(
        one.decisions[0].span,
        codes.RF301,
        "no rule of `d` applies to some patients, and `otherwise` does not say what then",
        "add a rule, or declare the gap with `otherwise: silent`",
        witness={"case": {"age": 40}, "text": "nothing unusual"},
        where="age at most 59 years",
    )
    fault = Fault(codes.RF301, "d", (), where, (0,))
    assert found == Finding(fault, diagnostic, region, {"age": Fraction(40)})


def test_what_is_not_confirmed_is_told_with_its_region_and_patient(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shown_by, "is_legal", lambda constraints, patient: False)
    one = guideline(decision("d", rule("OLD", "{age: at_least 60 a}", "{scan: now}"), otherwise=None), findings="age")
    (found,) = analyse(engine(one)).shown
    message = "the reference evaluator does not confirm gap in `d`"
    report = "please report this as a fault of redflag-kit"
    assert found.diagnostic == Diagnostic(one.decisions[0].span, codes.RF902, message, report)
    assert found.region is not None
    assert found.patient == {"age": Fraction(40)}


@pytest.mark.parametrize("passed", [1, 2])
def test_findings_confirmed_before_the_time_is_up_are_shown_and_the_others_counted(
    monkeypatch: pytest.MonkeyPatch, passed: int
):
    tables = decision("d", NOW, otherwise=None), decision("f", VISIT, otherwise=None)
    ready = engine(guideline(*tables, covers="scan visit"))
    faults = [one.fault for one in analyse(ready).shown]
    assert [one.code for one in faults] == [codes.RF301, codes.RF301]
    limited = Unsettled("gaps", "2 s", "none")
    waive = Unsettled("three-valued evaluation", "2 s", "none")
    answer = joined([Answer("gaps", (*faults, faults[0]))])
    found = Decided(type(answer)(answer.faults, (limited,), (waive,)), BOXES)
    monkeypatch.setattr(shown_by, "analysed", lambda *_: found)
    late = analyse(ready, deadline=few(passed))
    assert [one.fault.decision for one in late.shown] == ["d", "f"][:passed]
    question = f"whether the reference evaluator confirms {3 - passed} more findings"
    rest = Unsettled(question, "a few steps", f"{passed} findings are confirmed and shown")
    assert (late.unsettled, late.ungiven) == ((limited, rest), (waive,))
    every = analyse(ready, deadline=NO_DEADLINE)
    assert (len(every.shown), every.unsettled) == (3, (limited,))


# ---------------------------------------------------------------- what is said once


def test_of_faults_of_one_rule_the_strongest_is_told():
    strongest_first = (
        codes.RF304,
        codes.RF313,
        codes.RF307,
        codes.RF306,
        codes.RF308,
        codes.RF309,
        codes.RF311,
    )
    faults = [Fault(code, "d", ("A",)) for code in strongest_first]
    assert once(faults) == faults[:1]
    assert once(faults[::-1]) == faults[:1]
    assert once(faults[2:4]) == [faults[2]]  # a rule masked by nothing but what it repeats
    assert once(faults[4:]) == [faults[4]]
    apart = [Fault(codes.RF308, "d", ("A",)), Fault(codes.RF311, "d", ("B", "C")), Fault(codes.RF309, "d", ("D",))]
    assert once(apart) == apart
    merged = Fault(codes.RF311, "d", ("C", "A"))
    assert once([*apart, merged]) == apart


def test_a_masked_rule_is_no_news_only_among_rules_that_repeat_each_other():
    group = Fault(codes.RF307, "d", ("A", "B"))
    inside, outside = Fault(codes.RF306, "d", ("B",), others=("A",)), Fault(codes.RF306, "d", ("B",), others=("C",))
    assert once([inside, group]) == [group]
    assert once([outside, group]) == [outside, group]
    unique = Fault(codes.RF313, "d", ("A", "B"))
    assert once([unique, inside]) == [unique]


def test_an_input_without_influence_is_no_news_if_every_rule_that_reads_it_does_nothing():
    unread = Fault(codes.RF310, "d", (), names=("x",))
    read = Fault(codes.RF310, "d", (), others=("A", "B"), names=("x",))
    masked, spared = Fault(codes.RF306, "d", ("A",)), Fault(codes.RF309, "d", ("B",))
    merged = Fault(codes.RF311, "d", ("B", "C"))
    assert once([unread, read]) == [unread, read]
    assert once([masked, spared, read]) == [masked, spared]
    assert once([masked, merged, read]) == [masked, merged, read]
    assert once([masked, read]) == [masked, read]


def test_answers_are_joined_in_order_and_advice_is_kept_apart():
    gap, cut = Fault(codes.RF301, "d", ()), Fault(codes.RF309, "d", ("A",))
    found = joined(
        [Answer("gaps", (gap,)), Answer("redundant rules", (cut,), "2 s"), Answer("rules that never decide", (), "1 s")]
    )
    known = "decided: gaps (1)"
    assert found.faults == (gap, cut)
    assert found.ungiven == (
        Unsettled("redundant rules", "2 s", f"1 so far, each of them proved; there may be more; {known}"),
    )
    assert found.unsettled == (Unsettled("rules that never decide", "1 s", f"none found so far; {known}"),)
    assert not found.complete
    assert joined([Answer("gaps", ())]).complete
