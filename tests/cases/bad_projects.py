"""Bad projects: the base project, spoilt as a case says, run through the real command line.

A case is a folder of `bad/` with `case.yaml`: `what` is wrong, the `command` to run, texts to `edit` (`find` occurs
exactly once and becomes `write`), files to `add` or `remove`. What a text file cannot hold is made by `made.py`.
`expected.yaml` is what comes out; `REDFLAG_ACCEPT=1 pytest tests/cases/test_bad.py` rewrites it, `git diff` reviews it.
"""

import json
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

from redflag_kit.__main__ import main

HERE = Path(__file__).parent
BAD = HERE / "bad"
ACCEPT = os.environ.get("REDFLAG_ACCEPT") == "1"
GUIDELINE = "guidelines/back_pain/clinic/2024.yaml"
VOCABULARY = "guidelines/back_pain/vocabulary.yaml"
PROPERTIES = "guidelines/back_pain/properties.yaml"
HAZARDS = "guidelines/back_pain/hazards.yaml"
CLAIMS = "guidelines/back_pain/claims.yaml"
SOURCES = "guidelines/back_pain/sources.yaml"
MUTANTS = "guidelines/back_pain/clinic/mutants.yaml"
RECORD = "guidelines/back_pain/clinic/approvals/record.yaml"
VIGNETTES = "vignettes/clinic.yaml"


@dataclass(frozen=True)
class Run:
    """What a command line came to. `seconds` is processor time."""

    exit_code: int
    out: str
    err: str
    seconds: float

    @property
    def outcome(self):
        """Return exit code and diagnostics as `expected.yaml` has them."""
        result = json.loads(self.out)
        outcome = {"exit_code": self.exit_code}
        if not result["diagnostics"] and result["summary"].get("message"):
            outcome["refused"] = result["summary"]["message"]
            outcome["help"] = result["summary"]["hint"]
        return outcome | {"diagnostics": [_shown(one) for one in result["diagnostics"]]}


def _shown(one):
    shown = {"code": f"{one['code']} {one['name']}", "at": _place(one), "message": one["message"]}
    if one["help"]:
        shown["help"] = one["help"]
    if one["related"]:
        shown["also"] = [f"{_place(note)} {note['message']}" for note in one["related"]]
    if one["witness"]:
        shown["patient"] = one["witness"]["text"]
    if one["waived"]:
        shown["waived"] = one["waived"]
    return shown


def _place(one):
    return f"{one['file']}:{one['line']}:{one['column']}"


def cases():
    """Return the names of all cases, sorted."""
    return sorted(path.parent.name for path in BAD.glob("*/case.yaml"))


def case_of(name):
    """Return what a case says."""
    return yaml.safe_load((BAD / name / "case.yaml").read_text("utf-8"))


def build(case, folder):
    """Copy the base project into a folder and spoil it as a case says."""
    project = folder / "project"
    shutil.copytree(HERE / "base", project)
    for name in case.get("remove", ()):
        path = project / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, edits in case.get("edit", {}).items():
        path = project / name
        text = path.read_text("utf-8")
        for edit in edits:
            assert text.count(edit["find"]) == 1, f"{edit['find']!r} must occur once in {name}"
            text = text.replace(edit["find"], edit["write"])
        path.write_text(text, "utf-8")
    for name, text in case.get("add", {}).items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return project


def run(project, capsys, *arguments):
    """Run a command line in this process; the project is named as it is seen from the folder it lies in."""
    capsys.readouterr()
    began = time.process_time()
    code = main([*arguments, "--project", project.name])
    seconds = time.process_time() - began
    shown = capsys.readouterr()
    return Run(code, shown.out, shown.err, seconds)


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)


def expected_of(name):
    """Return what a case is expected to come to, or nothing."""
    path = BAD / name / "expected.yaml"
    return yaml.safe_load(path.read_text("utf-8")) if path.exists() else None


def accept(name, outcome):
    """Write what came out as what is expected from now on."""
    text = yaml.dump(outcome, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=4096)
    (BAD / name / "expected.yaml").write_text(text, "utf-8")
