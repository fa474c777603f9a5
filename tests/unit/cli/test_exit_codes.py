"""Every way to end: exit code, what is on which stream, and the envelope."""

import json
from pathlib import Path

import pytest

from redflag_kit.cli import run as cli_run
from redflag_kit.logic.budget import BudgetExceeded
from tests.unit.cli.command_lines import GUIDELINE, base_project, run

FINE = [
    ("check",),
    ("test",),
    ("show", "clinic"),
    ("explain", "clinic@2024", "--vignette", "V1"),
    ("compare", "V1"),
    ("diff", "clinic@2024", "clinic@2025"),
]


@pytest.fixture
def project(tmp_path, monkeypatch):
    folder = base_project(tmp_path)
    monkeypatch.chdir(folder)
    return folder


def edit(project, name, old, new):
    path = project / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("command", FINE, ids=lambda command: command[0])
def test_a_sound_project_ends_with_0_and_nothing_on_stderr(project, capsys, command):
    ran = run(capsys, *command)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out


@pytest.mark.parametrize("command", FINE, ids=lambda command: command[0])
def test_the_envelope_names_command_status_and_exit_code(project, capsys, command):
    result = json.loads(run(capsys, *command, "--format", "json").out)
    assert (result["schema"], result["command"]) == ("redflag/result/1", command[0])
    assert (result["status"], result["exit_code"]) == ("ok", 0)
    assert result[command[0]]


def test_a_failed_vignette_ends_with_1(project, capsys):
    edit(project, "vignettes/clinic.yaml", "mri: today", "mri: this_week")
    ran = run(capsys, "test")
    assert ran.code == 1
    assert "✘ V1 failed" in ran.out
    assert ran.err == ""


def test_a_warning_ends_with_1_only_if_asked(project, capsys):
    edit(project, GUIDELINE, "{age_years: at_least adult}", "{age_years: at_least 18 a}")
    assert run(capsys, "check").code == 0
    ran = run(capsys, "check", "--fail-on", "warning", "--format", "json")
    assert (ran.code, json.loads(ran.out)["status"]) == (1, "findings")
    assert run(capsys, "test", "--fail-on", "warning").code == 1


def test_a_case_that_contradicts_itself_ends_with_1(project, capsys):
    ran = run(capsys, "explain", "clinic", "age_years=40", "fever=absent", "body_temp_c=39.5")
    assert ran.code == 1
    assert "RF401" in ran.err


def test_a_change_ends_with_1_only_if_asked(project, capsys):
    assert run(capsys, "diff", "clinic@2024", "clinic@2025").code == 0
    assert run(capsys, "diff", "clinic@2024", "clinic@2025", "--exit-code").code == 1
    assert run(capsys, "diff", "clinic@2024", "clinic@2024", "--exit-code").code == 0


WRONG = [
    ("chek",),
    ("--frobnicate",),
    ("check", "--frobnicate"),
    ("check", "--fail-on", "never"),
    ("check", "--color", "sometimes"),
    ("check", "--format", "docx"),
    ("checks", "--format", "html"),
    ("check", "--report", "report.html"),
    ("check", "--report", "html=no/such/folder/report.html"),
    ("check", "--report", "json=vignettes"),
    ("check", "--report", "json=a.json", "--report", "text=a.json"),
    ("show",),
    ("show", "clinic", "clinic"),
    ("explain", "clinic"),
    ("explain", "clinic", "fever"),
    ("explain", "clinic", "fever=yes"),
    ("explain", "clinic", "fevr=present"),
    ("explain", "clinic", "fever=present", "fever=absent"),
    ("compare", "fever=present", "fever=absent"),
    ("compare", "V1", "--vignette", "V2"),
    ("compare", "V1", "V2", "fever=present"),
    ("compare", "-k", "V", "--unmentioned", "absent"),
    ("compare", "V1", "--at", "2018"),
    ("show", "clinic@2024", "--at", "2025-01-01"),
    ("explain", "clinic", "--vignette", "V1", "--at", "yesterday"),
    ("schema",),
    ("schema", "guidelin"),
    ("schema", "--write", "no/such/folder"),
    ("completion", "tcsh"),
]


@pytest.mark.parametrize("command", WRONG, ids=" ".join)
def test_wrong_usage_ends_with_2_and_says_so_in_one_line_and_a_hint(project, capsys, command):
    ran = run(capsys, *command)
    assert (ran.code, ran.out) == (2, "")
    lines = ran.err.splitlines()
    assert lines[0].startswith("redflag: ")
    assert len(lines) == 2
    assert lines[1].startswith("hint: ")


JSON_CAPABLE = [one for one in WRONG if one[0] in ("check", "show", "explain") and "--format" not in one]


