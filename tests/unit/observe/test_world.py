"""What follows from what in a guideline, and what flipping a rule does, on guidelines small enough to tell by hand."""

from __future__ import annotations

import pytest

from redflag_kit.logic.bitset import BitRegion
from redflag_kit.model.condition import All, Always, Any, AtLeast, Condition, Named, Not
from redflag_kit.model.guideline import Guideline, HitPolicy
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.deciding.confirm import outcome
from redflag_kit.mutate.mutant import Owner, PartsReplaced, Replaced, Where
from redflag_kit.observe.effect import View
from redflag_kit.observe.flips import Flips
from redflag_kit.observe.leaves import Leaves, leaves_of
from redflag_kit.observe.world import World, observed, rows_of
from redflag_kit.semantics.hit_policies import rule_on
from redflag_kit.semantics.regions import meaning
from tests.property.models import (
    a_set,
    decision,
    guideline,
    has,
    ordered,
    rule,
    said,
    scale,
    score,
    total,
    vocabulary,
    yes_no,
)
from tests.property.worlds import World as Listed

URGENCY = scale("avoid", "later", "soon", "now", against="avoid")
A, B = map(has, "ab")
SOME = ordered("some", URGENCY, satisfied_by=["scan"])
WORDS = vocabulary(
    [yes_no("a"), yes_no("b")],
    [ordered("scan", URGENCY), ordered("visit", URGENCY), a_set("kind", "flu", "strain"), SOME],
)
STEPS = guideline(
    WORDS,
    [
        decision("first", [rule("F1", A, {"alarm": "now"}), rule("F2", B, {"alarm": "later"})], [rule("E1")]),
        decision("second", [rule("R1", said("alarm", "now"), {"scan": "now"})], [rule("E2")], policy=HitPolicy.FIRST),
        decision("third", [rule("R2", total("t", 1, 1), {"kind": ["flu"]})], [rule("E3")]),
        decision("fourth", [rule("R3", said("kind", "flu"), {"visit": "soon"})], [rule("E4")]),
    ],
    local=[ordered("alarm", URGENCY)],
    scores=[score("s", (A, 1), (B, 1)), score("t", (total("s", 2, 2), 1))],
)


def world_of(found: Guideline) -> tuple[Listed, World[BitRegion]]:
    listed = Listed(found)
    region = meaning(listed.compiled, listed.atoms, listed.listed)
    return listed, World(leaves_of(found, listed.atoms), listed.compiled, listed.listed, region)


LISTED, WORLD = world_of(STEPS)


def points(region: BitRegion) -> set[tuple[int, ...]]:
    return LISTED.listed_in(region)


def test_what_reads_an_output_follows_from_it() -> None:
    assert WORLD.followed(["alarm"]) == {"scan"}
    assert WORLD.followed(["kind"]) == {"visit"}
    assert WORLD.followed(["scan", "visit"]) == frozenset()
    assert WORLD.followed(["alarm"]) is WORLD.followed(("alarm",))
    assert WORLD.followed(["alarm", "kind"]) == {"scan", "visit"}


def test_what_follows_from_what_follows_does_too() -> None:
    inner = [ordered(name, URGENCY) for name in ("one", "two", "three")]
    chained = [
        decision("d1", [rule("R1", A, {"one": "now"})]),
        decision("d2", [rule("R2", said("one", "now"), {"two": "now"})]),
        decision("d3", [rule("R3", said("two", "now"), {"three": "now"})]),
        decision("d4", [rule("R4", said("one", "now"), {"scan": "now"})]),
        decision("d5", [rule("R5", B, {"visit": "now"})]),
    ]
    world = world_of(guideline(WORDS, chained, local=inner))[1]
    assert world.followed(["one"]) == {"two", "three", "scan"}
    assert world.followed(["two"]) == {"three"}


def test_outputs_that_satisfy_one_another_are_one_family() -> None:
    assert WORLD.families["scan"] == WORLD.families["some"] == {"scan", "some"}
    assert WORLD.family(["visit", "scan"]) == {"visit", "scan", "some"}
    assert WORLD.family([]) == frozenset()


