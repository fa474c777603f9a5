"""Conditions dropped: a member of a group that was forgotten, or the whole of a condition that is no group."""

from collections.abc import Iterator
from dataclasses import replace

from redflag_kit.model.condition import All, Always, Any, AtLeast, Condition, members
from redflag_kit.mutate.fault import Bench, PartFault, Told
from redflag_kit.mutate.homes import Part
from redflag_kit.mutate.mutant import Operator
from redflag_kit.mutate.naming import part_name


def dropped(bench: Bench, part: Part) -> Iterator[PartFault]:
    """Yield the part left out of its group, or the condition that becomes `always`."""
    if part.parent is not None:
        group = _without(part.parent.condition, part.path[-1])
        if group is not None:
            yield PartFault(
                Operator.CONDITION_DROPPED,
                part_name(part.condition),
                part.parent,
                group,
                lambda: _told_member(bench, part),
            )
    elif len(_group(part.condition)) < 2 and not isinstance(part.condition, Always):
        sentence = f"for everybody instead of: {bench.phrase(part.condition)}"
        new = Always()
        yield PartFault(
            Operator.CONDITION_DROPPED,
            part_name(part.condition),
            part,
            new,
            lambda: bench.rewritten(part, new, sentence),
        )


def _group(condition: Condition) -> tuple[Condition, ...]:
    return members(condition) if isinstance(condition, All | Any | AtLeast) else ()


def _without(group: Condition, position: int) -> Condition | None:
    """Return a group without a member, if what is left can be written."""
    parts = _group(group)
    left = (*parts[:position], *parts[position + 1 :])
    match group:
        case All() | Any() if left:
            return replace(group, members=left)
        case AtLeast(n) if n <= len(left):
            return replace(group, members=left)
        case _:
            return None


def _told_member(bench: Bench, part: Part) -> Told:
    sentence = f"without the condition: {bench.phrase(part.condition)}"
    return Told(part.condition.span, bench.member_text(part), "", sentence)
