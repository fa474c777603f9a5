"""Outcomes: one level up or down, an element of a set forgotten, an output forgotten, the last one too."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from redflag_kit.model.guideline import Assignment, Rule
from redflag_kit.mutate.effects import RowChange
from redflag_kit.mutate.fault import Bench, Fault, Told
from redflag_kit.mutate.mutant import Operator, ThenChanged


def other_outcomes(bench: Bench) -> Iterator[Fault]:
    """Yield every rule with another level, with an element less, and with an output less."""
    for rule in bench.guideline.rules():
        for one in rule.then:
            scale = bench.guideline.outputs[one.output].scale
            if scale is None:
                for value in one.values if len(one.values) > 1 else ():
                    left = tuple(other for other in one.values if other != value)
                    subject = f"{one.output}:{value}"
                    yield _fault(bench, rule, one, replace(one, values=left), Operator.OUTCOME_DROPPED, subject)
            else:
                rank = scale.rank(one.values[0])
                for other, operator in ((rank + 1, Operator.OUTCOME_RAISED), (rank - 1, Operator.OUTCOME_LOWERED)):
                    if 0 <= other < len(scale.levels):
                        new = replace(one, values=(scale.levels[other],))
                        yield _fault(bench, rule, one, new, operator, one.output)
            yield _fault(bench, rule, one, None, Operator.OUTCOME_DROPPED, one.output)


def _fault(
    bench: Bench, rule: Rule, old: Assignment, new: Assignment | None, operator: Operator, subject: str
) -> Fault:
    kept = (new if one is old else one for one in rule.then)
    then = tuple(one for one in kept if one is not None)
    effect = bench.effects.of_rule(rule.id, RowChange(then=then))
    edit, tell = partial(ThenChanged, rule.id, then), partial(_told, bench, rule, then, old, new)
    return Fault(operator, rule.id, subject, rule.id, effect, edit, tell, operator)


def _told(bench: Bench, rule: Rule, then: tuple[Assignment, ...], old: Assignment, new: Assignment | None) -> Told:
    writer = bench.writer
    said = "nothing said" if new is None else _phrase(bench, new)
    sentence = f"{bench.guideline.outputs[old.output].label}: {said} instead of {_phrase(bench, old)}"
    # the last outcome, or an alias, which stands for text elsewhere: all that the rule recommends is written anew
    if not then or not old.span.within(rule.places.then):
        return Told(rule.places.then, writer.then(rule.then), writer.then(then), sentence)
    if new is None:
        return Told(old.span, writer.then((old,))[1:-1], "", sentence)
    return Told(old.values_span, writer.values(old), writer.values(new), sentence)


def _phrase(bench: Bench, one: Assignment) -> str:
    output = bench.guideline.outputs[one.output]
    return ", ".join(output.phrase(value) for value in one.values)
