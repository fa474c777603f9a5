"""Edits: the rules behind a change, aligned, and how their conditions differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.diff import edits, parts
from redflag_kit.model.condition import All, Any, AtLeast, Named, Not
from redflag_kit.results.diff import Edit
from tests.property.models import between, has, rule
from tests.unit.diff.small import SCAN, diff, edition, feverish


def edit_between(old, new) -> Edit:
    found = diff(old, new).classes
    (edit,) = {one.edit for one in found if one.edit}
    return edit


def test_a_rule_without_successor_is_removed():
    edit = edit_between(edition(feverish()), edition())
    assert (edit.kind, edit.old_rules, edit.new_rules) == ("removed", ("R",), ())
    assert edit.text == "R -> no rule: the rule has no successor"


def test_a_rule_without_predecessor_is_added():
    edit = edit_between(edition(otherwise=None, covers=["scan"]), edition(feverish(), otherwise=None))
    assert (edit.kind, edit.text) == ("added", "no rule -> R: the rule is new")


def test_a_rule_that_says_more_for_the_same_people_keeps_its_condition():
    edit = edit_between(edition(feverish("later")), edition(feverish("now")))
    assert (edit.kind, edit.text) == ("same", "R -> R: the condition is the same (proved)")
    assert (edit.lost, edit.gained) == (None, None)


def test_a_narrower_condition_says_for_whom_no_longer():
    edit = edit_between(edition(feverish()), edition(rule("R", All((has("fever"), has("numb"))), {"scan": "now"})))
    assert (edit.kind, edit.text) == ("narrowed", "R -> R: no longer for fever and no numb")


def test_a_wider_condition_says_for_whom_newly():
    edit = edit_between(edition(feverish()), edition(rule("R", Any((has("fever"), has("numb"))), {"scan": "now"})))
    assert (edit.kind, edit.text) == ("widened", "R -> R: newly for no fever and numb")


def test_a_moved_condition_says_both():
    found = diff(edition(feverish()), edition(rule("R", has("numb"), {"scan": "now"})))
    (edit,) = (edit for edit in {one.edit for one in found.classes} if edit and edit.old_rules == ("R",))
    assert edit.text == "R -> R: no longer for fever and no numb; newly for no fever and numb"


TWO_OF_THREE = AtLeast(2, (has("fever"), has("numb"), has("cough")))


def test_an_edit_that_is_long_in_findings_is_told_in_parts_of_the_conditions(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(edits, "MAX_EDIT_LITERALS", 1)
    wider = Any((has("fever"), Named("ill", Any((has("numb"), All((has("cough"), between("age", 50))))))))
    edit = edit_between(edition(rule("R", TWO_OF_THREE, {"scan": "now"})), edition(rule("R", wider, {"scan": "now"})))
    assert edit.gained is not None
    assert edit.gained.exact
    assert edit.gained.text == (
        "fever; or numb; or (cough and age at least 50); in each case not (at least 2 of: fever; numb; cough)"
    )
    assert edit.gained.cubes[0].literals == (
        ("fever", ("holds",)),
        ("at least 2 of: fever; numb; cough", ("does not hold",)),
    )


def test_a_single_condition_in_parts_has_nothing_to_share(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(edits, "MAX_EDIT_LITERALS", 1)
    both = rule("R", All((has("numb"), has("cough"))), {"scan": "now"})
    edit = edit_between(edition(both), edition(rule("R", Any((has("fever"), both.when)), {"scan": "now"})))
    assert edit.gained is not None
    assert edit.gained.text == "fever and not (numb and cough)"


def test_parts_that_are_no_shorter_leave_an_edit_in_findings(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(edits, "MAX_EDIT_LITERALS", 1)
    found = diff(edition(feverish()), edition(rule("R", has("numb"), {"scan": "now"})))
    (edit,) = (edit for edit in {one.edit for one in found.classes} if edit and edit.old_rules == ("R",))
    assert edit.text == "R -> R: no longer for fever and no numb; newly for no fever and numb"


def test_a_split_rule_is_compared_with_all_its_successors():
    young = replace(rule("Y", All((has("fever"), between("age", None, 39))), {"scan": "now"}), replaces=("R",))
    old = replace(rule("O", All((has("fever"), between("age", 40))), {"scan": "soon"}), replaces=("R",))
    edit = edit_between(edition(feverish()), edition(young, old))
    assert (edit.kind, edit.old_rules, edit.new_rules) == ("same", ("R",), ("Y", "O"))


def test_a_merged_rule_is_compared_with_all_its_predecessors():
    first, second = feverish("soon", "A"), rule("B", has("numb"), {"scan": "later"})
    merged = replace(rule("M", has("fever"), {"scan": "now"}), replaces=("A", "B"))
    found = diff(edition(first, second, otherwise=None), edition(merged, otherwise=None))
    by_rule = {(c.old_rule.id, c.new_rule.id): c.edit for c in found.classes}
    assert by_rule["A", "M"] is not None
    assert by_rule["A", "M"].text.startswith("A -> M")
    assert by_rule["B", ""] is not None
    assert by_rule["B", ""].kind == "moved"


def test_a_class_that_only_a_new_rule_decides_is_compared_with_what_it_replaces():
    old = edition(feverish("now", "A"), otherwise=None)
    new = edition(
        replace(rule("M", Any((has("fever"), has("numb"))), {"scan": "now"}), replaces=("A",)), otherwise=None
    )
    (gap,) = (c for c in diff(old, new).classes if c.from_value == "gap")
    assert (gap.old_rule.id, gap.new_rule.id) == ("", "M")
    assert gap.edit is not None
    assert gap.edit.text == "A -> M: newly for no fever and numb"


def test_scopes_are_not_part_of_an_edit():
    old, new = edition(feverish(), scope=has("numb")), edition(feverish())
    assert {c.edit.kind for c in diff(old, new).classes if c.edit and c.edit.old_rules == ("R",)} == {"same"}


def test_the_output_name_of_a_small_edition_is_in_its_sentences():
    (one,) = diff(edition(feverish("now")), edition(feverish("later"))).classes
    assert one.sentence == f"{SCAN.label}: now → later"


def test_two_rules_that_negate_their_parts_are_told_by_what_is_newly_excluded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(edits, "MAX_EDIT_LITERALS", 1)
    before = rule("R", Not(Named("flag", Any((has("fever"), All((has("numb"), has("cough"))))))), {"scan": "now"})
    after = rule("R", Named("well", Not(Any((has("fever"), has("numb"), between("age", 50))))), {"scan": "now"})
    edit = edit_between(edition(before), edition(after))
    assert edit.lost is not None
    assert edit.lost.exact
    assert edit.lost.text == "numb; or age at least 50; in each case (none of: fever; numb and cough)"


def test_a_long_condition_of_a_whole_rule_is_named_by_the_rule(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(edits, "MAX_EDIT_LITERALS", 1)
    monkeypatch.setattr(parts, "MAX_SPELT", 10)
    wider = Any((has("fever"), has("numb"), All((has("cough"), between("age", 50)))))
    edit = edit_between(edition(rule("R", TWO_OF_THREE, {"scan": "now"})), edition(rule("R", wider, {"scan": "now"})))
    assert edit.gained is not None
    assert (
        edit.gained.text
        == "fever; or numb; or (cough and age at least 50); in each case not (what R of 1.0.0 asks for)"
    )
