"""Every small fault of a small guideline, for tests that try them all."""

from __future__ import annotations

from collections.abc import Iterator

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.model.condition import Condition, Not
from redflag_kit.model.guideline import Assignment, Decision, Guideline
from redflag_kit.model.vignette import Expectation, Expected, Stated, Vignette
from redflag_kit.mutate.mutant import (
    Edit,
    GuardDropped,
    Mutant,
    PartsReplaced,
    PointsChanged,
    PolicyChanged,
    Replaced,
    RuleDropped,
    ThenChanged,
    Where,
)
from redflag_kit.mutate.verdict import Watch
from tests.property.faults import conditions_of, guards_of, mutant_of, paths, policies_for


def every_fault(guideline: Guideline) -> list[Mutant]:
    """Return every part negated, every rule dropped, every other value written, every exception and policy lost."""
    return [mutant_of(edit, number) for number, edit in enumerate(edits_of(guideline))]


def edits_of(guideline: Guideline) -> Iterator[Edit]:
    for where, condition in conditions_of(guideline):
        yield from (replaced(where, path, old, Not(old)) for path, old in paths(condition))
    for decision in guideline.decisions:
        yield from (PolicyChanged(decision.id, policy) for policy in policies_for(guideline, decision))
        for rule in decision.running():
            yield RuleDropped(rule.id)
            yield from (ThenChanged(rule.id, then) for then in thens_of(guideline, decision, rule.then))
    yield from (GuardDropped(*pair) for pair in guards_of(guideline))
    for score in guideline.scores:
        yield from (PointsChanged(score.id, index, worth) for index in range(len(score.points)) for worth in (0, 1, 2))


def replaced(where: Where, path: tuple[int, ...], old: Condition, new: Condition) -> PartsReplaced:
    return PartsReplaced((Replaced(where, path, old, new),))


def thens_of(
    guideline: Guideline, decision: Decision, then: tuple[Assignment, ...]
) -> Iterator[tuple[Assignment, ...]]:
    """Yield what a rule writes with each other value of one output, and with none."""
    for name in decision.outputs:
        output = guideline.outputs[name]
        rest = tuple(one for one in then if one.output != name)
        yield rest
        yield from (
            (*rest, Assignment(name, (one,))) for one in (output.scale.levels if output.scale else output.elements)
        )


def watch(
    name: str,
    stated: tuple[Stated, ...] = (),
    *outcomes: Expected,
    whole: Expected | None = None,
    strict: bool = False,
    clean: bool = False,
) -> Watch:
    """Return a vignette with what it expects."""
    expectation = Expectation("rules", "1.0.0", outcomes, whole, (), "", strict, NOWHERE)
    return Watch(Vignette(name, "", "", "", (), stated, clean, "", (), False, NOWHERE), expectation)


def is_one_of(output: str, *values: str) -> Expected:
    return Expected(output, "", values=frozenset(values))


def is_open(output: str) -> Expected:
    return Expected(output, "undecided", undecided=True)
