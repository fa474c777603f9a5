"""Edits in the guideline's own parts: what is an alternative, what is a condition, and how each is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.diff import parts
from redflag_kit.diff.describe import describer
from redflag_kit.diff.pair import pair
from redflag_kit.diff.parts import in_parts
from redflag_kit.model.condition import All, Any, Condition, Named, Not, NumberTest, Range
from redflag_kit.model.guideline import Guideline
from redflag_kit.results.region import Cube, Region
from redflag_kit.terms.version import Version
from tests.property.models import between, decision, guideline, has, rule, said, vocabulary
from tests.unit.diff.small import FINDINGS, SCAN, VISIT, edition

BOTH = All((has("numb"), has("cough")))
ILL = Any((has("fever"), BOTH))


def offered(old: Iterable[Condition], new: Iterable[Condition]) -> Region:
    """Return whom a rule of the new edition takes in and none of the old, in parts of their conditions."""
    made = [
        edition(*(rule(f"R{at}", when, {"scan": "now"}) for at, when in enumerate(whens)), version=version)
        for version, whens in enumerate((old, new), 1)
    ]
    describe = describer(pair(made[0], made[1]))
    both = describe.pair
    before, after = (
        [name for name in edition.meaning.holds if name.startswith("R")] for edition in (both.old, both.new)
    )
    taken, refused = both.diagrams.empty, both.diagrams.empty
    for name in after:
        taken |= both.new.meaning.holds[name]
    for name in before:
        refused |= both.old.meaning.holds[name]
    return in_parts(describe, taken - refused, both.legal, (both.new, after), (both.old, before))


def test_each_alternative_is_told_with_the_conditions_that_it_must_not_meet():
    assert offered([has("fever")], [Any((has("numb"), between("age", 50)))]) == Region(
        "numb; or age at least 50; in each case not (fever)",
        (
            Cube((("numb", ("holds",)), ("fever", ("does not hold",))), ("numb", "not (fever)")),
            Cube((("age at least 50", ("holds",)), ("fever", ("does not hold",))), ("age at least 50", "not (fever)")),
        ),
        exact=True,
    )


def test_an_alternative_of_several_conditions_is_bracketed_beside_others_and_not_alone():
    assert offered([has("fever")], [ILL]).text == "(numb and cough) and not (fever)"
    none = Not(Any((has("fever"), Not(has("fever")))))
    assert offered([none], [BOTH]).text == "numb and cough"
    assert offered([none], [BOTH]).cubes == (Cube((("numb and cough", ("holds",)),), ("numb and cough",)),)


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (NumberTest("age", (Range(Fraction(7), Fraction(7)), Range(Fraction(20), Fraction(29))), False, "x"), " or "),
        (Not(Any((has("numb"), between("age", 50)))), "; "),
    ],
)
def test_an_alternative_of_several_values_or_exclusions_is_bracketed_too(part: Condition, text: str):
    (cube,) = offered([has("fever")], [part]).cubes
    words = cube.literals[0][0]
    assert text in words
    assert cube.words == (f"({words})", "not (fever)")


def test_alternatives_of_several_rules_stand_in_file_order_and_each_condition_once():
    found = offered([has("fever"), has("fever")], [between("age", 50), Any((has("numb"), between("age", 50)))])
    assert found.text == "age at least 50; or numb; in each case not (fever)"
    assert [len(cube.literals) for cube in found.cubes] == [2, 2]


def test_what_each_rule_of_the_other_edition_asks_must_not_hold():
    found = offered([has("numb"), has("cough")], [has("fever")])
    assert found.cubes == (
        Cube(
            (("fever", ("holds",)), ("numb", ("does not hold",)), ("cough", ("does not hold",))),
            ("fever", "not (numb)", "not (cough)"),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (Not(Any((has("numb"), between("age", 50)))), Not(has("numb"))),
        (Named("well", Not(Any((has("numb"), between("age", 50))))), Named("a", Named("b", Not(has("numb"))))),
    ],
)
def test_if_both_rules_negate_their_parts_the_alternatives_are_those_that_are_no_longer_excluded(
    old: Condition, new: Condition
):
    found = offered([old], [new])
    assert found.exact
    assert len(found.cubes) == 1
    part, whole = found.cubes[0].literals
    assert part == ("age at least 50", ("holds",))
    assert whole[1] == ("holds",)


OLD_OR_NUMB = Any((has("numb"), between("age", 50)))


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (
            [Not(OLD_OR_NUMB)],
            [Any((has("cough"), has("numb")))],
            "cough and not (none of: numb; age at least 50); or numb",
        ),
        ([has("numb")], [Not(OLD_OR_NUMB)], "none of: numb; age at least 50"),
        (
            [Not(OLD_OR_NUMB), Not(has("fever"))],
            [Not(has("cough"))],
            "no cough and not (none of: numb; age at least 50) and not (no fever)",
        ),
        (
            [Not(OLD_OR_NUMB)],
            [Not(has("numb")), Not(has("fever"))],
            "no numb; or no fever; in each case not (none of: numb; age at least 50)",
        ),
    ],
)
def test_rules_of_which_only_some_negate_their_parts_keep_their_sides(
    old: list[Condition], new: list[Condition], text: str
):
    assert offered(old, new).text == text


@pytest.mark.parametrize("longer", [0, 1])
def test_a_condition_is_named_by_its_rule_only_where_it_is_longer_than_may_be_spelt(
    monkeypatch: pytest.MonkeyPatch, longer: int
):
    monkeypatch.setattr(parts, "MAX_SPELT", len("numb and cough") - longer)
    text = offered([BOTH], [has("fever")]).text
    assert text == f"fever and not ({'what R0 of 1.0.0 asks for' if longer else 'numb and cough'})"
    # An alternative is spelt out however long it is.
    assert offered([has("fever")], [BOTH]).text.startswith("(numb and cough) and not (")


def test_what_another_table_says_is_told_by_the_words_of_its_output():
    def made(when: Condition, version: int) -> Guideline:
        tables = [
            decision("first", [rule("V", has("cough"), {"visit": "now"})], [rule("rest")]),
            decision("second", [rule("R", when, {"scan": "now"})], [rule("rest2")]),
        ]
        one = guideline(vocabulary(FINDINGS, [SCAN, VISIT]), tables)
        return replace(one, version=Version((version, 0, 0), f"{version}.0.0"))

    describe = describer(pair(made(has("fever"), 1), made(Any((said("visit", "now"), has("numb"))), 2)))
    both = describe.pair
    gained = both.new.meaning.holds["R"] - both.old.meaning.holds["R"]
    found = in_parts(describe, gained, both.legal, (both.new, ["R"]), (both.old, ["R"]))
    assert [cube.words for cube in found.cubes] == [("the visit: now", "not (fever)"), ("numb", "not (fever)")]
