"""Diagrams answer where they fit, SAT where they do not, and both say the same."""

from __future__ import annotations

from fractions import Fraction

import pytest

from redflag_kit.analyse import engines
from redflag_kit.analyse.answers import FAULTS, GAPS, MASKED, NEED_DIAGRAMS, NEVER, OVERLAPS, Answer, joined
from redflag_kit.analyse.engines import BOXES, DIAGRAMS, SAT, Asked, Decided, analysed
from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.guideline import analyse
from redflag_kit.analyse.large import Weights
from redflag_kit.analyse.rounds import ask_all
from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.cuts import Atoms, cut
from redflag_kit.compile.table import Compiled
from redflag_kit.diagnostics import codes
from redflag_kit.evaluate.engine import engine
from redflag_kit.logic.budget import MOST_SHARERS, NO_DEADLINE, Budget, Deadline, nodes_within, sharers, turns_of
from redflag_kit.model.condition import All, AtLeast
from redflag_kit.model.guideline import HitPolicy
from tests.property import models
from tests.unit.evaluate.worlds import decision, guideline, rule

SIGNS = tuple(f"s{i}" for i in range(12))
TIME = models.scale("later", "now")


def faulty() -> tuple[Compiled, Atoms]:
    """Return a table with a gap, an overlap and a rule that can never apply."""
    words = models.vocabulary([models.yes_no(name) for name in SIGNS], [models.ordered("visit", TIME)])
    some, many = (AtLeast(k, tuple(models.has(name) for name in SIGNS)) for k in (3, 5))
    rules = [
        models.rule("some", some, {"visit": "later"}),
        models.rule("many", many, {"visit": "now"}),
        models.rule("never", All((models.has("s0"), models.has("s0", "absent"))), {"visit": "now"}),
    ]
    compiled = compile_guideline(models.guideline(words, [models.decision("d", rules, policy=HitPolicy.UNIQUE)]))
    return compiled, cut((compiled,))


def told(faults: tuple[Fault, ...]) -> list[object]:
    """Return what both engines can tell."""
    both = [f for f in faults if f.code not in (codes.RF310, codes.RF312)]
    return [(f.code, f.rules, f.point, f.where and (f.where.cubes, f.where.exact)) for f in both]


def answered(nodes: int = 4_000_000, deadline: Deadline = NO_DEADLINE, weights: Weights | None = None) -> Decided:
    return analysed(Asked(*faulty(), weights), nodes, deadline)


def test_diagrams_answer_within_their_budget() -> None:
    found = answered()
    assert found.engine == DIAGRAMS
    assert {f.code for f in found.answer.faults} >= {codes.RF301, codes.RF302, codes.RF304}
    assert found.answer.complete


@pytest.mark.parametrize("nodes", [5, 260, 900])
def test_sat_finds_the_same_faults_where_diagrams_grow_too_large(nodes: int) -> None:
    # 5 nodes do not hold the variables, 260 not the meaning of the table, 900 not every analysis.
    found = answered(nodes)
    assert found.engine == SAT
    assert told(found.answer.faults) == told(answered().answer.faults)
    assert found.answer.unsettled == ()


def test_advice_that_needs_diagrams_is_not_given_without_them_and_leaves_no_fault_open() -> None:
    found = answered(5).answer
    assert tuple(one.question for one in found.ungiven) == NEED_DIAGRAMS
    assert found.unsettled == ()
    assert not found.complete


def test_only_what_diagrams_leave_open_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    by_diagrams = engines._by_diagrams

    def all_but_overlaps(asked: Asked, nodes: int, deadline: Deadline) -> list[Answer]:
        found = by_diagrams(asked, nodes, deadline)
        return [Answer(one.question, (), "few nodes") if one.question == OVERLAPS else one for one in found]

    monkeypatch.setattr(engines, "_by_diagrams", all_but_overlaps)
    # The weights show which engine answered: only diagrams weigh.
    found = answered(weights=dict.fromkeys(SIGNS, (1, 1)))
    shares = {f.code: f.where.share for f in found.answer.faults if f.where}
    assert found.engine == SAT
    assert shares[codes.RF301] is not None
    assert shares[codes.RF302] is None


