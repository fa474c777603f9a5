from __future__ import annotations

from math import prod

from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.logic.boxes.changes import Changed, Decided, changes
from redflag_kit.logic.budget import NO_DEADLINE
from redflag_kit.logic.space import Axis, Space
from tests.unit.analyse.deadlines import noting
from tests.unit.logic.boxes.tables import Drawn, any_tables, first_hit, holds, points_in, points_of, quick


def outcome(rules: list[Decided], point: tuple[int, ...]) -> object:
    hit = first_hit([rule.box for rule in rules], point)
    return None if hit is None else rules[hit].outcome


@quick
@given(any_tables, st.data())
def test_the_changed_boxes_are_where_the_versions_decide_differently(drawn: Drawn, data: st.DataObject) -> None:
    rules = [Decided(box, letter) for box, letter in zip(drawn.boxes, drawn.outputs, strict=True)]
    old = [rules[at] for at in data.draw(st.permutations(range(len(rules))))][: data.draw(st.integers(0, 9))]
    found = changes(drawn.space, old, rules, NO_DEADLINE)
    points = points_of(drawn.space)
    differing = {point for point in points if outcome(old, point) != outcome(rules, point)}
    assert points_in(drawn.space, [one.box for one in found]) == differing
    assert sum(prod(mask.bit_count() for mask in one.box) for one in found) == len(differing)
    for one in found:
        for point in points:
            if holds(one.box, point):
                assert (outcome(old, point), outcome(rules, point)) == (one.old, one.new)


def test_equal_versions_and_rules_without_points_change_nothing() -> None:
    space = Space((Axis("x", 4),))
    rules = [Decided((0b0011,), "P"), Decided((0b1111,), "Q")]
    assert changes(space, rules, rules, NO_DEADLINE) == []
    assert changes(space, rules, [Decided((0,), "P"), *rules], NO_DEADLINE) == []


def test_a_removed_rule_whose_points_are_decided_alike_below_changes_nothing() -> None:
    space = Space((Axis("x", 4),))
    below = [Decided((0b0001,), "P"), Decided((0b0010,), "Q"), Decided((0b1111,), "P")]
    hidden = Decided((0b0011,), "R")
    assert changes(space, [*below[:2], hidden, below[2]], below, NO_DEADLINE) == []


def test_rules_that_both_versions_have_do_not_divide_a_change() -> None:
    space = Space((Axis("x", 4),))
    some, every = Decided((0b0001,), "Q"), Decided((0b1111,), "Q")
    above = Decided((0b1111,), "P")
    for many in (1, 150):  # also where they repeat each other
        both = [*[some] * many, *[every] * many]
        assert changes(space, both, [above, *both], NO_DEADLINE) == [Changed((0b1111,), "Q", "P")]
        assert changes(space, [above, *both], both, NO_DEADLINE) == [Changed((0b1111,), "P", "Q")]


def test_every_step_asks_for_time_for_its_question() -> None:
    space = Space((Axis("x", 4),))
    rules = [Decided((0b0011,), "P"), Decided((0b1110,), "Q")]
    deadline, asked = noting()
    assert changes(space, rules, rules[::-1], deadline) == [Changed((0b0010,), "P", "Q")]
    assert set(asked) == {"the region that no rule covers", "where two versions differ"}
    asked.clear()
    assert changes(space, rules, rules, deadline) == []
    assert asked == []


def test_where_one_version_alone_decides_nothing_the_change_says_so() -> None:
    space = Space((Axis("x", 4),))
    every, some = [Decided((0b1111,), "Q")], [Decided((0b0011,), "P")]
    assert changes(space, every, some, NO_DEADLINE) == [Changed((0b0011,), "Q", "P"), Changed((0b1100,), "Q", None)]
    assert changes(space, some, every, NO_DEADLINE) == [Changed((0b0011,), "P", "Q"), Changed((0b1100,), None, "Q")]
