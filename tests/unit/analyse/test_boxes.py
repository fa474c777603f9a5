"""Boxes and regions tell the same faults of the same table."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

import redflag_kit.analyse.boxes as by_boxes
from redflag_kit.analyse.fault import Fault, Where
from redflag_kit.analyse.large import box_table, has_large_table
from redflag_kit.compile.cuts import cut
from redflag_kit.compile.expression import (
    ALWAYS,
    Both,
    Count,
    Negation,
    OutputEntry,
)
from redflag_kit.compile.table import Compiled, Implied, Input, Row
from redflag_kit.diagnostics import codes
from redflag_kit.logic.boxes.together import Listing, Together
from redflag_kit.logic.budget import Budget, BudgetExceeded
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.model.vocabulary import Grid
from tests.unit.analyse.tables import (
    HIGH,
    INPUTS,
    LOW,
    boxed,
    by_regions,
    model,
    plain,
    row,
    size,
    table,
    word,
)


def overlapping_rows(many: int) -> list[Row]:
    return [row(f"r{at}", size(at, at + 1), HIGH if at % 2 else LOW) for at in range(many)]


def test_where_sets_are_too_many_to_list_every_pair_is_still_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_boxes, "MAX_STEPS", 3)
    for policy, code in ((HitPolicy.UNIQUE, "RF302"), (HitPolicy.ANY, "RF303")):
        found = [fault for fault in boxed(model(table(overlapping_rows(9), policy))).faults if fault.code.id == code]
        assert sorted(fault.rules for fault in found) == [(f"r{at}", f"r{at + 1}") for at in range(8)]
        assert all(dict(fault.detail) == {"sets_reported": 8} for fault in found)


def test_sets_that_agree_are_no_conflict_among_too_many_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_boxes, "MAX_STEPS", 0)
    rows = [row("a", size(0, 3)), row("b", size(2, 5)), row("c", size(4, 9), HIGH)]
    found = boxed(model(table(rows, HitPolicy.ANY))).faults
    assert [fault.rules for fault in found if fault.code.id == "RF303"] == [("b", "c")]


def test_sets_found_before_the_time_is_up_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = BudgetExceeded("the largest sets", "2 s")
    listing = Listing((Together((0, 1), (0b1,)),), False, stopped)
    monkeypatch.setattr(by_boxes, "maximal_sets", lambda *asked: listing)
    found = boxed(model(table([row("a", size(0, 3)), row("b", size(2, 5))], HitPolicy.UNIQUE)))
    assert [fault.rules for fault in found.faults if fault.code.id == "RF302"] == [("a", "b")]
    assert [one.question for one in found.unsettled] == ["overlaps and conflicts"]


def test_a_share_is_told_only_where_atoms_have_weights() -> None:
    compiled = model(table([row("a", size(0, 3))], HitPolicy.UNIQUE))
    one = box_table(compiled, cut((compiled,)), None)
    assert one is not None
    (gap,) = by_boxes.run(one).faults
    assert gap.where is not None
    assert (gap.where.share, gap.where.exact) == (None, True)


def test_a_default_that_nobody_reaches_is_no_fault() -> None:
    compiled = model(table([row("a", ALWAYS), row("b", size(0, 1))], HitPolicy.COLLECT, (row("rest", ALWAYS),)))
    one = box_table(compiled, cut((compiled,)), None)
    assert one is not None
    masked = [fault.rules for fault in by_boxes.run(one).faults if fault.code.id == "RF306"]
    assert masked == [("rest",)]
    assert "RF306" not in [fault.code.id for fault in by_boxes.run(one, frozenset(["rest"])).faults]


def test_a_complete_table_has_no_gap_even_when_the_time_is_up() -> None:
    compiled = model(table([row("a", size(0, 3)), row("b", ALWAYS)], HitPolicy.UNIQUE))
    one = box_table(compiled, cut((compiled,)), None)
    assert one is not None
    assert "RF301" not in [fault.code.id for fault in by_boxes.run(one, deadline=Budget(seconds=0).start()).faults]


@pytest.mark.parametrize(
    ("between", "place"),
    [
        ([row("x", word("kind", "a"), HIGH)], ()),  # in the way of both
        ([row("x", Both((size(2, 3), word("kind", "a"))), HIGH)], ("b",)),  # of `b` going up, not of `a` going down
        ([row("x", Both((size(0, 1), word("kind", "a"))), HIGH)], ("a",)),
        ([row("x", Both((size(0, 3), word("kind", "a"))), LOW)], ("a",)),
    ],
)
def test_rules_of_a_first_table_are_merged_where_no_rule_in_between_is_in_the_way(
    between: list[Row], place: tuple[str, ...]
) -> None:
    a, b = (row(name, Both((entry, word("free", "no")))) for name, entry in (("a", size(0, 1)), ("b", size(2, 3))))
    compiled = model(table([a, *between, b], HitPolicy.FIRST))
    found = [fault for fault in boxed(compiled).faults if fault.code.id == "RF311"]
    assert [fault.rules for fault in found] == ([("a", "b")] if place else [])
    assert tuple(other for fault in found for other in fault.others) == place
    assert sorted(map(plain, boxed(compiled).faults), key=repr) == sorted(
        map(plain, by_regions(compiled).faults), key=repr
    )


def test_a_collected_output_that_some_rule_leaves_out_is_left_to_regions() -> None:
    compiled = model(table([row("a", size(0, 3)), row("b", size(2, 5), ())], HitPolicy.COLLECT))
    assert box_table(compiled, cut((compiled,)), None) is None


def test_without_a_measure_a_rule_that_gives_way_in_part_is_told_without_its_share() -> None:
    compiled = model(table([row("a", size(0, 3), LOW), row("b", word("kind", "a"), HIGH)], HitPolicy.FIRST))
    one = box_table(compiled, cut((compiled,)), None)
    assert one is not None
    (found,) = [fault for fault in by_boxes.run(one).faults if fault.code.id == "RF315"]
    assert found.where is not None
    assert (found.rules, found.others, found.where.share) == (("b",), ("a",), None)


def test_an_analysis_out_of_time_is_not_decided_and_told() -> None:
    compiled = model(table([row("a", size(0, 3)), row("b", word("kind", "a"))], HitPolicy.UNIQUE))
    one = box_table(compiled, cut((compiled,)), None)
    assert one is not None
    found = by_boxes.run(one, deadline=Budget(seconds=0).start())
    place = Where(({"size": 0b10, "kind": 0b110},), exact=False)
    # Some of it is seen at once.
    assert found.faults == (Fault(codes.RF301, "d", (), place, one.point((1, 1))),)
    assert [(one.question, one.budget) for one in found.unsettled] == [
        ("gaps", "0 s"),
        ("overlaps and conflicts", "0 s"),
        ("rules that cannot apply", "0 s"),
        ("rules that repeat each other", "0 s"),
        ("rules that never decide", "0 s"),
    ]


NESTED = Both((size(0, 3), Both((word("kind", "a"),))))


@pytest.mark.parametrize(
    "compiled",
    [
        model(table([row("a", size(0, 3))], HitPolicy.FIRST), scope=word("free", "no")),
        model(table([row("a", size(0, 3))], HitPolicy.FIRST), restrictions=(Implied("k", ALWAYS, size(0, 5)),)),
        model(table([row("a", Negation(size(0, 3)))], HitPolicy.FIRST)),
        model(table([row("a", Both((size(0, 3), Count(1, (word("kind", "a"),)))))], HitPolicy.FIRST)),
        model(table([row("a", OutputEntry("grade", frozenset(["low"])))], HitPolicy.FIRST)),
        model(table([row("a", size(0, 3)), row("b", size(1, 2), LOW, ("a",))], HitPolicy.FIRST)),
        model(table([row("a", size(0, 3))], HitPolicy.FIRST, (row("b", size(0, 5)), row("c", ALWAYS)))),
        model(table([row("a", ALWAYS)], HitPolicy.FIRST)),
        model(replace(table([row("a", size(0, 3))], HitPolicy.COLLECT), outputs=("grade", "marks"))),
        model(replace(table([row("a", size(0, 3))], HitPolicy.COLLECT), outputs=("marks",))),
    ],
)
def test_what_is_more_than_boxes_is_left_to_regions(compiled: Compiled) -> None:
    assert box_table(compiled, cut((compiled,)), None) is None


def test_a_domain_that_is_narrower_than_the_runs_is_left_to_regions() -> None:
    narrow = model(table([row("a", size(0, 3))], HitPolicy.FIRST))
    wide = {**INPUTS, "size": Input("size", (), Grid(Fraction(0), Fraction(12), Fraction(1)), Fraction(4))}
    assert box_table(narrow, cut((narrow, replace(narrow, inputs=wide))), None) is None


def test_nested_conjunctions_are_boxes() -> None:
    compiled = model(table([row("a", NESTED)], HitPolicy.FIRST))
    one = box_table(compiled, cut((compiled,)), None)
    assert one is not None
    assert one.cube(one.boxes[0]) == {"size": 0b01, "kind": 0b001}


def test_a_table_is_large_by_rules_or_by_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    small = model(table(overlapping_rows(3), HitPolicy.UNIQUE))
    many = model(table([row(f"r{at}", size(0, 3)) for at in range(201)], HitPolicy.UNIQUE))
    assert not has_large_table(small, cut((small,)))
    assert has_large_table(many, cut((many,)))
    monkeypatch.setattr("redflag_kit.analyse.large.MANY_CELLS", 3)
    assert has_large_table(small, cut((small,)))
