"""Strict YAML: what is read, what is refused, and where and how that is said."""

import time
from decimal import Decimal

import pytest

from redflag_kit.source import composer, syntax
from redflag_kit.source.nodes import Mapping, Scalar, Sequence, plain, span_at
from redflag_kit.source.reader import SIZE_LIMIT, read_yaml


def read(text):
    return read_yaml(text if isinstance(text, bytes) else text.encode(), "f.yaml")


def said(faults):
    return [(fault.span.line, fault.span.column, fault.code.id) for fault in faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1", {"a": 1}),
        ("a: 2.50\n", {"a": Decimal("2.50")}),
        ("a: '1'\nb: \"true\"\nc: |\n  1\n", {"a": "1", "b": "true", "c": "1\n"}),
        ("---\na: [x, {b: ~}]\n...\n", {"a": ["x", {"b": None}]}),
        ("- a\n-\n- null\n", ["a", None, None]),
        ("date: 2011-02-01\nversion: 2011.0.0\n", {"date": "2011-02-01", "version": "2011.0.0"}),
        ("at_least: {n: 2, of: [a, b]}\n", {"at_least": {"n": 2, "of": ["a", "b"]}}),
        ("a: &x [1, 2]\nb: *x\n", {"a": [1, 2], "b": [1, 2]}),
        ("? a\n: 1\n", {"a": 1}),
        ("a: 1\r\nb: 2\r\n", {"a": 1, "b": 2}),
        ("a:\tb\t\n\t\n# a\tcomment\n", {"a": "b"}),
        ('a: "b\\tc\\u00a0d"\n', {"a": "b\tc\xa0d"}),
        ("{}", {}),
        ("[]", []),
        ('"<<": 1\n', {"<<": 1}),
        ("''\n", ""),
        ("word", "word"),
    ],
)
def test_ordinary_yaml_is_read_without_a_word(text, expected):
    node, faults = read(text)
    assert faults == ()
    assert plain(node) == expected


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("a: bcd\n", ("a",), (1, 4, 1, 7)),
        ("a: 'é😀'  # c\n", ("a",), (1, 4, 1, 8)),
        ("a: |\n  x\n\n  yy  \n\n\n# c\nb: 1\n", ("a",), (1, 4, 4, 5)),
        ("a: |\n\n\nb: 1\n", ("a",), (1, 4, 1, 5)),
        ("a: >-\r\n  x\r\n  yy\r\n", ("a",), (1, 4, 3, 5)),
        ("a:\n  - b\n  - c: d\n\n\n# c\n", ("a",), (2, 3, 3, 9)),
        ("a: [b,\n  c ]\n", ("a",), (1, 4, 2, 6)),
        ("a: {}\n", ("a",), (1, 4, 1, 6)),
        ("a: {b:   }\n", ("a", "b"), (1, 6, 1, 6)),
        ("a: 'x\n  y'\n", ("a",), (1, 4, 2, 5)),
        ("a: &x b\nc: *x\n", ("c",), (2, 4, 2, 6)),
        ("a: &x {b: c}\nd: *x\n", ("d", "b"), (1, 11, 1, 12)),
    ],
)
def test_each_value_knows_where_it_stood(text, path, expected):
    node, _ = read(text)
    span = span_at(node, path)
    assert (span.line, span.column, span.end_line, span.end_column) == expected


def test_a_scalar_keeps_how_it_was_written():
    node, _ = read("[1.50, '1.50']")
    assert isinstance(node, Sequence)
    assert [(item.value, item.text, item.plain) for item in node.items if isinstance(item, Scalar)] == [
        (Decimal("1.50"), "1.50", True),
        ("1.50", "1.50", False),
    ]


