"""Pairs of editions: a guideline beside an edited copy of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from redflag_kit.model.condition import (
    All,
    Any,
    AtLeast,
    Condition,
    Named,
    Not,
    NumberTest,
    OutputTest,
    ScoreTest,
    WordTest,
    tests,
)
from redflag_kit.model.guideline import Decision, Guideline, HitPolicy, Rule
from redflag_kit.model.vocabulary import Combine, Grid, Kind
from redflag_kit.terms.version import Version
from tests.property import models
from tests.property.generators import (
    FEW,
    Chooser,
    Testable,
    assume_of,
    condition_of,
    constraints_of,
    exceptions_among,
    finding_of,
    finding_test,
    guideline_of,
    output_test,
    rule_of,
    score_test,
    then_of,
    value_of,
)


@dataclass(frozen=True)
class Pair:
    """Two editions and what was edited, in words."""

    old: Guideline
    new: Guideline
    edits: tuple[str, ...]


@st.composite
def editions(draw: st.DrawFn, patients: int = FEW) -> Pair:
    """Return a guideline and a copy with one to three edits, either way round."""
    return pair_of(Chooser(draw), patients)


def pair_of(c: Chooser, patients: int) -> Pair:
    old = guideline_of(c, patients)
    new = replace(old, version=Version((2, 0, 0), "2.0.0"))
    done: list[str] = []
    for _ in range(c.number(1, 3)):
        name = c.pick(sorted(EDITS))
        new = EDITS[name](c, new)
        done.append(name)
    return Pair(new, old, tuple(done)) if c.chance(30) else Pair(old, new, tuple(done))


# ---------------------------------------------------------------- edits


def with_rule(guideline: Guideline, decision: Decision, new: Rule) -> Guideline:
    def swap(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(new if rule.id == new.id else rule for rule in rules)

    otherwise = None if decision.otherwise is None else swap(decision.otherwise)
    return _with_decision(guideline, replace(decision, rules=swap(decision.rules), otherwise=otherwise))


def _with_decision(guideline: Guideline, decision: Decision) -> Guideline:
    changed = tuple(decision if d.id == decision.id else d for d in guideline.decisions)
    return replace(guideline, decisions=changed)


def _a_rule(c: Chooser, guideline: Guideline) -> tuple[Decision, Rule]:
    decision = c.pick(guideline.decisions)
    return decision, c.pick((*decision.rules, *(decision.otherwise or ())))


def _testable(guideline: Guideline, decision: Decision | None = None) -> Testable:
    """Return what a decision may test: outputs of earlier decisions only; without a decision, findings only."""
    testable = Testable(list(guideline.vocabulary.findings.values()), dict(guideline.definitions))
    if decision is not None:
        earlier = guideline.decisions[: [d.id for d in guideline.decisions].index(decision.id)]
        testable.outputs = [guideline.outputs[o] for d in earlier for o in d.outputs]
        testable.scores = list(guideline.scores)
    return testable


def change_test(c: Chooser, guideline: Guideline) -> Guideline:
    decision, rule = _a_rule(c, guideline)
    return with_rule(guideline, decision, with_another_test(c, guideline, rule))


def with_another_test(c: Chooser, guideline: Guideline, rule: Rule) -> Rule:
    """Return the rule with one of its tests changed: another threshold, other words, levels or sums."""
    count = len(list(tests(rule.when)))
    if not count:
        return rule
    left = c.number(0, count - 1)

    def change(condition: Condition) -> Condition:
        nonlocal left
        match condition:
            case All(parts):
                return All(tuple(map(change, parts)))
            case Any(parts):
                return Any(tuple(map(change, parts)))
            case AtLeast(n, parts):
                return AtLeast(n, tuple(map(change, parts)))
            case Not(part):
                return Not(change(part))
            case Named(_, meaning):
                return change(meaning)
            case WordTest() | NumberTest() | OutputTest() | ScoreTest():
                left -= 1
                return _another(c, guideline, condition) if left == -1 else condition
            case _:
                return condition

    return replace(rule, when=change(rule.when))


def _another(c: Chooser, guideline: Guideline, test: WordTest | NumberTest | OutputTest | ScoreTest) -> Condition:
    match test:
        case NumberTest(finding, (first, *rest)) if c.chance(70):
            grid = guideline.vocabulary.findings[finding].grid
            assert grid is not None
            shift = c.pick((1, -1)) * grid.step
            low, high = (None if end is None else end + shift for end in (first.low, first.high))
            moved = replace(first, low=low, high=high)
            return replace(test, ranges=(moved, *rest))
        case WordTest(finding) | NumberTest(finding):
            return finding_test(c, guideline.vocabulary.findings[finding])
        case OutputTest(output):
            return output_test(c, guideline.outputs[output])
        case ScoreTest(score):
            return score_test(c, next(s for s in guideline.scores if s.id == score))


def swap_all_and_any(c: Chooser, guideline: Guideline) -> Guideline:
    decision, rule = _a_rule(c, guideline)
    match rule.when:
        case All(parts):
            when: Condition = Any(parts)
        case Any(parts):
            when = All(parts)
        case other:
            when = All((other, condition_of(c, _testable(guideline, decision), 1)))
    return with_rule(guideline, decision, replace(rule, when=when))


def drop_a_rule(c: Chooser, guideline: Guideline) -> Guideline:
    decision = c.pick(guideline.decisions)
    if len(decision.rules) == 1:
        return guideline
    gone = c.pick(decision.rules).id
    rules = tuple(
        replace(
            rule,
            unless=tuple(name for name in rule.unless if name != gone),
            overrides=tuple(name for name in rule.overrides if name != gone),
        )
        for rule in decision.rules
        if rule.id != gone
    )
    return _with_decision(guideline, replace(decision, rules=rules))


def add_a_rule(c: Chooser, guideline: Guideline) -> Guideline:
    decision = c.pick(guideline.decisions)
    outputs = [guideline.outputs[o] for o in decision.outputs]
    rule = rule_of(c, f"{decision.id}.new{len(decision.rules)}", _testable(guideline, decision), outputs)
    over = tuple(r.id for r in c.some(decision.rules)) if c.chance(50) else ()
    return _with_decision(guideline, replace(decision, rules=(*decision.rules, replace(rule, overrides=over))))


def change_a_level(c: Chooser, guideline: Guideline) -> Guideline:
    decision, rule = _a_rule(c, guideline)
    if not rule.then:
        then = then_of(c, [guideline.outputs[o] for o in decision.outputs])
    else:
        then = {a.output: list(a.values) for a in rule.then}
        output = guideline.outputs[c.pick(rule.then).output]
        then[output.id] = value_of(c, output)
    return with_rule(guideline, decision, replace(rule, then=models.rule("", then=then).then))


def change_the_scope(c: Chooser, guideline: Guideline) -> Guideline:
    return replace(guideline, scope=condition_of(c, _testable(guideline)))


def change_the_hit_policy(c: Chooser, guideline: Guideline) -> Guideline:
    decision = c.pick(guideline.decisions)
    on_scales = all(guideline.outputs[o].scale for o in decision.outputs)
    policies = [p for p in HitPolicy if on_scales or p is not HitPolicy.PRIORITY]
    return _with_decision(guideline, replace(decision, hit_policy=c.pick(policies)))


def change_exceptions(c: Chooser, guideline: Guideline) -> Guideline:
    decision = c.pick(guideline.decisions)
    return _with_decision(guideline, replace(decision, rules=tuple(exceptions_among(c, list(decision.rules)))))


def change_otherwise(c: Chooser, guideline: Guideline) -> Guideline:
    decision = c.pick(guideline.decisions)
    then = then_of(c, [guideline.outputs[o] for o in decision.outputs]) if c.chance(50) else None
    last = models.rule(f"{decision.id}.last", then=then)
    return _with_decision(guideline, replace(decision, otherwise=None if c.chance(30) else (last,)))


def reorder_rules(c: Chooser, guideline: Guideline) -> Guideline:
    decision = c.pick(guideline.decisions)
    return _with_decision(guideline, replace(decision, rules=tuple(c.shuffled(decision.rules))))


def add_a_finding(c: Chooser, guideline: Guideline) -> Guideline:
    """Add a finding to the vocabulary and a test of it to a rule."""
    name = f"new{len(guideline.vocabulary.findings)}"
    findings = {**guideline.vocabulary.findings, name: finding_of(c, name, 3)}
    decision, rule = _a_rule(c, guideline)
    parts = (rule.when, finding_test(c, findings[name]))
    both = All(parts) if c.chance(50) else Any(parts)
    wider = replace(guideline, vocabulary=replace(guideline.vocabulary, findings=findings))
    return with_rule(wider, decision, replace(rule, when=both))


def widen_a_finding(c: Chooser, guideline: Guideline) -> Guideline:
    """Let a choice take another word, or a number another step up or down."""
    finding = c.pick([*guideline.vocabulary.findings.values()])
    if finding.kind is Kind.CHOICE:
        wider = replace(finding, words=(*finding.words, f"word{len(finding.words)}"))
    elif finding.grid:
        grid = finding.grid
        low, high = (grid.low - grid.step, grid.high) if c.chance(50) else (grid.low, grid.high + grid.step)
        wider = replace(finding, grid=Grid(low, high, grid.step))
    else:
        return guideline
    words = guideline.vocabulary
    return replace(guideline, vocabulary=replace(words, findings={**words.findings, finding.id: wider}))


def change_constraints(c: Chooser, guideline: Guideline) -> Guideline:
    return replace(
        guideline,
        constraints=tuple(constraints_of(c, _testable(guideline))),
        vocabulary=replace(guideline.vocabulary, constraints=()),
    )


def change_assumptions(c: Chooser, guideline: Guideline) -> Guideline:
    return replace(guideline, assume=assume_of(c, guideline.vocabulary))


def change_how_an_output_combines(c: Chooser, guideline: Guideline) -> Guideline:
    output = c.pick([*guideline.outputs.values()])
    other = Combine.LOWEST if output.combine is Combine.HIGHEST else Combine.HIGHEST
    changed = {output.id: replace(output, combine=other)}
    words = guideline.vocabulary
    if output.id in words.outputs:
        words = replace(words, outputs={**words.outputs, **changed})
    return replace(guideline, vocabulary=words, outputs={**guideline.outputs, **changed})


def change_what_is_covered(c: Chooser, guideline: Guideline) -> Guideline:
    """Cover an output of the vocabulary that no rule writes."""
    missing = [name for name in guideline.vocabulary.outputs if name not in guideline.covers]
    if not missing:
        return guideline
    name = c.pick(missing)
    outputs = {**guideline.outputs, name: guideline.vocabulary.outputs[name]}
    return replace(guideline, covers=(*guideline.covers, name), outputs=outputs)


EDITS: dict[str, Callable[[Chooser, Guideline], Guideline]] = {
    edit.__name__.replace("_", " "): edit
    for edit in (
        change_test,
        swap_all_and_any,
        drop_a_rule,
        add_a_rule,
        change_a_level,
        change_the_scope,
        change_the_hit_policy,
        change_exceptions,
        change_otherwise,
        reorder_rules,
        add_a_finding,
        widen_a_finding,
        change_constraints,
        change_assumptions,
        change_how_an_output_combines,
        change_what_is_covered,
    )
}
