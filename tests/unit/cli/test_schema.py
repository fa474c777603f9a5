"""JSON Schemas: current, and true of what ships and of what commands write."""

import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from redflag_kit.source.nodes import plain
from redflag_kit.source.reader import read_file
from redflag_kit.workflow.schema import NAMES, schema_text
from tests.unit.cli.command_lines import BASE, ROOT, base_project, run

SCHEMAS = ROOT / "redflag_kit" / "schemas"
FILES = sorted(
    p for root in (ROOT, BASE) for part in ("guidelines", "vignettes") for p in (root / part).rglob("*.yaml")
)


def validator(name):
    return jsonschema.Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text("utf-8")))


def with_floats(value):
    if isinstance(value, dict):
        return {key: with_floats(one) for key, one in value.items()}
    if isinstance(value, list):
        return [with_floats(one) for one in value]
    return float(value) if isinstance(value, Decimal) else value


def document(path):
    node, _ = read_file(path, path.parent)
    assert node is not None
    return with_floats(plain(node))


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_schema_is_what_would_be_made_now(name, capsys):
    shipped = (SCHEMAS / f"{name}.json").read_text("utf-8")
    assert schema_text(name) == shipped, "run: redflag schema --write redflag_kit/schemas"
    assert run(capsys, "schema", name).out == shipped


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_a_schema(name):
    jsonschema.Draft202012Validator.check_schema(json.loads((SCHEMAS / f"{name}.json").read_text("utf-8")))


def test_no_other_file_lies_among_the_schemas():
    assert sorted(path.stem for path in SCHEMAS.glob("*.json")) == sorted(NAMES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_authored_file_follows_its_schema(path):
    found = document(path)
    kind = found["schema"].split("/")[1]
    assert [error.message for error in validator(kind).iter_errors(found)] == []


def condition_errors(condition):
    guideline = document(BASE / "guidelines/back_pain/clinic/2024.yaml")
    guideline["scope"] = condition
    return list(validator("guideline").iter_errors(guideline))


@pytest.mark.parametrize(
    "condition",
    [
        "fever",
        "always",
        {"fever": "absent"},
        {"age_years": "above adult", "fever": "present"},
        {"age_years": ["1 a to 2 a", "at_least 50 a"]},
        {"score": 3},
        {"all": ["fever", {"any": ["cough", {"not": "chills"}]}]},
        {"at_least": {"n": 2, "of": ["a", "b", "c"]}},
    ],
    ids=str,
)
def test_the_schema_takes_the_conditions_of_the_language(condition):
    assert condition_errors(condition) == []


@pytest.mark.parametrize(
    "condition",
    [
        [],
        {},
        5,
        "Fever?",
        {"all": "fever"},
        {"any": []},
        {"at_least": {"n": 2}},
        {"at_least": {"n": 0, "of": ["a"]}},
        {"fever": {"is": "present"}},
        {"fever": []},
        {"fever": True},
    ],
    ids=str,
)
def test_the_schema_refuses_what_is_no_condition(condition):
    assert condition_errors(condition)


@pytest.mark.parametrize(
    ("expected", "fine"),
    [
        ("out_of_scope", True),
        ({"mri": "today", "suspected": ["infection"], "xray": {"may": ["today", "silent"]}}, True),
        ({"suspected": {"must": [], "may": ["infection"]}}, True),
        ("perhaps", False),
        ({"mri": {"perhaps": ["today"]}}, False),
        ({"mri": 5}, False),
    ],
)
def test_the_schema_knows_what_can_be_expected(expected, fine):
    found = document(BASE / "vignettes/clinic.yaml")
    found["vignettes"][0]["expect"]["clinic@2024"] = {"outcomes": expected}
    assert (list(validator("vignettes").iter_errors(found)) == []) is fine


COMMANDS = [
    ("check",),
    ("check", "no-such-file"),
    ("check", "--frobnicate"),
    ("test",),
    ("show", "clinic"),
    ("explain", "clinic", "--vignette", "V1"),
    ("explain", "clinic", "age_years=40", "fever=absent", "body_temp_c=39.5"),
    ("compare", "V1"),
    ("diff", "clinic@2024", "clinic@2025"),
    ("mutate", "clinic@2024"),
    ("checks",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_result_follows_the_schema_of_results(command, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(base_project(tmp_path))
    result = json.loads(run(capsys, *command, "--format", "json").out)
    assert [error.message for error in validator("result").iter_errors(result)] == []


def test_the_diff_of_shipped_editions_follows_the_schema(capsys):
    result = json.loads(run(capsys, "diff", "acp@2007", "acp@2011", "-f", "json", "--project", ROOT).out)
    assert [error.message for error in validator("result").iter_errors(result)] == []


def test_schemas_are_listed_and_written(tmp_path, capsys):
    assert [line.split()[0] for line in run(capsys, "schema", "--list").out.splitlines()] == list(NAMES)
    assert run(capsys, "schema", "--write", tmp_path).code == 0
    assert {path.name: path.read_text("utf-8") for path in Path(tmp_path).iterdir()} == {
        path.name: path.read_text("utf-8") for path in SCHEMAS.glob("*.json")
    }
