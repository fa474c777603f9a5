"""Groups: all for any, any for all, and a count that is one off."""

from collections.abc import Iterator
from dataclasses import replace

from redflag_kit.model.condition import All, Any, AtLeast, members
from redflag_kit.mutate.fault import Bench, PartFault, Told
from redflag_kit.mutate.homes import Part
from redflag_kit.mutate.mutant import Operator


def regrouped(bench: Bench, part: Part) -> Iterator[PartFault]:
    """Yield the group with the other word, or with one more or one less of its members needed."""
    match part.condition:
        case All(parts) if len(parts) > 1:
            yield _swapped(bench, part, Any(parts), Operator.ALL_TO_ANY)
        case Any(parts) if len(parts) > 1:
            yield _swapped(bench, part, All(parts), Operator.ANY_TO_ALL)
        case AtLeast(n, parts):
            for other in (n + 1, n - 1):
                if 1 <= other <= len(parts):
                    yield _counted(bench, part, part.condition, other)
        case _:
            return


def _swapped(bench: Bench, part: Part, new: All | Any, operator: Operator) -> PartFault:
    return PartFault(operator, "", part, new, lambda: _told(bench, part, new))


def _told(bench: Bench, part: Part, new: All | Any) -> Told:
    now, before = ("all", "any") if isinstance(new, All) else ("any", "all")
    sentence = f"{now} instead of {before} of: {_listed(bench, part)}"
    assert isinstance(part.condition, All | Any)
    # the other word may already be a key of the map around
    if bench.is_entry(part) or not part.condition.word_span.line:
        return bench.rewritten(part, new, sentence)
    return Told(part.condition.word_span, before, now, sentence)


def _counted(bench: Bench, part: Part, group: AtLeast, n: int) -> PartFault:
    def tell() -> Told:
        sentence = f"at least {n} instead of {group.n} of: {_listed(bench, part)}"
        return Told(group.n_span, str(group.n), str(n), sentence)

    operator = Operator.COUNT_RAISED if n > group.n else Operator.COUNT_LOWERED
    return PartFault(operator, "", part, replace(group, n=n), tell)


def _listed(bench: Bench, part: Part) -> str:
    return "; ".join(bench.phrase(member) for member in members(part.condition))
