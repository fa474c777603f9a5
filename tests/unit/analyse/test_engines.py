"""Diagrams answer where they fit, SAT where they do not, and both say the same."""

from __future__ import annotations

import pytest

from redflag_kit.analyse.answers import FAULTS, GAPS, MASKED, NEED_DIAGRAMS, NEVER, OVERLAPS, Answer, joined
from redflag_kit.analyse.engines import DIAGRAMS, SAT, Asked, Decided, analysed
from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.large import Weights
from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.cuts import Atoms, cut
from redflag_kit.compile.table import Compiled
from redflag_kit.diagnostics import codes
from redflag_kit.logic.budget import NO_DEADLINE, Budget, Deadline, nodes_within
from redflag_kit.model.condition import All, AtLeast
from redflag_kit.model.guideline import HitPolicy
from tests.property import models

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


def test_a_question_that_diagrams_settle_is_not_asked_again() -> None:
    # The weights show which engine answered: only diagrams weigh.
    weights = dict.fromkeys(SIGNS, (1, 1))
    found = answered(3_000, weights=weights)
    shares = {f.code: f.where.share for f in found.answer.faults if f.where}
    assert found.engine == SAT
    assert shares[codes.RF301] is None
    assert shares[codes.RF302] == answered(weights=weights).answer.faults[1].where.share  # type: ignore[union-attr]


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


def test_the_faults_of_one_table_can_be_asked_for_while_the_others_are_read() -> None:
    words = models.vocabulary(
        [models.yes_no("s0"), models.yes_no("s1")], [models.ordered("visit", TIME), models.ordered("scan", TIME)]
    )
    first = models.decision("d", [models.rule("a", models.has("s0"), {"visit": "now"})])
    reads = [models.rule("b", models.said("visit", "now"), {"scan": "now"})]
    reads.append(models.rule("c", models.said("visit", "later"), {"scan": "later"}))
    compiled = compile_guideline(models.guideline(words, [first, models.decision("e", reads)]))
    found = analysed(Asked(compiled, cut((compiled,)), decision="e"), 4_000_000, NO_DEADLINE).answer.faults
    assert {one.decision for one in found} == {"e"}
    (never,) = [one for one in found if one.code is codes.RF304]
    assert (never.rules, never.names) == (("c",), ("visit", "later"))
