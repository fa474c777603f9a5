"""`redflag import`: files of a project, or diagnostics and no file."""

import json

import jsonschema

from tests.unit.cli.command_lines import BASE, ROOT, run
from tests.unit.dmn import written


def model(capsys, folder):
    path = folder / "clinic.dmn"
    assert run(capsys, "export", "clinic", "--to", "dmn", "--project", BASE, "-o", path).code == 0
    return path


def test_an_imported_project_passes_its_check(capsys, tmp_path):
    path = model(capsys, tmp_path)
    ran = run(capsys, "import", path, "--from", "dmn", "-o", tmp_path)
    assert ran.code == 0
    assert f"{tmp_path.as_posix()}/guidelines/back_pain/vocabulary.yaml" in "".join(ran.out.split())
    assert run(capsys, "check", "--project", tmp_path).code == 0


def test_without_a_folder_the_files_go_to_stdout(capsys, tmp_path):
    ran = run(capsys, "import", model(capsys, tmp_path), "--from", "dmn")
    assert ran.code == 0
    assert ran.out.startswith("# guidelines/back_pain/vocabulary.yaml\n")


def test_files_that_are_there_are_not_overwritten(capsys, tmp_path):
    path = model(capsys, tmp_path)
    run(capsys, "import", path, "--from", "dmn", "-o", tmp_path)
    ran = run(capsys, "import", path, "--from", "dmn", "-o", tmp_path)
    assert ran.code == 2
    assert "is there already" in ran.err


def test_a_refusal_writes_nothing_and_exits_with_1(capsys, tmp_path):
    path = model(capsys, tmp_path)
    path.write_text(path.read_text("utf-8").replace("<text>true</text>", "<text>false</text>", 1), "utf-8")
    ran = run(capsys, "import", path, "--from", "dmn", "-o", tmp_path, "--format", "json")
    assert ran.code == 1
    assert json.loads(ran.out)["import"]["files"] == []
    assert not (tmp_path / "guidelines").exists()


def test_a_file_that_is_not_there_is_not_loaded(capsys, tmp_path):
    assert run(capsys, "import", tmp_path / "none.dmn", "--from", "dmn").code == 3


def test_wrong_choices_are_wrong_usage(capsys, tmp_path):
    path = model(capsys, tmp_path)
    for wrong in ("--step=Age", "--step=Age=0", "--range=Age=5..1", "--range=Age"):
        assert run(capsys, "import", path, "--from", "dmn", wrong).code == 2
    assert run(capsys, "import", path, "--from", "dmn", "-o", tmp_path / "none").code == 2


def test_a_result_follows_the_schema_of_results(capsys, tmp_path):
    ran = run(capsys, "import", model(capsys, tmp_path), "--from", "dmn", "--format", "json")
    schema = json.loads((ROOT / "redflag_kit" / "schemas" / "result.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(ran.out))


def test_the_name_of_the_folder_is_not_written_into_the_guideline(capsys, tmp_path):
    path = tmp_path / "foreign.dmn"
    path.write_bytes(written.model(written.decision("Alarm", "boolean", written.literal("Fever"), ("i:Fever",))))
    ran = run(capsys, "import", path, "--from", "dmn")
    assert ran.code == 0
    assert "imported from foreign.dmn, DMN 1.5" in ran.out
    assert str(tmp_path) not in ran.out
