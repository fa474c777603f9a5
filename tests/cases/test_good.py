"""Good projects: what people see, word for word.

A case is a folder of `good/` with `case.yaml`: the `command`, and what to change in the base project, as in `bad/`;
`copies` adds a file made from another one (`of`), with texts to `edit`. `expected.txt` holds what comes out and the
exit code; `REDFLAG_ACCEPT=1 pytest tests/cases/test_good.py` rewrites it, `git diff` reviews it.
"""

import shlex
from pathlib import Path

import pytest
import yaml

from redflag_kit.__main__ import main
from tests.cases.bad_projects import ACCEPT, build

GOOD = Path(__file__).parent / "good"
CASES = sorted(path.parent.name for path in GOOD.glob("*/case.yaml"))


def project_of(case, folder):
    project = build(case, folder)
    for name, copy in case.get("copies", {}).items():
        text = (project / copy["of"]).read_text("utf-8")
        for edit in copy.get("edit", ()):
            assert text.count(edit["find"]) == 1, f"{edit['find']!r} must occur once"
            text = text.replace(edit["find"], edit["write"])
        (project / name).write_text(text, "utf-8")
    return project


def test_there_are_cases():
    assert CASES


@pytest.mark.parametrize("name", CASES)
def test_a_command_prints_what_is_expected(name, tmp_path, capsys, monkeypatch):
    case = yaml.safe_load((GOOD / name / "case.yaml").read_text("utf-8"))
    monkeypatch.chdir(project_of(case, tmp_path))
    code = main(shlex.split(case["command"]))
    shown = capsys.readouterr()
    errors = f"\n--- stderr\n{shown.err}" if shown.err else ""
    text = f"$ redflag {case['command']}\n{shown.out}{errors}\n--- exit code {code}\n"
    path = GOOD / name / "expected.txt"
    if ACCEPT:
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")
    assert [line for line in text.splitlines()[1:] if len(line) > 80] == []
