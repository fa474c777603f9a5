"""Vignettes and a change: whose outcome differs, and which classes they lie in."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.diff.compare import compare
from redflag_kit.model.vignette import Stated, Vignette
from tests.property.models import assumed, between, has, implies, rule, stated
from tests.unit.diff.small import ADVICE, FEVER, FINDINGS, SCAN, edition, feverish


def vignette(name: str, *findings: Stated, fill_clean: bool = False) -> Vignette:
    return Vignette(name, name, "", "", (), findings, fill_clean, "", (), todo=False, span=NOWHERE)


OLD_AGES = edition(rule("R", between("age", 50), {"scan": "now"}))
NEW_AGES = edition(rule("R", between("age", 60), {"scan": "now"}))


def test_a_vignette_lies_in_the_class_that_holds_its_every_completion():
    cases = [
        vignette("fifty-five", stated("age", Fraction(55))),
        vignette("fifties", stated("age", (50, 59))),
        vignette("forty-nine", stated("age", Fraction(49))),
        vignette("around", stated("age", (49, 51))),
        vignette("any age", stated("age")),
    ]
    found = compare(OLD_AGES, NEW_AGES, cases)
    (one,) = found.classes
    assert one.vignettes == ("fifty-five", "fifties")
    assert found.uncovered == ()
    assert [change.id for change in found.vignettes] == ["fifty-five", "fifties", "around"]


def test_a_class_that_no_vignette_lies_in_is_uncovered():
    found = compare(OLD_AGES, NEW_AGES, [vignette("old", stated("age", Fraction(70)))])
    assert found.uncovered == tuple(one.id for one in found.classes)
    assert not found.vignettes


def test_numbers_that_only_vignettes_tell_apart_change_no_class():
    bare, busy = (
        compare(OLD_AGES, NEW_AGES, ()),
        compare(OLD_AGES, NEW_AGES, [vignette("a", stated("age", Fraction(55)))]),
    )
    assert [replace(one, vignettes=()) for one in busy.classes] == list(bare.classes)


def test_what_changed_for_a_vignette_is_said_in_words():
    found = compare(edition(feverish("now")), edition(feverish("later")), [vignette("hot", stated("fever", "present"))])
    (one,) = found.vignettes
    assert (one.id, one.title, one.changes) == ("hot", "hot", (("the scan", "now", "later"),))


def test_an_undecided_vignette_shows_all_that_is_possible():
    found = compare(edition(feverish("now")), edition(feverish("later")), [vignette("unclear", stated("fever"))])
    assert found.vignettes[0].changes == (("the scan", "now or says nothing", "later or says nothing"),)


def test_a_member_of_a_set_is_listed_or_not():
    old = edition(rule("R", has("fever"), {"advice": ["rest"]}), outputs=[ADVICE])
    new = edition(rule("R", has("fever"), {"advice": ["rest", "walk"]}), outputs=[ADVICE])
    found = compare(old, new, [vignette("hot", stated("fever", "present"))])
    assert found.vignettes[0].changes == (("advice: walk", "not listed", "listed"),)


def test_a_change_between_statuses_alone_is_no_change_of_a_vignette():
    old, new = edition(feverish(), scope=has("numb")), edition(feverish())
    found = compare(old, new, [vignette("well", stated("fever", "absent"), stated("numb", "absent"))])
    assert {c.kind for c in found.classes} == {"scope-widened"}
    assert not found.vignettes


def test_clean_values_are_filled_in_where_a_vignette_asks_for_them():
    findings = [replace(one, clean="absent") if one.grid is None else one for one in FINDINGS]
    old, new = (
        edition(feverish("now"), findings=findings),
        edition(feverish("now"), findings=findings, scope=has("fever")),
    )
    cases = [vignette("well", fill_clean=True), vignette("hot", stated("fever", "present"), fill_clean=True)]
    assert {c.vignettes for c in compare(old, new, cases).classes} == {("well",)}


def test_a_vignette_that_contradicts_an_edition_lies_in_no_class():
    tied = [implies(has("fever"), has("numb"))]
    old, new = edition(feverish("now")), edition(feverish("later"), constraints=tied)
    cases = [vignette("impossible", stated("fever", "present"), stated("numb", "absent"))]
    assert all(not one.vignettes for one in compare(old, new, cases).classes)


def test_a_stated_finding_that_no_edition_reads_does_not_matter():
    found = compare(
        edition(feverish("now")),
        edition(feverish("later")),
        [
            vignette("hot", stated("fever", "present"), stated("shoe size", Fraction(40))),
        ],
    )
    assert found.classes[0].vignettes == ("hot",)


def test_each_edition_makes_its_own_assumptions_for_a_vignette():
    old, new = (replace(FEVER, assume=assumed(word)) for word in ("present", "absent"))
    cases = [vignette("unclear")]
    found = compare(edition(feverish(), findings=[old]), edition(feverish(), findings=[new]), cases)
    assert found.vignettes[0].changes == ((SCAN.label, "now", "says nothing"),)


@pytest.mark.parametrize("words", [("present", "absent"), ("absent", "present")])
def test_a_vignette_lies_in_a_class_only_if_both_editions_complete_it_so(words: tuple[str, str]):
    old, new = (replace(FEVER, assume=assumed(word)) for word in words)
    found = compare(
        edition(feverish("now"), findings=[old]), edition(feverish("later"), findings=[new]), [vignette("?")]
    )
    assert [one.vignettes for one in found.classes] == [()]
