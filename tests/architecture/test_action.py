"""The action for GitHub: pinned, no way from an input into the shell, and its steps do what the runner expects."""

import json
import os
import re
import subprocess
import sys

import pytest
import yaml

from tests.unit.cli.command_lines import GUIDELINE, ROOT, base_project
from tests.unit.project.scratch import CLEAN, Scratch, scratch

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="bash may be that of another system there")

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = ACTION["runs"]["steps"]
TEXT = (ROOT / "action.yml").read_text("utf-8")


def step(name):
    return next(one for one in STEPS if one.get("id") == name)


def test_every_input_is_described_has_a_default_and_is_used():
    used = set(re.findall(r"inputs\.([a-z-]+)", TEXT))
    assert used == set(ACTION["inputs"])
    assert all(one["description"] and "default" in one for one in ACTION["inputs"].values())


def test_no_expression_stands_in_a_script():
    scripts = [one["run"] for one in STEPS if "run" in one]
    assert len(scripts) == 2
    assert [one for one in scripts if "${{" in one] == []
    assert all(one["shell"] == "bash" for one in STEPS if "run" in one)


def test_other_actions_are_pinned_to_a_commit():
    used = [one["uses"] for one in STEPS if "uses" in one]
    assert used
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", one) for one in used)


def test_every_output_comes_from_a_step_that_writes_it():
    for name, one in ACTION["outputs"].items():
        assert one["value"] == f"${{{{ steps.redflag.outputs.{name} }}}}"
        assert f"{name}=" in step("redflag")["run"]
    assert 'echo "python=' in step("install")["run"]
    assert step("redflag")["env"]["PYTHON"] == "${{ steps.install.outputs.python }}"


def test_what_is_installed_is_the_action_itself():
    assert '"$GITHUB_ACTION_PATH"' in step("install")["run"]
    assert "redflag-kit ==" not in step("install")["run"]