def test_rules_are_found_with_their_tables_and_what_they_read() -> None:
    assert WORLD.table_of["E2"].decision == "second"
    assert [row.rule for row in rows_of(WORLD.table_of["F1"])] == ["F1", "F2", "E1"]
    assert WORLD.row("R1").rule == "R1"
    assert [WORLD.reads[name] for name in ("R1", "R2", "F1")] == [{"alarm"}, {"t"}, set()]


def test_a_set_is_observed_by_its_elements_and_then_as_a_whole() -> None:
    assert observed(WORLD.compiled, "kind") == (("kind", "flu"), ("kind", "strain"), ("kind", ""))
    assert observed(WORLD.compiled, "scan") == (("scan", ""),)


def test_flipping_a_rule_changes_what_reads_its_output() -> None:
    flips = Flips(WORLD)
    effect = flips.flip("F1")
    assert flips.flip("F1") is effect
    assert effect.seen(View.WRITTEN) == {"alarm", "scan"}
    everybody = {(a, b) for a in (0, 1) for b in (0, 1)}
    assert points(effect.differs(View.WRITTEN, "alarm")) == everybody
    assert points(effect.differs(View.ENTAILED, "scan")) == everybody
    assert points(effect.differs(View.ENTAILED, "some")) == everybody
    assert points(effect.differs(View.WRITTEN, "some")) == set()
    assert points(effect.differs(View.WRITTEN, "visit")) == set()
    assert points(effect.anywhere) == everybody


def test_flipping_a_weaker_rule_changes_nothing_where_a_stronger_one_fires() -> None:
    effect = Flips(WORLD).flip("F2")
    assert points(effect.differs(View.WRITTEN, "alarm")) == {(0, 0), (0, 1)}
    assert points(effect.differs(View.WRITTEN, "scan")) == set()
    assert points(effect.anywhere) == set()
    assert points(effect.any_of([(View.WRITTEN, "alarm"), (View.ENTAILED, "scan")])) == {(0, 0), (0, 1)}


def test_flipping_a_rule_of_a_set_is_followed_to_what_reads_it() -> None:
    effect = Flips(WORLD).flip("R2")
    assert effect.moved is None
    assert effect.seen(View.WRITTEN) == {"kind", "visit"}
    assert len(points(effect.differs(View.WRITTEN, "kind"))) == 4
    assert len(points(effect.differs(View.WRITTEN, "visit"))) == 4


def test_what_a_rule_writes_may_change_where_what_is_entailed_does_not() -> None:
    rules = [rule("R1", B, {"scan": "now", "some": "soon"}), rule("R2", B, {"some": "now"})]
    found = guideline(vocabulary([yes_no("b")], [ordered("scan", URGENCY), SOME]), [decision("d", rules)])
    listed, world = world_of(found)
    effect = Flips(world).flip("R2")
    with_b, without = {(1,)}, {(0,)}
    assert listed.listed_in(effect.any_of([(View.WRITTEN, "some")])) == with_b | without
    assert listed.listed_in(effect.any_of([(View.ENTAILED, "some")])) == without
    assert listed.listed_in(effect.anywhere) == without
    assert listed.listed_in(effect.after(View.WRITTEN)["some", ""]["soon"]) == with_b
    assert listed.listed_in(effect.after(View.ENTAILED)["some", ""]["now"]) == with_b | without


@pytest.mark.parametrize("policy", HitPolicy)
@pytest.mark.parametrize("shape", ["guarded", "alone"])
def test_flipping_a_rule_changes_exactly_the_outcomes_that_reading_changes(policy: HitPolicy, shape: str) -> None:
    guarded = [
        rule("R1", A, {"scan": "soon", "visit": "later"}),
        rule("R2", B, {"scan": "soon"}, unless=["R4"]),
        rule("R3", All((A, B)), {"visit": "now"}, unless=["R2"]),
        rule("R4", Not(A), {"some": "later"}),
    ]
    alone = [rule("R1", A, {"scan": "now"}), rule("R2", All((A, Not(A))), {"visit": "soon"})]
    outputs = [ordered("scan", URGENCY), ordered("visit", URGENCY), SOME]
    found = guideline(
        vocabulary([yes_no("a"), yes_no("b")], outputs),
        [
            decision(
                "d",
                guarded if shape == "guarded" else alone,
                [rule("E", B)] if shape == "guarded" else None,
                policy=policy,
            )
        ],
    )
    listed, world = world_of(found)
    flips = Flips(world)
    for one in found.rules():
        where = Where(Owner.RULE, one.id)
        other = apply(found, PartsReplaced((Replaced(where, (), one.when, Not(one.when)),)))
        for name in found.covers:
            changed = {
                point
                for patient, point in listed.patients
                if outcome(found, patient)[name] != outcome(other, patient)[name]
            }
            assert listed.listed_in(flips.flip(one.id).differs(View.ENTAILED, name)) == changed, (one.id, name)


