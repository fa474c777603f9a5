"""How time is divided and spent: what is asked of the clock, for which question, and what is left when it is over."""

from __future__ import annotations

from dataclasses import replace

import pytest

import redflag_kit.analyse.boxes as by_boxes
import redflag_kit.analyse.run as running
from redflag_kit.analyse.answers import (
    ADVICE,
    FAULTS,
    GAPS,
    NEED_DIAGRAMS,
    NEVER,
    NEVER_MATTERS,
    OVERLAPS,
    REDUNDANT,
    THREE_VALUED,
    Answer,
)
from redflag_kit.analyse.engines import DIAGRAMS, SAT, Asked, analysed
from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.guideline import analyse
from redflag_kit.analyse.properties.run import examine, examine_between
from redflag_kit.analyse.rounds import ask_all, better
from redflag_kit.analyse.run import Wanted, answers
from redflag_kit.analyse.subject import Subject
from redflag_kit.analyse.three_valued import three_valued
from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.diagnostics import codes
from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.budget import NO_DEADLINE, Budget, Deadline, Turns, turns_of
from redflag_kit.logic.sat import Clauses
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.semantics.regions import meaning
from tests.subjects import subject_of
from tests.unit.analyse.deadlines import few, noting
from tests.unit.analyse.properties.declared import declared
from tests.unit.analyse.properties.test_between import SILENT
from tests.unit.analyse.properties.test_between import declared as declared_between
from tests.unit.analyse.properties.test_kinds import TABLE
from tests.unit.analyse.tables import model, row, size, table, word
from tests.unit.analyse.test_boxes_found import COLLECT, FIRST, NEEDLESS, packed
from tests.unit.evaluate.worlds import decision, guideline, rule

RULES = (
    rule("A", "fever", "{scan: now}"),
    rule("B", "{all: [fever, cough]}", "{scan: now}"),
    rule("C", "{all: [fever, {not: cough}]}", "{scan: now}"),
)
CONFIRMING = "the confirmation of what was found"
REGIONS, SEARCH = "the making of regions", "the search for a point of a region"
FIRST_ENGINE = "an answer by decision diagrams"


def ready(policy: str) -> Engine:
    return engine(guideline(decision("d", *RULES, policy=policy, otherwise=None)))


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY", "FIRST", "COLLECT"])
def test_every_step_asks_for_time_for_the_question_it_answers(policy: str):
    deadline, asked = noting()
    analyse(ready(policy), deadline=deadline)
    assert set(asked) == {*FAULTS, *ADVICE, CONFIRMING, REGIONS}
    asked.clear()
    analyse(ready(policy), deadline=deadline, wanted=Wanted.FAULTS)
    assert set(asked) == {*FAULTS, CONFIRMING, REGIONS}


def test_the_solver_asks_for_time_for_the_same_questions():
    deadline, asked = noting()
    analyse(ready("UNIQUE"), nodes=1, deadline=deadline)
    assert set(asked) - {REGIONS} == {
        SEARCH,
        *(one for one in (*FAULTS, *ADVICE) if one not in NEED_DIAGRAMS),
        *NEED_DIAGRAMS,
        CONFIRMING,
        FIRST_ENGINE,
    }


def test_boxes_ask_for_time_for_the_same_questions():
    asked: list[str] = []
    for one in (FIRST, NEEDLESS, COLLECT):
        deadline, noted = noting()
        by_boxes.run(packed(model(one)), deadline=deadline)
        asked += noted
    own = {
        "the region that no rule covers",
        "a short description of the region that no rule covers",
        "which rules overlap",
        "which rules touch each other",
        "whether some rules cover another one",
    }
    assert set(asked) - own - {REGIONS} == {one for one in (*FAULTS, *ADVICE) if one != "three-valued evaluation"}


def test_properties_ask_for_time_by_their_names():
    one = guideline(TABLE)
    deadline, asked = noting()
    examine(one, declared(one, "always: {scan: now}", "never: {scan: gap}"), deadline=deadline)
    assert set(asked) == {REGIONS, "the property P0", "the property P1"}
    asked.clear()
    examine(one, declared(one, "always: {scan: now}", "never: {scan: gap}"), nodes=1, deadline=deadline)
    assert set(asked) == {REGIONS, SEARCH, "the property P0", "the property P1"}


def test_what_needs_diagrams_says_so_where_there_are_none():
    found = analyse(ready("UNIQUE"), nodes=1)
    assert [(one.question, one.budget) for one in found.ungiven] == [
        (one, "what can be answered without decision diagrams") for one in NEED_DIAGRAMS
    ]


