"""Changelog entries: every difference of a comparison stands in one item, in the section of its direction."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from redflag_kit.diff.changelog import alone, entry, open_entry
from redflag_kit.model.condition import All, Not
from redflag_kit.model.guideline import Guideline
from redflag_kit.project.load import Project
from redflag_kit.results.changelog import ChangelogEntry, ChangelogItem
from redflag_kit.results.diff import DiffBody
from redflag_kit.results.envelope import NotDecided
from redflag_kit.source.library import Library
from redflag_kit.workflow.compared import Compared, compare_sides
from redflag_kit.workflow.sides import side
from tests.property.models import has, rule, yes_no
from tests.unit.diff.small import COUGH, SCAN, VISIT, edition


def compared(old: Guideline, new: Guideline) -> Compared:
    project = Project(Path(), Library((old.vocabulary,), (old, new), (), 2), ())
    return compare_sides(side(project, "rules@1"), side(project, "rules@2"))


def drafted(old: Guideline, new: Guideline) -> ChangelogEntry:
    found = compared(old, new)
    assert found.body is not None
    return entry(found.body, new, found.not_decided)


def sections(found: ChangelogEntry) -> dict[str, list[ChangelogItem]]:
    return {one.title: list(one.items) for one in found.sections}


def marks(found: ChangelogEntry) -> dict[str, list[str]]:
    return {title: [one.mark for one in items if one.parts] for title, items in sections(found).items()}


def test_what_became_less_urgent_stands_first_in_its_section():
    old = edition(rule("A", has("fever"), {"scan": "now"}), rule("B", has("numb"), {"scan": "later"}))
    new = edition(rule("A", has("fever"), {"scan": "later"}), rule("B", has("numb"), {"scan": "soon"}), version=2)
    found = drafted(old, new)
    assert marks(found) == {"Changed": ["less_urgent", "less_urgent", "more_urgent"]}
    first = sections(found)["Changed"][0]
    assert first.rules[0].startswith("A")
    assert first.parts[0].what[0].startswith("the scan: now → ")
    assert found.step == "the change asks for a `major` step; the versions declare `major`"


def test_a_recommendation_that_is_lost_is_removed_and_one_that_is_gained_is_added():
    one, other = (edition(rule("A", has(name), {"scan": "now"}), version=v) for name, v in (("fever", 1), ("numb", 2)))
    told = marks(drafted(one, other))
    assert (told["Changed"], told["Added"], told["Removed"]) == ([], ["gained"], ["lost"])


def test_every_class_is_told_exactly_once():
    old = edition(rule("A", has("fever"), {"scan": "now"}), rule("B", has("numb"), {"scan": "later"}))
    new = edition(rule("A", All((has("fever"), has("cough"))), {"scan": "soon"}), version=2)
    found = compared(old, new)
    assert found.body is not None
    told = [
        what for one in entry(found.body, new).sections for item in one.items for p in item.parts for what in p.what
    ]
    assert sorted(told) == sorted(one.sentence for one in found.body.changes)


def test_a_gap_that_is_closed_is_fixed_and_one_that_opens_is_a_change():
    closed = edition(rule("A", has("fever"), {"scan": "now"}), version=2)
    open_ = edition(rule("A", has("fever"), {"scan": "now"}), otherwise=None)
    mended = sections(drafted(open_, closed))
    assert [one.mark for one in mended["Fixed"]] == ["gained", "fault mended"]
    opened = sections(drafted(replace(closed, version=open_.version), replace(open_, version=closed.version)))
    assert [one.mark for one in opened["Changed"] if one.mark in ("lost", "new fault")] == ["lost", "new fault"]
    assert "Fixed" not in opened


def test_an_assumption_that_hides_urgency_is_told_once_however_many_outputs_it_is_about():
    hiding = [yes_no("fever", assume="absent")]
    apart = edition(rule("A", has("cough"), {"scan": "now"}), findings=[COUGH, *hiding], outputs=[SCAN, VISIT])
    rules = (rule("A", has("cough"), {"scan": "now"}), rule("B", has("fever"), {"scan": "now", "visit": "now"}))
    joined = edition(*rules, findings=[COUGH, *hiding], outputs=[SCAN, VISIT], version=2)
    (risk,) = (one for one in sections(drafted(apart, joined))["Changed"] if one.mark == "new risk")
    assert risk.text.startswith("RF330 ")
    assert risk.text.endswith("(1 more like this).")
    apart, joined = replace(apart, version=joined.version), replace(joined, version=apart.version)
    assert [one.mark for one in sections(drafted(joined, apart))["Fixed"]] == ["risk gone"]


def test_rules_that_were_touched_only_are_named_as_proved_unchanged():
    old = edition(rule("A", has("fever"), {"scan": "now"}))
    new = edition(rule("A", Not(Not(has("fever"))), {"scan": "now"}), version=2)
    found = drafted(old, new)
    assert (found.equivalent, found.sections) == (True, ())
    assert found.unchanged == ("A (the way the condition is written)",)
    assert found.step.startswith("the change asks for a `patch` step")


def test_a_renamed_rule_is_told_with_both_names():
    old = edition(rule("A", has("fever"), {"scan": "now"}))
    new = edition(replace(rule("B", has("fever"), {"scan": "now"}), replaces=("A",)), version=2)
    assert drafted(old, new).unchanged == ("A → B (the id, the title)",)


def test_what_missing_information_does_is_told_with_an_example():
    old = edition(rule("A", has("fever"), {"scan": "now"}))
    new = edition(rule("A", All((has("fever"), has("cough"))), {"scan": "now"}), version=2)
    told = [one.text for one in sections(drafted(old, new))["Changed"] if one.mark == "with missing information"]
    assert any(one.startswith("newly undecided: the scan; for example, ") and "unknown: cough" in one for one in told)


def test_a_version_that_goes_back_or_steps_too_little_is_told():
    old = edition(rule("A", has("fever"), {"scan": "now"}), version=1)
    new = edition(rule("A", has("fever"), {"scan": "later"}), version=2)
    small = replace(new, version=replace(new.version, parts=(1, 0, 1), text="1.0.1"))
    assert entry(comparison(old, small), small).step.endswith("declare `patch`, which is too small")
    calendar = replace(new, versioning="calendar")
    assert drafted(old, calendar).step.endswith("calendar versions only have to grow")
    back = entry(comparison(new, old), old)
    assert back.step == "the change asks for a `minor` step; the versions declare going back"


def comparison(old: Guideline, new: Guideline) -> DiffBody:
    project = Project(Path(), Library((old.vocabulary,), (old, new), (), 2), ())
    found = compare_sides(side(project, f"rules@{old.version.text}"), side(project, f"rules@{new.version.text}"))
    assert found.body is not None
    return found.body


def test_what_was_not_decided_is_in_the_entry():
    old = edition(rule("A", has("fever"), {"scan": "now"}))
    found = compared(old, replace(old, version=replace(old.version, parts=(2, 0, 0), text="2.0.0")))
    assert found.body is not None
    told = entry(found.body, old, [NotDecided("which vignettes fail", "the classes", "10 diagram nodes")])
    assert told.open_questions == ("which vignettes fail (needs more than 10 diagram nodes)",)


def test_editions_that_cannot_be_compared_get_an_entry_that_says_why():
    new = edition(rule("A", has("fever"), {"scan": "now"}), version=2)
    told = open_entry("rules@1.0.0", "rules@2.0.0", new, (), ["the output `scan` changed its order"])
    assert (told.equivalent, told.verdict) == (None, "rules@2.0.0 could not be compared with rules@1.0.0")
    assert told.open_questions == ("the output `scan` changed its order",)


def test_a_guideline_that_came_is_added_and_one_that_went_is_lost():
    one = edition(rule("A", has("fever"), {"scan": "now"}))
    came, went = (alone(one, "main", "the working files", is_new=is_new) for is_new in (True, False))
    assert {section.title: item.mark for e in (came, went) for section in e.sections for item in section.items} == {
        "Added": "new guideline",
        "Removed": "lost",
    }
    assert sections(went)["Removed"][0].text == "rules@1.0.0 is gone, and with it what it said of the scan."
