"""Findings of tables in every report: for whom, with a patient in words, and what is waived with its reason."""

import json
from pathlib import Path

import pytest

from redflag_kit.project.load import Project
from redflag_kit.report import html, markdown, text_check
from redflag_kit.report.json import to_json
from redflag_kit.workflow.check import check
from tests.unit.evaluate.worlds import decision, library, rule

NOW = rule("NOW", "{any: [fever, numb]}", "{scan: now}")
LATE = rule("LATE", "{all: [fever, cough]}", "{scan: soon}")
WAIVER = "waive: [{check: masked-rule, rules: [LATE], reason: printed like this}]\n"


def checked(*, extra=""):
    project = Project(Path(), library(decision("d", NOW, LATE, otherwise=None), extra=extra), ())
    envelope = check(project)
    return envelope, json.loads(json.dumps(to_json(envelope)))


@pytest.mark.parametrize("render", [text_check.render, html.render, markdown.render])
def test_a_finding_says_for_whom_and_gives_a_patient_in_words(render):
    page = render(checked()[1])
    assert "no fever" in page
    assert "nothing unusual" in page
    assert "fever, cough" in page


@pytest.mark.parametrize("render", [text_check.render, html.render, markdown.render])
def test_a_waived_finding_is_shown_with_its_reason(render):
    assert "printed like this" in render(checked(extra=WAIVER)[1])
    assert "printed like this" not in render(checked()[1])


def test_a_region_is_words_and_data_and_a_waived_finding_is_no_warning():
    plain, waived = checked()[0], checked(extra=WAIVER)[0]
    assert (plain.summary["warnings"], waived.summary["warnings"]) == (1, 0)
    findings = {one["code"]: one for one in checked(extra=WAIVER)[1]["check"]["findings"]}
    assert findings["RF306"]["waived"] == "printed like this"
    assert findings["RF306"]["severity"] == "info"
    gap = findings["RF301"]
    assert gap["region"]["cubes"] == [{"fever": ["absent"], "numb": ["absent"]}]
    assert (gap["region"]["exact"], gap["share"], gap["others"]) == (True, "1/4", [])
