"""The catalogue: every code has a page that says what, why and what to do."""

import json

import pytest

from redflag_kit.diagnostics import codes
from redflag_kit.workflow.checks import checks
from tests.unit.cli.command_lines import ROOT, run

PAGES = ROOT / "redflag_kit" / "diagnostics" / "pages"


def entries():
    body = checks().body
    assert isinstance(body, dict)
    return {entry["id"]: entry for entry in body["entries"]}


@pytest.mark.parametrize("code", codes.ALL, ids=lambda code: code.id)
def test_every_code_has_a_page_of_what_why_and_do(code):
    page = entries()[code.id]
    for part in ("what", "why", "do"):
        assert page[part].endswith(".")
        assert len(page[part]) > 20


def test_every_page_belongs_to_a_code():
    heads = [
        line[3:] for path in PAGES.glob("*.md") for line in path.read_text("utf-8").splitlines() if line[:3] == "## "
    ]
    assert sorted(heads) == [code.id for code in codes.ALL]


@pytest.mark.parametrize("name", ["RF301", "rf301", "gap"])
def test_an_entry_is_found_by_id_and_by_name(name, capsys):
    ran = run(capsys, "checks", name)
    assert ran.code == 0
    assert ran.out.startswith("RF301 gap (error)")


def test_a_name_that_is_nearly_right_gets_a_hint(capsys):
    assert "did you mean `conflicting-outputs`?" in run(capsys, "checks", "conflicting-output").err


def test_the_catalogue_lists_every_code_within_80_columns(capsys):
    out = run(capsys, "checks").out
    assert [code.id for code in codes.ALL if f"  {code.id} " not in out] == []
    assert [line for line in out.splitlines() if len(line) > 80] == []


def test_the_catalogue_in_the_documentation_is_current(capsys):
    made = run(capsys, "checks", "--format", "markdown").out
    path = ROOT / "docs" / "checks" / "README.md"
    assert path.read_text("utf-8") == made, f"run: redflag checks --quiet --report markdown={path.relative_to(ROOT)}"


def test_examples_survive_as_written():
    assert entries()["RF107"]["example"].startswith("when: {all: [fevre, iv_drug_use]}     # wrong\n")


def test_the_json_has_the_page(capsys):
    result = json.loads(run(capsys, "checks", "RF010", "-f", "json").out)
    assert result["checks"]["entries"][0]["name"] == "duplicate-key"
