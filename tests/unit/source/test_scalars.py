"""A bare word is what everyone takes it for, or it is text with a warning."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.source.scalars import resolve, resolve_key


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-7", -7),
        ("+7", 7),
        ("123456789012345", 123456789012345),
        ("2026.0", Decimal("2026.0")),
        ("-0.50", Decimal("-0.50")),
        ("fever", "fever"),
        ("2011-02-01", "2011-02-01"),
        ("2011.0.0", "2011.0.0"),
        ("11-DEF1", "11-DEF1"),
        ("1.2.3_4", "1.2.3_4"),
        ("50 a", "50 a"),
        ("-", "-"),
        ("...", "..."),
        ("E10", "E10"),
        ("none", "none"),
        ("yes_no", "yes_no"),
        ("٣", "٣"),
        ("1٣", "1٣"),
    ],
)
def test_a_bare_word_is_taken_at_face_value(text, value):
    found, surprise = resolve(text)
    assert (type(found), found, str(found), surprise) == (type(value), value, str(value), None)


BOOLEAN_WORDS = ["yes", "Yes", "YES", "no", "No", "on", "ON", "off", "Off", "y", "Y", "n", "N"]
CAPITALS = ["True", "TRUE", "False", "FALSE", "Null", "NULL"]


@pytest.mark.parametrize(
    ("text", "code", "help_has"),
    [
        *((word, "RF017", f'`"{word}"`') for word in BOOLEAN_WORDS + CAPITALS),
        ("010", "RF018", '`"010"`'),
        ("-007", "RF018", "without the zero"),
        ("00", "RF018", "without the zero"),
        ("01.5", "RF018", "without the zero"),
        ("0o10", "RF018", "base 10"),
        ("0x1F", "RF018", "base 10"),
        ("-0b1", "RF018", "base 10"),
        ("12:30", "RF019", '`"12:30"`'),
        ("1:160", "RF019", '`"1:160"`'),
        ("1:30:00.5", "RF019", "quotes"),
        ("1_000", "RF020", "`1000`"),
        ("1_000.5", "RF020", "`1000.5`"),
        ("1e3", "RF021", "in full"),
        ("1.5e-3", "RF021", "in full"),
        (".5E+2", "RF021", "in full"),
        (".nan", "RF022", "number"),
        (".NaN", "RF022", "number"),
        (".inf", "RF022", "bound"),
        ("-.Inf", "RF022", "bound"),
        ("1234567890123456", "RF023", "round"),
        ("0.123456789012345", "RF023", "round"),
        (".5", "RF027", "`0.5`"),
        ("-.5", "RF027", "`-0.5`"),
        ("5.", "RF027", "`5.0`"),
    ],
)
def test_a_word_that_readers_disagree_on_is_text_with_a_surprise(text, code, help_has):
    value, surprise = resolve(text)
    assert value == text
    assert surprise is not None
    assert surprise.code.id == code
    assert help_has in surprise.help


@pytest.mark.parametrize("text", ["y", "n", "fever", "2011-02-01", "2026.1.0", "<<"])
def test_ordinary_words_and_the_letters_n_and_y_are_keys(text):
    assert resolve_key(text) is None


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("12", "RF024", "key `12` is a number, not text"),
        ("1.5", "RF024", "key `1.5` is a number, not text"),
        ("true", "RF024", "key `true` is a YAML word, not text"),
        ("~", "RF024", "key `~` is a YAML word, not text"),
        ("", "RF024", "a key is missing before the colon"),
        ("yes", "RF017", "`yes` is `true` to some YAML readers and text to others"),
        (
            "010",
            "RF018",
            "`010` starts with a zero, so it is a number in base 8 to some YAML readers and in base 10 to others",
        ),
    ],
)
def test_a_key_that_is_no_text_is_named(text, code, message):
    surprise = resolve_key(text)
    assert surprise is not None
    assert (surprise.code.id, surprise.message) == (code, message)


@given(st.from_regex(r"[-+0-9._:exobinfa]*", fullmatch=True))
def test_a_number_is_read_exactly_or_not_at_all(text):
    value, surprise = resolve(text)
    if isinstance(value, int | Decimal):
        assert surprise is None
        assert Decimal(text) == value
    else:
        assert value == text or text == ""


@pytest.mark.parametrize("unit", ["1", "1_", "1:", "1.", "0x", "1e", "."])
def test_a_very_long_word_takes_no_time(unit):
    value, _ = resolve("1" + unit * 200_000)
    assert isinstance(value, str)
