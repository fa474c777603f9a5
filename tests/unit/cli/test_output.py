"""What is printed: widths, colours, encodings, reports, bytes."""

import io
import json
import os
import subprocess
import sys

import pytest

from redflag_kit.cli.terminal import say, say_exactly, style_of, wants_colour
from tests.unit.cli.command_lines import ROOT, base_project, run

SHIPPED = [
    ("check", "--budget", "600"),
    ("test",),
    ("show", "acp@2011"),
    ("explain", "acp@2011", "--vignette", "V01b"),
    ("explain", "acp@2011", "--vignette", "V01a"),
    ("compare", "V05"),
    ("diff", "acp@2007", "acp@2011"),
]
PROJECT = ("--project", str(ROOT))


@pytest.fixture
def project(tmp_path, monkeypatch):
    folder = base_project(tmp_path)
    monkeypatch.chdir(folder)
    return folder


def process(*arguments, cwd=ROOT, **environment):
    # What the runner of the tests sets must not decide what is tested.
    inherited = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "PYTHONUTF8")}
    command = [sys.executable, "-m", "redflag_kit", *arguments]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        command, cwd=cwd, capture_output=True, check=False, env={**inherited, "PYTHONPATH": path, **environment}
    )


@pytest.mark.parametrize("command", SHIPPED, ids=" ".join)
def test_no_line_of_a_report_is_wider_than_80_columns(command, capsys):
    ran = run(capsys, *command, *PROJECT)
    assert [line for line in ran.out.splitlines() if len(line) > 80] == []


def test_a_patient_of_whom_nothing_was_asked_gets_no_recommendation(capsys):
    ran = run(capsys, "explain", "acp@2011", "--vignette", "V01b", *PROJECT)
    assert "✔ decided" not in ran.out
    assert "? undecided" in ran.out
    assert "Ask next" in ran.out
    assert "Not for patient care." in ran.out


@pytest.mark.parametrize(
    ("choice", "terminal", "environment", "expected"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", True, {"FORCE_COLOR": "0"}, False),
        ("auto", True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_follows_the_option_then_the_environment_then_the_terminal(choice, terminal, environment, expected):
    assert wants_colour(choice, terminal, environment) is expected


def test_colour_only_adds_to_the_text(project, capsys):
    plain = run(capsys, "explain", "clinic", "--vignette", "V1", "--color", "never").out
    painted = run(capsys, "explain", "clinic", "--vignette", "V1", "--color", "always").out
    assert "\x1b[" in painted
    for code in ("0", "1", "2", "31", "32", "33", "36"):
        painted = painted.replace(f"\x1b[{code}m", "")
    assert painted == plain


def test_force_color_and_no_color_are_read_from_the_environment(project):
    assert b"\x1b[" in process("check", cwd=project, FORCE_COLOR="1").stdout
    assert b"\x1b[" not in process("check", cwd=project, FORCE_COLOR="1", NO_COLOR="1").stdout


def test_a_terminal_that_has_no_symbols_gets_ascii(project):
    ran = process("test", cwd=project, PYTHONIOENCODING="ascii")
    assert ran.returncode == 0
    assert ran.stdout.decode("ascii").startswith("+ passed:")


def test_data_stays_utf_8_whatever_the_terminal_is(project):
    command = ("diff", "clinic@2024", "clinic@2025", "--format", "json")
    assert process(*command, cwd=project, PYTHONIOENCODING="ascii").stdout == process(*command, cwd=project).stdout


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_same_input_gives_the_same_bytes(project, form):
    command = ("diff", "clinic@2024", "clinic@2025", "--format", form)
    seeds = [process(*command, cwd=project, PYTHONHASHSEED=seed).stdout for seed in ("1", "2")]
    assert seeds[0] == seeds[1] != b""


LEFT_EARLY = [("show", "acp@2011", *PROJECT), ("--version",), ("--help",)]


@pytest.mark.parametrize("arguments", LEFT_EARLY, ids=lambda one: one[0])
def test_a_reader_who_leaves_early_is_no_error(project, arguments):
    command = [sys.executable, "-m", "redflag_kit", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as gone:
        ran = subprocess.run(command, stdout=gone, stderr=subprocess.PIPE, check=False, env=environment)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_reports_are_written_beside_what_is_printed(project, capsys):
    ran = run(capsys, "check", "--report", "json=a.json", "--report", "text=b.txt")
    assert ran.err == "wrote a.json\nwrote b.txt\n"
    assert json.loads((project / "a.json").read_text("utf-8"))["command"] == "check"
    assert (project / "b.txt").read_text("utf-8") == ran.out
    assert run(capsys, "check", "--quiet", "--report", "json=a.json").err == ""


@pytest.mark.parametrize("command", [("check",), ("test",)])
def test_quiet_says_nothing_if_all_is_well(project, capsys, command):
    ran = run(capsys, *command, "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("test",),
        ("show", "clinic"),
        ("explain", "clinic", "--vignette", "V1"),
        ("compare", "V1"),
        ("diff", "clinic@2024", "clinic@2025"),
        ("checks", "RF301"),
    ],
    ids=" ".join,
)
def test_a_saved_result_renders_to_the_same_text(project, capsys, command):
    first = run(capsys, *command, "--report", "json=result.json")
    second = run(capsys, "report", "result.json")
    assert (second.code, second.out) == (0, first.out)
    again = run(capsys, "report", "result.json", "-f", "json")
    assert again.out == (project / "result.json").read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"schema": "redflag/result/2"}',
        '{"schema": "redflag/result/1", "command": "gate"}',
        '{"schema": "redflag/result/1", "command": "check", "check": null}',
        '{"schema": "redflag/result/1", "command": "check", "check": {"x": 1}}',
        '{"schema": "redflag/result/1", "command": ["check"]}',
    ],
)
def test_a_file_that_is_no_result_is_refused(project, capsys, text):
    (project / "wrong.json").write_text(text, "utf-8")
    ran = run(capsys, "report", "wrong.json")
    assert (ran.code, ran.out) == (3, "")
    assert len(ran.err.splitlines()) <= 2


