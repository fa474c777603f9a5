"""Cards, order and counts: classes put together for reading, worst first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from redflag_kit.diff.cards import counts, order, rule_edits
from redflag_kit.diff.compare import compare
from redflag_kit.diff.pair import pair
from redflag_kit.logic.budget import Budget
from redflag_kit.model.condition import Any as AnyOf
from redflag_kit.results.diff import DIRECTIONS, ChangeClass, OutputCounts
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


# ---------------------------------------------------------------- order, counts and titles, exactly


def shown(**fields: Any) -> ChangeClass:
    """Return a class of the scan with the fields given; two rules decide it."""
    (one,) = diff(edition(feverish("now")), edition(feverish("later"))).classes
    refs: dict[str, Any] = {
        side: replace(one.old_rule, id=fields.pop(side)) for side in ("old_rule", "new_rule") if side in fields
    }
    return replace(one, **refs, **fields)


def test_classes_are_ordered_by_direction_output_member_levels_rules_and_id_in_that_order():
    both = pair(two_outputs("now", "now"), two_outputs("soon", "soon"))
    ranked = [
        shown(direction="less_urgent", output="visit", from_value="avoid"),
        shown(direction="lost", output="scan", element="a", from_value="later", to_value="avoid"),
        shown(direction="lost", output="scan", element="b", from_value="now", to_value="soon"),
        shown(direction="lost", output="scan", element="b", from_value="now", to_value="later", old_rule="B"),
        shown(direction="lost", output="scan", element="b", from_value="soon", to_value="avoid", old_rule="A"),
        shown(direction="lost", output="scan", element="b", from_value="avoid", to_value="silent", old_rule="A"),
        shown(direction="lost", output="scan", element="b", from_value="gap", to_value="silent", old_rule="A",
              new_rule="N", id="z"),
        shown(direction="lost", output="scan", element="b", from_value="gap", to_value="silent", old_rule="B",
              new_rule="M", id="y"),
        shown(direction="lost", output="scan", element="b", from_value="gap", to_value="silent", old_rule="B",
              new_rule="N", id="w"),
        shown(direction="lost", output="scan", element="b", from_value="gap", to_value="silent", old_rule="B",
              new_rule="N", id="x"),
        shown(direction="lost", output="visit", element="", from_value="now"),
        shown(direction="lost", output="*", element="", from_value="possible"),
        shown(direction="scope", output="scan"),
    ]  # fmt: skip
    assert order(reversed(ranked), both) == tuple(ranked)


def test_a_set_has_no_levels_to_be_ordered_by():
    walks = [edition(rule("R", has("fever"), {"advice": [word]}), outputs=[ADVICE]) for word in ("rest", "walk")]
    ranked = [shown(output="advice", element=name, from_value="listed") for name in ("rest", "walk")]
    assert order(reversed(ranked), pair(walks[0], walks[1])) == tuple(ranked)


def test_each_class_found_by_search_has_its_own_card():
    either = AnyOf((has("fever"), has("numb")))
    old, new = (
        edition(rule("R", either, {"scan": level, "visit": level}), outputs=[SCAN, VISIT]) for level in ("now", "later")
    )
    assert len(diff(old, new).cards) == 1
    found = compare(old, new, (), Budget(nodes=1))
    assert [card.classes for card in found.cards] == [(one.id,) for one in found.classes]
    assert len(found.cards) == 2


def test_a_card_of_a_constraint_names_who_became_impossible_or_possible():
    tied = edition(feverish(), constraints=[implies(has("fever"), has("numb"))])
    (there,), (back,) = diff(edition(feverish()), tied).cards, diff(tied, edition(feverish())).cards
    assert (there.direction, there.title) == ("constraint", "possible patients: possible → impossible")
    assert back.title == "possible patients: impossible → possible"


def test_changes_between_other_statuses_have_cards_of_their_own():
    old = edition(feverish(), outputs=[SCAN, ADVICE, VISIT], covers=["scan", "advice"], scope=has("numb"))
    new = edition(feverish(), outputs=[SCAN, ADVICE, VISIT])
    quiet = {card.title: len(card.classes) for card in diff(old, new).cards if card.direction == "scope"}
    assert quiet == {
        "the scan: out of scope → says nothing": 1,
        "advice: rest: out of scope → not listed": 1,
        "the visit: not covered → says nothing": 1,
    }


def test_every_number_that_is_counted_is_told_under_its_own_name():
    both = pair(two_outputs("now", "now"), two_outputs("soon", "soon"))
    number = {"less_urgent": 1, "more_urgent": 2, "gained": 3, "lost": 4, "scope": 5, "constraint": 6}
    classes = [shown(direction=name, kind="any") for name, times in number.items() for _ in range(times)]
    stances = [shown(direction="less_urgent", kind="stance-weakened"), shown(direction="more_urgent", kind="stance-x")]
    (unknown,) = diff(edition(feverish()), edition(feverish("soon"))).unknowns
    hinging = [replace(unknown, kind=kind) for kind in ["newly_undecided"] * 7 + ["newly_decided"] * 8 + ["moved"]]
    told = counts(both, iter([*classes, *stances]), iter([*hinging, replace(unknown, output="visit", kind="moved")]))
    assert told == (
        OutputCounts(
            "scan", "the scan", less_urgent=2, more_urgent=3, gained=3, lost=4, lateral=2, scope=5, constraint=6,
            newly_undecided=7, newly_decided=8,
        ),
        OutputCounts("visit", "the visit", 0, 0, 0, 0, 0, 0, 0, 0, 0),
    )  # fmt: skip


def test_edits_stand_in_the_order_of_the_worst_class_behind_them():
    rules = rule("A", has("fever"), {"scan": "soon"}), rule("B", has("numb"), {"visit": "soon"})
    better, worse = rule("A", has("fever"), {"scan": "now"}), rule("B", has("numb"), {"visit": "later"})
    found = diff(edition(*rules, outputs=[SCAN, VISIT]), edition(better, worse, outputs=[SCAN, VISIT]))
    assert [(one.direction, one.edit.old_rules, one.classes) for one in found.edits] == [
        ("less_urgent", ("B",), (found.classes[0].id,)),
        ("more_urgent", ("A",), (found.classes[1].id,)),
    ]


def test_an_edit_shows_its_rules_as_each_edition_has_them_and_its_worst_class():
    old = edition(rule("R", has("fever"), {"scan": "soon", "visit": "soon"}), outputs=[SCAN, VISIT])
    after = replace(rule("N", has("fever"), {"scan": "now", "visit": "later"}), replaces=("R",), title="new words")
    found = diff(old, edition(after, outputs=[SCAN, VISIT]))
    (edit,) = found.edits
    assert [(one.id, one.title) for one in (*edit.old_rules, *edit.new_rules)] == [("R", "R"), ("N", "new words")]
    assert (edit.direction, len(edit.classes)) == ("less_urgent", 2)
    assert rule_edits((replace(one, edit=None) for one in found.classes), pair(old, old)) == ()
    (card,) = found.cards
    assert card.title == "R R → N new words"