def test_what_a_rule_comes_to_write_is_compared_with_what_was_written_before() -> None:
    rules = [rule("R1", B, {"scan": "now", "some": "soon"}), rule("R2", All((B, Not(B))), {"some": "now"})]
    found = guideline(vocabulary([yes_no("b")], [ordered("scan", URGENCY), SOME]), [decision("d", rules)])
    listed, world = world_of(found)
    effect = Flips(world).flip("R2")
    assert listed.listed_in(effect.differs(View.WRITTEN, "some")) == {(0,), (1,)}
    assert listed.listed_in(effect.differs(View.ENTAILED, "some")) == {(0,)}


def test_later_tables_that_write_in_turns_are_followed_as_written_and_as_entailed() -> None:
    found = guideline(
        vocabulary([yes_no("a"), yes_no("b")], [ordered("scan", URGENCY), SOME]),
        [
            decision("first", [rule("F1", A, {"alarm": "now"}), rule("F2", B, {"alarm": "later"})]),
            decision(
                "second",
                [
                    rule("R1", said("alarm", "now"), {"scan": "now", "some": "soon"}),
                    rule("R2", said("alarm", "later"), {"scan": "soon", "some": "now"}),
                ],
            ),
        ],
        local=[ordered("alarm", URGENCY)],
    )
    listed, world = world_of(found)
    effect = Flips(world).flip("F1")
    everybody = {(a, b) for a in (0, 1) for b in (0, 1)}
    assert listed.listed_in(effect.differs(View.WRITTEN, "some")) == everybody
    assert listed.listed_in(effect.differs(View.ENTAILED, "scan")) == everybody
    assert listed.listed_in(effect.differs(View.ENTAILED, "some")) == {(0, 0), (1, 0)}


def test_a_table_of_two_outputs_is_followed_to_what_reads_one_of_them() -> None:
    found = guideline(
        vocabulary([yes_no("a"), yes_no("b")], [ordered("scan", URGENCY), ordered("visit", URGENCY)]),
        [
            decision("first", [rule("F1", A, {"alarm": "now", "visit": "soon"}), rule("F2", B, {"alarm": "later"})]),
            decision("second", [rule("R1", said("alarm", "now"), {"scan": "now"})], [rule("E")]),
        ],
        local=[ordered("alarm", URGENCY)],
    )
    listed, world = world_of(found)
    effect = Flips(world).flip("F2")
    assert effect.moved is None
    assert listed.listed_in(effect.differs(View.WRITTEN, "alarm")) == {(0, 0), (0, 1)}
    assert listed.listed_in(Flips(world).flip("F1").differs(View.WRITTEN, "scan")) == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert listed.listed_in(Flips(world).flip("F1").differs(View.WRITTEN, "visit")) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_set_of_one_element_is_silent_where_that_is_not_listed() -> None:
    rules = [rule("R1", A, {"only": ["flu"]})]
    words = vocabulary([yes_no("a")], [a_set("only", "flu")])
    listed, world = world_of(guideline(words, [decision("d", rules, [rule("E")])]))
    effect = Flips(world).flip("R1")
    assert listed.listed_in(effect.written["only", ""]["silent"]) == {(1,)}
    assert listed.listed_in(effect.differs(View.WRITTEN, "only")) == {(0,), (1,)}


