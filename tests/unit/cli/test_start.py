"""What needs no project is answered before anything heavy is loaded."""

import os
import subprocess
import sys

import pytest

import redflag_kit
from redflag_kit.cli.overview import COMMANDS, overview
from redflag_kit.cli.parser import command_first
from tests.unit.cli.command_lines import ROOT, run

HEAVY = ("argparse", "pydantic", "oxidd", "yaml", "jinja2", "importlib.metadata", "json", "pathlib")


def loaded_by(arguments, *options):
    code = (
        f"import sys; from redflag_kit.__main__ import main; main({arguments!r}); print(*sys.modules, file=sys.stderr)"
    )
    # Not measured: what measures would be loaded too.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    environment = {**inherited, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, *options, "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, cwd=ROOT)
    return set(ran.stderr.split())


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], []])
def test_version_and_help_load_nothing_heavy(arguments):
    # -S: nothing that site-packages would load at the start is ours.
    assert loaded_by(arguments, "-S").isdisjoint(HEAVY)


@pytest.mark.parametrize("arguments", [["completion", "bash"], ["check", "--help"]])
def test_completion_and_help_of_a_command_load_no_models(arguments):
    assert loaded_by(arguments, "-S").isdisjoint({"pydantic", "oxidd", "yaml", "jinja2"})


# The budget is what a busy machine needs to choose the engines that an idle one chooses.
@pytest.mark.parametrize("arguments", [["check", "--budget", "600"], ["test"], ["diff", "acp@2007", "acp@2011"]])
def test_a_run_on_the_shipped_guidelines_loads_no_engine_for_larger_ones(arguments):
    assert loaded_by(arguments).isdisjoint({"numpy", "pysat", "jinja2", "lxml"})


def test_the_version_is_the_packages(capsys):
    for option in ("--version", "-V"):
        assert run(capsys, option).out == f"redflag {redflag_kit.__version__}\n"


def test_help_lists_every_command_within_80_columns(capsys):
    ran = run(capsys, "--help")
    assert ran.code == 0
    assert [name for name in COMMANDS if f"  {name} " not in ran.out] == []
    assert max(map(len, overview().splitlines())) <= 80


def test_no_command_at_all_is_wrong_usage(capsys):
    assert run(capsys).code == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    ran = run(capsys, command, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"usage: redflag {command}")
    assert "examples:" in ran.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_names_every_command_and_its_options(shell, capsys):
    script = run(capsys, "completion", shell).out
    assert [name for name in COMMANDS if name not in script] == []
    assert "fail-on" in script


def test_the_bash_script_is_well_formed(capsys):
    script = run(capsys, "completion", "bash").out
    try:
        ran = subprocess.run(["bash", "-n"], input=script, text=True, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no bash")
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        (["check", "--quiet"], ["check", "--quiet"]),
        (["--quiet", "check"], ["check", "--quiet"]),
        (["--format", "json", "check", "a"], ["check", "--format", "json", "a"]),
        (["--format=json", "check"], ["check", "--format=json"]),
        (["--format", "json"], ["--format", "json"]),
    ],
)
def test_the_command_comes_first_wherever_it_stands(given, expected):
    assert command_first(given) == expected
