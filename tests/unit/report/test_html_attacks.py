"""Hostile guideline text in every text field of a result: shown as text, in HTML and in Markdown."""

import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

from redflag_kit.report import html, markdown, text_diff, text_gate
from redflag_kit.report.html_text import INLINE_LIMIT
from redflag_kit.report.json import to_json
from redflag_kit.report.markdown_text import escaped
from redflag_kit.report.text import PLAIN
from redflag_kit.workflow.coverage import measured
from redflag_kit.workflow.test import test as run_tests
from tests.browser.sample import result
from tests.browser.signed import gate, revisions, signed
from tests.shipped import project

VOID = {"meta", "input", "br", "path", "rect", "link", "img", "wbr"}
KEPT = {
    "schema",
    "command",
    "role",
    "direction",
    "kind",
    "state",
    "severity",
    "status",
    "compares",
    "result",
    "change",
}  # words, not texts
ATTACKS = [
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% include 'base.html.j2' %}",
    "<!-- --><!DOCTYPE html><base href=//evil.example>",
    "&lt;b&gt; &amp; &#60;",
    "javascript:alert(1)",
    "</title></textarea></noscript>--><iframe src=//evil.example>",
    "a\u202eb\u2066c\u200bd\u00ade\x07f\x00g",
    "\ud800 lone surrogate",
    "e" + "\u0301" * 40,
    "\n# heading\n\n- item\n> quote\n| a | b |\n",
    "]]><b>bold</b><![CDATA[",
    "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07link\x1b]8;;\x07 \r overwritten",
]


def poisoned(value, attack, key=""):
    """Return a result in which every text that is not a word of the contract is followed by an attack."""
    if isinstance(value, dict):
        return {name: poisoned(one, attack, name) for name, one in value.items()}
    if isinstance(value, list):
        return [poisoned(one, attack, key) for one in value]
    if isinstance(value, str) and key not in KEPT and value not in ("", "BLOCKED"):
        return value + attack
    return value


