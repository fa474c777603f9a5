"""Outcomes of a case: what an output can be, in which words, by which rules, and on which assumptions it rests."""

from __future__ import annotations

import pytest

from redflag_kit.evaluate.engine import engine
from redflag_kit.evaluate.outcome import outcomes, pivotal_assumptions
from redflag_kit.results.case import Outcome, PivotalAssumption
from tests.property import models
from tests.property.models import has, ordered, scale, stated, vocabulary, yes_no
from tests.unit.evaluate.worlds import TRIAL, Opened, decision, opened, rule

NOW, SOON = rule("R-NOW", "fever", "{scan: now}"), rule("R-SOON", "cough", "{scan: soon}")
LATER = rule("R-LATER", "numb", "{scan: later}")
FLU, STROKE = rule("R-FLU", "fever", "{likely: [flu]}"), rule("R-STROKE", "numb", "{likely: [stroke, strain]}")


def of(world: Opened, name: str = "scan") -> Outcome:
    return next(one for one in outcomes(world.engine, world.filled) if one.output == name)


def test_a_decided_output_has_one_value_its_words_and_its_rule():
    found = of(opened(decision("d", NOW, SOON), case_of="{fever: present}"))
    assert found == Outcome(
        output="scan",
        kind="ordered",
        decided=True,
        possible=("now",),
        lowest="now",
        highest="now",
        must=(),
        may=(),
        rules=("R-NOW",),
        assumptions=(),
        written=("now",),
        label="the scan",
        text="right now",
    )


def test_an_undecided_output_lists_its_levels_low_to_high_and_statuses_last():
    found = of(opened(decision("d", NOW, SOON), case_of="{cough: absent}"))
    assert (found.decided, found.possible) == (False, ("now", "silent"))
    assert (found.lowest, found.highest) == ("now", "now")
    assert found.text == "right now, or says nothing"


def test_two_levels_are_named_and_more_are_a_range():
    assert of(opened(decision("d", NOW, SOON), case_of="{cough: present}")).text == "soon, or right now"
    found = of(opened(decision("d", NOW, SOON, LATER), case_of="{numb: present}"))
    assert (found.possible, found.lowest, found.highest) == (("later", "soon", "now"), "later", "now")
    assert found.text == "later .. right now"
    assert of(opened(decision("d", NOW, SOON, LATER))).text == "later .. right now, or says nothing"


@pytest.mark.parametrize(
    ("table", "scope", "status", "words"),
    [
        (decision("d", NOW), "numb", "out_of_scope", "out of scope"),
        (decision("d", NOW), "always", "silent", "says nothing"),
        (decision("d", NOW, otherwise=None), "always", "gap", "no rule applies (undeclared gap)"),
    ],
)
def test_a_status_is_no_level(table, scope, status, words):
    found = of(opened(table, scope=scope, case_of="{fever: absent, numb: absent}"))
    assert (found.possible, found.lowest, found.highest, found.text) == ((status,), None, None, words)
    assert found.decided


def test_a_rule_that_leaves_an_umbrella_silent_is_not_why_its_members_are():
    tables = (
        decision("members", rule("MEMBER", "fever", "{scan: now}"), rule("OTHER", "cough", "{visit: soon}")),
        decision("umbrella", rule("SOON", "numb", "{any_test: soon}"), otherwise=[rule("NOTHING")]),
    )
    world = opened(*tables, covers="scan visit any_test", case_of="{fever: absent, cough: present, numb: absent}")
    assert (of(world).possible, of(world).rules) == (("silent",), ())
    assert (of(world, "any_test").possible, of(world, "any_test").rules) == (("silent",), ("NOTHING",))


def test_rules_that_must_not_meet_leave_a_conflict():
    found = of(opened(decision("d", NOW, SOON, policy="UNIQUE"), case_of="{fever: present, cough: present}"))
    assert (found.possible, found.text, found.rules) == (("conflict",), "rules contradict each other", ())


# ---------------------------------------------------------------- sets


def likely(case_of: str) -> Outcome:
    return of(opened(decision("d", FLU, STROKE), covers="likely", case_of=case_of), "likely")


def test_of_a_set_must_is_certain_and_may_is_possible():
    found = likely("{fever: present}")
    assert (found.kind, found.decided, found.possible) == ("set", False, ())
    assert (found.must, found.may) == (("flu",), ("flu", "stroke", "strain"))
    assert (found.lowest, found.highest) == (None, None)
    assert found.written == ("flu", "stroke", "strain")
    assert found.rules == ("R-FLU", "R-STROKE")
    assert found.text == "influenza; perhaps stroke, strain"


