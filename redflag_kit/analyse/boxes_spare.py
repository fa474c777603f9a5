"""Rules that can be spared or merged, for a table of boxes.

Claim: the same faults as `redundant` and `mergeable` yield over regions.
Method: boxes settle most questions alone: a rule matters if nothing else holds some point of it, and a merger changes
nothing if the merged rules change places only with rules that say the same. Any other question is about one box, and
is put to the analyses over regions with the few rules that touch it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from redflag_kit.analyse.boxed import Boxed
from redflag_kit.analyse.boxes_near import around, meant
from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.mergeable import merged_table
from redflag_kit.analyse.what_if import changes_nothing, without
from redflag_kit.compile.expression import Both
from redflag_kit.compile.table import Row
from redflag_kit.diagnostics import codes
from redflag_kit.logic.boxes.columns import is_interval
from redflag_kit.logic.boxes.pairs import mergeable as differing_once
from redflag_kit.logic.boxes.spared import held_by_others
from redflag_kit.logic.space import Box
from redflag_kit.model.guideline import HitPolicy


def redundant(boxed: Boxed) -> Iterator[Fault]:
    """Yield one fault per rule that can be dropped; `others` holds a rule that stands in for it, if one does alone."""
    one = boxed.table
    count = len(one.table.rows)
    said = [meant(row) for row in one.rows]

    def replaces(other: int, rule: int) -> bool:
        return other < count or said[other] == said[rule]

    for rule in held_by_others(boxed.rules, boxed.pairs, count, replaces, boxed.deadline):
        boxed.deadline.check("redundant rules")
        row, box = one.rows[rule], one.boxes[rule]
        subject = around(boxed, [box])
        if changes_nothing(subject, without(subject.compiled.tables[0], row.rule), subject.fires[row.rule]):
            stand_in = [other for other in _alike(one.table.rows, rule) if _holds(one.boxes[other], box)][:1]
            alone = bool(stand_in) and one.table.hit_policy is not HitPolicy.FIRST
            yield boxed.fault(codes.RF308 if alone else codes.RF309, (rule,), box, stand_in)


def _alike(rows: Sequence[Row], rule: int) -> Iterator[int]:
    return (other for other, row in enumerate(rows) if other != rule and row.then == rows[rule].then)


def _holds(outer: Box, inner: Box) -> bool:
    return not any(mine & ~theirs for theirs, mine in zip(outer, inner, strict=True))


def mergeable(boxed: Boxed) -> Iterator[Fault]:
    """Yield one fault per pair; `names` is what their tests differ in, `others` the rule whose place the one takes."""
    one = boxed.table
    count = len(one.table.rows)
    taken: set[int] = set()
    for first, second, column in differing_once(one.boxes[:count], [row.then for row in one.table.rows]):
        boxed.deadline.check("rules that can be merged")
        both = tuple(a | b for a, b in zip(one.boxes[first], one.boxes[second], strict=True))
        if taken & {first, second} or not _one_test(boxed, first, second, column, both[column]):
            continue
        place = _place(boxed, first, second, column, both)
        if place is not None:
            taken |= {first, second}
            found = boxed.fault(codes.RF311, (first, second), both, (place,))
            yield replace(found, point=None, names=(one.space.names[column],))


def _one_test(boxed: Boxed, first: int, second: int, column: int, mask: int) -> bool:
    """Say whether two rules that fire test the same inputs, and one test can stand for those of a column."""
    one = boxed.table
    tested, name = one.tested[first], one.space.names[column]
    if not (all(one.boxes[first]) and all(one.boxes[second])) or tested is None or tested != one.tested[second]:
        return False
    return one.compiled.inputs[name].grid is None or is_interval(mask)


def _place(boxed: Boxed, first: int, second: int, column: int, both: Box) -> int | None:
    """Return the rule at whose place one rule can stand for both, if that changes nothing."""
    one = boxed.table
    if _keeps_places(boxed, first, second, column):
        return first
    subject = around(boxed, [both])
    table = subject.compiled.tables[0]
    near = subject.holds[one.rows[first].rule] | subject.holds[one.rows[second].rule]
    entries = tuple(one.atoms.entry(name, mask) for name, mask in one.cube(both).items())
    for kept, dropped in ((first, second), (second, first)):
        new = replace(one.rows[kept], when=Both(entries))
        if changes_nothing(subject, merged_table(table, new, one.rows[dropped].rule), near):
            return kept
    return None


def _keeps_places(boxed: Boxed, first: int, second: int, column: int) -> bool:
    """Say whether merging is harmless without a proof: the rules in between, or the other rules that fire, agree."""
    one = boxed.table
    match one.table.hit_policy:
        case HitPolicy.UNIQUE:
            return not one.boxes[first][column] & one.boxes[second][column]
        case HitPolicy.FIRST:
            between = range(first + 1, second)
            moved = one.boxes[second]
            return all(
                one.rows[rule].then == one.rows[second].then
                or not all(a & b for a, b in zip(one.boxes[rule], moved, strict=True))
                for rule in between
            )
        case _:  # what is said together does not depend on how many rules say it, nor on their order
            return True
