"""What is wrong between editions of one family: who replaces whom must be clear from dates and versions."""

from __future__ import annotations

from redflag_kit.model.guideline import Guideline
from redflag_kit.source.supersession import check_families
from tests.unit.model.test_in_force import issued


def codes_of(*editions: Guideline) -> list[str]:
    return [one.code.id for one in check_families(editions, True)]


def test_two_active_editions_of_one_date_must_not_cover_the_same_output() -> None:
    first = issued("2011-02-01", "xm")
    assert codes_of(first, issued("2011-02-01", "m", version="2011.0.1")) == ["RF148"]
    assert codes_of(first, issued("2011-02-01", "c", version="2011.0.1")) == []
    assert codes_of(first, issued("2011-02-02", "m", version="2011.0.1")) == []


def test_editions_that_are_not_active_replace_nothing_unclearly() -> None:
    first = issued("2011-02-01", "xm")
    for status in ("draft", "retired"):
        assert codes_of(first, issued("2011-02-01", "m", version="2011.0.1", status=status)) == []
        assert codes_of(first, issued("2012-02-01", "m", version="2010.0.0", status=status)) == []
    assert codes_of(first, issued("2012-02-01", "m", version="2010.0.0")) == ["RF149"]
