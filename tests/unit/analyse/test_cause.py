"""Few rules that are enough to cover a region, and how many questions that takes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from redflag_kit.analyse import cause
from redflag_kit.analyse.cause import Cause, Effort, fewest
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.space import Axis, Space


@cache
def diagrams() -> Diagrams:
    return Diagrams(Space((Axis("a", 2), Axis("b", 2))))


def region(a: int = 0b11, b: int = 0b11) -> BddRegion:
    return diagrams().literal("a", a) & diagrams().literal("b", b)


def covering(target: BddRegion, rules: Mapping[str, BddRegion]) -> Cause[BddRegion]:
    return Cause(target, tuple(rules.items()))


def asked(causes: list[Cause[BddRegion]], questions: int) -> tuple[tuple[str, ...], int]:
    effort = Effort(questions)
    return fewest(diagrams(), causes, (1, 1), effort), effort.left


def test_one_rule_that_covers_all_is_enough_the_first_of_them():
    causes = [covering(region(a=0b10), {"B": region(b=0b10), "A": region(a=0b10), "ALL": region()})]
    assert asked(causes, 2) == (("A",), 0)
    assert asked(causes, 1) == ((), -1)


def test_rules_that_do_not_hold_the_point_are_no_candidates():
    causes = [covering(region(b=0b10), {"NONE": region(a=0b01), "B": region(b=0b10)})]
    assert asked(causes, 1) == (("B",), 0)


def test_two_rules_are_enough_where_no_single_one_is():
    causes = [covering(region(), {"AB": region(0b10, 0b10), "A": region(a=0b10), "REST": region(a=0b01)})]
    # AB and A hold the point; then the pairs with one of them, in the order given.
    assert asked(causes, 5) == (("A", "REST"), 0)
    assert asked(causes, 4) == ((), -1)


def four() -> dict[str, BddRegion]:
    return {
        "B": region(b=0b10),
        "AB": region(0b10, 0b10),
        "A": region(0b10, 0b01),
        "REST": region(a=0b01),
    }


def test_of_more_rules_the_needless_ones_are_left_out_from_the_last_on():
    causes = [covering(region(), four())]
    # Two rules hold the point, five pairs have one of them, and each of the four rules is tried once.
    assert asked(causes, 11) == (("B", "A", "REST"), 0)
    assert asked(causes, 10) == ((), -1)
    assert asked(causes, 7) == ((), -1)


def test_pairs_are_sought_among_few_rules_only(monkeypatch: pytest.MonkeyPatch):
    causes = [covering(region(), four())]
    monkeypatch.setattr(cause, "MAX_PAIRED", 4)
    assert asked(causes, 20) == (("B", "A", "REST"), 20 - 2 - 5 - 4)
    monkeypatch.setattr(cause, "MAX_PAIRED", 3)
    assert asked(causes, 20) == (("B", "A", "REST"), 20 - 2 - 4)


def test_the_rules_named_cover_every_target():
    first = covering(region(a=0b10), {"A": region(a=0b10), "B": region(b=0b10)})
    second = covering(region(b=0b10), {"B": region(b=0b10)})
    assert asked([first, second], 2) == (("A", "B"), 0)
    assert asked([second], 9) == (("B",), 8)
    third = covering(region(), four())
    # Every rule is tried for both targets at once.
    assert asked([first, third], 20) == (("A", "B", "REST"), 20 - 1 - 4 - 8)


def test_nothing_is_needed_to_cover_nobody():
    assert asked([covering(diagrams().empty, {})], 3) == ((), 3)
