"""Diagrams answer where they fit, SAT where they do not, and both say the same."""

from __future__ import annotations

from fractions import Fraction

import pytest

from redflag_kit.analyse.engines import DIAGRAMS, SAT, analysed, decide
from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.run import NEVER_MATTERS
from redflag_kit.analyse.subject import Subject
from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.cuts import Atoms, cut
from redflag_kit.compile.table import Compiled
from redflag_kit.diagnostics import codes
from redflag_kit.logic.algebra import R
from redflag_kit.logic.budget import Budget, BudgetExceeded
from redflag_kit.logic.mdd import count
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
    both = [f for f in faults if f.code is not codes.RF310]
    return [(f.code, f.rules, f.point, f.where and (f.where.cubes, f.where.exact)) for f in both]


def test_diagrams_answer_within_their_budget() -> None:
    found = analysed(*faulty(), Budget())
    assert found.engine == DIAGRAMS
    assert {f.code for f in found.answer.faults} >= {codes.RF301, codes.RF302, codes.RF304}
    assert not found.answer.unsettled


@pytest.mark.parametrize("nodes", [5, 260, 900])
def test_sat_finds_the_same_faults_where_diagrams_grow_too_large(nodes: int) -> None:
    # 5 nodes do not hold the variables, 260 not the meaning of the table, 900 not every analysis.
    found = analysed(*faulty(), Budget(nodes=nodes))
    assert found.engine == SAT
    assert told(found.answer.faults) == told(analysed(*faulty(), Budget()).answer.faults)
    assert [one.question for one in found.answer.unsettled] == [NEVER_MATTERS]


def test_few_seconds_allow_few_nodes() -> None:
    class Nodes:
        def __call__(self, subject: Subject[R], /) -> int:
            return getattr(subject.algebra, "node_budget", 0)

    assert decide(*faulty(), Nodes(), Budget(nodes=9_000_000, seconds=2.0)).answer == 500_000
    assert decide(*faulty(), Nodes(), Budget(nodes=9_000, seconds=2.0)).answer == 9_000


def test_what_no_engine_settles_is_told() -> None:
    found = analysed(*faulty(), Budget(seconds=0.0))
    assert not found.answer.faults
    assert [(one.question, one.budget) for one in found.answer.unsettled] == [("every fault", "0 s")]


def test_shares_are_weighed_by_diagrams_only() -> None:
    found = analysed(*faulty(), Budget(), weigher=lambda d: lambda region: Fraction(count(d.freeze(region))))
    assert all(f.where is None or f.where.share for f in found.answer.faults)
    fallen = analysed(*faulty(), Budget(nodes=5), weigher=lambda d: lambda region: Fraction(count(d.freeze(region))))
    assert all(f.where is None or f.where.share is None for f in fallen.answer.faults)


def test_a_question_that_exceeds_both_budgets_is_refused() -> None:
    class Endless:
        def __call__(self, subject: Subject[R], /) -> int:
            raise BudgetExceeded("the end", "everything")

    with pytest.raises(BudgetExceeded, match="the end"):
        decide(*faulty(), Endless(), Budget())


def test_the_faults_of_one_table_can_be_asked_for_while_the_others_are_read() -> None:
    words = models.vocabulary(
        [models.yes_no("s0"), models.yes_no("s1")], [models.ordered("visit", TIME), models.ordered("scan", TIME)]
    )
    first = models.decision("d", [models.rule("a", models.has("s0"), {"visit": "now"})])
    reads = [models.rule("b", models.said("visit", "now"), {"scan": "now"})]
    reads.append(models.rule("c", models.said("visit", "later"), {"scan": "later"}))
    compiled = compile_guideline(models.guideline(words, [first, models.decision("e", reads)]))
    found = analysed(compiled, cut((compiled,)), Budget(), decision="e").answer.faults
    assert {one.decision for one in found} == {"e"}
    (never,) = [one for one in found if one.code is codes.RF304]
    assert (never.rules, never.names) == (("c",), ("visit", "later"))
