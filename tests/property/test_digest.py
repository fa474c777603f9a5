"""One digest, one meaning: wording and order do not count, every change of meaning does."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import event, given
from hypothesis import strategies as st

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.model.guideline import Assignment, Guideline, Rule
from redflag_kit.semantics.literal import is_legal, read
from tests.property.editions import Pair, editions, with_another_test, with_rule
from tests.property.effort import PATIENTS, examples
from tests.property.generators import Chooser, guidelines, value_of
from tests.property.reference import constraints_of
from tests.property.rewritings import rewritings
from tests.property.worlds import World


def digest(guideline: Guideline) -> str:
    return compile_guideline(guideline).digest


@examples(55)
@given(rewritings(PATIENTS))
def test_other_words_and_another_order_leave_the_digest_as_it_is(pair: Pair) -> None:
    assert digest(pair.new) == digest(pair.old)


@examples(30)
@given(rewritings(PATIENTS))
def test_what_has_other_words_says_the_same_of_every_patient(pair: Pair) -> None:
    assert_one_meaning(pair)


@examples(55)
@given(editions(PATIENTS))
def test_editions_with_one_digest_say_the_same_of_every_patient(pair: Pair) -> None:
    same = digest(pair.new) == digest(pair.old)
    event(f"same digest: {same}")
    if same:
        assert_one_meaning(pair)


@examples(30)
@given(guidelines(PATIENTS), st.data())
def test_another_level_in_any_rule_is_another_digest(guideline: Guideline, data: st.DataObject) -> None:
    c = Chooser(data.draw)
    before = digest(guideline)
    for decision in guideline.decisions:
        for rule in (*decision.rules, *(decision.otherwise or ())):
            for index, assignment in enumerate(rule.then):
                given_value = value_of(c, guideline.outputs[assignment.output])
                values = (given_value,) if isinstance(given_value, str) else tuple(given_value)
                if set(values) != set(assignment.values):
                    then = (*rule.then[:index], Assignment(assignment.output, values), *rule.then[index + 1 :])
                    assert digest(with_rule(guideline, decision, replace(rule, then=then))) != before


@examples(30)
@given(guidelines(PATIENTS), st.data())
def test_a_test_that_moves_where_its_rule_holds_moves_the_digest(guideline: Guideline, data: st.DataObject) -> None:
    c = Chooser(data.draw)
    world = World(guideline)
    for decision in guideline.decisions:
        for rule in (*decision.rules, *(decision.otherwise or ())):
            changed = World(with_rule(guideline, decision, with_another_test(c, guideline, rule)))
            moved = where_held(changed, rule) != where_held(world, rule)
            event(f"moved: {moved}")
            if moved:
                assert changed.compiled.digest != world.compiled.digest


def where_held(world: World, rule: Rule) -> list[bool]:
    points = world.points_in(world.meaning.holds[rule.id])
    return [point in points for _, point in world.patients]


def assert_one_meaning(pair: Pair) -> None:
    """Compare two guidelines on every patient of both vocabularies; what one of them lacks, it does not read."""
    one, other = compile_guideline(pair.old), compile_guideline(pair.new)
    assert list(one.assume.items()) == list(other.assume.items())
    assert set(one.covers) == set(other.covers)
    for patient, _ in World(pair.old, beside=(pair.new,)).patients:
        assert is_legal(constraints_of(pair.old), patient) == is_legal(constraints_of(pair.new), patient)
        assert read(pair.old, patient).values == read(pair.new, patient).values
