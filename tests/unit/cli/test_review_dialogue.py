"""The dialogue of a review: every way through it, and every way out."""

from __future__ import annotations

import pytest

from redflag_kit.cli.review import HELP, review
from tests.unit.gate.records import item

ITEMS = [item("a"), item("b"), item("c")]


def played(*answers: str | type[BaseException]):
    told: list[str] = []
    left = iter(answers)

    def ask(question: str) -> str:
        told.append(question)
        answer = next(left)
        if isinstance(answer, str):
            return answer
        raise answer

    found = review(ITEMS, lambda one: f"card {one.fingerprint}", ask, told.append)
    assert list(left) == []
    return [(one.item.fingerprint, one.decision, one.rationale) for one in found], "".join(told)


def test_changes_are_shown_one_by_one_and_each_is_decided_with_a_reason():
    found, told = played("a", "read  the trial", "s", "REJECT", "harm")
    assert found == [("a", "approve", "read the trial"), ("c", "reject", "harm")]
    assert told.index("card a") < told.index("card b") < told.index("card c")
    assert "2 of 3" in told


def test_enter_gives_the_last_reason_again_and_the_first_needs_one():
    found, told = played("a", "", " ", "same source", "a", "", "q")
    assert found == [("a", "approve", "same source"), ("b", "approve", "same source")]
    assert told.count("a record without a reason") == 2
    assert "(Enter: same source)" in told


def test_the_reason_for_an_approval_is_not_offered_for_a_rejection():
    found, told = played("a", "sound", "r", "", "unsound", "a", "")
    assert [one[2] for one in found] == ["sound", "unsound", "sound"]
    assert told.count("(Enter: sound)") == 1


def test_what_nobody_sees_does_not_reach_a_record():
    assert played("a", "\x1b[A \u200b", "q")[0] == [("a", "approve", "[A")]


def test_other_words_are_explained_and_asked_again():
    found, told = played("x", "?", "", "q")
    assert found == []
    assert HELP in told
    assert told.count("write one of a, r, s, q or ?") == 2


@pytest.mark.parametrize("end", ["q", EOFError, KeyboardInterrupt])
def test_however_it_ends_what_was_decided_is_kept(end: str | type[BaseException]):
    assert played("a", "why", end)[0] == [("a", "approve", "why")]


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt])
def test_a_change_whose_reason_was_not_given_is_not_decided(end: type[BaseException]):
    assert played("a", "why", "r", end)[0] == [("a", "approve", "why")]
