"""Pieces of a column: what a test says of a piece it says of every value in it."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.dmn.domain import Domain, NotAnalysable, domain_of
from redflag_kit.dmn.feel.evaluate import evaluate, satisfies
from redflag_kit.dmn.feel.parser import parse_expression, parse_unary_tests
from redflag_kit.dmn.feel.scope import scope_of
from redflag_kit.dmn.feel.types import ANY, Kind
from redflag_kit.dmn.feel.values import feel_text

NOTHING = scope_of({})


def unary(text):
    return parse_unary_tests(text, NOTHING)


def value_of(text):
    return evaluate(parse_expression(text, NOTHING), {})


def domain(kind, *cells, allowed=(), integer=False, null=False):
    return domain_of(kind, integer, tuple(map(unary, allowed)), tuple(map(unary, cells)), null)


def said(found):
    """Return every piece as FEEL, in order."""
    return [found.text([(at, at)])[0] for at in range(len(found.pieces))]


@pytest.mark.parametrize(
    ("made", "pieces"),
    [
        (domain(Kind.NUMBER, "< 50", "> 50"), ["< 50", "50", "> 50"]),
        (domain(Kind.NUMBER, "< 50", allowed=["[0..120]"]), ["0", "(0..50)", "50", "(50..120)", "120"]),
        (domain(Kind.NUMBER, "<= 49", ">= 50", allowed=["[49..50]"]), ["49", "(49..50)", "50"]),
        (domain(Kind.NUMBER, "<= 49", ">= 50", allowed=["[49..50]"], integer=True), ["49", "50"]),
        (domain(Kind.NUMBER, "1, 3", allowed=["1, 2, 3"]), ["1", "2", "3"]),
        (domain(Kind.NUMBER, "-"), ["-"]),
        (domain(Kind.NUMBER, "< 5", null=True), ["< 5", "5", "> 5", "null"]),
        (domain(Kind.BOOLEAN, "true"), ["true", "false"]),
        (domain(Kind.BOOLEAN, "-", allowed=["true"]), ["true"]),
        (domain(Kind.STRING, '"low"', 'not("mid")'), ['"low"', '"mid"', "any other text"]),
        (domain(Kind.STRING, '"low"', allowed=['"low","high"']), ['"high"', '"low"']),
        (domain(Kind.STRING, '"other"'), ['"other"', "any other text"]),
        (domain(Kind.STRING, '< "b"'), ['< "b"', '"b"', '> "b"']),
        (domain(Kind.STRING, '["a".."a\u0000"]'), ['< "a"', '"a"', '"a\u0000"', '> "a\u0000"']),
        (domain(Kind.DATE, '< @"2020-01-02"', '>= @"2020-01-03"'),
         ['< @"2020-01-02"', '@"2020-01-02"', '@"2020-01-03"', '> @"2020-01-03"']),
        (domain(Kind.YEARS_MONTHS, '@"P1M"'), ['< @"P1M"', '@"P1M"', '> @"P1M"']),
        (domain(Kind.DAYS_TIME, '< @"P1D"'), ['< @"P1D"', '@"P1D"', '> @"P1D"']),
        (domain(Kind.TIME, '< @"00:00:00"'), ['@"00:00:00"', '> @"00:00:00"']),
        (domain(Kind.DATE_TIME, '@"2020-01-01T00:00:00"'),
         ['< @"2020-01-01T00:00:00"', '@"2020-01-01T00:00:00"', '> @"2020-01-01T00:00:00"']),
        (domain(Kind.ANY, "< 5"), ["< 5", "5", "> 5"]),
    ],
)  # fmt: skip
def test_a_column_is_cut_at_every_value_that_is_mentioned(made, pieces):
    assert said(made) == pieces


def test_an_empty_interval_is_cut_and_accepts_nothing():
    found = domain(Kind.NUMBER, "[60..50]")
    assert found.runs(unary("[60..50]")) == ()


@pytest.mark.parametrize(
    ("kind", "cells", "reason"),
    [
        (Kind.ANY, ["-"], "its type is not declared"),
        (Kind.ANY, ["5", '"a"'], "it is tested for values of several types"),
        (Kind.LIST, ["-"], "values of the type list are not analysed"),
        (Kind.TIME, ['< @"10:00:00"', '> @"12:00:00Z"'], "times with and without an offset cannot be put in one order"),
    ],
)
def test_a_column_that_cannot_be_cut_says_why(kind, cells, reason):
    with pytest.raises(NotAnalysable, match=reason):
        domain(kind, *cells)


def test_a_test_that_is_put_to_a_variable_cannot_be_cut():
    cell = parse_unary_tests("> limit", scope_of({"limit": ANY}))
    with pytest.raises(NotAnalysable, match="something that is not a constant"):
        domain_of(Kind.NUMBER, False, (), (cell,), False)


def test_allowed_values_that_exclude_each_other_leave_no_value():
    with pytest.raises(NotAnalysable, match="leave no value"):
        domain(Kind.NUMBER, "-", allowed=["< 1", "> 2"])


def test_a_piece_weighs_its_length_on_a_dense_line_and_its_number_of_values_on_any_other():
    dense = domain(Kind.NUMBER, "5", allowed=["[0..20]"])
    whole = domain(Kind.NUMBER, "5", allowed=["[0..20]"], integer=True)
    assert [piece.weight for piece in dense.pieces] == [0, 5, 0, 15, 0]
    assert [piece.weight for piece in whole.pieces] == [1, 4, 1, 14, 1]
    assert dense.bounded
    assert not domain(Kind.NUMBER, "5").bounded
    assert not domain(Kind.STRING, '"a"').bounded
    assert sum((piece.weight for piece in domain(Kind.BOOLEAN, "-").pieces), Fraction(0)) == 2


def test_neighbouring_pieces_are_told_as_one_stretch():
    found = domain(Kind.NUMBER, "< 1", "2", "> 3", null=True)
    assert found.text([(0, 2)]) == ("< 2",)
    assert found.text([(1, 5)]) == ("[1..3]",)
    assert found.text([(1, 4), (6, 7)]) == ("[1..3)", "> 3", "null")
    assert found.text([(0, 6)]) == ("not(null)",)
    words = domain(Kind.STRING, '"a"', '"b"')
    assert words.text([(0, 2)]) == ('"a"', '"b"', "any other text")


NUMBERS = st.decimals(-1, 6, places=1).map(str)
TEXTS = st.text("ab", max_size=3).map(lambda text: f'"{text}"')
DAYS = st.integers(1, 9).map(lambda day: f'@"2020-01-0{day}"')
CLOCKS = st.integers(0, 9).map(lambda hour: f'@"0{hour}:00:00"')
MONTHS = st.integers(-3, 6).map(lambda n: f'@"{"-" if n < 0 else ""}P{abs(n)}M"')


@st.composite
def cells(draw, values, ordered=True):
    one, two = draw(values), draw(values)
    shapes = [one, f"{one}, {two}", f"not({one})", "-", "null", f"not({one}, null)"]
    if ordered:
        ends = draw(st.sampled_from(["[]", "()", "[)", "(]", "][", "]]"]))
        shapes += [f"{sign} {one}" for sign in ("<", "<=", ">", ">=")]
        shapes += [f"{ends[0]}{one}..{two}{ends[1]}", f"not(< {one})", f"< {one}, > {two}", f"not([{one}..{two}))"]
    return draw(st.sampled_from(shapes))


KINDS = [
    (Kind.NUMBER, NUMBERS, True),
    (Kind.STRING, TEXTS, True),
    (Kind.STRING, TEXTS, False),
    (Kind.DATE, DAYS, True),
    (Kind.TIME, CLOCKS, True),
    (Kind.YEARS_MONTHS, MONTHS, True),
]


def piece_of(found: Domain, value):
    """Return the piece of a value: the one that no cut parts from it."""
    if value is None:
        return len(found.pieces) - 1
    for at, piece in enumerate(found.pieces):
        if not piece.stretch and piece.value == value:
            return at
    for at, piece in enumerate(found.pieces):
        if piece.stretch:
            low = piece.low is None or satisfies(unary(f"> {feel_text(piece.low)}"), value, {})
            high = piece.high is None or satisfies(unary(f"< {feel_text(piece.high)}"), value, {})
            if low and high:
                return at
    raise AssertionError("the pieces leave a value out")


@given(st.data())
def test_a_test_holds_for_a_value_exactly_if_it_accepts_the_piece_of_the_value(data):
    kind, values, ordered = data.draw(st.sampled_from(KINDS))
    texts = data.draw(st.lists(cells(values, ordered), min_size=1, max_size=4))
    found = domain(kind, *texts, null=True)
    for value in [value_of(data.draw(values)) for _ in range(4)] + [None]:
        at = piece_of(found, value)
        for text in texts:
            accepted = any(first <= at <= last for first, last in found.runs(unary(text)))
            assert accepted == satisfies(unary(text), value, {}), (text, value)


@given(st.data())
def test_runs_are_in_order_and_do_not_touch(data):
    kind, values, ordered = data.draw(st.sampled_from(KINDS))
    texts = data.draw(st.lists(cells(values, ordered), min_size=1, max_size=4))
    found = domain(kind, *texts, null=True)
    for text in texts:
        runs = found.runs(unary(text))
        assert all(first <= last for first, last in runs)
        assert all(one[1] + 1 < two[0] for one, two in pairwise(runs))
