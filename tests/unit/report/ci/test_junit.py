"""JUnit XML: valid, with counts that are right, and never green where the command is not."""

import copy
import json
from xml.etree import ElementTree

import pytest

from redflag_kit.__main__ import main
from redflag_kit.report.ci.junit import render, visible
from tests.unit.cli.command_lines import GUIDELINE, ROOT
from tests.unit.report.ci.faulty import FOLDER, junit_schema, result_of

VIGNETTES = f"{FOLDER}/vignettes/clinic.yaml"


def document(result):
    text = render(result)
    junit_schema().validate(text)
    return ElementTree.fromstring(text)


def outcomes(root):
    return {
        (case.get("classname"), case.get("name")): next((part.tag for part in case if part.tag != "system-out"), "")
        for case in root.iter("testcase")
    }


def test_every_expectation_is_a_case(tested):
    found = outcomes(document(tested))
    base = VIGNETTES.removesuffix(".yaml").replace("/", ".")
    assert found == {
        (f"{base}.V1", "clinic@2024.0.0 mri"): "",
        (f"{base}.V1", "clinic@2024.0.0 xray"): "",
        (f"{base}.V1", "clinic@2024.0.0 suspected"): "",
        (f"{base}.V2", "clinic@2024.0.0 mri"): "",
        (f"{base}.V2", "clinic@2024.0.0 suspected"): "",
        (f"{base}.V2", "clinic@2024.0.0 xray"): "",
        (f"{base}.V3", "clinic@2024.0.0 xray"): "failure",
        (f"{base}.V4", "clinic@2024.0.0 xray"): "failure",
        (f"{base}.V5", "clinic@2024.0.0 mri"): "skipped",
        (f"{base}.V6", "V6 can be run"): "error",
    }


def test_a_failure_says_what_was_expected_and_what_came_out(tested):
    root = document(tested)
    wrong, reason = root.iter("failure")
    assert (wrong.get("type"), wrong.get("message")) == ("RF403", "expected today, came out routine")
    assert "expected: today\nactual:   routine (routine)\nrules:    X-MINOR\n" in wrong.text
    assert (reason.get("type"), reason.get("message")) == (
        "RF404",
        "today came out, but not for the reason given: X-MINOR",
    )


def test_a_case_has_its_file_and_line(tested):
    case = next(one for one in document(tested).iter("testcase") if "V3" in one.get("classname"))
    line = next(d["line"] for d in tested["diagnostics"] if d["code"] == "RF403")
    assert (case.get("file"), case.get("line")) == (VIGNETTES, str(line))


@pytest.mark.parametrize("name", ["checked", "tested"])
def test_the_counts_are_right_and_there_is_no_time(name, request):
    root = document(request.getfixturevalue(name))
    for suite in root.iter("testsuite"):
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(count)) == len(suite.findall(f"testcase/{tag}"))
    assert int(root.get("tests")) == len(list(root.iter("testcase")))
    assert int(root.get("failures")) == len(list(root.iter("failure")))
    assert "time" not in {name for one in root.iter() for name in one.attrib}


def test_check_has_a_case_for_every_file_property_and_finding(checked):
    root = document(checked)
    assert [suite.get("name") for suite in root] == sorted(suite.get("file") for suite in root)
    kinds = {name.split(":")[0]: outcome for (_, name), outcome in outcomes(root).items()}
    assert kinds == {
        "clinic@2024.0.0 is read": "",
        "RF302 overlapping-rules": "failure",
        "RF307 duplicate-rules": "skipped",
        "P-KNOWN for clinic@2024.0.0, known violation": "skipped",
        "P-REFUTED for clinic@2024.0.0": "failure",
    }


def test_what_was_not_decided_is_an_error(checked):
    left = copy.deepcopy(checked)
    left["not_decided"] = [{"question": "are there gaps?", "established": "nothing", "budget": "60 s"}]
    (error,) = document(left).iter("error")
    assert error.get("message") == "not decided: are there gaps?"


