"""Every verdict on random mutants of random guidelines, against the literal interpreter and vignettes run again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import TypeAlias

import pytest
from hypothesis import given

from redflag_kit.evaluate.engine import engine, engine_over
from redflag_kit.evaluate.vignettes import run
from redflag_kit.logic.budget import NO_DEADLINE, Budget, BudgetExceeded, Deadline
from redflag_kit.logic.space import Point
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated
from redflag_kit.model.vocabulary import Comparison
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.decide import Judge, decide, judge_of
from redflag_kit.mutate.deciding import points
from redflag_kit.mutate.deciding.confirm import NotConfirmed, Reference, outcome
from redflag_kit.mutate.deciding.prepared import run_of
from redflag_kit.mutate.deciding.search import searched
from redflag_kit.mutate.deciding.watching import watching
from redflag_kit.mutate.mutant import AssumeChanged, Mutant
from redflag_kit.mutate.verdict import Equivalent, Killed, NotDecided, Survived, Verdict, Watch
from redflag_kit.semantics.literal import Patient, is_legal
from tests.property.effort import FACTOR, PATIENTS, examples
from tests.property.faults import guidelines_with_faults, mutant_of, seeded
from tests.property.generators import values_of
from tests.property.reference import constraints_of, patients_of

Run: TypeAlias = tuple[Guideline, list[Mutant], list[Watch]]
Case: TypeAlias = dict[str, Value | None]


def is_met(guideline: Guideline, watch: Watch, cases: list[tuple[Stated, ...]]) -> bool:
    """Say whether every result of an expectation is as expected, reasons aside."""
    ready = engine(guideline, cases)
    results, faults = run(ready, watch.vignette, watch.expectation)
    contradicts = any(one.code.id == "RF401" for one in faults)
    return not contradicts and all(result.passed for result in results)


def expected_killers(guideline: Guideline, mutant: Mutant, watches: list[Watch]) -> tuple[str, ...]:
    cases = [watch.vignette.findings for watch in watches]
    other = apply(guideline, mutant.edit)
    killing = (
        watch.vignette.id for watch in watches if is_met(guideline, watch, cases) and not is_met(other, watch, cases)
    )
    return tuple(dict.fromkeys(killing))


def check_killers(found: Run) -> None:
    guideline, mutants, watches = found
    for verdict in decide(guideline, mutants, watches).verdicts:
        killers = verdict.by if isinstance(verdict, Killed) else ()
        assert killers == expected_killers(guideline, verdict.mutant, watches), verdict.mutant.edit


def check_patients(found: Run) -> None:
    guideline, mutants, _ = found
    edits = [one for one in mutants if not isinstance(one.edit, AssumeChanged)]
    strength = decide(guideline, edits, ())
    atoms, diagrams = strength.engine.atoms, strength.engine.diagrams
    patients = [one for one in patients_of(guideline.vocabulary.findings) if is_legal(constraints_of(guideline), one)]

    def point_of(patient: Patient) -> Point:
        return tuple(atoms.atom_of(name, patient[name]) for name in atoms.space.names)

    for verdict in strength.verdicts:
        other = apply(guideline, verdict.mutant.edit)
        changed = {point_of(one) for one in patients if outcome(guideline, one) != outcome(other, one)}
        assert isinstance(verdict, Survived if changed else Equivalent), verdict.mutant.edit
        if isinstance(verdict, Survived):
            assert verdict.region is not None
            assert {p for p in map(point_of, patients) if diagrams.contains(verdict.region, p)} == changed
            assert (verdict.region - strength.engine.meaning.legal).is_empty()


def check_assumptions(found: Run) -> None:
    guideline, mutants, _ = found
    edits = [one for one in mutants if isinstance(one.edit, AssumeChanged)]
    for verdict in decide(guideline, edits, ()).verdicts:
        changed = [
            case for case in cases_of(guideline) if differs(guideline, apply(guideline, verdict.mutant.edit), case)
        ]
        assert isinstance(verdict, (Survived, NotDecided) if changed else Equivalent)
        if isinstance(verdict, NotDecided):
            assert any(isinstance(one, Comparison) for one in constraints_of(guideline))
        if isinstance(verdict, Survived):
            assert verdict.region is None
            assert {one.finding: None if one.unknown else value_of(one) for one in verdict.case} in changed
            fewest = min(sum(value is None for value in case.values()) for case in changed)
            assert sum(one.unknown for one in verdict.case) == fewest


def value_of(stated: Stated) -> Value:
    number = stated.number()
    return next(iter(stated.words)) if number is None else number


def cases_of(guideline: Guideline) -> Iterator[Case]:
    """Yield every case in which each finding is known or not assessed."""
    findings = guideline.vocabulary.findings
    for chosen in product(*((None, *values_of(one)) for one in findings.values())):
        yield dict(zip(findings, chosen, strict=True))


def differs(guideline: Guideline, other: Guideline, case: Case) -> bool:
    choices = (
        [value] if value is not None else values_of(guideline.vocabulary.findings[name]) for name, value in case.items()
    )
    every = (dict(zip(case, chosen, strict=True)) for chosen in product(*choices))
    legal: list[Patient] = [one for one in every if is_legal(constraints_of(guideline), one)]
    unknown = tuple(name for name, value in case.items() if value is None)
    return bool(legal) and outlook(guideline, legal, unknown) != outlook(other, legal, unknown)


def outlook(
    guideline: Guideline, legal: list[Patient], unknown: tuple[str, ...]
) -> dict[str, tuple[frozenset[str], ...]]:
    """Return what each output can be, once the guideline's assumptions are made one after the other."""
    for name in guideline.vocabulary.findings:
        if name in unknown and name in guideline.assume:
            legal = [one for one in legal if one[name] == guideline.assume[name].value] or legal
    read = [outcome(guideline, one) for one in legal]
    found: dict[str, tuple[frozenset[str], ...]] = {}
    for name in guideline.covers:
        values = [one[name] for one in read]
        sets = [frozenset() if isinstance(value, str) else value for value in values]
        plain = frozenset(value for value in values if isinstance(value, str))
        found[name] = (plain, frozenset.intersection(*sets), frozenset.union(*sets))
    return found


