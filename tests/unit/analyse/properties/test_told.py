"""All that is told of a property that does not hold: the verdict, the line, the words, the rules, the patient."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.analyse.properties.breach import Counterexample
from redflag_kit.analyse.properties.run import Examined, examine, examine_between
from redflag_kit.analyse.properties.verdict import Result, Verdict, outputs_of
from redflag_kit.analyse.properties.words import what, who
from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline, Rule
from redflag_kit.model.property import Property
from tests.unit.analyse.deadlines import few
from tests.unit.analyse.properties.declared import declared
from tests.unit.analyse.properties.test_between import AGAINST, NARROWER, SILENT, editions
from tests.unit.analyse.properties.test_between import declared as declared_between
from tests.unit.analyse.properties.test_kinds import NOW, NUMB, TABLE, WORRY
from tests.unit.evaluate.worlds import decision, guideline, rule

HINT = "correct the guideline, or document the violation under `known:` with its reason and source"
FIRST = decision("d", NUMB, NOW, policy="FIRST")
PATIENT = {"fever": "absent", "cough": "absent", "numb": "absent"}
MONOTONE = "monotone: {adding: [fever, numb], outputs: [scan]}"


def named(one: Guideline, name: str) -> Rule:
    return next(rule for decision in one.decisions for rule in decision.running() if rule.id == name)


def refuted(one: Guideline, claim: Property, shown: Counterexample, **more: object) -> Verdict:
    return replace(Verdict(claim, one, Result.REFUTED, counterexample=shown), **more)  # type: ignore[arg-type]


def told(one: Guideline, claim: Property, said: str, shown: Counterexample, text: str, *notes: Note) -> Diagnostic:
    case = {name: value for name, value in shown.patient.items() if name not in shown.unknown}
    message = f"the property `{claim.id}` does not hold for `{one.name}`: {said}"
    return Diagnostic(claim.span, codes.RF320, message, HINT, notes, shown.rules, (), {"case": case, "text": text})


def fires(one: Guideline, name: str, edition: str = "") -> Note:
    return Note(named(one, name).span, f"rule `{name}`{edition} fires")


@pytest.mark.parametrize(
    ("claim", "table", "shown", "said", "text"),
    [
        (
            "when: numb, then: {scan: now}",
            TABLE,
            Counterexample({**PATIENT, "numb": "present"}, (("scan", "soon"),), ("NUMB",)),
            "the scan: soon",
            "numbness",
        ),
        (
            "floor: [{when: {any: [fever, numb]}, at_least: {scan: now}}]",
            TABLE,
            Counterexample({**PATIENT, "numb": "present"}, (("scan", "soon"),), ("NUMB",), (("scan", "now"),)),
            "the scan: soon, wanted at least right now",
            "numbness",
        ),
        (
            MONOTONE,
            FIRST,
            Counterexample(
                {**PATIENT, "fever": "present"},
                (("scan", "now"),),
                ("NOW",),
                instead=(("scan", "soon"),),
                changed=("numb", "absent", "present"),
            ),
            "the scan: right now; with numbness instead of normal feeling: the scan: soon",
            "fever",
        ),
    ],
)
def test_a_patient_who_breaks_a_property_is_told_with_the_rules_that_fire(
    claim: str, table: str, shown: Counterexample, said: str, text: str
):
    one = guideline(table)
    (only,) = declared(one, claim)
    notes = [fires(one, name) for name in shown.rules]
    expected = Examined((refuted(one, only, shown),), (told(one, only, said, shown, text, *notes),))
    assert examine(one, [only]) == expected


def test_a_case_that_breaks_a_property_is_told_without_what_is_not_assessed():
    one = guideline(WORRY, findings="worry fever")
    (only,) = declared(one, "unknown_safety: [scan, visit]")
    shown = Counterexample(
        {"worry": "present", "fever": "absent"},
        (("scan", "avoid"),),
        ("NIL",),
        instead=(("scan", "now"),),
        unknown=("worry",),
    )
    said = "decided as the scan: avoid, although with worry: the scan: right now"
    text = "nothing unusual, worry: not assessed"
    assert examine(one, [only]) == Examined(
        (refuted(one, only, shown, uncovered=("visit",)),),
        (told(one, only, said, shown, text, fires(one, "NIL")),),
    )


@pytest.mark.parametrize(
    ("claim", "pair", "uncovered", "instead", "rules", "said"),
    [
        ("when_old: {scan: now}, never_new: {scan: avoid}", AGAINST, (), "avoid", ("NOT",), "avoid"),
        ("when_old: {scan: now}, then_new: {scan: now}", SILENT, (), "silent", ("d.otherwise",), "says nothing"),
        ("never_less_urgent: [scan, visit]", SILENT, ("visit",), "silent", ("d.otherwise",), "says nothing"),
        ("never_less_urgent: [scan]", NARROWER, (), "out_of_scope", (), "out of scope"),
    ],
)
def test_a_patient_who_breaks_a_property_between_editions_is_told_with_what_each_says(
    claim: str,
    pair: tuple[Guideline, Guideline],
    uncovered: tuple[str, ...],
    instead: str,
    rules: tuple[str, ...],
    said: str,
):
    old, new = pair
    (only,) = declared_between(pair, claim)
    shown = Counterexample(
        {**PATIENT, "fever": "present"}, (("scan", "now"),), rules, instead=(("scan", instead),), old_rules=("NOW",)
    )
    notes = [fires(old, "NOW", " of `g@1.0.0`")]
    notes += [fires(new, name, " of `g@2.0.0`") for name in rules if name == "NOT"]
    words = f"g@1.0.0 says the scan: right now; g@2.0.0 says the scan: {said}"
    first, second = ((one, compile_guideline(one)) for one in pair)
    assert examine_between(first, second, [only]) == Examined(
        (refuted(new, only, shown, uncovered=uncovered, old=old),),
        (told(new, only, words, shown, "fever", *notes),),
    )


def test_a_stale_violation_is_told_at_its_entry():
    one = guideline(TABLE)
    known = "known: [{guideline: g, where: numb, reason: printed so, cite: [BOOK]}]"
    (only,) = declared(one, f"when: numb, then: {{scan: at_least soon}}, {known}")
    message = "no patient of `g@1.0.0` shows this violation"
    stale = Diagnostic(only.known[0].span, codes.RF322, message, "delete the entry, or correct its `where:`")
    assert examine(one, [only]) == Examined(
        (Verdict(only, one, Result.PROVED, established="1 parts of it hold"),), (stale,)
    )


def test_a_property_that_no_engine_settles_is_told_with_the_limit():
    one = guideline(WORRY, findings="worry")
    (only,) = declared(one, "unknown_safety: [scan]")
    found = examine(one, [only], nodes=1)
    (verdict,) = found.verdicts
    assert verdict == Verdict(only, one, Result.NOT_DECIDED, established="nothing", budget=verdict.budget)
    message = f"the property `P0` was not decided for `g@1.0.0`: {verdict.budget}"
    hint = "raise the budget, or split the property"
    assert found.diagnostics == (Diagnostic(only.span, codes.RF321, message, hint),)
    assert verdict.budget == "the variables of the space needs more than 1 diagram nodes"


def test_a_counterexample_that_the_reference_does_not_confirm_is_told_as_our_own_fault(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("redflag_kit.analyse.properties.statement.holds", lambda *_: True)
    one = guideline(TABLE)
    (only,) = declared(one, "when: numb, then: {scan: now}")
    message = "the reference evaluator does not confirm that `P0` fails for `g@1.0.0`"
    report = "please report this as a fault of redflag-kit"
    assert examine(one, [only]) == Examined(
        (Verdict(only, one, Result.REFUTED, confirmed=False),),
        (Diagnostic(only.span, codes.RF902, message, report),),
    )


def test_rules_are_named_that_write_what_entails_the_output_shown_and_what_it_entails():
    scans = decision("d", rule("LATER", "fever", "{scan: later}"), rule("IDLE", "{not: fever}", "{scan: soon}"))
    visits = decision("e", rule("V", "fever", "{visit: soon}"))
    tests = decision("f", rule("T", "fever", "{any_test: later}"))
    one = guideline(scans, visits, tests, covers="scan any_test visit anything")
    for output, behind in (("any_test", ["LATER", "T"]), ("anything", ["V", "T"]), ("visit", ["V"])):
        (only,) = declared(one, f"when: fever, then: {{{output}: now}}")
        (found,) = examine(one, [only]).diagnostics
        assert found.related == tuple(fires(one, name) for name in behind)


# ---------------------------------------------------------------- words


def test_a_patient_is_told_by_what_is_unusual_and_by_what_is_not_assessed():
    one = guideline(TABLE, findings="fever numb age days")
    patient: dict[str, Value] = {"fever": "present", "numb": "absent", "age": Fraction(40), "days": Fraction(7)}
    shown = Counterexample(patient, (), (), unknown=("numb",))
    assert who(one, shown) == ("fever", "duration 7 days", "numb: not assessed")
    assert who(
        one, replace(shown, patient={**patient, "fever": "absent", "days": Fraction(20)}, unknown=("fever", "days"))
    ) == (
        "nothing unusual",
        "fever: not assessed",
        "duration: not assessed",
    )


def test_the_clean_value_is_ordinary_whatever_the_example():
    one = guideline(TABLE)
    fever = replace(one.vocabulary.findings["fever"], example="present")
    odd = replace(one, vocabulary=replace(one.vocabulary, findings={**one.vocabulary.findings, "fever": fever}))
    assert who(odd, Counterexample({**PATIENT, "fever": "present"}, (), ())) == ("fever",)
    assert who(odd, Counterexample(PATIENT, (), ())) == ("nothing unusual",)


SAID = (("scan", "soon"), ("likely", "flu, stroke"))


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (Counterexample({}, SAID, ()), "the scan: soon; likely: influenza, stroke"),
        (
            Counterexample({}, (("scan", "soon"), ("visit", "silent")), (), (("visit", "later"), ("scan", "now"))),
            "the scan: soon, wanted at least right now; the visit: says nothing, wanted at least later",
        ),
        (
            Counterexample({}, SAID, (), instead=SAID[::-1], changed=("fever", "absent", "present")),
            "the scan: soon; likely: influenza, stroke; with fever instead of no fever: likely: influenza, stroke; the"
            " scan: soon",
        ),
        (
            Counterexample({"fever": "present", "numb": "absent"}, SAID, (), instead=SAID, unknown=("fever", "numb")),
            "decided as the scan: soon; likely: influenza, stroke, although with fever and normal feeling: the scan:"
            " soon; likely: influenza, stroke",
        ),
    ],
)
def test_what_is_wrong_is_said_in_the_words_of_the_vocabulary(shown: Counterexample, expected: str):
    one = guideline(decision("d", NOW, rule("F", "numb", "{likely: [flu]}")), covers="scan visit likely")
    assert what(one, shown) == expected


def test_what_two_editions_say_is_said_of_each_by_its_name():
    old, new = editions(TABLE, TABLE)
    shown = Counterexample({}, SAID, (), instead=())
    assert what(new, shown, old) == (
        "g@1.0.0 says the scan: soon; likely: influenza, stroke; g@2.0.0 says the patient is in scope"
    )


# ---------------------------------------------------------------- budgets


def test_the_limits_of_a_run_are_those_it_was_given():
    one = guideline(FIRST)
    properties = declared(one, MONOTONE)
    late = Verdict(properties[0], one, Result.NOT_DECIDED, established="nothing")
    found = examine(one, properties, deadline=few(0)).verdicts
    assert [replace(verdict, budget="") for verdict in found] == [late]
    assert found[0].budget.endswith("needs more than a few steps")
    old, new = ((guide, compile_guideline(guide)) for guide in SILENT)
    between = declared_between(SILENT, "never_less_urgent: [scan]")
    (stopped,) = examine_between(old, new, between, deadline=few(0)).verdicts
    assert replace(stopped, budget="") == Verdict(
        between[0], new[0], Result.NOT_DECIDED, established="nothing", old=old[0]
    )
    assert stopped.budget.endswith("needs more than a few steps")


def test_the_outputs_of_a_property_are_those_it_reads_each_once():
    one = guideline(TABLE, covers="scan visit test")
    claims = {
        "when: {any: [{scan: now}, {visit: now}]}, then: {all: [{scan: now}, {test: now}]}": ("scan", "visit", "test"),
        "floor: [{when: fever, at_least: {scan: now}}, {when: numb, at_least: {visit: now, scan: soon}}]": (
            "scan",
            "visit",
        ),
        "monotone: {adding: [fever], outputs: [visit, scan]}": ("visit", "scan"),
        "unknown_safety: [test, scan]": ("test", "scan"),
    }
    for claim, outputs in claims.items():
        (only,) = declared(one, claim)
        assert outputs_of(only.alone) == outputs
