"""Rules that were touched although nothing about them changed for any patient."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.model.condition import All, Any
from redflag_kit.model.evidence import Assumption, Evidence, Parameter
from redflag_kit.model.guideline import Guideline, HitPolicy, Rule
from tests.property.models import between, has, implies, rule
from tests.unit.diff.small import ADVICE, SCAN, cited, diff, edition

CITED = Evidence("KEY", "row 1", "partly", "weak", "low", "")
BOTH = rule("R", All((has("fever"), has("numb"))), {"scan": "now"})
OTHER = rule("S", has("cough"), {"scan": "later"})


def touched(*new: Rule, old: Guideline | None = None) -> list[tuple[str, str, tuple[str, ...]]]:
    found = diff(old or edition(BOTH, OTHER), edition(*new))
    return [(one.old_rule, one.new_rule, one.what) for one in found.unchanged_edits]


@pytest.mark.parametrize(
    ("new", "what"),
    [
        (replace(BOTH, when=All((has("numb"), has("fever")))), "the way the condition is written"),
        (replace(BOTH, when=All((Any((has("fever"),)), has("numb")))), "the way the condition is written"),
        (replace(BOTH, title="Fever and numbness"), "the title"),
        (replace(BOTH, evidence=(CITED,)), "the evidence"),
        (replace(BOTH, assumptions=("A-1",)), "the assumptions"),
        (replace(BOTH, claims=("C-1",)), "the claims"),
        (replace(BOTH, note="as before"), "the note"),
        (replace(BOTH, unless=("never",)), "its exceptions"),
    ],
)
def test_a_rule_in_other_words_is_listed_as_proved_unchanged(new: Rule, what: str):
    never = rule("never", All((has("cough"), has("cough", "absent"))), {"scan": "avoid"})
    found = diff(edition(BOTH, never), edition(new, never))
    assert found.equivalent
    assert found.required_bump == "patch"
    assert [(one.old_rule, one.new_rule, one.what) for one in found.unchanged_edits] == [("R", "R", (what,))]


def test_a_renamed_rule_is_listed_if_it_says_what_it_replaces():
    assert touched(replace(BOTH, id="R2", replaces=("R",)), OTHER) == [("R", "R2", ("the id",))]
    assert touched(replace(BOTH, id="R2"), OTHER) == []


def test_reordered_rules_are_listed():
    assert touched(OTHER, BOTH) == [
        ("R", "R", ("its place among the rules",)),
        ("S", "S", ("its place among the rules",)),
    ]


def test_an_untouched_rule_is_not_listed():
    assert touched(BOTH, OTHER) == []


@pytest.mark.parametrize(
    "new",
    [
        replace(BOTH, title="other", when=has("fever")),
        replace(BOTH, title="other", then=rule("x", then={"scan": "soon"}).then),
        replace(BOTH, title="other", unless=("S",)),
    ],
)
def test_a_changed_rule_is_not_listed(new: Rule):
    assert touched(new, OTHER) == []


def test_a_rule_whose_condition_changed_only_where_it_is_suppressed_is_not_listed():
    wide, narrow = (
        rule("R", has("fever"), {"scan": "now"}),
        rule("R", All((has("fever"), has("numb"))), {"scan": "now"}),
    )
    guard = rule("S", has("numb", "absent"), {"scan": "later"}, overrides=["R"])
    found = diff(edition(wide, guard), edition(replace(narrow, title="other"), guard))
    assert found.equivalent
    assert not found.unchanged_edits


def test_a_split_rule_is_not_listed():
    young = rule("R-young", All((has("fever"), has("numb"), between("age", None, 40))), {"scan": "now"})
    old = rule("R-old", All((has("fever"), has("numb"), between("age", 41))), {"scan": "now"})
    assert touched(replace(young, replaces=("R",)), replace(old, replaces=("R",)), OTHER) == []


def test_the_order_of_the_members_of_a_set_is_text():
    one = rule("R", has("fever"), {"advice": ["rest", "walk"], "scan": "now"})
    other = rule("R", has("fever"), {"scan": "now", "advice": ["walk", "rest"]})
    outputs = [SCAN, ADVICE]
    found = diff(edition(one, outputs=outputs), edition(other, outputs=outputs))
    assert found.equivalent
    assert [(one.old_rule, one.what) for one in found.unchanged_edits] == [
        ("R", ("the way the recommendation is written",))
    ]


QUOTED = replace(rule("Q", has("cough")), inert="no action is named")


def cited_only(before: tuple[Rule, ...], after: tuple[Rule, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    found = diff(cited(edition(BOTH), *before), cited(edition(BOTH), *after))
    assert found.equivalent
    return [(one.old_rule, one.new_rule, one.what) for one in found.unchanged_edits]


def test_a_statement_that_decides_nothing_is_listed_when_it_comes_goes_or_is_rewritten():
    assert cited_only((), (QUOTED,)) == [("no rule", "Q", ("newly cited; it decides nothing",))]
    assert cited_only((QUOTED,), ()) == [("Q", "no rule", ("no longer cited; it decided nothing",))]
    rewritten = replace(QUOTED, inert="contradicted", note="see the claims")
    whys = ("cited only, decides nothing", "the note", "why it decides nothing")
    assert cited_only((QUOTED,), (rewritten,)) == [("Q", "Q", whys)]
    assert cited_only((QUOTED,), (QUOTED,)) == []


def test_a_statement_that_decides_in_one_edition_is_not_called_unchanged():
    live = rule("Q", has("cough"), {"scan": "later"})
    found = diff(cited(edition(BOTH), QUOTED), edition(BOTH, live))
    assert not found.unchanged_edits
    assert {one.edit.text for one in found.classes if one.edit} == {
        "no rule -> Q: the rule was cited only, and decides now"
    }
    back = diff(edition(BOTH, live), cited(edition(BOTH), QUOTED))
    assert {one.edit.text for one in back.classes if one.edit} == {
        "Q -> no rule: the rule is cited only, and decides no more"
    }


def test_the_same_amount_in_another_unit_and_with_another_note_is_listed():
    def with_limit(value: int, unit: str, note: str = "") -> Guideline:
        limit = Parameter("limit", Fraction(value), unit, "KEY", "supported", note, NOWHERE)
        return replace(edition(BOTH), parameters={"limit": limit})

    def listed(old: Guideline, new: Guideline) -> list[tuple[str, tuple[str, ...]]]:
        return [(one.new_rule, one.what) for one in diff(old, new).unchanged_edits]

    weeks = with_limit(6, "wk")
    assert listed(weeks, with_limit(42, "d", "six weeks")) == [
        ("parameter limit", ("the unit it is written in", "the note"))
    ]
    assert listed(weeks, with_limit(43, "d")) == []
    assert listed(weeks, with_limit(6, "mg/L")) == []
    assert listed(weeks, edition(BOTH)) == []


def test_what_is_told_of_an_edition_as_a_whole_is_listed_where_it_was_edited_in_place():
    old = edition(BOTH)
    moved = replace(old, title="Another", path="elsewhere.yaml")
    (found,) = diff(old, moved).unchanged_edits
    assert (found.old_rule, found.what[0]) == ("the guideline", "the title")
    assert found.what[1].endswith(" and is elsewhere.yaml")
    assert diff(old, replace(moved, version=edition(version=2).version)).unchanged_edits == ()


def test_a_scope_in_other_words_is_listed_only_if_it_is_the_same_scope():
    def scoped(*names: str) -> Guideline:
        return edition(BOTH, scope=All(tuple(map(has, names))))

    (found,) = diff(scoped("fever", "numb"), scoped("numb", "fever")).unchanged_edits
    assert found.what == ("the way the scope is written",)
    assert diff(scoped("fever"), scoped("numb")).unchanged_edits == ()


def test_a_split_rule_does_not_hide_what_was_touched_after_it():
    young = replace(rule("R-young", All((has("fever"), has("numb"), between("age", None, 40))), {"scan": "now"}))
    old = rule("R-old", All((has("fever"), has("numb"), between("age", 41))), {"scan": "now"})
    split = (replace(young, replaces=("R",)), replace(old, replaces=("R",)))
    assert touched(*split, replace(OTHER, title="other")) == [("S", "S", ("the title",))]


def test_everything_that_was_touched_about_a_rule_is_named_in_one_order():
    everything = replace(
        BOTH,
        id="R2",
        title="other",
        when=All((has("numb"), has("fever"))),
        evidence=(CITED,),
        assumptions=("A-1",),
        claims=("C-1",),
        note="as before",
        replaces=("R",),
    )
    what = ("the id", "the title", "the way the condition is written", "the evidence", "the assumptions")
    assert touched(everything, OTHER) == [("R", "R2", (*what, "the claims", "the note"))]


def test_rules_that_changed_places_with_a_rule_that_went_are_where_they_were():
    first, last = rule("F", has("numb"), {"scan": "soon"}), rule("L", has("cough"), {"scan": "avoid"})
    assert touched(OTHER, old=edition(first, OTHER)) == []
    assert touched(last, first, OTHER, old=edition(first, OTHER, last)) == [
        (name, name, ("its place among the rules",)) for name in ("F", "S", "L")
    ]


def only_first(*rules: Rule) -> Guideline:
    (one,) = edition(*rules).decisions
    return replace(edition(*rules), decisions=(replace(one, hit_policy=HitPolicy.FIRST),))


def unchanged(old: Guideline, new: Guideline) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.old_rule, one.what) for one in diff(old, new).unchanged_edits]


def test_in_a_first_table_a_rule_is_the_same_only_if_it_comes_first_for_the_same_patients():
    fever, numb = rule("F", has("fever"), {"scan": "now"}), rule("N", has("numb"), {"scan": "now"})
    well = rule("W", All((has("fever", "absent"), has("numb", "absent"))), {"scan": "later"})
    place = ("its place among the rules",)
    # Of those with both, the other rule comes first now, though nothing changes for them.
    assert unchanged(only_first(fever, numb, well), only_first(numb, fever, well)) == []
    # Nobody meets both rules that changed places, so each still comes first for whom it did.
    assert unchanged(only_first(fever, well, numb), only_first(well, fever, numb)) == [("F", place), ("W", place)]
    # In a table that collects, every rule that fires counts, in whatever order.
    assert unchanged(edition(fever, numb), edition(numb, fever)) == [("F", place), ("N", place)]


def test_what_a_rule_recommends_is_part_of_it():
    mine, theirs = rule("R", has("fever"), {"scan": "later"}), rule("S", has("fever"), {"scan": "now"})
    weaker = replace(mine, title="other", then=rule("x", then={"scan": "soon"}).then)
    found = diff(edition(mine, theirs), edition(weaker, theirs))
    assert (found.equivalent, found.unchanged_edits) == (True, ())


def test_patients_whom_no_edition_allows_do_not_make_a_rule_another_one():
    tied = [implies(has("fever"), has("numb"))]
    old, new = (edition(rule("R", when, {"scan": "now"}), constraints=tied) for when in (has("fever"), BOTH.when))
    assert unchanged(old, new) == [("R", ("the way the condition is written",))]


def test_every_cited_statement_is_looked_at():
    live = rule("Q", has("cough"), {"scan": "later"})
    others = [replace(rule(name, has("cough")), inert="no action is named") for name in ("G", "H", "I")]
    old = cited(edition(BOTH, live), QUOTED, others[0], others[1])
    new = cited(edition(BOTH, live), QUOTED, others[2], replace(others[1], title="other"))
    assert [(one.old_rule, one.new_rule, one.what) for one in diff(old, new).unchanged_edits] == [
        ("G", "no rule", ("no longer cited; it decided nothing",)),
        ("H", "H", ("cited only, decides nothing", "the title")),
        ("no rule", "I", ("newly cited; it decides nothing",)),
    ]


def test_every_number_is_looked_at_and_each_difference_that_leaves_the_amount_is_named():
    def limit(value: int, unit: str, cite: str = "KEY", evidence: str = "supported", note: str = "") -> Parameter:
        return Parameter("limit", Fraction(value), unit, cite, evidence, note, NOWHERE)

    def with_limits(**limits: Parameter) -> Guideline:
        return replace(edition(BOTH), parameters=limits)

    old = {name: limit(6, "wk") for name in ("gone", "other", "unlike", "same", "cited", "proved", "both")}
    new = {
        "other": limit(7, "wk"),
        "unlike": limit(6, "mg/L"),
        "same": limit(6, "wk"),
        "cited": limit(6, "wk", cite="ELSE"),
        "proved": limit(6, "wk", evidence="opinion"),
        "both": limit(42, "d", evidence="opinion"),
    }
    assert unchanged(with_limits(**old), with_limits(**new)) == [
        ("parameter cited", ("the evidence",)),
        ("parameter proved", ("the evidence",)),
        ("parameter both", ("the unit it is written in", "the evidence")),
    ]


def test_all_that_was_edited_about_an_edition_as_a_whole_is_named():
    old = replace(edition(BOTH, scope=All((has("fever"), has("numb")))), path="old.yaml")
    read = Assumption("A-1", "fever means 38", "opinion", None, NOWHERE)
    new = replace(
        edition(BOTH, scope=All((has("numb"), has("fever")))),
        title="Another",
        publisher="somebody",
        intended_use="care",
        cite=("KEY",),
        assumptions={"A-1": read},
        path="new.yaml",
    )
    (found,) = diff(old, new).unchanged_edits
    assert (found.old_rule, found.new_rule) == ("the guideline", "the guideline")
    assert found.what == (
        "the title",
        "the publisher",
        "the intended use",
        "the sources",
        "the readings of the sources",
        "the way the scope is written",
        "the file, which was old.yaml and is new.yaml",
    )
    better_proved = replace(new, assumptions={"A-1": replace(read, evidence="supported")})
    assert diff(new, better_proved).unchanged_edits == ()
    reread = replace(new, assumptions={"A-1": replace(read, text="fever means 39")})
    assert unchanged(new, reread) == [("the guideline", ("the readings of the sources",))]


def test_scopes_that_differ_for_nobody_whom_both_allow_are_the_same():
    tied = [implies(has("fever"), has("numb"))]
    old, new = (edition(BOTH, scope=scope, constraints=tied) for scope in (has("fever"), BOTH.when))
    assert unchanged(old, new) == [("the guideline", ("the way the scope is written",))]
