"""What must hold from one edition to another: what counts as a breach, what is said of it, and what is not decided."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.analyse.properties.order import less_urgent_after
from redflag_kit.analyse.properties.run import Examined, examine_between
from redflag_kit.analyse.properties.verdict import Result
from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.logic.budget import NO_DEADLINE, Budget, Deadline
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.property import Property
from redflag_kit.semantics.literal import Reading
from redflag_kit.source.documents import PropertiesDoc
from redflag_kit.source.names import Faults
from redflag_kit.source.properties import build_properties
from redflag_kit.source.reader import read_yaml
from redflag_kit.source.validate import validate
from redflag_kit.terms.version import Version
from tests.unit.evaluate.worlds import decision, guideline, rule

TABLE = decision("d", rule("NOW", "fever", "{scan: now}"), rule("NUMB", "numb", "{scan: later}"))
AMPLE = Budget().nodes


def editions(old: str, new: str, **changed: str) -> tuple[Guideline, Guideline]:
    """Return g@1.0.0 and g@2.0.0; what is given besides the tables is changed in the new one."""
    return guideline(old), replace(guideline(new, **changed), version=Version((2, 0, 0), "2.0.0"))


def declared(pair: tuple[Guideline, Guideline], claim: str) -> tuple[Property, ...]:
    between = "between: {old: g@1, new: g@2}"
    text = (
        "schema: redflag/properties/1\nvocabulary: words\nproperties:\n"
        f"  - {{id: P, title: T, hazard: harm, assumption: a, {between}, {claim}}}\n"
    )
    node, found = read_yaml(text.encode(), "g/properties.yaml")
    assert node is not None, found
    doc, told = validate(node, PropertiesDoc)
    assert doc is not None, told
    faults = Faults()
    built = build_properties(doc, node, pair[1].vocabulary, pair, True, pair[1].sources, faults)
    assert not faults.has_error, faults.found
    return built


def examined(
    claim: str, pair: tuple[Guideline, Guideline], nodes: int = AMPLE, deadline: Deadline = NO_DEADLINE
) -> Examined:
    old, new = ((one, compile_guideline(one)) for one in pair)
    return examine_between(old, new, declared(pair, claim), nodes, deadline)


def result(claim: str, pair: tuple[Guideline, Guideline]) -> Result:
    (verdict,) = examined(claim, pair).verdicts
    return verdict.result


SAME = editions(TABLE, TABLE)
NARROWER = editions(TABLE, TABLE, scope="{not: fever}")
SILENT = editions(TABLE, decision("d", rule("NUMB", "numb", "{scan: later}")))
AGAINST = editions(TABLE, decision("d", rule("NOT", "fever", "{scan: avoid}"), rule("NUMB", "numb", "{scan: later}")))
DROPPED = editions(TABLE, decision("d", rule("NOW", "fever", "{test: now}")), covers="test")
FAULTY = editions(TABLE, decision("d", rule("NUMB", "numb", "{scan: later}"), otherwise=None))
WHEN = "when_old: {scan: now}"


@pytest.mark.parametrize(
    ("claim", "pair", "expected"),
    [
        (f"{WHEN}, then_new: {{scan: now}}", SAME, Result.PROVED),
        (f"{WHEN}, then_new: {{scan: now}}", SILENT, Result.REFUTED),
        ("never_new: {scan: avoid}", SILENT, Result.PROVED),
        ("never_new: {scan: avoid}", AGAINST, Result.REFUTED),
        ("when_old: {all: [numb, {scan: now}]}, never_new: {scan: avoid}", AGAINST, Result.PROVED),
        ("never_less_urgent: [scan]", SAME, Result.PROVED),
        ("never_less_urgent: [scan]", SILENT, Result.REFUTED),
        ("when_old: {not: fever}, never_less_urgent: [scan]", SILENT, Result.PROVED),
    ],
)
def test_what_was_said_is_kept_or_not(claim: str, pair: tuple[Guideline, Guideline], expected: Result):
    assert result(claim, pair) is expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (f"{WHEN}, then_new: {{scan: now}}", Result.REFUTED),
        (f"{WHEN}, then_new: {{not: {{scan: avoid}}}}", Result.REFUTED),
        (f"{WHEN}, never_new: {{scan: is_not now}}", Result.PROVED),
        ("never_less_urgent: [scan]", Result.REFUTED),
    ],
)
def test_who_leaves_the_scope_is_not_told_what_must_be_said_nor_what_must_not(claim: str, expected: Result):
    assert result(claim, NARROWER) is expected


@pytest.mark.parametrize("pair", [NARROWER, SILENT, DROPPED, FAULTY])
def test_however_an_edition_stops_saying_something_the_output_is_less_urgent(pair: tuple[Guideline, Guideline]):
    assert result("never_less_urgent: [scan]", pair) is Result.REFUTED


@pytest.mark.parametrize(
    ("claim", "pair", "expected"),
    [
        ("never_less_urgent: [visit]", SAME, Result.NOT_COVERED),
        ("when_old: {visit: now}, never_less_urgent: [scan]", SAME, Result.NOT_COVERED),
        ("when_old: {visit: now}, then_new: {scan: now}", SAME, Result.NOT_COVERED),
        (f"{WHEN}, never_new: {{visit: avoid}}", SAME, Result.NOT_COVERED),
        (f"{WHEN}, then_new: {{scan: now}}", DROPPED, Result.REFUTED),
        ("when_old: {scan: avoid}, never_less_urgent: [scan, visit]", SAME, Result.PROVED),
    ],
)
def test_it_is_not_covered_where_an_edition_covers_nothing_of_what_is_read_of_it(
    claim: str, pair: tuple[Guideline, Guideline], expected: Result
):
    assert result(claim, pair) is expected


def test_no_advice_is_less_than_advice_in_every_way_but_not_less_than_advice_against():
    scale = SAME[0].vocabulary.outputs["scan"].scale
    assert scale is not None
    unsaid = {"silent", "out_of_scope", "not_covered", "gap", "conflict"}
    assert set(less_urgent_after(scale)["later"]) == {"avoid", *unsaid}
    assert less_urgent_after(scale)["silent"] == ("avoid",)
    assert less_urgent_after(scale)["avoid"] == ()


# ---------------------------------------------------------------- words


def test_both_editions_are_quoted_and_the_rules_of_both_named():
    (found,) = examined(f"{WHEN}, never_new: {{scan: avoid}}", AGAINST).diagnostics
    assert found.code.id == "RF320"
    assert found.message == (
        "the property `P` does not hold for `g@2.0.0`: g@1.0.0 says the scan: right now; g@2.0.0 says the scan: avoid"
    )
    assert [n.message for n in found.related] == ["rule `NOW` of `g@1.0.0` fires", "rule `NOT` of `g@2.0.0` fires"]
    assert found.witness is not None
    assert found.witness["text"] == "fever"


def test_where_no_output_is_read_of_the_old_edition_the_patient_is_in_its_scope():
    (found,) = examined("when_old: fever, then_new: {scan: now}", DROPPED).diagnostics
    assert found.message.endswith(": g@1.0.0 says the patient is in scope; g@2.0.0 says the scan: not covered")


def test_a_known_violation_is_no_fault_and_a_stale_one_is_told():
    known = "known: [{where: fever, reason: meant so, cite: [BOOK]}]"
    assert examined(f"never_less_urgent: [scan], {known}", SILENT).diagnostics == ()
    (stale,) = examined(f"never_less_urgent: [scan], {known}", SAME).diagnostics
    assert (stale.code.id, stale.message) == ("RF322", "no patient of `g@2.0.0` shows this violation")


# ---------------------------------------------------------------- budgets, and what is not confirmed


@pytest.mark.parametrize("claim", ["never_less_urgent: [scan]", f"{WHEN}, then_new: {{scan: now}}"])
def test_what_does_not_fit_diagrams_is_asked_of_the_solver(claim: str):
    assert examined(claim, SILENT, nodes=4) == examined(claim, SILENT)


def test_time_that_is_up_decides_nothing():
    (found,) = examined("never_less_urgent: [scan]", SILENT, deadline=Deadline(0.0, "0 s")).verdicts
    assert (found.result, found.established, found.old) == (Result.NOT_DECIDED, "nothing", SILENT[0])


@pytest.mark.parametrize(
    "claim", ["never_less_urgent: [scan]", f"{WHEN}, then_new: {{scan: now}}", f"{WHEN}, never_new: {{scan: silent}}"]
)
def test_a_counterexample_that_is_not_confirmed_is_our_own_fault(claim: str, monkeypatch: pytest.MonkeyPatch):
    def other(*_: object) -> Reading:
        return Reading({"scan": "now"}, (), ())

    monkeypatch.setattr("redflag_kit.analyse.properties.between.reading_of", other)
    found = examined(claim, SILENT)
    assert [d.code.id for d in found.diagnostics] == ["RF902"]
    assert [(v.result, v.counterexample) for v in found.verdicts] == [(Result.REFUTED, None)]


def test_a_patient_who_is_not_legal_confirms_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("redflag_kit.analyse.properties.between.in_care", lambda *_: False)
    assert [d.code.id for d in examined("never_less_urgent: [scan]", SILENT).diagnostics] == ["RF902"]
