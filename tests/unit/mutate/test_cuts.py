"""The numbers that mutants tell apart and their guideline does not."""

from fractions import Fraction

from redflag_kit.compile.expression import InputEntry, Interval
from redflag_kit.mutate.cuts import cuts
from redflag_kit.mutate.mutants import mutants
from tests.unit.evaluate.worlds import decision, guideline, rule
from tests.unit.mutate.told import mutant


def days(low: int, high: int) -> InputEntry:
    return InputEntry("days", intervals=(Interval(Fraction(low), Fraction(high)),))


def test_every_moved_limit_is_a_cut_once() -> None:
    made = guideline(
        decision(
            "d", rule("R1", "{days: at_least 10 d}", "{scan: soon}"), rule("R2", "{days: at_least 10 d}", "{scan: now}")
        ),
        findings="days fever",
    )
    assert set(cuts(made, mutants(made))) == {days(9, 60), days(11, 60), days(1, 60)}
    assert cuts(made, [mutant(made, "R1:threshold-widened:days")]) == (days(9, 60),)


def test_faults_without_a_new_limit_need_no_cut() -> None:
    made = guideline(
        decision("d", rule("R1", "{all: [fever, {any: [cough, {days: at_least 10 d}]}]}", "{scan: soon}")),
        findings="days fever cough",
    )
    kept = [
        one for one in mutants(made) if "bound" not in one.id and "threshold" not in one.id and "unit" not in one.id
    ]
    assert len(kept) > 10
    assert cuts(made, kept) == ()
