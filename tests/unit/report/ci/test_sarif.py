"""SARIF: valid, stable, relative, and with everything that a reviewer accepted marked as such."""

import copy
import json

import jsonschema
import pytest

from redflag_kit.__main__ import main
from redflag_kit.report.ci.places import as_uri, in_repository
from redflag_kit.report.ci.sarif import FINGERPRINT, render
from redflag_kit.report.formats import formats_of
from tests.unit.cli.command_lines import GUIDELINE
from tests.unit.report.ci.faulty import FOLDER, faulty_project, result_of, sarif_schema


def log_of(result):
    log = json.loads(render(result))
    jsonschema.Draft4Validator(sarif_schema(), format_checker=jsonschema.FormatChecker()).validate(log)
    return log["runs"][0]


def named(run, rule):
    return [one for one in run["results"] if one["ruleId"] == rule]


def prints(run):
    return [one["partialFingerprints"][FINGERPRINT] for one in run["results"]]


def test_results_of_check_and_test_are_valid(checked, tested):
    assert {one["ruleId"] for one in log_of(checked)["results"]} == {"RF302", "RF307", "RF320"}
    assert {one["ruleId"] for one in log_of(tested)["results"]} == {"RF401", "RF403", "RF404", "RF405"}


def test_a_place_is_counted_from_the_root_of_the_repository_and_encoded(checked):
    (one,) = named(log_of(checked), "RF302")
    physical = one["locations"][0]["physicalLocation"]
    uri = f"regeln%20f%C3%BCr%20alle/{GUIDELINE}"
    assert physical["artifactLocation"] == {"uri": uri, "uriBaseId": "SRCROOT"}
    line = next(d["line"] for d in checked["diagnostics"] if d["code"] == "RF302")
    assert physical["region"]["startLine"] == line
    assert physical["region"]["endColumn"] > physical["region"]["startColumn"] > 0
    (related,) = one["relatedLocations"]
    assert related["message"]["text"] == "the other rule"
    assert related["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_no_path_of_the_machine_and_no_time_is_in_it(checked, faulty):
    text = render(checked)
    assert str(faulty.parent) not in text
    assert "Utc" not in text
    assert render(copy.deepcopy(checked)) == text


def test_levels_are_those_of_the_findings_and_rules_explain_themselves(checked):
    run = log_of(checked)
    (overlap,) = named(run, "RF302")
    rule = run["tool"]["driver"]["rules"][overlap["ruleIndex"]]
    assert overlap["level"] == rule["defaultConfiguration"]["level"] == "error"
    assert (rule["id"], rule["name"]) == ("RF302", "overlapping-rules")
    assert "**What to do.**" in rule["help"]["markdown"]
    assert [one["id"] for one in run["tool"]["driver"]["rules"]] == ["RF302", "RF307", "RF320"]


def test_what_was_waived_or_documented_is_a_suppressed_note_with_its_reason(checked):
    run = log_of(checked)
    (twice,) = named(run, "RF307")
    assert twice["level"] == "note"
    (suppression,) = twice["suppressions"]
    assert suppression == {"kind": "inSource", "status": "accepted", "justification": "both are printed"}
    open_, known = named(run, "RF320")
    assert "suppressions" not in open_
    (suppression,) = known["suppressions"]
    assert suppression["justification"] == "printed so"
    assert suppression["location"]["physicalLocation"]["region"]["startLine"] == 9


def test_fingerprints_are_unique_and_do_not_move_with_the_lines(checked, faulty, tmp_path):
    first = log_of(checked)
    assert len(set(prints(first))) == len(prints(first))
    moved = faulty_project(tmp_path)
    path = moved / GUIDELINE
    path.write_text("# a comment\n\n" + path.read_text("utf-8"), "utf-8")
    second = log_of(result_of(tmp_path, moved, "check")[0])
    assert prints(second) == prints(first)
    assert second["results"] != first["results"]


def test_alike_remarks_are_told_apart(tested):
    twice = copy.deepcopy(tested)
    twice["diagnostics"] += twice["diagnostics"]
    found = prints(log_of(twice))
    assert len(set(found)) == len(found) == 2 * len(tested["diagnostics"])


def test_what_was_not_decided_is_told_and_the_run_was_no_success(checked):
    left = copy.deepcopy(checked)
    left["not_decided"] = [{"question": "are there gaps?", "established": "nothing", "budget": "60 s"}]
    left["exit_code"], left["status"] = 4, "undecided"
    (invocation,) = log_of(left)["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 4)
    told = invocation["toolExecutionNotifications"][0]
    assert told["level"] == "error"
    assert told["message"]["text"] == "not decided: are there gaps?; established: nothing; budget: 60 s"


def test_what_has_no_place_is_told_of_the_run_and_not_of_a_file(checked):
    left = copy.deepcopy(checked)
    left["diagnostics"][0] |= {"file": "", "line": 0, "column": 0, "end_line": 0, "end_column": 0}
    run = log_of(left)
    assert len(run["results"]) == len(log_of(checked)["results"]) - 1
    told = run["invocations"][0]["toolExecutionNotifications"][0]
    assert told["associatedRule"]["id"] == left["diagnostics"][0]["code"]


def test_a_result_that_could_not_be_loaded_is_valid_too(checked):
    left = copy.deepcopy(checked) | {"check": None, "exit_code": 3, "status": "not_loaded"}
    assert log_of(left)["invocations"][0]["executionSuccessful"] is False


def test_a_message_is_never_read_as_a_link_or_a_placeholder(checked):
    left = copy.deepcopy(checked)
    left["diagnostics"][0]["message"] = "see [here](1) and {0}, {12} {a} [b]"
    texts = [one["message"]["text"] for one in log_of(left)["results"]]
    assert any(text.startswith(r"see \[here\](1) and {{0}}, {{12}} {a} \[b\]") for text in texts)


def test_a_code_of_another_version_keeps_its_name(checked):
    left = copy.deepcopy(checked)
    left["diagnostics"][0] |= {"code": "RF399", "name": "of-tomorrow"}
    rules = log_of(left)["tool"]["driver"]["rules"]
    assert [one["name"] for one in rules if one["id"] == "RF399"] == ["of-tomorrow"]


def test_a_saved_result_gives_the_same_log(checked, tmp_path, capsys):
    path = tmp_path / "result.json"
    path.write_text(json.dumps(checked), "utf-8")
    assert main(["report", str(path), "-f", "sarif"]) == 0
    assert capsys.readouterr().out == render(checked)


@pytest.mark.parametrize("form", formats_of("check"))
def test_a_saved_result_of_what_could_not_be_loaded_says_why_in_every_format(checked, tmp_path, capsys, form):
    path = tmp_path / "result.json"
    path.write_text(json.dumps(checked | {"check": None, "exit_code": 3, "status": "not_loaded"}), "utf-8")
    assert main(["report", str(path), "-f", form]) == 0
    shown = capsys.readouterr()
    assert "RF302" in shown.out + shown.err


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/c#d?.yaml", "a%20b/c%23d%3F.yaml"),
        ("ü:%.yaml", "%C3%BC%3A%25.yaml"),
        ("/srv/model one.dmn", "file:///srv/model%20one.dmn"),
        ("a~b-c_d.e/f", "a~b-c_d.e/f"),
    ],
)
def test_a_path_is_encoded(path, uri):
    assert as_uri(path) == uri


@pytest.mark.parametrize(
    ("project", "file", "path"),
    [
        (".", "guidelines/a.yaml", "guidelines/a.yaml"),
        ("rules", "guidelines/a.yaml", "rules/guidelines/a.yaml"),
        ("rules/deep", "../model.dmn", "rules/model.dmn"),
        (".", "../outside.dmn", "../outside.dmn"),
        ("rules", "/tmp/model.dmn", "/tmp/model.dmn"),
    ],
)
def test_a_file_is_named_from_the_root_of_the_repository(project, file, path):
    assert in_repository({"project": project}, file) == path


def test_the_folder_of_the_project_is_part_of_the_result(checked):
    assert checked["project"] == FOLDER
