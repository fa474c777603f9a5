"""Regions mean what the literal interpreter says, for every legal and illegal patient."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from redflag_kit.compile.compiler import compile_condition
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.sat import Clauses
from redflag_kit.logic.space import Point
from redflag_kit.model.guideline import Guideline, HitPolicy
from redflag_kit.semantics.cases import entailed, written
from redflag_kit.semantics.hit_policies import LISTED, Cell, aspects
from redflag_kit.semantics.literal import OutputValue, Patient, Reading, entail, read
from redflag_kit.semantics.regions import condition_region, meaning
from redflag_kit.terms.scale import Status
from tests.property.editions import Pair, editions
from tests.property.effort import PATIENTS, examples
from tests.property.generators import guidelines
from tests.property.worlds import World, regions_of

SILENT = Status.SILENT.value
NOBODY_WROTE_IT = {SILENT, Status.GAP.value, Status.CONFLICT.value, Status.OUT_OF_SCOPE.value}


@examples(30)
@given(guidelines(PATIENTS))
def test_diagrams_and_bitsets_hold_the_same_patients(guideline: Guideline) -> None:
    world = World(guideline)
    over_all = [(name, world.points_in(region)) for name, region in regions_of(world.meaning)]
    over_listed = [(name, world.listed_in(region)) for name, region in regions_of(world.listed_meaning)]
    # A bitset drops what holds for none of its points, and so does a diagram: every point is listed.
    assert over_all == over_listed


@examples(30)
@given(guidelines(PATIENTS))
def test_sat_finds_the_same_cells_patients_and_witnesses(guideline: Guideline) -> None:
    world = World(guideline)
    algebra = Clauses(world.atoms.space)
    found = list(regions_of(meaning(world.compiled, world.atoms, algebra)))
    drawn = list(regions_of(world.meaning))
    assert [name for name, _ in found] == [name for name, _ in drawn]
    for (_, region), (_, same) in zip(found, drawn, strict=True):
        assert {point for point in world.listed.points if algebra.contains(region, point)} == world.points_in(same)
        assert algebra.least(region) == world.diagrams.least(same)


@examples(40)
@given(guidelines(PATIENTS))
def test_a_point_is_legal_exactly_if_some_patient_at_it_is(guideline: Guideline) -> None:
    world = World(guideline)
    legal = {point for patient, point in world.patients if world.is_legal(patient)}
    assert world.points_in(world.meaning.legal) == legal


@examples(40)
@given(guidelines(PATIENTS))
def test_scope_conditions_exceptions_and_scores_are_as_read(guideline: Guideline) -> None:
    world = World(guideline)
    scope = world.points_in(world.meaning.scope)
    holds = {rule: world.points_in(region) for rule, region in world.meaning.holds.items()}
    fires = {rule: world.points_in(region) for rule, region in world.meaning.fires.items()}
    totals = {
        (score, total): world.points_in(region)
        for score, found in world.meaning.totals.items()
        for total, region in found.items()
    }
    assert holds.keys() == fires.keys() == {rule.id for rule in guideline.rules()}
    for patient, point in world.patients:
        reading = read(guideline, patient)
        in_scope = not out_of_scope(reading)
        assert (point in scope) == in_scope
        assert {rule for rule, points in holds.items() if point in points} == held(guideline, patient, reading)
        assert {rule for rule, points in fires.items() if point in points} == set(reading.fired)
        if in_scope:
            assert [key for key, points in totals.items() if point in points] == list(reading.scores.items())


@examples(70)
@given(guidelines(PATIENTS))
def test_every_output_has_the_value_that_the_rules_write(guideline: Guideline) -> None:
    world = World(guideline)
    cells = cells_at(world)
    statuses = {
        output: {status: world.points_in(region) for status, region in found.items()}
        for output, found in world.meaning.sets.items()
    }
    assert statuses.keys() == {output.id for output in guideline.outputs.values() if not output.scale}
    for patient, point in world.patients:
        values = read(guideline, patient).values
        for output in guideline.outputs.values():
            value = values[output.id]
            if output.scale:
                assert cells[output.id, ""][point].value == value
                continue
            listed = {element for _, element in aspects(output) if cells[output.id, element][point].value == LISTED}
            assert listed == (value if isinstance(value, frozenset) else set())
            status = [status for status, points in statuses[output.id].items() if point in points]
            assert status == ([] if isinstance(value, frozenset) else [value])


@examples(35)
@given(guidelines(PATIENTS))
def test_the_decisive_rule_fired_and_wrote_the_value(guideline: Guideline) -> None:
    world = World(guideline)
    rules = {rule.id: rule for rule in guideline.rules()}
    cells = cells_at(world)
    for patient, point in world.patients:
        fired = read(guideline, patient).fired
        for (output, element), found in cells.items():
            cell = found[point]
            if cell.rule is None:
                assert cell.value in NOBODY_WROTE_IT
            else:
                assert cell.rule in fired
                wrote = rules[cell.rule].writes(output)
                assert cell.value == (LISTED if element in wrote else SILENT if element or not wrote else wrote[0])


@examples(30)
@given(guidelines(PATIENTS))
def test_under_collect_the_first_digest_among_equals_is_decisive(guideline: Guideline) -> None:
    world = World(guideline)
    rules = {rule.id: rule for rule in guideline.rules()}
    collecting = {o: d for d in guideline.decisions if d.hit_policy is HitPolicy.COLLECT for o in d.outputs}
    cells = {aspect: found for aspect, found in cells_at(world).items() if aspect[0] in collecting}
    for patient, point in world.patients:
        fired = read(guideline, patient).fired
        for (output, element), found in cells.items():
            cell = found[point]
            own = {rule.id for rule in collecting[output].rules}
            if cell.rule in own:
                said = element or cell.value
                equals = [rule for rule in fired if rule in own and said in rules[rule].writes(output)]
                assert cell.rule == min(equals, key=lambda rule: (world.compiled.row(rule).digest, rule))


@examples(40)
@given(guidelines(PATIENTS))
def test_entailed_regions_are_the_entailed_values_of_every_patient(guideline: Guideline) -> None:
    world = World(guideline)
    tables = entailed(world.compiled, written(world.meaning, world.diagrams), world.diagrams)
    points = {
        aspect: {value: world.points_in(region) for value, region in values.items()}
        for aspect, values in tables.items()
    }
    for patient, point in world.patients:
        values = entail(guideline, read(guideline, patient).values)
        for output in guideline.outputs.values():
            for aspect in aspects(output):
                found = [value for value, where in points[aspect].items() if point in where]
                assert found == [of_aspect(values[output.id], aspect[1])]


@examples(30)
@given(guidelines(PATIENTS))
def test_a_condition_by_itself_holds_in_scope_where_its_rule_holds(guideline: Guideline) -> None:
    world = World(guideline)
    for rule in guideline.rules():
        expression = compile_condition(guideline, rule.when)
        region = condition_region(expression, world.meaning, world.atoms, world.diagrams)
        assert region & world.meaning.scope == world.meaning.holds[rule.id]


@examples(30)
@given(editions(PATIENTS))
def test_two_editions_in_one_run_keep_each_its_own_meaning(pair: Pair) -> None:
    for one, other in ((pair.old, pair.new), (pair.new, pair.old)):
        world = World(one, beside=(other,))
        cells = cells_at(world)
        legal = {point for patient, point in world.patients if world.is_legal(patient)}
        assert world.points_in(world.meaning.legal) == legal
        for patient, point in world.patients:
            if point in legal:
                values = read(one, patient).values
                for output, element in cells:
                    assert cells[output, element][point].value == of_aspect(values[output], element)


# ---------------------------------------------------------------- what is compared


def cells_at(world: World) -> dict[tuple[str, str], dict[Point, Cell[BddRegion]]]:
    """Return the one cell of each aspect that each point lies in: cells partition the space."""
    found: dict[tuple[str, str], dict[Point, Cell[BddRegion]]] = {}
    for aspect, cells in world.meaning.cells.items():
        found[aspect] = {}
        for cell in cells:
            for point in world.points_in(cell.region):
                assert point not in found[aspect]
                found[aspect][point] = cell
        assert found[aspect].keys() == set(world.listed.points)
    return found


def out_of_scope(reading: Reading) -> bool:
    return Status.OUT_OF_SCOPE.value in reading.values.values()


def held(guideline: Guideline, patient: Patient, reading: Reading) -> set[str]:
    """Return the rules whose condition holds; `otherwise` rules are read as if they were ordinary ones."""
    found = set(reading.held)
    for position, decision in enumerate(guideline.decisions):
        if decision.otherwise:
            turned = replace(decision, rules=decision.otherwise, otherwise=None)
            found |= set(read(replace(guideline, decisions=(*guideline.decisions[:position], turned)), patient).held)
    return found


def of_aspect(value: OutputValue, element: str) -> str:
    """Return an output's value as one of its aspects shows it: of a set, whether the element is listed."""
    return value if isinstance(value, str) else LISTED if element in value else SILENT
