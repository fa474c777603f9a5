"""Every text report on every kind of terminal."""

import json

import jsonschema
import pytest

from redflag_kit.__main__ import main
from redflag_kit.report.formats import RENDERERS, formats_of, render
from redflag_kit.report.text import Style, cells
from tests.story.project import GUIDELINE, edited, throat
from tests.unit.cli.command_lines import ROOT
from tests.unit.project.scratch import scratch
from tests.unit.report.ci.faulty import junit_schema, sarif_schema

COMMANDS = {
    "check": ("check", "--budget", "600"),
    "test": ("test", "-k", "V01"),
    "show": ("show", "acp@2011"),
    "explain": ("explain", "acp@2011", "--vignette", "V02d"),
    "compare": ("compare", "V05"),
    "diff": ("diff", "acp@2007", "acp@2011"),
    "changelog": ("changelog", "red_flags@2026.0", "red_flags@2026.1"),
    "mutate": ("mutate", "acp@2017", "-k", "17-G-CES"),
    "gate": ("gate", "--against", "HEAD", "--now", "2026-01-01"),
    "claims": ("claims",),
    "suggest": ("suggest", "acep@2014"),
    "trace": ("trace", "--guideline", "acp@2011"),
    "approve": ("approve", "list", "--date", "2026-01-01"),
    "checks": ("checks",),
    "import": ("import", "--from", "dmn", str(ROOT / "tests" / "data" / "planted" / "gap.dmn")),
}
NO_PROJECT = ("checks", "import")


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    found = {}
    for name, command in COMMANDS.items():
        path = folder / f"{name}.json"
        folder_of = _changed(folder / "changed") if name == "gate" else ROOT
        project = () if name in NO_PROJECT else ("--project", str(folder_of))
        written = ("-o", str(folder)) if name == "import" else ()
        main([*command, *project, *written, "--quiet", "--report", f"json={path}"])
        found[name] = json.loads(path.read_text("utf-8"))
    return found


def _changed(root):
    """Return a project with a change that has to be signed."""
    made = scratch(root)
    made.write(throat())
    made.commit()
    made.write(edited(throat(), GUIDELINE, ("value: 7 d", "value: 8 d")))
    return root


def test_there_is_a_result_of_every_command(results):
    assert set(results) == set(RENDERERS)


@pytest.mark.parametrize("width", [32, 40, 80, 100])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_report_keeps_to_the_width(results, name, width):
    text = render(results[name], "text", Style(width))
    assert [line for line in text.splitlines() if cells(line) > width] == []


def test_an_imported_file_is_printed_as_it_is_whatever_the_width(results):
    result = json.loads(json.dumps(results["import"]))
    result["import"]["folder"] = None
    text = render(result, "text", Style(32))
    assert all(one["text"] in text for one in result["import"]["files"])


@pytest.mark.parametrize("name", COMMANDS)
def test_a_report_without_symbols_is_ascii(results, name):
    assert render(results[name], "text", Style(unicode=False)).isascii()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_report_ends_with_one_line_break_and_has_no_trailing_spaces(results, name):
    text = render(results[name], "text")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_json_gives_the_result_back(results, name):
    assert json.loads(render(results[name], "json")) == results[name]


def test_every_command_has_text_and_json_first():
    assert all(formats_of(name)[:2] == ("text", "json") for name in RENDERERS)


def test_every_change_class_is_in_the_text(results):
    text = "".join(render(results["diff"], "text").split())
    assert [one["id"] for one in results["diff"]["diff"]["changes"] if one["id"] not in text] == []


@pytest.mark.parametrize("name", [name for name in COMMANDS if "sarif" in formats_of(name)])
def test_formats_for_machines_are_valid(results, name):
    jsonschema.validate(json.loads(render(results[name], "sarif")), sarif_schema(), jsonschema.Draft4Validator)
    junit_schema().validate(render(results[name], "junit"))
