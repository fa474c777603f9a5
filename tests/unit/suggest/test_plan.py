"""Plans for a small guideline: who is drafted, what they are said to notice, and that it is read again literally."""

from __future__ import annotations

from fractions import Fraction

from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.guideline import Guideline
from redflag_kit.suggest.goal import Goal
from redflag_kit.suggest.meet import Effort
from redflag_kit.suggest.plan import Plan, plan
from tests.unit.suggest.small import faults, faulty, goals, ready, small, subject


def planned(wanted: list[Goal]) -> Plan:
    return plan(subject(), wanted, faulty, Effort())


def present(finding: str) -> BddRegion:
    return ready().diagrams.literal(finding, 1 << ready().atoms.atom_of(finding, "present"))


def told(found: Plan) -> dict[str, tuple[str, ...]]:
    return {draft.vignette.id: draft.notices for draft in found.drafts}


def test_few_patients_notice_all_that_is_wanted_those_who_notice_most_first() -> None:
    found = planned(goals())
    assert {name: len(notices) for name, notices in told(found).items()} == {
        "g-1-fever-cough-age-60": 16,
        "g-1-worry-age-59": 7,
        "g-1-cough-worry": 3,
    }
    assert told(found)["g-1-cough-worry"] == ("R2:rule-dropped", "R2:outcome-dropped:scan", "R2:outcome-lowered:scan")
    assert (found.goals, found.bound, found.tried, found.exact, found.unconfirmed) == (26, 3, 5, True, ())
    names = [name for draft in found.drafts for name in draft.notices]
    assert sorted(names) == sorted(goal.id for goal in goals())


def test_the_patient_of_a_draft_has_every_finding() -> None:
    first = planned(goals()).drafts[0]
    assert first.patient == {"fever": "present", "cough": "present", "worry": "absent", "age": Fraction(60)}


def test_a_draft_asks_for_what_the_rules_say_and_for_one_word_where_they_say_nothing() -> None:
    asked = [draft.vignette.expectations[0] for draft in planned(goals()).drafts]
    assert [[one.output for one in each.outcomes] for each in asked] == [["scan", "likely"], [], ["scan"]]
    assert [each.whole is not None for each in asked] == [False, True, False]


def test_an_output_on_which_a_fault_speaks_is_asked_for_where_another_is_said() -> None:
    found = planned(goals("R3:threshold-widened", "R1:rule-dropped"))
    (draft,) = found.drafts
    assert [one.output for one in draft.vignette.expectations[0].outcomes] == ["scan", "likely"]
    assert draft.notices == ("R1:rule-dropped", "R3:threshold-widened:age")


def test_names_that_are_taken_are_not_given_again() -> None:
    found = plan(subject("g-1-cough-worry"), goals("R2:rule-dropped"), faulty, Effort())
    assert [*told(found)] == ["g-1-cough-worry-2"]


def test_two_drafts_never_share_a_name() -> None:
    ill = present("fever") & present("cough") & present("worry")
    young = ready().diagrams.literal("age", 1 << ready().atoms.atom_of("age", Fraction(40)))
    found = plan(subject(), [Goal("a", ill & young), Goal("b", ill & ~young)], lambda name: None, Effort())
    assert sorted(told(found)) == ["g-1-fever-cough-worry", "g-1-fever-cough-worry-2"]


def test_a_goal_that_is_no_fault_is_met_by_every_completion() -> None:
    found = planned([Goal("calm people", ~present("worry"))])
    (draft,) = found.drafts
    assert draft.notices == ("calm people",)
    assert "worry" in {one.finding for one in draft.vignette.findings}
    assert (found.goals, found.unconfirmed) == (1, ())


def test_what_nobody_shows_is_no_goal() -> None:
    assert planned([Goal("nobody", ready().diagrams.empty)]) == Plan((), 0, 0, 0, True)


def test_a_fault_that_the_literal_interpreter_does_not_see_is_unconfirmed() -> None:
    wanted = goals("R1:rule-dropped", "R2:rule-dropped")

    def harmless(name: str) -> Guideline | None:
        return small() if name == "R1:rule-dropped" else faulty(name)

    found = plan(subject(), wanted, harmless, Effort())
    assert found.unconfirmed == ("R1:rule-dropped",)
    assert found.goals == 2
    assert [name for draft in found.drafts for name in draft.notices] == ["R2:rule-dropped"]


def test_unconfirmed_faults_of_all_patients_are_told() -> None:
    wanted = goals("R1:rule-dropped", "R2:rule-dropped")
    found = plan(subject(), wanted, lambda _: small(), Effort())
    assert len(found.drafts) == 2
    assert {*found.unconfirmed} == {"R1:rule-dropped", "R2:rule-dropped"}
    assert [draft.notices for draft in found.drafts] == [(), ()]


def test_every_fault_is_read_literally_once() -> None:
    asked: list[str] = []

    def counting(name: str) -> Guideline | None:
        asked.append(name)
        return faulty(name)

    plan(subject(), goals(), counting, Effort())
    assert sorted(asked) == sorted(goal.id for goal in goals())
    assert {*asked} <= {*faults()}
