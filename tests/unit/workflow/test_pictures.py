"""What a page answers from is made where diagrams hold the comparison, and named where it is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.results.diff import DiffBody
from redflag_kit.workflow import pictures
from redflag_kit.workflow.compared import Compared, compare_sides
from redflag_kit.workflow.pictures import with_pictures
from redflag_kit.workflow.sides import side
from tests.shipped import project


@pytest.fixture(scope="module")
def compared() -> Compared:
    return compare_sides(side(project(), "start_back"), side(project(), "start_back"))


def body_of(found: Compared) -> DiffBody:
    assert found.body is not None
    return found.body


def test_a_comparison_that_is_shown_can_be_asked(compared: Compared) -> None:
    shown, left_out = with_pictures(compared)
    assert body_of(compared).explorer is None
    assert body_of(shown).explorer is not None
    assert left_out == ()


def test_what_was_searched_for_has_no_explorer_and_says_so(compared: Compared) -> None:
    shown, left_out = with_pictures(replace(compared, regions=None))
    assert body_of(shown).explorer is None
    assert left_out == (pictures.SEARCHED,)


def test_data_that_grows_too_large_is_left_out_and_named(compared: Compared, monkeypatch: pytest.MonkeyPatch) -> None:
    def exceeded(*_: object) -> None:
        raise BudgetExceeded("frozen diagrams", "7 nodes")

    monkeypatch.setattr(pictures, "explorer", exceeded)
    shown, left_out = with_pictures(compared)
    assert body_of(shown).explorer is None
    assert left_out == ("The explorer was left out: its diagrams need more than 7 nodes.",)


def test_what_was_not_compared_stays_as_it_is(compared: Compared) -> None:
    nothing = replace(compared, body=None)
    assert with_pictures(nothing) == (nothing, ())
