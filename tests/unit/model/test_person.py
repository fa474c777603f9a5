"""When two names mean the same person."""

from __future__ import annotations

import pytest

from redflag_kit.model.person import Person, is_among, person, same_person


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("A  Reviewer <r@x.org>", Person("A Reviewer", "r@x.org")),
        ("A Reviewer", Person("A Reviewer", "")),
        ("<r@x.org>", Person("r@x.org", "r@x.org")),
        ("A <Reviewer>", Person("A <Reviewer>", "")),
    ],
)
def test_a_person_has_a_name_and_better_an_address(who: str, expected: Person):
    assert person(who) == expected


def test_addresses_decide_where_both_have_one_and_names_elsewhere():
    assert same_person("A <r@x.org>", "B <R@X.ORG>")
    assert not same_person("A <a@x.org>", "A <b@x.org>")
    assert same_person("A  B", "a b <r@x.org>")
    assert not same_person("A", "B <r@x.org>")
    assert is_among("A", ["B", "a"])
    assert not is_among("A", [])
