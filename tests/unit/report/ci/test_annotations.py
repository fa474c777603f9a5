"""Annotations of GitHub and code quality of GitLab: the worst first, nothing executed, nothing lost."""

import copy
import json
import re

import jsonschema
import pytest

from redflag_kit.report.ci import github, gitlab
from tests.unit.cli.command_lines import GUIDELINE
from tests.unit.report.ci.faulty import FOLDER

COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-zA-Z]+=[^,:]*)(?:,[a-zA-Z]+=[^,:]*)*)::([^\r\n]*)\n")

# SOURCE: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./|/)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def commands(text):
    """Read the workflow commands as the runner does; the last line is for people."""
    *lines, last = text.splitlines(keepends=True)
    found = []
    for line in lines:
        match = COMMAND.fullmatch(line)
        assert match, line
        properties = dict(pair.split("=", 1) for pair in match[2].split(","))
        plain = {key: _unescaped(value, True) for key, value in properties.items()}
        found.append((match[1], plain, _unescaped(match[3], False)))
    assert not last.startswith("::")
    return found, last


def _unescaped(words, is_property):
    pairs = [("%3A", ":"), ("%2C", ",")] if is_property else []
    for code, one in [*pairs, ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]:
        words = words.replace(code, one)
    return words


def many(result, number):
    left = copy.deepcopy(result)
    (first,) = (one for one in left["diagnostics"] if one["code"] == "RF302")
    left["diagnostics"] += [first | {"line": 100 + place, "severity": "warning"} for place in range(number)]
    return left


def test_an_annotation_names_the_file_from_the_root_of_the_repository(checked):
    found, last = commands(github.render(checked))
    (overlap,) = (one for one in found if "RF302" in one[1]["title"])
    diagnostic = next(one for one in checked["diagnostics"] if one["code"] == "RF302")
    line = str(diagnostic["line"])
    assert overlap[0] == "error"
    assert overlap[1] == {
        "file": f"{FOLDER}/{GUIDELINE}",
        "line": line,
        "endLine": line,
        "col": str(diagnostic["column"]),
        "endColumn": str(diagnostic["end_column"]),
        "title": "RF302 overlapping-rules",
    }
    assert overlap[2] == f"{diagnostic['message']}\n{diagnostic['help']}"
    assert last == "redflag: check: Failed: 2 errors and no warnings; 1 known violation of safety properties\n"


def test_what_is_accepted_is_not_annotated(checked):
    assert {one[1]["title"][:5] for one in commands(github.render(checked))[0]} == {"RF302", "RF320"}


def test_the_worst_ten_stand_first_and_the_others_are_counted(checked):
    found, _ = commands(github.render(many(checked, 30)))
    assert [one[0] for one in found] == ["error"] * 2 + ["warning"] * 8 + ["notice"]
    assert found[-1][2] == "22 more in the full report"


def test_exactly_ten_need_no_notice(checked):
    found, _ = commands(github.render(many(checked, 8)))
    assert len(found) == 10


def test_no_text_of_the_authors_becomes_a_command(checked):
    left = copy.deepcopy(checked)
    evil = "100%\r\n::error file=x,line=1::pwned\n::add-mask::a, b: c%0A"
    left["diagnostics"][0] |= {
        "code": "RF399", "name": evil, "message": evil, "help": "", "file": "a,b:c%.yaml", "waived": "",
        "severity": "error",
    }  # fmt: skip
    left["status"] = evil
    left["check"]["guidelines"] = []
    found, _ = commands(github.render(left))
    (one,) = (one for one in found if one[1]["title"].startswith("RF399"))
    assert one[1]["file"] == f"{FOLDER}/a,b:c%.yaml"
    assert one[1]["title"] == f"RF399 {evil}"
    assert one[2] == evil


def test_a_very_long_message_is_cut_and_shows_it(checked):
    left = copy.deepcopy(checked)
    left["diagnostics"][0] |= {"message": "x" * 100_000, "waived": "", "severity": "error"}
    (one,) = (one for one in commands(github.render(left))[0] if one[2].startswith("xxx"))
    assert len(one[2]) < 5_000
    assert one[2].endswith("x ...")


def test_what_was_not_decided_is_annotated(checked):
    left = copy.deepcopy(checked)
    left |= {"exit_code": 4, "not_decided": [{"question": "gaps?", "established": "none", "budget": "60 s"}]}
    assert commands(github.render(left))[0][0] == (
        "error",
        {"title": "not-decided"},
        "not decided: gaps?; established: none; budget: 60 s",
    )


def test_a_span_of_several_lines_has_no_columns(checked):
    left = copy.deepcopy(checked)
    left["diagnostics"] = [dict(left["diagnostics"][0], end_line=99, waived="", severity="error")]
    assert set(commands(github.render(left))[0][0][1]) == {"file", "line", "endLine", "title"}


@pytest.mark.parametrize("name", ["checked", "tested", "compared"])
def test_code_quality_has_the_shape_that_gitlab_documents(name, request):
    entries = json.loads(gitlab.render(request.getfixturevalue(name)))
    jsonschema.validate(entries, CODE_QUALITY)
    prints = [one["fingerprint"] for one in entries]
    assert len(set(prints)) == len(prints) > 0


def test_code_quality_lists_what_is_open_with_its_place_and_gravity(checked):
    entries = json.loads(gitlab.render(checked))
    assert [(one["check_name"], one["severity"]) for one in entries] == [("RF302", "critical"), ("RF320", "critical")]
    assert entries[0]["location"]["path"] == f"{FOLDER}/{GUIDELINE}"


def test_what_has_no_place_stands_at_the_project(checked):
    left = copy.deepcopy(checked)
    left["not_decided"] = [{"question": "gaps?", "established": "none", "budget": "60 s"}]
    entries = json.loads(gitlab.render(left))
    jsonschema.validate(entries, CODE_QUALITY)
    assert entries[0]["location"] == {"path": FOLDER, "lines": {"begin": 1}}
