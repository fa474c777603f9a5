"""What the explorer of the report answers in a browser is what the evaluator behind `redflag explain` answers."""

from __future__ import annotations

import random

import pytest

from tests.browser.answers import BLANK, SHIPPED, Tally, check, generated, shipped
from tests.browser.explored import trials

pytestmark = pytest.mark.browser


@pytest.fixture
def blank(opened):
    return opened(BLANK)


@pytest.mark.parametrize("pair", SHIPPED, ids=["acp", "red flags"])
def test_the_page_answers_what_the_evaluator_answers(blank, pair):
    subject, tally = shipped(*pair), Tally()
    check(blank, subject, list(trials(subject, random.Random(7), 120)), tally)
    assert tally.possible > 60
    assert tally.undecided > 20
    assert tally.read > 10


def test_generated_editions_are_answered_as_the_evaluator_answers(blank):
    tally = Tally()
    for number in range(12):
        subject = generated(f"explorer/{number}")
        if subject is not None:
            check(blank, subject, list(trials(subject, random.Random(number), 15)), tally)
    assert tally.possible > 100
    assert tally.undecided > 20
    assert tally.read > 10
