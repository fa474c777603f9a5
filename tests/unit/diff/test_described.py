"""Classes as they are shown: regions in few words, witnesses confirmed, rules with where they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.span import Span
from redflag_kit.diff import present
from redflag_kit.diff.compare import compare
from redflag_kit.diff.describe import describer
from redflag_kit.diff.pair import clashing_findings, clashing_outputs, pair
from redflag_kit.model.condition import All, Any, AtLeast
from redflag_kit.model.evidence import Assumption, Evidence
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.semantics.literal import read
from tests.property.models import (
    a_set,
    between,
    choice,
    decision,
    guideline,
    has,
    implies,
    number,
    ordered,
    rule,
    scale,
    vocabulary,
    yes_no,
)
from tests.unit.diff.small import ADVICE, AGE, FEVER, FINDINGS, NUMB, SCAN, VISIT, diff, edition, feverish, rows

BOTH_SCOPES = (("scope (old)", ("inside",)), ("scope (new)", ("inside",)))


def test_a_class_of_few_findings_is_described_in_findings_alone():
    old = edition(rule("R", All((has("fever"), between("age", 50))), {"scan": "now"}))
    (one,) = diff(old, edition(rule("R", All((has("fever"), between("age", 60))), {"scan": "now"}))).classes
    assert one.region.exact
    assert one.region.text == "in scope of both editions: fever and age 50 to 59"
    assert one.region.cubes[0].literals == (*BOTH_SCOPES, ("fever", ("present",)), ("age", ("50..59",)))
    assert one.region.cubes[0].words == ("fever", "age 50 to 59")


def test_alternatives_are_listed_one_by_one():
    old = edition(rule("R", Any((has("fever"), has("numb"), has("cough"))), {"scan": "now"}), otherwise=[rule("rest")])
    (one,) = diff(old, edition(rule("R", Any((has("fever"), has("numb"), has("cough"))), {"scan": "soon"}))).classes
    assert len(one.region.cubes) == 3
    assert one.region.text.count("; or ") == 2


def test_a_class_that_takes_many_conditions_is_described_by_the_rules_that_apply():
    findings = [yes_no(f"f{i}") for i in range(8)]
    many = AtLeast(4, tuple(has(f.id) for f in findings))
    (one,) = diff(
        edition(rule("R", many, {"scan": "now"}), findings=findings),
        edition(rule("R", many, {"scan": "soon"}), findings=findings),
    ).classes
    assert one.region.exact
    assert one.region.text == "in scope of both editions: R applies in the new edition"
    assert one.region.cubes[0].literals == (*BOTH_SCOPES, ("R (new)", ("applies",)))


def test_a_class_of_many_findings_is_not_tried_in_findings():
    findings = [yes_no(f"f{i}") for i in range(12)]
    every = All(tuple(has(f.id) for f in findings))
    (one,) = diff(
        edition(rule("R", every, {"scan": "now"}), findings=findings, version=1),
        edition(rule("R", every, {"scan": "soon"}), findings=findings, version=2),
    ).classes
    assert one.region.text == "in scope of both editions: R applies in 2.0.0"


def test_the_rules_that_describe_a_class_are_those_that_write_its_output():
    findings = [yes_no(f"f{i}") for i in range(12)]
    every = All(tuple(has(f.id) for f in findings))

    def both(level: str):
        rules = [
            rule("N", every, {"visit": "now"}),
            rule("R", every, {"scan": level}),
            rule("M", every, {"visit": "now"}),
        ]
        return edition(*rules, findings=findings, outputs=[SCAN, VISIT])

    (one,) = diff(both("now"), both("soon")).classes
    assert one.region.text == "in scope of both editions: R applies in the new edition"


def test_a_class_of_the_scope_names_the_scopes():
    findings = [yes_no(f"f{i}") for i in range(12)]
    wide = AtLeast(6, tuple(has(f.id) for f in findings))
    old = edition(rule("R", has("f0"), {"scan": "now"}), findings=findings, scope=wide, version=1)
    new = edition(rule("R", has("f0"), {"scan": "now"}), findings=findings, version=2)
    texts = {c.region.text for c in diff(old, new).classes}
    assert "out of scope of 1.0.0 and R applies in 2.0.0" in texts
    assert all(c.region.exact for c in diff(old, new).classes)


EITHER, BOTH = (edition(rule("R", of((has("fever"), has("numb"))), {"scan": "now"})) for of in (Any, All))


def test_a_region_that_takes_too_many_conditions_says_so():
    describe = describer(pair(EITHER, BOTH))
    lost = describe.pair.old.meaning.holds["R"] - describe.pair.new.meaning.holds["R"]
    told = describe.in_findings(lost, describe.pair.legal, limit=1)
    assert not told.exact
    assert told.text == "no fever and numb; and more"


def test_an_edit_that_takes_too_many_conditions_is_told_in_parts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("redflag_kit.diff.edits.MAX_EDIT_CUBES", 1)
    edits = [c.edit for c in diff(EITHER, BOTH).classes]
    (edit,) = (edit for edit in edits if edit and edit.lost)
    assert edit.lost is not None
    assert edit.lost.exact
    assert edit.lost.text == "fever; or numb; in each case not (fever and numb)"


def test_numbers_are_shown_alone_or_as_ranges():
    old = edition(rule("R", Any((between("age", 7, 7), between("age", 20, 29))), {"scan": "now"}), findings=[AGE])
    (one,) = diff(old, edition(findings=[AGE], covers=["scan"])).classes
    assert one.region.cubes[0].literals == (*BOTH_SCOPES, ("age", ("7", "20..29")))
    assert one.region.text == "in scope of both editions: age 7 or 20 to 29"


def test_rules_are_shown_with_place_evidence_and_assumptions():
    span = Span("old.yaml", 12, 5, 12, 9)
    cited = Evidence("KEY", "row 1", "partly", "weak", "low", "read twice")
    marked = replace(feverish("now"), span=span, evidence=(cited,), assumptions=("A-1",), note="as printed")
    old = edition(marked)
    old = replace(old, assumptions={"A-1": Assumption("A-1", "fever means 38", "opinion", None, span)})
    (one,) = diff(old, edition(feverish("later"))).classes
    assert (one.old_rule.id, one.old_rule.file, one.old_rule.line) == ("R", "old.yaml", 12)
    assert (one.old_rule.then, one.old_rule.note) == ("the scan: now", "as printed")
    assert one.old_rule.assumptions == (("A-1", "fever means 38"),)
    assert [(e.cite, e.row, e.status, e.note) for e in one.old_rule.evidence] == [
        ("KEY", "row 1", "partly", "read twice")
    ]
    assert (one.hazards, one.signoff) == ((), None)


def test_a_witness_lists_every_rule_that_fires_and_marks_the_decisive_one():
    rules = [feverish("now", "A"), rule("B", has("fever"), {"scan": "soon"})]
    (one,) = diff(edition(*rules), edition(rules[1])).classes
    assert [(r.id, r.decisive) for r in one.witness.old_rules] == [("A", True), ("B", False)]
    assert [(r.id, r.decisive) for r in one.witness.new_rules] == [("B", True)]


def test_a_witness_that_the_interpreter_reads_otherwise_is_our_own_fault(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        "redflag_kit.diff.reference.read", lambda guideline, patient: read(edition(feverish("soon")), patient)
    )
    found = compare(edition(feverish("now")), edition(feverish("later")), ())
    assert not found.classes
    assert not found.equivalent
    fault = next(f for f in found.faults if "moves" in f.message)
    assert fault.code == codes.RF902
    assert fault.message == "the reference evaluator does not confirm that `scan` moves from now to later"


@pytest.mark.parametrize("unread", ["now", "later"])
def test_a_witness_for_which_a_named_rule_does_not_fire_is_our_own_fault(monkeypatch: pytest.MonkeyPatch, unread: str):
    def without_rules(one, patient):
        reading = read(one, patient)
        return replace(reading, fired=()) if reading.values["scan"] == unread else reading

    monkeypatch.setattr("redflag_kit.diff.reference.read", without_rules)
    found = compare(edition(feverish("now")), edition(feverish("later")), ())
    assert not found.classes
    assert [fault.code for fault in found.faults] == [codes.RF902]


def test_a_constraint_witness_that_is_legal_in_both_is_our_own_fault(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("redflag_kit.diff.reference.is_legal", lambda constraints, patient: True)
    found = compare(edition(feverish()), edition(feverish(), constraints=[implies(has("fever"), has("numb"))]), ())
    assert [f.message for f in found.faults][:1] == [
        "the reference evaluator does not confirm that `*` moves from possible to impossible"
    ]


def test_a_set_that_no_rule_writes_keeps_one_member_for_its_status():
    old = edition(feverish(), outputs=[SCAN, ADVICE], scope=has("numb"))
    new = edition(feverish(), outputs=[SCAN, ADVICE])
    assert ("advice", "rest", "scope-widened", "out_of_scope", "not_listed") in rows(diff(old, new))


def test_a_widened_number_is_a_patient_of_the_new_edition_only():
    old, new = (
        edition(rule("R", between("age", 50), {"scan": "now"}), findings=[number("age", 0, top)]) for top in (99, 120)
    )
    (one,) = diff(old, new).classes
    assert (one.kind, one.region.text) == ("constraint-removed", "age at least 100")
    assert one.witness.case["age"] == 100


def test_a_widened_choice_is_a_patient_of_the_new_edition_only():
    pains = [choice("pain", ["none", "mild"]), choice("pain", ["none", "mild", "severe"])]
    old, new = (edition(rule("R", has("pain", "mild"), {"scan": "now"}), findings=[pain]) for pain in pains)
    (one,) = diff(old, new).classes
    assert (one.kind, one.region.text) == ("constraint-removed", "pain: severe")


def test_findings_that_changed_their_kind_or_resolution_clash():
    def over(finding):
        test = between("x", 1) if finding.grid else has("x", finding.words[0])
        return edition(rule("R", test, {"scan": "now"}), findings=[finding])

    words, whole, halves = choice("x", ["a", "b"]), number("x", 0, 9), number("x", 0, 9, step=2)
    assert clashing_findings(over(words), over(whole)) == ("x",)
    assert clashing_findings(over(whole), over(halves)) == ("x",)
    assert clashing_findings(over(whole), over(number("x", 5, 20))) == ()


def test_a_conflict_and_a_gap_are_values_that_change():
    def either(policy: HitPolicy):
        words = vocabulary(FINDINGS, [SCAN])
        rules = [feverish("now", "A"), rule("B", has("numb"), {"scan": "later"})]
        return guideline(words, [decision("d", rules, [rule("rest")], policy=policy)])

    found = diff(either(HitPolicy.COLLECT), either(HitPolicy.UNIQUE))
    assert rows(found) == [("scan", "", "fault-introduced", "now", "conflict")]
    assert found.classes[0].to_words == "rules contradict each other"
    assert rows(diff(either(HitPolicy.UNIQUE), either(HitPolicy.COLLECT)))[0][2] == "fault-resolved"


def test_an_output_only_one_edition_covers_is_added_or_dropped():
    narrow, wide = (
        edition(feverish(), outputs=[SCAN, ADVICE], covers=["scan"]),
        edition(feverish(), outputs=[SCAN, ADVICE]),
    )
    assert rows(diff(narrow, wide)) == [("advice", "rest", "coverage-added", "not_covered", "not_listed")]
    assert rows(diff(wide, narrow)) == [("advice", "rest", "coverage-dropped", "not_listed", "not_covered")]


def test_only_what_is_unusual_is_said_of_a_patient():
    both = pair(edition(feverish(), findings=[FEVER, NUMB]), edition(feverish("soon"), findings=[FEVER, NUMB]))
    patient = {"fever": "present", "numb": "absent"}
    assert present.unusual(both, patient) == ("fever",)
    # The clean value is ordinary, whatever the example of a finding is.
    odd = replace(FEVER, clean="absent", example="present")
    made = edition(feverish(), findings=(odd,))
    assert present.unusual(pair(made, made), {"fever": "absent"}) == ()


def test_a_finding_in_another_unit_cannot_be_compared():
    days = number("x", 0, 9)
    weeks = replace(days, unit="wk")
    asks = rule("R", between("x", 5), {"scan": "now"})
    assert clashing_findings(edition(asks, findings=[days]), edition(asks, findings=[weeks])) == ("x",)


def test_outputs_without_a_common_order_cannot_be_compared():
    longer = ordered("scan", scale("avoid", "later", "soon", "now", "at_once", against="avoid"))
    turned = ordered("scan", scale("now", "soon", "later", "avoid"))
    unlike = ordered("scan", scale("no", "yes"))

    def over(output):
        return edition(outputs=[output], covers=["scan"])

    assert clashing_outputs(over(SCAN), over(longer)) == clashing_outputs(over(longer), over(SCAN)) == ()
    for other in (turned, unlike, a_set("scan", "now")):
        assert clashing_outputs(over(SCAN), over(other)) == clashing_outputs(over(other), over(SCAN)) == ("scan",)
    assert clashing_outputs(over(a_set("scan", "a")), over(a_set("scan", "b"))) == ()
