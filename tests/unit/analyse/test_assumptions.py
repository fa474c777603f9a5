"""What assumptions hide, on tables small enough to see it."""

from __future__ import annotations

import pytest

from redflag_kit.analyse import audit_witness
from redflag_kit.analyse.assumed import assumed, tied_to
from redflag_kit.analyse.assumptions import Assumptions, audit_assumptions, hidden_outcomes
from redflag_kit.analyse.default_audit import Hidden
from redflag_kit.analyse.must_assess import by_urgency, hidden_cases
from redflag_kit.diagnostics.codes import RF330, RF902
from redflag_kit.evaluate.engine import engine
from redflag_kit.terms.scale import STATUSES
from tests.unit.analyse.tables import OUTPUTS
from tests.unit.evaluate.worlds import decision, guideline, rule

WORRY = rule("W", "worry", "{scan: now}")
BOTH = rule("B", "{all: [worry, weight]}", "{scan: now}")
TWO = "worry weight fever"


def audited(*tables: str, **options: str | list[str]) -> Assumptions:
    found = audit_assumptions(engine(guideline(*tables, **options)))
    assert found is not None
    return found


def test_a_guideline_that_assumes_nothing_has_no_audit():
    ready = engine(guideline(decision("d", rule("F", "fever", "{scan: now}"))))
    assert audit_assumptions(ready) is None
    assert hidden_outcomes(ready) == {}


def test_an_assumption_hides_what_its_finding_alone_would_bring_about():
    found = audited(decision("d", WORRY), findings="worry fever")
    (entry,) = found.audits
    (outcome,) = entry.outputs
    assert (entry.finding, entry.value, entry.hides) == ("worry", "absent", "alone")
    assert (outcome.output, outcome.assumed, outcome.unassumed) == ("scan", ("silent",), ("now", "silent"))
    assert outcome.witness is not None
    assert outcome.witness.not_assessed == ("worry",)
    assert found.must_assess.findings == ("worry",)
    assert found.must_assess.questions == ("Worried?",)
    (told,) = found.diagnostics
    assert told.code is RF330
    assert told.findings == ("worry",)


def test_to_assume_what_is_unusual_hides_what_the_usual_would_bring_about():
    extra = "on_unknown: {fever: {assume: present, reason: r, evidence: opinion}}\n"
    found = audited(decision("d", rule("C", "{not: fever}", "{scan: now}")), findings="fever cough", extra=extra)
    assert [(entry.finding, entry.value, entry.hides) for entry in found.audits] == [("fever", "present", "alone")]
    (outcome,) = found.audits[0].outputs
    assert (outcome.assumed, outcome.unassumed) == (("silent",), ("now", "silent"))


def test_findings_are_tied_by_constraints_step_by_step_and_others_are_not():
    chain = ["{id: K-1, title: t, if: worry, then: fever}", "{id: K-2, title: t, if: cough, then: fever}"]
    apart = "{id: K-3, title: t, if: numb, then: weight}"
    table = decision("d", WORRY)
    one = engine(guideline(table, findings="worry weight fever cough numb", constraints=[*chain, apart])).compiled
    assert tied_to(one, ["worry"]) == {"worry", "fever", "cough"}
    assert tied_to(one, ["numb"]) == {"numb", "weight"}
    assert tied_to(one, ["cough", "numb"]) == {"worry", "fever", "cough", "numb", "weight"}


def test_nothing_is_hidden_from_those_whose_outcome_is_as_urgent_anyway():
    found = audited(decision("d", WORRY, rule("F", "fever", "{scan: now}")), findings="worry fever")
    region = found.audits[0].outputs[0].region
    assert region.exact
    assert region.text == "F cannot apply"


def test_an_assumption_on_the_urgent_side_hides_nothing():
    found = audited(decision("d", rule("C", "{all: [fever, {not: worry}]}", "{scan: now}")), findings="worry fever")
    assert [entry.hides for entry in found.audits] == ["never"]
    assert found.must_assess.findings == ()
    assert found.diagnostics == ()


