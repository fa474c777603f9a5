"""Properties in `redflag check`: what is decided for which files, and how it shows in results and reports."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from redflag_kit.analyse.properties.run import Examined, examine
from redflag_kit.logic.budget import Budget
from redflag_kit.project.load import Project, load_project
from redflag_kit.report import html, markdown, text_check
from redflag_kit.report.json import Result, to_json
from redflag_kit.results.check import CheckBody
from redflag_kit.results.envelope import Envelope
from redflag_kit.results.properties import CheckedProperty
from redflag_kit.workflow import properties as part
from redflag_kit.workflow.check import check

ROOT = Path(__file__).parents[3]
AMPLE = Budget(seconds=3600)  # a busy machine decides no less
FOLDER = ROOT / "guidelines" / "low_back_pain"


@cache
def project() -> Project:
    return load_project(ROOT)


@cache
def checked() -> Envelope:
    return check(project(), budget=AMPLE)


@cache
def result() -> Result:
    return to_json(checked())


def properties(envelope: Envelope) -> tuple[CheckedProperty, ...]:
    assert isinstance(envelope.body, CheckBody)
    return envelope.body.properties


def one(name: str, guideline: str) -> CheckedProperty:
    found = [p for p in properties(checked()) if (p.id, p.guideline) == (name, guideline)]
    assert len(found) == 1
    return found[0]


def test_properties_come_in_the_order_in_which_they_are_written():
    names = list(dict.fromkeys(p.id for p in properties(checked())))
    assert names == [p.id for p in project().library.properties]


def test_a_known_violation_fails_no_check_and_is_shown():
    found = checked()
    assert (found.status, found.exit_code) == ("ok", 0)
    fever = one("P-FEVER-NEVER-AGAINST", "acp@2011.0.0")
    assert fever.known is not None
    assert fever.counterexample is not None
    assert fever.known.cite == ("ACP11-T",)
    assert fever.counterexample.outputs == {"imaging": "not_recommended", "mri": "not_recommended"}
    assert fever.counterexample.text == "fever, earlier imaging of the spine"
    assert fever.known.where.startswith("earlier imaging of the spine or ")


def test_a_step_is_shown_with_both_ends():
    shown = one("P-MONOTONE-DESTINATION", "acp@2007.0.0").counterexample
    assert shown is not None
    assert (shown.finding, shown.before, shown.after) == ("fever", "absent", "present")
    assert (shown.outputs, shown.instead) == ({"primary_care": "at_1_month"}, {"primary_care": "silent"})


def test_a_case_is_shown_without_what_is_not_assessed_and_with_its_completion():
    shown = one("P-UNKNOWN", "acp@2011.0.0").counterexample
    assert shown is not None
    assert shown.not_assessed == ("strong_cancer_suspicion",)
    assert "strong_cancer_suspicion" not in shown.case
    assert shown.completion is not None
    assert shown.completion["strong_cancer_suspicion"] == "present"


def test_one_guideline_is_checked_against_the_properties_that_apply_to_it():
    found = check(project(), [FOLDER / "acep" / "2014.yaml"])
    assert {p.guideline for p in properties(found)} == {"acep@2014.0.0"}


def test_a_file_of_properties_is_checked_against_every_guideline_it_applies_to():
    found = check(project(), [FOLDER / "properties.yaml"])
    assert {p.guideline for p in properties(found)} == {g.name for g in project().library.guidelines}


def test_what_is_not_decided_ends_in_exit_code_4(monkeypatch: pytest.MonkeyPatch):
    def too_little(guideline: object, own: object, nodes: int, deadline: object, compiled: object) -> Examined:
        return examine(guideline, own, 1)  # type: ignore[arg-type]

    monkeypatch.setattr(part, "examine", too_little)
    found = check(project())
    assert (found.status, found.exit_code) == ("undecided", 4)
    questions = {one.question for one in found.not_decided}
    assert questions >= {"property P-UNKNOWN for acep@2014.0.0", "property P-UNKNOWN for acp@2011.0.0"}
    assert all(question.startswith("property P-UNKNOWN for ") for question in questions)
    assert {d.code.id for d in found.diagnostics if d.code.id.startswith("RF32")} == {"RF321"}
    assert "not decided" in text_check.render(to_json(found))


def test_every_property_stands_in_the_page_with_its_hazard_and_what_is_known():
    page = html.render(result())
    for one in project().library.properties:
        assert f"<code>{one.id}</code>" in page
    assert "known violation" in page
    assert "significant trauma is printed among the rows to defer" in page


def test_every_result_stands_in_the_markdown():
    page = markdown.render(result())
    for one in project().library.properties:
        assert f"`{one.id}`" in page
    assert "! known violation" in page
    assert "– not covered" in page
