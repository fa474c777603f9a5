"""The literal interpreter: one patient, the rules read word by word. It is the definition of meaning.

It shares no code with the engine (no regions, no diagrams, no compiled tables), is slow and is meant to be obvious.
`docs/semantics.md` says the same in words; the numbers in comments refer to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from typing import TypeAlias

from redflag_kit.model.condition import (
    All,
    Always,
    Any,
    AtLeast,
    Condition,
    Named,
    Not,
    NumberTest,
    OutputTest,
    Range,
    ScoreTest,
    Value,
    WordTest,
)
from redflag_kit.model.guideline import Decision, Guideline, HitPolicy, Rule
from redflag_kit.model.vocabulary import Combine, Comparison, Constraint, Output
from redflag_kit.terms.scale import Status

Patient: TypeAlias = Mapping[str, Value]
OutputValue: TypeAlias = str | frozenset[str]
"""A level or a status; for a set, its elements (never empty) or a status."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a guideline says of one patient: a value per output, and which rules fired, held or were suppressed."""

    values: dict[str, OutputValue]
    fired: tuple[str, ...]
    held: tuple[str, ...]
    scores: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _World:
    """What is known so far while reading a guideline for one patient."""

    patient: Patient
    scores: dict[str, int]
    values: dict[str, OutputValue]


def is_legal(constraints: tuple[Constraint, ...], patient: Patient) -> bool:
    """Say whether a patient satisfies every constraint (2)."""
    return all(_satisfies(constraint, patient) for constraint in constraints)


def read(guideline: Guideline, patient: Patient) -> Reading:
    """Return what the guideline says of the patient, as its rules write it (no entailment)."""
    world = _World(patient, {}, dict.fromkeys(guideline.vocabulary.outputs, Status.NOT_COVERED.value))
    if not _holds(guideline.scope, world):  # (5)
        world.values |= dict.fromkeys(guideline.outputs, Status.OUT_OF_SCOPE.value)
        return Reading(_covered(guideline, world.values), (), ())
    world.values |= dict.fromkeys(guideline.outputs, Status.SILENT.value)
    for score in guideline.scores:  # (10)
        world.scores[score.id] = sum(p.points for p in score.points if _holds(p.when, world))
    fired: list[str] = []
    held: list[str] = []
    for decision in guideline.decisions:
        firing = tuple(rule for rule in decision.rules if _fires(rule, decision, world))
        deciding = firing or _otherwise(decision, world)
        fired += [rule.id for rule in deciding]
        held += [rule.id for rule in decision.rules if _holds(rule.when, world)]
        if firing:
            values = _by_hit_policy(decision, firing, guideline.outputs)
        elif deciding:
            values = {output: _written(deciding[0], output, guideline.outputs[output]) for output in decision.outputs}
        else:
            values = dict.fromkeys(decision.outputs, Status.GAP.value)
        world.values |= values
    return Reading(_covered(guideline, world.values), tuple(fired), tuple(held), world.scores)


def _covered(guideline: Guideline, values: dict[str, OutputValue]) -> dict[str, OutputValue]:
    """Return the values as the guideline gives them: what it writes for its own tables alone, it does not cover (5)."""
    theirs = set(guideline.vocabulary.outputs) - set(guideline.covers)
    return values | dict.fromkeys(theirs, Status.NOT_COVERED.value)


def holds(condition: Condition, patient: Patient, values: Mapping[str, OutputValue]) -> bool:
    """Say whether a condition on findings and outputs holds for a patient who was given these values (4)."""
    return _holds(condition, _World(patient, {}, dict(values)))


def entail(guideline: Guideline, values: Mapping[str, OutputValue]) -> dict[str, OutputValue]:
    """Return the values with what `satisfied_by` entails (11)."""
    result = dict(values)
    outputs = guideline.outputs
    for output in _members_first(outputs):
        levels = [result[name] for name in (output.id, *output.satisfied_by) if name in outputs]
        known = [str(level) for level in levels if output.scale and level in output.scale.levels]
        if output.scale and output.satisfied_by and known:
            result[output.id] = max(known, key=output.scale.rank)
    for output in reversed(_members_first(outputs)):
        if output.scale and output.scale.against and result[output.id] == output.scale.against:
            for member in output.satisfied_by:
                if result.get(member) == Status.SILENT.value and member in outputs:
                    result[member] = output.scale.against
    return result


