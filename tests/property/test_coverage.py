"""Coverage is what going through patients says, with the literal interpreter alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial
from itertools import groupby

from hypothesis import given

from redflag_kit.coverage.aim import Aim
from redflag_kit.coverage.boundaries import boundaries
from redflag_kit.coverage.conditions import SCOPE, conditions, is_test
from redflag_kit.coverage.decisions import decisions
from redflag_kit.coverage.edges import thresholds
from redflag_kit.coverage.outputs import outputs
from redflag_kit.coverage.rules import rules
from redflag_kit.coverage.shown import shown
from redflag_kit.coverage.unknowns import unknowns
from redflag_kit.coverage.views import views
from redflag_kit.evaluate.reach import reach
from redflag_kit.model.condition import Always, Condition, NumberTest, WordTest, findings_of, members
from redflag_kit.model.guideline import Guideline, HitPolicy
from redflag_kit.observe.effect import View
from redflag_kit.semantics.hit_policies import aspects
from redflag_kit.semantics.literal import OutputValue, Patient, entail, read
from redflag_kit.terms.quantity import render
from redflag_kit.terms.scale import STATUSES
from tests.property import models, reference
from tests.property.effort import examples
from tests.property.suites import Suite, suites
from tests.property.test_observe import negated, with_condition

Look = tuple[View, str]
Said = dict[Look, OutputValue]


@dataclass
class Census:
    """Every legal patient of a suite, and what every vignette looks at, read off its expectation."""

    suite: Suite

    def __post_init__(self) -> None:
        self.guideline = self.suite.guideline
        self.legal = reference.legal_patients(self.guideline)
        filled = [reference.fill(self.guideline, self.legal, *case) for case in self.suite.cases]
        self.filled = dict(zip((one.vignette.id for one in self.suite.met), filled, strict=True))

    @cached_property
    def said(self) -> dict[tuple[object, ...], Said]:
        return {key(patient): said_by(self.guideline, patient) for patient in self.legal}

    def looks(self, name: str) -> set[Look]:
        """Return what a vignette looks at, each expected to be one thing."""
        (met,) = [one for one in self.suite.met if one.vignette.id == name]
        people = self.filled[name].completions
        if met.expectation.whole:
            return {(View.WRITTEN, output) for output in self.guideline.covers}
        listed = {expected.output for expected in met.expectation.outcomes}
        decided = {
            (View.ENTAILED, output)
            for output in listed
            if len({self.said[key(patient)][View.ENTAILED, output] for patient in people}) == 1
        }
        rest = set(self.guideline.covers) - listed if met.expectation.strict else set()
        return decided | {(View.WRITTEN, output) for output in rest}

    def first(self, holds: Callable[[str, list[Patient]], bool]) -> str:
        """Return the first vignette of which something holds."""
        return next((name for name, one in self.filled.items() if holds(name, one.completions)), "")


def key(patient: Patient) -> tuple[object, ...]:
    return tuple(patient.values())


def said_by(guideline: Guideline, patient: Patient) -> Said:
    values = read(guideline, patient).values
    sides = {View.WRITTEN: values, View.ENTAILED: entail(guideline, values)}
    return {(view, output): sides[view][output] for view in View for output in guideline.covers}


def summary(aims: Iterable[Aim]) -> dict[str, tuple[str, str]]:
    return {one.item.id: (one.item.state, one.item.vignette) for one in aims}


def people(census: Census, aims: Iterable[Aim]) -> dict[str, set[tuple[object, ...]]]:
    """Return, per item, the patients who would show it."""
    atoms, diagrams = census.suite.engine.atoms, census.suite.engine.diagrams
    points = {key(one): tuple(atoms.atom_of(name, one[name]) for name in atoms.inputs) for one in census.legal}
    return {
        aim.item.id: {name for name, point in points.items() if diagrams.contains(aim.region, point)}
        for aim in aims
        if aim.region is not None
    }


def keys(patients: Iterable[Patient]) -> set[tuple[object, ...]]:
    return {key(patient) for patient in patients}


def told(possible: bool, by: str) -> tuple[str, str]:
    if not possible:
        return "impossible", ""
    return ("covered", by) if by else ("uncovered", "")


@examples(15)
@given(suites())
def test_rules_are_covered_by_those_who_reach_them(suite: Suite) -> None:
    census = Census(suite)
    expected = {}
    for one in reach(suite.engine, [met.vignette for met in suite.met]):
        expected[f"{one.rule} fires"] = told(one.can_fire, next(iter(one.fires), ""))
        expected[f"{one.rule} missed"] = told(one.can_be_missed, next((miss.vignette for miss in one.missed), ""))
    aims = tuple(rules(suite.engine, shown(suite.engine, suite.met)))
    assert summary(aims) == expected
    fired = {
        rule.id: keys(one for one in census.legal if rule.id in read(suite.guideline, one).fired)
        for rule in suite.engine.rules
    }
    found = people(census, aims)
    for name, firing in fired.items():
        assert found[f"{name} fires"] == firing
        if f"{name} missed" in found:
            assert found[f"{name} missed"] == {one for one in census.said if misses(suite, one, firing)}


def misses(suite: Suite, patient: tuple[object, ...], firing: set[tuple[object, ...]]) -> bool:
    """Say whether a patient for whom a rule does not fire is one finding away from somebody for whom it does."""
    away = (sum(one != other for one, other in zip(patient, there, strict=True)) for there in firing)
    return patient not in firing and 1 in away


@examples(25)
@given(suites())
def test_values_are_covered_by_those_who_expect_them(suite: Suite) -> None:
    census = Census(suite)
    aims = tuple(outputs(suite.engine, shown(suite.engine, suite.met)))
    found = summary(aims)
    expected, showing = {}, {}
    for name in suite.guideline.covers:
        output = suite.guideline.outputs[name]
        for value in (*(output.scale.levels if output.scale else output.elements), *STATUSES):
            given_to = [patient for patient in census.legal if gets(census, patient, View.ENTAILED, name, value)]
            if given_to or f"{name}={value}" in found:
                expected[f"{name}={value}"] = told(bool(given_to), expecting(census, name, value))
                showing[f"{name}={value}"] = keys(given_to)
    assert found == expected
    assert people(census, aims) == showing


def gets(census: Census, patient: Patient, view: View, output: str, value: str) -> bool:
    said = census.said[key(patient)][view, output]
    return value in said if isinstance(said, frozenset) else said == value


def expecting(census: Census, output: str, value: str) -> str:
    """Return the first vignette that expects a value, be it beside others in a set."""

    def expects(name: str, people: list[Patient]) -> bool:
        if not all(gets(census, patient, View.ENTAILED, output, value) for patient in people):
            return False
        if value in census.guideline.outputs[output].elements:
            (met,) = [one for one in census.suite.met if one.vignette.id == name]
            return any(one.output == output and not one.undecided for one in met.expectation.outcomes)
        return any(output == looked for _, looked in census.looks(name))

    return census.first(expects)


@examples(12)
@given(suites())
def test_tests_are_covered_by_those_for_whom_flipping_them_would_be_seen(suite: Suite) -> None:
    census = Census(suite)
    outcomes = {(View.ENTAILED, output) for output in suite.guideline.covers}
    expected, alone, showing = {}, {}, {}
    for owner, path, test, flipped in flips(suite.guideline):
        changes = Changes(census, test, flipped)
        sides = {
            word: [one for one in census.legal if changes.shows(one, word, outcomes)] for word in ("holds", "fails")
        }
        for word, patients in sides.items():
            item = f"{owner} {'.'.join(map(str, path)) or 'whole'} {word}"
            expected[item] = told(bool(patients), census.first(partial(changes.shown_by, word)))
            showing[item] = keys(patients)
            alone[item] = not all(sides.values()) or isolated(test, *sides.values())
    found = tuple(conditions(suite.engine, views(suite.engine), shown(suite.engine, suite.met)))
    assert summary(found) == expected
    assert {one.item.id: not one.item.note for one in found} == alone
    assert people(census, found) == showing


@dataclass
class Changes:
    """One test of a guideline, and what the guideline would say with this test flipped."""

    census: Census
    test: Condition
    flipped: Guideline

    @cached_property
    def after(self) -> dict[tuple[object, ...], Said]:
        return {key(patient): said_by(self.flipped, patient) for patient in self.census.legal}

    @cached_property
    def holding(self) -> set[tuple[object, ...]]:
        return {key(one) for one in self.census.legal if literally(self.census.guideline, self.test, one)}

    def shows(self, patient: Patient, word: str, looks: set[Look]) -> bool:
        """Say whether the test holds or fails for a patient, and something looked at would be another, flipped."""
        then, now = self.after[key(patient)], self.census.said[key(patient)]
        return (key(patient) in self.holding) == (word == "holds") and any(then[look] != now[look] for look in looks)

    def shown_by(self, word: str, name: str, people: list[Patient]) -> bool:
        looks = self.census.looks(name)
        return all(self.shows(patient, word, looks) for patient in people)


def isolated(test: Condition, holds: list[Patient], fails: list[Patient]) -> bool:
    """Say whether two patients on either side differ in the tested finding alone; true of tests of no finding."""
    if not isinstance(test, WordTest | NumberTest):
        return True
    others = {key({**patient, test.finding: ""}) for patient in holds}
    return any(key({**patient, test.finding: ""}) in others for patient in fails)


def literally(guideline: Guideline, test: Condition, patient: Patient) -> bool:
    """Say whether a test holds: a rule with nothing else fires, in a table that is read after all others."""
    probe = models.decision("probe", [models.rule("probe", test)], None, policy=HitPolicy.COLLECT)
    everybody = replace(guideline, scope=Always(), decisions=(*guideline.decisions, probe))
    return "probe" in read(everybody, patient).fired


def flips(guideline: Guideline) -> Iterator[tuple[str, tuple[int, ...], Condition, Guideline]]:
    """Yield every test with its owner and place, and the guideline in which this one test is flipped."""
    for path, test in leaves_in(guideline.scope):
        yield SCOPE, path, test, replace(guideline, scope=negated(guideline.scope, path))
    for place, score in enumerate(guideline.scores):
        for index, points in enumerate(score.points):
            for path, test in leaves_in(points.when):
                changed = list(score.points)
                changed[index] = replace(points, when=negated(points.when, path))
                scores = list(guideline.scores)
                scores[place] = replace(score, points=tuple(changed))
                yield f"{score.id}, points {index + 1}", path, test, replace(guideline, scores=tuple(scores))
    for rule in guideline.rules():
        for path, test in leaves_in(rule.when):
            yield rule.id, path, test, with_condition(guideline, rule.id, negated(rule.when, path))


def leaves_in(condition: Condition, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Condition]]:
    if is_test(condition):
        yield path, condition
    for position, part in enumerate(members(condition)):
        yield from leaves_in(part, (*path, position))


@examples(25)
@given(suites())
def test_numbers_are_covered_by_those_whose_outcome_turns_on_the_limit(suite: Suite) -> None:
    census = Census(suite)
    outcomes = {(View.ENTAILED, output) for output in suite.guideline.covers}
    expected, showing = {}, {}
    for one in thresholds(suite.guideline):
        for value in one.values:
            trial = Trial(census, one.finding, value, one.across(value))
            patients = [patient for patient in census.legal if trial.turns(patient, outcomes)]
            item = f"{one.finding} {render(one.last)}|{render(one.first)}: {render(value)}"
            expected[item] = told(bool(patients), census.first(trial.shown_by))
            showing[item] = keys(patients)
    found = tuple(boundaries(suite.engine, views(suite.engine), shown(suite.engine, suite.met)))
    assert summary(found) == expected
    assert people(census, found) == showing


@dataclass
class Trial:
    """A number of a finding at a threshold, and the nearest one on the other side."""

    census: Census
    finding: str
    value: Fraction
    across: Fraction

    def turns(self, patient: Patient, looks: set[Look]) -> bool:
        """Say whether a patient has the number, and would hear something else with the other one."""
        if patient[self.finding] != self.value:
            return False
        there = said_by(self.census.guideline, {**patient, self.finding: self.across})
        return any(there[look] != self.census.said[key(patient)][look] for look in looks)

    def shown_by(self, name: str, people: list[Patient]) -> bool:
        looks = self.census.looks(name)
        return all(self.turns(patient, looks) for patient in people)


@examples(25)
@given(suites())
def test_findings_are_covered_by_those_who_leave_them_unknown_and_expect_what_follows(suite: Suite) -> None:
    census = Census(suite)
    points = [points.when for score in suite.guideline.scores for points in score.points]
    conditions_of = (suite.guideline.scope, *points, *(rule.when for rule in suite.guideline.rules()))
    expected = {}
    for name in {name for condition in conditions_of for name in findings_of(condition)}:
        opened = {aspect for aspect in aspects_of(suite.guideline) if opens(census, name, aspect)}
        expected[name] = told(bool(opened), census.first(partial(exercises, census, name, opened)))
    found = unknowns(suite.engine, views(suite.engine), shown(suite.engine, suite.met))
    assert summary(found) == expected


def aspects_of(guideline: Guideline) -> list[tuple[str, str]]:
    """Return what can be open: a level, each element of a set, and which status it has, if any."""
    declared = [guideline.outputs[name] for name in guideline.covers]
    return [aspect for one in declared for aspect in (*aspects(one), *([] if one.scale else [(one.id, "")]))]


def state(census: Census, patient: Patient, aspect: tuple[str, str]) -> str:
    said = census.said[key(patient)][View.ENTAILED, aspect[0]]
    if isinstance(said, str):
        return said
    return "listed" if not aspect[1] or aspect[1] in said else "silent"


def opens(census: Census, name: str, aspect: tuple[str, str]) -> bool:
    found: dict[tuple[object, ...], set[str]] = {}
    for patient in census.legal:
        found.setdefault(key({**patient, name: ""}), set()).add(state(census, patient, aspect))
    return any(len(states) > 1 for states in found.values())


def exercises(
    census: Census, name: str, opened: set[tuple[str, str]], vignette: str, completions: list[Patient]
) -> bool:
    (met,) = [one for one in census.suite.met if one.vignette.id == vignette]
    filled = census.filled[vignette]
    if any(one.finding == name and not one.unknown for one in met.vignette.findings):
        return False
    undecided = {row.output for row in met.results if not row.actual.decided}
    looked = {output for _, output in census.looks(vignette)}

    def possible(people: list[Patient], aspect: tuple[str, str]) -> set[str]:
        return {state(census, patient, aspect) for patient in people}

    if name in filled.assumed:
        return any(
            possible(filled.without[name], aspect) - possible(filled.completions, aspect)
            for aspect in opened
            if aspect[0] in looked | undecided
        )
    atoms = census.suite.engine.atoms
    values = reference.values_of(census.guideline.vocabulary.findings[name])
    answers = [list(group) for _, group in groupby(values, lambda value: atoms.atom_of(name, value))]
    kept = [[patient for patient in filled.completions if patient[name] in answer] for answer in answers]
    return any(
        possible(people, aspect) != possible(filled.completions, aspect)
        for aspect in opened
        if aspect[0] in undecided
        for people in kept
        if people
    )


@examples(25)
@given(suites())
def test_decisions_are_what_is_said_together_because_of_which_rules(suite: Suite) -> None:
    census = Census(suite)
    engine = suite.engine
    covered = [aspect for name in suite.guideline.covers for aspect in aspects(suite.guideline.outputs[name])]

    def decision(patient: Patient) -> tuple[int, ...]:
        point = tuple(engine.atoms.atom_of(name, patient[name]) for name in engine.atoms.inputs)
        cells = [[cell.region for cell in engine.meaning.cells[aspect]] for aspect in covered]
        return tuple(next(i for i, one in enumerate(each) if engine.diagrams.contains(one, point)) for each in cells)

    given_to = {key(patient): decision(patient) for patient in census.legal}
    touched: dict[tuple[int, ...], str] = {}
    for name, one in census.filled.items():
        found = {given_to[key(patient)] for patient in one.completions}
        if len(found) == 1 and {output for _, output in census.looks(name)} == set(suite.guideline.covers):
            touched.setdefault(found.pop(), name)
    aims = decisions(engine, shown(engine, suite.met))
    assert aims is not None
    items = [aim.item for aim in aims]
    groups = [{name for name, one in given_to.items() if one == each} for each in set(given_to.values())]
    assert sorted(map(len, people(census, aims).values())) == sorted(map(len, groups))
    assert sorted(one.vignette for one in items) == sorted(touched.get(one, "") for one in set(given_to.values()))
    assert len({one.id for one in items}) == len(items)
    most = len(items)
    assert decisions(engine, (), most) is not None
    assert decisions(engine, (), most - 1) is None or most == 0
