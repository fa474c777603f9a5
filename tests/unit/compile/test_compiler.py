from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.compile.compiler import (
    compile_condition,
    compile_guideline,
    guard_order,
    input_of,
    on_grid,
    suppressors,
)
from redflag_kit.compile.expression import (
    ALWAYS,
    Both,
    Count,
    Expression,
    InputEntry,
    Interval,
    Negation,
    OutputEntry,
    SumEntry,
)
from redflag_kit.compile.table import Implied
from redflag_kit.model.condition import All, Always, Any, AtLeast, Condition, Named, Not, Range
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.model.vocabulary import Grid
from tests.property.models import (
    a_set,
    assumed,
    at_most,
    between,
    choice,
    decision,
    guideline,
    has,
    implies,
    number,
    ordered,
    rule,
    said,
    scale,
    score,
    total,
    vocabulary,
    yes_no,
)

TENTHS = Grid(Fraction(36), Fraction(40), Fraction(1, 10))
WHOLE = Grid(Fraction(0), Fraction(9), Fraction(1))
SCAN, LIKELY = ordered("scan", scale("later", "now")), a_set("likely", "cauda", "abscess")
FINDINGS = (
    yes_no("fever", clean="absent"),
    choice("sex", ["male", "female"]),
    number("age", 0, 9, example=4),
    number("days", 0, 9, example=3),
    number("weeks", 0, 9),
    yes_no("unread", assume="absent"),
)
PRESENT = InputEntry("fever", frozenset({"present"}))


def span(grid: Grid, low: int, high: int) -> Interval:
    return Interval(grid.at(low), grid.at(high))


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("ranges", "inside"),
    [
        ((Range(Fraction(3)),), [(3, 9)]),
        ((Range(Fraction(3), low_included=False),), [(4, 9)]),
        ((Range(None, Fraction(3)),), [(0, 3)]),
        ((Range(None, Fraction(3), high_included=False),), [(0, 2)]),
        ((Range(Fraction(5, 2)),), [(3, 9)]),
        ((Range(Fraction(5, 2), low_included=False),), [(3, 9)]),
        ((Range(None, Fraction(5, 2)),), [(0, 2)]),
        ((Range(None, Fraction(5, 2), high_included=False),), [(0, 2)]),
        ((Range(Fraction(-5), Fraction(50)),), [(0, 9)]),
        ((Range(Fraction(10)),), []),
        ((Range(Fraction(9), low_included=False),), []),
        ((Range(None, Fraction(0), high_included=False),), []),
        ((Range(Fraction(3), Fraction(3)),), [(3, 3)]),
        ((Range(Fraction(3), Fraction(3), high_included=False),), []),
        ((Range(),), [(0, 9)]),
        ((), []),
        ((Range(Fraction(7)), Range(None, Fraction(1))), [(0, 1), (7, 9)]),
        ((Range(Fraction(2), Fraction(4)), Range(Fraction(5), Fraction(6))), [(2, 6)]),  # they touch
        ((Range(Fraction(2), Fraction(4)), Range(Fraction(6), Fraction(6))), [(2, 4), (6, 6)]),
        ((Range(Fraction(2), Fraction(8)), Range(Fraction(3), Fraction(4))), [(2, 8)]),  # one inside the other
    ],
)
def test_ranges_become_the_grid_values_inside_them(ranges: tuple[Range, ...], inside: list[tuple[int, int]]) -> None:
    assert on_grid(ranges, WHOLE, False) == tuple(span(WHOLE, *ends) for ends in inside)
    values = [WHOLE.at(i) for i in range(WHOLE.size)]
    outside = [v for v in values if not any(v in one for one in ranges)]
    assert [v for i in on_grid(ranges, WHOLE, True) for v in values if i.low <= v <= i.high] == outside


def test_a_threshold_between_two_grid_values_means_the_next_one() -> None:
    assert on_grid((Range(Fraction(3801, 100)),), TENTHS, False) == (span(TENTHS, 21, 40),)
    assert on_grid((Range(None, Fraction(3801, 100)),), TENTHS, False) == (span(TENTHS, 0, 20),)
    assert on_grid((Range(Fraction(38), Fraction(39)),), TENTHS, False) == (span(TENTHS, 20, 30),)
    assert on_grid((Range(Fraction(38)),), TENTHS, True) == (span(TENTHS, 0, 19),)


def test_negated_ranges_leave_the_gaps_around_and_between_them() -> None:
    ranges = (Range(Fraction(2), Fraction(3)), Range(Fraction(6), Fraction(7)))
    assert on_grid(ranges, WHOLE, True) == (span(WHOLE, 0, 1), span(WHOLE, 4, 5), span(WHOLE, 8, 9))


# ---------------------------------------------------------------- conditions


