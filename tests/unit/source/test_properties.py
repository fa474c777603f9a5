"""Properties as written: which editions are meant, what is read, and who they apply to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.model.property import (
    Editions,
    Floor,
    Monotone,
    NumberSteps,
    Property,
    Standing,
    Statement,
    Values,
    WordSteps,
)
from redflag_kit.terms.version import Version
from tests.unit.analyse.properties.declared import declared
from tests.unit.analyse.properties.test_between import declared as declared_between
from tests.unit.evaluate.worlds import decision, guideline, rule

ONE = guideline(decision("d", rule("NOW", "fever", "{scan: now}")), findings="fever age pain")
ALWAYS = "always: {scan: is_not gap}"


def one(claim: str) -> Property:
    (only,) = declared(ONE, claim)
    return only


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("g", None, None),
        ("g@1", (1,), (1,)),
        ("g@1.0.0", (1, 0, 0), (1, 0, 0)),
        ("g@0 to 1.0", (0,), (1, 0)),
        ("g@at_least 1.0", (1, 0), None),
        ("g@at_most 3", None, (3,)),
    ],
)
def test_editions_are_named_by_id_and_range(text: str, first: tuple[int, ...] | None, last: tuple[int, ...] | None):
    found = declared(ONE, f"known: [{{guideline: {text}, reason: r, cite: [BOOK]}}], {ALWAYS}")[0].known[0].editions
    assert found == Editions(text, "g", first, last)
    assert found.include(ONE)


@pytest.mark.parametrize("editions", [Editions("h", "h"), Editions("", "g", (2,)), Editions("", "g", None, (0, 9))])
def test_other_guidelines_and_other_editions_are_not_meant(editions: Editions):
    assert not editions.include(ONE)


def test_a_property_applies_to_its_vocabulary_and_to_what_is_in_force_unless_it_says_more():
    everything = one(ALWAYS)
    assert everything.applies_to is Standing.ALL
    assert everything.applies(ONE, in_force=False)
    assert not replace(everything, vocabulary="other").applies(ONE, in_force=True)
    standing = replace(everything, applies_to=Standing.IN_FORCE)
    assert [standing.applies(ONE, in_force) for in_force in (True, False)] == [True, False]
    named = replace(everything, applies_to=(Editions("h", "h"), Editions("g@1", "g", (1,), (1,))))
    assert named.applies(ONE, in_force=False)


def test_kinds_go_by_the_word_they_are_written_with():
    claims = {
        "always": ALWAYS,
        "never": "never: fever",
        "when": "when: fever, then: {scan: now}",
        "floor": "floor: [{when: fever, at_least: {scan: now}}]",
        "monotone": "monotone: {adding: [fever], outputs: [scan]}",
        "unknown_safety": "unknown_safety: [scan]",
    }
    assert [found.kind for found in declared(ONE, *claims.values())] == list(claims)


def test_a_property_between_two_editions_applies_to_no_guideline_by_itself():
    new = replace(ONE, version=Version((2, 0, 0), "2.0.0"))
    for word, claim in {
        "then_new": "when_old: {scan: now}, then_new: {scan: now}",
        "never_new": "never_new: {scan: avoid}",
        "never_less_urgent": "never_less_urgent: [scan]",
    }.items():
        (found,) = declared_between((ONE, new), claim)
        assert found.kind == word
        assert not found.applies(ONE, in_force=True)


def test_steps_are_read_as_written():
    steps = "[fever, {pain: [mild, severe]}, {age: [rising 1 a to 9 a, falling 5 a to 9 a]}]"
    claim = one(f"monotone: {{adding: {steps}, outputs: [scan, scan]}}").claim
    assert isinstance(claim, Monotone)
    assert claim.outputs == ("scan",)
    words, other, rising, falling = claim.steps
    assert (words, other) == (WordSteps("fever", ("absent", "present")), WordSteps("pain", ("mild", "severe")))
    assert isinstance(rising, NumberSteps)
    assert isinstance(falling, NumberSteps)
    assert (rising.rising, falling.rising) == (True, False)


def test_floors_and_statements_are_read_as_written():
    floor = one("floor: [{when: fever, at_least: {scan: now, visit: soon}}]").claim
    assert isinstance(floor, Floor)
    assert floor.rows[0].least == (("scan", "now"), ("visit", "soon"))
    assert isinstance(one(ALWAYS).claim, Statement)
    assert (one(ALWAYS).values, one(f"{ALWAYS}, values: written").values) == (Values.ENTAILED, Values.WRITTEN)