@pytest.mark.parametrize(
    ("text", "expected", "faults"),
    [
        ("a: yes\nb: 010\n", {"a": "yes", "b": "010"}, [(1, 4, "RF017"), (2, 4, "RF018")]),
        ("a: 1\nb: 2\na: 3\n", {"a": 1, "b": 2}, [(3, 1, "RF010")]),
        ("'a': 1\na: 3\n", {"a": 1}, [(2, 1, "RF010")]),
        ("1: a\ntrue: b\n", {"1": "a", "true": "b"}, [(1, 1, "RF024"), (2, 1, "RF024")]),
        ("?\n: a\n", {"": "a"}, [(1, 2, "RF024")]),
        ("? [a]\n: 1\n", {}, [(1, 3, "RF024")]),
        ("a: &x 7\n*x : 1\n", {"a": 7, "7": 1}, [(2, 1, "RF024")]),
        ("<<: {a: 1}\nb: 2\n", {"b": 2}, [(1, 1, "RF012")]),
        ("a: !!str 1\nb: &x !y [2]\n", {"a": "1", "b": [2]}, [(1, 4, "RF011"), (2, 7, "RF011")]),
        ("%YAML 1.1\n---\na: 1\n", {"a": 1}, [(1, 1, "RF030")]),
        ("a: 1\n---\nb: 2\n", {"a": 1}, [(2, 1, "RF008")]),
        ("a: *x\n", {"a": None}, [(1, 4, "RF026")]),
        ("a: &x [*x]\n", {"a": [None]}, [(1, 8, "RF014")]),
        ("a: &x 1\nb: &x 2\nc: *x\n", {"a": 1, "b": 2, "c": 2}, [(2, 4, "RF029")]),
        ("a: b\xa0c\nd: 'e\xa0f'\n", {"a": "b\xa0c", "d": "e\xa0f"}, [(1, 4, "RF009")]),
        ("a: 'b\u202ec'\n", {"a": "b\ufffdc"}, [(1, 6, "RF009")]),
        ("a: \U000e0041\n", {"a": "\ufffd"}, [(1, 4, "RF009")]),
        ("a: 1\rb: 2\rc: 3", {"a": 1, "b": 2, "c": 3}, [(1, 5, "RF009")]),
        ("\ufeffa: 1\n", {"a": 1}, [(1, 1, "RF005")]),
        ("a: 'b\tc'\nd: e\tf\n", {"a": "b c", "d": "e f"}, [(1, 6, "RF006"), (2, 5, "RF006")]),
        ('a: "\\ud800"\n', {"a": "\ufffd"}, [(1, 4, "RF001")]),
        ("a: 1e3\nb: !t .5\nc: [on, {on: 1_0}]\n", None, None),
    ],
)
def test_a_surprise_is_reported_and_reading_goes_on(text, expected, faults):
    node, found = read(text)
    if faults is None:
        assert said(found) == [
            (1, 4, "RF021"), (2, 4, "RF011"), (3, 5, "RF017"), (3, 10, "RF017"), (3, 14, "RF020"),
        ]  # fmt: skip
    else:
        assert said(found) == faults
        assert plain(node) == expected


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [(1, 1, "RF007")]),
        ("\n# only a comment\n", [(1, 1, "RF007")]),
        ("---\n", [(1, 1, "RF007")]),
        ("a:\n\tb: 1\n  \tc: 2\n", [(2, 1, "RF006"), (3, 3, "RF006")]),
        (b"a: caf\xe9\n", [(1, 7, "RF004")]),
        (b"a: 1\nb: \xc3\xa9\xff", [(2, 5, "RF004")]),
        ("a: 1\n".encode("utf-16"), [(1, 1, "RF004")]),
        (b"a: \x00\n", [(1, 1, "RF004")]),
        (b" " * (SIZE_LIMIT + 1), [(1, 1, "RF003")]),
        ("a: yes\nb: [1\n", [(1, 4, "RF017"), (2, 4, "RF001")]),
    ],
)
def test_what_cannot_be_read_at_all_gives_no_node(text, faults):
    node, found = read(text)
    assert node is None
    assert said(found) == faults


QUOTES = "put the text in quotes"


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a: @x\n", 1, 4, "text cannot start with `@`"),
        ("a: `x`\n", 1, 4, "text cannot start with a backtick"),
        ("unit: %\n", 1, 7, "text cannot start with `%`"),
        ("a: b: c\n", 1, 5, "a colon cannot stand here"),
        ("a: 1\n  b: 2\n", 2, 4, "`b` is indented below a line that has its value already"),
        (f"{'a' * 1100}: 1\n", 1, 1101, "a key is longer than 1,024 characters"),
        ("a:\n  b: 1\n c: 2\n", 3, 2, "`c` does not fit the lines above"),
        (": a\n", 1, 1, "a key is missing before the colon"),
        ('a: "b" c\n', 1, 8, "text goes on after the closing quote"),
        ("a: 'b\n", 1, 4, "the quote that opens here is never closed"),
        ("a: 'b\n---\n", 1, 4, "the quote that opens here is never closed"),
        ('a: "\\q"\n', 1, 6, "a backslash code here does not exist"),
        ('a: "\\xZZ"\n', 1, 7, "a backslash code here does not exist"),
        ('a: "\\UFFFFFFFF"\n', 1, 7, "a backslash code or a number here is out of range"),
        ("a: 1\nfoo\nb: 2\n", 2, 1, "a key has no colon after it"),
        (
            "a: [b, c\nd: e\n",
            2,
            2,
            "a list in brackets goes wrong before `:`: a comma or the closing bracket is missing",
        ),
        (
            "a: {b: 1 c: 2}\n",
            1,
            11,
            "a mapping in braces goes wrong before `:`: a comma or the closing brace is missing",
        ),
        ("a: [b\n", 1, 4, "the list that opens here is never closed"),
        ("a: {b: c\n", 1, 4, "the mapping that opens here is never closed"),
        ("a: [Fever? yes]\n", 1, 10, "a question mark cannot stand in bare text inside brackets or braces"),
        ("a: ]\n", 1, 4, "a value is missing before `]`"),
        ("a: - b\n", 1, 4, "a list item cannot start here"),
        ("a: ? b\n", 1, 4, "a question mark with a space cannot stand here"),
        ("a: | b\n  c\n", 1, 6, "the line goes on after `|` or `>`"),
        ("a: *b*\n", 1, 4, "text that starts with `*` or `&` is a YAML alias or anchor"),
        ("a: & b\n", 1, 4, "text that starts with `*` or `&` is a YAML alias or anchor"),
        ("a: !<b c\n", 1, 7, "text that starts with `!` is a YAML tag"),
        ("a: !x!y z\n", 1, 4, "text that starts with `!` is a YAML tag"),
        ("%x!\n---\na: 1\n", 1, 3, "a line that starts with `%` is a YAML directive"),
        ("%YAML 2.0\n---\na: 1\n", 1, 1, "a line that starts with `%` is a YAML directive"),
        ("%YAML 1.1\n", 2, 1, "no document follows the line that starts with `%`"),
        ("{a: 1} b\n", 1, 8, "`b` stands outside the document above"),
    ],
)
def test_a_syntax_error_is_said_in_plain_words_where_it_is_to_be_mended(text, line, column, message):
    node, (fault,) = read(text)
    assert node is None
    assert (fault.span.line, fault.span.column, fault.message) == (line, column, message)
    assert fault.help


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: [b, c\nd: e\n", (1, 4), "the list opens here"),
        ("a:\n  b: 1\n c: 2\n", (1, 1), "the block begins here"),
        ("a: 1\na: 2\n", (1, 1), "first given here"),
    ],
)
def test_a_second_place_is_shown_where_it_helps(text, place, message):
    (note,) = read(text)[1][0].related
    assert (note.span.line, note.span.column) == place
    assert note.message == message


