"""The numbers that mutants tell apart and their guideline does not."""

from dataclasses import replace
from fractions import Fraction

from redflag_kit.compile.expression import InputEntry, Interval
from redflag_kit.model.condition import All, Any
from redflag_kit.mutate.cuts import cuts
from redflag_kit.mutate.mutant import Owner, PartsReplaced, Replaced, Where
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


def test_a_limit_inside_a_new_group_is_a_cut_unless_the_old_one_has_it() -> None:
    made = guideline(
        decision(
            "d",
            rule("R1", "{all: [fever, {days: at_least 10 d}]}", "{scan: soon}"),
            rule("R2", "{days: above 30 d}", "{scan: now}"),
        ),
        findings="days fever",
    )
    group, later = (one.when for one in made.decisions[0].rules)
    assert isinstance(group, All)
    edit = PartsReplaced((Replaced(Where(Owner.RULE, "R1"), (), group, All((*group.members, later))),))
    assert cuts(made, [replace(mutants(made)[0], edit=edit)]) == (days(31, 60),)
    same = PartsReplaced((Replaced(Where(Owner.RULE, "R1"), (), group, Any(group.members)),))
    assert cuts(made, [replace(mutants(made)[0], edit=same)]) == ()