def test_an_assumption_beside_one_that_hides_something_hides_nothing_itself():
    table = decision("d", rule("L", "weight", "{scan: now}"), rule("C", "{not: worry}", "{scan: soon}"))
    found = audited(table, findings=TWO)
    assert [(entry.finding, entry.hides) for entry in found.audits] == [("worry", "never"), ("weight", "alone")]


def test_to_advise_against_instead_of_saying_nothing_hides_something():
    found = audited(decision("d", rule("C", "{not: worry}", "{scan: avoid}")), findings="worry fever")
    (outcome,) = found.audits[0].outputs
    assert (outcome.assumed, outcome.unassumed) == (("avoid",), ("avoid", "silent"))


def test_what_is_safe_with_more_not_assessed_is_still_to_be_assessed_where_it_hides_something_with_less():
    """To assume that no weight was lost is as urgent as can be; to know of lost weight leaves the worry to decide."""
    table = decision("d", rule("A", "{not: weight}", "{scan: now}"), rule("B", "worry", "{scan: now}"))
    found = audited(table, findings=TWO)
    assert found.must_assess.findings == ("worry",)
    assert found.must_assess.hiding_sets == (("worry",),)


def test_what_assumptions_hide_only_together_is_listed_with_each_and_one_must_be_assessed():
    """Each implies the other, so leaving out one assumption changes nothing while the other is made."""
    tied = ["{id: K-1, title: t, if: worry, then: weight}", "{id: K-2, title: t, if: weight, then: worry}"]
    found = audited(decision("d", BOTH), findings=TWO, constraints=tied)
    assert [(entry.finding, entry.hides) for entry in found.audits] == [("worry", "together"), ("weight", "together")]
    assert found.must_assess.hiding_sets == (("worry", "weight"),)
    assert len(found.must_assess.findings) == 1
    assert all("together with other assumptions" in one.message for one in found.diagnostics)


def test_an_assumption_is_kept_while_another_one_is_left_out():
    tables = decision(
        "d", rule("A", "{all: [worry, {not: weight}]}", "{scan: now}"), rule("B", "weight", "{scan: soon}")
    )
    found = audited(tables, findings=TWO)
    assert [(one.finding, one.outputs[0].unassumed) for one in found.audits] == [
        ("worry", ("now", "silent")),
        ("weight", ("soon", "silent")),
    ]


def test_a_witness_whose_kept_assumption_is_not_assessed_either_is_confirmed_with_it_made():
    table = decision(
        "d", rule("A", "{all: [worry, {not: weight}]}", "{scan: now}"), rule("B", "weight", "{scan: soon}")
    )
    world = assumed(engine(guideline(table, findings=TWO)))
    kept = ("weight",)
    region = hidden_cases(world, "scan", kept) & world.unknown("worry") & world.unknown("weight")
    point = world.diagrams.least(region)
    assert point is not None
    found = audit_witness.shown(
        world, Hidden("scan", kept, region, point), audit_witness.Readings(world.ready.guideline)
    )
    assert (found.unknown, found.confirmed) == (("worry", "weight"), True)
    assert (found.assumed, found.unassumed) == (("silent",), ("now", "silent"))


def test_a_witness_for_whom_an_assumption_does_not_fit_is_confirmed_without_it():
    """Fever shows the worry that is assumed away, so that only lost weight is assumed away of such a case."""
    table = decision("d", rule("B", "{all: [fever, weight]}", "{scan: now}"))
    shows = ["{id: K-1, title: t, if: fever, then: worry}"]
    world = assumed(engine(guideline(table, findings=TWO, constraints=shows)))
    region = hidden_cases(world, "scan", ()) & world.unknown("worry") & world.unknown("weight")
    point = world.diagrams.least(region)
    assert point is not None
    found = audit_witness.shown(world, Hidden("scan", (), region, point), audit_witness.Readings(world.ready.guideline))
    assert (found.known, found.unknown) == ({"fever": "present"}, ("weight", "worry"))
    assert (found.assumed, found.unassumed, found.confirmed) == (("silent",), ("now", "silent"), True)


def test_a_case_that_is_as_urgent_with_all_assumptions_is_no_witness():
    world = assumed(engine(guideline(decision("d", WORRY, rule("F", "fever", "{scan: now}")), findings="worry fever")))
    region = world.unknown("worry") & world.diagrams.literal("fever", 0b10)
    point = world.diagrams.least(region)
    assert point is not None
    found = audit_witness.shown(world, Hidden("scan", (), region, point), audit_witness.Readings(world.ready.guideline))
    assert (found.assumed, found.unassumed, found.confirmed) == (("now",), ("now",), False)


