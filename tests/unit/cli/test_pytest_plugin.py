"""The pytest plugin, as users meet it: in a pytest of its own."""

import os
import subprocess
import sys
from importlib.metadata import entry_points

import pytest

from redflag_kit import pytest_plugin
from tests.unit.cli.command_lines import ROOT, base_project

INSTALLED = any(one.name == "redflag" for one in entry_points(group="pytest11"))
LOAD = ("-p", "redflag" if INSTALLED else "redflag_kit.pytest_plugin")


def pytest_in(folder, *arguments):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", "--rootdir", str(folder), *arguments]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    return ran.returncode, ran.stdout + ran.stderr


def test_vignettes_are_collected_one_item_for_each_guideline(tmp_path):
    code, out = pytest_in(base_project(tmp_path), *LOAD)
    assert code == 0
    assert "PASSED vignettes/clinic.yaml::V1::clinic@2024" in out
    assert "PASSED vignettes/clinic.yaml::V2::clinic@2024" in out


def test_a_failure_is_told_in_plain_words(tmp_path):
    project = base_project(tmp_path)
    path = project / "vignettes" / "clinic.yaml"
    path.write_text(path.read_text("utf-8").replace("mri: today", "mri: this_week"), "utf-8")
    code, out = pytest_in(project, *LOAD)
    assert code == 1
    assert "expected  this_week" in out
    assert "redflag explain clinic@2024.0.0 --vignette V1" in out
    assert "Traceback" not in out
    assert "runtest" not in out


def test_a_file_that_cannot_be_read_fails(tmp_path):
    project = base_project(tmp_path)
    path = project / "vignettes" / "clinic.yaml"
    path.write_text(path.read_text("utf-8").replace("narrative: A boy", "story: A boy"), "utf-8")
    code, out = pytest_in(project, *LOAD)
    assert code == 1
    assert "RF102" in out


def test_a_vignette_that_expects_nothing_yet_fails(tmp_path):
    project = base_project(tmp_path)
    path = project / "vignettes" / "todo.yaml"
    path.write_text(
        "schema: redflag/vignettes/1\nvocabulary: back_pain\nvignettes:\n"
        "  - {id: T1, title: To do, narrative: Nobody., findings: {age_years: 40 a}, expect: TODO}\n",
        "utf-8",
    )
    code, out = pytest_in(project, *LOAD, "vignettes/todo.yaml")
    assert code == 1
    assert "still waits for its expected outcomes" in out


def test_a_guideline_that_is_not_there_fails(tmp_path):
    project = base_project(tmp_path)
    path = project / "vignettes" / "clinic.yaml"
    path.write_text(path.read_text("utf-8").replace("clinic@2024: {outcomes", "clinic@1999: {outcomes"), "utf-8")
    code, out = pytest_in(project, *LOAD)
    assert code == 1
    assert "FAILED vignettes/clinic.yaml::V2::clinic@1999" in out
    assert "PASSED vignettes/clinic.yaml::V1::clinic@2024" in out


def test_it_can_be_switched_off(tmp_path):
    code, _ = pytest_in(base_project(tmp_path), "-p", "no:redflag", "-p", "no:redflag_kit.pytest_plugin")
    assert code == 5  # nothing was collected


@pytest.mark.parametrize("folder", ["vignettes", "tests/vignettes", "data"])
def test_foreign_yaml_files_are_left_alone(tmp_path, folder):
    (tmp_path / "guidelines").mkdir()
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "data.yaml").write_text("schema: other/thing/1\nvignettes: [not, ours]\n", "utf-8")
    (tmp_path / "test_own.py").write_text("def test_own():\n    pass\n", "utf-8")
    code, out = pytest_in(tmp_path, *LOAD)
    assert code == 0
    assert "1 passed" in out


def test_importing_it_loads_nothing_of_ours():
    code = (
        "import sys, redflag_kit.pytest_plugin; "
        "print(*[n for n in sys.modules if n.startswith('redflag_kit.') and n != 'redflag_kit.pytest_plugin'])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert ran.stdout.strip() == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"# a comment\nschema: redflag/vignettes/1\n", True),
        (b'schema: "redflag/vignettes/1"   # quoted\n', True),
        (b"schema: redflag/vignettes/2\n", False),
        (b"  schema: redflag/vignettes/1\n", False),
        (b"", False),
        (b"\xff\xfe\n", False),
    ],
)
def test_a_vignette_file_is_told_by_its_schema(tmp_path, text, expected):
    path = tmp_path / "file.yaml"
    path.write_bytes(text)
    assert pytest_plugin.says_vignettes(path) is expected


def test_a_file_that_is_gone_or_too_large_is_no_vignette_file(tmp_path):
    assert pytest_plugin.says_vignettes(tmp_path / "gone.yaml") is False
    large = tmp_path / "large.yaml"
    with large.open("wb") as stream:
        stream.truncate(pytest_plugin.LARGEST + 1)
    assert pytest_plugin.says_vignettes(large) is False
