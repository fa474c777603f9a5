"""Which rules fire for a case, which do not, which stay open, and why."""

from collections.abc import Iterable, Iterator, Mapping

from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.condition import All, Any, AtLeast, Condition, Named, Not, NumberTest, WordTest, disjuncts, tests
from redflag_kit.model.guideline import Rule
from redflag_kit.model.vignette import Stated
from redflag_kit.results.case import ConditionState, RuleState
from redflag_kit.wording.cases import stated_words
from redflag_kit.wording.conditions import advice_phrase, condition_phrase


def rule_states(engine: Engine, stated: Mapping[str, Stated], case: BddRegion) -> tuple[RuleState, ...]:
    """Return the state of every rule that runs, in file order."""
    return tuple(_state(engine, rule, stated, case) for rule in engine.rules)


def scope_state(
    engine: Engine, stated: Mapping[str, Stated], case: BddRegion
) -> tuple[str, tuple[ConditionState, ...]]:
    """Return whether a case is in scope (yes, no or open), with the parts of the scope that are not met for certain."""
    scope = engine.guideline.scope
    parts = _conditions(engine, _wanted(scope), stated, case)
    return state_of(engine.region(scope), case), tuple(one for one in parts if one.state != "yes")


def state_of(region: BddRegion, case: BddRegion) -> str:
    """Return yes, no or open: whether a region holds in all, no or some completions."""
    if (case - region).is_empty():
        return "yes"
    return "no" if (case & region).is_empty() else "open"


def _state(engine: Engine, rule: Rule, stated: Mapping[str, Stated], case: BddRegion) -> RuleState:
    fires = state_of(engine.meaning.fires[rule.id], case)
    row = engine.compiled.row(rule.id)
    suppressing = tuple(
        other
        for other in row.suppressed_by
        if not (case & engine.meaning.holds[rule.id] & engine.meaning.fires[other]).is_empty()
    )
    state = {"yes": "fires", "open": "open", "no": "suppressed" if suppressing else "not"}[fires]
    cites = ", ".join(f"{e.cite}{f' {e.row}' if e.row else ''} ({e.status})" for e in rule.evidence)
    return RuleState(
        id=rule.id,
        title=rule.title,
        file=rule.span.file,
        line=rule.span.line,
        state=state,
        suppressed_by=suppressing,
        conditions=tuple(_conditions(engine, _parts(rule.when), stated, case)),
        writes=advice_phrase(rule, engine.guideline),
        evidence=cites,
    )


def _conditions(
    engine: Engine, parts: Iterable[Condition], stated: Mapping[str, Stated], case: BddRegion
) -> Iterator[ConditionState]:
    """Yield each part of a condition with what the case says and whether it holds."""
    findings, outputs = engine.guideline.vocabulary.findings, engine.guideline.outputs
    for part in parts:
        words = [stated_words(findings[test.finding], stated.get(test.finding)) for test in _findings_once(part)]
        yield ConditionState(
            text=condition_phrase(part, findings, outputs),
            value="; ".join(words),
            state=state_of(engine.region(part), case),
        )


def _parts(condition: Condition) -> tuple[Condition, ...]:
    inner = condition.meaning if isinstance(condition, Named) else condition
    return inner.members if isinstance(inner, All | Any | AtLeast) else (inner,)


def _wanted(condition: Condition) -> Iterator[Condition]:
    """Yield all that must hold, in the smallest parts: a `not` over alternatives is one part for each of them."""
    match condition:
        case Named(_, meaning):
            yield from _wanted(meaning)
        case All(parts):
            for part in parts:
                yield from _wanted(part)
        case Not(part):
            for one in disjuncts(part):
                yield Not(one)
        case _:
            yield condition


def _findings_once(condition: Condition) -> list[WordTest | NumberTest]:
    found: dict[str, WordTest | NumberTest] = {}
    for test in tests(condition):
        if isinstance(test, WordTest | NumberTest):
            found.setdefault(test.finding, test)
    return list(found.values())
