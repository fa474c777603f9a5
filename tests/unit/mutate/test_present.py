"""Verdicts as results: the state that counts, the reason, and a witness with what comes out of it on either side."""

from fractions import Fraction
from functools import cache

import pytest

from redflag_kit.diagnostics.span import Span
from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.model.condition import Range
from redflag_kit.model.exemption import Exemption
from redflag_kit.model.vignette import Stated
from redflag_kit.model.vocabulary import Combine, Output
from redflag_kit.mutate.mutant import Mutant, Operator, RuleDropped
from redflag_kit.mutate.present import by_operator, present, state_of
from redflag_kit.mutate.verdict import Equivalent, Killed, NotDecided, Survived
from redflag_kit.mutate.witness import ORDINARY, patient_of, value_text, witness_of
from redflag_kit.results.mutate import OutcomePair
from tests.story.project import GUIDELINE, VOCABULARY, edited, library, throat

THROAT = library(throat()).guidelines[0]
WITHOUT_AIR = library(
    edited(throat(), GUIDELINE, ("when: {any: [stridor, drooling]}", "when: {all: [stridor, exudate, drooling]}"))
).guidelines[0]
ASKED = library(
    edited(
        throat(),
        VOCABULARY,
        (
            "    on_unknown: {assume: absent, reason: drooling would have been noted, evidence: opinion, cite: BOOK}\n",
            "",
        ),
    )
).guidelines[0]
AT = Span(GUIDELINE, 24, 9, 24, 20)
MUTANT = Mutant("m-1", Operator.RULE_DROPPED, "T-AIR", AT, "id: T-AIR", "", "T-AIR is left out", RuleDropped("T-AIR"))
EXEMPTED = {"m-1": Exemption(THROAT.name, "m-1", "nobody is so ill", AT)}


@cache
def ready() -> Engine:
    return engine(THROAT)


def number(name, value):
    return Stated(name, ranges=(Range(Fraction(value), Fraction(value)),))


def case(**words):
    known = {"stridor": "absent", "exudate": "absent", "swollen_nodes": "absent", "drooling": "absent"} | words
    given = [Stated(name, frozenset({word})) if word else Stated(name, unknown=True) for name, word in known.items()]
    return (number("age_years", 30), number("temperature_c", "36.8"), number("days", 2), *given)


SURVIVED = Survived(MUTANT, None, lambda: case(stridor="present"))


@pytest.mark.parametrize(
    ("verdict", "state", "exempted"),
    [
        (Killed(MUTANT, ("V-AIR",)), "killed", "killed"),
        (Equivalent(MUTANT, "another rule says so"), "equivalent", "equivalent"),
        (SURVIVED, "survived", "exempted"),
        (NotDecided(MUTANT, "10 nodes"), "not_decided", "exempted"),
    ],
)
def test_an_exemption_counts_only_for_what_is_neither_killed_nor_equivalent(verdict, state, exempted):
    assert state_of(verdict, {}) == state
    assert state_of(verdict, EXEMPTED) == exempted


def told(verdict, exempted=()):
    return present(ready(), verdict, dict(exempted), lambda mutant: WITHOUT_AIR)


def test_a_result_has_the_place_and_the_texts_of_its_mutant():
    found = told(Killed(MUTANT, ("V-AIR", "V-B")))
    assert (found.id, found.guideline, found.operator, found.rule) == ("m-1", THROAT.name, "rule-dropped", "T-AIR")
    assert (found.file, found.line, found.column, found.end_line, found.end_column) == (GUIDELINE, 24, 9, 24, 20)
    assert (found.sentence, found.original, found.replacement) == ("T-AIR is left out", "id: T-AIR", "")
    assert (found.killed_by, found.reason, found.witness, found.draft) == (("V-AIR", "V-B"), "", None, "")


