"""Every verdict on random mutants of random guidelines, against the literal interpreter and vignettes run again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given

from redflag_kit.evaluate.engine import engine_over
from redflag_kit.logic.budget import NO_DEADLINE, Budget, BudgetExceeded, Deadline
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.mutate.decide import Judge, decide, judge_of
from redflag_kit.mutate.deciding import points
from redflag_kit.mutate.deciding.confirm import NotConfirmed, Reference, stated
from redflag_kit.mutate.deciding.prepared import run_of
from redflag_kit.mutate.deciding.search import searched
from redflag_kit.mutate.deciding.watching import watching
from redflag_kit.mutate.mutant import AssumeChanged, Mutant
from redflag_kit.mutate.verdict import Killed, NotDecided, Survived, Verdict, Watch
from redflag_kit.semantics.literal import Patient, is_legal
from tests.property.effort import FACTOR, PATIENTS, examples
from tests.property.faults import guidelines_with_faults, mutant_of, seeded
from tests.property.reference import constraints_of, patients_of
from tests.property.verdicts import Run, check_assumptions, check_killers, check_patients


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


@pytest.mark.parametrize("seed", range(8 * FACTOR))
def test_vignettes_that_leave_nothing_open_watch_alike_alone_and_together(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    guideline, mutants, watches = seeded(5000 + seed)
    every = list(patients_of(guideline.vocabulary.findings))
    watches += [replace(one, vignette=patient(one, every[at % len(every)])) for at, one in enumerate(watches)]
    run = run_of(guideline, mutants, (watch.vignette.findings for watch in watches))
    ready = engine_over(run.ready)
    alone = [(case, case.region) for case in watching(ready, watches)]
    monkeypatch.setattr("redflag_kit.mutate.deciding.watching.MANY", 1)
    assert [(case, case.region) for case in watching(ready, watches)] == alone


def patient(watch: Watch, values: Patient) -> Vignette:
    """Return the vignette of a patient of whom everything is known."""
    return replace(watch.vignette, id=f"{watch.vignette.id} whole", findings=stated(values), fill_clean=False)


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