def _members_first(outputs: Mapping[str, Output]) -> list[Output]:
    ordered: dict[str, Output] = {}

    def visit(output: Output) -> None:
        for member in output.satisfied_by:
            if member in outputs:
                visit(outputs[member])
        ordered.setdefault(output.id, output)

    for output in outputs.values():
        visit(output)
    return list(ordered.values())


def _satisfies(constraint: Constraint, patient: Patient) -> bool:
    world = _World(patient, {}, {})
    if isinstance(constraint, Comparison):
        left, right = patient[constraint.left], patient[constraint.right]
        assert isinstance(left, Fraction) and isinstance(right, Fraction)
        return constraint.holds(left, right)
    return not _holds(constraint.when, world) or _holds(constraint.then, world)


def _holds(condition: Condition, world: _World) -> bool:  # (4)
    match condition:
        case WordTest(finding, words):
            return world.patient[finding] in words
        case NumberTest(finding, ranges, negated):
            number = world.patient[finding]
            assert isinstance(number, Fraction)
            return _inside(number, ranges) != negated
        case ScoreTest(score, ranges, negated):
            return _inside(Fraction(world.scores[score]), ranges) != negated
        case OutputTest(output, accepted):
            value = world.values[output]
            return bool(value & accepted) if isinstance(value, frozenset) else value in accepted
        case Always():
            return True
        case All(parts):
            return all(_holds(part, world) for part in parts)
        case Any(parts):
            return any(_holds(part, world) for part in parts)
        case AtLeast(n, parts):
            return sum(_holds(part, world) for part in parts) >= n
        case Not(part):
            return not _holds(part, world)
        case Named(_, meaning):  # pragma: no branch
            return _holds(meaning, world)


def _inside(number: Fraction, ranges: tuple[Range, ...]) -> bool:
    return any(number in one for one in ranges)


def _fires(rule: Rule, decision: Decision, world: _World) -> bool:  # (6)
    suppressors = (s for s in decision.rules if s.id in rule.unless or rule.id in s.overrides)
    return _holds(rule.when, world) and not any(_fires(s, decision, world) for s in suppressors)


def _otherwise(decision: Decision, world: _World) -> tuple[Rule, ...]:  # (7)
    return next(((rule,) for rule in decision.otherwise or () if _holds(rule.when, world)), ())


def _written(rule: Rule, output: str, declared: Output) -> OutputValue:
    values = rule.writes(output)
    if not values:
        return Status.SILENT.value
    return values[0] if declared.scale else frozenset(values)


def _by_hit_policy(
    decision: Decision, firing: tuple[Rule, ...], outputs: Mapping[str, Output]
) -> dict[str, OutputValue]:
    per_rule = [{o: _written(rule, o, outputs[o]) for o in decision.outputs} for rule in firing]  # (8)
    match decision.hit_policy:
        case HitPolicy.FIRST:
            return per_rule[0]
        case HitPolicy.UNIQUE:
            return per_rule[0] if len(firing) == 1 else dict.fromkeys(decision.outputs, Status.CONFLICT.value)
        case HitPolicy.ANY:
            return {o: row[o] if all(r[o] == row[o] for r in per_rule) else Status.CONFLICT.value
                    for row in per_rule[:1] for o in decision.outputs}  # fmt: skip
        case HitPolicy.PRIORITY:
            return max(per_rule, key=lambda row: [_rank(row[o], outputs[o]) for o in decision.outputs])
        case HitPolicy.COLLECT:  # pragma: no branch
            return {o: _collected([row[o] for row in per_rule], outputs[o]) for o in decision.outputs}


def _rank(value: OutputValue, output: Output) -> int:
    """Rank for PRIORITY: writing nothing is lowest, then the end of the scale that loses."""
    assert output.scale is not None
    if value == Status.SILENT.value:
        return -1
    rank = output.scale.rank(str(value))
    return rank if output.combine is Combine.HIGHEST else len(output.scale.levels) - rank


def _collected(written: list[OutputValue], output: Output) -> OutputValue:
    said = [value for value in written if value != Status.SILENT.value]
    if not said:
        return Status.SILENT.value
    if output.scale:
        return reduce(lambda a, b: a if _rank(a, output) >= _rank(b, output) else b, said)
    return frozenset().union(*(value for value in said if isinstance(value, frozenset)))
