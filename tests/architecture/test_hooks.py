"""The hooks for pre-commit: valid, about commands that exist, and their entries do what they say."""

import re
import shlex

import pytest
import yaml

from redflag_kit.__main__ import main
from redflag_kit.cli.overview import COMMANDS
from tests.unit.cli.command_lines import GUIDELINE, ROOT, base_project

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
HOOKS = yaml.safe_load(MANIFEST.read_text("utf-8"))


def test_pre_commit_accepts_the_manifest():
    pre_commit = pytest.importorskip("pre_commit.clientlib")
    assert [one["id"] for one in pre_commit.load_manifest(MANIFEST)] == [one["id"] for one in HOOKS]


@pytest.mark.parametrize("hook", HOOKS, ids=[one["id"] for one in HOOKS])
def test_a_hook_runs_a_command_that_exists_on_the_whole_project(hook):
    program, command, *_ = shlex.split(hook["entry"])
    assert program == "redflag"
    assert command in COMMANDS
    assert hook["id"] == f"redflag-{command}"
    assert hook["pass_filenames"] is False  # a fault of one file may show in another


@pytest.mark.parametrize("hook", [one for one in HOOKS if "files" in one], ids=lambda one: one["id"])
def test_a_hook_runs_for_every_file_that_can_change_its_result(hook):
    wanted = ("guidelines/a/b.yaml", "vignettes/a.yml", "rules/guidelines/x/approvals/y.yaml")
    other = ("docs/guidelines.md", "myguidelines/a.yaml", "src/a.yaml", "guidelines/a.json")
    assert [re.search(hook["files"], path) is not None for path in (*wanted, *other)] == [True] * 3 + [False] * 4


def test_an_entry_passes_a_sound_project_and_fails_a_faulty_one(tmp_path, monkeypatch):
    project = base_project(tmp_path)
    monkeypatch.chdir(project)
    entries = [shlex.split(one["entry"])[1:] for one in HOOKS if one["id"] in ("redflag-check", "redflag-test")]
    assert [main(entry) for entry in entries] == [0, 0]
    path = project / GUIDELINE
    path.write_text(path.read_text("utf-8").replace("then: {mri: today}", "then: {mri: routine}"), "utf-8")
    assert [main(entry) for entry in entries] == [0, 1]
    path.write_text(path.read_text("utf-8").replace("unless: [M-CES]", "unless: []"), "utf-8")
    assert main(entries[0]) == 1
