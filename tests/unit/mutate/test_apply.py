"""A mutant is a guideline like any other, changed where its edit says."""

import pytest

from redflag_kit.model.condition import All, Always, Any, AtLeast, Condition, Named, Not
from redflag_kit.model.guideline import Guideline, HitPolicy
from redflag_kit.model.vocabulary import Assume
from redflag_kit.mutate.apply import apply, replaced_at
from redflag_kit.mutate.mutant import (
    AssumeChanged,
    GuardDropped,
    Owner,
    PartsReplaced,
    PointsChanged,
    PolicyChanged,
    Replaced,
    RuleDropped,
    ThenChanged,
    Where,
)
from redflag_kit.semantics.literal import read
from tests.property.models import has
from tests.unit.evaluate.worlds import decision, guideline, rule, score
from tests.unit.mutate.told import mutant

FEVER, COUGH, NUMB = has("fever"), has("cough"), has("numb")


def small(**options: str) -> Guideline:
    return guideline(
        score("s", "{when: fever, points: 1}, {when: cough, points: 2}"),
        decision(
            "d",
            rule("R1", "fever", "{scan: soon}", "unless: [R2, R3]"),
            rule("R2", "cough", "{scan: later}"),
            rule("R3", "numb", "{scan: now}", "overrides: [R2, R1]"),
            otherwise=[rule("E1", "{s: at_least 1}", "{scan: avoid}"), rule("E2")],
        ),
        **options,
    )


def scan(found: Guideline, *present: str) -> object:
    patient = {name: "present" if name in present else "absent" for name in found.vocabulary.findings}
    return read(found, patient).values["scan"]


def test_a_rule_is_dropped_with_the_exceptions_that_name_it() -> None:
    made = apply(small(), RuleDropped("R2"))
    (only,) = made.decisions
    assert [one.id for one in only.rules] == ["R1", "R3"]
    assert [one.unless for one in only.rules] == [("R3",), ()]
    assert [one.overrides for one in only.rules] == [(), ("R1",)]
    assert scan(made, "fever", "cough") == "soon"


def test_an_otherwise_rule_is_dropped_and_the_last_leaves_an_empty_list() -> None:
    made = apply(apply(small(), RuleDropped("E1")), RuleDropped("E2"))
    assert made.decisions[0].otherwise == ()
    assert made.decisions[0].rules == small().decisions[0].rules
    assert scan(made) == "gap"


def test_only_the_decision_of_the_dropped_rule_is_touched() -> None:
    both = guideline(
        decision("d", rule("R1", "fever", "{scan: soon}")),
        decision("e", rule("X1", "cough", "{visit: soon}"), otherwise=None),
        covers="scan visit",
    )
    made = apply(both, RuleDropped("R1"))
    assert made.decisions[1] is both.decisions[1]
    assert made.decisions[0].rules == ()
    assert made.decisions[0].outputs == ("scan",)


def test_a_rule_writes_something_else_or_nothing() -> None:
    later = small().decisions[0].rules[1].then
    assert scan(apply(small(), ThenChanged("R1", later)), "fever") == "later"
    assert scan(apply(small(), ThenChanged("R1", ())), "fever") == "silent"
    assert scan(apply(small(), ThenChanged("R2", ())), "fever") == "soon"


def test_an_exception_is_removed_wherever_it_was_stated() -> None:
    made = apply(small(), GuardDropped("R1", "R3"))
    rules = made.decisions[0].rules
    assert (rules[0].unless, rules[2].overrides) == (("R2",), ("R2",))
    assert scan(small(), "fever", "numb") == "now"
    assert read(made, {"fever": "present", "cough": "absent", "numb": "present"}).fired == ("R1", "R3")


def test_a_decision_gets_another_policy() -> None:
    two = guideline(
        decision("d", rule("R1", "fever", "{scan: soon}"), rule("R2", "cough", "{scan: later}")),
        decision("e", rule("X1", "cough", "{visit: soon}")),
        covers="scan visit",
    )
    made = apply(two, PolicyChanged("d", HitPolicy.UNIQUE))
    assert [one.hit_policy for one in made.decisions] == [HitPolicy.UNIQUE, HitPolicy.COLLECT]
    assert scan(made, "fever", "cough") == "conflict"


def test_points_change_in_one_line_of_one_score() -> None:
    twice = guideline(
        score("s", "{when: fever, points: 1}, {when: cough, points: 2}"),
        score("t", "{when: fever, points: 1}"),
        decision("d", rule("R1", "{s: at_least 1}", "{scan: soon}")),
    )
    made = apply(twice, PointsChanged("s", 1, 5))
    assert [[line.points for line in one.points] for one in made.scores] == [[1, 5], [1]]


