"""Changelog entries: every difference of a comparison stands in one item, in the section of its direction."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from redflag_kit.diff.changelog import alone, entry, open_entry
from redflag_kit.model.condition import All, Not
from redflag_kit.model.guideline import Guideline
from redflag_kit.project.load import Project
from redflag_kit.results.changelog import ChangelogEntry, ChangelogItem, ChangelogPart, ChangelogSection
from redflag_kit.results.check import ShownEvidence
from redflag_kit.results.diff import (
    ChangeClass,
    DiffBody,
    Health,
    HealthItem,
    RedefinedOutput,
    UnchangedEdit,
)
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


# ---------------------------------------------------------------- entries, whole


FEVERISH = edition(rule("A", has("fever"), {"scan": "now"}))
LESS = edition(rule("A", has("fever"), {"scan": "later"}), version=2)


@cache
def lessened() -> DiffBody:
    return comparison(FEVERISH, LESS)


def item(mark: str, text: str) -> ChangelogItem:
    return ChangelogItem(mark, (), (), (), text)


def test_an_entry_names_the_edition_says_what_changed_for_whom_and_which_step_it_asks_for():
    body = replace(lessened(), unchanged_edits=(UnchangedEdit("B", "B", ("the note",)),))
    published = replace(LESS, id="pain", title="Pain", published="2026-02-03")
    assert entry(body, published, [NotDecided("which vignettes fail", "the classes", "10 nodes")]) == ChangelogEntry(
        id="pain",
        title="Pain",
        version="2.0.0",
        date="2026-02-03",
        old="rules@1.0.0",
        new="rules@2.0.0",
        equivalent=False,
        verdict=body.verdict,
        sections=(
            ChangelogSection(
                "Changed",
                (
                    ChangelogItem(
                        "less_urgent",
                        ("A A",),
                        (),
                        (ChangelogPart("in scope of both editions: fever", ("the scan: now → later",), exact=True),),
                        "",
                    ),
                    item(
                        "with missing information",
                        "other outcomes possible: the scan; for example, unknown: fever: the scan now or says nothing →"
                        " later or says nothing.",
                    ),
                ),
            ),
        ),
        unchanged=("B (the note)",),
        step="the change asks for a `major` step; the versions declare `major`",
        open_questions=("which vignettes fail (needs more than 10 nodes)",),
    )


def test_an_edition_that_could_not_be_compared_has_only_what_is_open():
    left = [NotDecided("which vignettes fail", "the classes", "10 nodes")]
    assert open_entry("a@1.0.0", "a@2.0.0", LESS, left, ["the order of `scan`"]) == ChangelogEntry(
        id="rules",
        title="rules",
        version="2.0.0",
        date="2026-01-01",
        old="a@1.0.0",
        new="a@2.0.0",
        equivalent=None,
        verdict="a@2.0.0 could not be compared with a@1.0.0",
        sections=(),
        unchanged=(),
        step="the step that the change asks for is not known",
        open_questions=("which vignettes fail (needs more than 10 nodes)", "the order of `scan`"),
    )


def test_a_guideline_that_only_one_state_has_is_named_with_what_it_covers():
    wide = edition(rule("A", has("fever"), {"scan": "now"}), outputs=[SCAN, VISIT])
    common: dict[str, Any] = {
        "id": "rules",
        "title": "rules",
        "version": "1.0.0",
        "date": "2026-01-01",
        "old": "main",
        "new": "the files",
        "equivalent": False,
        "unchanged": (),
        "step": "nothing to compare its version with",
        "open_questions": (),
    }
    came = item("new guideline", "rules@1.0.0, which no edition went before: the scan, the visit.")
    assert alone(wide, "main", "the files", is_new=True) == ChangelogEntry(
        verdict="rules@1.0.0 is new", sections=(ChangelogSection("Added", (came,)),), **common
    )
    went = item("lost", "rules@1.0.0 is gone, and with it what it said of the scan, the visit.")
    assert alone(wide, "main", "the files", is_new=False) == ChangelogEntry(
        verdict="rules@1.0.0 is gone", sections=(ChangelogSection("Removed", (went,)),), **common
    )


def with_classes(*classes: ChangeClass) -> list[tuple[str, ChangelogItem]]:
    body = replace(lessened(), changes=classes, unknowns=())
    return [(one.title, item) for one in entry(body, LESS).sections for item in one.items]


def a_class(**fields: Any) -> ChangeClass:
    (one,) = lessened().changes
    region = replace(one.region, text=fields.pop("who", "fever"), exact=fields.pop("exact", True))
    refs: dict[str, Any] = {
        side: replace(one.old_rule, id=name, title=name.lower(), evidence=cites)
        for side in ("old_rule", "new_rule")
        for name, cites in [fields.pop(side, ("A", ()))]
    }
    return replace(one, region=region, **refs, **fields)


def cites(*keys: str) -> tuple[ShownEvidence, ...]:
    return tuple(ShownEvidence(key, "", "supported", "", "", "", "") for key in keys)


def test_classes_of_one_direction_and_the_same_rules_are_one_item_with_a_part_for_each_group_of_patients():
    found = with_classes(
        a_class(sentence="1", who="fever"),
        a_class(sentence="2", who="numb", exact=False),
        a_class(sentence="3", who="fever"),
        a_class(sentence="4", who="fever", new_rule=("B", ())),
        a_class(sentence="5", who="numb"),
    )
    assert [(item.rules, [(p.who, p.what, p.exact) for p in item.parts]) for _, item in found] == [
        (("A a",), [("fever", ("1", "3"), True), ("numb", ("2",), False), ("numb", ("5",), True)]),
        (("A a", "B b"), [("fever", ("4",), True)]),
    ]


def test_items_stand_in_the_section_of_their_direction_worst_first_and_faults_of_tables_in_their_own():
    kinds = [
        ("more_urgent", "urgency-raised"),
        ("gained", "recommendation-gained"),
        ("gained", "fault-resolved"),
        ("scope", "fault-changed"),
        ("lost", "recommendation-lost"),
        ("lost", "fault-introduced"),
        ("constraint", "constraint-added"),
        ("less_urgent", "urgency-lowered"),
    ]
    found = with_classes(*(a_class(direction=direction, kind=kind) for direction, kind in kinds))
    assert [(title, item.mark) for title, item in found] == [
        ("Changed", "less_urgent"),
        ("Changed", "lost"),
        ("Changed", "scope"),
        ("Changed", "constraint"),
        ("Changed", "more_urgent"),
        ("Added", "gained"),
        ("Removed", "lost"),
        ("Fixed", "gained"),
    ]


def test_an_item_cites_what_the_new_rule_cites_and_the_old_one_only_where_no_rule_decides_any_more():
    old, new = ("A", cites("OLD", "BOTH")), ("B", cites("NEW", "BOTH", "NEW"))
    ((_, kept),) = with_classes(a_class(old_rule=old, new_rule=new))
    assert (kept.rules, kept.sources) == (("A a", "B b"), ("NEW", "BOTH"))
    ((_, gone),) = with_classes(a_class(old_rule=old, new_rule=("", ())))
    assert (gone.rules, gone.sources) == (("A a", "no rule"), ("OLD", "BOTH"))
    ((_, nobody),) = with_classes(a_class(old_rule=("", ()), new_rule=("", ())))
    assert (nobody.rules, nobody.sources) == (("no rule",), ())


def test_differences_beside_the_classes_are_told_one_by_one():
    body = lessened()
    (unknown,) = body.unknowns
    health = Health(
        introduced=(
            HealthItem("RF302", "gap", "error", "nobody decides", ()),
            HealthItem("RF302", "gap", "error", "nobody else decides", ()),
            HealthItem("RF330", "hidden", "warning", "hides the scan", (), ("fever",)),
            HealthItem("RF330", "hidden", "warning", "hides the visit", (), ("fever",)),
            HealthItem("RF330", "hidden", "warning", "hides the test", (), ("fever",)),
            HealthItem("RF330", "hidden", "warning", "hides the scan", (), ("numb",)),
        ),
        resolved=(
            HealthItem("RF303", "conflict", "error", "rules disagree", ()),
            HealthItem("RF331", "late", "warning", "hides the scan", (), ("numb",)),
        ),
        kept=(HealthItem("RF304", "other", "error", "as before", ()),),
    )
    unknowns = (
        replace(unknown, kind="narrower", label="the visit", shown=("numb", "cough"), unknown=("fever", "age")),
        replace(unknown, kind="newly_decided"),
        replace(unknown, kind="narrower", label="the scan"),
        replace(unknown, kind="narrower", label="the visit"),
        replace(unknown, kind="wider"),
        replace(unknown, kind="newly_undecided"),
    )
    redefined = (RedefinedOutput("scan", "the scan", ("newly implied by a", "newly implied by b"), True, "sha256:"),)
    told = entry(replace(body, changes=(), unknowns=unknowns, health=health, redefined=redefined), LESS)
    example = "for example, unknown: fever: the scan now or says nothing → later or says nothing."
    assert told.sections == (
        ChangelogSection(
            "Changed",
            (
                item(
                    "defined otherwise",
                    "The vocabulary defines the scan otherwise: newly implied by a; newly implied by b.",
                ),
                item("with missing information", f"newly undecided: the scan; {example}"),
                item("with missing information", f"newly decided: the scan; {example}"),
                item("with missing information", f"more outcomes possible: the scan; {example}"),
                item(
                    "with missing information",
                    "fewer outcomes possible: the visit, the scan; for example, numb, cough, unknown: fever, age: the"
                    " visit now or says nothing → later or says nothing.",
                ),
                item("new fault", "RF302 gap: nobody decides."),
                item("new fault", "RF302 gap: nobody else decides."),
                item("new risk", "RF330 hidden: hides the scan (2 more like this)."),
                item("new risk", "RF330 hidden: hides the scan."),
            ),
        ),
        ChangelogSection(
            "Fixed",
            (
                item("fault mended", "RF303 conflict: rules disagree."),
                item("risk gone", "RF331 late: hides the scan."),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("declared", "versioning", "enough", "step"),
    [
        ("minor", "semver", True, "the versions declare `minor`"),
        ("minor", "semver", False, "the versions declare `minor`, which is too small"),
        ("backwards", "semver", None, "the versions declare going back"),
        ("patch", "calendar", True, "the versions declare `patch`; calendar versions only have to grow"),
        (
            "none",
            "calendar",
            False,
            "the versions declare `none`; calendar versions only have to grow, which is too small",
        ),
    ],
)
def test_the_step_is_told_with_what_the_versions_declare_and_whether_that_is_enough(
    declared: str, versioning: str, enough: bool | None, step: str
):
    body = replace(lessened(), declared_bump=declared, versioning=versioning, bump_enough=enough)
    assert entry(body, LESS).step == f"the change asks for a `major` step; {step}"
