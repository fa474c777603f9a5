"""Properties in `redflag check`: what is decided for which files, and how it shows in results and reports."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest

from redflag_kit.analyse.properties.run import Examined, examine, examine_between
from redflag_kit.compile.table import Compiled
from redflag_kit.logic.budget import Budget, Deadline
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.property import Property
from redflag_kit.report import html, markdown, text_check
from redflag_kit.report.formats import render
from redflag_kit.report.json import Result, to_json
from redflag_kit.results.check import CheckBody
from redflag_kit.results.diff import DiffBody
from redflag_kit.results.envelope import Envelope, NotDecided
from redflag_kit.results.properties import CheckedProperty
from redflag_kit.workflow import properties as part
from redflag_kit.workflow.check import check
from redflag_kit.workflow.check_guideline import Examined as Part
from redflag_kit.workflow.diff import diff
from tests.shipped import ROOT, project

Ready = tuple[Guideline, Compiled]
AMPLE = Budget(seconds=3600)  # a busy machine decides no less
FOLDER = ROOT / "guidelines" / "low_back_pain"


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


def test_what_must_hold_between_two_editions_is_told_of_both():
    found = [p for p in properties(checked()) if p.old]
    assert {(p.old, p.guideline) for p in found if p.id.startswith("P-ACP-")} == {("acp@2007.0.0", "acp@2011.0.0")}
    assert one("P-ACP-EMERGENCIES-KEPT", "acp@2011.0.0").result == "proved"
    infection, cancer = (p for p in found if p.id == "P-ACP-MRI-KEPT")
    assert infection.counterexample is not None
    assert cancer.counterexample is not None
    assert (infection.counterexample.outputs, infection.counterexample.instead) == (
        {"mri": "without_trial"},
        {"mri": "silent"},
    )
    assert infection.counterexample.old_rules == ("07-INF",)
    assert cancer.counterexample.text == "history of cancer"
    for page in (html.render(result()), markdown.render(result()), text_check.render(result())):
        assert "acp@2011.0.0 after acp@2007.0.0" in " ".join(page.replace("<!-- -->", "").split())


def test_properties_between_two_editions_go_with_either_edition_and_with_their_file():
    for path in ("acp/2007.yaml", "acp/2011.yaml", "properties_between_editions.yaml"):
        found = check(project(), [FOLDER / path])
        assert "P-ACP-MRI-KEPT" in {p.id for p in properties(found)}
    assert not [p for p in properties(check(project(), [FOLDER / "acep" / "2014.yaml"])) if p.old]


def test_two_editions_that_are_too_much_for_the_budget_are_named(monkeypatch: pytest.MonkeyPatch):
    def too_little(old: Ready, new: Ready, own: Iterable[Property], *_: object) -> Examined:
        return examine_between(old, new, own, deadline=Deadline(0.0, "0 s"))

    monkeypatch.setattr(part, "examine_between", too_little)
    found = check(project(), [FOLDER / "properties_between_editions.yaml"])
    assert (found.status, found.exit_code) == ("undecided", 4)
    assert "property P-ACP-MRI-KEPT for acp@2011.0.0 after acp@2007.0.0" in {q.question for q in found.not_decided}


def test_what_is_not_decided_ends_in_exit_code_4(monkeypatch: pytest.MonkeyPatch):
    def too_little(guideline: object, own: object, nodes: int, deadline: object, compiled: object) -> Examined:
        return examine(guideline, own, 1)  # type: ignore[arg-type]

    monkeypatch.setattr(part, "examine", too_little)
    found = check(project(), budget=AMPLE)
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


def test_a_comparison_of_two_editions_decides_what_must_hold_between_them():
    found = diff(project(), "acp@2007", "acp@2011")
    assert isinstance(found.body, DiffBody)
    results = [(one.id, one.result) for one in found.body.properties if one.known is None]
    assert results == [("P-ACP-EMERGENCIES-KEPT", "proved")]
    assert len(found.body.properties) > 1
    for form in ("text", "markdown", "html"):
        page = " ".join(render(to_json(found), form).split())
        assert "P-ACP-EMERGENCIES-KEPT" in page
        assert "history of cancer" in page


def test_a_comparison_names_what_was_left_open_between_the_editions(monkeypatch: pytest.MonkeyPatch):
    left = NotDecided("property P for new after old", "nothing", "1 s")
    monkeypatch.setattr("redflag_kit.workflow.beside.check_between", lambda *_: Part((), (left,)))
    found = diff(project(), "acp@2007", "acp@2011")
    assert (found.status, found.exit_code) == ("undecided", 4)
    assert left in found.not_decided


def test_a_counterexample_between_editions_that_is_not_confirmed_ends_in_exit_code_70(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("redflag_kit.analyse.properties.between._counterexample", lambda *_: None)
    found = diff(project(), "acp@2007", "acp@2011")
    assert (found.status, found.exit_code) == ("internal", 70)
    assert {one.code.id for one in found.diagnostics} == {"RF902"}
