"""Where two guidelines differ in level, who is left alone, and which rules decide: each by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from redflag_kit.diff.deciding import Decision, bearing_on, deciding, parts_of
from redflag_kit.diff.disagreements import (
    Alone,
    Group,
    Heard,
    Kind,
    alone_together,
    gravity,
    hear,
    kind_of,
    left_alone,
    together,
)
from redflag_kit.diff.panel import Panel, Speaker, Voice, comparable, covered_once
from redflag_kit.logic.budget import Budget, BudgetExceeded, turns_of
from redflag_kit.model.guideline import Guideline
from tests.unit.diff.small import between_scales
from tests.unit.evaluate.worlds import decision, guideline, rule

SCALE = between_scales("avoid", "maybe", "later", "now", lateral=[("maybe", "later")], against="avoid")


def named(name: str, *rules: str, **options: Any) -> Guideline:
    return replace(guideline(decision("d", *rules), **options), id=name)


def speakers(one: Guideline, other: Guideline) -> tuple[Speaker, Speaker]:
    panel = Panel((one, other))
    return panel.speaker(one), panel.speaker(other)


LEFT = named("left", rule("A", "fever", "{scan: now}"), rule("B", "numb", "{scan: later}"))
RIGHT = named("right", rule("C", "fever", "{scan: avoid}"), rule("D", "cough", "{scan: later}"), scope="{not: numb}")


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("avoid", "now", Kind.AGAINST),
        ("maybe", "avoid", Kind.AGAINST),
        ("maybe", "later", Kind.LATERAL),
        ("later", "maybe", Kind.LATERAL),
        ("maybe", "now", Kind.URGENCY),
        ("now", "later", Kind.URGENCY),
    ],
)
def test_advice_against_is_gravest_and_a_declared_pair_is_strength_against_time(one: str, other: str, kind: Kind):
    assert kind_of(SCALE, one, other) is kind


def test_groups_rank_by_kind_and_then_by_how_far_the_levels_stand_apart():
    ranked = [(kind, steps) for kind in (Kind.AGAINST, Kind.URGENCY, Kind.LATERAL) for steps in (3, 2, 1)]
    assert sorted(ranked, key=lambda one: gravity(*one)) == ranked


def test_every_pair_of_levels_that_somebody_gets_is_a_group_in_the_order_of_the_scale():
    one, other = speakers(LEFT, RIGHT)
    scan = LEFT.vocabulary.outputs["scan"]
    heard = hear(scan, one, other)
    told = [(g.outputs, g.values, g.kind, g.steps) for g in heard.groups]
    assert told == [
        (("scan",), ("now", "avoid"), Kind.AGAINST, 3),
        (("scan",), ("now", "later"), Kind.URGENCY, 2),
    ]
    assert (heard.output, heard.both_speak) == ("scan", True)
    held, theirs = one.edition.meaning, other.edition.meaning
    assert heard.groups[0].region == held.fires["A"] & theirs.fires["C"] - theirs.fires["D"]
    assert heard.groups[1].region == held.fires["A"] & theirs.fires["D"]


def test_who_is_left_alone_is_told_for_each_side_status_and_advice():
    one, other = speakers(LEFT, RIGHT)
    found = list(left_alone(LEFT.vocabulary.outputs["scan"], one, other))
    assert [(a.outputs, a.speaker, a.status, a.advises, a.levels) for a in found] == [
        (("scan",), 0, "out_of_scope", "for", ("later", "now")),
        (("scan",), 1, "silent", "for", ("later",)),
    ]
    held = one.edition.meaning
    assert found[0].region == (held.fires["A"] | held.fires["B"]) - other.edition.meaning.scope
    assert found[1].region == other.edition.meaning.fires["D"] - held.fires["A"] - held.fires["B"]


def test_who_is_not_allowed_by_both_is_in_no_group_and_not_left_alone():
    limit = "constraints: [{id: K, title: K, if: numb, then: {not: fever}}]\n"
    strict = named("strict", rule("X", "cough", "{scan: later}"), extra=limit)
    one, other = speakers(named("free", rule("A", "fever", "{scan: now}")), strict)
    scan = strict.vocabulary.outputs["scan"]
    legal, fires = other.edition.meaning.legal, one.edition.meaning.fires["A"]
    assert not (fires - legal).is_empty()
    (alone, _) = left_alone(scan, one, other)
    assert alone.region == fires & legal - other.edition.meaning.fires["X"]
    (group,) = hear(scan, one, other).groups
    assert group.region == fires & legal & other.edition.meaning.fires["X"]


def test_guidelines_that_never_both_give_a_level_do_not_both_speak():
    one, other = speakers(
        named("hot", rule("A", "fever", "{scan: now}")), named("cool", rule("B", "{not: fever}", "{scan: now}"))
    )
    assert hear(LEFT.vocabulary.outputs["scan"], one, other) == Heard("scan", (), False)


def test_advice_for_and_against_are_told_apart_and_levels_in_the_order_of_the_scale():
    many = named(
        "many",
        rule("A", "fever", "{scan: avoid}"),
        rule("B", "numb", "{scan: soon}"),
        rule("C", "cough", "{scan: later}"),
    )
    one, other = speakers(many, named("nothing", rule("X", "fever", "{visit: now}"), covers="scan visit"))
    found = list(left_alone(many.vocabulary.outputs["scan"], one, other))
    assert [(a.advises, a.levels) for a in found] == [("for", ("later", "soon")), ("against", ("avoid",))]
    fires = one.edition.meaning.fires
    assert found[0].region == fires["B"] | fires["C"]
    assert found[1].region == fires["A"] - fires["B"] - fires["C"]


def test_statuses_are_told_in_their_own_order_whatever_the_tables():
    gaps = replace(
        guideline(
            decision("d", rule("G", "fever", "{visit: now}"), rule("H", "cough", "{scan: now}"), otherwise=None),
            covers="scan visit",
            scope="{not: numb}",
        ),
        id="gaps",
    )
    one, other = speakers(named("all", rule("A", "always", "{scan: now}")), gaps)
    assert [a.status for a in left_alone(gaps.vocabulary.outputs["scan"], one, other)] == [
        "silent",
        "gap",
        "out_of_scope",
    ]


def group(output: str, values: tuple[str, str], kind: Kind, steps: int, region: Any) -> Group:
    return Group((output,), values, kind, steps, region)


def test_groups_of_the_same_patients_and_levels_are_one_gravest_first():
    one, other = speakers(LEFT, RIGHT)
    fever, cough = one.edition.meaning.fires["A"], other.edition.meaning.fires["D"]
    found = together(
        [
            group("a", ("now", "later"), Kind.URGENCY, 1, fever),
            group("b", ("now", "avoid"), Kind.AGAINST, 2, fever),
            group("c", ("now", "later"), Kind.URGENCY, 1, fever),
            group("d", ("now", "later"), Kind.URGENCY, 1, cough),
            group("e", ("later", "now"), Kind.URGENCY, 1, fever),
            group("f", ("now", "avoid"), Kind.AGAINST, 3, fever),
            group("g", ("now", "later"), Kind.LATERAL, 1, fever),
            group("h", ("now", "later"), Kind.URGENCY, 1, fever),
        ]
    )
    assert [one.outputs for one in found] == [("f",), ("b",), ("a", "c", "h"), ("d",), ("e",), ("g",)]


def test_those_left_alone_alike_over_several_outputs_are_one_advice_for_first():
    one, other = speakers(LEFT, RIGHT)
    fever, cough = one.edition.meaning.fires["A"], other.edition.meaning.fires["D"]
    made = [
        Alone(("a",), 1, "silent", "against", ("avoid",), fever),
        Alone(("b",), 0, "silent", "against", ("avoid",), fever),
        Alone(("c",), 1, "silent", "for", ("now",), fever),
        Alone(("d",), 0, "silent", "for", ("now",), fever),
        Alone(("e",), 0, "silent", "for", ("now",), fever),
        Alone(("f",), 0, "gap", "for", ("now",), fever),
        Alone(("g",), 0, "silent", "for", ("later",), fever),
        Alone(("h",), 0, "silent", "for", ("now",), cough),
        Alone(("i",), 0, "silent", "for", ("now",), fever),
    ]
    found = alone_together(made)
    assert [one.outputs for one in found] == [("d", "e", "i"), ("f",), ("g",), ("h",), ("c",), ("b",), ("a",)]


# ---------------------------------------------------------------- which rules decide


COVERS = "scan test any_test visit anything"
WIDE = named(
    "wide",
    rule("S", "fever", "{scan: soon}"),
    rule("T", "numb", "{test: soon}"),
    rule("ANY", "cough", "{any_test: avoid}"),
    rule("V", "cough", "{visit: now}"),
    covers=COVERS,
)


def test_what_is_written_to_a_part_or_against_a_whole_bears_on_an_output():
    outputs = WIDE.outputs
    assert parts_of(outputs, "scan") == ()
    assert parts_of(outputs, "any_test") == ("scan", "test")
    assert parts_of(outputs, "anything") == ("any_test", "visit", "scan", "test")
    one, _ = speakers(WIDE, LEFT)
    assert bearing_on(one, "scan") == {"scan", "any_test", "anything", "test", "visit"}
    narrow = named("narrow", rule("S", "fever", "{scan: soon}"), covers="scan any_test")
    assert parts_of(narrow.outputs, "any_test") == ("scan",)
    assert bearing_on(speakers(narrow, LEFT)[0], "scan") == {"scan", "any_test"}
    assert bearing_on(speakers(narrow, LEFT)[0], "any_test") == {"scan", "any_test"}
    beside = named("beside", rule("S", "fever", "{scan: soon}"), covers="scan any_test visit")
    assert bearing_on(speakers(beside, LEFT)[0], "scan") == {"scan", "any_test"}


def test_rules_that_decide_are_named_with_the_output_they_write_in_file_order():
    one, _ = speakers(WIDE, LEFT)
    soon = one.values("any_test")["soon"]
    assert deciding(one, "any_test", "soon", soon) == (Decision("S", "scan"), Decision("T", "test"))
    assert deciding(one, "anything", "now", one.values("anything")["now"]) == (Decision("V", "visit"),)
    fires = one.edition.meaning.fires
    assert deciding(one, "any_test", "soon", soon - fires["S"]) == (Decision("T", "test"),)
    assert deciding(one, "scan", "avoid", one.values("scan")["avoid"]) == (Decision("ANY", "any_test"),)


def test_of_two_wholes_the_one_that_is_advised_against_decides():
    made = named("two", rule("Q", "fever", "{visit: avoid}"), covers="scan any_test visit")
    outputs = {**made.outputs, "visit": replace(made.outputs["visit"], satisfied_by=("scan",))}
    words = replace(made.vocabulary, outputs={**made.vocabulary.outputs, **outputs})
    one, _ = speakers(replace(made, vocabulary=words, outputs=outputs), LEFT)
    assert deciding(one, "scan", "avoid", one.values("scan")["avoid"]) == (Decision("Q", "visit"),)


def test_a_rule_that_others_have_decided_for_already_is_not_named():
    twice = named(
        "twice",
        rule("P", "fever", "{scan: now}"),
        rule("Q", "{all: [fever, numb]}", "{scan: now}"),
        rule("R", "cough", "{scan: now}"),
    )
    one, _ = speakers(twice, LEFT)
    found = deciding(one, "scan", "now", one.values("scan")["now"])
    assert [decision.rule for decision in found] == ["P", "R"]
    fires = one.edition.meaning.fires
    only = deciding(one, "scan", "now", fires["P"] - fires["R"])
    assert only == (Decision("P", "scan"),)


# ---------------------------------------------------------------- who speaks


def test_outputs_that_both_cover_are_comparable_and_those_that_one_covers_are_named_sets_aside():
    lists = guideline(
        decision("d", rule("L", "fever", "{likely: [flu], test: now}")),
        covers="test likely",
        findings="fever cough numb",
    )
    one, other = Voice("one", (LEFT, WIDE)), Voice("other", (replace(lists, vocabulary=LEFT.vocabulary), RIGHT))
    assert one.speaker("scan") is LEFT
    assert one.speaker("test") is WIDE
    assert one.speaker("likely") is None
    assert [output.id for output in comparable(one, other)] == ["scan", "test"]
    assert [output.id for output in covered_once(one, other)] == ["visit", "any_test", "anything"]


def test_a_panel_keeps_to_its_budget_and_gives_each_guideline_over_one_space():
    with pytest.raises(BudgetExceeded, match="1 diagram node"):
        Panel((WIDE, LEFT), 1).speaker(WIDE)
    with pytest.raises(BudgetExceeded):
        Panel((WIDE, LEFT), 1000, Budget(seconds=0).start()).speaker(WIDE).values("scan")
    panel = Panel(iter((WIDE, LEFT)))
    both = panel.pair(LEFT, WIDE)
    assert (both.old.guideline, both.new.guideline) == (LEFT, WIDE)
    assert (both.atoms, both.algebra) == (panel.atoms, panel.algebra)
    assert panel.speaker(LEFT).algebra is panel.algebra
    assert panel.speaker(LEFT).edition.guideline is LEFT
    assert panel.speaker(WIDE).edition is both.new


def test_a_panel_stops_when_its_turn_is_over():
    turns = turns_of(Budget(seconds=3600).start())
    panel = Panel((WIDE, LEFT), deadline=turns)
    turns.begin(1e15)
    with pytest.raises(BudgetExceeded, match="its share of"):
        panel.speaker(WIDE).values("scan")