def test_the_words_for_a_set_say_what_is_certain_what_is_not_and_whether_it_may_be_silent():
    assert likely("{fever: present, numb: present}").text == "influenza, stroke, strain"
    assert likely("{}").text == "perhaps influenza, stroke, strain; or says nothing"
    assert likely("{fever: absent, numb: absent}").text == "says nothing"


# ---------------------------------------------------------------- entailment

UMBRELLA = {"covers": "scan test any_test"}


def test_an_umbrella_is_at_least_as_urgent_as_its_members_for_their_reasons():
    tables = decision("d", NOW, rule("R-TEST", "cough", "{test: soon}"))
    found = of(opened(tables, **UMBRELLA, case_of="{fever: absent}"), "any_test")
    assert (found.possible, found.written, found.rules) == (("soon", "silent"), ("silent",), ("R-TEST",))


def test_a_rule_of_a_member_is_no_reason_for_a_level_above_it():
    tables = decision("d", rule("R-ANY", "fever", "{any_test: now}"), rule("R-TEST", "cough", "{test: soon}"))
    found = of(opened(tables, **UMBRELLA, case_of="{fever: present, cough: present}"), "any_test")
    assert (found.possible, found.rules) == (("now",), ("R-ANY",))


def test_a_silent_member_is_no_reason_for_the_silence_of_its_umbrella():
    tables = decision("d", NOW) + decision("e", rule("R-TEST", "cough", "{test: soon}"))
    found = of(opened(tables, **UMBRELLA, case_of="{fever: absent, cough: absent}"), "any_test")
    assert (found.possible, found.rules) == (("silent",), ())


def test_advice_against_the_umbrella_reaches_its_silent_members_with_its_reason():
    tables = decision("d", rule("R-ANY", "fever", "{any_test: avoid}"), rule("R-TEST", "cough", "{test: soon}"))
    world = opened(tables, **UMBRELLA, case_of="{fever: present, cough: absent}")
    found = of(world, "scan")
    assert (found.possible, found.written, found.rules) == (("avoid",), ("silent",), ("R-ANY",))
    assert of(world, "any_test").rules == ("R-ANY",)


def test_advice_against_does_not_reach_the_members_of_an_umbrella_that_something_else_lifts():
    tables = decision("d", rule("R-ANY", "fever", "{any_test: avoid}"), rule("R-TEST", "cough", "{test: soon}"))
    world = opened(tables, **UMBRELLA, case_of="{fever: present, cough: present}")
    assert (of(world, "scan").possible, of(world, "scan").rules) == (("silent",), ())
    assert (of(world, "any_test").possible, of(world, "any_test").rules) == (("soon",), ("R-TEST",))


def test_levels_and_reasons_pass_through_umbrellas_of_umbrellas():
    tables = decision("d", NOW, rule("R-NO", "cough", "{anything: avoid}"))
    up = opened(tables, covers="scan visit any_test anything", case_of="{fever: present, cough: absent}")
    assert (of(up, "anything").possible, of(up, "anything").rules) == (("now",), ("R-NOW",))
    down = opened(tables, covers="scan visit any_test anything", case_of="{fever: absent, cough: present}")
    assert (of(down, "scan").possible, of(down, "scan").rules) == (("avoid",), ("R-NO",))


# ---------------------------------------------------------------- rules and assumptions


def test_the_assumptions_of_deciding_rules_are_named_and_no_others():
    extra = "assumptions:\n  A-1: {text: one, evidence: opinion}\n  A-2: {text: two, evidence: opinion}\n"
    resting = rule("R-NOW", "fever", "{scan: now}", "assumptions: [A-2, A-1]")
    tables = decision("d", resting, rule("R-SOON", "cough", "{scan: soon}", "assumptions: [A-2]"))
    assert of(opened(tables, extra=extra, case_of="{fever: present}")).assumptions == ("A-1", "A-2")
    assert of(opened(tables, extra=extra, case_of="{fever: absent}")).assumptions == ("A-2",)


def test_every_rule_that_decides_for_some_completion_is_named_in_file_order():
    last = rule("R-LAST", then="{scan: avoid}")
    found = of(opened(decision("d", SOON, NOW, otherwise=[last]), case_of="{}"))
    assert (found.possible, found.rules) == (("avoid", "soon", "now"), ("R-SOON", "R-NOW", "R-LAST"))


def test_a_rule_that_the_case_rules_out_is_no_reason_though_it_writes_the_same():
    table = decision("d", NOW, rule("R-ALSO", "cough", "{scan: now}"))
    assert of(opened(table, case_of="{fever: present, cough: absent}")).rules == ("R-NOW",)
    assert of(opened(table, case_of="{fever: absent, cough: present}")).rules == ("R-ALSO",)