def ran(folder, workspace, environment=(), **inputs):
    """Run the main step as the runner does: inputs and the context become the variables that it declares."""
    given = {name: str(one["default"]) for name, one in ACTION["inputs"].items()} | {
        name.replace("_", "-"): text for name, text in inputs.items()
    }
    values = {f"inputs.{name}": text for name, text in given.items()}
    values |= {"steps.install.outputs.python": sys.executable, "github.event.before": ""}
    variables = {
        name: re.sub(r"\$\{\{ (.*?) \}\}", lambda found: values[found[1]], text)
        for name, text in step("redflag")["env"].items()
    }
    (folder / "temp").mkdir(exist_ok=True)
    files = {"GITHUB_OUTPUT": folder / "output", "GITHUB_STEP_SUMMARY": folder / "summary"}
    for path in files.values():
        path.write_text("", "utf-8")
    runner = {"RUNNER_TEMP": str(folder / "temp"), "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    script = folder / "script.sh"
    script.write_text(step("redflag")["run"], "utf-8")
    found = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        cwd=workspace,
        env={**runner, **{name: str(path) for name, path in files.items()}, **variables, **dict(environment)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    lines = files["GITHUB_OUTPUT"].read_text("utf-8").splitlines()
    outputs = dict(line.split("=", 1) for line in lines)
    return found, outputs, files["GITHUB_STEP_SUMMARY"].read_text("utf-8")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("workspace")
    (folder / ".git").mkdir()
    base_project(folder)
    return folder


def test_a_sound_project_passes_and_leaves_its_reports(tmp_path, workspace):
    found, outputs, summary = ran(tmp_path, workspace, command="check", project="project")
    assert found.returncode == 0, found.stderr
    assert (outputs["verdict"], outputs["exit-code"]) == ("ok", "0")
    names = sorted(one.name for one in (tmp_path / "temp" / "redflag-reports").iterdir())
    assert names == ["comment.md", "junit.xml", "report.html", "report.sarif", "result.json"]
    assert outputs["reports"] == str(tmp_path / "temp" / "redflag-reports")
    assert summary.startswith("# ")


def test_a_finding_fails_the_step_and_is_annotated(tmp_path, workspace):
    path = workspace / "project" / "guidelines" / "back_pain" / "clinic" / "2025.yaml"
    sound = path.read_text("utf-8")
    path.write_text(sound.replace("unless: [M-CES]", "unless: []"), "utf-8")
    found, outputs, summary = ran(
        tmp_path, workspace, command="check", project="project", summary="false", reports=str(tmp_path / "out")
    )
    path.write_text(sound, "utf-8")
    assert found.returncode == 1
    assert (outputs["verdict"], outputs["exit-code"], summary) == ("findings", "1", "")
    assert "::error file=project/guidelines/back_pain/clinic/2025.yaml,line=" in found.stdout
    assert json.loads((tmp_path / "out" / "result.json").read_text("utf-8"))["exit_code"] == 1


def test_a_file_that_cannot_be_read_is_annotated(tmp_path, workspace):
    path = workspace / "project" / "guidelines" / "back_pain" / "vocabulary.yaml"
    sound = path.read_text("utf-8")
    path.write_text(sound.replace("scales:", "scales: ["), "utf-8")
    found, outputs, _ = ran(tmp_path, workspace, command="test", project="project")
    path.write_text(sound, "utf-8")
    assert (found.returncode, outputs["verdict"]) == (3, "not_loaded")
    assert "::error file=project/guidelines/back_pain/vocabulary.yaml,line=" in found.stdout


def test_hostile_inputs_are_data_and_never_commands(tmp_path, workspace):
    evil = f"$(touch {tmp_path}/pwned)`touch {tmp_path}/pwned`; touch {tmp_path}/pwned #\nverdict=PASS"
    for inputs in ({"command": evil}, {"project": evil}, {"fail_on": evil}, {"reports": f"{tmp_path}/a\nverdict=ok"}):
        found, outputs, _ = ran(tmp_path, workspace, **{"command": "check", "project": "nowhere", **inputs})
        assert found.returncode in (2, 3)
        assert outputs["verdict"] == "refused"
        assert "::error title=redflag::the request was refused" in found.stdout
        assert not (tmp_path / "pwned").exists()


def test_a_pull_request_is_judged_by_where_it_parted_from_its_base(tmp_path):
    origin = scratch(tmp_path / "origin")
    base_project(origin.root)
    origin.commit("The project")
    origin.git("clone", "--quiet", str(origin.root), str(tmp_path / "clone"))
    clone = Scratch(tmp_path / "clone")
    path = clone.root / "project" / GUIDELINE
    later = path.read_text("utf-8").replace("value: 20 mg/L", "value: 60 mg/L")
    path.write_text(later.replace("version: 2024.0.0", "version: 2025.1.0"), "utf-8")
    clone.commit("Later")
    origin.write({"README.md": "what others did since"})
    origin.commit("Something else")
    clone.git("fetch", "--quiet", "origin")
    environment = {**CLEAN, "GITHUB_BASE_REF": "main"}
    found, outputs, summary = ran(tmp_path, clone.root, environment, project="project")
    assert (outputs["verdict"], outputs["exit-code"]) == ("BLOCKED", str(found.returncode)), found.stderr
    assert found.returncode in (1, 5)
    comment = (tmp_path / "temp" / "redflag-reports" / "comment.md").read_text("utf-8")
    assert comment.startswith("<!-- redflag-kit:gate -->\n")
    assert summary == comment
    assert f"::error file=project/{GUIDELINE},line=" in found.stdout
    (run,) = json.loads((tmp_path / "temp" / "redflag-reports" / "report.sarif").read_text("utf-8"))["runs"]
    assert "recommendation-lost" in {one["ruleId"] for one in run["results"] if one["level"] == "error"}


def test_a_push_without_a_state_before_has_nothing_to_compare_with(tmp_path, workspace):
    found, outputs, _ = ran(tmp_path, workspace, {"BEFORE": "0" * 40}, project="project")
    assert "::error title=redflag::there is nothing to compare with" in found.stdout
    assert (found.returncode, outputs["verdict"]) == (2, "refused")
