"""Mutants of what changed: everything whose compiled form is new, and nothing that only reads differently."""

import pytest

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.model.condition import Always
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.mutate.changed import Parts, changed_mutants, changed_parts
from redflag_kit.mutate.mutant import (
    AssumeChanged,
    GuardDropped,
    Mutant,
    Operator,
    Owner,
    PartsReplaced,
    PointsChanged,
    PolicyChanged,
    Replaced,
    RuleDropped,
    ThenChanged,
    Where,
)
from tests.story.project import GUIDELINE, VOCABULARY, edited, library, throat
from tests.unit.evaluate import worlds

NOTHING = Parts()
SCORE = """  - id: sum
    question: How many?
    score: {points: [{when: stridor, points: 1}]}
"""


def changed(old, new):
    before, after = (compile_guideline(library(files).guidelines[0]) for files in (old, new))
    return changed_parts(before, after)


def parts(path, *edits):
    return changed(throat(), edited(throat(), path, *edits))


def replaced(owner, name=""):
    return Replaced(Where(owner, name), (), Always(), Always())


def mutant(edit):
    return Mutant("m", Operator.RULE_DROPPED, "", NOWHERE, "", "", "", edit)


@pytest.mark.parametrize(
    ("path", "edits"),
    [
        (GUIDELINE, [("title: A high fever", "title: Fever, a high one")]),
        (GUIDELINE, [("any: [stridor, drooling]", "any: [drooling, stridor]")]),
        (GUIDELINE, [("id: T-FEVER", "id: T-HOT")]),
        (GUIDELINE, [("value: 39.0 Cel", 'value: "102.2 [degF]"')]),
    ],
)
def test_what_reads_differently_and_means_the_same_did_not_change(path, edits):
    assert parts(path, *edits) == NOTHING


def test_a_rule_that_changed_is_named_with_its_decision():
    found = parts(GUIDELINE, ("any: [stridor, drooling]", "all: [stridor, drooling]"))
    assert (found.rules, found.decisions) == ({"T-AIR"}, {"seeing"})


def test_a_parameter_changes_the_rules_that_use_it_alone():
    found = parts(GUIDELINE, ("value: 39.0 Cel", "value: 39.5 Cel"))
    assert (found.rules, found.scope) == ({"T-FEVER"}, False)


def test_a_rule_that_writes_something_else_changed():
    assert parts(GUIDELINE, ("then: {review: today}", "then: {review: now}")).rules == {"T-FEVER"}


def test_a_rule_that_another_suppresses_now_changed_itself():
    found = parts(GUIDELINE, ("when: {days: at_least long}", "when: {days: at_least long}\n        unless: [T-AIR]"))
    assert found.rules == {"T-LONG"}


def test_an_otherwise_rule_that_is_new_changed():
    found = parts(GUIDELINE, ("then: {review: not_needed}", "then: {review: this_week}"))
    assert (found.rules, found.decisions) == ({"T-HOME"}, {"seeing"})


def test_the_scope_and_the_hit_policy_are_no_part_of_a_rule():
    assert parts(GUIDELINE, ("value: 18 a", "value: 16 a")) == Parts(scope=True)
    found = parts(GUIDELINE, ("hit_policy: UNIQUE", "hit_policy: ANY"))
    assert (found.rules, found.decisions) == (set(), {"swabbing"})


def test_a_rule_that_only_changed_its_place_changed_no_rule_but_its_decision():
    text = throat()[GUIDELINE]
    start, middle, end = (text.index(f"      - id: {name}") for name in ("T-AIR", "T-FEVER", "T-LONG"))
    moved = text[:start] + text[middle:end] + text[start:middle] + text[end:]
    found = changed(throat(), {**throat(), GUIDELINE: moved})
    assert (found.rules, found.decisions) == (set(), {"seeing"})


def test_an_assumption_that_is_made_otherwise_or_no_longer_changed():
    assert parts(VOCABULARY, ("assume: absent", "assume: present")).assumed == {"drooling"}
    no_longer = (
        "    on_unknown: {assume: absent, reason: drooling would have been noted, evidence: opinion, cite: BOOK}\n",
        "",
    )
    assert parts(VOCABULARY, no_longer).assumed == {"drooling"}


def test_a_score_that_is_new_or_gives_other_points_changed():
    with_score = edited(throat(), GUIDELINE, ("decisions:\n", f"decisions:\n{SCORE}"))
    assert changed(throat(), with_score).scores == {"sum"}
    more = edited(with_score, GUIDELINE, ("points: 1}", "points: 2}"))
    assert changed(with_score, more).scores == {"sum"}
    assert changed(with_score, with_score) == NOTHING


EVERY = Parts(frozenset({"r"}), frozenset({"s"}), frozenset({"d"}), frozenset({"f"}), True)


@pytest.mark.parametrize(
    ("edit", "parts"),
    [
        (PartsReplaced((replaced(Owner.RULE, "r"),)), Parts(rules=EVERY.rules)),
        (PartsReplaced((replaced(Owner.RULE, "x"), replaced(Owner.SCOPE))), Parts(scope=True)),
        (PartsReplaced((replaced(Owner.POINTS, "s"),)), Parts(scores=EVERY.scores)),
        (RuleDropped("r"), Parts(rules=EVERY.rules)),
        (ThenChanged("r", ()), Parts(rules=EVERY.rules)),
        (GuardDropped("r", "by"), Parts(rules=EVERY.rules)),
        (PolicyChanged("d", HitPolicy.ANY), Parts(decisions=EVERY.decisions)),
        (PointsChanged("s", 0, 2), Parts(scores=EVERY.scores)),
        (AssumeChanged("f", None), Parts(assumed=EVERY.assumed)),
    ],
    ids=lambda one: type(one).__name__,
)
def test_a_mutant_counts_if_what_it_edits_changed_and_only_then(edit, parts):
    one = mutant(edit)
    assert changed_mutants([one], parts) == (one,)
    assert changed_mutants([one], NOTHING) == ()
    x = frozenset({"x"})
    if not isinstance(edit, PartsReplaced):
        assert changed_mutants([one], Parts(x, x, x, x)) == ()


def test_mutants_keep_their_order():
    found = [mutant(RuleDropped("r")), mutant(RuleDropped("x")), mutant(ThenChanged("r", ()))]
    assert changed_mutants(found, EVERY) == (found[0], found[2])


def test_points_for_something_else_are_other_points():
    with_score = edited(throat(), GUIDELINE, ("decisions:\n", f"decisions:\n{SCORE}"))
    other = edited(with_score, GUIDELINE, ("{when: stridor, points: 1}", "{when: drooling, points: 1}"))
    assert changed(with_score, other).scores == {"sum"}


def test_the_order_in_which_points_are_listed_says_nothing():
    one, two = "{when: stridor, points: 1}", "{when: drooling, points: 2}"
    with_score = edited(throat(), GUIDELINE, ("decisions:\n", f"decisions:\n{SCORE}"))
    there = edited(with_score, GUIDELINE, (one, f"{one}, {two}"))
    again = edited(with_score, GUIDELINE, (one, f"{two}, {one}"))
    assert changed(there, again) == NOTHING


def test_a_table_without_rows_for_the_rest_is_another_one_than_with_them():
    rest, none = (
        compile_guideline(
            worlds.guideline(worlds.decision("d", worlds.rule("R1", "fever", "{scan: soon}"), otherwise=one))
        )
        for one in ("silent", None)
    )
    assert changed_parts(none, none) == NOTHING
    assert changed_parts(none, rest).decisions == changed_parts(rest, none).decisions == {"d"}
