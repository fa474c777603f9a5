"""What is said together because of which rules."""

from __future__ import annotations

from redflag_kit.results.coverage import KINDS, KindTotals
from tests.unit.coverage.worlds import counts, items, measured
from tests.unit.evaluate.worlds import case, decision, rule

TWO = decision("d", rule("R", "fever", "{scan: now}"), rule("S", "cough", "{visit: soon}"))
ILL = case("V1", "{fever: present, cough: present}", "{outcomes: {scan: now, visit: soon}}")
WELL = case("V2", "{fever: absent, cough: absent}", "{outcomes: silent}")


def test_decisions_that_some_patient_gets_are_counted_and_not_patients():
    found = measured(TWO, covers="scan visit", vignettes=(ILL, WELL))
    assert counts(found, "decisions") == (2, 4, 0)
    assert [(one.vignette, one.text) for one in items(found, "decisions")] == [
        ("", "the scan: right now (by R)"),
        ("", "the visit: soon (by S)"),
        ("V2", "nothing is said (by d.otherwise)"),
        ("V1", "the scan: right now; the visit: soon (by R, S)"),
    ]


def test_a_case_with_several_decisions_touches_none():
    half = case("V", "{fever: present}", "{outcomes: {scan: now, visit: undecided}}")
    assert counts(measured(TWO, covers="scan visit", vignettes=(half,)), "decisions")[0] == 0


def test_who_does_not_look_at_every_output_touches_none():
    partly = case("V", "{fever: present, cough: present}", "{outcomes: {scan: now}, others: any}")
    assert counts(measured(TWO, covers="scan visit", vignettes=(partly,)), "decisions")[0] == 0


def test_the_same_advice_because_of_another_rule_is_another_decision():
    same = decision("d", rule("R", "fever", "{scan: now}"), rule("S", "cough", "{scan: now}"))
    found = measured(same, vignettes=(ILL.replace(", visit: soon", ""),))
    assert counts(found, "decisions")[1] == 3


def test_one_outcome_for_several_reasons_touches_no_decision():
    same = decision("d", rule("R", "fever", "{scan: now}"), rule("S", "cough", "{scan: now}"))
    either = [case("V", f"{{{name}: present}}", "{outcomes: {scan: now}}") for name in ("fever", "cough")]
    # The rule that is decisive for both leaves the other one open: one of the vignettes has two decisions.
    touched = [counts(measured(same, vignettes=(one,)), "decisions")[0] for one in either]
    assert sorted(touched) == [0, 1]


def test_more_than_can_be_counted_are_not_counted():
    found = measured(TWO, covers="scan visit", most=3)
    (total,) = [one for one in found.totals if one.kind == "decisions"]
    assert total == KindTotals("decisions", 0, 0, 0, None, "3 decisions")
    assert len(found.totals) == len(KINDS)
    assert items(found, "decisions") == []
    assert counts(measured(TWO, covers="scan visit", most=4), "decisions") == (0, 4, 0)


def test_sets_and_statuses_are_said_in_words():
    table = decision("d", rule("R", "fever", "{likely: [flu, stroke]}"))
    found = measured(table, covers="likely scan", scope="{numb: absent}")
    assert {one.text for one in items(found, "decisions")} == {
        "nothing is said (by d.otherwise)",
        "likely: influenza, stroke (by R)",
        "likely, the scan: out of scope",
    }


def test_ids_do_not_depend_on_the_order_of_rules():
    turned = decision("d", rule("S", "cough", "{visit: soon}"), rule("R", "fever", "{scan: now}"))
    ids = [{one.id for one in items(measured(one, covers="scan visit"), "decisions")} for one in (TWO, turned)]
    assert ids[0] == ids[1]
    assert {len(one) for one in ids[0]} == {12}


def test_a_decision_that_no_legal_patient_gets_is_none():
    apart = "{id: K, title: no cough with fever, if: cough, then: {fever: absent}}"
    found = measured(TWO, covers="scan visit", constraints=(apart,))
    assert {one.text for one in items(found, "decisions")} == {
        "nothing is said (by d.otherwise)",
        "the scan: right now (by R)",
        "the visit: soon (by S)",
    }


def test_decisions_of_the_least_unusual_patients_come_first_then_by_id():
    three = decision(
        "d", rule("R", "fever", "{scan: now}"), rule("S", "cough", "{visit: soon}"), rule("T", "numb", "{test: now}")
    )
    found = items(measured(three, covers="scan visit test"), "decisions")
    unusual = [len([name for name in one.rules if name != "d.otherwise"]) for one in found]
    assert unusual == [0, 1, 1, 1, 2, 2, 2, 3]
    for first, last in ((1, 4), (4, 7)):
        assert [one.id for one in found[first:last]] == sorted(one.id for one in found[first:last])