def test_an_unknown_alias_is_met_with_the_nearest_anchor():
    (fault,) = read("a: &fever 1\nb: *fevr\n")[1]
    assert fault.help == "did you mean `fever`?"


def test_what_no_row_of_wordings_knows_is_still_said(monkeypatch):
    monkeypatch.setattr(syntax, "_WORDINGS", syntax._WORDINGS[-1:])
    assert read("a: @\n")[1][0].message == "the file is not well-formed YAML here"


def nested(depth):
    return "[" * depth + "]" * depth


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (nested(40), None),
        (nested(41), "RF015"),
        (f"a: &x {nested(20)}\nb: {'[' * 19}*x{']' * 19}\n", None),
        (f"a: &x {nested(20)}\nb: {'[' * 20}*x{']' * 20}\n", "RF015"),
        ("a: &x 1\nb: [" + "*x, " * 20 + "]\n", None),
        ("a: &x 1\nb: [" + "*x, " * 25 + "]\n", "RF013"),
        ("[" + "a," * 1_999 + "]", None),
        ("[" + "a," * 2_000 + "]", "RF016"),
        ("a: &x [" + "b," * 200 + "]\nc: [" + "*x, " * 10 + "]\n", "RF016"),
        ("x: [" + "yes, " * 200 + "]\n", "RF017"),
        ("x: [" + "yes, " * 201 + "]\n", "RF028"),
    ],
    ids=range(11),
)
def test_limits_hold_exactly(text, code, monkeypatch):
    monkeypatch.setattr(composer, "NODE_LIMIT", 2_000)
    _, found = read(text)
    assert (found[-1].code.id if found else None) == code


def test_reading_stops_after_two_hundred_faults_and_says_so():
    node, found = read("\u200b" * 300)
    assert node is None
    assert len(found) == 201
    assert found[-1].message == "reading stopped here, after 200 faults"


def test_a_syntax_error_after_two_hundred_faults_is_not_added():
    _, found = read("x: [" + "yes, " * 200 + "\n")
    assert {fault.code.id for fault in found} == {"RF017", "RF028"}


def test_a_long_text_with_a_syntax_error_is_not_read_again():
    node, found = read("# long\n" * 20_000 + "a: @x\n")
    assert node is None
    assert [(fault.span.line, fault.message) for fault in found] == [(20_001, "text cannot start with `@`")]


def test_a_question_mark_in_a_long_list_is_refused_without_reading_again():
    _, found = read("# long\n" * 20_000 + "a: [b?]\n")
    assert [fault.code.id for fault in found] == ["RF001"]


HOSTILE = {
    "one word": "a: " + "x" * 4_000_000,
    "digits": "a: " + "1_" * 2_000_000,
    "open quote": "a: '" + "x\n" * 2_000_000,
    "deep": "[" * 4_000_000,
    "tabs": "\ta\n" * 1_000_000,
    "late error": "# x\n" * 1_000_000 + "a: @",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_of_four_megabytes_ends_soon(name):
    began = time.process_time()
    read(HOSTILE[name])
    assert time.process_time() - began < 2


def test_keys_stay_text_and_unique_whatever_was_written():
    node, _ = read("1: a\n'1': b\nyes: c\n? {x: 1}\n: d\n<<: {}\n")
    assert isinstance(node, Mapping)
    assert [key.value for key, _ in node.entries] == ["1", "yes"]
