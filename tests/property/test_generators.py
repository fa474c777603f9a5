"""The generators reach everything they are for; a search that never meets a construct proves nothing about it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from redflag_kit.compile.compiler import suppressors
from redflag_kit.model import condition as conditions
from redflag_kit.model.condition import Condition, NumberTest, OutputTest
from redflag_kit.model.guideline import Guideline, HitPolicy
from redflag_kit.model.vocabulary import Combine, Comparison, Implication, Kind
from redflag_kit.semantics.literal import read
from redflag_kit.terms.scale import Status
from tests.property import reference
from tests.property.editions import EDITS, pair_of
from tests.property.generators import FEW, Case, Chooser, case_of, guideline_of

AT_MOST = 3000
"""How many guidelines are tried; the search ends as soon as everything was met."""


class Dice(Chooser):
    """Chooses by a fixed sequence of random numbers, without Hypothesis: the same on every machine."""

    def __init__(self) -> None:
        self.random = Random(1)

    def number(self, low: int, high: int) -> int:
        return self.random.randint(low, high)


def test_generated_guidelines_and_cases_hold_every_construct() -> None:
    dice, missing = Dice(), wanted()
    for _ in range(AT_MOST):
        guideline = guideline_of(dice, FEW)
        missing -= {*constructs_of(guideline), *kinds_of_case(guideline, case_of(dice, guideline))}
        if not missing:
            break
    assert missing == set()


def test_generated_editions_hold_every_edit() -> None:
    dice, missing = Dice(), {*EDITS, "other findings", "the same findings"}
    for _ in range(AT_MOST):
        pair = pair_of(dice, FEW)
        missing -= {*pair.edits}
        missing.discard("the same findings" if pair.old.vocabulary == pair.new.vocabulary else "other findings")
        if not missing:
            break
    assert missing == set()


def wanted() -> set[str]:
    values = [status.value for status in Status]
    others = """
        All, Always, Any, AtLeast, Named, Not, NumberTest, OutputTest, ScoreTest, WordTest,
        two scales, umbrella over an umbrella, combine lowest, set, local output, output not covered, thirds,
        score with negative points, three decisions, PRIORITY, COLLECT, FIRST, UNIQUE, ANY, no otherwise,
        otherwise silent, otherwise list, unless, overrides, chain of exceptions, implication, comparison strict,
        comparison not strict, comparison with a factor, constraint of the guideline, constraint of the vocabulary,
        negated range, several ranges, open end, reads a level, reads a status, reads a member, assumption,
        fill clean, stated unknown, several words, several stated ranges, contradiction, withdrawn, assumed
    """
    return {*values, *Kind, *(one.strip() for one in others.split(","))}


def constructs_of(guideline: Guideline) -> Iterator[str]:
    words = guideline.vocabulary
    outputs = words.outputs
    yield from (finding.kind for finding in words.findings.values())
    yield from ("thirds" for f in words.findings.values() if f.grid and f.grid.step.denominator == 3)
    scales = {output.scale for output in outputs.values() if output.scale}
    yield from ["two scales"] * (len(scales) > 1) + ["set"] * any(not output.scale for output in outputs.values())
    for output in outputs.values():
        yield from ("umbrella over an umbrella" for member in output.satisfied_by if outputs[member].satisfied_by)
        yield "combine lowest" if output.combine is Combine.LOWEST else "combine highest"
    yield "local output" if guideline.outputs.keys() - outputs.keys() else ""
    yield "output not covered" if outputs.keys() - guideline.outputs.keys() else ""
    yield "score with negative points" if any(p.points < 0 for s in guideline.scores for p in s.points) else ""
    yield "assumption" if guideline.assume else ""
    yield "constraint of the guideline" if guideline.constraints else ""
    yield "constraint of the vocabulary" if words.constraints else ""
    for constraint in (*guideline.constraints, *words.constraints):
        if isinstance(constraint, Comparison):
            yield "comparison strict" if constraint.strict else "comparison not strict"
            yield "comparison with a factor" if constraint.factor != 1 else ""
        assert isinstance(constraint, Comparison | Implication)
        yield "implication" if isinstance(constraint, Implication) else ""
    yield from constructs_of_decisions(guideline)


def constructs_of_decisions(guideline: Guideline) -> Iterator[str]:
    yield "three decisions" if len(guideline.decisions) == 3 else ""
    yield type(guideline.scope).__name__
    for decision in guideline.decisions:
        yield decision.hit_policy.value
        assert decision.hit_policy is not HitPolicy.PRIORITY or all(
            guideline.outputs[o].scale for o in decision.outputs
        )
        rest = decision.otherwise
        yield "no otherwise" if rest is None else "otherwise list" if len(rest) > 1 else ""
        yield "otherwise silent" if rest and not rest[-1].then else ""
        guards = {rule.id: suppressors(rule, decision.rules) for rule in decision.rules}
        yield "chain of exceptions" if any(guards[other] for names in guards.values() for other in names) else ""
        for rule in (*decision.rules, *(rest or ())):
            yield "unless" if rule.unless else ""
            yield "overrides" if rule.overrides else ""
            yield from constructs_of_tests(guideline, rule.when)
            yield type(rule.when).__name__


def constructs_of_tests(guideline: Guideline, condition: Condition) -> Iterator[str]:
    for test in conditions.tests(condition):
        yield type(test).__name__
        if isinstance(test, NumberTest):
            yield "negated range" if test.negated else ""
            yield "several ranges" if len(test.ranges) > 1 else ""
            yield "open end" if any(not (r.low_included and r.high_included) for r in test.ranges) else ""
        if isinstance(test, OutputTest):
            yield "reads a status" if test.values & {status.value for status in Status} else ""
            yield "reads a level" if guideline.outputs[test.output].scale else "reads a member"


def kinds_of_case(guideline: Guideline, case: Case) -> Iterator[str]:
    stated, clean = case
    yield "fill clean" if clean else ""
    for one in stated:
        yield "stated unknown" if one.unknown else ""
        yield "several words" if len(one.words) > 1 else ""
        yield "several stated ranges" if len(one.ranges) > 1 else ""
    legal = reference.legal_patients(guideline)
    found = reference.fill(guideline, legal, stated, clean)
    yield "contradiction" if legal and not found.completions else ""
    yield "withdrawn" if found.withdrawn else ""
    yield "assumed" if found.assumed else ""
    for patient in found.completions[:3]:
        yield from (value for value in read(guideline, patient).values.values() if isinstance(value, str))