def test_few_seconds_allow_few_nodes() -> None:
    assert nodes_within(9_000_000, NO_DEADLINE) == 9_000_000
    assert nodes_within(9_000, Budget(seconds=2.0).start()) == 9_000
    assert 0 < nodes_within(9_000_000, Budget(seconds=2.0).start()) <= 100_000


def test_what_no_engine_settles_is_told_question_by_question() -> None:
    found = answered(deadline=Budget(seconds=0.0).start()).answer
    assert not found.faults
    assert [one.question for one in found.unsettled] == list(FAULTS)
    assert {(one.budget, one.established) for one in found.unsettled} == {
        ("0 s", "none found so far; decided: nothing else")
    }


def test_shares_are_weighed_by_diagrams_only() -> None:
    weights = dict.fromkeys(SIGNS, (1, 1))
    found = answered(weights=weights)
    assert all(f.where is None or f.where.share for f in found.answer.faults)
    assert all(f.where is None or f.where.share is None for f in answered(5, weights=weights).answer.faults)


def test_nobody_at_all_is_found_by_either() -> None:
    words = models.vocabulary([models.yes_no("s0")], [models.ordered("visit", TIME)])
    table = models.decision("d", [models.rule("a", models.has("s0"), {"visit": "now"})])
    scope = All((models.has("s0"), models.has("s0", "absent")))
    compiled = compile_guideline(models.guideline(words, [table], scope=scope))
    for nodes in (1, 1000):
        found = analysed(Asked(compiled, cut((compiled,))), nodes, NO_DEADLINE).answer
        assert [f.code for f in found.faults] == [codes.RF305]
        assert found.complete


def test_what_is_known_of_a_question_left_open_is_told_beside_what_was_decided() -> None:
    fault = Fault(codes.RF302, "d", ("a", "b"))
    found = joined(
        [Answer(GAPS, ()), Answer(OVERLAPS, (fault,), "5 s"), Answer(NEVER, (fault,)), Answer(MASKED, (), "5 s")]
    )
    assert [one.established for one in found.unsettled] == [
        "1 so far, each of them proved; there may be more; decided: gaps (none), rules that cannot apply (1)",
        "none found so far; decided: gaps (none), rules that cannot apply (1)",
    ]


@pytest.mark.parametrize(("nodes", "by"), [(4_000_000, DIAGRAMS), (5, SAT)])
def test_the_faults_of_one_table_can_be_asked_for_while_the_others_are_read(nodes: int, by: str) -> None:
    words = models.vocabulary(
        [models.yes_no(name) for name in SIGNS], [models.ordered("visit", TIME), models.ordered("scan", TIME)]
    )
    some = AtLeast(3, tuple(models.has(name) for name in SIGNS))
    first = models.decision("d", [models.rule("a", some, {"visit": "now"})])
    reads = [models.rule("b", models.said("visit", "now"), {"scan": "now"})]
    reads.append(models.rule("c", models.said("visit", "later"), {"scan": "later"}))
    compiled = compile_guideline(models.guideline(words, [first, models.decision("e", reads)]))
    found = analysed(Asked(compiled, cut((compiled,)), decision="e"), nodes, NO_DEADLINE)
    assert found.engine == by
    assert {one.decision for one in found.answer.faults} == {"e"}
    (never,) = [one for one in found.answer.faults if one.code is codes.RF304]
    assert (never.rules, never.names) == (("c",), ("visit", "later"))


