"""Bad input: every fault is told with the right place and words, nothing breaks, and nothing takes long."""

import re

import pytest
import yaml

from redflag_kit.__main__ import main
from redflag_kit.diagnostics import codes
from tests.cases.bad_projects import ACCEPT, BAD, accept, build, case_of, cases, expected_of, run
from tests.cases.made import MAKERS

CASES = cases()
SECONDS = 5  # a bound on harm, not a benchmark: no input may keep the command line busy
# Found by other commands than `check` and `test`, or by none unless the kit itself is at fault.
ELSEWHERE = {"RF203", "RF312", "RF321", "RF501", "RF502", "RF901", "RF902"}
# Found between two states of a project, by `redflag approve verify --against` and the gate.
ELSEWHERE |= {"RF527", "RF528"}
# Found in the settings of the gate, which it alone reads; see tests/unit/gate/test_settings.py.
ELSEWHERE |= {"RF530", "RF531", "RF532", "RF533"}
# Found by `redflag mutate`, which alone makes mutants; see tests/unit/workflow/test_mutate.py.
ELSEWHERE |= {"RF540", "RF542"}
# Found with `redflag test --coverage --fail-under`; see tests/unit/workflow/test_coverage.py.
ELSEWHERE |= {"RF550"}
# Found in decision models in DMN; each has a sample in tests/cases/bad_dmn.
ELSEWHERE |= {code.id for code in codes.ALL if "RF060" <= code.id <= "RF079"} | {"RF083"}
# Found by `redflag import`; see test_import.py and test_round_trip.py in tests/unit/dmn.
ELSEWHERE |= {"RF080", "RF081", "RF082"}
PYTHON = re.compile(r"Traceback|NoneType|\b(dict|str|int|bool|None|True|False|Decimal|pydantic|Doc)\b|<class")


@pytest.fixture(scope="module", autouse=True)
def _imports_are_loaded(tmp_path_factory):
    """Load the package by running a sound project: that time is not what the bound is about."""
    project = build({}, tmp_path_factory.mktemp("sound"))
    for command in ("check", "test"):
        assert main([command, "--project", str(project), "--fail-on", "info"]) == 0


@pytest.mark.parametrize("name", CASES)
def test_a_bad_project_is_reported_as_expected(name, tmp_path, capsys, monkeypatch):
    case = case_of(name)
    project = build(case, tmp_path)
    if name in MAKERS:
        MAKERS[name](project, monkeypatch)
    monkeypatch.chdir(tmp_path)
    command = case.get("command", "check")
    page = tmp_path / "shown.txt"
    found = run(project, capsys, command, "--format", "json", "--report", f"text={page}")
    assert "Traceback" not in found.out + found.err
    assert found.seconds < SECONDS
    if page.exists():
        assert "Traceback" not in page.read_text("utf-8")
    else:  # a refusal is no report
        shown = run(project, capsys, command)
        assert "Traceback" not in shown.out + shown.err
        assert (shown.exit_code, shown.out) == (found.exit_code, "")
    if ACCEPT:
        accept(name, found.outcome)
    assert found.outcome == expected_of(name)


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_told_in_an_authors_words(name):
    expected = expected_of(name)
    assert expected["exit_code"] in (0, 1, 3)
    texts = [one.get(key, "") for one in expected["diagnostics"] for key in ("message", "help")]
    for text in (*texts, expected.get("refused", ""), expected.get("help", "")):
        said = re.sub("`[^`]*`", "`...`", text)
        assert not re.search("[.!]$", said)
        assert said[:1] == said[:1].lower()
        assert not PYTHON.search(said)
    assert all(one.get("help") for one in expected["diagnostics"])


@pytest.mark.parametrize("name", CASES)
def test_a_case_has_a_fault_or_says_that_it_has_none(name):
    expected = expected_of(name)
    told = bool(expected["diagnostics"]) or "refused" in expected
    assert told is not case_of(name)["what"].endswith(("no fault", "no part of the project"))


def test_every_maker_has_a_case():
    assert set(MAKERS) <= set(CASES)


def test_every_code_that_check_and_test_can_give_has_a_case():
    told = {one["code"] for name in CASES for one in expected_of(name)["diagnostics"]}
    wanted = {f"{code.id} {code.name}" for code in codes.ALL if code.id not in ELSEWHERE}
    assert sorted(wanted - told) == []


def test_a_case_names_no_other_file_than_its_two():
    assert {path.name for path in BAD.glob("*/*")} == {"case.yaml", "expected.yaml"}
    assert all(set(yaml.safe_load(path.read_text("utf-8"))) >= {"what"} for path in BAD.glob("*/case.yaml"))
