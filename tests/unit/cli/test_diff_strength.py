"""`redflag diff --strength`: section 9 of the report on a comparison of two editions."""

import copy
import json

import jsonschema
import pytest

from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.report.formats import render
from redflag_kit.workflow import changed_strength as measuring
from redflag_kit.workflow.schema_result import result_schema
from tests.unit.cli.command_lines import base_project, run


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return base_project(tmp_path_factory.mktemp("strength"))


@pytest.fixture
def result(project, capsys):
    ran = run(capsys, "diff", "clinic@2024", "clinic@2025", "--strength", "-f", "json", "--project", project)
    assert ran.code == 0
    return json.loads(ran.out)


def test_only_what_changed_is_mutated_and_survivors_have_a_witness_and_a_draft(result):
    strength = result["diff"]["test_strength"]
    assert strength["totals"]["mutants"] > len(strength["mutants"]) > 0
    states = {one["state"] for one in strength["mutants"]}
    assert "survived" in states <= {"survived", "not_decided", "exempted"}
    for one in strength["mutants"]:
        assert one["guideline"] == "clinic@2025.0.0"
        if one["state"] == "survived":
            assert one["witness"]["outcomes"]
            assert "expect:\n      clinic@2025" in one["draft"]
    jsonschema.validate(result, result_schema())


def test_every_report_shows_the_survivors(result):
    one = next(one for one in result["diff"]["test_strength"]["mutants"] if one["state"] == "survived")
    result["diff"]["test_strength"]["mutants"] = [one]
    place = f"{one['file']}:{one['line']}"
    for form in ("text", "markdown", "html"):
        page = render(result, form)
        assert place in page
        assert "est strength is not measured" not in page
    assert "Strength of the vignettes where rules changed" in render(result, "text")
    markdown, page = render(result, "markdown"), render(result, "html")
    assert markdown.index("- ✘ survived: ") < markdown.index("**Drafted vignettes") < markdown.index("```yaml")
    assert "## 9. Strength of the tests\n\nFaults put into what changed: " in markdown
    assert "its outcome to be filled in" in page


def test_states_that_are_left_are_shown_as_well(result):
    for one, state in zip(result["diff"]["test_strength"]["mutants"], ("not_decided", "exempted"), strict=False):
        one |= {"state": state, "reason": f"why it is {state}", "witness": None, "draft": ""}
    for form in ("text", "markdown", "html"):
        page = render(result, form)
        assert "why it is not_decided" in page.replace("\\_", "_") or form == "text"


def test_nothing_that_rules_say_otherwise_has_no_mutant(result):
    empty = copy.deepcopy(result)
    totals = empty["diff"]["test_strength"]["totals"]
    totals |= dict.fromkeys(totals, 0) | {"score": None}
    empty["diff"]["test_strength"]["mutants"] = []
    assert "nothing to put a fault into" in render(empty, "html")
    assert "nothing to put a fault into" in render(empty, "markdown")
    assert "no rule says anything else than before" in render(empty, "text")


def test_without_the_option_nothing_is_measured(project, capsys):
    ran = run(capsys, "diff", "clinic@2024", "clinic@2025", "-f", "json", "--project", project)
    found = json.loads(ran.out)
    assert found["diff"]["test_strength"] is None
    assert "Test strength is not measured." in found["limits"]
    assert "redflag diff --strength measures it" in render(found, "html")


def test_an_edition_that_is_too_large_leaves_the_strength_open(project, capsys, monkeypatch):
    def too_large(*_):
        raise BudgetExceeded("the table", "10 nodes")

    monkeypatch.setattr(measuring, "measure", too_large)
    ran = run(capsys, "diff", "clinic@2024", "clinic@2025", "--strength", "-f", "json", "--project", project)
    found = json.loads(ran.out)
    assert (ran.code, found["diff"]["test_strength"]) == (4, None)
    assert found["not_decided"][-1]["budget"] == "10 nodes"


@pytest.mark.parametrize("others", [("--against", "HEAD"), ("HEAD:", "HEAD:"), ("--guidelines",)])
def test_it_goes_with_two_editions_only(project, capsys, others):
    ran = run(capsys, "diff", *others, "--strength", "--project", project)
    assert ran.code == 2
    assert "`--strength` measures one comparison of two editions" in ran.err
