"""Every analysis says what going through all patients with the literal interpreter says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, product
from math import prod

from hypothesis import assume, given

from redflag_kit.analyse.answers import NEED_DIAGRAMS
from redflag_kit.analyse.duplicates import duplicates
from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.gaps import gaps
from redflag_kit.analyse.guideline import analyse
from redflag_kit.analyse.irrelevant import irrelevant
from redflag_kit.analyse.masked import masked
from redflag_kit.analyse.mergeable import mergeable
from redflag_kit.analyse.never_fires import never_fires
from redflag_kit.analyse.overlaps import overlaps
from redflag_kit.analyse.redundant import redundant
from redflag_kit.analyse.run import run
from redflag_kit.analyse.subject import Subject
from redflag_kit.analyse.three_valued import three_valued
from redflag_kit.diagnostics.codes import RF310, RF312
from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.bitset import Points
from redflag_kit.logic.kleene import Kleene, with_unknown
from redflag_kit.logic.sat import Clauses
from redflag_kit.logic.space import Point
from redflag_kit.model.condition import Any, Value, findings_of
from redflag_kit.model.guideline import Decision, Guideline, HitPolicy, Rule
from redflag_kit.semantics.hit_policies import LISTED, aspects
from redflag_kit.semantics.literal import OutputValue, Patient, Reading, read
from redflag_kit.semantics.regions import meaning
from redflag_kit.terms.scale import Status
from tests.property.effort import PATIENTS, examples
from tests.property.generators import FEW, MANY, guidelines
from tests.property.reference import legal_patients
from tests.subjects import subject_of

OUT_OF_SCOPE = Status.OUT_OF_SCOPE.value


@dataclass
class Ward:
    """Every legal patient in scope of a guideline, each read once."""

    guideline: Guideline

    @cached_property
    def engine(self) -> Engine:
        return engine(self.guideline)

    @cached_property
    def subject(self) -> Subject[BddRegion]:
        return subject_of(self.engine)

    @cached_property
    def legal(self) -> list[Patient]:
        return legal_patients(self.guideline)

    @cached_property
    def readings(self) -> list[Reading]:
        return [reading for _, reading in self.read]

    @cached_property
    def read(self) -> list[tuple[Patient, Reading]]:
        found = [(patient, read(self.guideline, patient)) for patient in self.legal]
        return [(patient, reading) for patient, reading in found if not self.is_outside(reading)]

    def is_outside(self, reading: Reading) -> bool:
        return any(reading.values[name] == OUT_OF_SCOPE for name in self.guideline.outputs)

    def holds(self, rule: Rule, decision: Decision) -> list[bool]:
        """Say of each patient whether the condition of an `otherwise` rule holds, whatever comes before it."""
        alone = replace(decision, rules=(), otherwise=(rule,))
        decisions = tuple(alone if one is decision else one for one in self.guideline.decisions)
        changed = replace(self.guideline, decisions=decisions)
        return [rule.id in read(changed, patient).fired for patient, _ in self.read]


def told(faults: Iterable[Fault]) -> set[tuple[str, tuple[str, ...]]]:
    return {(fault.decision, fault.rules) for fault in faults}


def written(rule: Rule) -> dict[str, frozenset[str]]:
    return {one.output: frozenset(one.values) for one in rule.then}


# ---------------------------------------------------------------- gaps, overlaps, conflicts


@examples(60)
@given(guidelines(PATIENTS))
def test_a_decision_has_a_gap_exactly_if_some_patient_gets_none_of_its_rules(guideline: Guideline) -> None:
    ward = Ward(guideline)
    expected = {
        (one.id, ())
        for one in guideline.decisions
        if one.outputs and any(r.values[one.outputs[0]] == "gap" for r in ward.readings)
    }
    assert {one for one in told(gaps(ward.subject)) if decision(guideline, one[0]).outputs} == expected


def decision(guideline: Guideline, name: str) -> Decision:
    return next(one for one in guideline.decisions if one.id == name)


@examples(80)
@given(guidelines(PATIENTS))
def test_rules_that_must_not_meet_are_told_as_the_largest_sets_that_do(guideline: Guideline) -> None:
    ward = Ward(guideline)
    expected: set[tuple[str, tuple[str, ...]]] = set()
    for one in guideline.decisions:
        if one.hit_policy in (HitPolicy.UNIQUE, HitPolicy.ANY):
            unique = one.hit_policy is HitPolicy.UNIQUE
            rules = distinct(ward, one) if unique else list(one.rules)
            sets = {frozenset(r.id for r in rules if r.id in reading.fired) for reading in ward.readings}
            for largest in (s for s in sets if not any(s < other for other in sets)):
                meeting = [r for r in rules if r.id in largest]
                if len(meeting) > 1 if unique else any(written(a) != written(b) for a in meeting for b in meeting):
                    expected.add((one.id, tuple(r.id for r in meeting)))
    assert told(overlaps(ward.subject)) == expected


def distinct(ward: Ward, one: Decision) -> list[Rule]:
    kept: list[Rule] = []
    for rule in one.rules:
        if not any(written(rule) == written(other) and fires(ward, rule) == fires(ward, other) for other in kept):
            kept.append(rule)
    return kept


def fires(ward: Ward, rule: Rule) -> list[bool]:
    return [rule.id in reading.fired for reading in ward.readings]


# ---------------------------------------------------------------- rules that do nothing


@examples(80)
@given(guidelines(PATIENTS))
def test_a_rule_never_fires_exactly_if_its_condition_holds_for_nobody(guideline: Guideline) -> None:
    ward = Ward(guideline)
    expected: set[tuple[str, tuple[str, ...]]] = set()
    for one in guideline.decisions if ward.read else ():
        expected |= {(one.id, (rule.id,)) for rule in one.rules if not any(rule.id in r.held for r in ward.readings)}
        expected |= {(one.id, (rule.id,)) for rule in one.otherwise or () if not any(ward.holds(rule, one))}
    assert ward.subject.care.is_empty() or told(never_fires(ward.subject)) == expected


@examples(80)
@given(guidelines(PATIENTS))
def test_a_rule_is_masked_exactly_if_it_holds_but_others_always_come_first(guideline: Guideline) -> None:
    ward = Ward(guideline)
    for one in guideline.decisions:
        found = {fault.rules[0]: fault.others for fault in masked(ward.subject) if fault.decision == one.id}
        for rule, comes_first in candidates(ward, one):
            beaten = [comes_first(reading) for reading in ward.readings]
            holding = [names for names in beaten if names is not None]
            assert (rule.id in found) == (bool(holding) and all(enough(names) for names in holding))
            if rule.id in found:
                few = set(found[rule.id])
                assert all(enough(limited(names, few)) for names in holding)
                assert all(any(not enough(limited(names, few - {gone})) for names in holding) for gone in few)


Beaten = list[set[str]]
"""Per thing a rule could decide, the rules that come first there."""


def enough(names: Beaten) -> bool:
    return all(names)


def limited(names: Beaten, few: set[str]) -> Beaten:
    return [some & few for some in names]


def candidates(ward: Ward, one: Decision) -> Iterator[tuple[Rule, Callable[[Reading], Beaten | None]]]:
    """Yield each rule with a function that says who comes first for a patient, None if its condition does not hold."""
    for rule in one.rules:
        yield (
            rule,
            lambda reading, rule=rule: (  # type: ignore[misc]
                before(ward.guideline, one, rule, reading) if rule.id in reading.held else None
            ),
        )
    for position, rule in enumerate(one.otherwise or ()):
        if rule.id in ward.subject.defaults:
            continue
        holding = dict(zip(map(id, ward.readings), ward.holds(rule, one), strict=True))
        earlier = {r.id for r in (*one.rules, *(one.otherwise or ())[:position])}
        yield (
            rule,
            lambda reading, holding=holding, earlier=earlier: (  # type: ignore[misc]
                [earlier & set(reading.fired)] if holding[id(reading)] else None
            ),
        )


def before(guideline: Guideline, one: Decision, rule: Rule, reading: Reading) -> Beaten:
    fired = [other for other in one.rules if other.id in reading.fired]
    guards = {o.id for o in fired if o.id in rule.unless or rule.id in o.overrides}
    outputs = [guideline.outputs[name] for name in one.outputs]

    def rank(other: Rule, name: str) -> int:
        output, values = guideline.outputs[name], other.writes(name)
        if output.scale is None or not values:
            return 0 if output.scale is None else -1
        place = output.scale.rank(values[0])
        return place if output.combine.value == "highest" else len(output.scale.levels) - place

    match one.hit_policy:
        case HitPolicy.FIRST:
            earlier = one.rules[: one.rules.index(rule)]
            return [guards | {o.id for o in fired if o in earlier}]
        case HitPolicy.PRIORITY:
            own = [rank(rule, o.id) for o in outputs]
            return [guards | {o.id for o in fired if [rank(o, output.id) for output in outputs] > own}]
        case HitPolicy.COLLECT:
            layers = [
                guards | {o.id for o in fired if output.scale and rank(o, output.id) > rank(rule, output.id)}
                for output in outputs
                if rule.writes(output.id)
            ]
            return layers or [guards]
        case _:
            return [guards]


@examples(80)
@given(guidelines(PATIENTS))
def test_rules_repeat_each_other_exactly_if_they_fire_for_the_same_patients_and_write_the_same(
    guideline: Guideline,
) -> None:
    ward = Ward(guideline)
    expected: set[tuple[str, str]] = set()
    for one in guideline.decisions:
        for a, b in combinations(one.rules, 2):
            if written(a) == written(b) and fires(ward, a) == fires(ward, b) and any(fires(ward, a)):
                expected.add((a.id, b.id))
    found = {pair for fault in duplicates(ward.subject) for pair in combinations(fault.rules, 2)}
    assert found == expected


# ---------------------------------------------------------------- rules that can be spared


def covered(guideline: Guideline, patients: Iterable[Patient]) -> list[list[OutputValue]]:
    return [[read(guideline, patient).values[name] for name in guideline.covers] for patient in patients]


def changed(guideline: Guideline, one: Decision, new: Decision) -> Guideline:
    return replace(guideline, decisions=tuple(new if d is one else d for d in guideline.decisions))


def drop(one: Decision, rule: str) -> Decision:
    otherwise = None if one.otherwise is None else tuple(r for r in one.otherwise if r.id != rule)
    return replace(one, rules=tuple(r for r in one.rules if r.id != rule), otherwise=otherwise)


@examples(60)
@given(guidelines(PATIENTS))
def test_a_rule_is_redundant_exactly_if_every_outcome_is_the_same_without_it(guideline: Guideline) -> None:
    ward = Ward(guideline)
    patients = [patient for patient, _ in ward.read]
    plain = covered(guideline, patients)
    expected = set()
    for one in guideline.decisions:
        for rule in (*one.rules, *(one.otherwise or ())):
            applies = any(rule.id in reading.fired for reading in ward.readings)
            if not applies or rule.id in ward.subject.defaults:
                continue
            if covered(changed(guideline, one, drop(one, rule.id)), patients) == plain:
                expected.add((one.id, (rule.id,)))
    assert told(redundant(ward.subject)) == expected


@examples(150)
@given(guidelines(PATIENTS))
def test_merging_two_rules_as_suggested_changes_no_outcome(guideline: Guideline) -> None:
    ward = Ward(guideline)
    patients = [patient for patient, _ in ward.read]
    plain = covered(guideline, patients)
    for fault in mergeable(ward.subject):
        one = decision(guideline, fault.decision)
        a, b = (next(r for r in one.rules if r.id == name) for name in fault.rules)
        (kept,) = (r for r in (a, b) if r.id == fault.others[0])
        gone = b if kept is a else a
        both = replace(kept, when=Any((a.when, b.when)))
        rules = tuple(both if r is kept else r for r in one.rules if r is not gone)
        assert covered(changed(guideline, one, replace(one, rules=rules)), patients) == plain


@examples(60)
@given(guidelines(PATIENTS))
def test_a_finding_is_irrelevant_exactly_if_its_change_alone_never_changes_an_outcome(guideline: Guideline) -> None:
    ward = Ward(guideline)
    found = list(irrelevant(ward.subject, ward.engine.diagrams))
    everywhere = {fault.names[0] for fault in found if fault.detail["everywhere"]}
    locally = {(fault.decision, fault.names[0]) for fault in found if not fault.detail["everywhere"]}
    scope = set(findings_of(guideline.scope))
    reads = {
        d.id: {n for r in (*d.rules, *(d.otherwise or ())) for n in findings_of(r.when)} for d in guideline.decisions
    }
    scored = {name for score in guideline.scores for p in score.points for name in findings_of(p.when)}
    read_at_all = scored.union(*reads.values())
    expected = {name for name in read_at_all - scope if not matters(ward, name, guideline.covers)}
    assert everywhere == expected
    assert locally == {
        (d.id, name)
        for d in guideline.decisions
        for name in reads[d.id] - expected
        if not matters(ward, name, d.outputs)
    }


def reads_of(one: Decision) -> set[str]:
    return {name for rule in (*one.rules, *(one.otherwise or ())) for name in findings_of(rule.when)}


def matters(ward: Ward, name: str, outputs: Iterable[str]) -> bool:
    seen: dict[tuple[Value, ...], list[OutputValue]] = {}
    for patient, reading in ward.read:
        others = tuple(value for finding, value in patient.items() if finding != name)
        values = [reading.values[output] for output in outputs]
        if seen.setdefault(others, values) != values:
            return True
    return False


# ---------------------------------------------------------------- three-valued evaluation


@examples(40)
@given(guidelines(FEW))
def test_three_valued_evaluation_misses_exactly_what_the_completions_decide(guideline: Guideline) -> None:
    ward = Ward(guideline)
    assume(prod(axis.size + 1 for axis in ward.engine.atoms.space.axes) <= MANY)
    expected = set()
    for one in guideline.decisions:
        for aspect in (a for name in one.outputs for a in aspects(guideline.outputs[name])):
            if any(missed(ward, aspect)):
                expected.add(one.id)
    found = list(three_valued(ward.subject, 200_000))
    assert {fault.decision for fault in found} == expected
    assert all(fault.names[0] in decision(guideline, fault.decision).outputs for fault in found)


def missed(ward: Ward, aspect: tuple[str, str]) -> Iterator[Point]:
    """Yield the cases with one value in every completion that three-valued evaluation leaves open."""
    atoms = ward.engine.atoms
    lifted = with_unknown(atoms.space)
    points = tuple(product(*(range(axis.size) for axis in lifted.axes)))
    listed = Points(lifted, points)
    kleene = meaning(ward.engine.compiled, atoms, Kleene(atoms.space, listed))
    possible: dict[Point, set[str]] = {point: set() for point in points}
    for cell in kleene.cells[aspect]:
        for index in cell.region.possibly.indices():
            possible[points[index]].add(cell.value)
    values: dict[Point, set[str]] = {}
    for patient in ward.legal:
        point = tuple(atoms.atom_of(name, patient[name]) for name in lifted.names)
        value = value_of(read(ward.guideline, patient).values[aspect[0]], aspect[1])
        values.setdefault(point, set()).add(value)
    for point in points:
        completions = product(
            *(range(axis.size) if at == axis.size else (at,) for at, axis in zip(point, atoms.space.axes, strict=True))
        )
        said = set().union(*(values.get(one, set()) for one in completions))
        if len(said) == 1 and OUT_OF_SCOPE not in said and possible[point] - said:
            yield point


def value_of(value: OutputValue, element: str) -> str:
    if isinstance(value, frozenset):
        return LISTED if element in value else Status.SILENT.value
    return value


# ---------------------------------------------------------------- what is shown


@examples(60)
@given(guidelines(PATIENTS))
def test_the_reference_confirms_every_patient_and_case(guideline: Guideline) -> None:
    found = analyse(engine(guideline))
    assert (found.unsettled, found.ungiven) == ((), ())
    assert not [one for one in found.shown if one.diagnostic.code.id == "RF902"]


@examples(60)
@given(guidelines(PATIENTS))
def test_a_region_that_is_told_exactly_holds_its_patients_and_no_others(guideline: Guideline) -> None:
    ward = Ward(guideline)
    for fault in gaps(ward.subject):
        assert fault.where is not None
        name = decision(guideline, fault.decision).outputs[:1]
        for patient, reading in ward.read if name else ():
            inside = any(
                all(mask >> ward.engine.atoms.atom_of(finding, patient[finding]) & 1 for finding, mask in cube.items())
                for cube in fault.where.cubes
            )
            has_it = reading.values[name[0]] == "gap"
            assert inside == has_it if fault.where.exact else not inside or has_it


@examples(40)
@given(guidelines(PATIENTS))
def test_the_solver_finds_what_diagrams_find(guideline: Guideline) -> None:
    ward = Ward(guideline)
    exact = replace(ward.subject, weigh=None)
    clauses = Clauses(exact.atoms.space)
    solver = Subject(
        exact.compiled,
        exact.atoms,
        clauses,
        meaning(exact.compiled, exact.atoms, clauses),
        defaults=exact.defaults,
    )
    both = [one for one in run(exact).faults if one.code not in (RF310, RF312)]
    found = run(solver)
    assert list(found.faults) == both
    if not exact.care.is_empty():
        assert tuple(one.question for one in found.ungiven) == NEED_DIAGRAMS
