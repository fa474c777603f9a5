"""Cards, order and counts: classes put together for reading, worst first."""

from __future__ import annotations

from redflag_kit.results.diff import DIRECTIONS
from tests.property.models import has, implies, rule
from tests.unit.diff.small import ADVICE, SCAN, VISIT, diff, edition, feverish


def two_outputs(scan: str, visit: str):
    return edition(rule("R", has("fever"), {"scan": scan, "visit": visit}), outputs=[SCAN, VISIT])


def test_classes_with_equal_patients_share_a_card_that_shows_the_worst():
    found = diff(two_outputs("now", "later"), two_outputs("later", "now"))
    assert [(c.output, c.direction) for c in found.classes] == [("scan", "less_urgent"), ("visit", "more_urgent")]
    (card,) = found.cards
    assert card.direction == "less_urgent"
    assert card.id == f"card-{found.classes[0].id}"
    assert card.classes == tuple(c.id for c in found.classes)
    assert card.title == "R R → R R"


def test_classes_with_other_patients_have_their_own_cards_worst_first():
    old = edition(feverish("now"), rule("N", has("numb"), {"visit": "later"}), outputs=[SCAN, VISIT])
    new = edition(feverish("later"), rule("N", has("numb"), {"visit": "now"}), outputs=[SCAN, VISIT])
    assert [card.direction for card in diff(new, old).cards] == ["less_urgent", "more_urgent"]
    assert [card.direction for card in diff(old, new).cards] == ["less_urgent", "more_urgent"]


def test_classes_are_ordered_by_direction_then_output_then_urgency():
    rules = [
        rule("A", has("fever"), {"visit": "now"}),
        rule("B", has("numb"), {"scan": "soon"}),
        rule("C", has("cough"), {"scan": "now"}),
    ]
    found = diff(edition(*rules, outputs=[SCAN, VISIT]), edition(outputs=[SCAN, VISIT], otherwise=[rule("rest")]))
    assert [(c.output, c.from_value) for c in found.classes] == [("scan", "now"), ("scan", "soon"), ("visit", "now")]
    found = diff(edition(*rules, outputs=[SCAN, VISIT]), edition(feverish("later"), outputs=[SCAN, VISIT]))
    directions = [DIRECTIONS.index(c.direction) for c in found.classes]
    assert directions == sorted(directions)


def test_changes_between_statuses_share_a_card_by_kind():
    rules = [rule("R", has("fever"), {"scan": "now"}), rule("S", has("cough"), {"visit": "now"})]
    old = edition(*rules, outputs=[SCAN, VISIT], scope=has("numb"))
    found = diff(old, edition(*rules, outputs=[SCAN, VISIT]))
    assert sorted((card.direction, card.title) for card in found.cards) == [
        ("gained", "R R"),
        ("gained", "S S"),
        ("scope", "the scan, the visit: out of scope → says nothing"),
    ]
    (quiet,) = (card for card in found.cards if card.direction == "scope")
    assert len(quiet.classes) > 2


def test_a_class_that_no_rule_decides_says_so():
    old = edition(otherwise=None, covers=["scan"])
    new = edition(rule("R", has("fever"), {"scan": "now"}), otherwise=None)
    cards = {card.title for card in diff(old, new).cards}
    assert cards == {"R R", "Nothing decides this in either edition"}


def test_counts_are_per_output_and_name_constraints_apart():
    constraint = implies(has("fever"), has("numb", "absent"))
    rules = [feverish("now"), rule("B", has("cough"), {"advice": ["rest"]})]
    fewer = [feverish("soon"), rule("B", has("cough"), {"advice": ["walk"]})]
    found = diff(
        edition(*rules, outputs=[SCAN, VISIT, ADVICE]),
        edition(*fewer, outputs=[SCAN, VISIT, ADVICE], constraints=[constraint]),
    )
    counted = {one.output: one for one in found.counts}
    assert [*counted] == ["scan", "advice", "*"]
    assert (counted["scan"].label, counted["scan"].less_urgent, counted["scan"].lost) == ("the scan", 1, 0)
    assert (counted["advice"].gained, counted["advice"].lost) == (1, 1)
    assert (counted["*"].label, counted["*"].constraint) == ("possible patients", 1)


def test_counts_tell_lateral_changes_and_unknowns():
    new = edition(rule("R", has("fever"), {"scan": "now"}), rule("N", has("numb"), {"scan": "later"}))
    found = diff(edition(feverish("now")), new)
    (one,) = found.counts
    assert one.newly_undecided == sum(u.kind == "newly_undecided" for u in found.unknowns) == 1
    assert (one.gained, one.lateral, one.newly_decided) == (1, 0, 0)


def test_edits_name_every_class_they_stand_behind():
    found = diff(two_outputs("now", "later"), two_outputs("later", "now"))
    (edit,) = found.edits
    assert (edit.direction, edit.edit.kind) == ("less_urgent", "same")
    assert ([r.id for r in edit.old_rules], [r.id for r in edit.new_rules]) == (["R"], ["R"])
    assert edit.classes == tuple(c.id for c in found.classes)