class Page(HTMLParser):
    """All tags, attributes and texts of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.texts, self.open = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("script", "style"):
            self.texts.append(data)


@cache
def coverage():
    return to_json(run_tests(project(), "", "ahcpr@1994", measured(("80",))))


MADE: dict[str, Callable[[], Any]] = {"comparison": signed, "two states": revisions, "gate": gate, "coverage": coverage}
CLEAN = {name: Page(html.render(make())) for name, make in MADE.items()}


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_hostile_text_adds_no_tag_attribute_or_link_to_the_page(attack, name):
    page, clean = Page(html.render(poisoned(MADE[name](), attack))), CLEAN[name]
    assert page.open == []
    assert set(page.tags) <= set(clean.tags) | {"details", "summary"}  # a long text is folded
    assert page.tags.count("script") == page.tags.count("style") == 1
    known = {(tag, attribute) for tag, attribute, _ in clean.attributes}
    assert {(tag, attribute) for tag, attribute, _ in page.attributes} <= known
    for tag, attribute, value in page.attributes:
        assert attribute != "href" or re.fullmatch(r"#[a-z0-9_-]+", value)
        assert tag == "meta" or attribute in ("class", "d") or re.fullmatch(r"[\w #.:()/-]*", value), (
            tag,
            attribute,
            value,
        )


@pytest.mark.parametrize("attack", ATTACKS[:9], ids=range(9))
def test_hostile_text_is_shown_as_it_is_written(attack):
    for make in MADE.values():
        texts = "".join(Page(html.render(poisoned(make(), attack))).texts)
        assert texts.count(attack) > 100


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
@pytest.mark.parametrize("render", [html.render, markdown.render])
def test_what_cannot_be_seen_is_spelled_out(render, make):
    page = render(poisoned(make(), ATTACKS[9] + ATTACKS[10] + ATTACKS[11]))
    page.encode("utf-8")
    for name in ("U+202E", "U+2066", "U+200B", "U+00AD", "U+0007", "U+0000", "U+D800", "U+0301"):
        assert name in page
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\u00ad\x00\x07]|\u0301{5}", page)


def test_a_very_long_text_is_shortened_and_its_whole_is_folded_away():
    long = "x" * 10_000
    sample = result()
    sample["diff"]["verdict"] = long
    page = html.render(sample)
    assert page.count(long) == 1
    assert "<summary>Show all 10,000 characters</summary>" in page
    heading = result()
    heading["diff"]["cards"][0]["title"] = long
    shown = re.search(r"<h3 id=\"card-\w+-h\">(x+… .*?)</h3>", html.render(heading))
    assert shown
    assert len(shown.group(1)) <= INLINE_LIMIT + 20
    assert "more characters in the JSON result" in shown.group(1)


MARKDOWN_ATTACKS = [
    "<script>alert(1)</script><img src=x>",
    "**bold** _it_ ~~gone~~ `code` \\*",
    "[link](javascript:alert(1)) ![image](http://evil.example/x.png)",
    "http://evil.example www.evil.example mail@evil.example",
    "@octocat @org/team #123 GH-45 owner/repo#6 :tada: $x^2$",
    "| cell | break |\n|---|---|",
    "\n\n# heading\n\n- item\n\n1. one\n\n> quote\n\n---\n\n```\nfence\n```",
    "&lt;b&gt; <!-- comment --> &#64;octocat",
]


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
@pytest.mark.parametrize("attack", MARKDOWN_ATTACKS, ids=range(len(MARKDOWN_ATTACKS)))
def test_hostile_text_is_only_text_in_markdown(attack, make):
    markdown_it = pytest.importorskip("markdown_it", reason="markdown-it-py comes with the dev extra only")
    parser = markdown_it.MarkdownIt("gfm-like", {"html": True, "linkify": True})
    clean, page = markdown.render(make()), markdown.render(poisoned(make(), attack))
    tokens = parser.parse(page)
    inline = [child for token in tokens for child in (token.children or [])]
    assert not {child.type for child in inline} & {"link_open", "image", "s_open"}
    assert sum(child.type == "em_open" for child in inline) == 1  # the purpose, which is ours
    assert {child.content for child in inline if child.type == "html_inline"} <= {"<br>", "<!-- -->"}
    assert {token.content for token in tokens if token.type == "html_block"} <= {markdown.marker("gate")}
    assert headings(tokens) <= headings(parser.parse(clean))
    assert not {token.type for token in tokens} & {"blockquote_open", "hr", "fence", "ordered_list_open", "code_block"}


def headings(tokens):
    return sum(token.type == "heading_open" for token in tokens)


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_nothing_in_markdown_mentions_or_refers(make):
    page = re.sub(r"`[^`\n]*`", "", markdown.render(poisoned(make(), MARKDOWN_ATTACKS[4])))
    assert not re.search(r"@\w|(?<!&)#\d|GH-\d|:tada|\$", page)


@pytest.mark.parametrize("text", ["- a", "+ a", "# a", "1. a", "2) a", "-", "###### a"])
def test_a_text_never_begins_a_list_or_a_heading(text):
    markdown_it = pytest.importorskip("markdown_it", reason="markdown-it-py comes with the dev extra only")
    tokens = markdown_it.MarkdownIt("gfm-like", {"linkify": False}).parse(escaped(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert tokens[1].children[0].content.replace("\\", "").startswith(text[0])


@pytest.mark.parametrize("attack", [*ATTACKS[9:], "w" * 10_000], ids=range(len(ATTACKS) - 8))
@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_a_terminal_is_never_told_what_to_do_and_no_line_is_reordered(attack, make):
    shown = (text_gate if make is gate else text_diff).render(poisoned(make(), attack), PLAIN)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad]", shown)
    shown.encode("utf-8")


def test_a_word_of_ten_thousand_characters_stays_within_the_limit_of_a_comment():
    for make in MADE.values():
        assert len(markdown.render(poisoned(make(), "w" * 10_000))) < markdown.LIMIT
