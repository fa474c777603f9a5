"""What the README and the pages in docs/ point at exists, and what they quote is what is there."""

import re
from pathlib import Path
from textwrap import indent

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")
EXCERPT = re.compile(r"<!-- excerpt: (\S+) -->\n```yaml\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_to_a_file(page):
    assert [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()] == []


def is_quoted_from(text, source):
    """Say whether some lines stand in a source word by word, at any one depth of indentation."""
    return any("\n" + indent(text, " " * depth) in "\n" + source for depth in range(0, 21, 2))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("- a: 1\n  b: 2\n", True), ("- a: 1\n  b: 3\n", False), ("- a: 1\n    b: 2\n", False)],
)
def test_an_excerpt_may_differ_from_its_source_in_depth_only(text, expected):
    assert is_quoted_from(text, "rules:\n    - a: 1\n      b: 2\n") is expected


def test_the_readme_quotes_guidelines_word_by_word():
    excerpts = EXCERPT.findall((ROOT / "README.md").read_text("utf-8"))
    assert excerpts
    assert [path for path, text in excerpts if not is_quoted_from(text, (ROOT / path).read_text("utf-8"))] == []