def test_a_format_that_the_saved_result_lacks_is_wrong_usage(project, capsys):
    run(capsys, "checks", "RF301", "--report", "json=result.json")
    ran = run(capsys, "report", "result.json", "-f", "html")
    assert ran.code == 2
    assert "text, json, markdown" in ran.err


def test_text_from_a_result_cannot_control_the_terminal(project, capsys):
    run(capsys, "check", "--report", "json=result.json")
    result = json.loads((project / "result.json").read_text("utf-8"))
    shown: dict[str, object] = {"severity": "error", "code": "RF001", "name": "x", "message": "\x1b[2J\x07evil"}
    wrong = {"file": "", "line": 1, "column": 1, "help": "", "related": [], "witness": None, **shown}
    result["diagnostics"] = [wrong]
    (project / "result.json").write_text(json.dumps(result), "utf-8")
    ran = run(capsys, "report", "result.json")
    assert "evil" in ran.out
    assert "\x1b" not in ran.out
    assert "\x07" not in ran.out


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


def test_a_terminal_decides_on_the_width_within_bounds(monkeypatch):
    for columns, expected in (("60", 60), ("300", 100), ("5", 20)):
        monkeypatch.setenv("COLUMNS", columns)
        assert style_of(Terminal(), "auto", {}).width == expected
        assert style_of(io.StringIO(), "auto", {}).width == 80


def test_a_closed_stream_is_no_terminal():
    stream = io.StringIO()
    stream.close()
    assert style_of(stream, "auto", {}).colour is False


def test_characters_that_an_encoding_lacks_become_question_marks():
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding="latin-1", newline="")
    say("38 °C ✔\n", stream)
    assert buffer.getvalue() == "38 °C ?\n".encode("latin-1")
    say_exactly("✔\n", stream)
    assert buffer.getvalue().endswith("✔\n".encode())


def test_a_stream_without_bytes_gets_text():
    stream = io.StringIO()
    say_exactly("✔\n", stream)
    assert stream.getvalue() == "✔\n"
