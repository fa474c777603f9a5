"""Outputs that the vocabulary defines otherwise: equal rules are not equal outcomes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from redflag_kit.compile.digest import digest_of
from redflag_kit.diff.redefined import redefined
from redflag_kit.model.vocabulary import Combine
from tests.unit.diff.small import ADVICE, SCAN, URGENCY, VISIT, diff, edition, feverish

PLAIN = edition(feverish(), outputs=[SCAN, VISIT, ADVICE])
STANCE = replace(URGENCY, lateral=frozenset({frozenset({"later", "soon"})}))


def changed(**fields: Any):
    return edition(feverish(), outputs=[replace(SCAN, **fields), VISIT, ADVICE])


@pytest.mark.parametrize(
    ("new", "what"),
    [
        (changed(satisfied_by=("visit",)), "newly implied by the visit"),
        (changed(satisfied_by=("advice",)), "newly implied by advice"),
    ],
)
def test_equal_rules_are_not_equal_editions_where_other_things_follow_from_an_output(new, what):
    found = diff(PLAIN, new)
    assert [one.what for one in found.redefined if one.output == "scan"] == [(what,)]
    assert (found.equivalent, found.classes, found.required_bump) == (False, (), "major")


def test_a_member_that_no_longer_implies_an_output_is_named():
    assert redefined(changed(satisfied_by=("visit",)), PLAIN)[0].what == ("no longer implied by the visit",)
    assert redefined(changed(combine=Combine.LOWEST), PLAIN)[0].what[-1].endswith("the highest counts now")


def test_advice_against_reaches_what_implies_an_output_so_a_level_that_becomes_it_may_change_outcomes():
    mild = replace(URGENCY, against=None)
    found = diff(changed(satisfied_by=("visit",)), changed(satisfied_by=("visit",), scale=mild))
    (one,) = (one for one in found.redefined if one.output == "scan")
    assert (one.what, one.entails) == (("advice against was “avoid” and is no level",), True)
    assert found.equivalent is False


@pytest.mark.parametrize(
    ("new", "what"),
    [
        (changed(combine=Combine.LOWEST), "where rules write several levels, the lowest counts now"),
        (changed(scale=replace(URGENCY, against=None)), "advice against was “avoid” and is no level"),
    ],
)
def test_what_only_weighs_changes_is_told_and_equal_rules_stay_equal(new, what):
    found = diff(PLAIN, new)
    assert [(one.what, one.entails) for one in found.redefined] == [((what,), False)]
    assert (found.equivalent, found.required_bump) == (True, "patch")


def test_what_is_a_change_of_stance_only_is_told_and_changes_nothing_for_patients():
    (one,) = redefined(PLAIN, changed(scale=STANCE))
    assert (one.what, one.entails) == (("“later” and “soon” now differ in stance only",), False)
    assert redefined(changed(scale=STANCE), PLAIN)[0].what == ("“later” and “soon” no longer differ in stance only",)
    assert diff(PLAIN, changed(scale=STANCE)).equivalent is True


def test_a_new_level_and_another_label_define_nothing_otherwise():
    more = replace(URGENCY, levels=("avoid", "later", "soon", "now", "at once"))
    assert redefined(PLAIN, changed(scale=more, label="a scan")) == ()


def test_an_output_that_neither_edition_covers_is_left_out():
    others = edition(feverish(), outputs=[SCAN, replace(VISIT, satisfied_by=("scan",))], covers=["scan"])
    assert redefined(edition(feverish(), outputs=[SCAN, VISIT], covers=["scan"]), others) == ()


def test_the_fingerprint_is_bound_to_both_definitions():
    one, two = redefined(PLAIN, changed(satisfied_by=("visit",))), redefined(changed(satisfied_by=("visit",)), PLAIN)
    assert one[0].fingerprint == redefined(PLAIN, changed(satisfied_by=("visit",), label="x"))[0].fingerprint
    assert one[0].fingerprint != two[0].fingerprint


def test_what_is_defined_otherwise_is_one_entry_with_the_new_label_in_the_order_of_the_new_vocabulary():
    mild = replace(URGENCY, against=None)
    new = changed(satisfied_by=("visit", "advice"), combine=Combine.LOWEST, scale=mild, label="a scan")
    (one,) = redefined(PLAIN, new)
    assert (one.output, one.label, one.entails) == ("scan", "a scan", True)
    assert one.what == (
        "newly implied by advice",
        "newly implied by the visit",
        "advice against was “avoid” and is no level",
        "where rules write several levels, the lowest counts now",
    )


def test_advice_against_reaches_what_implied_an_output_though_nothing_implies_it_any_more():
    mild = replace(URGENCY, against=None)
    (one,) = redefined(changed(satisfied_by=("visit",)), changed(scale=mild))
    assert one.what == ("no longer implied by the visit", "advice against was “avoid” and is no level")


def test_the_fingerprint_is_that_of_the_vocabulary_the_output_and_both_meanings_and_stays_as_it_is():
    (one,) = redefined(PLAIN, changed(satisfied_by=("visit",)))
    levels = [["avoid", "later", "soon", "now"], "avoid", []]
    meant = ["output", PLAIN.vocabulary.id, "scan", [levels, "highest", []], [levels, "highest", ["visit"]]]
    assert one.fingerprint == digest_of(meant)


def test_a_level_that_newly_advises_against_is_named():
    (one,) = redefined(changed(scale=replace(URGENCY, against=None)), PLAIN)
    assert one.what == ("advice against was no level and is “avoid”",)


def laterals(*pairs: tuple[str, str], levels: tuple[str, ...] = URGENCY.levels):
    return changed(scale=replace(URGENCY, levels=levels, lateral=frozenset(map(frozenset, pairs))))


def test_pairs_of_stance_are_told_in_one_order_each_from_the_lower_level_up():
    several = laterals(("soon", "now"), ("later", "now"), ("avoid", "soon"), ("avoid", "now"))
    told = ["“avoid” and “now”", "“avoid” and “soon”", "“later” and “now”", "“soon” and “now”"]
    assert redefined(PLAIN, several)[0].what == tuple(f"{pair} now differ in stance only" for pair in told)


def test_pairs_of_stance_are_compared_where_both_scales_have_both_levels():
    two = ("later", "soon")
    told = redefined(laterals(levels=two), laterals(two, levels=two))[0].what
    assert told == ("“later” and “soon” now differ in stance only",)
    assert redefined(PLAIN, laterals(("now", "at once"), levels=(*URGENCY.levels, "at once"))) == ()


def test_sets_have_no_levels_and_may_still_be_implied_by_other_outputs():
    implied = edition(feverish(), outputs=[SCAN, VISIT, replace(ADVICE, satisfied_by=("visit",))])
    (one,) = redefined(PLAIN, implied)
    assert (one.output, one.what) == ("advice", ("newly implied by the visit",))
    turned = edition(outputs=[replace(ADVICE, id="scan", satisfied_by=("visit",)), VISIT, ADVICE], covers=["scan"])
    assert redefined(turned, PLAIN)[0].what[0] == "no longer implied by the visit"
    assert redefined(PLAIN, turned)[0].what[0] == "newly implied by the visit"
