"""Verdicts on hand-made guidelines: what they say, what is not decided, and faults of several parts at once."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from redflag_kit.evaluate.engine import engine_over
from redflag_kit.logic.budget import NO_DEADLINE, Budget, BudgetExceeded, Deadline
from redflag_kit.model.condition import All, Always, Any, Condition, Not, Range
from redflag_kit.model.guideline import Assignment, Guideline, HitPolicy
from redflag_kit.model.vignette import Expected, Stated
from redflag_kit.mutate.decide import Judge, decide, judge_of
from redflag_kit.mutate.deciding import search
from redflag_kit.mutate.deciding.compare import ELSEWHERE, NOBODY
from redflag_kit.mutate.deciding.confirm import NotConfirmed, Reference
from redflag_kit.mutate.deciding.prepared import run_of
from redflag_kit.mutate.deciding.search import searched
from redflag_kit.mutate.deciding.watching import watching
from redflag_kit.mutate.mutant import (
    AssumeChanged,
    GuardDropped,
    Mutant,
    Owner,
    PartsReplaced,
    PointsChanged,
    Replaced,
    RuleDropped,
    ThenChanged,
    Where,
)
from redflag_kit.mutate.verdict import Equivalent, Killed, NotDecided, Survived, Verdict, Watch, witnessed
from tests.property import models
from tests.property.faults import mutant_of
from tests.property.models import (
    between,
    decision,
    guideline,
    has,
    implies,
    ordered,
    rule,
    said,
    scale,
    total,
    vocabulary,
    yes_no,
)
from tests.property.verdicts import check_killers, check_patients
from tests.unit.mutate.every_fault import every_fault, is_one_of, is_open, watch

URGENCY = scale("avoid", "later", "soon", "now", against="avoid")
SCAN, VISIT = ordered("scan", URGENCY), ordered("visit", URGENCY)
A, B, C = map(has, "abc")
WORDS = vocabulary([yes_no("a"), yes_no("b"), yes_no("c", assume="absent")], [SCAN, VISIT])
PLAIN = guideline(
    WORDS,
    [decision("d", [rule("R1", A, {"scan": "now"}), rule("R2", All((A, B)), {"scan": "soon"})])],
    covers=["scan"],
)
SCOPE = Where(Owner.SCOPE)
R1, R2 = Where(Owner.RULE, "R1"), Where(Owner.RULE, "R2")
ANYBODY = watch("anybody", (), is_open("scan"))
WITH_A = watch("with a", (models.stated("a", "present"),), is_one_of("scan", "now"))


def words(**values: str) -> tuple[Stated, ...]:
    return tuple(Stated(name, frozenset({value})) for name, value in values.items())


def dropped(name: str) -> Mutant:
    return mutant_of(RuleDropped(name))


def judge_for(found: Guideline, mutants: list[Mutant], watches: list[Watch]) -> Judge:
    run = run_of(found, mutants, (one.vignette.findings for one in watches))
    ready = engine_over(run.ready)
    return judge_of(run, ready, watching(ready, watches), Budget().nodes, NO_DEADLINE)


def test_a_rule_whose_loss_a_vignette_notices_is_killed_by_it() -> None:
    strength = decide(PLAIN, [dropped("R1")], [WITH_A, ANYBODY])
    assert strength.verdicts == (Killed(dropped("R1"), ("with a",)),)
    assert strength.watching == ("with a", "anybody")


def test_a_vignette_that_does_not_hold_watches_nothing() -> None:
    wrong = watch("wrong", (models.stated("a", "present"),), is_one_of("scan", "soon"))
    strength = decide(PLAIN, [dropped("R1")], [wrong, WITH_A])
    assert strength.watching == ("with a",)
    assert strength.verdicts == (Killed(dropped("R1"), ("with a",)),)


def test_a_rule_whose_loss_nobody_notices_survives_with_the_least_patient() -> None:
    (verdict,) = decide(PLAIN, [dropped("R1")], []).verdicts
    assert isinstance(verdict, Survived)
    assert verdict.case == words(a="present", b="absent", c="absent")
    assert witnessed(verdict) is verdict


def test_a_rule_that_is_never_the_strongest_can_go() -> None:
    assert decide(PLAIN, [dropped("R2")], []).verdicts == (Equivalent(dropped("R2"), ELSEWHERE),)


def test_another_level_where_a_stronger_rule_decides_is_one_that_no_patient_tells() -> None:
    later = mutant_of(ThenChanged("R2", (Assignment("scan", ("later",)),)))
    assert decide(PLAIN, [later], []).verdicts == (Equivalent(later, NOBODY),)


def test_a_rule_that_nobody_meets_can_go() -> None:
    never = guideline(WORDS, [decision("d", [rule("R1", All((A, Not(A))), {"scan": "now"})])], covers=["scan"])
    assert decide(never, [dropped("R1")], []).verdicts == (Equivalent(dropped("R1"), NOBODY),)


def test_an_exception_that_nobody_meets_can_go_since_no_patient_tells() -> None:
    by, stopped = rule("R1", A, {"scan": "soon"}), rule("R2", All((B, Not(A))), {"scan": "now"}, unless=["R1"])
    never = guideline(WORDS, [decision("d", [by, stopped])], covers=["scan"])
    lost = mutant_of(GuardDropped("R2", "R1"))
    assert decide(never, [lost], []).verdicts == (Equivalent(lost, NOBODY),)


def test_a_survivor_whose_witness_is_beyond_the_budget_is_not_decided() -> None:
    def beyond() -> tuple[Stated, ...]:
        raise BudgetExceeded("the least patient", "3 nodes")

    lost = dropped("R1")
    assert witnessed(Survived(lost, None, beyond)) == NotDecided(lost, "3 nodes")
    assert witnessed(Killed(lost, ("v",))) == Killed(lost, ("v",))


def test_a_witness_is_found_once() -> None:
    calls = []

    def find() -> tuple[Stated, ...]:
        calls.append(1)
        return words(a="present")

    verdict = Survived(dropped("R1"), None, find)
    assert (verdict.case, verdict.case, len(calls)) == (words(a="present"), words(a="present"), 1)


def test_a_witness_that_is_read_otherwise_is_a_fault_of_the_kit() -> None:
    tied = guideline(WORDS, PLAIN.decisions, covers=["scan"], constraints=[implies(A, B)])
    reference = Reference(tied)
    absent = {"a": "absent", "b": "absent", "c": "absent"}
    with pytest.raises(NotConfirmed, match=r"^the witness of mutant m0 of rules@1\.0\.0 gets the same from both$"):
        reference.confirm(dropped("R1"), absent)
    with pytest.raises(NotConfirmed, match=r"^the witness of mutant m0 of rules@1\.0\.0 is no legal patient$"):
        reference.confirm(dropped("R1"), {**absent, "a": "present"})
    reference.confirm(dropped("R1"), {"a": "present", "b": "present", "c": "absent"})


def test_a_patient_is_read_once() -> None:
    reference = Reference(PLAIN)
    absent = {"a": "absent", "b": "absent", "c": "absent"}
    assert reference.outcome(absent) is reference.outcome(dict(absent))
    assert reference.outcome(absent) == {"scan": "gap"}


# ---------------------------------------------------------------- budgets


def test_what_there_is_no_time_for_is_not_decided() -> None:
    over = Deadline(0.0, "0 s")
    faults = [dropped("R1"), mutant_of(AssumeChanged("c", None), 1)]
    judge = judge_for(PLAIN, faults, [])
    open_ones = [judge.verdict(one, over) for one in faults]
    assert open_ones == [NotDecided(one, "0 s") for one in faults]
    assert searched(judge.comparing, judge.matrix, judge.wide, open_ones, over) == open_ones
    with pytest.raises(BudgetExceeded):
        decide(PLAIN, faults, [], deadline=over)


class Unmade(Deadline):
    """A deadline that is over once a region is made."""

    def check(self, question: str) -> None:
        if question == "the making of regions":
            raise BudgetExceeded(question, self.words)


def test_the_guideline_itself_is_made_until_the_deadline() -> None:
    with pytest.raises(BudgetExceeded, match=r"^the making of regions needs more than 9 s$"):
        decide(PLAIN, [dropped("R1")], [], deadline=Unmade(float("inf"), "9 s"))


def test_verdicts_are_given_until_the_deadline() -> None:
    class Late(Deadline):
        """A deadline that is over once a verdict is asked for."""

        def check(self, question: str) -> None:
            if question == "the verdict on a mutant":
                raise BudgetExceeded(question, self.words)

    late, lost = Late(float("inf"), "9 s"), dropped("R1")
    assert judge_for(PLAIN, [lost], []).verdict(lost, late) == NotDecided(lost, "9 s")


def test_what_diagrams_do_not_decide_is_searched_by_sat_with_all_vignettes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Judge, "verdict", lambda judge, mutant, deadline: NotDecided(mutant, "nothing"))
    faults = [dropped("R1"), dropped("R2")]
    assert decide(PLAIN, faults, [WITH_A]).verdicts == (
        Killed(faults[0], ("with a",)),
        Equivalent(faults[1], ELSEWHERE),
    )


def test_a_verdict_beyond_the_nodes_is_searched_by_sat(monkeypatch: pytest.MonkeyPatch) -> None:
    def beyond(judge: Judge, mutant: Mutant, edit: AssumeChanged) -> None:
        raise BudgetExceeded("cases", "7 nodes")

    monkeypatch.setattr(Judge, "of_assumption", beyond)
    lost = mutant_of(AssumeChanged("c", None), 1)
    judge = judge_for(PLAIN, [lost], [])
    assert judge.verdict(lost, NO_DEADLINE) == NotDecided(lost, "7 nodes")
    assert decide(PLAIN, [lost], []).verdicts == (NotDecided(lost, "7 nodes"),)


def test_sat_settles_what_diagrams_left_and_leaves_the_rest() -> None:
    faults = [dropped("R1"), mutant_of(AssumeChanged("c", None), 1), dropped("R2")]
    judge = judge_for(PLAIN, faults, [WITH_A])
    verdicts: list[Verdict] = [*(NotDecided(one, "nothing") for one in faults[:2])]
    verdicts.append(Equivalent(faults[2], "said before"))
    found = searched(judge.comparing, judge.matrix, judge.wide, verdicts, NO_DEADLINE)
    assert found == [Killed(faults[0], ("with a",)), verdicts[1], verdicts[2]]


def test_sat_leaves_what_it_has_no_time_for(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = dropped("R1")
    judge = judge_for(PLAIN, [lost], [])
    moments = iter([True])

    def check(deadline: Deadline, question: str) -> None:
        if question == "the verdict on a mutant" and next(moments):
            raise BudgetExceeded(question, deadline.words)

    monkeypatch.setattr(Deadline, "check", check)
    late = Deadline(float("inf"), "9 s")
    assert searched(judge.comparing, judge.matrix, judge.wide, [NotDecided(lost, "nothing")], late) == [
        NotDecided(lost, "9 s")
    ]


class Unsearched(Deadline):
    """A deadline that is over once a patient is searched for."""

    def check(self, question: str) -> None:
        if question == "the search for a point of a region":
            raise BudgetExceeded(question, self.words)


def test_sat_searches_until_the_deadline() -> None:
    lost = dropped("R1")
    judge = judge_for(PLAIN, [lost], [])
    open_ones = [NotDecided(lost, "nothing")]
    late = Unsearched(float("inf"), "9 s")
    assert searched(judge.comparing, judge.matrix, judge.wide, open_ones, late) == [NotDecided(lost, "9 s")]


def test_what_does_not_fit_into_gates_stays_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    def beyond(*_: object) -> None:
        raise BudgetExceeded("the gates", "5 gates")

    monkeypatch.setattr(search, "meaning", beyond)
    lost = dropped("R1")
    judge = judge_for(PLAIN, [lost], [])
    open_ones = [NotDecided(lost, "nothing")]
    assert searched(judge.comparing, judge.matrix, judge.wide, open_ones, NO_DEADLINE) == open_ones


def test_an_assumption_is_no_fault_to_any_patient() -> None:
    lost = AssumeChanged("c", None)
    assert judge_for(PLAIN, [mutant_of(lost)], []).comparing.faults.of(lost) == ()


def test_survivors_found_by_sat_have_no_region() -> None:
    lost = dropped("R1")
    judge = judge_for(PLAIN, [lost], [])
    (verdict,) = searched(judge.comparing, judge.matrix, judge.wide, [NotDecided(lost, "nothing")], NO_DEADLINE)
    assert isinstance(verdict, Survived)
    assert verdict.region is None
    assert verdict.case == words(a="present", b="absent", c="absent")


# ---------------------------------------------------------------- several parts at once


def parts(*replaced: tuple[Where, tuple[int, ...], Condition, Condition]) -> PartsReplaced:
    return PartsReplaced(tuple(Replaced(*one) for one in replaced))


SCOPED = guideline(
    WORDS,
    [
        decision("d", [rule("R1", A, {"scan": "now"}), rule("R2", All((A, B)), {"scan": "soon"})]),
        decision("e", [rule("R3", said("scan", "now"), {"visit": "soon"}), rule("R4", C, {"visit": "later"})]),
    ],
    scope=Any((A, C)),
)
COUNTED = guideline(
    WORDS,
    [
        decision("d", [rule("R1", total("s", 2, 9), {"scan": "now"}), rule("R2", B, {"scan": "soon"})]),
        decision(
            "e",
            [rule("R3", total("t", 1, 1), {"visit": "soon"}), rule("R4", total("u", 1, 1), {"visit": "later"})],
            policy=HitPolicy.FIRST,
        ),
    ],
    scores=[
        models.score("s", (A, 1), (B, 1), (C, 2)),
        models.score("t", (B, 1)),
        models.score("u", (total("t", 1, 1), 1)),
    ],
)
S0, S1, T0 = (Where(Owner.POINTS, name, index) for name, index in (("s", 0), ("s", 1), ("t", 0)))

SEVERAL: dict[str, tuple[Guideline, PartsReplaced]] = {
    "apart": (PLAIN, parts((R1, (), A, All((A, C))), (R2, (1,), B, All((B, Not(C)))))),
    "together": (PLAIN, parts((R1, (), A, C), (R2, (1,), B, C))),
    "one condition twice": (PLAIN, parts((R2, (0,), A, B), (R2, (1,), B, C))),
    "nothing in the end": (PLAIN, parts((R2, (0,), A, A), (R1, (), A, A))),
    "the scope": (SCOPED, parts((SCOPE, (0,), A, B))),
    "the scope as it is": (SCOPED, parts((SCOPE, (0,), A, A))),
    "the scope and a rule as they are": (SCOPED, parts((SCOPE, (0,), A, A), (R2, (1,), B, B))),
    "the scope and a rule": (SCOPED, parts((SCOPE, (0,), A, B), (R1, (), A, B))),
    "the scope and two rules at once": (SCOPED, parts((SCOPE, (0,), A, B), (R1, (), A, B), (R2, (1,), B, A))),
    "the scope twice": (SCOPED, parts((SCOPE, (0,), A, B), (SCOPE, (1,), C, Not(C)))),
    "the scope and rules read later": (
        SCOPED,
        parts((SCOPE, (1,), C, B), (R1, (), A, B), (Where(Owner.RULE, "R4"), (), C, A)),
    ),
    "a rule that reads": (
        SCOPED,
        parts((R1, (), A, B), (Where(Owner.RULE, "R3"), (), said("scan", "now"), said("scan", "now", "soon"))),
    ),
    "points": (COUNTED, parts((S0, (), A, B))),
    "points of one score": (COUNTED, parts((S0, (), A, B), (S1, (), B, C))),
    "points of one score negated": (COUNTED, parts((S0, (), A, Not(A)), (S1, (), B, Not(B)))),
    "points of two scores": (COUNTED, parts((S1, (), B, A), (T0, (), B, A))),
    "points of a score that another counts": (
        COUNTED,
        parts((T0, (), B, A), (Where(Owner.RULE, "R3"), (), total("t", 1, 1), C)),
    ),
    "points and a rule": (COUNTED, parts((T0, (), B, A), (R2, (), B, C))),
    "points and a rule that reads them": (COUNTED, parts((S0, (), A, B), (R1, (), total("s", 2, 9), total("s", 1, 9)))),
}


@pytest.mark.parametrize("name", SEVERAL)
def test_parts_replaced_at_once_change_what_the_mutant_says(name: str) -> None:
    found, edit = SEVERAL[name]
    check_patients((found, [mutant_of(edit)], []))
    watches = [
        watch(value, (models.stated("a", value), models.stated("b", other)), is_one_of("scan", level))
        for value, other, level in (("present", "absent", "now"), ("absent", "absent", "silent"))
    ]
    without_c = watch("in scope or not", (models.stated("c", "absent"),), is_one_of("scan", "now", "out_of_scope"))
    with_c = watch("with c", (models.stated("c", "present"),), is_open("scan"))
    check_killers((found, [mutant_of(edit)], [*watches, without_c, with_c, watch("open", (), is_open("scan"))]))


@pytest.mark.parametrize("worth", range(4))
def test_points_that_reach_further_count_in_what_reads_their_score(worth: int) -> None:
    found = guideline(
        WORDS,
        [
            decision(
                "d", [rule("R1", total("u", 1, 9), {"scan": "now"}), rule("R2", total("t", 2, 9), {"scan": "soon"})]
            )
        ],
        covers=["scan"],
        scores=[
            models.score("t", (A, 1)),
            models.score("u", (total("t", 1, 9), 1)),
            models.score("v", (C, 1)),
        ],
    )
    check_patients((found, [mutant_of(PointsChanged("t", 0, worth))], []))


@pytest.mark.parametrize("policy", [HitPolicy.COLLECT, HitPolicy.FIRST, HitPolicy.UNIQUE])
def test_a_rule_that_forgets_all_that_it_writes_changes_each_of_its_outputs(policy: HitPolicy) -> None:
    both = rule("R1", A, {"scan": "now", "visit": "soon"})
    found = guideline(WORDS, [decision("d", [both, rule("R2", Not(A), {"visit": "later"})], policy=policy)])
    silent = mutant_of(ThenChanged("R1", ()))
    check_patients((found, [silent], []))
    visited = watch("visited", (models.stated("a", "present"),), is_one_of("visit", "soon"))
    assert killers(found, silent, WITH_A, visited) == ("with a", "visited")


def test_the_same_words_written_again_change_nothing() -> None:
    (row,) = [one for one in PLAIN.rules() if one.id == "R1"]
    same = mutant_of(ThenChanged("R1", row.then))
    assert decide(PLAIN, [same], [WITH_A]).verdicts == (Equivalent(same, ELSEWHERE),)


# ---------------------------------------------------------------- findings and numbers that the guideline does not read


def test_the_witness_of_a_number_states_the_number() -> None:
    (verdict,) = decide(numbered(4), [dropped("R1")], []).verdicts
    assert isinstance(verdict, Survived)
    assert verdict.case == (Stated("n", ranges=(Range(Fraction(4), Fraction(4)),)), *words(b="absent"))


def test_a_finding_that_only_the_mutant_reads_tells_patients_apart() -> None:
    new = mutant_of(parts((R1, (), A, All((A, C)))))
    absent = watch("absent", (models.stated("a", "present"), models.stated("c", "absent")), is_one_of("scan", "now"))
    present = watch("present", (models.stated("a", "present"), models.stated("c", "present")), is_one_of("scan", "now"))
    assert decide(PLAIN, [new], [absent, present]).verdicts == (Killed(new, ("absent",)),)
    (alone,) = decide(PLAIN, [new], [present]).verdicts
    assert isinstance(alone, Survived)
    assert alone.case == words(a="present", b="absent", c="absent")


def test_a_vignette_that_leaves_the_new_finding_open_notices_it_by_what_is_assumed_of_it() -> None:
    new = mutant_of(parts((R1, (), A, All((A, C)))))
    assert decide(PLAIN, [new], [WITH_A]).verdicts == (Killed(new, ("with a",)),)
    turned = mutant_of(parts((R1, (), A, All((A, Not(C))))))
    (verdict,) = decide(PLAIN, [turned], [WITH_A]).verdicts
    assert isinstance(verdict, Survived)


def numbered(low: int) -> Guideline:
    found = vocabulary([models.number("n", 0, 9, assume=5), yes_no("b")], [SCAN])
    return guideline(found, [decision("d", [rule("R1", between("n", low), {"scan": "now"})], [rule("E")])])


@pytest.mark.parametrize("assume", range(10))
def test_an_assumed_number_counts_on_the_side_of_the_threshold_where_it_lies(assume: int) -> None:
    found = numbered(4)
    other = mutant_of(AssumeChanged("n", models.assumed(Fraction(assume))))
    nobody_asked = watch("not asked", (), is_one_of("scan", "now"))
    (verdict,) = decide(found, [other], [nobody_asked]).verdicts
    assert isinstance(verdict, Equivalent if assume >= 4 else Killed)


@pytest.mark.parametrize("low", range(1, 10))
def test_a_threshold_moved_is_noticed_between_the_two(low: int) -> None:
    found = numbered(4)
    moved = mutant_of(parts((R1, (), between("n", 4), between("n", low))))
    values = [
        watch(str(n), (models.stated("n", n),), is_one_of("scan", "now" if n >= 4 else "silent")) for n in range(10)
    ]
    (verdict,) = decide(found, [moved], values).verdicts
    between_the_two = tuple(str(n) for n in range(min(low, 4), max(low, 4)))
    assert (verdict.by if isinstance(verdict, Killed) else ()) == between_the_two


# ---------------------------------------------------------------- what vignettes watch


def killers(found: Guideline, mutant: Mutant, *watches: Watch) -> tuple[str, ...]:
    (verdict,) = decide(found, [mutant], watches).verdicts
    return verdict.by if isinstance(verdict, Killed) else ()


WATCHED: dict[str, Callable[[], Watch]] = {
    "not covered": lambda: watch("w", (models.stated("a", "present"),), is_one_of("visit", "not_covered")),
    "one of several": lambda: watch("w", (models.stated("a", "present"),), is_one_of("scan", "now", "soon")),
    "not covered, and another": lambda: watch(
        "w", (models.stated("a", "present"),), is_one_of("visit", "not_covered"), is_one_of("scan", "now")
    ),
    "not as expected": lambda: watch("w", (models.stated("a", "present"),), is_open("scan")),
    "not covered, expected to be": lambda: watch("w", (), is_one_of("visit", "now")),
    "everything open": lambda: watch("w", (), whole=is_open("")),
    "everything open, but is not": lambda: watch("w", (models.stated("a", "present"),), whole=is_open("")),
    "everything now": lambda: watch("w", (models.stated("a", "present"),), whole=is_one_of("", "now")),
    "everything now or nothing": lambda: watch("w", (), whole=is_one_of("", "now", "gap")),
    "everything to be filled in": lambda: watch("w", (), whole=Expected("", "TODO", todo=True)),
    "to be filled in": lambda: watch("w", (), Expected("scan", "TODO", todo=True)),
    "nothing else": lambda: watch("w", (models.stated("a", "absent"),), strict=True),
    "nothing else, but there is": lambda: watch("w", (models.stated("a", "present"),), strict=True),
    "contradiction": lambda: watch("w", (models.stated("a", "present"), models.stated("b", "absent")), is_open("scan")),
    "two with a wrong one": lambda: watch(
        "w", (models.stated("a", "present"),), is_one_of("scan", "now"), is_one_of("visit", "now")
    ),
}


@pytest.mark.parametrize("name", WATCHED)
def test_an_expectation_watches_what_it_says(name: str) -> None:
    found = guideline(WORDS, PLAIN.decisions, covers=["scan"], constraints=[implies(A, B)])
    faults = [
        dropped("R1"),
        dropped("R2"),
        mutant_of(parts((R1, (), A, Always())), 2),
        mutant_of(parts((R1, (), A, C)), 3),
    ]
    check_killers((found, faults, [WATCHED[name]()]))


@pytest.mark.parametrize("most", [64, 0])
def test_vignettes_watch_with_normal_values_that_fit_and_with_what_is_assumed(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redflag_kit.mutate.deciding.points.MOST", most)
    findings = [yes_no("a"), yes_no("b", clean="absent"), yes_no("c", clean="absent"), yes_no("w", assume="present")]
    rules = [rule("R1", All((A, B, has("w"))), {"scan": "now"}), rule("R2", All((A, C)), {"scan": "soon"})]
    found = guideline(vocabulary(findings, [SCAN], [implies(A, B)]), [decision("d", rules)])
    filled = watch("filled", (models.stated("a", "present"),), is_one_of("scan", "now"), clean=True)
    only_without_c = mutant_of(parts((R1, (), rules[0].when, All((A, B, has("w"), Not(C))))))
    assert killers(found, only_without_c, filled) == ()
    assert killers(found, dropped("R1"), filled) == ("filled",)
    assert killers(found, mutant_of(parts((R1, (1,), B, Not(B)))), filled) == ("filled",)


def test_what_a_rule_of_last_resort_comes_to_write_leaves_those_after_it_alone() -> None:
    last = [rule("E1", B, {"scan": "later"}), rule("E2", C, {"scan": "soon"}), rule("E3")]
    table = decision("d", [rule("R1", A, {"scan": "later"})], last, policy=HitPolicy.ANY)
    found = guideline(vocabulary([yes_no(name) for name in "abc"], [SCAN]), [table])
    opened = watch("open", (), is_one_of("scan", "later", "soon", "silent"))
    assert killers(found, mutant_of(ThenChanged("E1", (Assignment("scan", ("soon",)),))), opened) == ()
    assert killers(found, mutant_of(ThenChanged("E1", ())), opened) == ()
    assert killers(found, mutant_of(ThenChanged("E2", ())), opened) == ("open",)


@pytest.mark.parametrize("most", [64, 0])
def test_each_part_of_a_fault_is_noticed_by_its_own_vignettes(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redflag_kit.mutate.deciding.points.MOST", most)
    found = guideline(WORDS, [decision("d", [rule("R1", A, {"scan": "now"}), rule("R2", B, {"visit": "soon"})])])
    both = mutant_of(parts((R1, (), A, All((A, Not(C)))), (R2, (), B, All((B, C)))))
    one = watch("one", (models.stated("a", "present"), models.stated("c", "present")), is_one_of("scan", "now"))
    two = watch("two", (models.stated("b", "present"), models.stated("c", "absent")), is_one_of("visit", "soon"))
    assert killers(found, both, one, two) == ("one", "two")
    assert killers(found, both, two, one) == ("two", "one")


SOME = ordered("some", URGENCY, satisfied_by=["scan"])
IN_TURNS = guideline(
    vocabulary([yes_no("a"), yes_no("b")], [SCAN, SOME]),
    [
        decision(
            "d",
            [
                rule("R1", B, {"scan": "now", "some": "soon"}),
                rule("R2", Not(B), {"scan": "soon", "some": "soon"}),
                rule("R3", B, {"some": "now"}),
            ],
        )
    ],
)


@pytest.mark.parametrize("most", [64, 0])
def test_what_rules_write_of_all_may_change_as_long_as_the_same_is_possible(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redflag_kit.mutate.deciding.points.MOST", most)
    both = watch("both", (), whole=is_one_of("", "now", "soon"))
    turned = parts((R1, (), B, Not(B)), (R2, (), Not(B), B), (Where(Owner.RULE, "R3"), (), B, Not(B)))
    assert killers(IN_TURNS, mutant_of(turned), both) == ()
    assert killers(IN_TURNS, dropped("R3"), both) == ("both",)
    assert killers(IN_TURNS, dropped("R2"), both) == ("both",)


def test_all_being_open_is_unmet_once_what_rules_entail_of_one_is_settled() -> None:
    rules = [
        rule("R1", B, {"scan": "now", "visit": "later"}),
        rule("R2", Not(B), {"scan": "soon", "visit": "soon"}),
        rule("R3", All((B, Not(B))), {"some": "later"}),
    ]
    some = ordered("some", URGENCY, satisfied_by=["scan", "visit"])
    found = guideline(vocabulary([yes_no("a"), yes_no("b")], [SCAN, VISIT, some]), [decision("d", rules)])
    new = mutant_of(ThenChanged("R2", (Assignment("scan", ("soon",)), Assignment("visit", ("now",)))))
    assert killers(found, new, watch("open", (), whole=is_open(""))) == ("open",)


@pytest.mark.parametrize("most", [64, 0])
def test_a_word_meant_for_all_looks_at_what_rules_write_whatever_that_entails(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redflag_kit.mutate.deciding.points.MOST", most)
    found, both = IN_TURNS, watch("both", (), whole=is_one_of("", "now", "soon"))
    assert killers(found, dropped("R3"), watch("open", (), whole=is_open(""))) == ()
    assert killers(found, dropped("R3"), watch("listed", (), is_one_of("some", "now", "soon"))) == ()
    check_killers((found, every_fault(found), [both, watch("open", (), whole=is_open(""))]))


def test_a_vignette_with_two_expectations_kills_by_either() -> None:
    one = WITH_A
    other = Watch(one.vignette, watch("with a", (), strict=True).expectation)
    assert killers(PLAIN, dropped("R1"), other, one) == ("with a",)
    assert killers(PLAIN, dropped("R1"), other) == ()
