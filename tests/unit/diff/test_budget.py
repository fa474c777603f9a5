"""A comparison that outgrows a budget says what it established, and names what it did not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.diff import compare as comparing
from redflag_kit.diff.compare import ESTABLISHED, FINGERPRINTS, MISSING, VIGNETTES, Comparison, compare
from redflag_kit.logic.budget import Budget, BudgetExceeded
from redflag_kit.model.condition import Any
from redflag_kit.model.guideline import Guideline
from redflag_kit.results.envelope import NotDecided
from tests.property.models import assumed, has, rule
from tests.unit.diff.small import FEVER, NUMB, diff, edition

NO_DIAGRAMS = Budget(nodes=1)
EITHER = Any((has("fever"), has("numb")))
OLD, NEW = (edition(rule("R", EITHER, {"scan": level})) for level in ("now", "soon"))


def exceeding(monkeypatch: pytest.MonkeyPatch, name: str) -> Comparison:
    def exceeded(*_: object) -> None:
        raise BudgetExceeded("the union of two regions", "7 diagram nodes")

    monkeypatch.setattr(comparing, name, exceeded)
    return compare(OLD, NEW, ())


def questions(found: Comparison) -> list[str]:
    return [one.question for one in found.undecided]


@pytest.mark.parametrize(
    ("part", "question"), [("fingerprints", FINGERPRINTS), ("place", VIGNETTES), ("hinges", MISSING)]
)
def test_a_part_beyond_the_budget_leaves_the_rest_established(
    monkeypatch: pytest.MonkeyPatch, part: str, question: str
) -> None:
    exact = diff(OLD, NEW)
    found = exceeding(monkeypatch, part)
    budget = "the union of two regions needs more than 7 diagram nodes"
    assert found.undecided == (NotDecided(question, ESTABLISHED, budget),)
    assert found.equivalent is False
    assert [one.witness for one in found.classes] == [one.witness for one in exact.classes]
    assert [one.region for one in found.classes] == [one.region for one in exact.classes]
    assert (found.unknowns == exact.unknowns) == (question != MISSING)
    assert (found.uncovered == tuple(one.id for one in found.classes)) == (question != VIGNETTES)
    assert all(bool(one.fingerprint) == (question != FINGERPRINTS) for one in found.classes)


def test_a_class_without_a_fingerprint_still_has_its_own_id(monkeypatch: pytest.MonkeyPatch) -> None:
    found = exceeding(monkeypatch, "fingerprints")
    assert found.classes[0].id.startswith("scan-now-soon-")
    assert len({one.id for one in found.classes}) == len(found.classes)


def test_equal_editions_beyond_the_budget_of_diagrams_are_proved_equal() -> None:
    found = compare(OLD, replace(OLD, version=NEW.version), (), NO_DIAGRAMS)
    assert found.equivalent is True
    assert not found.undecided
    assert found.required_bump == "patch"


def differing_in_assumptions() -> tuple[Guideline, Guideline]:
    rules = rule("R", EITHER, {"scan": "now"})
    certain = replace(FEVER, assume=assumed("absent"))
    return edition(rules, findings=[FEVER, NUMB]), edition(rules, findings=[certain, NUMB])


def test_other_assumptions_leave_equivalence_open_beyond_the_budget() -> None:
    old, new = differing_in_assumptions()
    assert diff(old, new).equivalent is False
    found = compare(old, new, (), NO_DIAGRAMS)
    assert found.equivalent is None
    assert not found.classes
    assert questions(found) == [MISSING]


def test_a_search_that_does_not_end_in_time_is_told() -> None:
    with pytest.raises(BudgetExceeded, match="0 s"):
        compare(OLD, NEW, (), Budget(nodes=1, seconds=0))
