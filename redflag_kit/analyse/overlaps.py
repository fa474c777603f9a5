"""Overlaps of UNIQUE tables and disagreements of ANY tables.

Claim: a pair of rules is reported exactly if some legal patient in scope fires both (and, for ANY, they disagree).
"""

from collections.abc import Iterator
from itertools import combinations

from redflag_kit.analyse.finding import Finding, witness_in
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Note, quoted
from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.guideline import Decision, HitPolicy, Rule
from redflag_kit.wording.conditions import then_phrase


def overlaps(engine: Engine) -> Iterator[Finding]:
    """Yield one finding per pair of rules that must not apply together but can."""
    legal = engine.meaning.legal & engine.meaning.scope
    for decision in engine.guideline.decisions:
        if decision.hit_policy not in (HitPolicy.UNIQUE, HitPolicy.ANY):
            continue
        for one, other in combinations(decision.rules, 2):
            if decision.hit_policy is HitPolicy.ANY and _written(one) == _written(other):
                continue
            region = legal & engine.meaning.fires[one.id] & engine.meaning.fires[other.id]
            if not region.is_empty():
                yield _overlap(engine, decision, one, other, region)


def _written(rule: Rule) -> dict[str, frozenset[str]]:
    return {a.output: frozenset(a.values) for a in rule.then}


def _overlap(engine: Engine, decision: Decision, one: Rule, other: Rule, region: BddRegion) -> Finding:
    outputs = engine.guideline.outputs
    unique = decision.hit_policy is HitPolicy.UNIQUE
    said = f"{then_phrase(one, outputs)}; against {then_phrase(other, outputs)}"
    both = f"rules {quoted(one.id)} and {quoted(other.id)} of {quoted(decision.id)} both apply to some patients"
    return Finding(
        code=codes.RF302 if unique else codes.RF303,
        decision=decision.id,
        rules=(one.id, other.id),
        region=region,
        patient=witness_in(engine, region),
        span=other.span,
        message=f"{both}, and UNIQUE allows one" if unique else f"{both} and disagree ({said})",
        help="narrow one of them, add `overrides`, or choose another hit policy",
        related=(Note(one.span, "the other rule"),),
    )
