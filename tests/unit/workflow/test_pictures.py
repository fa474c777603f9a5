"""What a page answers from is made where diagrams hold the comparison, and named where it is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.diff.compare import compare
from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.model.condition import All
from redflag_kit.model.guideline import Rule
from redflag_kit.results.diff import DiffBody
from redflag_kit.workflow import pictures
from redflag_kit.workflow.compared import Compared, compare_sides
from redflag_kit.workflow.envelope import UsageError
from redflag_kit.workflow.pictures import with_pictures
from redflag_kit.workflow.sides import side
from tests.property.models import decision, guideline, has, number, ordered, rule, scale, vocabulary, yes_no
from tests.shipped import project

URGENCY = scale("later", "now")
FINDINGS = (yes_no("fever"), yes_no("numb"), yes_no("cough"), number("age", 0, 99))
SCAN = ordered("scan", URGENCY)


@pytest.fixture(scope="module")
def compared() -> Compared:
    return of(rule("R", All((has("fever"), has("numb"))), {"scan": "now"}))


def of(new: Rule) -> Compared:
    """Return the comparison of a rule for fever with another rule."""
    words = vocabulary(FINDINGS, (SCAN,))
    last = [rule("rest")]
    old, after = (
        guideline(words, [decision("d", [one], last)]) for one in (rule("R", has("fever"), {"scan": "now"}), new)
    )
    found = compare(old, after, ())
    beside = compare_sides(side(project(), "start_back"), side(project(), "start_back"))
    return replace(beside, regions=found.regions)


def body_of(found: Compared) -> DiffBody:
    assert found.body is not None
    return found.body


def test_a_comparison_that_is_shown_can_be_asked(compared: Compared) -> None:
    shown, left_out = with_pictures(compared)
    assert body_of(compared).explorer is None
    assert body_of(shown).explorer is not None
    area = body_of(shown).area
    assert area is not None
    assert (area.rows.finding, area.columns.finding, area.chosen) == ("fever", "numb", False)
    assert left_out == ()


def test_a_reader_may_choose_what_is_drawn_over(compared: Compared) -> None:
    area = body_of(with_pictures(compared, ("numb", "fever"))[0]).area
    assert area is not None
    assert (area.rows.finding, area.columns.finding, area.chosen) == ("numb", "fever", True)


@pytest.mark.parametrize(
    ("plot", "said"),
    [
        (("fever", "fever"), "over two findings"),
        (("fever", "cough"), "no rule of either edition reads `cough`"),
        (("fever", "nubm"), "no finding is called `nubm`"),
    ],
)
def test_a_plot_that_cannot_be_drawn_is_refused_in_words(compared: Compared, plot: tuple[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        with_pictures(compared, plot)


def test_changes_that_turn_on_one_finding_have_no_area_and_say_so() -> None:
    shown, left_out = with_pictures(of(rule("R", has("fever"), {"scan": "later"})))
    assert body_of(shown).area is None
    assert left_out == (pictures.NO_FINDINGS,)


def test_where_nothing_changed_nothing_is_drawn() -> None:
    shown, left_out = with_pictures(of(rule("R", has("fever"), {"scan": "now"})))
    assert body_of(shown).area is None
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
    assert left_out == ("The explorer was left out: it needs more than 7 nodes.",)


def test_what_was_not_compared_stays_as_it_is(compared: Compared) -> None:
    nothing = replace(compared, body=None)
    assert with_pictures(nothing) == (nothing, ())
