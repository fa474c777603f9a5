"""`redflag export`: to stdout or into a file, whole or not at all."""

from tests.unit.cli.command_lines import BASE, run


def test_dmn_goes_to_stdout_and_nowhere_else(capsys):
    ran = run(capsys, "export", "clinic", "--to", "dmn", "--project", BASE)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<definitions ')


def test_a_file_gets_the_same_bytes(capsys, tmp_path):
    shown = run(capsys, "export", "clinic", "--to", "dmn", "--project", BASE).out
    ran = run(capsys, "export", "clinic", "--to", "dmn", "--project", BASE, "-o", tmp_path / "clinic.dmn")
    assert ran.code == 0
    assert (tmp_path / "clinic.dmn").read_text("utf-8") == shown


def test_an_older_edition_of_the_standard_can_be_asked_for(capsys):
    ran = run(capsys, "export", "clinic", "--to", "dmn", "--dmn-version", "1.3", "--project", BASE)
    assert "DMN/20191111/MODEL" in ran.out


def test_another_format_is_wrong_usage(capsys):
    assert run(capsys, "export", "clinic", "--to", "pdf", "--project", BASE).code == 2
    assert run(capsys, "export", "clinic", "--project", BASE).code == 2


def test_a_guideline_that_is_not_there_is_not_loaded(capsys):
    assert run(capsys, "export", "nothing", "--to", "dmn", "--project", BASE).code == 3


def test_a_folder_is_no_file_to_write(capsys, tmp_path):
    ran = run(capsys, "export", "clinic", "--to", "dmn", "--project", BASE, "-o", tmp_path)
    assert ran.code == 2
    assert "cannot be written" in ran.err
