"""Exceptions forgotten: a rule that fires although another, which should keep it from firing, does."""

from collections.abc import Iterator
from functools import partial

from redflag_kit.compile.compiler import suppressors
from redflag_kit.diagnostics.span import NOWHERE, Span
from redflag_kit.model.guideline import Rule
from redflag_kit.mutate.effects import RowChange
from redflag_kit.mutate.fault import Bench, Fault, Told
from redflag_kit.mutate.mutant import GuardDropped, Operator


def without_exceptions(bench: Bench) -> Iterator[Fault]:
    """Yield every pair of rules one of which no longer gives way; a pair that is stated twice is one."""
    kind = Operator.EXCEPTION_REMOVED
    for decision in bench.guideline.decisions:
        for rule in decision.rules:
            guards = suppressors(rule, decision.rules)
            for by in (one for one in decision.rules if one.id in guards):
                effect = bench.effects.of_rule(rule.id, RowChange(without=by.id))
                edit, tell = partial(GuardDropped, rule.id, by.id), partial(_told, rule, by)
                yield Fault(kind, rule.id, by.id, rule.id, effect, edit, tell, kind)


def _told(rule: Rule, by: Rule) -> Told:
    sentence = f"rule {rule.id} applies even where rule {by.id} does"
    if by.id in rule.unless:
        return Told(_nth(rule.places.unless, rule.unless.index(by.id)), by.id, "", sentence)
    return Told(_nth(by.places.overrides, by.overrides.index(rule.id)), rule.id, "", sentence)


def _nth(spans: tuple[Span, ...], position: int) -> Span:
    return spans[position] if spans else NOWHERE
