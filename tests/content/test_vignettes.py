"""The shipped vignettes as a collection: enough of them, each for a reason, and no known trap without one."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.content.library import vignettes
from tests.shipped import ROOT

TRAPS = [f"trap:{number}" for number in range(1, 29)]
CONTRADICTIONS = [f"SX-{number}" for number in range(1, 12)]


def tagged(tag: str) -> list[str]:
    return [one.id for one in vignettes() if tag in one.tags]


def test_there_are_at_least_250_vignettes_each_with_an_id_of_its_own():
    ids = Counter(one.id for one in vignettes())
    assert len(ids) >= 250
    assert max(ids.values()) == 1


@pytest.mark.parametrize("tag", [*TRAPS, *CONTRADICTIONS])
def test_every_trap_and_every_contradiction_of_the_article_has_a_vignette(tag: str):
    assert tagged(tag)


def test_the_page_of_traps_names_for_each_tag_vignettes_that_carry_it():
    page = (ROOT / "docs" / "clinical" / "traps.md").read_text("utf-8")
    lines = re.findall(r"^\| `((?:trap|SX)\S+)` \|.*\| ([^|]+) \|$", page, re.MULTILINE)
    assert [tag for tag, _ in lines] == [*TRAPS, *CONTRADICTIONS]
    assert [(tag, name) for tag, names in lines for name in names.split(", ") if name not in tagged(tag)] == []


def test_no_tag_names_a_trap_or_a_contradiction_that_does_not_exist():
    tags = {tag for one in vignettes() for tag in one.tags}
    assert {tag for tag in tags if tag.startswith("trap:")} == set(TRAPS)
    assert {tag for tag in tags if tag.startswith("SX-")} == set(CONTRADICTIONS)


def test_no_vignette_is_without_a_purpose():
    assert [one.id for one in vignettes() if not (one.tags or one.source)] == []


def test_every_expectation_says_why():
    assert [(one.id, e.guideline) for one in vignettes() for e in one.expectations if not e.reason] == []
