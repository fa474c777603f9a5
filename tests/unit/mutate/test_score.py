"""The score counts what is noticed of what could be; a floor is reached or missed only where that is certain."""

from fractions import Fraction

import pytest

from redflag_kit.mutate.score import score_text, standing, totals_of
from redflag_kit.results.mutate import STATES, MutantTotals


def totals(killed=0, survived=0, open_ones=0, equivalent=0, exempted=0):
    parts = {"killed": killed, "survived": survived, "not_decided": open_ones}
    parts |= {"equivalent": equivalent, "exempted": exempted}
    return totals_of([state for state, number in parts.items() for _ in range(number)])


def test_every_state_is_counted():
    assert totals_of(STATES) == MutantTotals(5, 1, 1, 1, 1, 1, "0.3333")


def test_equivalent_and_exempted_mutants_do_not_count_and_what_is_not_decided_does():
    assert totals(killed=3, survived=0, equivalent=5, exempted=7).score == "1"
    assert totals(killed=3, open_ones=1).score == "0.75"


def test_there_is_no_score_of_nothing():
    assert totals(equivalent=2, exempted=1).score is None


@pytest.mark.parametrize(
    ("killed", "of", "score"), [(2, 3, "0.6666"), (9999, 10_000, "0.9999"), (99_999, 100_000, "0.9999"), (0, 3, "0")]
)
def test_a_score_is_rounded_down_so_that_1_means_all(killed, of, score):
    assert score_text(killed, of) == score


@pytest.mark.parametrize(
    ("found", "floor", "expected"),
    [
        (totals(killed=8, survived=2), "0.8", "reached"),
        (totals(killed=8, survived=2), "0.81", "missed"),
        (totals(killed=2, survived=1), "0.6667", "missed"),
        (totals(killed=2, survived=1), "2/3", "reached"),
        (totals(killed=8, open_ones=2), "0.8", "reached"),
        (totals(killed=8, open_ones=2), "0.9", "open"),
        (totals(killed=8, survived=2, open_ones=5), "0.9", "missed"),
        (totals(killed=8, survived=1, open_ones=1), "8/9", "open"),
        (totals(open_ones=1), "0.5", "open"),
        (totals(open_ones=1), "0", "reached"),
        (totals(equivalent=3), "1", "reached"),
    ],
)
def test_a_floor_is_reached_or_missed_only_if_nothing_open_could_turn_that_round(found, floor, expected):
    assert standing(found, Fraction(floor)) == expected
