"""`redflag diff` refuses what cannot be compared, in words, and says when a budget ran out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from redflag_kit.diff import compare as comparing
from redflag_kit.diff.compare import FINGERPRINTS, MISSING, VIGNETTES, compare
from redflag_kit.logic.budget import Budget, BudgetExceeded
from redflag_kit.model.condition import Any
from redflag_kit.model.guideline import Guideline
from redflag_kit.project.load import Project
from redflag_kit.results.diff import DiffBody
from redflag_kit.results.envelope import Envelope
from redflag_kit.source.library import Library
from redflag_kit.workflow import beside
from redflag_kit.workflow import compared as compared_sides
from redflag_kit.workflow import diff as workflow
from tests.property.models import assumed, between, has, number, ordered, rule, scale, yes_no
from tests.unit.diff.small import FEVER, NUMB, SCAN, edition

FEVERISH = rule("R", has("fever"), {"scan": "now"})


def compared(old: Guideline, new: Guideline, *, exit_code: bool = False) -> Envelope:
    library = Library((old.vocabulary,), (old, new), (), 2)
    return workflow.diff(Project(Path(), library, ()), "rules@1", "rules@2", exit_code=exit_code)


def body_of(found: Envelope) -> DiffBody:
    assert isinstance(found.body, DiffBody)
    return found.body


def test_a_finding_that_changed_its_resolution_is_refused():
    old, new = number("x", 0, 10), number("x", 0, 10, step=2)
    asks = rule("R", between("x", 4), {"scan": "now"})
    found = compared(edition(asks, findings=[old]), edition(asks, findings=[new], version=2))
    assert (found.status, found.exit_code, found.body) == ("findings", 1, None)
    assert [fault.code.id for fault in found.diagnostics] == ["RF501"]
    assert found.diagnostics[0].message.startswith("the finding `x` changed its kind, unit or resolution")


def test_an_output_without_a_common_order_is_refused():
    turned = ordered("scan", scale("now", "soon", "later", "avoid"))
    found = compared(edition(FEVERISH, outputs=[SCAN]), edition(FEVERISH, outputs=[turned], version=2))
    assert [fault.code.id for fault in found.diagnostics] == ["RF502"]
    assert found.body is None


def test_a_budget_that_runs_out_is_not_decided_and_never_a_pass(monkeypatch: pytest.MonkeyPatch):
    def exceeded(*_: object) -> None:
        raise BudgetExceeded("the conjunction of two regions", "10 diagram nodes")

    monkeypatch.setattr(compared_sides, "compare", exceeded)
    found = compared(edition(FEVERISH), edition(FEVERISH, version=2))
    assert (found.status, found.exit_code) == ("undecided", 4)
    assert found.summary["equivalent"] is None
    assert found.not_decided[0].budget == "the conjunction of two regions needs more than 10 diagram nodes"


def test_what_a_search_established_is_shown_beside_what_stays_open(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        compared_sides, "compare", lambda old, new, vignettes: compare(old, new, vignettes, Budget(nodes=1))
    )
    both = edition(rule("R", Any((has("fever"), has("numb"))), {"scan": "now"}))
    found = compared(both, edition(version=2))
    assert (found.status, found.exit_code) == ("undecided", 4)
    assert found.summary["equivalent"] is False
    assert [one.question for one in found.not_decided] == [FINGERPRINTS, VIGNETTES, MISSING]
    assert len(body_of(found).changes) == 1
    assert compared(both, edition(version=2), exit_code=True).exit_code == 1


def test_editions_whose_cases_are_not_decided_are_not_called_equal(monkeypatch: pytest.MonkeyPatch):
    def exceeded(*_: object) -> None:
        raise BudgetExceeded("a shared projection", "10 diagram nodes")

    monkeypatch.setattr(comparing, "hinges", exceeded)
    assumes = replace(FEVER, assume=assumed("absent"))
    found = compared(edition(FEVERISH), edition(FEVERISH, findings=[assumes, NUMB], version=2))
    assert (found.exit_code, body_of(found).equivalent) == (4, None)
    assert "with missing information: not decided" in body_of(found).verdict


def test_single_editions_beyond_the_budget_leave_the_comparison_standing(monkeypatch: pytest.MonkeyPatch):
    def exceeded(*_: object) -> None:
        raise BudgetExceeded("the union of two regions", "10 diagram nodes")

    monkeypatch.setattr(beside, "analyse", exceeded)
    monkeypatch.setattr(beside, "run_vignettes", exceeded)
    found = compared(edition(FEVERISH), edition(version=2))
    assert found.exit_code == 4
    assert [one.question for one in found.not_decided] == ["faults of the decision tables", "which vignettes fail"]
    assert len(body_of(found).changes) == 1


def test_an_assumption_that_newly_hides_something_is_told():
    asks, assumes = yes_no("fever"), yes_no("fever", assume="absent")
    found = compared(edition(FEVERISH, findings=[asks]), edition(FEVERISH, findings=[assumes], version=2))
    assert isinstance(found.body, DiffBody)
    assert [item.code for item in found.body.health.introduced] == ["RF330"]
    back = compared(edition(FEVERISH, findings=[assumes]), edition(FEVERISH, findings=[asks], version=2))
    assert isinstance(back.body, DiffBody)
    assert [item.code for item in back.body.health.resolved] == ["RF330"]
