"""FEEL: expressions have the values that the standard gives them."""

import pytest

from redflag_kit.dmn.feel.evaluate import evaluate, satisfies
from redflag_kit.dmn.feel.parser import parse_expression, parse_unary_tests
from redflag_kit.dmn.feel.scope import scope_of
from redflag_kit.dmn.feel.syntax import Path
from redflag_kit.dmn.feel.tokens import FeelError
from redflag_kit.dmn.feel.types import ANY, BOOLEAN, DATE, NUMBER, STRING, Kind, Type, list_of
from redflag_kit.dmn.feel.values import feel_text

PERSON = Type(Kind.CONTEXT, None, (("age", NUMBER), ("date of birth", DATE), ("first name", STRING)))
TYPES = {
    "a": NUMBER,
    "b": NUMBER,
    "a-b": NUMBER,
    "Credit score": NUMBER,
    "Credit": NUMBER,
    "date and more": DATE,
    "yes": BOOLEAN,
    "unknown": ANY,
    "person": PERSON,
    "people": list_of(PERSON),
    "in stock": BOOLEAN,
}
SCOPE = scope_of(TYPES)
VALUES = {
    name: evaluate(parse_expression(text, SCOPE), {})
    for name, text in {
        "a": "1", "b": "2", "a-b": "7", "Credit score": "600", "Credit": "5", "date and more": 'date("2020-02-29")',
        "yes": "true", "in stock": "false",
    }.items()
}  # fmt: skip


