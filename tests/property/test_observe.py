"""What flipping a rule, the scope or a part of a condition changes, against the literal interpreter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given

from redflag_kit.logic.algebra import Algebra, R
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.sat import Clauses
from redflag_kit.logic.space import Point
from redflag_kit.model.condition import All, Any, AtLeast, Condition, Named, Not, members
from redflag_kit.model.guideline import Guideline
from redflag_kit.observe.effect import Effect, View
from redflag_kit.observe.flips import Flips
from redflag_kit.observe.leaves import leaves_of
from redflag_kit.observe.parts import parts_of
from redflag_kit.observe.world import World as Observed
from redflag_kit.semantics.hit_policies import LISTED
from redflag_kit.semantics.literal import OutputValue, entail, read
from redflag_kit.semantics.regions import meaning
from tests.property.effort import PATIENTS, examples
from tests.property.generators import guidelines
from tests.property.worlds import World

Outcomes = dict[tuple[View, str], OutputValue]


def observed(world: World, algebra: Algebra[R]) -> Observed[R]:
    found = meaning(world.compiled, world.atoms, algebra)
    return Observed(leaves_of(world.guideline, world.atoms), world.compiled, algebra, found)


def outcomes(guideline: Guideline, world: World) -> list[tuple[Point, Outcomes]]:
    """Return what the guideline says of every legal patient, in the order of the patients."""
    found = []
    for patient, point in world.patients:
        if world.is_legal(patient):
            values = read(guideline, patient).values
            said = {View.WRITTEN: values, View.ENTAILED: entail(guideline, values)}
            found.append((point, {(view, name): said[view][name] for view in View for name in guideline.covers}))
    return found


def with_condition(guideline: Guideline, rule: str, when: Condition) -> Guideline:
    decisions = []
    for decision in guideline.decisions:
        rules = tuple(replace(one, when=when) if one.id == rule else one for one in decision.rules)
        rest = decision.otherwise
        if rest:
            rest = tuple(replace(one, when=when) if one.id == rule else one for one in rest)
        decisions.append(replace(decision, rules=rules, otherwise=rest))
    return replace(guideline, decisions=tuple(decisions))


def negated(condition: Condition, path: tuple[int, ...]) -> Condition:
    """Return a condition with the part at a path negated."""
    if not path:
        return Not(condition)
    inside = [negated(one, path[1:]) if i == path[0] else one for i, one in enumerate(members(condition))]
    match condition:
        case Not():
            return Not(inside[0])
        case Named(name):
            return Named(name, inside[0])
        case All() | Any() | AtLeast():
            return replace(condition, members=tuple(inside))
    raise AssertionError(condition)


def told(effect: Effect[BddRegion], view: View, output: str, point: Point) -> OutputValue:
    """Return the value that an effect gives to an output at a point."""

    def holds(region: BddRegion) -> bool:
        return region.owner.contains(region, point)

    after = effect.after(view)
    tables = after if any(name == output for name, _ in after) else effect.world.written
    listed = frozenset(
        element
        for (name, element), values in tables.items()
        if name == output and element and LISTED in values and holds(values[LISTED])
    )
    if listed:
        return listed
    return next(value for value, region in tables[output, ""].items() if holds(region))


def changed_by_flips(
    world: World, algebra: Algebra[R], members_of: Callable[[R], set[Point]]
) -> dict[tuple[str, View, str], set[Point]]:
    flips = Flips(observed(world, algebra))
    keys = [
        (rule.id, view, name) for rule in world.guideline.rules() for view in View for name in world.guideline.covers
    ]
    return {(rule, view, name): members_of(flips.flip(rule).differs(view, name)) for rule, view, name in keys}


@examples(8)
@given(guidelines(PATIENTS))
def test_flipping_a_rule_changes_exactly_what_the_negated_rule_changes(guideline: Guideline) -> None:
    world = World(guideline)
    before = outcomes(guideline, world)
    expected: dict[tuple[str, View, str], set[Point]] = {}
    for rule in guideline.rules():
        after = outcomes(with_condition(guideline, rule.id, Not(rule.when)), world)
        for view, name in ((view, name) for view in View for name in guideline.covers):
            pairs = zip(before, after, strict=True)
            expected[rule.id, view, name] = {p for (p, old), (_, new) in pairs if old[view, name] != new[view, name]}
    assert changed_by_flips(world, world.diagrams, world.points_in) == expected
    assert changed_by_flips(world, world.listed, lambda found: world.listed_in(found) & legal(world)) == expected


@examples(3)
@given(guidelines(PATIENTS))
def test_sat_finds_the_same_flips(guideline: Guideline) -> None:
    world = World(guideline)
    clauses = Clauses(world.atoms.space)
    drawn = changed_by_flips(world, world.diagrams, world.points_in)
    assert drawn == changed_by_flips(
        world, clauses, lambda found: {p for p in world.listed.points if clauses.contains(found, p)}
    )


def legal(world: World) -> set[Point]:
    return {point for patient, point in world.patients if world.is_legal(patient)}


@examples(8)
@given(guidelines(PATIENTS))
def test_the_tables_of_a_flip_are_what_the_negated_rule_gives(guideline: Guideline) -> None:
    world = World(guideline)
    flips = Flips(observed(world, world.diagrams))
    scope = world.points_in(world.meaning.scope)
    effects = [(flips.flip(rule.id), with_condition(guideline, rule.id, Not(rule.when))) for rule in guideline.rules()]
    for effect, other in effects:
        for point, expected in outcomes(other, world):
            for (view, name), value in expected.items() if point in scope else ():
                if name in effect.seen(view):
                    assert told(effect, view, name, point) == value


@examples(8)
@given(guidelines(PATIENTS))
def test_flipping_the_scope_changes_every_output_of_everybody(guideline: Guideline) -> None:
    world = World(guideline)
    effect = Flips(observed(world, world.diagrams)).flip_scope()
    for point, expected in outcomes(replace(guideline, scope=Not(guideline.scope)), world):
        for (view, name), value in expected.items():
            assert world.diagrams.contains(effect.differs(view, name), point)
            assert told(effect, view, name, point) == value


@examples(8)
@given(guidelines(PATIENTS))
def test_a_part_matters_exactly_where_it_decides_a_rule_that_matters(guideline: Guideline) -> None:
    world = World(guideline)
    here = observed(world, world.diagrams)
    flips = Flips(here)
    before = outcomes(guideline, world)
    for rule in guideline.rules():
        for path, part in parts_of(rule.when, here.region, world.diagrams).items():
            after = outcomes(with_condition(guideline, rule.id, negated(rule.when, path)), world)
            matters = world.points_in(part.decides & flips.flip(rule.id).anywhere)
            assert matters == {p for (p, old), (_, new) in zip(before, after, strict=True) if seen(old) != seen(new)}
            assert part.region == here.region(part.condition)
    assert all(flips.flip(rule) is flips.flip(rule) for rule in here.conditions)
    assert flips.flip_scope() is flips.flip_scope()


def seen(found: Outcomes) -> dict[str, OutputValue]:
    return {name: value for (view, name), value in found.items() if view is View.ENTAILED}