def test_properties_between_editions_ask_for_time_by_their_names():
    old, new = ((one, compile_guideline(one)) for one in SILENT)
    for nodes, more in ((4_000_000, set[str]()), (1, {SEARCH})):
        deadline, asked = noting()
        examine_between(old, new, declared_between(SILENT, "never_less_urgent: [scan]"), nodes, deadline)
        assert set(asked) == {REGIONS, "the property P", *more}


def test_each_question_has_an_equal_part_of_the_time_that_is_left_for_its_regions_too(
    monkeypatch: pytest.MonkeyPatch,
):
    left: list[float] = []

    def noted(subject: Subject[BddRegion], question: str) -> Answer:
        left.append(subject.deadline.left())
        return Answer(question, ())

    monkeypatch.setattr(running, "_answer", noted)
    answers(replace(subject_of(ready("COLLECT")), deadline=turns_of(Budget(seconds=60_000).start())), FAULTS[:3])
    assert left == [pytest.approx(part, rel=0.05) for part in (20_000, 30_000, 60_000)]


def test_what_needs_diagrams_is_answered_each_under_its_question():
    either = rule("E", "{any: [{all: [fever, cough]}, {all: [fever, {not: cough}]}]}", "{scan: now}")
    subject = subject_of(engine(guideline(decision("d", either))))
    found = answers(subject, (NEVER_MATTERS, THREE_VALUED))
    assert [[fault.code for fault in one.faults] for one in found] == [[codes.RF310], [codes.RF312]]


def test_what_outlasts_its_turn_is_asked_again_of_a_search_but_not_of_diagrams(monkeypatch: pytest.MonkeyPatch):
    turns, asked = turns_of(Budget(seconds=60_000).start()), []

    def late(_: object, question: str) -> Answer:
        asked.append(question)
        return Answer(question, (), turns.share)

    monkeypatch.setattr(running, "_answer", late)
    one = ready("COLLECT")
    answers(replace(subject_of(one), deadline=turns), (GAPS, NEVER))
    assert asked == [GAPS, NEVER]
    asked.clear()
    clauses = Clauses(one.atoms.space)
    read = meaning(one.compiled, one.atoms, clauses)
    answers(Subject(one.compiled, one.atoms, clauses, read, deadline=turns), (GAPS, NEVER))
    assert asked == [GAPS, NEVER, GAPS, NEVER]


def test_three_valued_evaluation_asks_for_time_region_by_region():
    deadline, asked = noting()
    list(three_valued(replace(subject_of(ready("COLLECT")), deadline=deadline), 4_000_000))
    assert REGIONS in asked


@pytest.mark.parametrize("seconds", [None, 1000])
def test_regions_of_properties_ask_for_time_one_by_one_where_it_is_limited(seconds: int | None):
    one, claim = guideline(TABLE), "never_less_urgent: [scan]"
    old, new = ((edition, compile_guideline(edition)) for edition in SILENT)
    ends = float("inf") if seconds is None else Budget(seconds=seconds).start().at
    deadline, asked = noting(ends)
    examine(one, declared(one, "always: {scan: now}"), deadline=deadline)
    assert (asked.count(REGIONS) > 1) == (seconds is not None)
    asked.clear()
    examine_between(old, new, declared_between(SILENT, claim), deadline=deadline)
    assert (asked.count(REGIONS) > 1) == (seconds is not None)


# ---------------------------------------------------------------- what is asked for


def test_what_is_wanted_is_asked_in_order():
    assert Wanted.FAULTS.questions == FAULTS
    assert Wanted.EVERYTHING.questions == (*FAULTS, *ADVICE)
    assert Wanted.ADVICE.questions == (*FAULTS, *ADVICE[:-1])


def test_answers_are_given_question_by_question_in_the_order_asked():
    subject = subject_of(ready("COLLECT"))
    found = answers(subject, (NEVER, GAPS, REDUNDANT))
    assert [one.question for one in found] == [NEVER, GAPS, REDUNDANT]
    assert [[fault.code for fault in one.faults] for one in found] == [
        [],
        [codes.RF301],
        [codes.RF309, codes.RF308, codes.RF308],
    ]


@pytest.mark.parametrize(("steps", "sets"), [(4, 0), (5, 1), (6, 2), (7, 3)])
def test_a_question_out_of_time_keeps_what_was_found_before(steps: int, sets: int):
    # It is asked at the start, once per table, once per rule to find repetitions, and after each set of rules.
    pairs = (("A", "none", "mild"), ("B", "mild", "severe"), ("C", "none", "severe"))
    rules = (rule(name, f"{{pain: [{one}, {other}]}}", "{scan: now}") for name, one, other in pairs)
    every = subject_of(engine(guideline(decision("d", *rules, policy="UNIQUE"), findings="pain")))
    limited = replace(every, deadline=few(steps))
    (found,) = answers(limited, (OVERLAPS,))
    assert (found.question, found.limit, len(found.faults)) == (OVERLAPS, "a few steps", sets)