@pytest.mark.parametrize("command", JSON_CAPABLE, ids=" ".join)
def test_wrong_usage_gives_the_envelope_where_json_is_asked_for(project, capsys, command):
    ran = run(capsys, *command, "--format", "json")
    result = json.loads(ran.out)
    assert ran.code == 2
    assert (result["command"], result["status"], result["exit_code"]) == (command[0], "usage", 2)
    assert result["summary"]["message"] in ran.err


NOT_LOADED = [
    ("show", "clinik"),
    ("show", "clinic@1999"),
    ("diff", "clinic@2024", "clinic@1999"),
    ("explain", "clinic", "--vignette", "V99"),
    ("compare", "V99"),
    ("test", "-k", "nothing-like-this"),
    ("test", "--guideline", "clinic@1999"),
    ("check", "no-such-file.yaml"),
    ("check", "--project", "no-such-folder"),
    ("check", "--project", "vignettes"),
    ("report", "no-such-file.json"),
    ("checks", "RF999"),
]


@pytest.mark.parametrize("command", NOT_LOADED, ids=" ".join)
def test_what_is_not_there_ends_with_3(project, capsys, command):
    ran = run(capsys, *command)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("redflag: ")
    result = json.loads(run(capsys, *command, "--format=json").out)
    assert (result["status"], result["exit_code"]) == ("not_loaded", 3)


def test_a_folder_without_a_project_ends_with_3(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for command in FINE:
        assert run(capsys, *command).code == 3


def test_a_sound_project_without_a_guideline_is_no_pass(project, capsys):
    for edition in (project / GUIDELINE).parent.iterdir():
        edition.unlink()
    (project / "vignettes" / "clinic.yaml").unlink()
    ran = run(capsys, "check")
    assert (ran.code, ran.out) == (3, "")
    assert "the project has no guideline" in ran.err
    assert run(capsys, "check", project / "guidelines" / "back_pain" / "vocabulary.yaml").code == 0


def test_a_project_is_found_from_any_folder_below_it(project, capsys, monkeypatch):
    monkeypatch.chdir(project / "guidelines" / "back_pain")
    assert run(capsys, "check").code == 0


def test_a_path_leads_to_its_project(project, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "check", project / GUIDELINE).code == 0
    assert run(capsys, "check", project / "vignettes").code == 0


def test_our_own_fault_ends_with_70_one_line_and_a_file(project, capsys, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("on\npurpose")

    monkeypatch.setattr("redflag_kit.workflow.check.check", broken)
    ran = run(capsys, "check")
    assert (ran.code, ran.out) == (70, "")
    assert "RF901" in ran.err
    assert len(ran.err.splitlines()) == 2
    path = ran.err.splitlines()[0].rpartition(" ")[2]
    assert "Traceback" in Path(path).read_text("utf-8")
    result = json.loads(run(capsys, "check", "-f", "json").out)
    assert (result["status"], result["exit_code"]) == ("internal", 70)


def test_a_table_too_large_for_any_answer_is_not_decided_and_no_fault(project, capsys, monkeypatch):
    def too_large(*_):
        raise BudgetExceeded("the making of a region", "4 nodes")

    monkeypatch.setattr("redflag_kit.workflow.trace.trace", too_large)
    ran = run(capsys, "trace")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith("redflag: not decided: the making of a region needs more than 4 nodes\nhint: ")
    result = json.loads(run(capsys, "trace", "-f", "json").out)
    assert (result["status"], result["exit_code"]) == ("undecided", 4)


def test_interruption_ends_with_130_and_without_a_word(project, capsys, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli_run, "_answered", interrupted)
    ran = run(capsys, "check")
    assert (ran.code, ran.out, ran.err) == (130, "", "")


def test_options_may_stand_before_the_command(project, capsys):
    ran = run(capsys, "--format", "json", "check")
    assert json.loads(ran.out)["command"] == "check"


def test_a_vignette_and_findings_go_together_in_any_order(project, capsys):
    ran = run(capsys, "explain", "clinic", "--vignette", "V1", "fever=present", "-f", "json")
    case = json.loads(ran.out)["explain"]["case"]
    assert (case["fever"], case["numb_saddle"]) == ("present", "present")


def test_unmentioned_findings_are_taken_as_the_option_says(project, capsys):
    def undecided(*more):
        result = json.loads(run(capsys, "explain", "clinic", "--vignette", "V1", "-f", "json", *more).out)
        return len(result["explain"]["ask_next"])

    assert undecided("--unmentioned", "unknown") > undecided()
    assert undecided("--unmentioned", "absent") == undecided()


def test_faults_elsewhere_in_the_project_are_told_on_stderr(project, capsys):
    edit(project, GUIDELINE, "title: A high score", "titel: A high score")
    ran = run(capsys, "show", "clinic@2025")
    assert ran.code == 0
    assert ran.err == "note: 1 error in 1 file of the project; redflag check shows it\n"
    assert run(capsys, "show", "clinic@2025", "--quiet").err == ""
