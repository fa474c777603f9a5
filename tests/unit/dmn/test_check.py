"""Static types of FEEL: what a text is found to be before it is run, and what can be seen to be wrong."""

import pytest

from redflag_kit.dmn.feel.check import Trouble, check_expression, check_tests, names_used
from redflag_kit.dmn.feel.compare import equal, member
from redflag_kit.dmn.feel.parser import parse_expression, parse_unary_tests
from redflag_kit.dmn.feel.scope import scope_of
from redflag_kit.dmn.feel.tokens import FeelError
from redflag_kit.dmn.feel.types import ANY, BOOLEAN, DATE, NUMBER, STRING, Kind, Type, list_of, may_conform, range_of
from redflag_kit.dmn.feel.values import ContextValue, Range, feel_text

PERSON = Type(Kind.CONTEXT, None, (("age", NUMBER), ("born", DATE)))
SCOPE = scope_of(
    {"n": NUMBER, "s": STRING, "b": BOOLEAN, "d": DATE, "any": ANY}
    | {"p": PERSON, "ps": list_of(PERSON), "r": range_of(NUMBER)}
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1", "number"),
        ("null", "Null"),
        ("[1, 2]", "list<number>"),
        ('[1, "a"]', "list<Any>"),
        ("[]", "list<Null>"),
        ("[1..2]", "range<number>"),
        ("n + 1", "number"),
        ("any + 1", "Any"),
        ("null + 1", "Null"),
        ("s + s", "string"),
        ("d - d", "days and time duration"),
        ('d + duration("P1D")', "date"),
        ('duration("P1M") + d', "date"),
        ('duration("P1M") * 2', "years and months duration"),
        ('2 * duration("P1D")', "days and time duration"),
        ('duration("P1D") / duration("P1D")', "number"),
        ('duration("P1D") / 2', "days and time duration"),
        ("-n", "number"),
        ("n < 1", "boolean"),
        ("b and b", "boolean"),
        ("n in (1, 2)", "boolean"),
        ("if b then 1 else n", "number"),
        ("if b then 1 else s", "Any"),
        ("if b then 1 else null", "number"),
        ("p.age", "number"),
        ("p.born.year", "number"),
        ("ps.age", "list<number>"),
        ("any.whatever", "Any"),
        ("r.start", "number"),
        ("r.end included", "boolean"),
        ("string length(s)", "number"),
        ('duration("P1Y")', "years and months duration"),
        ("duration(s)", "Any"),
        ('time("10:00:00Z").time offset', "days and time duration"),
        ('time("10:00:00Z").timezone', "string"),
    ],
)
def test_an_expression_has_a_type(text, kind):
    found, problems = check_expression(parse_expression(text, SCOPE), SCOPE)
    assert (str(found), problems) == (kind, ())


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("n + s", Trouble.TYPE),
        ("s - s", Trouble.TYPE),
        ("d + d", Trouble.TYPE),
        ('time("10:00:00") + duration("P1Y")', Trouble.TYPE),
        ('d - time("10:00:00")', Trouble.TYPE),
        ("s * 2", Trouble.TYPE),
        ("1 / d", Trouble.TYPE),
        ("s ** 2", Trouble.TYPE),
        ("-b", Trouble.TYPE),
        ("b < b", Trouble.TYPE),
        ("n < null", Trouble.TYPE),
        ("n between 1 and s", Trouble.TYPE),
        ("[1..s]", Trouble.TYPE),
        ("if n then 1 else 2", Trouble.TYPE),
        ("n or b", Trouble.TYPE),
        ("not(1, 2)", Trouble.TYPE),
        ("p.agee", Trouble.UNKNOWN_NAME),
        ("n.year", Trouble.UNKNOWN_NAME),
        ("m", Trouble.UNKNOWN_NAME),
        ("?", Trouble.UNKNOWN_NAME),
        ("n in (s)", Trouble.TYPE),
        ('date and time("2020-01-01T00:00:00@Europe/Paris")', Trouble.UNSUPPORTED),
    ],
)
def test_what_can_only_be_null_is_reported_once(text, trouble):
    _, problems = check_expression(parse_expression(text, SCOPE), SCOPE)
    assert [one.trouble for one in problems] == [trouble]


@pytest.mark.parametrize("text", ["1", "null", "r", "[1, 2]", "[[1..2], 3]", "any", "any.x", "? > 1", "n", "< n + 1"])
def test_these_cells_fit_a_column_of_numbers(text):
    assert check_tests(parse_unary_tests(text, SCOPE), SCOPE, NUMBER) == ()


@pytest.mark.parametrize("text", ["s", '["a"]', "< s", "(d..d)", "b", '? = "a"', "string(?)", "list contains(ps, 1)"])
def test_these_cells_do_not_fit_a_column_of_numbers(text):
    assert check_tests(parse_unary_tests(text, SCOPE), SCOPE, NUMBER) != ()


def test_the_variables_of_an_expression_are_named_in_order():
    assert list(names_used(parse_expression("n + p.age * n", SCOPE))) == ["n", "p", "n"]


def test_a_list_of_numbers_may_be_a_list_of_anything_but_not_of_texts():
    assert may_conform(list_of(NUMBER), list_of(ANY))
    assert not may_conform(list_of(NUMBER), list_of(STRING))


def test_contexts_are_equal_if_all_their_entries_are():
    one = ContextValue((("a", "x"), ("b", None)))
    assert equal(one, ContextValue((("b", None), ("a", "x")))) is True
    assert equal(one, ContextValue((("a", "y"), ("b", None)))) is False
    assert equal(one, ContextValue((("a", "x"),))) is False
    assert feel_text(one) == '{"a": "x", "b": null}'


def test_a_range_as_a_value_holds_what_lies_inside_it():
    half = Range("b", None, False, False)
    assert (member("c", half), member("b", half), member(None, half)) == (True, False, None)
    assert member("a", (Range(None, "b", False, True),)) is True
    assert [feel_text(one) for one in (half, Range(None, "b", False, True), Range("a", "b", True, False))] == [
        '> "b"',
        '<= "b"',
        '["a".."b")',
    ]


@pytest.mark.parametrize("text", ["!", "\x00", '"\\x"', '"\\uD800"', '"\\U110000"', "/*", "“a”", "{a: 1}", "1 }", "#"])
def test_what_has_no_place_in_feel_is_refused_where_it_stands(text):
    with pytest.raises(FeelError) as caught:
        parse_expression(text, SCOPE)
    assert caught.value.help