def test_the_reason_says_how_it_was_proved_what_was_too_much_or_why_it_is_exempted():
    assert told(Equivalent(MUTANT, "another rule says so")).reason == "another rule says so"
    assert told(NotDecided(MUTANT, "10 nodes")).reason == (
        "no vignette notices it, and whether anybody gets another outcome needs more than 10 nodes"
    )
    assert told(SURVIVED).reason == ""
    assert told(SURVIVED, EXEMPTED).reason == "nobody is so ill"


def test_a_survivor_has_a_patient_with_what_differs_and_so_has_an_exempted_one():
    for exempted in ((), EXEMPTED):
        found = told(SURVIVED, exempted).witness
        assert found.text == "stridor"
        assert found.complete
        assert found.outcomes == (OutcomePair("review", "seeing a doctor", "now", "not needed"),)
        assert found.case["stridor"] == "present"
        assert found.case["temperature_c"] == "36.8"


def test_a_patient_with_nothing_unusual_is_said_to_be_ordinary():
    assert witness_of(ready(), WITHOUT_AIR, case()).text == ORDINARY
    assert witness_of(ready(), WITHOUT_AIR, case()).outcomes == ()


def test_a_case_that_leaves_something_open_says_so_and_what_may_come_out():
    found = witness_of(ready(), ASKED, case(drooling=""))
    assert not found.complete
    assert found.text == "drooling: not assessed"
    assert "drooling" not in found.case
    assert found.outcomes == (OutcomePair("review", "seeing a doctor", "not needed", "not needed, or now"),)


def test_what_a_case_does_not_state_is_open_as_well():
    assert patient_of(THROAT.vocabulary.findings, case()[1:]) is None
    assert witness_of(ready(), ASKED, case()[:-1]).text == "drooling: not assessed"


def test_a_value_stated_in_part_leaves_no_patient():
    several = (*case()[:-1], Stated("drooling", frozenset({"present", "absent"})))
    assert patient_of(THROAT.vocabulary.findings, several) is None


def test_kinds_of_faults_stand_in_their_order_with_their_totals():
    killed, survived = told(Killed(MUTANT, ("V",))), told(SURVIVED)
    other = present(
        ready(),
        Killed(Mutant("x", Operator.CONDITION_NEGATED, "", AT, "", "", "", RuleDropped("x")), ("V",)),
        {},
        lambda mutant: THROAT,
    )
    found = by_operator([other, killed, survived])
    assert [(name, totals.killed, totals.mutants) for name, totals in found] == [
        ("rule-dropped", 1, 2),
        ("condition-negated", 1, 1),
    ]


def test_a_set_is_told_in_the_order_in_which_it_is_declared():
    suspected = Output(
        "suspected",
        "suspected",
        None,
        ("infection", "old_fracture"),
        Combine.HIGHEST,
        (),
        (("infection", "sepsis"),),
        AT,
    )
    assert value_text(suspected, frozenset({"old_fracture", "infection"})) == "sepsis, old fracture"
    assert value_text(suspected, frozenset({"old_fracture"})) == "old fracture"
    assert value_text(suspected, "silent") == "says nothing"


def test_the_guideline_with_the_fault_is_made_of_the_mutant_itself():
    asked = []

    def mutate(mutant):
        asked.append(mutant)
        return WITHOUT_AIR

    present(ready(), SURVIVED, {}, mutate)
    assert asked == [MUTANT]


def test_a_patient_is_told_finding_by_finding_whatever_the_order_of_the_case():
    there = witness_of(ready(), WITHOUT_AIR, case(stridor="present"))
    back = witness_of(ready(), WITHOUT_AIR, tuple(reversed(case(stridor="present"))))
    assert list(back.case) == list(there.case) == list(THROAT.vocabulary.findings)


def test_what_is_unusual_stands_before_what_is_open_and_is_told_once():
    found = witness_of(ready(), ASKED, case(drooling="", stridor="present", exudate=""))
    assert found.text == "stridor; exudate: not assessed; drooling: not assessed"


def test_what_a_case_does_not_state_is_not_taken_as_normal():
    open_to = witness_of(ready(), ASKED, case(drooling=""))
    assert witness_of(ready(), ASKED, case()[:-1]).outcomes == open_to.outcomes
