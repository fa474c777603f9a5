"""Vignettes as regions: where each lies in either edition, in which classes, and whose outcome differs."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from redflag_kit.compile.expression import InputEntry, Interval
from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.diff.changes import changes, constraint_changes
from redflag_kit.diff.pair import Pair, pair
from redflag_kit.diff.vignettes import changed, filled_alike, inside, place, vignette_cuts
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.condition import All, Any
from redflag_kit.model.vignette import Stated, Vignette
from tests.property.models import assumed, between, has, implies, rule, stated
from tests.unit.diff.small import ADVICE, FEVER, NUMB, SCAN, VISIT, edition, feverish


def vignette(name: str, *findings: Stated, fill_clean: bool = False) -> Vignette:
    return Vignette(name, f"title of {name}", "", "", (), findings, fill_clean, "", (), todo=False, span=NOWHERE)


NOW, SOON = edition(feverish("now"), findings=[FEVER, NUMB]), edition(feverish("soon"), findings=[FEVER, NUMB])


def filled(made: Pair[BddRegion], *cases: Vignette) -> list[tuple[BddRegion, BddRegion]]:
    return [(one.old, one.new) for one in place(made, cases)]


def test_numbers_that_vignettes_name_are_told_from_their_neighbours_once_each():
    old, new = (edition(rule("R", between("age", low), {"scan": "now"})) for low in (50, 60))
    cases = [
        vignette("a", stated("age", Fraction(55)), stated("fever", "present")),
        vignette("b", stated("age", (20, 29)), stated("numb", "absent")),
        vignette("c", stated("age", Fraction(55))),
        vignette("d", stated("age")),
        vignette("e", stated("shoe size", Fraction(40))),
    ]
    assert vignette_cuts(old, new, cases) == (
        InputEntry("age", frozenset(), (Interval(Fraction(55), Fraction(55)),)),
        InputEntry("age", frozenset(), (Interval(Fraction(20), Fraction(29)),)),
    )
    only_old = edition(rule("R", between("age", 50), {"scan": "now"}))
    for one, other in ((only_old, SOON), (SOON, only_old)):
        assert len(vignette_cuts(one, other, cases[:1])) == 1


def test_a_case_is_all_the_patients_who_agree_with_it_in_each_edition():
    made = pair(NOW, SOON)
    fever = made.diagrams.literal("fever", 0b10)
    assert filled(made, vignette("hot", stated("fever", "present")), vignette("any")) == [
        (fever, fever),
        (made.diagrams.whole, made.diagrams.whole),
    ]


def test_each_edition_fills_a_case_with_its_own_assumptions_constraints_and_clean_values():
    tied = [implies(has("fever"), has("numb"))]
    others = [
        replace(SOON, assume={"fever": assumed("present")}),
        edition(feverish("soon"), findings=[FEVER, NUMB], constraints=tied),
        edition(feverish("soon"), findings=[replace(FEVER, clean="absent"), NUMB]),
    ]
    case = vignette("case", fill_clean=True)
    for at, other in enumerate(others):
        forth, back = pair(NOW, other), pair(other, NOW)
        for made, place_of_other in ((forth, 1), (back, 0)):
            whole, fever = made.diagrams.whole, made.diagrams.literal("fever", 0b10)
            (regions,) = filled(made, case)
            assert regions[1 - place_of_other] == whole
            assert regions[place_of_other] == (fever, made.legal, ~fever)[at]
            assert not filled_alike(made)
    assert filled_alike(pair(NOW, SOON))


def test_clean_values_are_filled_in_only_where_a_vignette_asks_for_them():
    clean = edition(feverish("soon"), findings=[replace(FEVER, clean="absent"), NUMB])
    made = pair(clean, clean)
    fever = made.diagrams.literal("fever", 0b10)
    asked, unasked = vignette("a", fill_clean=True), vignette("b")
    assert filled(made, asked, unasked) == [(~fever, ~fever), (made.diagrams.whole, made.diagrams.whole)]


def test_assumptions_are_made_in_order_so_their_order_is_part_of_how_cases_are_filled():
    limit = [implies(has("fever"), has("numb", "absent"))]
    either = rule("R", Any((has("fever"), has("numb"))), {"scan": "now"})
    findings = [replace(one, assume=assumed("present")) for one in (FEVER, NUMB)]
    old, new = (edition(either, findings=order, constraints=limit) for order in (findings, findings[::-1]))
    made = pair(old, new)
    assert not filled_alike(made)
    ((before, after),) = filled(made, vignette("unclear"))
    assert (before, after) == (
        made.diagrams.literal("fever", 0b10) & made.diagrams.literal("numb", 0b01),
        made.diagrams.literal("fever", 0b01) & made.diagrams.literal("numb", 0b10),
    )


def members(made: Pair[BddRegion], *cases: Vignette) -> dict[tuple[str, str, str], tuple[str, ...]]:
    found = [*constraint_changes(made), *changes(made)]
    placed = inside(made, place(made, cases), found)
    assert inside(made, place(made, cases), found[::-1]) == placed
    return {(change.aspect[0], change.old_value, change.new_value): placed[change.key] for change in found}


HOT, NUMB_TOO = stated("fever", "present"), stated("numb", "present")


def test_a_vignette_lies_in_every_class_that_holds_all_of_its_patients():
    old, new = (
        edition(rule("R", has("fever"), {"scan": level, "visit": level}), findings=[FEVER, NUMB], outputs=[SCAN, VISIT])
        for level in ("now", "soon")
    )
    cases = [vignette("cold", stated("fever", "absent")), vignette("hot", HOT), vignette("any"), vignette("b", HOT)]
    assert members(pair(old, new), *cases) == {
        ("scan", "now", "soon"): ("hot", "b"),
        ("visit", "now", "soon"): ("hot", "b"),
    }


def test_a_vignette_with_a_patient_who_stays_as_they_were_lies_in_no_class():
    old = edition(rule("R", has("fever"), {"scan": "now"}), findings=[FEVER, NUMB])
    new = edition(
        rule("R", has("fever"), {"scan": "now"}), rule("S", All((has("fever"), has("numb"))), {"scan": "avoid"}),
        findings=[FEVER, NUMB], otherwise=None,
    )  # fmt: skip
    cases = [vignette("hot", HOT), vignette("well", stated("fever", "absent")), vignette("all")]
    assert members(pair(old, new), *cases) == {("scan", "silent", "gap"): ("well",)}


def test_a_vignette_whose_patients_change_in_different_ways_lies_in_no_class():
    old = edition(feverish("now"), findings=[FEVER, NUMB])
    new = edition(
        rule("R", All((has("fever"), has("numb"))), {"scan": "soon"}), rule("S", has("fever"), {"scan": "later"}),
        findings=[FEVER, NUMB],
    )  # fmt: skip
    cases = [vignette("hot", HOT), vignette("both", HOT, NUMB_TOO)]
    assert members(pair(old, new), *cases) == {("scan", "now", "soon"): ("both",), ("scan", "now", "later"): ()}


def test_a_vignette_is_a_patient_only_of_editions_that_allow_every_completion():
    tied = edition(feverish("soon"), findings=[FEVER, NUMB], constraints=[implies(has("fever"), has("numb"))])
    cases = [
        vignette("allowed", HOT, NUMB_TOO),
        vignette("one of two", HOT),
        vignette("impossible", HOT, stated("numb", "absent")),
    ]
    assert members(pair(NOW, tied), *cases) == {
        ("*", "possible", "impossible"): (),
        ("scan", "now", "soon"): ("allowed",),
    }
    assert members(pair(tied, NOW), *cases) == {
        ("*", "impossible", "possible"): (),
        ("scan", "soon", "now"): ("allowed",),
    }


def differing(made: Pair[BddRegion], *cases: Vignette) -> list[tuple[str, str, tuple[tuple[str, str, str], ...]]]:
    return [(one.id, one.title, one.changes) for one in changed(made, place(made, cases))]


def test_every_output_that_differs_for_a_vignette_is_told_and_nothing_else():
    outputs = [SCAN, VISIT, ADVICE]
    old = edition(rule("R", has("fever"), {"scan": "now", "visit": "soon", "advice": ["rest"]}), outputs=outputs)
    new = edition(rule("R", has("fever"), {"scan": "now", "visit": "now", "advice": ["walk"]}), outputs=outputs)
    cases = [
        vignette("cold", stated("fever", "absent")),
        vignette("hot", HOT),
        vignette("unclear"),
    ]
    assert differing(pair(old, new), *cases) == [
        (
            "hot",
            "title of hot",
            (
                ("the visit", "soon", "now"),
                ("advice: rest", "listed", "not listed"),
                ("advice: walk", "not listed", "listed"),
            ),
        ),
        (
            "unclear",
            "title of unclear",
            (
                ("the visit", "says nothing or soon", "now or says nothing"),
                ("advice: rest", "listed or not listed", "not listed"),
                ("advice: walk", "not listed", "listed or not listed"),
            ),
        ),
    ]


def test_a_vignette_whose_patients_changed_places_is_as_it_was():
    # Somebody of the case changes, and yet the same outcomes are possible for it.
    old, new = (edition(rule("R", has(name), {"scan": "now"}), findings=[FEVER, NUMB]) for name in ("fever", "numb"))
    assert differing(pair(old, new), vignette("unclear")) == []
    assert [one[0] for one in differing(pair(old, new), vignette("hot", HOT))] == ["hot"]


def test_other_assumptions_change_a_vignette_though_no_patient_changes():
    old, new = (replace(NOW, assume={"fever": assumed(word)}) for word in ("present", "absent"))
    assert differing(pair(old, new), vignette("unclear"), vignette("hot", HOT)) == [
        ("unclear", "title of unclear", (("the scan", "now", "says nothing"),)),
    ]


def test_a_change_between_statuses_is_none_and_one_to_a_level_is():
    old = edition(feverish(), findings=[FEVER, NUMB], scope=has("numb"))
    new = edition(feverish(), findings=[FEVER, NUMB])
    cases = [vignette("well", stated("fever", "absent"), stated("numb", "absent")), vignette("hot", HOT)]
    assert differing(pair(old, new), *cases) == [
        ("hot", "title of hot", (("the scan", "now or out of scope", "now"),)),
    ]
