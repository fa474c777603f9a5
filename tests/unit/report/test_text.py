"""Wrapping, hanging indents, colour and characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.report.text import BOLD, PLAIN, RED, Page, Style, cells, count, wrap

TEXTS = st.text(alphabet="ab cd/-é漢\u0301 ", max_size=200)


def page(**style):
    return Page(Style(**style))


@given(TEXTS, st.integers(20, 80), st.integers(0, 8), st.integers(0, 4))
def test_no_line_is_wider_than_the_width(text, width, indent, hang):
    assert all(cells(row) <= width for row in wrap(text, width, " " * indent, " " * (indent + hang)))


@given(TEXTS, st.integers(20, 80))
def test_wrapping_loses_no_letter(text, width):
    assert "".join("".join(wrap(text, width, "", "  ")).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [""]),
        ("one two", ["  one two"]),
        ("one two three four five", ["  one two three four", "    five"]),
        ("11-DEF1 11-WCA-DONE 11-NO2", ["  11-DEF1 11-WCA-DONE", "    11-NO2"]),
        ("guidelines/low_back_pain/acp/2011.yaml:41", ["  guidelines/", "    low_back_pain/acp/", "    2011.yaml:41"]),
        ("x" * 25, ["  " + "x" * 18, "    " + "x" * 7]),
    ],
)
def test_lines_break_between_words_and_hang(text, expected):
    assert wrap(text, 22, "  ", "    ") == [row if row else "" for row in expected]


def test_an_item_hangs_below_its_text():
    one = page(width=20)
    one.item("when", "fever and chills and pain", indent=2, hang=6)
    assert one.lines == ["  when  fever and", "        chills and", "        pain"]


def test_an_item_hangs_below_its_text_by_itself():
    one = page(width=20)
    one.item("-->", "fever and chills and pain")
    assert one.lines == ["--> fever and chills", "    and pain"]


def test_a_mark_wider_than_the_page_is_wrapped():
    one = page(width=20)
    one.item("a/very/long/place/of/a/file.yaml:1:1 error", "RF001", hang=2)
    assert all(len(row) <= 20 for row in one.lines)
    assert "RF001" in one.lines[-1]


def test_a_mark_beside_which_no_word_fits_stands_once_on_its_own_line():
    one = page(width=20)
    one.item("S-CES  32  7  301 ", "cancer", indent=1)
    assert one.lines == [" S-CES  32  7  301", " " * 10 + "cancer"]


def test_only_the_mark_of_an_item_is_coloured():
    one = page(colour=True)
    one.item("✘ failed:", "two of three", colour=RED)
    assert one.lines == ["\x1b[31m✘ failed:\x1b[0m two of three"]


def test_a_coloured_paragraph_is_coloured_line_by_line():
    one = page(width=20, colour=True)
    one.line("one two three four five six", colour=BOLD)
    assert all(row.startswith("\x1b[1m") and row.endswith("\x1b[0m") for row in one.lines)


def test_blank_lines_never_double_nor_begin():
    one = page()
    one.blank()
    one.heading("A")
    one.blank()
    one.blank()
    one.line("b")
    assert one.text() == "A\n\nb\n"


def test_without_symbols_everything_is_ascii():
    one = page(unicode=False)
    one.line("✔ 38 °C – „x“ → 漢")
    assert one.lines == ['+ 38 deg C - ?x" -> ?']


def test_control_characters_are_spelled_out():
    one = page()
    one.line("a\x1b[31mb\u202ec\td")
    assert one.lines == ["a[U+001B][31mb[U+202E]c d"]


def test_wide_characters_take_two_cells_and_marks_none():
    assert (cells("ab"), cells("漢字"), cells("e\u0301")) == (2, 4, 1)


def test_counts_agree_with_their_noun():
    assert (count(1, "entry", "entries"), count(2, "entry", "entries"), count(0, "rule")) == (
        "1 entry",
        "2 entries",
        "0 rules",
    )


def test_the_plain_style_is_80_columns_without_colour():
    assert Style(80, colour=False, unicode=True) == PLAIN
