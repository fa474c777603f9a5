"""Put a fault into a guideline: the mutant as an ordinary guideline, which any reader of guidelines can read.

Claim: only what the edit names is changed, and nothing is mended. Definitions, parameters and bands are edited at every
use, so `definitions`, `parameters` and the bands of `scores` still say what the authors wrote. A decision keeps its
outputs, also those that no rule is left to write.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from redflag_kit.model.condition import All, Any, AtLeast, Condition, Named, Not, members
from redflag_kit.model.guideline import Decision, Guideline, Points, Rule, Score
from redflag_kit.mutate.mutant import (
    AssumeChanged,
    Edit,
    GuardDropped,
    Owner,
    PartsReplaced,
    Path,
    PointsChanged,
    PolicyChanged,
    Replaced,
    RuleDropped,
    ThenChanged,
    Where,
)


def apply(guideline: Guideline, edit: Edit) -> Guideline:
    """Return the guideline with the fault in it."""
    match edit:
        case PartsReplaced(parts):
            return _with_parts(guideline, parts)
        case RuleDropped(rule):
            return _with_decisions(guideline, lambda decision: _without_rule(decision, rule))
        case ThenChanged(rule, then):
            return _with_rules(guideline, lambda one: replace(one, then=then) if one.id == rule else one)
        case GuardDropped(rule, by):
            return _with_rules(guideline, lambda one: _without_guard(one, rule, by))
        case PolicyChanged(decision, policy):
            return _with_decisions(guideline, lambda d: replace(d, hit_policy=policy) if d.id == decision else d)
        case PointsChanged(score, index, points):
            return _with_points(guideline, score, index, points)
        case AssumeChanged(finding, assume):  # pragma: no branch
            policies = {**guideline.assume, finding: assume}
            ordered = ((name, policies.get(name)) for name in guideline.vocabulary.findings)
            return replace(guideline, assume={name: policy for name, policy in ordered if policy is not None})


def replaced_at(condition: Condition, path: Path, new: Condition) -> Condition:
    """Return a condition with another part at a path."""
    if not path:
        return new
    position, rest = path[0], path[1:]
    part = replaced_at(members(condition)[position], rest, new)
    match condition:
        case All(parts) | Any(parts) | AtLeast(_, parts):
            return replace(condition, members=(*parts[:position], part, *parts[position + 1 :]))
        case Not():
            return replace(condition, member=part)
        case Named():
            return replace(condition, meaning=part)
    raise TypeError(f"a test has no parts: {condition}")  # pragma: no cover


def _with_parts(guideline: Guideline, parts: tuple[Replaced, ...]) -> Guideline:
    by_place: dict[Where, list[Replaced]] = defaultdict(list)
    for part in parts:
        by_place[part.where].append(part)

    def edited(condition: Condition, where: Where) -> Condition:
        for part in by_place.get(where, ()):
            condition = replaced_at(condition, part.path, part.new)
        return condition

    def rule(one: Rule) -> Rule:
        where = Where(Owner.RULE, one.id)
        return replace(one, when=edited(one.when, where)) if where in by_place else one

    def score(one: Score) -> Score:
        lines = enumerate(one.points)
        return replace(
            one, points=tuple(replace(p, when=edited(p.when, Where(Owner.POINTS, one.id, i))) for i, p in lines)
        )

    changed = replace(guideline, scope=edited(guideline.scope, Where(Owner.SCOPE)))
    changed = replace(changed, scores=tuple(score(one) for one in guideline.scores))
    return _with_rules(changed, rule)


def _with_decisions(guideline: Guideline, change: Callable[[Decision], Decision]) -> Guideline:
    return replace(guideline, decisions=tuple(change(one) for one in guideline.decisions))


def _with_rules(guideline: Guideline, change: Callable[[Rule], Rule]) -> Guideline:
    def decision(one: Decision) -> Decision:
        rest = None if one.otherwise is None else tuple(change(rule) for rule in one.otherwise)
        return replace(one, rules=tuple(change(rule) for rule in one.rules), otherwise=rest)

    return _with_decisions(guideline, decision)


def _without_rule(decision: Decision, rule: str) -> Decision:
    """Drop a rule, and its name wherever an exception of the decision names it."""

    def kept(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name != rule)

    if all(one.id != rule for one in decision.running()):
        return decision
    rules = tuple(
        replace(one, unless=kept(one.unless), overrides=kept(one.overrides)) for one in decision.rules if one.id != rule
    )
    rest = None if decision.otherwise is None else tuple(one for one in decision.otherwise if one.id != rule)
    return replace(decision, rules=rules, otherwise=rest)


def _without_guard(one: Rule, rule: str, by: str) -> Rule:
    if one.id == rule:
        return replace(one, unless=tuple(name for name in one.unless if name != by))
    if one.id == by:
        return replace(one, overrides=tuple(name for name in one.overrides if name != rule))
    return one


def _with_points(guideline: Guideline, score: str, index: int, points: int) -> Guideline:
    def lines(one: Score) -> tuple[Points, ...]:
        return tuple(replace(p, points=points) if i == index else p for i, p in enumerate(one.points))

    scores = (replace(one, points=lines(one)) if one.id == score else one for one in guideline.scores)
    return replace(guideline, scores=tuple(scores))
