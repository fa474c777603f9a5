"""The story as CI systems read it: valid in every format, red exactly where the gate is, each fault at its place."""

from __future__ import annotations

import json

import jsonschema
import pytest

from redflag_kit.report.ci import github, gitlab, sarif
from tests.story.acts import Stage, record
from tests.story.project import GUIDELINE, PROPERTIES, VIGNETTES, edited, throat
from tests.unit.project.scratch import CLEAN, scratch
from tests.unit.report.ci.test_annotations import CODE_QUALITY, commands
from tests.unit.report.ci.test_junit import document
from tests.unit.report.ci.test_sarif import log_of

BASE = throat()
LATER = edited(BASE, GUIDELINE, ("version: 1.0.0", "version: 2.0.0"), ("value: 7 d", "value: 8 d"))
WEEK = "{review: this_week, swab: silent}\n        because: [T-LONG]"
LATER = edited(LATER, VIGNETTES, (WEEK, "{review: not_needed, swab: silent}\n        because: [T-HOME]"))
LATER = {**LATER, VIGNETTES: LATER[VIGNETTES].replace("throat@1:", "throat@2:")}


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**CLEAN, "GIT_AUTHOR_NAME": "An Author", "GIT_AUTHOR_EMAIL": "author@example.org"}.items():
            patch.setenv(name, value)
        made = Stage(scratch(tmp_path_factory.mktemp("in-ci")))
        made.put(BASE)
        made.scratch.commit("The project")
        made.scratch.git("tag", "base")
        yield made


def judged(stage: Stage, files, against: str = "base"):
    """Return what the gate says, and its errors in SARIF as rule and place, once every format has been read."""
    stage.put(files)
    result = stage.gate(against).result
    run = log_of(result)
    root = document(result)
    entries = json.loads(gitlab.render(result))
    jsonschema.validate(entries, CODE_QUALITY)
    annotations, _ = commands(github.render(result))
    red = int(root.get("failures")) + int(root.get("errors")) > 0
    assert red == (result["exit_code"] != 0)
    assert any(one["severity"] == "critical" for one in entries) == red
    assert any(kind == "error" for kind, _, _ in annotations) == red
    return result, [(one["ruleId"], _line(one)) for one in run["results"] if one["level"] == "error"]


def _line(one) -> str:
    physical = one["locations"][0]["physicalLocation"]
    return f"{physical['artifactLocation']['uri']}:{physical['region']['startLine']}"


def line_of(files, path: str, words: str) -> str:
    before, found, _ = files[path].partition(words)
    assert found
    return f"{path}:{before.count(chr(10)) + 1}"


def test_an_unsigned_change_is_an_error_at_the_rule_that_decides_now_and_a_signed_one_is_not(stage):
    result, errors = judged(stage, LATER)
    assert result["exit_code"] == 5
    assert errors == [("urgency-lowered", line_of(LATER, GUIDELINE, "- {id: T-HOME"))]
    stage.put(LATER)
    signed = {**LATER, **record("signed", stage.gate().to_sign)}
    result, errors = judged(stage, signed)
    assert (result["exit_code"], errors) == (0, [])
    (change,) = (one for one in log_of(result)["results"] if one["ruleId"] == "urgency-lowered")
    assert change["suppressions"][0]["justification"].endswith("approvals/signed.yaml")


def test_a_failing_vignette_stands_where_it_is_written(stage):
    now = WEEK.replace("this_week", "now")
    wrong = edited(BASE, VIGNETTES, (WEEK, now))
    result, errors = judged(stage, wrong)
    assert result["exit_code"] == 1
    assert ("RF403", line_of(wrong, VIGNETTES, now)) in errors


def test_a_property_broken_before_is_no_error_again(stage):
    broken = edited(BASE, PROPERTIES, ("    when: stridor\n", "    when: exudate\n"))
    _, errors = judged(stage, broken)
    assert [rule for rule, _ in errors] == ["RF320"]
    stage.scratch.commit("Broken for now")
    again, _ = judged(stage, broken, "HEAD")
    stage.scratch.git("reset", "--quiet", "--soft", "base")
    assert again["exit_code"] == 0
    found = json.loads(sarif.render(again))["runs"][0]["results"]
    assert [one["baselineState"] for one in found if one["ruleId"] == "RF320"] == ["unchanged"]
    # Nobody asked whether a note is new, so it does not say.
    assert [one["level"] for one in found if "baselineState" not in one] == ["note"]


def test_a_file_that_cannot_be_read_stands_at_its_fault(stage):
    result, errors = judged(stage, edited(BASE, PROPERTIES, ("when: stridor", "when: stridr")))
    assert result["exit_code"] == 1
    assert ("RF107", f"{PROPERTIES}:10") in errors


def test_an_unchanged_project_is_green(stage):
    assert judged(stage, BASE)[1] == []