@pytest.mark.parametrize(
    ("condition", "expression"),
    [
        (has("fever"), PRESENT),
        (between("age", 3, 5), InputEntry("age", intervals=(span(WHOLE, 3, 5),))),
        (between("age", 3, negated=True), InputEntry("age", intervals=(span(WHOLE, 0, 2),))),
        (said("scan", "now", "silent"), OutputEntry("scan", frozenset({"now", "silent"}))),
        (total("risk", -9, 0), SumEntry("risk", frozenset({-1, 0}))),
        (total("risk", 0, 0, negated=True), SumEntry("risk", frozenset({-1, 1, 2}))),
        (Always(), ALWAYS),
        (All((has("fever"), Always())), Both((PRESENT, ALWAYS))),
        (Any((has("fever"),)), Count(1, (PRESENT,))),
        (AtLeast(2, (has("fever"), has("fever"))), Count(2, (PRESENT, PRESENT))),
        (Not(Named("sick", has("fever"))), Negation(PRESENT)),
    ],
)
def test_a_condition_becomes_sets_of_values_with_definitions_written_out(
    condition: Condition, expression: Expression
) -> None:
    risk = score("risk", (has("fever"), 2), (has("sex", "male"), -1))
    rules = guideline(vocabulary(FINDINGS, [SCAN]), [], scores=[risk])
    assert compile_condition(rules, condition) == expression


# ---------------------------------------------------------------- guards


def test_unless_and_overrides_are_one_graph() -> None:
    rules = (
        rule("a", unless=["b"]),
        rule("b", overrides=["a"]),
        rule("c", overrides=["a"], unless=["b"]),
    )
    assert [sorted(suppressors(one, rules)) for one in rules] == [["b", "c"], [], ["b"]]
    assert guard_order(rules) == ("b", "c", "a")


def test_rows_name_their_suppressors_and_keep_file_order() -> None:
    rules = [rule("a", has("fever"), {"scan": "now"}, unless=["c", "b"]), rule("b"), rule("c")]
    table = compile_guideline(guideline(vocabulary(FINDINGS, [SCAN]), [decision("d", rules)])).tables[0]
    assert [row.rule for row in table.rows] == ["a", "b", "c"]
    assert table.rows[0].suppressed_by == ("b", "c")
    assert table.guard_order[-1] == "a"


# ---------------------------------------------------------------- guidelines


def test_a_guideline_becomes_inputs_scores_tables_and_restrictions() -> None:
    words = vocabulary(FINDINGS, [SCAN, LIKELY], [at_most("weeks", "days", factor=7)])
    first = decision(
        "d",
        [rule("x", has("fever"), {"likely": ["cauda", "abscess"], "scan": "now"})],
        [rule("o", has("sex", "male"), {"scan": "later"})],
        policy=HitPolicy.FIRST,
    )
    found = compile_guideline(
        guideline(
            words,
            [first],
            scope=between("age", 1),
            scores=[score("risk", (has("fever"), 1))],
            constraints=[implies(has("sex", "female"), has("fever"), name="K")],
            assume={"unread": assumed("absent"), "sex": assumed("male"), "fever": assumed("absent")},
        )
    )
    assert found.name == "rules@1.0.0"
    assert list(found.inputs) == ["age", "fever", "sex", "weeks", "days"]
    assert found.inputs["age"].calm == 4
    assert found.inputs["fever"].calm == "absent"
    assert found.inputs["sex"].words == ("female", "male")
    assert [total.score for total in found.sums] == ["risk"]
    assert found.restrictions[0] == words.constraints[0]
    assert found.restrictions[1] == Implied("K", InputEntry("sex", frozenset({"female"})), PRESENT)
    assert list(found.assume) == ["fever", "sex"]  # vocabulary order; what no condition reads is left out
    (table,) = found.tables
    assert (table.decision, table.hit_policy, table.outputs) == ("d", HitPolicy.FIRST, ("likely", "scan"))
    assert table.rows[0].then == (("likely", ("abscess", "cauda")), ("scan", ("now",)))
    assert table.rows[0].writes("scan") == ("now",)
    assert table.rows[0].writes("other") == ()
    assert found.table_of("scan") == table
    assert found.table_of("other") is None
    assert found.row("o").writes("scan") == ("later",)


def test_findings_that_only_scores_or_constraints_read_are_inputs_too_in_that_order() -> None:
    words = vocabulary(FINDINGS, [SCAN], [implies(has("sex", "male"), between("weeks", 1))])
    some = guideline(
        words,
        [decision("d", [rule("r", between("days", 1), {"scan": "now"})])],
        scores=[score("risk", (All((has("fever"), between("age", 3))), 1))],
    )
    assert list(compile_guideline(some).inputs) == ["fever", "age", "days", "sex", "weeks"]


def test_the_ordinary_value_of_an_input_is_the_normal_one_where_there_is_one() -> None:
    normal = replace(number("age", 0, 9), clean=Fraction(4), example=Fraction(7))
    words = vocabulary([normal, replace(normal, id="days", clean=None)], [SCAN])
    assert input_of(words, "age").calm == 4
    assert input_of(words, "days").calm == 7


def test_a_decision_without_otherwise_compiles_to_none_declared() -> None:
    one = decision("d", [rule("x", has("fever"), {"scan": "now"})])
    other = decision("e", [rule("y", has("fever"), {"likely": ["cauda"]})], [])
    found = compile_guideline(guideline(vocabulary(FINDINGS, [SCAN, LIKELY]), [one, other]))
    assert [table.otherwise for table in found.tables] == [None, ()]
