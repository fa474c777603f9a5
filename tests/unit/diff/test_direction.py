"""Kind and direction of every change of one value into another, and their mirrors."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from redflag_kit.diff.direction import MIRRORED_DIRECTIONS, MIRRORS, kind_and_direction
from redflag_kit.model.vocabulary import Combine, Output
from redflag_kit.results.diff import DIRECTIONS
from redflag_kit.terms.scale import STATUSES
from tests.property.models import a_set, ordered
from tests.unit.diff.small import between_scales

SCALE = between_scales("avoid", "maybe", "later", "now", lateral=[("maybe", "later")], against="avoid")
HIGHEST = ordered("scan", SCALE)
LOWEST = replace(HIGHEST, combine=Combine.LOWEST)
PLAIN = ordered("visit", between_scales("avoid", "maybe", "later", "now"))
SET = a_set("advice", "rest")

LEVELS = [
    ("now", "later", "urgency-lowered", "less_urgent"),
    ("later", "maybe", "stance-weakened", "less_urgent"),
    ("now", "maybe", "urgency-lowered", "less_urgent"),
    ("maybe", "avoid", "urgency-lowered", "less_urgent"),
    ("now", "avoid", "urgency-lowered", "less_urgent"),
]
LOST = [
    ("later", "silent", "recommendation-lost", "lost"),
    ("later", "out_of_scope", "scope-narrowed", "lost"),
    ("later", "not_covered", "coverage-dropped", "lost"),
]
AGAINST = [
    ("avoid", "silent", "no-longer-advised-against", "more_urgent"),
    ("avoid", "out_of_scope", "scope-narrowed", "more_urgent"),
    ("avoid", "not_covered", "coverage-dropped", "more_urgent"),
]
NEITHER = [
    ("silent", "out_of_scope", "scope-narrowed", "scope"),
    ("silent", "not_covered", "coverage-dropped", "scope"),
    ("out_of_scope", "not_covered", "coverage-dropped", "scope"),
    ("gap", "conflict", "fault-changed", "scope"),
]
FAULTS = [
    (before, fault, "fault-introduced", "lost")
    for before in ("avoid", "later", "silent", "out_of_scope", "not_covered")
    for fault in ("gap", "conflict")
]
LISTED = [
    ("listed", "silent", "recommendation-lost", "lost"),
    ("listed", "out_of_scope", "scope-narrowed", "lost"),
    ("listed", "not_covered", "coverage-dropped", "lost"),
    ("listed", "gap", "fault-introduced", "lost"),
    ("listed", "conflict", "fault-introduced", "lost"),
]
TABLE = [
    *((HIGHEST, *row) for row in (*LEVELS, *LOST, *AGAINST, *NEITHER, *FAULTS)),
    *((LOWEST, *row) for row in (*LOST, *AGAINST, *NEITHER, *FAULTS)),
    # Where the lowest level wins, a lower level is the more urgent one.
    *((LOWEST, new, old, kind, direction) for old, new, kind, direction in LEVELS),
    # Without a level that advises against, the lowest level is a recommendation like the others.
    (PLAIN, "later", "maybe", "urgency-lowered", "less_urgent"),
    (PLAIN, "avoid", "silent", "recommendation-lost", "lost"),
    (PLAIN, "avoid", "out_of_scope", "scope-narrowed", "lost"),
    (PLAIN, "avoid", "not_covered", "coverage-dropped", "lost"),
    *((SET, *row) for row in LISTED),
]


@pytest.mark.parametrize(("output", "old", "new", "kind", "direction"), TABLE)
def test_a_change_has_its_kind_and_direction_and_the_way_back_their_mirrors(
    output: Output, old: str, new: str, kind: str, direction: str
):
    assert kind_and_direction(output, old, new) == (kind, direction)
    assert kind_and_direction(output, new, old) == (MIRRORS[kind], MIRRORED_DIRECTIONS[direction])


@pytest.mark.parametrize("output", [HIGHEST, LOWEST, PLAIN, SET])
def test_every_pair_of_values_has_a_known_kind_and_a_direction_that_reports_order(output: Output):
    levels = output.scale.levels if output.scale else ("listed",)
    for old, new in permutations((*levels, *STATUSES), 2):
        kind, direction = kind_and_direction(output, old, new)
        assert kind in MIRRORS
        assert direction in DIRECTIONS
        assert kind_and_direction(output, new, old) == (MIRRORS[kind], MIRRORED_DIRECTIONS[direction])


def test_losing_a_level_or_answering_a_question_with_no_is_never_an_improvement():
    for old, new in permutations((*SCALE.levels, *STATUSES), 2):
        _, direction = kind_and_direction(HIGHEST, old, new)
        if new == "avoid" or (old in ("maybe", "later", "now") and new in STATUSES):
            assert direction in ("less_urgent", "lost") or old in ("gap", "conflict")


def test_every_kind_and_direction_is_the_mirror_of_its_mirror():
    assert all(MIRRORS[MIRRORS[kind]] == kind for kind in MIRRORS)
    assert all(MIRRORED_DIRECTIONS[MIRRORED_DIRECTIONS[one]] == one for one in MIRRORED_DIRECTIONS)
    assert {*MIRRORED_DIRECTIONS} == {*DIRECTIONS} - {"lateral"}
