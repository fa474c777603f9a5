"""Model objects in few words, for tests: findings, outputs, rules and guidelines without any YAML."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.model.condition import Always, Condition, NumberTest, OutputTest, Range, ScoreTest, Value, WordTest
from redflag_kit.model.guideline import Assignment, Decision, Guideline, HitPolicy, Points, Rule, Score
from redflag_kit.model.vignette import Stated
from redflag_kit.model.vocabulary import (
    ABSENT,
    PRESENT,
    Assume,
    Combine,
    Comparison,
    Constraint,
    Finding,
    Grid,
    Implication,
    Kind,
    Output,
    Vocabulary,
)
from redflag_kit.terms.scale import Scale
from redflag_kit.terms.version import Version

Then: TypeAlias = dict[str, str | list[str]]
Number: TypeAlias = int | Fraction


def yes_no(name: str, clean: str | None = None, assume: str | None = None) -> Finding:
    return _finding(name, Kind.YES_NO, (ABSENT, PRESENT), None, clean, ABSENT, assume)


def choice(name: str, words: Iterable[str], clean: str | None = None, assume: str | None = None) -> Finding:
    words = tuple(words)
    return _finding(name, Kind.CHOICE, words, None, clean, words[0], assume)


def number(
    name: str,
    low: Number,
    high: Number,
    step: Number = 1,
    *,
    clean: Number | None = None,
    example: Number | None = None,
    assume: Number | None = None,
) -> Finding:
    grid = Grid(Fraction(low), Fraction(high), Fraction(step))
    kind = Kind.INTEGER if grid.low.denominator == grid.step.denominator == 1 else Kind.NUMBER
    normal, ordinary, unknown = (None if n is None else Fraction(n) for n in (clean, example, assume))
    return _finding(name, kind, (), grid, normal, grid.low if ordinary is None else ordinary, unknown)


def _finding(
    name: str,
    kind: Kind,
    words: tuple[str, ...],
    grid: Grid | None,
    clean: Value | None,
    example: Value,
    assume: Value | None,
) -> Finding:
    policy = None if assume is None else assumed(assume)
    example = example if clean is None else clean
    return Finding(name, kind, f"{name}?", name, words, grid, "1", clean, example, policy, (), (), NOWHERE)


def assumed(value: Value) -> Assume:
    return Assume(value, "not recorded, hence normal", "opinion", None)


def scale(*levels: str, against: str | None = None, name: str = "urgency") -> Scale:
    return Scale(name, levels, against)


def ordered(
    name: str, on: Scale, *, combine: Combine = Combine.HIGHEST, satisfied_by: Iterable[str] = (), label: str = ""
) -> Output:
    return Output(name, label or name, on, (), combine, tuple(satisfied_by), (), NOWHERE)


def a_set(name: str, *elements: str) -> Output:
    return Output(name, name, None, elements, Combine.HIGHEST, (), (), NOWHERE)


def has(finding: str, *words: str) -> WordTest:
    words = words or (PRESENT,)
    return WordTest(finding, frozenset(words), ", ".join(words))


def between(
    finding: str,
    low: Number | None = None,
    high: Number | None = None,
    *,
    negated: bool = False,
    open_low: bool = False,
    open_high: bool = False,
) -> NumberTest:
    ends = (None if low is None else Fraction(low), None if high is None else Fraction(high))
    return NumberTest(finding, (Range(*ends, not open_low, not open_high),), negated, "a range")


def said(output: str, *values: str) -> OutputTest:
    return OutputTest(output, frozenset(values), ", ".join(values))


def total(score: str, low: int, high: int, *, negated: bool = False) -> ScoreTest:
    return ScoreTest(score, (Range(Fraction(low), Fraction(high)),), negated, f"{low} to {high}")


def rule(
    name: str,
    when: Condition | None = None,
    then: Then | None = None,
    *,
    unless: Iterable[str] = (),
    overrides: Iterable[str] = (),
) -> Rule:
    """Return a rule; without `when` it holds for everybody, without `then` it is silent."""
    written = ((output, given if isinstance(given, list) else [given]) for output, given in (then or {}).items())
    return Rule(
        id=name,
        title=name,
        when=when or Always(),
        then=tuple(Assignment(output, tuple(values)) for output, values in written),
        unless=tuple(unless),
        overrides=tuple(overrides),
        replaces=(),
        evidence=(),
        assumptions=(),
        claims=(),
        inert="",
        note="",
        span=NOWHERE,
    )


def decision(
    name: str,
    rules: Iterable[Rule],
    otherwise: Iterable[Rule] | None = None,
    *,
    policy: HitPolicy = HitPolicy.COLLECT,
    outputs: Iterable[str] = (),
) -> Decision:
    """Return a decision; its outputs are the ones given, then those its rules write, in the order of first mention."""
    rules = tuple(rules)
    rest = None if otherwise is None else tuple(otherwise)
    written = [a.output for one in (*rules, *(rest or ())) for a in one.then]
    return Decision(name, f"{name}?", policy, rules, rest, (), tuple(dict.fromkeys([*outputs, *written])), NOWHERE)


def score(name: str, *points: tuple[Condition, int]) -> Score:
    return Score(name, f"{name}?", tuple(Points(when, worth) for when, worth in points), (), NOWHERE)


def implies(when: Condition, then: Condition, name: str = "K") -> Implication:
    return Implication(name, name, when, then, NOWHERE)


def at_most(left: str, right: str, *, strict: bool = False, factor: Number = 1, name: str = "C") -> Comparison:
    return Comparison(name, name, left, right, strict, Fraction(factor), NOWHERE)


def vocabulary(
    findings: Iterable[Finding], outputs: Iterable[Output], constraints: Iterable[Constraint] = ()
) -> Vocabulary:
    return Vocabulary(
        id="words",
        version="1.0.0",
        title="words",
        findings={one.id: one for one in findings},
        outputs={one.id: one for one in outputs},
        derived={},
        constraints=tuple(constraints),
        parameters={},
        path="",
    )


def guideline(
    words: Vocabulary,
    decisions: Iterable[Decision],
    *,
    scope: Condition | None = None,
    covers: Iterable[str] | None = None,
    local: Iterable[Output] = (),
    scores: Iterable[Score] = (),
    constraints: Iterable[Constraint] = (),
    definitions: dict[str, Condition] | None = None,
    assume: dict[str, Assume] | None = None,
) -> Guideline:
    """Return a guideline; it covers every output and takes the vocabulary's assumptions unless told otherwise."""
    covered = tuple(words.outputs if covers is None else covers)
    policy = {one.id: one.assume for one in words.findings.values() if one.assume}
    return Guideline(
        id="rules",
        version=Version((1, 0, 0), "1.0.0"),
        title="rules",
        publisher="nobody",
        published="2026-01-01",
        status="draft",
        intended_use="tests",
        vocabulary=words,
        cite=(),
        covers=covered,
        outputs={**{name: words.outputs[name] for name in covered}, **{one.id: one for one in local}},
        scope=scope or Always(),
        parameters={},
        definitions=definitions or {},
        assumptions={},
        assume=policy if assume is None else assume,
        constraints=tuple(constraints),
        scores=tuple(scores),
        decisions=tuple(decisions),
        sources={},
        path="",
        span=NOWHERE,
    )


def stated(finding: str, *values: str | Number | tuple[Number, Number]) -> Stated:
    """Return what a case says of a finding: words, numbers and (low, high) ranges; nothing means `unknown`."""
    ranges: list[Range] = []
    for value in values:
        if isinstance(value, tuple):
            ranges.append(Range(Fraction(value[0]), Fraction(value[1])))
        elif not isinstance(value, str):
            ranges.append(Range(Fraction(value), Fraction(value)))
    words = frozenset(value for value in values if isinstance(value, str))
    return Stated(finding, words, tuple(ranges), unknown=not values)