def test_each_assumption_that_hides_something_by_itself_must_be_assessed():
    found = audited(decision("d", WORRY, rule("L", "weight", "{visit: soon}")), findings=TWO, covers="scan visit")
    assert found.must_assess.findings == ("worry", "weight")
    assert found.must_assess.hiding_sets == (("worry",), ("weight",))
    assert found.must_assess.complete


def test_a_finding_tied_by_a_constraint_may_be_what_is_not_assessed():
    """Fever would show the worry; only where neither is known does the assumption hide anything."""
    tied = ["{id: K-1, title: t, if: worry, then: fever}", "{id: K-2, title: t, if: fever, then: worry}"]
    found = audited(decision("d", WORRY), findings="worry fever", constraints=tied)
    (outcome,) = found.audits[0].outputs
    assert outcome.region.text == "fever not assessed"
    assert outcome.witness is not None
    assert outcome.witness.not_assessed == ("worry", "fever")


def test_sets_have_no_urgency_to_hide():
    found = audited(decision("d", rule("S", "worry", "{likely: [flu]}")), findings="worry fever", covers="likely")
    assert [entry.hides for entry in found.audits] == ["never"]


def test_saying_nothing_ranks_above_advice_against():
    ready = engine(guideline(decision("d", WORRY), findings="worry fever"))
    groups = by_urgency(ready.guideline.outputs["scan"])
    assert groups[0] == ("avoid",)
    assert "silent" in groups[1]
    assert groups[2:] == (("later",), ("soon",), ("now",))


def test_without_advice_against_saying_nothing_is_the_least_urgent():
    assert by_urgency(OUTPUTS["grade"]) == (STATUSES, ("low",), ("mid",), ("high",))


def test_a_witness_with_too_many_completions_is_not_shown(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(audit_witness, "MAX_COMPLETIONS", 1)
    found = audited(decision("d", WORRY), findings="worry fever")
    assert found.audits[0].outputs[0].witness is None
    assert found.diagnostics[0].witness is None


@pytest.mark.parametrize(("most", "confirmed"), [(1, None), (2, True)])
def test_a_witness_of_as_many_completions_as_may_be_listed_is_confirmed(
    monkeypatch: pytest.MonkeyPatch, most: int, confirmed: bool | None
):
    monkeypatch.setattr(audit_witness, "MAX_COMPLETIONS", most)
    world = assumed(engine(guideline(decision("d", WORRY), findings="worry fever")))
    region = hidden_cases(world, "scan", ())
    point = world.diagrams.least(region)
    assert point is not None
    found = audit_witness.shown(world, Hidden("scan", (), region, point), audit_witness.Readings(world.ready.guideline))
    assert found == audit_witness.Shown({"fever": "absent"}, ("worry",), ("silent",), ("now", "silent"), confirmed)


def test_a_witness_that_the_reference_does_not_confirm_is_our_own_fault(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(audit_witness, "entail", lambda guideline, values: {**values, "scan": "silent"})
    found = audited(decision("d", WORRY), findings="worry fever")
    assert [one.code for one in found.diagnostics] == [RF902]


def test_several_rules_in_one_condition_are_named_together():
    table = decision("d", WORRY, rule("F", "fever", "{scan: now}"), rule("C", "cough", "{scan: now}"))
    found = audited(table, findings="worry fever cough")
    assert found.audits[0].outputs[0].region.text == "none of F, C can apply"


def test_numbers_and_umbrellas_are_told_as_elsewhere():
    table = decision("d", rule("T", "{all: [worry, {temp: at_least 38.0 Cel}]}", "{test: soon}"))
    found = audited(table, findings="worry temp", covers="test any_test")
    assert [one.output for one in found.audits[0].outputs] == ["test", "any_test"]
    assert hidden_outcomes(engine(guideline(table, findings="worry temp", covers="test any_test"))).keys() == {
        ("worry", "test"),
        ("worry", "any_test"),
    }
