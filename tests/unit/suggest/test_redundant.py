from __future__ import annotations

from redflag_kit.suggest.redundant import Partition, partition


def test_a_vignette_that_alone_notices_something_is_essential() -> None:
    found = partition(("a", "b", "c", "d"), {"1": ("a",), "2": ("a", "b"), "3": ("b", "c"), "4": ("c", "b")})
    assert found == Partition(essential=("a",), kept=("a", "b"), redundant=("c",), blind=("d",))


def test_of_two_that_notice_the_same_the_first_is_kept() -> None:
    assert partition(("a", "b"), {"1": ("b", "a")}) == Partition((), ("a",), ("b",), ())


def test_essential_ones_are_kept_whatever_others_notice() -> None:
    by = {"1": ("c",), "2": ("d",), "3": ("a", "c"), "4": ("a", "d")}
    assert partition(("a", "c", "d"), by) == Partition(("c", "d"), ("c", "d"), ("a",), ())


def test_without_anything_noticed_all_are_blind() -> None:
    assert partition(("a", "b"), {}) == Partition((), (), (), ("a", "b"))