def test_an_output_forced_to_a_value_has_it_everywhere() -> None:
    flips = Flips(WORLD)
    forced = flips.force("alarm", "later")
    assert flips.force("alarm", "later") is forced
    assert points(forced.after(View.WRITTEN)["alarm", ""]["later"]) == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert points(forced.differs(View.WRITTEN, "alarm")) == {(0, 0), (1, 0), (1, 1)}
    assert points(forced.differs(View.WRITTEN, "scan")) == {(1, 0), (1, 1)}
    assert points(forced.differs(View.ENTAILED, "some")) == {(1, 0), (1, 1)}
    assert points(flips.force("scan", "now").differs(View.ENTAILED, "some")) == {(0, 0), (0, 1)}


def test_flipping_the_scope_changes_every_covered_output_of_everybody() -> None:
    flips = Flips(WORLD)
    effect = flips.flip_scope()
    assert flips.flip_scope() is effect
    assert all(len(points(effect.differs(view, name))) == 4 for view in View for name in STEPS.covers)
    assert points(effect.written["scan", ""]["out_of_scope"]) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_conditions_on_what_was_decided_or_counted_hold_where_reading_says_so() -> None:
    listed, world = world_of(STEPS)
    everybody: set[tuple[int, ...]] = {(a, b) for a in (0, 1) for b in (0, 1)}
    holding: dict[str, tuple[Condition, set[tuple[int, ...]]]] = {
        "both points": (total("s", 2, 2), {(1, 1)}),
        "a score of a score": (total("t", 1, 1), {(1, 1)}),
        "a level": (said("alarm", "now"), {(1, 0), (1, 1)}),
        "a status": (said("alarm", "silent"), {(0, 0)}),
        "an element": (said("kind", "flu"), {(1, 1)}),
        "an element that no rule lists": (said("kind", "strain"), set()),
        "a set without any": (said("kind", "silent"), {(0, 0), (0, 1), (1, 0)}),
        "several at once": (AtLeast(2, (said("kind", "flu"), said("scan", "now"), Not(A))), {(1, 1)}),
        "always": (Always(), everybody),
        "none of them": (Any(()), set()),
        "a name": (Named("name", B), {(0, 1), (1, 1)}),
    }
    for name, (condition, there) in holding.items():
        assert listed.listed_in(world.region(condition)) == there, name
    assert world.region(holding["a name"][0]) is world.region(holding["a name"][0])


@pytest.mark.parametrize("policy", [one for one in HitPolicy if one is not HitPolicy.PRIORITY])
def test_a_table_ruled_on_again_as_it_is_gives_what_it_gave(policy: HitPolicy) -> None:
    rules = [
        rule("R1", A, {"kind": ["flu"]}),
        rule("R2", Any((A, B)), {"kind": ["strain"], "scan": "soon"}),
        rule("R3", All((B, said("alarm", "now")))),
    ]
    found = guideline(
        WORDS,
        [
            decision("first", [rule("F1", A, {"alarm": "now"})]),
            decision("d", rules, [rule("E", Not(B), {"kind": ["flu"]})], policy=policy),
        ],
        local=[ordered("alarm", URGENCY)],
    )
    listed, world = world_of(found)
    table = world.table_of["R1"]
    ruled = world.tabled(table.outputs, rule_on(table, world.holds(table), world.compiled.outputs, world.algebra))
    care = world.care
    for name in table.outputs:
        for aspect in observed(world.compiled, name):
            again, before = (
                {
                    value: points_in
                    for value, region in side[aspect].items()
                    if (points_in := listed.listed_in(region & care))
                }
                for side in (ruled, world.written)
            )
            assert again == before, aspect


def test_a_condition_is_compiled_once_and_tests_alone_are_cut() -> None:
    expressions = WORLD.leaves.expressions
    both = All((A, Any((B, A))))
    assert expressions.of(both) is expressions.of(both)
    assert [entry.finding for entry in expressions.entries([both, said("alarm", "now"), B])] == ["a", "b"]


def test_only_tests_of_findings_have_a_place_of_their_own() -> None:
    leaves: Leaves = WORLD.leaves
    assert leaves.guideline is STEPS
    found = leaves.finding(A, LISTED.listed)
    assert found is not None
    assert points(found) == {(1, 0), (1, 1)}
    assert leaves.finding(A, LISTED.listed) == found
    assert leaves.finding(said("alarm", "now"), LISTED.listed) is None
    assert leaves.expression(A) is leaves.expressions.of(A)