@examples(6)
@given(guidelines_with_faults(PATIENTS))
def test_the_killers_are_the_vignettes_that_fail_on_the_mutant_and_not_before(found: Run) -> None:
    check_killers(found)


@examples(6)
@given(guidelines_with_faults(PATIENTS, 0))
def test_survivors_are_told_by_exactly_the_patients_who_get_something_else(found: Run) -> None:
    check_patients(found)


@examples(5)
@given(guidelines_with_faults(64, 0))
def test_an_assumption_changed_is_told_by_the_cases_that_turn_out_otherwise(found: Run) -> None:
    check_assumptions(found)


SEEDS = range(3 * FACTOR)


@pytest.mark.parametrize("seed", SEEDS)
def test_killers_of_larger_guidelines(seed: int) -> None:
    check_killers(seeded(1000 + seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_survivors_of_larger_guidelines(seed: int) -> None:
    check_patients(seeded(2000 + seed, vignettes=0))


@pytest.mark.parametrize("seed", range(4 * FACTOR))
def test_assumptions_of_larger_guidelines(seed: int) -> None:
    check_assumptions(seeded(3000 + seed, 64, 0))


def told(verdicts: Iterable[Verdict]) -> list[tuple[str, object]]:
    """Return what verdicts say, regions and reasons aside."""
    return [
        (one.mutant.id, one.by if isinstance(one, Killed) else one.case if isinstance(one, Survived) else None)
        for one in verdicts
    ]


@pytest.mark.parametrize("seed", range(8 * FACTOR))
def test_points_regions_and_sat_come_to_the_same_verdicts(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    guideline, mutants, watches = seeded(4000 + seed)
    mutants = [one for one in mutants if not isinstance(one.edit, AssumeChanged)]
    by_points = told(decide(guideline, mutants, watches).verdicts)
    monkeypatch.setattr(points, "MOST", 0)
    assert told(decide(guideline, mutants, watches).verdicts) == by_points
    judge = judge_for(guideline, mutants, watches)
    open_ones = [NotDecided(one, "nothing") for one in mutants]
    found = searched(judge.comparing, judge.matrix, judge.wide, open_ones, NO_DEADLINE)
    assert told(found) == by_points
    assert all(one.region is None for one in found if isinstance(one, Survived))


def judge_for(guideline: Guideline, mutants: list[Mutant], watches: list[Watch]) -> Judge:
    run = run_of(guideline, mutants, (watch.vignette.findings for watch in watches))
    ready = engine_over(run.ready)
    return judge_of(run, ready, watching(ready, watches), Budget().nodes, NO_DEADLINE)


def test_what_there_is_no_time_for_is_not_decided() -> None:
    guideline, mutants, watches = seeded(4000)
    judge = judge_for(guideline, mutants, watches)
    over = Deadline(0.0, "0 s")
    open_ones = [judge.verdict(one, over) for one in mutants]
    assert open_ones == [NotDecided(one, "0 s") for one in mutants]
    assert searched(judge.comparing, judge.matrix, judge.wide, open_ones, over) == open_ones
    with pytest.raises(BudgetExceeded):
        decide(guideline, mutants, watches, deadline=over)


def test_what_diagrams_leave_open_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    guideline, mutants, watches = seeded(4001)
    expected = told(decide(guideline, mutants, watches).verdicts)
    monkeypatch.setattr(Judge, "verdict", lambda self, mutant, deadline: NotDecided(mutant, "nothing"))
    found = decide(guideline, mutants, watches).verdicts
    kept = [isinstance(one.mutant.edit, AssumeChanged) for one in found]
    assert [one for one, open_ in zip(told(found), kept, strict=True) if not open_] == [
        one for one, open_ in zip(expected, kept, strict=True) if not open_
    ]
    assert all(isinstance(one, NotDecided) for one, open_ in zip(found, kept, strict=True) if open_)


def test_a_witness_that_is_read_otherwise_is_a_fault_of_the_kit() -> None:
    guideline, _, _ = seeded(5, vignettes=0)
    reference = Reference(guideline)
    nothing = mutant_of(AssumeChanged(next(iter(guideline.vocabulary.findings)), None))
    every = list(patients_of(guideline.vocabulary.findings))
    legal = [is_legal(constraints_of(guideline), one) for one in every]
    with pytest.raises(NotConfirmed, match="gets the same from both"):
        reference.confirm(nothing, every[legal.index(True)])
    with pytest.raises(NotConfirmed, match="no legal patient"):
        reference.confirm(nothing, every[legal.index(False)])