def test_policies_for_unknown_findings_stay_in_vocabulary_order() -> None:
    made = guideline(
        decision("d", rule("R1", "{all: [worry, fever, weight]}", "{scan: soon}")), findings="worry fever weight"
    )
    taken = Assume("absent", "r", "opinion", None)
    assert list(apply(made, AssumeChanged("fever", taken)).assume) == ["worry", "fever", "weight"]
    assert list(apply(made, AssumeChanged("worry", None)).assume) == ["weight"]
    assert apply(made, AssumeChanged("worry", taken)).assume["worry"] is taken


def test_parts_are_replaced_in_rules_points_and_scope() -> None:
    where = (Where(Owner.SCOPE), Where(Owner.RULE, "R1"), Where(Owner.POINTS, "s", 1), Where(Owner.RULE, "E2"))
    before: tuple[Condition, ...] = (Always(), FEVER, COUGH, Always())
    parts = tuple(Replaced(at, (), old, NUMB) for at, old in zip(where, before, strict=True))
    made = apply(small(), PartsReplaced(parts))
    assert made.scope == NUMB
    assert [one.when for one in made.rules()][:3] == [NUMB, COUGH, NUMB]
    assert [line.when for line in made.scores[0].points] == [FEVER, NUMB]
    assert made.decisions[0].otherwise is not None
    assert made.decisions[0].otherwise[1].when == NUMB


def test_a_definition_changes_at_every_use_and_keeps_its_name() -> None:
    made = guideline(
        decision(
            "d",
            rule("R0", "ill", "{scan: now}"),
            rule("R1", "very_ill", "{scan: soon}"),
            rule("R2", "{all: [ill, {not: very_ill}]}", "{scan: later}"),
        ),
        extra="definitions:\n  ill: {any: [fever, cough]}\n  very_ill: {all: [ill, numb]}\n",
    )
    edit = mutant(made, "definition ill:condition-dropped:fever").edit
    assert isinstance(edit, PartsReplaced)
    assert sorted((one.where.name, one.path) for one in edit.parts) == [
        ("R0", (0,)),
        ("R1", (0, 0, 0)),
        ("R2", (0, 0)),
        ("R2", (1, 0, 0, 0, 0)),
    ]
    changed = apply(made, edit)
    ill = Named("ill", Any((COUGH,)))
    very_ill = Named("very_ill", All((ill, NUMB)))
    assert [one.when for one in changed.rules()][:3] == [ill, very_ill, All((ill, Not(very_ill)))]
    assert changed.definitions == made.definitions


def test_a_part_is_replaced_at_its_path() -> None:
    group = AtLeast(1, (FEVER, Not(Any((COUGH, Named("n", All((FEVER, COUGH))))))))
    assert replaced_at(group, (), NUMB) == NUMB
    assert replaced_at(group, (0,), NUMB) == AtLeast(1, (NUMB, Not(Any((COUGH, Named("n", All((FEVER, COUGH))))))))
    new = Named("n", All((FEVER, NUMB)))
    assert replaced_at(group, (1, 0, 1, 0, 1), NUMB) == AtLeast(1, (FEVER, Not(Any((COUGH, new)))))


def test_a_path_into_a_test_is_an_error() -> None:
    with pytest.raises(IndexError):
        replaced_at(FEVER, (0,), NUMB)


def test_points_of_other_scores_stay_as_they_are() -> None:
    made = guideline(
        score("s", "{when: fever, points: 1}, {when: cough, points: 2}"),
        score("t", "{when: fever, points: 1}, {when: numb, points: 2}"),
        decision("d", rule("R1", "{s: at_least 1}", "{scan: soon}"), rule("R2", "{t: at_least 1}", "{scan: now}")),
    )
    found = apply(made, PointsChanged("t", 1, 5))
    assert [[line.points for line in one.points] for one in found.scores] == [[1, 2], [1, 5]]
    assert found.scores[0] == made.scores[0]


def test_a_decision_without_otherwise_stays_without() -> None:
    made = guideline(
        decision("d", rule("R1", "fever", "{scan: soon}"), rule("R2", "cough", "{scan: later}"), otherwise=None)
    )
    for edit in (RuleDropped("R2"), ThenChanged("R2", ()), GuardDropped("R1", "R2")):
        assert apply(made, edit).decisions[0].otherwise is None


def test_an_edited_scope_is_the_only_thing_that_changes() -> None:
    made = apply(small(), PartsReplaced((Replaced(Where(Owner.SCOPE), (), Always(), COUGH),)))
    assert made.scope == COUGH
    assert (made.decisions, made.scores) == (small().decisions, small().scores)
