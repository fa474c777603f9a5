"""Rules of FIRST and PRIORITY tables that give way in part, among boxes: the same faults as `analyse.partly_masked`."""

from collections.abc import Iterator

from redflag_kit.analyse.boxed import Boxed
from redflag_kit.analyse.fault import Fault, Where
from redflag_kit.diagnostics import codes
from redflag_kit.logic.boxes.gaps import union_volume
from redflag_kit.logic.boxes.witness import least
from redflag_kit.logic.space import Box
from redflag_kit.model.guideline import HitPolicy


def partly_masked(boxed: Boxed) -> Iterator[Fault]:
    """Yield one fault per row that gives way in part; `others` are the rows that win over it there."""
    one = boxed.table
    if one.table.hit_policy not in (HitPolicy.FIRST, HitPolicy.PRIORITY):
        return
    winners: dict[int, list[int]] = {}
    for first, second in zip(*(side.tolist() for side in boxed.pairs), strict=True):
        winner, loser = sorted((first, second), key=lambda rule: one.ranks[rule])
        if _wins(boxed, winner, loser) and not _within(boxed, winner, loser):
            winners.setdefault(loser, []).append(winner)
    never = {found.rule for found in boxed.masked}
    for rule in sorted(winners.keys() - never):
        yield _fault(boxed, rule, sorted(winners[rule]))


def _wins(boxed: Boxed, winner: int, loser: int) -> bool:
    """Say whether one row wins over another, both rules of the table, with other outputs."""
    one = boxed.table
    stronger = one.ranks[winner] < one.ranks[loser] and loser < len(one.table.rows)
    return stronger and one.rows[winner].then != one.rows[loser].then


def _within(boxed: Boxed, inner: int, outer: int) -> bool:
    boxes = boxed.table.boxes
    return all(mine & ~theirs == 0 for mine, theirs in zip(boxes[inner], boxes[outer], strict=True))


def _fault(boxed: Boxed, rule: int, winners: list[int]) -> Fault:
    one, measure = boxed.table, boxed.measure
    shared: list[Box] = [
        tuple(mine & theirs for mine, theirs in zip(one.boxes[rule], one.boxes[other], strict=True))
        for other in winners
    ]
    share = None
    if measure is not None:
        together = union_volume(one.space, shared, measure, boxed.deadline)
        share = together / measure.volume([tuple(axis.full for axis in one.space.axes)])
    where = Where(tuple(map(one.cube, shared)), exact=True, share=share)
    point = least(one.space, shared)
    assert point is not None  # each of them shares somebody with the rule
    names = tuple(one.rows[other].rule for other in winners)
    return Fault(
        codes.RF315,
        one.table.decision,
        (one.rows[rule].rule,),
        where,
        one.point(point),
        names,
    )
