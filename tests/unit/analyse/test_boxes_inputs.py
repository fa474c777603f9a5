"""Whether an input of a table of boxes matters: seen at two points, or proved along the lines through its rules."""

from __future__ import annotations

import pytest

from redflag_kit.analyse import boxes_inputs
from redflag_kit.analyse.boxed import Boxed
from redflag_kit.compile.expression import ALWAYS
from redflag_kit.compile.table import Compiled
from redflag_kit.logic.budget import BudgetExceeded, Deadline
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.terms.scale import Status
from tests.unit.analyse.deadlines import few, noting
from tests.unit.analyse.tables import HIGH, LOW, Then, model, row, size, table, word
from tests.unit.analyse.test_boxes_found import MID, NO, XY, YES, X, Y, both, collected, packed

GRADES: tuple[Then, ...] = (LOW, HIGH, MID, LOW)
SAID = {one: {"grade": frozenset({one})} for one in ("low", "mid", "high")}


def graded(policy: HitPolicy) -> Compiled:
    rows = [row(f"r{at}", size(at, 9), then) for at, then in enumerate(GRADES)]
    return model(table(rows, policy, (row("rest", ALWAYS, MID),)))


@pytest.mark.parametrize(
    ("policy", "firing", "outcome"),
    [
        (HitPolicy.UNIQUE, [], Status.GAP),
        (HitPolicy.UNIQUE, [1], SAID["high"]),
        (HitPolicy.UNIQUE, [0, 3], Status.CONFLICT),
        (HitPolicy.UNIQUE, [1, 4], SAID["high"]),
        (HitPolicy.UNIQUE, [4], SAID["mid"]),
        (HitPolicy.ANY, [], Status.GAP),
        (HitPolicy.ANY, [0, 3], {"grade": frozenset({"low"})}),
        (HitPolicy.ANY, [0, 1], {"grade": Status.CONFLICT}),
        (HitPolicy.ANY, [4], {"grade": frozenset({"mid"})}),
        (HitPolicy.FIRST, [2, 1, 3], SAID["high"]),
        (HitPolicy.FIRST, [0, 1], SAID["low"]),
        (HitPolicy.FIRST, [4], SAID["mid"]),
        (HitPolicy.PRIORITY, [0, 2], SAID["mid"]),
        (HitPolicy.PRIORITY, [0, 2, 1, 4], SAID["high"]),
        (HitPolicy.COLLECT, [0, 2], SAID["mid"]),
        (HitPolicy.COLLECT, [3, 4], SAID["low"]),
        (HitPolicy.COLLECT, [], Status.GAP),
    ],
)
def test_what_a_table_says_follows_from_the_rows_that_hold(policy: HitPolicy, firing: list[int], outcome: object):
    assert boxes_inputs._outcome(packed(graded(policy)), firing) == outcome


def test_sets_that_are_collected_are_joined_and_an_output_that_nobody_writes_is_no_conflict():
    rows = [row("a", size(0, 9), X), row("b", size(0, 5), Y), row("c", size(0, 3), XY)]
    one = packed(collected(table(rows, HitPolicy.COLLECT)))
    assert boxes_inputs._outcome(one, [0, 1]) == {"marks": frozenset({"x", "y"})}
    assert boxes_inputs._outcome(one, [0]) == {"marks": frozenset({"x"})}
    rows = [row("a", size(0, 9), LOW), row("b", size(0, 5), ()), row("c", size(0, 3), ())]
    one = packed(model(table(rows, HitPolicy.ANY)))
    assert boxes_inputs._outcome(one, [0, 1]) == {"grade": Status.CONFLICT}
    assert boxes_inputs._outcome(one, [1, 2]) == {}


def pairs(policy: HitPolicy, last: Then) -> Boxed:
    """Return a table in which `free` matters at the last of ten sizes alone, if `last` is not low."""
    rows = [row(f"{at}{answer.words}", both(size(at, at), answer)) for at in range(9) for answer in (NO, YES)]
    rows += [row("9no", both(size(9, 9), NO)), row("9yes", both(size(9, 9), YES), last)]
    deadline, _ = noting()
    return Boxed(packed(model(table(rows, policy))), deadline)


@pytest.mark.parametrize(("last", "matters"), [(HIGH, True), (LOW, False)])
def test_an_input_is_seen_to_matter_at_any_rule_that_tests_it(last: Then, matters: bool):
    ready = pairs(HitPolicy.UNIQUE, last)
    column = ready.table.space.position("free")
    assert boxes_inputs._is_seen_to_matter(ready, column) is matters
    assert boxes_inputs._matters_somewhere(ready, column) is matters
    assert boxes_inputs._is_seen_to_matter(ready, ready.table.space.position("size")) is matters


def test_one_rule_that_tests_an_input_is_enough_to_see_that_it_matters():
    rows = [row("a", both(size(0, 4), NO)), row("b", size(5, 9), HIGH)]
    one = Boxed(packed(model(table(rows, HitPolicy.UNIQUE))), noting()[0])
    assert boxes_inputs._is_seen_to_matter(one, one.table.space.position("free"))


def test_a_couple_of_points_differs_in_one_input_alone():
    ready = pairs(HitPolicy.UNIQUE, LOW)
    space = ready.table.space
    column = space.position("free")
    inner, outer = boxes_inputs._couple(ready, ready.table.boxes[2], column)
    assert [at for at, (one, other) in enumerate(zip(inner, outer, strict=True)) if one != other] == [column]
    assert all(one & box for one, box in zip(inner, ready.table.boxes[2], strict=True))
    assert outer[column] & ready.table.boxes[2][column] == 0
    assert boxes_inputs._outcomes(ready, [inner, outer]) == [SAID["low"], SAID["low"]]


def test_each_eight_rules_and_each_line_ask_for_time():
    compiled = pairs(HitPolicy.UNIQUE, LOW).table.compiled

    def steps(search: str, deadline: Deadline) -> None:
        one = Boxed(packed(compiled), deadline)
        getattr(boxes_inputs, search)(one, one.table.space.position("free"))

    for search, least in (("_is_seen_to_matter", 3), ("_matters_somewhere", 10)):
        deadline, asked = noting()
        steps(search, deadline)
        assert asked.count("findings that never matter") == least
        with pytest.raises(BudgetExceeded):
            steps(search, few(0))


def test_rules_that_can_never_apply_show_nothing():
    dead = row("dead", both(size(0, 1), size(3, 4), NO), HIGH)
    rows = [row("a", size(0, 4)), row("b", size(5, 9), MID), dead]
    one = Boxed(packed(model(table(rows, HitPolicy.UNIQUE))), noting()[0])
    assert [fault.names for fault in boxes_inputs.irrelevant(one)] == [("free",)]
    (fault,) = boxes_inputs.irrelevant(one)
    assert (fault.others, fault.rules, fault.point, fault.where) == (("dead",), (), None, None)


def test_a_word_that_no_rule_tells_from_another_matters_not():
    rows = [row("a", both(size(0, 4), word("kind", "a"))), row("b", both(size(0, 4), word("kind", "b", "c")))]
    one = Boxed(packed(model(table([*rows, row("c", size(5, 9), HIGH)], HitPolicy.UNIQUE))), noting()[0])
    assert [fault.names for fault in boxes_inputs.irrelevant(one)] == [("kind",)]