@pytest.mark.parametrize("name", ["", "d"])
def test_a_large_plain_table_is_answered_by_boxes_and_advice_that_they_cannot_give_is_not_given(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redflag_kit.analyse.large.MANY_RULES", 1)
    words = models.vocabulary([models.yes_no("s0"), models.yes_no("s1")], [models.ordered("visit", TIME)])
    rules = [models.rule(one, models.has(one), {"visit": "now"}) for one in ("s0", "s1")]
    compiled = compile_guideline(models.guideline(words, [models.decision("d", rules, policy=HitPolicy.UNIQUE)]))
    found = analysed(Asked(compiled, cut((compiled,)), decision=name), 4_000_000, NO_DEADLINE)
    assert found.engine == BOXES
    assert {fault.code for fault in found.answer.faults} >= {codes.RF301}
    assert {one.question for one in found.answer.ungiven} < set(NEED_DIAGRAMS)
    assert found.answer.ungiven
    weighed = analysed(Asked(compiled, cut((compiled,)), {"s0": (1, 3), "s1": (1, 1)}), 4_000_000, NO_DEADLINE)
    (gap,) = (fault.where for fault in weighed.answer.faults if fault.code is codes.RF301)
    assert gap is not None
    assert gap.share == Fraction(1, 8)


def test_a_default_that_nobody_reaches_is_no_fault_of_a_large_table_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redflag_kit.analyse.large.MANY_RULES", 1)
    words = models.vocabulary([models.yes_no("s0")], [models.ordered("visit", TIME)])
    rules = [models.rule(answer, models.has("s0", answer), {"visit": "now"}) for answer in ("absent", "present")]
    rest = [models.rule("rest", then=None)]
    table = models.decision("d", rules, policy=HitPolicy.UNIQUE, otherwise=rest)
    compiled = compile_guideline(models.guideline(words, [table]))
    for defaults, masked in ((frozenset[str](), [("rest",)]), (frozenset({"rest"}), [])):
        found = analysed(Asked(compiled, cut((compiled,)), defaults=defaults), 4_000_000, NO_DEADLINE)
        assert found.engine == BOXES
        assert [fault.rules for fault in found.answer.faults if fault.code is codes.RF306] == masked


def test_a_large_table_that_counts_is_answered_by_diagrams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redflag_kit.analyse.large.MANY_RULES", 1)
    assert answered().engine == DIAGRAMS


def test_nobody_at_all_is_found_by_search_where_diagrams_do_not_hold_the_variables() -> None:
    words = models.vocabulary([models.yes_no(name) for name in SIGNS], [models.ordered("visit", TIME)])
    some = AtLeast(3, tuple(models.has(name) for name in SIGNS))
    table = models.decision("d", [models.rule("a", some, {"visit": "now"})])
    scope = All((models.has("s0"), models.has("s0", "absent")))
    compiled = compile_guideline(models.guideline(words, [table], scope=scope))
    found = analysed(Asked(compiled, cut((compiled,))), 5, NO_DEADLINE)
    assert found.engine == SAT
    assert [f.code for f in found.answer.faults] == [codes.RF305]


def test_a_question_that_outlasted_its_part_of_the_time_is_asked_once_more() -> None:
    turns = turns_of(Budget(seconds=60).start())
    asked: list[str] = []

    def ask(question: str) -> Answer:
        asked.append(question)
        return Answer(question, (), turns.share if asked.count(question) == 1 and question == GAPS else "")

    assert all(not one.limit for one in ask_all([GAPS, OVERLAPS], ask, turns))
    assert asked == [GAPS, OVERLAPS, GAPS]


def test_no_step_has_less_than_an_eighth_of_the_time_left_however_many_follow() -> None:
    assert [sharers(left) for left in (1, 2, MOST_SHARERS, 50)] == [1, 2, MOST_SHARERS, MOST_SHARERS]


def test_findings_that_the_reference_has_no_time_to_confirm_are_not_shown_but_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ready = engine(guideline(decision("d", rule("A", "fever", "{scan: now}"), policy="UNIQUE", otherwise=None)))
    (gap,) = analyse(ready).shown
    found = analysed(Asked(ready.compiled, ready.atoms), 4_000_000, NO_DEADLINE)
    monkeypatch.setattr("redflag_kit.analyse.guideline.analysed", lambda *_: found)
    late = analyse(ready, deadline=Budget(seconds=0).start())
    assert gap.fault.code is codes.RF301
    assert late.shown == ()
    (told,) = late.unsettled
    assert told.question == f"whether the reference evaluator confirms {len(found.answer.faults)} more findings"
    assert told.established == "0 findings are confirmed and shown"
