"""What the explorer of the report answers in a browser is what the evaluator behind `redflag explain` answers."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from redflag_kit.diff.pair import clashing_findings, clashing_outputs
from redflag_kit.report.html import TEMPLATES
from tests.browser.explored import Evaluator, Explored, Trial, explore, plain_data, trials
from tests.content.library import guideline
from tests.property.editions import pair_of
from tests.property.fuzz import RandomChooser
from tests.property.generators import FEW

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SCRIPT = (TEMPLATES / "explorer_answers.js").read_text("utf-8")
ASK = """([data, cases]) => {
  const named = found => found && Object.assign({}, found, Object.fromEntries(
    ['assumed', 'pivotal', 'withdrawn'].map(key => [key, found[key].map(one => data.findings[one.position].id)])));
  return cases.map(one => ['old', 'new'].map(side => named(redflagExplorer.answers(data, data[side], one))));
}"""


def generated(seed: str) -> Explored | None:
    """Return a generated guideline and an edited copy, None if they cannot be compared."""
    found = pair_of(RandomChooser(random.Random(seed)), FEW)
    clash = clashing_findings(found.old, found.new) or clashing_outputs(found.old, found.new)
    return None if clash else explore(found.old, found.new)


def answers(page: Page, subject: Explored, asked: list[Trial]) -> list[list[dict[str, Any] | None]]:
    found: list[list[dict[str, Any] | None]] = page.evaluate(ASK, [plain_data(subject), [one.given for one in asked]])
    return found


def check(page: Page, subject: Explored, asked: list[Trial]) -> tuple[int, int]:
    """Compare every answer; return how many cases were possible, and how many of those were left open somewhere."""
    sides = [Evaluator(one, asked) for one in (subject.old, subject.new)]
    possible = undecided = 0
    for trial, found in zip(asked, answers(page, subject, asked), strict=True):
        for side, own in zip(sides, found, strict=True):
            expected = side.answer(trial.stated)
            assert own == expected, trial.stated
            possible += expected is not None
            undecided += expected is not None and "open" in expected["rules"]
    return possible, undecided


@pytest.fixture
def blank(opened):
    return opened(f"<!doctype html><title>answers</title><script>{SCRIPT}</script>")


@pytest.mark.parametrize(
    ("old", "new"), [("acp@2007", "acp@2011"), ("red_flags@2026.0", "red_flags@2026.1")], ids=["acp", "red flags"]
)
def test_the_page_answers_what_the_evaluator_answers(blank, old, new):
    subject = explore(guideline(old), guideline(new))
    possible, undecided = check(blank, subject, list(trials(subject, random.Random(7), 300)))
    assert possible > 150
    assert undecided > 50


def test_generated_editions_are_answered_as_the_evaluator_answers(blank):
    possible = undecided = 0
    for number in range(25):
        subject = generated(f"explorer/{number}")
        if subject is not None:
            counts = check(blank, subject, list(trials(subject, random.Random(number), 20)))
            possible, undecided = possible + counts[0], undecided + counts[1]
    assert possible > 300
    assert undecided > 100