# ---------------------------------------------------------------- turns


class Recording(Turns):
    """Turns that note with how many steps each begins."""

    __slots__ = ("begun",)

    def begin(self, steps_left: float) -> None:
        begun.append(steps_left)


begun: list[float] = []


def recording() -> Recording:
    begun.clear()
    return Recording(NO_DEADLINE.at, "no limit", NO_DEADLINE)


def test_faults_share_the_time_equally_and_advice_together_has_a_part_set_aside():
    turns = recording()
    questions = [GAPS, REDUNDANT, OVERLAPS, *NEED_DIAGRAMS]
    asked: list[str] = []

    def ask(question: str) -> Answer:
        asked.append(question)
        return Answer(question, ())

    assert ask_all(questions, ask, turns) == [Answer(one, ()) for one in questions]
    assert asked == [GAPS, OVERLAPS, REDUNDANT, *NEED_DIAGRAMS]
    assert begun == [2.75, 1.75, 3, 2, 1]


@pytest.mark.parametrize(("advice", "second"), [([REDUNDANT], [2.25, 1.25]), ([], [2, 1])])
def test_what_outlasted_its_part_is_asked_once_more_before_any_advice(advice: list[str], second: list[float]):
    turns = recording()
    asked: list[str] = []

    def ask(question: str) -> Answer:
        asked.append(question)
        limit = turns.share if question in (GAPS, NEVER) else "2 s" if question == OVERLAPS else ""
        return Answer(question, (), limit)

    found = ask_all([GAPS, OVERLAPS, NEVER, *advice], ask, turns)
    assert [one.limit for one in found] == [turns.share, "2 s", turns.share, *("" for _ in advice)]
    assert asked == [GAPS, OVERLAPS, NEVER, GAPS, NEVER, *advice]
    assert begun[3:] == [*second, *(1 for _ in advice)]
    asked.clear()
    ask_all([GAPS, OVERLAPS, NEVER, *advice], ask, turns, again=False)
    assert asked == [GAPS, OVERLAPS, NEVER, *advice]


def test_of_two_answers_the_one_that_says_more_is_kept():
    one, two = Fault(codes.RF301, "d", ()), Fault(codes.RF301, "e", ())
    decided, empty = Answer(GAPS, ()), Answer(GAPS, (), "2 s")
    some, more = Answer(GAPS, (one,), "1 s"), Answer(GAPS, (one, two), "2 s")
    assert better(some, decided) == decided
    assert better(some, empty) == some
    assert better(some, more) == more
    assert better(more, some) == more
    assert better(empty, Answer(GAPS, (), "1 s")) == Answer(GAPS, (), "1 s")


def test_diagrams_have_a_fifth_of_the_time_and_the_solver_the_rest(monkeypatch: pytest.MonkeyPatch):
    given: list[float] = []

    def turns(deadline: Deadline) -> Turns:
        given.append(deadline.left())
        return turns_of(deadline)

    monkeypatch.setattr("redflag_kit.analyse.engines.turns_of", turns)
    made = ready("UNIQUE")
    found = analysed(Asked(made.compiled, made.atoms), 1, Deadline(NO_DEADLINE.at, "no limit"))
    assert found.engine == SAT
    given.clear()
    found = analysed(Asked(made.compiled, made.atoms), 1, Budget(seconds=1000.0).start())
    assert found.engine == SAT
    assert given == [pytest.approx(200, abs=20), pytest.approx(1000, abs=20)]
    assert analysed(Asked(made.compiled, made.atoms), 4_000_000, NO_DEADLINE).engine == DIAGRAMS


def test_a_table_of_boxes_is_asked_only_for_what_is_wanted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("redflag_kit.analyse.large.MANY_RULES", 1)
    one = packed(model(table([row("a", size(0, 3)), row("b", word("kind", "a"))], HitPolicy.UNIQUE)))
    faults = analysed(Asked(one.compiled, one.atoms, wanted=Wanted.FAULTS), 1, NO_DEADLINE).answer
    assert {fault.code for fault in faults.faults} == {codes.RF301, codes.RF302}
    assert faults.complete
    late = analysed(Asked(one.compiled, one.atoms, wanted=Wanted.FAULTS), 1, few(0)).answer
    assert {left.budget for left in late.unsettled} == {"a few steps"}