def test_a_warning_fails_exactly_where_warnings_fail_the_command(checked, faulty, tmp_path):
    warned = copy.deepcopy(checked)
    warned["diagnostics"] = [dict(one, waived="", severity="warning") for one in warned["diagnostics"]]
    assert warned["options"]["fail_on"] == "error"
    assert [one.get("type") for one in document(warned).iter("failure")] == ["RF320"]
    warned["options"] = result_of(tmp_path, faulty, "check", "--fail-on", "warning")[0]["options"]
    assert [one.get("type") for one in document(warned).iter("failure")] == ["RF302", "RF307", "RF320"]


def test_a_project_that_does_not_load_is_never_green(tested):
    left = copy.deepcopy(tested)
    fault = dict(left["diagnostics"][0], code="RF001", name="invalid-yaml", file="", severity="error")
    left |= {"test": None, "diagnostics": [fault], "exit_code": 3, "status": "not_loaded"}
    assert document(left).get("failures") == "1"


def test_a_vignette_that_expects_nothing_is_skipped_and_not_passed(tested):
    left = copy.deepcopy(tested)
    left["test"]["vignettes"] = [left["test"]["vignettes"][0] | {"results": [], "faults": []}]
    assert list(outcomes(document(left)).values()) == ["skipped"]


def test_cases_of_one_name_are_numbered(tested):
    left = copy.deepcopy(tested)
    first = left["test"]["vignettes"][0]
    first["results"] = first["results"][:1] * 3
    left["test"]["vignettes"] = [first]
    names = [name for _, name in outcomes(document(left))]
    assert names == ["clinic@2024.0.0 mri", "clinic@2024.0.0 mri (2)", "clinic@2024.0.0 mri (3)"]


def test_characters_that_xml_forbids_are_shown_as_codes(tested):
    left = json.loads(json.dumps(tested))
    left["test"]["vignettes"][2]["title"] = "\x00<b>\x07&\ufffe\ud800 ]]> \U0001f600"
    (failure, *_) = document(left).iter("failure")
    assert "\\u0000<b>\\u0007&\\uFFFE\\uD800 ]]> \U0001f600" in failure.text
    assert visible("a\tb\nc\rd") == "a\tb\nc\rd"


def test_a_property_that_was_not_decided_or_not_covered_has_not_passed(checked):
    left = copy.deepcopy(checked)
    (one,) = (found for found in left["check"]["properties"] if found["id"] == "P-REFUTED")
    left["check"]["properties"] = [
        one | {"id": "P-A", "result": "not_decided", "counterexample": None},
        one | {"id": "P-B", "result": "not_covered", "counterexample": None, "not_covered": ["mri", "xray"]},
        one | {"id": "P-C", "result": "proved", "counterexample": None},
    ]
    found = {name.split(" ")[0]: outcome for (_, name), outcome in outcomes(document(left)).items()}
    assert (found["P-A"], found["P-B"], found["P-C"]) == ("error", "skipped", "")
    messages = [part.get("message") for part in document(left).iter() if part.tag in ("error", "skipped")]
    assert "not decided: A minor injury is imaged the same day" in messages
    assert "not covered: mri, xray" in messages


def test_a_decision_model_is_a_suite_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT / "tests" / "data" / "planted")
    main(["check", "gap.dmn", "--quiet", "--report", f"json={tmp_path / 'result.json'}"])
    root = document(json.loads((tmp_path / "result.json").read_text("utf-8")))
    (suite,) = root
    assert suite.get("name").endswith("gap.dmn")
    assert next(iter(outcomes(root).values())) == ""
    assert "failure" in outcomes(root).values()


def test_an_edition_that_is_traced_is_found_among_the_inputs(checked):
    left = copy.deepcopy(checked) | {"command": "trace", "diagnostics": []}
    left["trace"] = {"guidelines": [{"id": "clinic", "version": "2024.0.0"}, {"id": "other", "version": "1.0.0"}]}
    assert [suite.get("name") for suite in document(left)] == [f"{FOLDER}/{GUIDELINE}", "the project as a whole"]
