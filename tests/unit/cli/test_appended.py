"""Reports that are appended to a file that others write to as well, and formats that no file can carry."""

import pytest

from tests.unit.cli.command_lines import base_project, run


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return base_project(tmp_path_factory.mktemp("appended"))


def checked(capsys, project, *arguments):
    return run(capsys, "check", "--project", project, *arguments)


def test_a_report_is_appended_to_what_others_wrote(project, capsys, tmp_path):
    path = tmp_path / "summary.md"
    path.write_text("# Build\n", "utf-8")
    assert checked(capsys, project, "--report", f"markdown+={path}").code == 0
    assert checked(capsys, project, "--report", f"markdown+={path}").code == 0
    assert checked(capsys, project, "--report", f"markdown={tmp_path / 'alone.md'}").code == 0
    alone = (tmp_path / "alone.md").read_text("utf-8")
    assert path.read_text("utf-8") == f"# Build\n\n{alone}\n{alone}"


def test_a_report_is_appended_to_a_file_that_is_not_there_yet(project, capsys, tmp_path):
    assert checked(capsys, project, "--report", f"markdown+={tmp_path / 'new.md'}").code == 0
    assert (tmp_path / "new.md").read_text("utf-8").startswith("# ")


def test_a_file_that_would_grow_too_long_is_left_alone_and_the_verdict_counts(project, capsys, tmp_path):
    path = tmp_path / "summary.md"
    path.write_text("x" * (1024 * 1024 - 10), "utf-8")
    ran = checked(capsys, project, "--report", f"markdown+={path}")
    assert (ran.code, path.stat().st_size) == (0, 1024 * 1024 - 10)
    assert f"note: nothing was appended to {path}: it would hold more than 1 MiB" in ran.err


def test_a_file_that_is_no_text_is_refused(project, capsys, tmp_path):
    path = tmp_path / "summary.md"
    path.write_bytes(b"\xff\xfe")
    ran = checked(capsys, project, "--report", f"markdown+={path}")
    assert (ran.code, path.read_bytes()) == (2, b"\xff\xfe")
    assert "holds no text that a report can be appended to" in ran.err


@pytest.mark.parametrize("form", ["json", "html", "sarif", "junit", "gitlab"])
def test_only_running_text_can_be_appended(project, capsys, tmp_path, form):
    ran = checked(capsys, project, "--report", f"{form}+={tmp_path / 'file'}")
    assert (ran.code, ran.err) == (
        2,
        f"redflag: nothing can be appended to a report in {form}\nhint: it works with text and markdown\n",
    )


def test_annotations_go_to_standard_output_only(project, capsys, tmp_path):
    ran = checked(capsys, project, "--report", f"github={tmp_path / 'file'}")
    assert (ran.code, ran.out) == (2, "")
    assert "annotations are read from standard output only\nhint: write -f github\n" in ran.err
    assert checked(capsys, project, "-f", "github").out == "redflag: check: Passed: no errors and no warnings\n"


@pytest.mark.parametrize("command", ["check", "test", "diff", "trace"])
def test_help_lists_the_formats_of_a_command(capsys, command):
    text = " ".join(run(capsys, command, "--help").out.split())
    assert "text, json, markdown, html, sarif, junit, github, gitlab (default: text)" in text


def test_a_refusal_is_annotated_and_not_only_logged(project, capsys):
    ran = checked(capsys, project, "-f", "github", "no\nwhere:%")
    assert ran.code == 3
    assert ran.out.startswith("::error title=redflag::there is no file `no\\nwhere:%25`")
    assert ran.out.count("\n") == 1
    assert ran.err.startswith("redflag: there is no file")
