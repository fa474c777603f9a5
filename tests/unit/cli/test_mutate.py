"""The command line of `redflag mutate`."""

import json
import sys

import pytest

from redflag_kit.cli import mutate_command
from redflag_kit.cli.mutate_command import share
from tests.story.project import throat
from tests.unit.cli.command_lines import run


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("throat")
    for path, text in throat().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


def test_survivors_are_printed_and_the_run_ends_well(project, capsys):
    ran = run(capsys, "mutate", "--project", project, "-k", "rule-dropped")
    assert ran.code == 0
    assert "✘ survived: " in ran.out
    assert ran.out.rstrip().splitlines()[-1].startswith("redflag suggest throat@1.0.0")
    assert ran.err == ""


def test_every_format_is_written_and_a_saved_result_gives_the_same_again(project, capsys, tmp_path):
    forms = {"json": "r.json", "elements": "e.json", "html": "r.html", "markdown": "r.md", "text": "r.txt"}
    reports = [part for form, name in forms.items() for part in ("--report", f"{form}={tmp_path / name}")]
    assert run(capsys, "mutate", "--project", project, "-k", "T-FEVER", *reports).code == 0
    for form, name in forms.items():
        again = run(capsys, "report", tmp_path / "r.json", "-f", form)
        assert (again.code, again.out) == (0, (tmp_path / name).read_text("utf-8"))


def test_a_floor_that_is_missed_ends_with_1_and_says_so(project, capsys):
    ran = run(capsys, "mutate", "throat", "--project", project, "--fail-under", "1", "-f", "json")
    found = json.loads(ran.out)
    assert (ran.code, found["exit_code"], found["status"]) == (1, 1, "findings")
    assert found["options"]["fail_under"] == "1"


@pytest.mark.parametrize("wrong", ["2", "-0.1", "nan", "inf", "many", ""])
def test_a_floor_is_a_share(project, capsys, wrong):
    ran = run(capsys, "mutate", "--project", project, f"--fail-under={wrong}")
    assert ran.code == 2
    assert "is no share from 0 to 1" in ran.err


def test_a_share_is_kept_as_it_was_written():
    assert share("0.950") == "0.950"


def test_an_unknown_state_is_refused(project, capsys):
    assert run(capsys, "mutate", "--project", project, "--show", "dead").code == 2


class _Terminal:
    def __init__(self):
        self.text = ""

    def isatty(self):
        return True

    def write(self, text):
        self.text += text

    def flush(self):
        pass


@pytest.mark.parametrize(("patience", "quiet", "shown"), [(-1, False, True), (1e6, False, False), (-1, True, False)])
def test_progress_is_shown_on_a_terminal_once_it_takes_long_and_wiped_again(monkeypatch, patience, quiet, shown):
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(mutate_command, "PATIENCE", patience)
    progress = mutate_command._Progress(quiet=quiet)
    progress.show(0, 12, "acp@2011.0.0")
    assert ("mutating acp@2011.0.0 (1 of 12)" in terminal.text) is shown
    progress.show(1, 12, "a@1")
    progress.clear()
    assert terminal.text.endswith("\r") is shown
