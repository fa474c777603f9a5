"""Random small guidelines and cases: every construct of the model, few enough patients to list them all.

Names are shuffled, so that vocabulary order, file order and alphabetical order differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeAlias, TypeVar

from hypothesis import strategies as st

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
from redflag_kit.model.guideline import Decision, Guideline, HitPolicy, Rule, Score
from redflag_kit.model.vignette import Stated
from redflag_kit.model.vocabulary import Assume, Combine, Constraint, Finding, Grid, Output, Vocabulary
from redflag_kit.terms.scale import STATUSES, Scale
from tests.property import models

T = TypeVar("T")
Case: TypeAlias = tuple[tuple[Stated, ...], dict[str, Value]]
"""What is stated of a patient, and the clean values to fill in (none: `{}`)."""

FEW, MANY = 160, 3000
"""How many patients, legal or not, a vocabulary allows: in ordinary and in thorough runs."""

_STEPS = (Fraction(1), Fraction(1, 10), Fraction(5), Fraction(1, 3))
_FACTORS = (Fraction(1), Fraction(1), Fraction(2), Fraction(1, 2), Fraction(10), Fraction(3, 10))
_WORDS = ("none", "mild", "severe", "other")
_ANY_OUTPUTS = (HitPolicy.COLLECT, HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST)  # PRIORITY takes no sets
_LEVELS = ("avoid", "later", "soon", "today", "now")


class Chooser:
    """Draws small choices; every one shrinks towards the first, the fewest or the simplest."""

    def __init__(self, draw: Callable[[st.SearchStrategy[int]], int]) -> None:
        self._draw = draw

    def number(self, low: int, high: int) -> int:
        return low if low == high else self._draw(st.integers(low, high))

    def chance(self, percent: int) -> bool:
        return self.number(0, 99) >= 100 - percent

    def pick(self, options: Sequence[T]) -> T:
        return options[self.number(0, len(options) - 1)]

    def some(self, options: Sequence[T], least: int = 0) -> list[T]:
        mask = self.number(0, (1 << len(options)) - 1)
        chosen = [one for i, one in enumerate(options) if mask >> i & 1]
        return chosen if len(chosen) >= least else list(options[:least])

    def shuffled(self, options: Sequence[T]) -> list[T]:
        left = list(options)
        return [left.pop(self.number(0, len(left) - 1)) for _ in range(len(left))]


@dataclass
class Testable:
    """What a condition may test."""

    findings: list[Finding]
    definitions: dict[str, Condition] = field(default_factory=dict)
    outputs: list[Output] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)


@st.composite
def guidelines(draw: st.DrawFn, patients: int = FEW) -> Guideline:
    """Return guidelines whose vocabulary has at most so many patients, constraints aside."""
    return guideline_of(Chooser(draw), patients)


@st.composite
def guidelines_with_cases(draw: st.DrawFn, patients: int = FEW, cases: int = 3) -> tuple[Guideline, list[Case]]:
    """Return guidelines, each with some cases."""
    c = Chooser(draw)
    guideline = guideline_of(c, patients)
    return guideline, [case_of(c, guideline) for _ in range(cases)]


# ---------------------------------------------------------------- vocabularies


def findings_of(c: Chooser, patients: int) -> list[Finding]:
    findings: list[Finding] = []
    names = c.shuffled("abcdef")[: c.pick((2, 3, 4, 5, 4, 3, 6))]
    for position, name in enumerate(names):
        most = min(9, patients >> len(names) - position - 1)
        if most < 2:
            break
        finding = finding_of(c, name, most)
        patients //= len(values_of(finding))
        findings.append(finding)
    return findings


def finding_of(c: Chooser, name: str, most: int) -> Finding:
    kind = c.number(0, 3)
    if kind == 1:
        finding = models.choice(name, _WORDS[: c.number(2, min(4, most))])
    elif kind > 1:
        low, step = c.number(-2, 3), _STEPS[0] if kind == 2 else c.pick(_STEPS)
        size = 1 if c.chance(4) else c.number(2, most)
        finding = models.number(name, low, low + (size - 1) * step, step)
    else:
        finding = models.yes_no(name)
    values = values_of(finding)
    clean = c.pick(values) if c.chance(65) else None
    policy = models.assumed(c.pick(values)) if c.chance(55) else None
    return replace(finding, clean=clean, assume=policy, example=c.pick(values) if clean is None else clean)


def values_of(finding: Finding) -> list[Value]:
    if finding.grid is None:
        return list(finding.words)
    return [finding.grid.at(i) for i in range(finding.grid.size)]


def outputs_of(c: Chooser) -> list[Output]:
    """Return ordered outputs on one or two scales, umbrellas over some of them, and sets."""
    scales = []
    for name in ("time", "strength")[: 2 if c.chance(35) else 1]:
        levels = _LEVELS[: c.number(2, 4)]
        against = c.pick(levels) if c.chance(20) else levels[0]
        scales.append(Scale(name, levels, against if c.chance(75) else None))
    outputs: list[Output] = []
    for name in c.shuffled(("scan", "blood", "visit", "surgeon", "ward"))[: c.pick((2, 3, 4, 3))]:
        on = c.pick(scales)
        members = [o.id for o in outputs if o.scale == on] if c.chance(70) else []
        combine = Combine.LOWEST if c.chance(30) else Combine.HIGHEST
        outputs.append(models.ordered(name, on, combine=combine, satisfied_by=c.some(members)))
    for name in c.shuffled(("suspected", "advice"))[: c.number(0, 2)]:
        outputs.append(models.a_set(name, *("heart", "infection", "fracture")[: c.number(1, 3)]))
    return c.shuffled(outputs)


def constraints_of(c: Chooser, testable: Testable) -> list[Constraint]:
    """Return constraints of both kinds; a finding is compared at most once."""
    found: list[Constraint] = []
    numbers = c.shuffled([f.id for f in testable.findings if f.grid])
    while len(numbers) > 1 and c.chance(60):
        left, right = numbers.pop(), numbers.pop()
        found.append(models.at_most(left, right, strict=c.chance(50), factor=c.pick(_FACTORS), name=f"C{len(found)}"))
    for _ in range(c.pick((0, 1, 2, 1, 3))):
        when, then = (condition_of(c, testable, 1 if c.chance(40) else 0) for _ in range(2))
        found.append(models.implies(when, then, name=f"K{len(found)}"))
    return found


# ---------------------------------------------------------------- conditions


def condition_of(c: Chooser, testable: Testable, depth: int = 2) -> Condition:
    kind = c.number(0, 9) if depth else 0
    if kind < 5:
        return some_test(c, testable)
    if kind == 5:
        return Not(condition_of(c, testable, depth - 1))
    parts = tuple(condition_of(c, testable, depth - 1) for _ in range(c.number(1, 3)))
    if kind < 8:
        return All(parts) if kind == 6 else Any(parts)
    return AtLeast(c.number(1, len(parts)), parts) if kind == 8 else Always()


def some_test(c: Chooser, testable: Testable) -> Condition:
    if testable.outputs and c.chance(40):
        return output_test(c, c.pick(testable.outputs))
    if testable.scores and c.chance(35):
        return score_test(c, c.pick(testable.scores))
    if testable.definitions and c.chance(20):
        name = c.pick(sorted(testable.definitions))
        return Named(name, testable.definitions[name])
    return finding_test(c, c.pick(testable.findings))


def finding_test(c: Chooser, finding: Finding) -> Condition:
    if finding.grid is None:
        words = c.some(finding.words, least=0 if c.chance(5) else 1)
        return WordTest(finding.id, frozenset(words), "words")
    ranges = tuple(range_of(c, finding.grid) for _ in range(c.number(1, 2)))
    return NumberTest(finding.id, ranges, c.chance(20), "ranges")


def range_of(c: Chooser, grid: Grid) -> Range:
    """Return a range whose ends may be open, missing, between grid values or outside the grid."""
    shape = c.number(0, 3)
    one, other = (threshold_of(c, grid) for _ in range(2))
    low = one if shape != 1 else None
    high = max(one, other) if shape == 3 else one if shape != 0 else None
    return Range(low, high, not c.chance(30), not c.chance(30))


def threshold_of(c: Chooser, grid: Grid) -> Fraction:
    between = grid.step / 3 if c.chance(15) else Fraction(0)
    return grid.low + c.number(-1 if c.chance(10) else 0, grid.size) * grid.step + between


def output_test(c: Chooser, output: Output) -> OutputTest:
    known = (*(output.scale.levels if output.scale else output.elements), *STATUSES)
    return OutputTest(output.id, frozenset(c.some(known, least=1)), "values")


def score_test(c: Chooser, score: Score) -> ScoreTest:
    low, high = (sum(f(0, p.points) for p in score.points) for f in (min, max))
    start = c.number(low - 1, high + 1)
    end = c.number(start, high + 1)
    above = Fraction(end) if c.chance(50) else None
    return ScoreTest(score.id, (Range(Fraction(start), above, not c.chance(20)),), c.chance(20), "sums")


# ---------------------------------------------------------------- guidelines


def guideline_of(c: Chooser, patients: int) -> Guideline:
    findings = findings_of(c, patients)
    plain = Testable(findings)
    declared = outputs_of(c)
    constraints = constraints_of(c, plain)
    shared = c.number(0, len(constraints))
    words = models.vocabulary(findings, declared, constraints[:shared])
    definitions: dict[str, Condition] = {}
    for name in ("sick", "frail")[: c.number(0, 2)]:
        definitions[name] = condition_of(c, Testable(findings, dict(definitions)))
    plain.definitions = definitions
    covered = [o.id for o in declared] if c.chance(60) else c.some([o.id for o in declared], least=1)
    scales = [o.scale for o in declared if o.scale]
    local = [models.ordered("stage", c.pick(scales))] if c.chance(25) else []
    scores = [score_of(c, name, plain) for name in ("risk", "pain")[: c.number(0, 2) if c.chance(50) else 0]]
    outputs = [*(words.outputs[name] for name in covered), *local]
    return models.guideline(
        words,
        decisions_of(c, Testable(findings, definitions, scores=scores), outputs),
        scope=condition_of(c, plain) if c.chance(50) else None,
        covers=covered,
        local=local,
        scores=scores,
        constraints=constraints[shared:],
        definitions=definitions,
        assume=assume_of(c, words),
    )


def assume_of(c: Chooser, words: Vocabulary) -> dict[str, Assume]:
    """Return the vocabulary's assumptions with a guideline's changes, in vocabulary order."""
    policy = {}
    for name, finding in words.findings.items():
        own = models.assumed(c.pick(values_of(finding))) if c.chance(15) else finding.assume
        if own and not c.chance(10):
            policy[name] = own
    return policy


def score_of(c: Chooser, name: str, testable: Testable) -> Score:
    points = (((condition_of(c, testable, 1)), c.number(-2, 3)) for _ in range(c.number(1, 4)))
    return models.score(name, *points)


def decisions_of(c: Chooser, testable: Testable, outputs: list[Output]) -> list[Decision]:
    """Return one to three decisions, later ones reading the outputs of earlier ones."""
    waiting = c.shuffled(outputs)
    decisions: list[Decision] = []
    while waiting and len(decisions) < 3 and (not decisions or c.chance(80)):
        own = [waiting.pop() for _ in range(min(c.pick((1, 2, 1, 3)), len(waiting)))]
        decisions.append(decision_of(c, f"d{len(decisions)}", testable, own))
        written = [o for o in own if o.id in decisions[-1].outputs]
        testable = replace(testable, outputs=[*testable.outputs, *written])
    return decisions


def decision_of(c: Chooser, name: str, testable: Testable, outputs: list[Output]) -> Decision:
    on_scales = all(o.scale for o in outputs)
    policy = HitPolicy.PRIORITY if on_scales and c.chance(20) else c.pick(_ANY_OUTPUTS)
    order = c.shuffled(range(c.pick((1, 2, 3, 4, 3, 2, 5))))
    rules = exceptions_among(c, [rule_of(c, f"{name}.{i}", testable, outputs) for i in order])
    otherwise: list[Rule] | None = None
    if c.chance(60):
        otherwise = [rule_of(c, f"{name}.o{i}", testable, outputs) for i in range(c.number(0, 2))]
        last = models.rule(f"{name}.rest", then=then_of(c, outputs) if c.chance(30) else None)
        otherwise += [last] if c.chance(60) else []
    mentioned = [o.id for o in outputs] if c.chance(30) else []
    return models.decision(name, rules, otherwise, policy=policy, outputs=c.shuffled(mentioned))


def rule_of(c: Chooser, name: str, testable: Testable, outputs: list[Output]) -> Rule:
    return models.rule(name, condition_of(c, testable), then_of(c, outputs))


def then_of(c: Chooser, outputs: list[Output]) -> models.Then:
    return {o.id: value_of(c, o) for o in c.some(outputs, least=1)}


def value_of(c: Chooser, output: Output) -> str | list[str]:
    return c.pick(output.scale.levels) if output.scale else c.some(output.elements, least=1)


def exceptions_among(c: Chooser, rules: list[Rule]) -> list[Rule]:
    """Return the rules with a random acyclic graph of `unless` and `overrides` among them."""
    order = c.shuffled([rule.id for rule in rules])
    unless: dict[str, list[str]] = {name: [] for name in order}
    overrides: dict[str, list[str]] = {name: [] for name in order}
    for position, weaker in enumerate(order):
        for stronger in order[:position]:
            if c.chance(25):
                unless[weaker] += [stronger] if c.chance(60) else []
                overrides[stronger] += [weaker] if stronger not in unless[weaker] or c.chance(10) else []
    return [replace(r, unless=tuple(unless[r.id]), overrides=tuple(overrides[r.id])) for r in rules]


# ---------------------------------------------------------------- cases


def case_of(c: Chooser, guideline: Guideline) -> Case:
    """Return what is stated of a patient, in any order, and the clean values to fill in."""
    findings = guideline.vocabulary.findings
    stated = [stated_of(c, findings[name]) for name in c.some(c.shuffled(list(findings)))]
    clean = {name: f.clean for name, f in findings.items() if f.clean is not None} if c.chance(50) else {}
    return tuple(stated), clean


def stated_of(c: Chooser, finding: Finding) -> Stated:
    shape = c.number(0, 4)
    if shape == 4:
        return models.stated(finding.id)
    if finding.grid is None:
        return models.stated(finding.id, *c.some(finding.words, least=1)[: 1 if shape < 2 else None])
    grid = finding.grid
    if shape < 2:
        return models.stated(finding.id, grid.at(c.number(0, grid.size - 1)))
    ends = [sorted(c.number(0, grid.size - 1) for _ in range(2)) for _ in range(shape - 1)]
    return models.stated(finding.id, *((grid.at(low), grid.at(high)) for low, high in ends))