def value(text):
    return feel_text(evaluate(parse_expression(text, SCOPE), VALUES))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the standard's own examples, table 40
        ("decimal(1, 2)", "1"),
        (".25 + .2", "0.45"),
        (".10 * 30.00", "3"),
        ("1 + 3/2*2 - 2**3", "-4"),
        ("1/3", "0.3333333333333333333333333333333333"),
        ("decimal(1/3, 2)", "0.33"),
        ("1 = 1.000", "true"),
        ("1.01/2", "0.505"),
        ("decimal(0.505, 2)", "0.5"),
        ("decimal(0.515, 2)", "0.52"),
        ("1.0*10**3", "1000"),
        # precedence and association
        ("2 - 3 - 4", "-5"),
        ("2 ** 3 ** 2", "64"),
        ("-2 ** 2", "4"),
        ("- a + b", "1"),
        ("1 + 2 < 4 and false or true", "true"),
        ("(1 + 2) * 3", "9"),
        # what has no value is null
        ("1 / 0", "null"),
        ("0 / 0", "null"),
        ('1 + "a"', "null"),
        ("true + true", "null"),
        ("10 ** 7000", "null"),
        ("0 ** 0", "1"),
        ("-(-0)", "0"),
        ("1234567890123456789012345678901234 + 0.5", "1234567890123456789012345678901234"),
        ("-1234567890123456789012345678901234", "-1234567890123456789012345678901234"),
        # names
        ("a-b", "7"),
        ("a - b", "7"),
        ("(a)-(b)", "-1"),
        ("Credit score / Credit", "120"),
        ("Credit   score", "600"),
        ("date and more.year", "2020"),
        ("if in stock then 1 else 2", "2"),
        ("unknown", "null"),
        # texts
        ('"a" + "b"', '"ab"'),
        ('"\\u0041\\n\\"\\\\\\t\\r\\\'"', '"A\\n\\"\\\\\\t\\r\'"'),
        ('"\\U01F40E"', '"\U0001f40e"'),
        ('"\\uD83D\\uDC0E"', '"\U0001f40e"'),
        ('"a" < "b"', "true"),
        ('"B" < "a"', "true"),
        # comments
        ("1 /* one */ + // and\n 2", "3"),
        # lists
        ("[1, 2, [3]]", "[1, 2, [3]]"),
        ("[]", "[]"),
        ("[1, 2] = [1, 2.0]", "true"),
        ("[1, 2] = [1]", "false"),
        ('[1] = ["a"]', "null"),
        # ranges
        ("[1..3] = [1..3]", "true"),
        ("[1..3) = [1..3]", "false"),
        ("[3..1]", "null"),
        ("[1..3].start included", "true"),
        ("(1..3].start included", "false"),
        ("[1..3].end", "3"),
        ("[1..3].start", "1"),
        ("[1..3).end included", "false"),
        # conditions
        ("if null then 1 else 2", "2"),
        ("2 between 1 and 3 and true", "true"),
        ("null between 1 and 3", "null"),
        ("0 between 1 and null", "false"),
    ],
)
def test_an_expression_has_its_value(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the standard's own examples, table 39
        ("5 in ( <=5 )", "true"),
        ("5 in ( (5..10] )", "false"),
        ("5 in ( [5..10] )", "true"),
        ("5 in (4, 5, 6)", "true"),
        ("5 in (<5, >5)", "false"),
        ('date("2012-12-31") in ( (date("2012-12-25")..date("2013-02-14")) )', "true"),
        ("5 in [4, 5]", "true"),
        ("5 in [[1..2], [4..6]]", "true"),
        ("5 in 5", "true"),
        ("5 in (1..5]", "true"),
        ("5 in ]1..5[", "false"),
        ("5 in > 3", "true"),
        ("[1] in [[1]]", "true"),
        ("[1] in [1]", "null"),
        ("null in (null)", "true"),
        ("null in (1)", "false"),
        ("null in (< 1)", "null"),
        ('"a" in (1)', "null"),
    ],
)
def test_membership_is_as_the_standard_says(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        ("true", "true", "true", "true"),
        ("true", "false", "false", "true"),
        ("true", "null", "null", "true"),
        ("false", "true", "false", "true"),
        ("false", "false", "false", "false"),
        ("false", "null", "false", "null"),
        ("null", "true", "null", "true"),
        ("null", "false", "false", "null"),
        ("null", "null", "null", "null"),
        ("true", "1", "null", "true"),
        ("false", '"x"', "false", "null"),
    ],
)
def test_logic_has_three_values(left, right, both, either):
    assert value(f"{left} and {right}") == both
    assert value(f"{left} or {right}") == either


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("null = null", "true"),
        ("null = 1", "false"),
        ("unknown = null", "true"),
        ("1 != null", "true"),
        ("null != null", "false"),
        ('1 = "1"', "null"),
        ('1 != "1"', "null"),
        ("true = 1", "null"),
        ("1 = true", "null"),
        ("true = true", "true"),
        ("true < false", "null"),
        ("null < 1", "null"),
        ("1 >= null", "null"),
        ("2 >= 1", "true"),
        ("2 <= 1", "false"),
        ('date("2020-01-01") = date and time("2020-01-01T00:00:00")', "null"),
        ('time("10:00:00") = time("10:00:00")', "true"),
        ('time("10:00:00Z") = time("11:00:00+01:00")', "true"),
        ('time("10:00:00") < time("10:00:01Z")', "true"),
        ('date and time("2020-01-01T00:00:00+01:00") < date and time("2020-01-01T00:00:00Z")', "true"),
        ('duration("P1D") = duration("PT24H")', "true"),
        ('duration("P1Y") = duration("P12M")', "true"),
        ('duration("P1Y") = duration("P365D")', "null"),
    ],
)
def test_comparison_is_null_between_kinds_and_exact_within_one(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('date("2012-12-25") - date("2012-12-24")', '@"P1D"'),
        ('date and time("2012-12-24T23:59:00") + duration("PT1M")', '@"2012-12-25T00:00:00"'),
        ('time("23:59:00z") + duration("PT2M")', '@"00:01:00Z"'),
        ('time("00:00:00") - duration("PT1S")', '@"23:59:59"'),
        ('date("2020-01-31") + duration("P1M")', '@"2020-02-29"'),
        ('date("2020-03-31") - duration("P1M")', '@"2020-02-29"'),
        ('date("2020-03-01") - duration("P1D")', '@"2020-02-29"'),
        ('duration("P1M") + date and time("2020-12-31T01:02:03.5+02:00")', '@"2021-01-31T01:02:03.5+02:00"'),
        ('duration("P1DT1H") / 2', '@"PT12H30M"'),
        ('duration("P1DT12H") / duration("PT12H")', "3"),
        ('3 * duration("P1Y1M")', '@"P3Y3M"'),
        ('duration("P1Y") / 5', '@"P2M"'),
        ('duration("P1Y") / duration("P5M")', "2.4"),
        ('-duration("P1Y2M")', '@"-P1Y2M"'),
        ('- duration("PT36H")', '@"-P1DT12H"'),
        ('duration("P1D") / 0', "null"),
        ('duration("P1D") / duration("PT0S")', "null"),
        ('duration("P1Y") / duration("P0M")', "null"),
        ('duration("P1Y") + duration("P1D")', "null"),
        ('duration("P1Y") + duration("P1M")', '@"P1Y1M"'),
        ('duration("PT1H") - duration("PT90M")', '@"-PT30M"'),
        ('date("2020-01-01") - date and time("2020-01-01T00:00:00")', "null"),
        ('date("2020-01-02") - date and time("2020-01-01T12:00:00Z")', '@"PT12H"'),
        ('time("10:00:00") - time("09:30:00")', '@"PT30M"'),
        ('date("999999999-12-31") + duration("P1D")', "null"),
        ('date("-0001-03-01") - duration("P1D")', '@"-0001-02-28"'),
        ('"a" - "b"', "null"),
        ('date("2020-01-01") * 2', "null"),
        ('-"a"', "null"),
        ("-true", "null"),
    ],
)
def test_dates_and_durations_are_calculated_exactly(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date(2019, 6, 30)", '@"2019-06-30"'),
        ("date(month: 6, day: 30, year: 2019)", '@"2019-06-30"'),
        ("date(2019, 6, 31)", "null"),
        ("date(2019.5, 6, 30)", "null"),
        ('date(date and time("2019-03-31T00:00:00Z"))', '@"2019-03-31"'),
        ('date("2019-01-01T00:00:00Z")', "null"),
        ('date(date("2019-01-01"))', '@"2019-01-01"'),
        ("date(1)", "null"),
        ('date and time("2012-12-24")', '@"2012-12-24T00:00:00"'),
        ('date and time(date(2012, 12, 24), time("23:59:00"))', '@"2012-12-24T23:59:00"'),
        ('date and time(date and time("2012-12-24T01:00:00Z"), time("23:59:00"))', '@"2012-12-24T23:59:00"'),
        ("date and time(date(2012, 12, 24))", '@"2012-12-24T00:00:00"'),
        ("date and time(1)", "null"),
        ('time(23, 59, 0, duration("PT0H"))', '@"23:59:00Z"'),
        ('time(23, 59, 0, duration("-PT5H30M"))', '@"23:59:00-05:30"'),
        ("time(23, 59, 1.5)", '@"23:59:01.5"'),
        ("time(24, 0, 0)", "null"),
        ('time(1, 2, 3, duration("PT15H"))', "null"),
        ('time("x", 2, 3)', "null"),
        ('time(date and time("2012-12-24T23:59:00Z"))', '@"23:59:00Z"'),
        ("time(date(2012, 12, 24))", '@"00:00:00Z"'),
        ('time(time("10:00:00"))', '@"10:00:00"'),
        ("time(1)", "null"),
        ('duration("P1Y14M")', '@"P2Y2M"'),
        ('duration("P1DT25H")', '@"P2DT1H"'),
        ('duration("PT1M0.50S")', '@"PT1M0.5S"'),
        ('duration("-P0M")', '@"P0M"'),
        ('duration("PT0S")', '@"PT0S"'),
        ('duration("P")', "null"),
        ('duration("P1DT")', "null"),
        ("duration(1)", "null"),
        ('years and months duration(date("2011-12-22"), date("2013-08-24"))', '@"P1Y8M"'),
        ('years and months duration(date("2013-08-24"), date("2011-12-25"))', '@"-P1Y7M"'),
        ('years and months duration(date("2019-01-31"), date("2019-02-28"))', '@"P0M"'),
        ('years and months duration(1, date("2019-02-28"))', "null"),
        ('number("1 000,0", " ", ",")', "1000"),
        ('number("1,000.5", ",", ".")', "1000.5"),
        ('number("1.5", null, null)', "1.5"),
        ('number("1.5", ".", ".")', "null"),
        ('number("1.5,2", null, ",")', "null"),
        ('number("x", ",", ".")', "null"),
        ('number(1, ",", ".")', "null"),
        ("string(1.10)", '"1.1"'),
        ("string(null)", "null"),
        ('string("a")', '"a"'),
        ("string(true)", '"true"'),
        ('string(date("2019-01-01"))', '"2019-01-01"'),
        ('string([1, "a"])', '"[1, \\"a\\"]"'),
        ("not(true)", "false"),
        ('not("x")', "null"),
        ("list contains([1, 2], 2)", "true"),
        ("list contains([1, null], null)", "true"),
        ("list contains([1], null)", "false"),
        ("list contains(null, 1)", "null"),
        ("list contains(1, 1)", "true"),
        ("count([1, 2, null])", "3"),
        ("count(1, 2)", "2"),
        ("count([])", "0"),
        ("min(3, 1, 2)", "1"),
        ('max(["a", "c", "b"])', '"c"'),
        ("max([])", "null"),
        ('min(1, "a")', "null"),
        ("min([true])", "null"),
        ("sum([1, 2.5])", "3.5"),
        ("sum([])", "null"),
        ('sum(1, "a")', "null"),
        ("mean(1, 2)", "1.5"),
        ("mean([])", "null"),
        ("all([true, null])", "null"),
        ("all(true, false, null)", "false"),
        ("all([])", "true"),
        ("any([false, null])", "null"),
        ("any(false, true)", "true"),
        ("any([])", "false"),
        ("floor(-1.5)", "-2"),
        ("ceiling(1.25, 1)", "1.3"),
        ('floor("a")', "null"),
        ("decimal(1, 7000)", "null"),
        ("decimal(1.004, 2)", "1"),
        ("abs(-1)", "1"),
        ('abs("a")', "null"),
        ("modulo(-12, 5)", "3"),
        ("modulo(12, 0)", "null"),
        ('string length("\U0001f40eab")', "3"),
        ("string length(1)", "null"),
        ('upper case("aé")', '"AÉ"'),
        ("upper case(1)", "null"),
        ('lower case("AÉ")', '"aé"'),
        ("lower case(1)", "null"),
        ('contains("foobar", "ob")', "true"),
        ('contains(["foobar"], "of")', "false"),
        ('contains("foobar", 1)', "null"),
        ('starts with("foobar", "fo")', "true"),
        ('starts with("foobar", 1)', "null"),
        ('ends with("foobar", "r")', "true"),
        ("ends with(1, 1)", "null"),
        ('substring("foobar", 3)', '"obar"'),
        ('substring("foobar", 3, 3)', '"oba"'),
        ('substring("foobar", -2, 1)', '"a"'),
        ('substring("foobar", 0)', "null"),
        ('substring("foobar", 1, 0)', "null"),
        ('substring(string: "foobar", start position: 3)', '"obar"'),
        ("abs(1, 2)", "null"),
        ("abs(m: 1)", "null"),
    ],
)
def test_a_built_in_function_has_its_value(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('date("2019-06-30").weekday', "7"),
        ('date("1970-01-01").weekday', "4"),
        ('date("2019-06-30").month', "6"),
        ('date("2019-06-30").hour', "null"),
        ('date and time("2019-06-30T10:20:30.5+01:00").second', "30.5"),
        ('date and time("2019-06-30T10:20:30").day', "30"),
        ('time("10:20:30Z").minute', "20"),
        ('time("10:20:30+01:00").time offset', '@"PT1H"'),
        ('time("10:20:30").time offset', "null"),
        ('time("10:20:30").timezone', "null"),
        ('duration("-P1Y2M").months', "-2"),
        ('duration("P1Y2M").years', "1"),
        ('duration("P1Y2M").days', "null"),
        ('duration("-P1DT2H3M4.5S").days', "-1"),
        ('duration("P1DT2H3M4.5S").hours', "2"),
        ('duration("P1DT2H3M4.5S").minutes', "3"),
        ('duration("P1DT2H3M4.5S").seconds', "4.5"),
        ('duration("P1D").years', "null"),
        ("[1..2].start", "1"),
        ("[1..2].hour", "null"),
        ("a.year", "null"),
        ("[date(2019, 1, 2), date(2020, 1, 2)].year", "[2019, 2020]"),
    ],
)
def test_values_have_parts(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "passes", "fails"),
    [
        ("-", ["1", "null", '"x"'], []),
        ("< 5", ["4.999"], ["5", "null", '"a"']),
        ("<= 5", ["5"], ["5.1"]),
        ("> a", ["2"], ["1"]),
        (">= -5", ["-5"], ["-6"]),
        ("[1..5]", ["1", "5"], ["0", "6", "null"]),
        ("(1..5)", ["2"], ["1", "5"]),
        ("]1..5[", ["2"], ["1", "5"]),
        ("[1..5[", ["1"], ["5"]),
        ("]1..5]", ["5"], ["1"]),
        ("(1..5]", ["5"], ["1"]),
        ("[5..1]", [], ["1", "3", "5"]),
        ("(1..1)", [], ["1"]),
        ("[a..b + 1]", ["3"], ["0"]),
        ('"a", "b"', ['"a"', '"b"'], ['"c"', "null", "1"]),
        ("null", ["null"], ["1", "false"]),
        ("1, null", ["1", "null"], ["2"]),
        ("not(1, 2)", ["3", "null"], ["1", "2", '"a"']),
        ("not(< 5)", ["5"], ["4", "null"]),
        ("not(null)", ["1"], ["null"]),
        ("not((1..5], 9)", ["1"], ["5", "9"]),
        ("not(]1..5[)", ["5"], ["2"]),
        ("not([1..5))", ["5"], ["1"]),
        ("not(yes) or ?", ["true"], ["false", "null"]),
        ("true", ["true"], ["false", "null"]),
        ("not(true)", ["false", "null"], ["true"]),
        ("yes", ["true"], ["false"]),
        ("(not(yes))", ["false"], ["true"]),
        ("not(yes), true", ["true", "false"], ["null"]),
        ("[1, 2, [4..6]]", ["1", "5"], ["3"]),
        ("? > 3 and ? < 7", ["4"], ["3", "null"]),
        ("modulo(?, 2) = 0", ["4"], ["3", "null"]),
        ('starts with(?, "a")', ['"ab"'], ['"b"', "null"]),
        ("if ? > 3 then ? < 5 else false", ["4"], ["3", "6"]),
        ("? + 0", ["4", "null"], []),
        ('date("2020-01-01")', ['date("2020-01-01")'], ['date("2020-01-02")']),
        ('< @"2020-01-01"', ['@"2019-12-31"'], ['@"2020-01-01"', '@"2020-01-01T00:00:00"']),
        ('[@"P1D"..@"P2D"]', ['@"PT25H"'], ['@"P3D"', '@"P1M"']),
    ],
)
def test_a_cell_is_satisfied_by_what_the_standard_says(text, passes, fails):
    tests = parse_unary_tests(text, SCOPE)
    for one in passes:
        assert satisfies(tests, evaluate(parse_expression(one, SCOPE), {}), VALUES), one
    for one in fails:
        assert not satisfies(tests, evaluate(parse_expression(one, SCOPE), {}), VALUES), one


def test_an_entry_of_a_context_may_have_a_name_of_several_words():
    node = parse_expression("person.date of birth.year", SCOPE)
    assert isinstance(node, Path)
    assert isinstance(node.subject, Path)
    assert (node.subject.name, node.name) == ("date of birth", "year")
    whole = parse_expression("people.first name", SCOPE)
    assert isinstance(whole, Path)
    assert whole.name == "first name"


@pytest.mark.parametrize(
    "text", ["1 +", "(1", "[1", "f(", "1 2", "]1]", "if 1 then 2", "in", "1 in", "@1", "a.", '"a', "{"]
)
def test_what_is_no_expression_is_refused_with_a_place_and_an_advice(text):
    with pytest.raises(FeelError) as caught:
        parse_expression(text, SCOPE)
    assert 0 <= caught.value.start <= caught.value.end <= len(text)
    assert caught.value.message
    assert caught.value.help
