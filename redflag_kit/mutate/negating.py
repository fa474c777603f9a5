"""Conditions negated: a test, a name or a group that holds where it should not. Of a `not`, the `not` is forgotten."""

from collections.abc import Iterator

from redflag_kit.model.condition import Always, Condition, Not, WordTest
from redflag_kit.model.vocabulary import Kind
from redflag_kit.mutate.fault import Bench, PartFault
from redflag_kit.mutate.homes import Part
from redflag_kit.mutate.mutant import Operator
from redflag_kit.mutate.naming import part_name


def negated(bench: Bench, part: Part) -> Iterator[PartFault]:
    """Yield the opposite of the part. What stands in a `not` is left to the `not`, `always` to the rule."""
    if isinstance(part.condition, Always) or (part.parent is not None and isinstance(part.parent.condition, Not)):
        return
    new = _opposite(bench, part.condition)
    yield PartFault(
        Operator.CONDITION_NEGATED,
        part_name(part.condition),
        part,
        new,
        lambda: bench.rewritten(part, new, bench.instead(new, part.condition)),
    )


def _opposite(bench: Bench, condition: Condition) -> Condition:
    match condition:
        case Not(inner):
            return inner
        case WordTest(finding, words) if len(words) == 1 and bench.finding(finding).kind is Kind.YES_NO:
            (other,) = frozenset(bench.finding(finding).words) - words
            return WordTest(finding, frozenset({other}), other)
        case _:
            return Not(condition)