def test_the_rule_that_leaves_an_umbrella_silent_is_no_reason_for_the_silence_of_a_member():
    member = decision("d", NOW, otherwise=[rule("R-REST")])
    umbrella = decision("e", rule("R-ANY", "cough", "{any_test: later}"), otherwise=[rule("R-NONE")])
    world = opened(member, umbrella, case_of="{fever: absent, cough: absent}", covers="scan any_test")
    assert (of(world).possible, of(world).rules) == (("silent",), ("R-REST",))


def test_advice_against_has_its_reason_from_the_umbrellas_that_give_it_and_from_no_rule_of_another_case():
    levels = scale("avoid", "now", against="avoid")
    outer, other = (ordered(name, levels, satisfied_by=["scan"]) for name in ("outer", "other"))
    rules = [
        models.rule("R-FEVER", has("fever"), {"outer": "avoid"}),
        models.rule("R-COUGH", has("cough"), {"outer": "avoid"}),
        models.rule("R-OTHER", has("numb"), {"other": "now"}),
    ]
    words = vocabulary([yes_no("fever"), yes_no("cough"), yes_no("numb")], [outer, other, ordered("scan", levels)])
    one = engine(models.guideline(words, [models.decision("d", rules, [models.rule("R-REST")], outputs=["scan"])]), ())
    case = one.fill((stated("fever", "present"), stated("cough", "absent"), stated("numb", "absent")), False)
    found = {outcome.output: outcome for outcome in outcomes(one, case)}
    assert (found["scan"].possible, found["scan"].rules) == (("avoid",), ("R-FEVER",))


def test_the_ends_of_a_range_are_told_in_the_words_of_the_scale(monkeypatch: pytest.MonkeyPatch):
    words = "{levels: [avoid, later, soon, now], against: avoid, says: {later: at some time, now: right now}}"
    monkeypatch.setattr("tests.unit.evaluate.worlds.SCALE", words)
    found = of(opened(decision("d", LATER, SOON, NOW), case_of="{}"))
    assert found.text == "at some time .. right now, or says nothing"


def test_an_assumed_number_is_told_with_its_unit():
    table = decision("d", rule("R", "{days: at_least 10 d}", "{scan: now}"))
    extra = "on_unknown: {days: {assume: 3 d, reason: seldom longer, evidence: opinion}}\n"
    world = opened(table, findings="days", extra=extra)
    (found,) = pivotal_assumptions(world.engine, world.filled)
    assert (found.finding, found.value) == ("days", "3 days")


def test_an_assumed_value_is_pivotal_only_if_the_outcome_would_be_another_without_it():
    tables = decision(
        "d", rule("R-WORRY", "worry", "{scan: now}"), rule("R-WEIGHT", "{all: [weight, fever]}", "{scan: soon}")
    )
    picked = {"findings": "fever worry weight", "unmentioned": "absent"}
    without_fever = opened(tables, **picked)
    assert without_fever.filled.assumed == ("worry", "weight")
    assert pivotal_assumptions(without_fever.engine, without_fever.filled) == (
        PivotalAssumption("worry", "absent", "not noted", "opinion", "worry"),
    )
    with_fever = opened(tables, **picked, case_of="{fever: present}")
    found = pivotal_assumptions(with_fever.engine, with_fever.filled)
    assert [one.finding for one in found] == ["worry", "weight"]


def test_what_is_stated_is_not_assumed():
    tables = decision("d", rule("R-WORRY", "worry", "{scan: now}"))
    world = opened(tables, findings="fever worry", case_of="{worry: present}")
    assert pivotal_assumptions(world.engine, world.filled) == ()


# ---------------------------------------------------------------- numbers that are compared


@pytest.mark.parametrize(("trial", "possible"), [(28, True), (29, True), (30, False)])
def test_a_stated_number_is_told_from_its_neighbours_when_it_is_compared(trial, possible):
    tables = decision("d", rule("R", "{trial: at_least 14 d}", "{scan: now}"))
    case_of = f"{{trial: {trial} d, days: 29 d}}"
    world = opened(tables, findings="trial days", constraints=[TRIAL], case_of=case_of)
    assert world.region.is_empty() != possible


def test_a_number_stated_as_unknown_and_a_finding_that_nothing_reads_need_no_cut():
    tables = decision("d", rule("R", "{age: above 50 a}", "{scan: now}"))
    world = opened(tables, findings="age days fever", case_of="{age: unknown, days: 3 d, fever: present}")
    assert set(world.engine.atoms.inputs) == {"age"}
    assert world.engine.atoms.starts["age"] == (0, 51)
    assert of(world).possible == ("now", "silent")
