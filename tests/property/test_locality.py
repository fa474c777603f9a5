"""Two versions differ only where some rule flips."""

from __future__ import annotations

from hypothesis import given

from redflag_kit.logic.algebra import disjunction
from redflag_kit.semantics.locality import flips
from redflag_kit.semantics.regions import meaning
from tests.property.editions import Pair, editions
from tests.property.effort import PATIENTS, examples
from tests.property.worlds import World


@examples(60)
@given(editions(PATIENTS))
def test_outside_the_flips_every_output_is_the_same(pair: Pair) -> None:
    one, other = World(pair.old, beside=(pair.new,)), World(pair.new, beside=(pair.old,))
    algebra, before = one.diagrams, one.meaning
    after = meaning(other.compiled, one.atoms, algebra)
    found = flips(one.compiled, other.compiled, before, after, algebra)
    if found is None:
        return
    anywhere = disjunction(algebra, found.values())
    for aspect in before.cells:
        was, is_now = before.values(aspect, algebra), after.values(aspect, algebra)
        for value in was.keys() | is_now.keys():
            changed = was.get(value, algebra.empty) ^ is_now.get(value, algebra.empty)
            assert algebra.implies(changed, anywhere)


@examples(20)
@given(editions(PATIENTS))
def test_no_rule_of_a_version_flips_against_itself(pair: Pair) -> None:
    world = World(pair.old)
    assert flips(world.compiled, world.compiled, world.meaning, world.meaning, world.diagrams) == {}
