"""Bad input: every fault is told with the right place and words, nothing breaks, and nothing takes long."""

import re

import pytest

from redflag_kit.diagnostics import codes
from tests.cases.bad_projects import ACCEPT, accept, build, case_of, cases, expected_of, run
from tests.cases.made import MAKERS

CASES = cases()
SECONDS = 2  # a bound on harm, not a benchmark: no input may keep the command line busy


@pytest.fixture(scope="module", autouse=True)
def _imports_are_loaded(tmp_path_factory):
    from redflag_kit.__main__ import main

    project = build({}, tmp_path_factory.mktemp("base"))
    for command in ("check", "test"):
        assert main([command, "--project", str(project), "--fail-on", "info"]) == 0


@pytest.mark.parametrize("name", CASES)
def test_a_bad_project_is_reported_as_expected(name, tmp_path, capsys, monkeypatch):
    case = case_of(name)
    project = build(case, tmp_path)
    if name in MAKERS:
        MAKERS[name](project, monkeypatch)
    command = case.get("command", "check")
    found = run(project, capsys, command, "--format", "json")
    shown = run(project, capsys, command)
    for one in (found, shown):
        assert "Traceback" not in one.out + one.err
        assert one.seconds < SECONDS
    assert shown.exit_code == found.exit_code
    if ACCEPT:
        accept(name, found.outcome)
    assert found.outcome == expected_of(name)
