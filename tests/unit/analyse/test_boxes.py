"""Boxes and regions tell the same faults of the same table."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import redflag_kit.analyse.boxes as by_boxes
from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.large import box_tables, has_large_table
from redflag_kit.analyse.run import Analysed, run
from redflag_kit.analyse.subject import Subject
from redflag_kit.compile.cuts import cut
from redflag_kit.compile.expression import (
    ALWAYS,
    Both,
    Count,
    Expression,
    InputEntry,
    Interval,
    Negation,
    OutputEntry,
)
from redflag_kit.compile.table import Compiled, Implied, Input, Row, Table
from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.span import Span
from redflag_kit.logic.algebra import disjunction
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.boxes.together import Listing, Together
from redflag_kit.logic.budget import Budget, BudgetExceeded
from redflag_kit.logic.mdd import count
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.model.vocabulary import Combine, Grid, Output
from redflag_kit.semantics.regions import meaning
from redflag_kit.terms.scale import Scale

INPUTS = {
    "size": Input("size", (), Grid(Fraction(0), Fraction(9), Fraction(1)), Fraction(4)),
    "kind": Input("kind", ("a", "b", "c"), None, "b"),
    "free": Input("free", ("no", "yes"), None, "no"),
    "late": Input("late", ("no", "yes"), None, "no"),
}
LEVELS = ("low", "mid", "high")
SPAN = Span("table", 1, 1, 1, 1)
OUTPUTS = {
    "grade": Output("grade", "grade", Scale("s", LEVELS), (), Combine.HIGHEST, (), (), SPAN),
    "marks": Output("marks", "marks", None, ("x", "y"), Combine.HIGHEST, (), (), SPAN),
}


def size(low: int, high: int) -> InputEntry:
    return InputEntry("size", intervals=(Interval(Fraction(low), Fraction(high)),))


def word(finding: str, *words: str) -> InputEntry:
    return InputEntry(finding, words=frozenset(words))


def row(name: str, when: Expression, grade: str = "low", suppressed_by: tuple[str, ...] = ()) -> Row:
    return Row(name, when, (("grade", (grade,)),), suppressed_by, f"digest of {name}")


def table(rows: list[Row], policy: HitPolicy, otherwise: tuple[Row, ...] | None = None) -> Table:
    return Table("d", policy, tuple(rows), tuple(one.rule for one in rows), otherwise, ("grade",))


def model(*tables: Table, **changed: Any) -> Compiled:
    one = Compiled("m", INPUTS, (), ALWAYS, (), tables, OUTPUTS, ("grade",), {}, "")
    return replace(one, **changed)


def by_regions(compiled: Compiled) -> Analysed:
    atoms = cut((compiled,))
    diagrams = Diagrams(atoms.space)
    sizes = {name: [1] * atoms.size(name) for name in atoms.inputs}

    def weigh(region: BddRegion) -> Fraction:
        return Fraction(count(diagrams.freeze(region), sizes))

    found = run(Subject(compiled, atoms, diagrams, meaning(compiled, atoms, diagrams), weigh))
    # Boxes give no advice, only faults.
    return replace(found, faults=tuple(one for one in found.faults if one.code.severity is not Severity.INFO))


def boxed(compiled: Compiled) -> Analysed:
    atoms = cut((compiled,))
    tables = box_tables(compiled, atoms, {name: [1] * atoms.size(name) for name in atoms.inputs})
    assert tables is not None
    return by_boxes.run(tables)


def plain(fault: Fault) -> tuple[object, ...]:
    """Return all of a fault but the wording of a gap, which may be cut into other alternatives."""
    where = fault.where
    told = None if where is None else (where.share, where.cubes if fault.code.id != "RF301" else ())
    return (
        fault.code.id,
        fault.decision,
        fault.rules,
        fault.others,
        fault.point,
        fault.names,
        dict(fault.detail),
        told,
    )


def region_of(compiled: Compiled, diagrams: Diagrams, fault: Fault) -> BddRegion:
    assert fault.where is not None
    cubes = []
    for cube in fault.where.cubes:
        region = diagrams.whole
        for name, mask in cube.items():
            region &= diagrams.literal(name, mask)
        cubes.append(region)
    return disjunction(diagrams, cubes)


_SIZE = st.builds(lambda ends: size(min(ends), max(ends)), st.tuples(st.integers(0, 9), st.integers(0, 9)))
_KIND = st.builds(lambda words: word("kind", *words), st.sets(st.sampled_from("abc"), min_size=1, max_size=2))
_FREE = st.builds(lambda one: word("free", one), st.sampled_from(["no", "yes"]))
_PARTS = st.one_of(_SIZE, _SIZE, _KIND, _KIND, _FREE)
_WHEN = st.builds(lambda parts: Both(tuple(parts)), st.lists(_PARTS, max_size=4))
_ROWS = st.lists(st.tuples(_WHEN, st.sampled_from(LEVELS)), min_size=1, max_size=7)
_OTHERWISE = st.one_of(st.none(), st.builds(lambda when: (row("rest", when),), _WHEN))


@settings(max_examples=80, deadline=None)
@given(_ROWS, st.sampled_from(list(HitPolicy)), _OTHERWISE)
def test_boxes_and_regions_find_the_same(
    drawn: list[tuple[Both, str]], policy: HitPolicy, otherwise: tuple[Row, ...] | None
) -> None:
    rows = [row(f"r{at}", when, grade) for at, (when, grade) in enumerate(drawn)]
    compiled = model(table(rows, policy, otherwise))
    atoms = cut((compiled,))
    if box_tables(compiled, atoms, None) is None:
        assert not any(one.when != ALWAYS for one in (*rows, *(otherwise or ())))
        return
    theirs, ours = by_regions(compiled), boxed(compiled)
    assert sorted(map(plain, ours.faults), key=repr) == sorted(map(plain, theirs.faults), key=repr)
    diagrams = Diagrams(atoms.space)
    for mine, other in zip(ours.faults, theirs.faults, strict=True):
        if mine.code.id == "RF301" and other.where is not None and other.where.exact:
            assert region_of(compiled, diagrams, mine) == region_of(compiled, diagrams, other)


def overlapping_rows(many: int) -> list[Row]:
    return [row(f"r{at}", size(at, at + 1), LEVELS[at % 2]) for at in range(many)]


def test_where_sets_are_too_many_to_list_every_pair_is_still_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_boxes, "MAX_STEPS", 3)
    for policy, code in ((HitPolicy.UNIQUE, "RF302"), (HitPolicy.ANY, "RF303")):
        found = [fault for fault in boxed(model(table(overlapping_rows(9), policy))).faults if fault.code.id == code]
        assert sorted(fault.rules for fault in found) == [(f"r{at}", f"r{at + 1}") for at in range(8)]
        assert all(dict(fault.detail) == {"sets_reported": 8} for fault in found)


def test_sets_that_agree_are_no_conflict_among_too_many_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_boxes, "MAX_STEPS", 0)
    rows = [row("a", size(0, 3)), row("b", size(2, 5)), row("c", size(4, 9), "high")]
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
    tables = box_tables(compiled, cut((compiled,)), None)
    assert tables is not None
    (gap,) = by_boxes.run(tables).faults
    assert gap.where is not None
    assert (gap.where.share, gap.where.exact) == (None, True)


def test_a_default_that_nobody_reaches_is_no_fault() -> None:
    compiled = model(table([row("a", ALWAYS), row("b", size(0, 1))], HitPolicy.COLLECT, (row("rest", ALWAYS),)))
    tables = box_tables(compiled, cut((compiled,)), None)
    assert tables is not None
    assert [fault.rules for fault in by_boxes.run(tables).faults] == [("rest",)]
    assert by_boxes.run(tables, frozenset(["rest"])).faults == ()


def test_a_complete_table_has_no_gap_even_when_the_time_is_up() -> None:
    compiled = model(table([row("a", size(0, 3)), row("b", ALWAYS)], HitPolicy.UNIQUE))
    tables = box_tables(compiled, cut((compiled,)), None)
    assert tables is not None
    assert by_boxes.run(tables, deadline=Budget(seconds=0).start()).faults == ()


def test_an_analysis_out_of_time_is_not_decided_and_told() -> None:
    compiled = model(table([row("a", size(0, 3)), row("b", word("kind", "a"))], HitPolicy.UNIQUE))
    tables = box_tables(compiled, cut((compiled,)), None)
    assert tables is not None
    found = by_boxes.run(tables, deadline=Budget(seconds=0).start())
    (gap,) = found.faults  # some of it is seen at once
    assert gap.where is not None
    assert (gap.where.exact, gap.where.share, gap.where.cubes) == (False, None, ({"size": 0b10, "kind": 0b110},))
    assert [(one.question, one.budget) for one in found.unsettled] == [
        ("gaps", "0 s"),
        ("overlaps and conflicts", "0 s"),
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
        model(table([row("a", size(0, 3)), row("b", size(1, 2), "low", ("a",))], HitPolicy.FIRST)),
        model(table([row("a", size(0, 3))], HitPolicy.FIRST, (row("b", size(0, 5)), row("c", ALWAYS)))),
        model(table([row("a", ALWAYS)], HitPolicy.FIRST)),
        model(replace(table([row("a", size(0, 3))], HitPolicy.COLLECT), outputs=("grade", "marks"))),
        model(replace(table([row("a", size(0, 3))], HitPolicy.COLLECT), outputs=("marks",))),
    ],
)
def test_what_is_more_than_boxes_is_left_to_regions(compiled: Compiled) -> None:
    assert box_tables(compiled, cut((compiled,)), None) is None


def test_a_domain_that_is_narrower_than_the_runs_is_left_to_regions() -> None:
    narrow = model(table([row("a", size(0, 3))], HitPolicy.FIRST))
    wide = {**INPUTS, "size": Input("size", (), Grid(Fraction(0), Fraction(12), Fraction(1)), Fraction(4))}
    assert box_tables(narrow, cut((narrow, replace(narrow, inputs=wide))), None) is None


def test_nested_conjunctions_are_boxes() -> None:
    compiled = model(table([row("a", NESTED)], HitPolicy.FIRST))
    tables = box_tables(compiled, cut((compiled,)), None)
    assert tables is not None
    assert [one.cube(one.boxes[0]) for one in tables] == [{"size": 0b01, "kind": 0b001}]


def test_a_table_is_large_by_rules_or_by_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    small = model(table(overlapping_rows(3), HitPolicy.UNIQUE))
    many = model(table([row(f"r{at}", size(0, 3)) for at in range(201)], HitPolicy.UNIQUE))
    assert not has_large_table(small, cut((small,)))
    assert has_large_table(many, cut((many,)))
    monkeypatch.setattr("redflag_kit.analyse.large.MANY_CELLS", 3)
    assert has_large_table(small, cut((small,)))
