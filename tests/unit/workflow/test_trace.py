"""`redflag trace`: the chain of the shipped guidelines, and of small projects that lack a link."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.model.hazard import Estimate, Hazard, HazardLog, RiskMatrix, RuleControl, Step
from redflag_kit.model.property import Editions
from redflag_kit.model.restricted import restricted
from redflag_kit.project.load import load_project
from redflag_kit.report import text_trace
from redflag_kit.report.json import to_json
from redflag_kit.results.envelope import Envelope
from redflag_kit.results.trace import TraceBody, TracedGuideline, TracedHazard
from redflag_kit.workflow.envelope import UsageError
from redflag_kit.workflow.reach import rule_reach
from redflag_kit.workflow.trace import trace
from tests.cases.bad_projects import build, case_of
from tests.shipped import project
from tests.unit.cli.command_lines import base_project


@cache
def shipped() -> Envelope:
    return trace(project())


def body(found: Envelope) -> TraceBody:
    assert isinstance(found.body, TraceBody)
    return found.body


def edition(name: str) -> TracedGuideline:
    return next(one for one in body(shipped()).guidelines if f"{one.id}@{one.version}" == name)


def hazard(name: str) -> TracedHazard:
    return next(one for one in body(shipped()).hazards if one.id == name)


def errors(found: Envelope) -> list[Diagnostic]:
    return [one for one in found.diagnostics if one.severity.value == "error"]


def test_the_chain_of_the_shipped_guidelines_is_whole():
    found = shipped()
    assert [one.message for one in errors(found)] == []
    assert (found.status, found.exit_code) == ("ok", 0)


def test_every_shipped_rule_fires_in_a_vignette_and_is_narrowly_missed_in_another():
    missing = []
    for guideline in body(shipped()).guidelines:
        for rule in guideline.rules:
            name = f"{guideline.id}@{guideline.version} {rule.id}"
            missing += [] if rule.fires else [f"{name}: fires in no vignette"]
            missing += [f"{name}: narrowly missed in no vignette"] if rule.can_be_missed and not rule.missed else []
    assert not missing, "\n".join(missing)


def test_every_edition_and_every_rule_that_runs_is_traced_in_order():
    assert [f"{one.id}@{one.version}" for one in body(shipped()).guidelines] == [
        one.name for one in project().library.guidelines
    ]
    for traced, one in zip(body(shipped()).guidelines, project().library.guidelines, strict=True):
        assert [rule.id for rule in traced.rules] == [rule.id for rule in one.rules()]


def test_a_rule_is_joined_to_its_source_vignettes_properties_and_hazards():
    rule = next(one for one in edition("acp@2011.0.0").rules if one.id == "11-CES")
    assert [one.cite for one in rule.evidence] == ["ACP11-T"]
    assert {"HZ-01", "HZ-10", "HZ-16"} <= set(rule.hazards)
    assert {"P-CES-FLOOR", "P-MONOTONE-IMAGING"} <= set(rule.properties)
    assert "P-START-BACK-MONOTONE" not in rule.properties
    acp = next(one for one in project().library.guidelines if one.name == "acp@2011.0.0")
    reached = next(one for one in rule_reach(project(), acp) if one.rule == "11-CES")
    assert (rule.fires, rule.may) == (reached.fires, reached.may)
    assert [(one.vignette, one.findings) for one in rule.missed] == [(m.vignette, m.findings) for m in reached.missed]


def test_a_control_of_an_edition_that_is_not_in_force_is_told_apart():
    controls = hazard("HZ-01").controls
    standing = {(one.guideline, one.id): one.in_force for one in controls if one.kind == "rule"}
    assert standing["acp@2011.0.0", "11-CES"]
    assert not standing["acp@2007.0.0", "07-CES"]
    assert {one.kind for one in controls} == {"rule", "property", "vignette"}


def test_a_rule_whose_outputs_a_later_edition_took_over_is_no_control_in_force(tmp_path):
    before = load_project(base_project(tmp_path))
    old, new = before.library.guidelines
    reads = RuleControl(Editions("clinic@2024", "clinic", (2024,), (2024,)), ("S-CES", "M-CES", "X-MAJOR"), NOWHERE)
    judged = Estimate("only", "made up")
    one = Hazard("HZ-1", "", "", (), "", judged, judged, judged, (), (reads,), (), (), (), NOWHERE)
    matrix = RiskMatrix((), (Step("only", ""),), (Step("only", ""),), (Step("low", ""),), {("only", "only"): "low"})
    log = HazardLog(old.vocabulary.id, "", matrix, (one,), NOWHERE)
    for taken, expected in ((["xray"], [True, True, False]), (["mri"], [True, False, True])):
        library = replace(before.library, guidelines=(old, restricted(new, taken)), hazards=(log,))
        (found,) = body(trace(replace(before, library=library))).hazards
        assert [(one.id, one.in_force) for one in found.controls] == list(zip(reads.rules, expected, strict=True))


def test_risk_is_read_off_the_matrix():
    (matrix,) = body(shipped()).matrices
    one = hazard("HZ-15")
    row = matrix.rows[matrix.severity.index(one.severity)]
    assert one.initial_risk == row[matrix.likelihood.index(one.likelihood_before)]
    assert one.residual_risk == row[matrix.likelihood.index(one.likelihood_after)]


def test_no_likelihood_rises_with_the_controls():
    (matrix,) = body(shipped()).matrices
    steps = matrix.likelihood.index
    assert all(steps(one.likelihood_after) <= steps(one.likelihood_before) for one in body(shipped()).hazards)


def test_some_editions_can_be_traced_alone():
    found = trace(project(), ("acp@2011", "acep", "acp@2011"))
    assert [one.id for one in body(found).guidelines] == ["acep", "acp"]
    assert found.options == {"guideline": ["acp@2011", "acep", "acp@2011"]}
    with pytest.raises(UsageError):
        trace(project(), ("acp@1999",))


def test_a_source_that_nothing_cites_is_a_note_and_fails_nothing():
    told = [one for one in shipped().diagnostics if one.code.id == "RF179"]
    assert [f"nothing cites the source `{one.id}`" for one in body(shipped()).uncited] == sorted(
        one.message for one in told
    )
    assert all(one.severity.value == "info" and one.span.file.endswith("sources.yaml") for one in told)


def test_a_text_page_fits_the_terminal_and_ends_with_the_verdict():
    text = text_trace.render(to_json(shipped()))
    assert max(map(len, text.splitlines())) <= 80
    assert text.splitlines()[-1].strip().endswith("traced)")


def small(name: str, folder: Path) -> Envelope:
    return trace(load_project(build(case_of(name), folder)))


def test_a_hazard_that_only_a_draft_controls_is_uncontrolled(tmp_path):
    found = small("trace-hazard-without-control-in-force", tmp_path)
    assert {"RF174", "RF178"} <= {one.code.id for one in errors(found)}
    (one,) = body(found).hazards
    assert not any(control.in_force for control in one.controls)
    assert "✘ none is in force" in text_trace.render(to_json(found))


def test_a_vignette_that_expects_nothing_or_gives_no_rule_as_its_reason_is_a_dangling_link(tmp_path):
    found = small("trace-vignettes-that-say-nothing", tmp_path)
    told = {one.code.id: one.message for one in errors(found) if one.code.id.startswith("RF4")}
    assert list(told) == ["RF404", "RF402", "RF405"]
    assert "`M-OLD`" in told["RF404"]
    assert "`clinic@2020`" in told["RF402"]
    assert "`V3`" in told["RF405"]


def test_a_project_without_a_hazard_log_owes_no_hazards(tmp_path):
    found = trace(load_project(build({}, tmp_path)))
    assert "RF178" not in {one.code.id for one in found.diagnostics}
    assert body(found).hazards == ()


def test_a_project_without_a_guideline_that_can_be_used_is_not_traced(tmp_path):
    found = trace(load_project(build({"remove": ["guidelines/back_pain/clinic/2024.yaml"]}, tmp_path)))
    assert (found.status, found.exit_code, found.body) == ("not_loaded", 3, None)
