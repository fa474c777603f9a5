"""FEEL against other ways to the same answer: Python's own calendar, exact fractions, and small numbers in turn."""

import datetime
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.dmn.evaluate import evaluate_decision
from redflag_kit.dmn.feel.evaluate import evaluate, satisfies
from redflag_kit.dmn.feel.parser import parse_expression, parse_unary_tests
from redflag_kit.dmn.feel.scope import scope_of
from redflag_kit.dmn.feel.temporal import Date, DaysTime, YearsMonths, date_of_days
from redflag_kit.dmn.feel.temporal_text import parse_duration
from redflag_kit.dmn.feel.tokens import FeelError
from redflag_kit.dmn.feel.types import NUMBER
from redflag_kit.dmn.feel.values import ContextValue, Value, feel_text
from tests.dmn.models import sound, table
from tests.property.effort import examples

NOTHING = scope_of({})


def value_of(text: str) -> Value:
    return evaluate(parse_expression(text, NOTHING), {})


numbers = st.builds(Decimal, st.decimals(-(10**9), 10**9, places=6, allow_nan=False))
dates = st.dates().map(lambda one: Date(one.year, one.month, one.day))
durations = st.one_of(
    st.integers(-(10**6), 10**6).map(YearsMonths),
    st.builds(lambda n, d: DaysTime(Fraction(n, d)), st.integers(-(10**9), 10**9), st.sampled_from([1, 2, 5, 1000])),
)
simple = st.one_of(
    st.none(), st.booleans(), numbers, st.text(st.characters(codec="utf-8"), max_size=8), dates, durations
)
values = st.recursive(simple, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=6)


@examples(300)
@given(values)
def test_a_value_is_written_so_that_it_is_read_again(value):
    assert value_of(feel_text(value)) == value
    assert not isinstance(value, ContextValue)


@examples(300)
@given(st.dates(), st.integers(-(10**5), 10**5))
def test_days_are_counted_as_the_calendar_counts_them(day, step):
    ours = Date(day.year, day.month, day.day)
    assert ours.days == (day - datetime.date(1970, 1, 1)).days
    assert date_of_days(ours.days) == ours
    assert value_of(f'@"{ours}".weekday') == day.isoweekday()
    try:
        later = day + datetime.timedelta(days=step)
    except OverflowError:
        return
    assert value_of(f'string(@"{ours}" + duration("P1D") * {step})') == later.isoformat()


@examples(200)
@given(durations, durations)
def test_durations_are_compared_as_the_numbers_they_stand_for(left, right):
    assert parse_duration(str(left)) == left
    if type(left) is type(right):
        size = [one.months if isinstance(one, YearsMonths) else one.seconds for one in (left, right)]
        assert value_of(f"{feel_text(left)} < {feel_text(right)}") == (size[0] < size[1])
    else:
        assert value_of(f"{feel_text(left)} < {feel_text(right)}") is None


@examples(300)
@given(numbers, numbers, st.sampled_from("+-*"))
def test_sums_and_products_are_exact_within_34_digits(left, right, operator):
    exact = {"+": Fraction.__add__, "-": Fraction.__sub__, "*": Fraction.__mul__}[operator](
        Fraction(left), Fraction(right)
    )
    found = value_of(f"{feel_text(left)} {operator} {feel_text(right)}")
    assert isinstance(found, Decimal)
    assert abs(Fraction(found) - exact) <= abs(exact) * Fraction(1, 10**33)
    if len(str(exact.numerator)) <= 20:
        assert Fraction(found) == exact


# Cells over the numbers 0 to 6, each with the numbers that pass.
SMALL = range(7)
small = st.integers(-1, 7)
orderings = st.tuples(st.sampled_from(["<", "<=", ">", ">="]), small).map(
    lambda one: (f"{one[0]} {one[1]}", {n for n in SMALL if eval(f"{n} {one[0]} {one[1]}")})
)
intervals = st.tuples(st.sampled_from("[(]"), small, small, st.sampled_from("])[")).map(
    lambda one: (
        f"{one[0]}{one[1]}..{one[2]}{one[3]}",
        {
            n
            for n in SMALL
            if (one[1] < n or (one[0] == "[" and one[1] == n)) and (n < one[2] or (one[3] == "]" and n == one[2]))
        },
    )
)
points = small.map(lambda one: (str(one), {one} & set(SMALL)))
listed = st.lists(st.one_of(orderings, intervals, points), min_size=1, max_size=3).map(
    lambda tests: (", ".join(text for text, _ in tests), set().union(*(passing for _, passing in tests)))
)
cells = st.one_of(st.just(("-", set(SMALL))), listed, listed.map(lambda one: (f"not({one[0]})", set(SMALL) - one[1])))


@examples(400)
@given(cells)
def test_a_cell_is_satisfied_by_exactly_its_numbers(cell):
    text, passing = cell
    tests = parse_unary_tests(text, scope_of({"x": NUMBER}))
    assert {n for n in SMALL if satisfies(tests, Decimal(n), {})} == passing


@examples(60)
@given(st.lists(st.tuples(cells, cells, st.integers(0, 3)), min_size=1, max_size=5), st.sampled_from(["UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT"]))  # fmt: skip # noqa: E501
def test_a_table_gives_what_its_hit_policy_says_for_every_patient(rules, policy):
    rows = [(one[0], other[0], str(result)) for one, other, result in rules]
    model = sound(table(rows, {"x": "number", "y": "number"}, policy=policy, values={"": "3, 1, 0, 2"}))
    for x in SMALL:
        for y in SMALL:
            outputs = [result for one, other, result in rules if x in one[1] and y in other[1]]
            found = evaluate_decision(model, "D", {"x": Decimal(x), "y": Decimal(y)}).value
            assert (list(found) if isinstance(found, tuple) else found) == expected(policy, outputs)


def expected(policy: str, outputs: list[int]) -> int | list[int] | None:
    by_priority = sorted(outputs, key=[3, 1, 0, 2].index)
    if not outputs:
        return None
    match policy:
        case "UNIQUE":
            return outputs[0] if len(outputs) == 1 else None
        case "ANY":
            return outputs[0] if len(set(outputs)) == 1 else None
        case "FIRST":
            return outputs[0]
        case "PRIORITY":
            return by_priority[0]
        case "OUTPUT ORDER":
            return by_priority
    return outputs


PIECES = [*"()[]]{}<>=!.,:-+*/\"\\'@? \n19ae", "not(", "if ", " and ", " in ", "..", "date("]


@examples(300)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_is_read_or_refused(text):
    for read in (parse_expression, parse_unary_tests):
        with suppress(FeelError):
            read(text, NOTHING)
