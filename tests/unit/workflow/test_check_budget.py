"""What `check` says when a budget ends: which questions are open, what was established, and exit code 4."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.verification.as_guideline import write_project
from benchmarks.verification.stress_models import counting
from redflag_kit.analyse.answers import FAULTS
from redflag_kit.logic.budget import Budget
from redflag_kit.project.load import load_project
from redflag_kit.report.formats import render
from redflag_kit.report.json import to_json
from redflag_kit.results.check import CheckBody
from redflag_kit.results.envelope import Envelope
from redflag_kit.workflow.check import check

NOTHING_LEFT = Budget(seconds=0.0)
FEW_NODES = Budget(nodes=200)


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_project(counting(3, crossed=False, seed=1).compiled, tmp_path_factory.mktemp("hard"))


def checked(root: Path, budget: Budget) -> Envelope:
    return check(load_project(root), budget=budget)


def findings(found: Envelope) -> list[tuple[object, ...]]:
    assert isinstance(found.body, CheckBody)
    return [(one.code, one.rules, one.others, one.witness, one.region) for one in found.body.findings]


def test_no_time_at_all_leaves_every_question_about_faults_open_and_ends_in_exit_code_4(hard: Path) -> None:
    found = checked(hard, NOTHING_LEFT)
    assert (found.status, found.exit_code) == ("undecided", 4)
    assert [one.question for one in found.not_decided] == [f"{one} of generated@1.0.0" for one in FAULTS]
    assert {one.established for one in found.not_decided} == {"none found so far; decided: nothing else"}
    assert [one.code.id for one in found.diagnostics] == ["RF203"]


def test_every_report_names_what_is_open_and_what_was_established(hard: Path) -> None:
    result = to_json(checked(hard, NOTHING_LEFT))
    for form in ("text", "markdown", "html", "json"):
        shown = " ".join(render(result, form).split())
        assert "gaps of generated" in shown
        assert "none found so far" in shown


def test_a_guideline_beyond_the_nodes_of_diagrams_has_the_same_findings(hard: Path) -> None:
    with_diagrams, without = checked(hard, Budget()), checked(hard, FEW_NODES)
    assert without.not_decided == ()
    advice = ("RF310", "RF312")
    assert findings(without) == [one for one in findings(with_diagrams) if one[0] not in advice]


def test_advice_that_was_not_given_is_a_limit_and_no_reason_for_exit_code_4(hard: Path) -> None:
    found = checked(hard, FEW_NODES)
    assert found.exit_code in (0, 1)
    assert any("findings that never matter" in one for one in found.limits)
    assert "findings that never matter" in " ".join(render(to_json(found), "text").split())
