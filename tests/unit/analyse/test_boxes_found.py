"""What is found in tables of boxes, hit policy by hit policy, and that regions find the very same."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

import redflag_kit.analyse.boxes as by_boxes
from redflag_kit.analyse.answers import ADVICE, FAULTS, THREE_VALUED, Unsettled
from redflag_kit.analyse.large import BoxTable, box_table
from redflag_kit.analyse.run import Wanted
from redflag_kit.compile.cuts import cut
from redflag_kit.compile.expression import ALWAYS, Both, Expression
from redflag_kit.compile.table import Compiled, Table
from redflag_kit.logic.bdd import Diagrams
from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.model.guideline import HitPolicy
from tests.unit.analyse.deadlines import few
from tests.unit.analyse.tables import (
    HIGH,
    SEVERAL,
    Then,
    boxed,
    by_regions,
    model,
    plain,
    region_of,
    row,
    size,
    table,
    word,
)

MID: Then = (("grade", ("mid",)),)
X: Then = (("marks", ("x",)),)
Y: Then = (("marks", ("y",)),)
XY: Then = (("marks", ("x", "y")),)
NO, YES = word("free", "no"), word("free", "yes")


def both(*tests: Expression) -> Both:
    return Both(tuple(tests))


UNIQUE = table(
    [
        row("a", size(0, 3)),
        row("b", both(size(2, 5), NO)),
        row("c", both(size(3, 3), YES), HIGH),
        row("twin", both(size(2, 5), NO)),
        row("dead", both(size(0, 1), size(3, 4))),
    ],
    HitPolicy.UNIQUE,
)
ANY = table(
    [
        row("a", size(0, 3)),
        row("b", size(2, 5)),
        row("c", both(size(3, 6), NO), HIGH),
        row("d", both(size(5, 9), NO), HIGH),
        row("e", both(size(8, 9), NO), HIGH),
    ],
    HitPolicy.ANY,
)
FIRST = table(
    [
        row("a", both(size(0, 4), NO), HIGH),
        row("b", size(3, 6), MID),
        row("c", both(size(3, 4), NO)),
        row("d", size(5, 6), MID),
        row("e", both(size(4, 8), word("kind", "a"))),
        row("f", both(size(7, 9), word("kind", "b"), NO)),
        row("g", both(size(7, 9), word("kind", "b"), YES)),
    ],
    HitPolicy.FIRST,
    (row("rest", word("kind", "a"), MID),),
)
PRIORITY = table(
    [
        row("a", size(0, 4)),
        row("b", size(3, 6), HIGH),
        row("c", both(size(3, 4), NO), MID),
        row("d", both(size(4, 8), NO)),
        row("e", both(size(4, 8), YES)),
    ],
    HitPolicy.PRIORITY,
)
COLLECT = table(
    [
        row("a", size(0, 4)),
        row("b", size(3, 6), HIGH),
        row("c", both(size(3, 4), NO), MID),
        row("d", both(size(0, 2), NO)),
        row("e", both(size(7, 9), word("kind", "a"))),
        row("f", both(size(7, 9), word("kind", "b", "c"))),
    ],
    HitPolicy.COLLECT,
    (row("rest", ALWAYS),),
)
MARKS = table(
    [
        row("a", size(0, 4), X),
        row("b", size(3, 6), XY),
        row("c", both(size(3, 4), NO), X),
        row("d", both(size(0, 2), NO), Y),
        row("e", both(size(7, 9), YES), XY),
    ],
    HitPolicy.COLLECT,
)
REPEATED = table(
    [row("a", size(0, 3)), row("b", both(size(2, 5), NO), HIGH), row("twin", size(0, 3)), row("c", size(6, 9))],
    HitPolicy.ANY,
)
EQUALS = table([row("a", size(0, 4), X), row("b", size(3, 6), Y)], HitPolicy.PRIORITY)
TWICE = table([row("a", size(0, 4)), row("c", NO), row("d", both(size(0, 2), NO))], HitPolicy.COLLECT)
CHAIN = table(
    [
        row("a", both(size(0, 1), NO)),
        row("d", both(word("kind", "a"), size(6, 9), YES), HIGH),
        row("e", both(word("kind", "b"), size(6, 9), YES), HIGH),
        row("c", both(size(4, 5), NO)),
        row("b", both(size(2, 3), NO)),
    ],
    HitPolicy.UNIQUE,
)
APART = table(
    [
        row("a", both(size(0, 1), NO)),
        row("b", both(size(4, 5), NO)),
        row("none", both(word("kind"), YES)),
        row("c", both(word("kind", "a"), YES)),
        row("d", both(word("kind", "c"), YES)),
    ],
    HitPolicy.UNIQUE,
)
SHARED = table([row("a", both(size(0, 3), NO)), row("b", both(size(2, 5), NO))], HitPolicy.UNIQUE)
NEEDLESS = table(
    [
        row("a", both(size(0, 4), NO)),
        row("b", both(size(0, 4), YES)),
        row("c", both(size(5, 9), word("kind", "a"))),
        row("d", both(size(5, 9), word("kind", "b", "c"))),
    ],
    HitPolicy.UNIQUE,
)
FULL = table([row("a", ALWAYS), row("b", both(size(5, 9), NO))], HitPolicy.FIRST, (row("rest", ALWAYS, MID),))


def collected(one: Table) -> Compiled:
    return model(replace(one, outputs=("marks",)), covers=("marks",))


def packed(compiled: Compiled, weights: bool = True) -> BoxTable:
    atoms = cut((compiled,))
    one = box_table(compiled, atoms, {name: [1] * atoms.size(name) for name in atoms.inputs} if weights else None)
    assert one is not None
    return one


@pytest.mark.parametrize(
    ("compiled", "expected"),
    [
        (
            model(UNIQUE),
            [
                "RF301  1/3",
                "RF302 a b 1/6",
                "RF302 a c 1/12",
                "RF304 dead",
                "RF313 b twin 1/3",
            ],
        ),
        (
            model(ANY),
            [
                "RF301  3/16",
                "RF303 a b c 1/16",
                "RF303 b c d 1/16",
                "RF308 e: d 1/16",
                "RF311 a b: a size 5/8",
                "RF311 c d: c size 3/8",
            ],
        ),
        (model(REPEATED), ["RF301  1/8", "RF303 a b twin 1/8", "RF307 a twin 1/2"]),
        (collected(EQUALS), ["RF301  1/4"]),
        (model(TWICE), ["RF301  1/6", "RF308 d: a 1/6"]),
        (model(CHAIN), ["RF301  13/24", "RF311 a b: a size 1/4", "RF311 d e: d kind 1/12"]),
        (model(APART), ["RF301  5/12", "RF304 none", "RF311 c d: c kind 1/3"]),
        (model(SHARED), ["RF301  5/8", "RF302 a b 1/8"]),
        (
            model(FIRST),
            [
                "RF301  1/6",
                "RF306 c: a 1/6",
                "RF306 d: b 1/6",
                "RF311 f g: f free 1/9",
                "RF315 b: a 1/6",
                "RF315 e: a b d 1/9",
            ],
        ),
        (
            model(PRIORITY),
            [
                "RF301  1/6",
                "RF306 c: b 1/6",
                "RF311 d e: d free 1/2",
                "RF315 a: b 1/3",
                "RF315 d: b c 1/6",
                "RF315 e: b 1/6",
                "RF310 : c d e free everywhere=True",
            ],
        ),
        (
            model(COLLECT),
            [
                "RF306 c: b 1/8",
                "RF306 rest: a b e f 1",
                "RF309 a 1/2",
                "RF308 d: a 1/8",
                "RF309 e 1/12",
                "RF309 f 1/6",
            ],
        ),
        (collected(MARKS), ["RF301  1/8", "RF308 c: a 1/8"]),
        (
            model(NEEDLESS),
            [
                "RF311 a b: a free 1/2",
                "RF311 c d: c kind 1/2",
                "RF310 : a b c d size everywhere=True",
                "RF310 : a b free everywhere=True",
                "RF310 : c d kind everywhere=True",
            ],
        ),
        (model(FULL), ["RF306 b: a 1/4", "RF306 rest: a 1"]),
    ],
)
def test_boxes_find_what_regions_find(compiled: Compiled, expected: list[str]) -> None:
    ours, theirs = boxed(compiled), by_regions(compiled)
    told = []
    for fault in ours.faults:
        others = f": {' '.join(fault.others)}" if fault.others else ""
        share = [] if fault.where is None else [str(fault.where.share)]
        detail = [f"{key}={value}" for key, value in fault.detail.items() if key == "everywhere"]
        told.append(" ".join([f"{fault.code.id} {' '.join(fault.rules)}{others}", *fault.names, *share, *detail]))
    assert told == expected
    assert sorted(map(plain, ours.faults), key=repr) == sorted(map(plain, theirs.faults), key=repr)
    diagrams = Diagrams(cut((compiled,)).space)
    regions = {
        (fault.code, fault.rules): region_of(compiled, diagrams, fault) for fault in theirs.faults if fault.where
    }
    for fault in ours.faults:
        if fault.code.id in SEVERAL:
            assert fault.where is not None
            assert fault.where.exact is True
            assert region_of(compiled, diagrams, fault) == regions[fault.code, fault.rules]


def test_a_gap_is_told_as_alternatives_that_together_are_all_of_it() -> None:
    (gap,) = [fault for fault in boxed(model(UNIQUE)).faults if fault.code.id == "RF301"]
    assert gap.where is not None
    assert (gap.where.cubes, gap.where.exact, gap.point) == (
        ({"size": 0b111000, "free": 0b10}, {"size": 0b100000}),
        True,
        (3, 1, 1, 0),
    )


def test_a_gap_of_too_many_alternatives_is_told_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_boxes, "MAX_CUBES", 1)
    (gap,) = [fault for fault in boxed(model(UNIQUE)).faults if fault.code.id == "RF301"]
    assert gap.where is not None
    assert (len(gap.where.cubes), gap.where.exact, gap.where.share) == (1, False, Fraction(1, 3))


def test_questions_that_are_not_for_boxes_are_not_answered() -> None:
    one = packed(model(UNIQUE))
    found = by_boxes.run(one, questions=Wanted.EVERYTHING.questions)
    assert [(left.question, left.budget) for left in found.ungiven] == [
        (THREE_VALUED, "what can be answered without decision diagrams")
    ]
    assert found.unsettled == ()
    faults = by_boxes.run(one, questions=FAULTS)
    assert [fault.code.id for fault in faults.faults] == ["RF301", "RF302", "RF302", "RF304", "RF313"]
    assert faults.complete


def test_each_question_is_out_of_time_by_itself_and_what_was_found_is_kept() -> None:
    one = packed(model(UNIQUE))
    found = by_boxes.run(one, deadline=few(0))
    assert [left.question for left in found.unsettled] == list(FAULTS)
    assert [left.question for left in found.ungiven] == [one for one in ADVICE if one != THREE_VALUED]
    assert {left.budget for left in (*found.unsettled, *found.ungiven)} == {"a few steps"}
    assert found.unsettled[1] == Unsettled(
        "overlaps and conflicts", "a few steps", "none found so far; decided: nothing else"
    )
    (gap,) = found.faults
    assert gap.where is not None
    assert (gap.where.exact, gap.where.share, len(gap.where.cubes)) == (False, None, 1)


def test_what_was_decided_is_told_beside_what_was_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def exceeding(_: object) -> None:
        raise BudgetExceeded("the overlaps", "2 s")

    monkeypatch.setattr(by_boxes, "overlaps", exceeding)
    decided = (
        "decided: gaps (1), rules that cannot apply (1), rules that repeat each other (1), rules that never decide"
    )
    assert by_boxes.run(packed(model(UNIQUE)), questions=FAULTS).unsettled == (
        Unsettled("overlaps and conflicts", "2 s", f"none found so far; {decided} (none)"),
    )


def test_without_weights_no_share_is_told_and_all_else_is_the_same() -> None:
    for compiled in (model(UNIQUE), model(FIRST), collected(MARKS)):
        weighed, plainly = by_boxes.run(packed(compiled)), by_boxes.run(packed(compiled, weights=False))
        for one, other in zip(weighed.faults, plainly.faults, strict=True):
            where = None if one.where is None else replace(one.where, share=None)
            assert replace(one, where=where) == replace(other, where=other.where if one.code.id != "RF301" else where)


def test_an_input_that_matters_only_where_few_rules_test_it_is_not_told() -> None:
    alike = [row("a", both(size(0, 4), NO)), row("b", both(size(0, 4), YES))]
    place = size(5, 9), word("kind", "a")
    apart = [row("c", both(*place, NO), HIGH), row("d", both(*place, YES), MID)]
    found = boxed(model(table([*alike, *apart], HitPolicy.FIRST))).faults
    assert [fault.names for fault in found if fault.code.id == "RF310"] == []
