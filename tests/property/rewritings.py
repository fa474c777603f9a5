"""The same guideline in other words: other ids, texts, spellings and orders, one meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from redflag_kit.diagnostics.span import Span
from redflag_kit.model.condition import (
    All,
    Any,
    AtLeast,
    Condition,
    Named,
    Not,
    NumberTest,
    OutputTest,
    Range,
    ScoreTest,
    WordTest,
)
from redflag_kit.model.evidence import Evidence
from redflag_kit.model.guideline import Decision, Guideline, HitPolicy, Rule
from redflag_kit.model.vocabulary import Comparison, Constraint, Finding
from tests.property.editions import Pair
from tests.property.generators import FEW, Chooser, guideline_of

_ELSEWHERE = Span("elsewhere.yaml", 7, 1, 7, 9)
_CITED = Evidence("KEY", "row 1", "partly", "weak", "low", "")


@st.composite
def rewritings(draw: st.DrawFn, patients: int = FEW) -> Pair:
    """Return a guideline and the same in other words and another order."""
    c = Chooser(draw)
    old = guideline_of(c, patients)
    return Pair(old, rewritten(c, old), ("other words",))


def rewritten(c: Chooser, guideline: Guideline) -> Guideline:
    """Return the guideline with other rule ids, texts, spellings of tests and orders, and definitions written out."""
    words = guideline.vocabulary
    findings = {name: replace(f, ask="Well?", label="thing", span=_ELSEWHERE) for name, f in words.findings.items()}
    constraints = [_rewritten_constraint(c, k, findings) for k in (*words.constraints, *guideline.constraints)]
    ids = {rule.id: f"r{i}" for i, rule in enumerate(c.shuffled(guideline.rules()))}
    outputs = {name: replace(guideline.outputs[name], label="thing") for name in c.shuffled([*guideline.outputs])}
    scores = (
        replace(s, points=tuple(replace(p, when=reworded(c, p.when, findings)) for p in c.shuffled(s.points)))
        for s in guideline.scores
    )
    return replace(
        guideline,
        title="other words",
        vocabulary=replace(words, title="other words", findings=findings, constraints=()),
        outputs=outputs,
        covers=tuple(c.shuffled(guideline.covers)),
        scope=reworded(c, guideline.scope, findings),
        definitions={},
        constraints=tuple(c.shuffled(constraints)),
        scores=tuple(scores),
        decisions=tuple(_rewritten_decision(c, decision, ids, findings) for decision in guideline.decisions),
    )


def _rewritten_constraint(c: Chooser, constraint: Constraint, findings: dict[str, Finding]) -> Constraint:
    if isinstance(constraint, Comparison):
        return replace(constraint, id="other", title="other words")
    when, then = (reworded(c, part, findings) for part in (constraint.when, constraint.then))
    return replace(constraint, id="other", title="other words", when=when, then=then)


def _rewritten_decision(c: Chooser, decision: Decision, ids: dict[str, str], findings: dict[str, Finding]) -> Decision:
    def rewrite(rule: Rule) -> Rule:
        guards = {r.id for r in decision.rules if r.id in rule.unless or rule.id in r.overrides}
        return replace(
            rule,
            id=ids[rule.id],
            title="other words",
            when=reworded(c, rule.when, findings),
            then=tuple(replace(a, values=tuple(c.shuffled(a.values))) for a in c.shuffled(rule.then)),
            unless=tuple(ids[name] for name in c.shuffled(sorted(guards))),
            overrides=(),
            evidence=(_CITED,),
            note="other words",
            span=_ELSEWHERE,
        )

    rules = tuple(map(rewrite, decision.rules))
    is_ordered = decision.hit_policy is HitPolicy.FIRST
    outputs = decision.outputs
    return replace(
        decision,
        question="Why?",
        rules=rules if is_ordered else tuple(c.shuffled(rules)),
        otherwise=None if decision.otherwise is None else tuple(map(rewrite, decision.otherwise)),
        outputs=outputs if decision.hit_policy is HitPolicy.PRIORITY else tuple(c.shuffled(outputs)),
        span=_ELSEWHERE,
    )


def reworded(c: Chooser, condition: Condition, findings: dict[str, Finding]) -> Condition:
    """Return a condition with members reordered, nested and repeated, tests respelled and definitions written out."""
    match condition:
        case Named(_, meaning):
            return reworded(c, meaning, findings)
        case Not(part):
            return Not(reworded(c, part, findings))
        case All(parts) | Any(parts):
            several: Callable[[tuple[Condition, ...]], Condition] = All if isinstance(condition, All) else Any
            members = [reworded(c, part, findings) for part in c.shuffled(parts)]
            if c.chance(30):
                members.append(members[0])
            if c.chance(30):
                members = [several(tuple(members[:1])), several(tuple(members[1:]))] if members[1:] else members
            return several(tuple(members))
        case AtLeast(n, parts):
            return AtLeast(n, tuple(reworded(c, part, findings) for part in c.shuffled(parts)))
        case NumberTest(finding, ranges, negated):
            grid = findings[finding].grid
            assert grid is not None
            inside = [grid.at(i) for i in range(grid.size) if any(grid.at(i) in r for r in ranges) != negated]
            return NumberTest(finding, tuple(Range(v, v) for v in c.shuffled(inside)), False, "one by one")
        case WordTest() | OutputTest() | ScoreTest():
            return replace(condition, text="other words")
        case _:
            return condition
