"""The analyses of `analyse.run` for tables that are boxes: the same faults, found by splitting and by comparing pairs.

Claim: for the same model these faults equal those that the analyses over regions yield, except that a gap may be
described by other alternatives, and by more of them, and that where there are too many maximal sets of rules, some
are listed, in which every pair occurs. Not asked: three-valued evaluation.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from redflag_kit.analyse.answers import (
    GAPS,
    MASKED,
    MERGEABLE,
    NEVER,
    NEVER_MATTERS,
    OVERLAPS,
    PARTLY,
    REDUNDANT,
    REPEATS,
    Analysed,
    Answer,
    joined,
)
from redflag_kit.analyse.boxed import Boxed
from redflag_kit.analyse.boxes_inputs import irrelevant
from redflag_kit.analyse.boxes_partly import partly_masked
from redflag_kit.analyse.boxes_spare import mergeable, redundant
from redflag_kit.analyse.fault import Fault, Where
from redflag_kit.analyse.large import BoxTable
from redflag_kit.analyse.rounds import ask_all
from redflag_kit.analyse.run import Wanted
from redflag_kit.compile.table import Row
from redflag_kit.diagnostics import codes
from redflag_kit.logic.boxes.cover import cover
from redflag_kit.logic.boxes.gaps import gap_pieces, some_gap
from redflag_kit.logic.boxes.measure import alike
from redflag_kit.logic.boxes.together import maximal_sets
from redflag_kit.logic.boxes.witness import least
from redflag_kit.logic.budget import NO_DEADLINE, BudgetExceeded, Deadline, turns_of
from redflag_kit.model.guideline import HitPolicy

MAX_CUBES = 400
"""How many alternatives describe a gap."""
MAX_STEPS = 50_000
"""How long all maximal sets of rules are looked for before each pair is put into one set instead."""


def run(
    table: BoxTable,
    defaults: frozenset[str] = frozenset(),
    deadline: Deadline = NO_DEADLINE,
    questions: Sequence[str] = Wanted.ADVICE.questions,
) -> Analysed:
    """Return the faults of a model; an analysis that exceeds its budget stops and leaves the others running."""
    turns = turns_of(deadline)
    boxed = Boxed(table, turns)
    return joined(ask_all(questions, lambda question: _answer(boxed, question, defaults), turns))


def _answer(boxed: Boxed, question: str, defaults: frozenset[str]) -> Answer:
    analyses: dict[str, Callable[[Boxed], Iterator[Fault]]] = {
        GAPS: gaps,
        OVERLAPS: overlaps,
        NEVER: never_fires,
        REPEATS: duplicates,
        MASKED: masks(defaults),
        REDUNDANT: redundant,
        MERGEABLE: mergeable,
        PARTLY: partly_masked,
        NEVER_MATTERS: irrelevant,
    }
    if question not in analyses:
        return Answer(question, (), "what can be answered without decision diagrams")
    faults: list[Fault] = []
    try:
        if question != GAPS:  # a part of a gap may be seen at once
            boxed.deadline.check(question)
        for fault in analyses[question](boxed):
            faults.append(fault)
            boxed.deadline.check(question)
    except BudgetExceeded as error:
        return Answer(question, tuple(faults), error.budget)
    return Answer(question, tuple(faults))


def gaps(boxed: Boxed) -> Iterator[Fault]:
    """Yield one fault if some point lies in no row; where the time is up, a part of the gap if one is seen."""
    one, measure = boxed.table, boxed.measure
    try:
        pieces = gap_pieces(one.space, boxed.rules, boxed.deadline)
    except BudgetExceeded:
        yield from _gap_at_least(boxed)
        raise
    point = least(one.space, pieces)
    if point is not None:
        found = cover(boxed.rules, pieces, measure or alike(one.space), MAX_CUBES, boxed.deadline)
        share = None if measure is None else measure.share(pieces)
        where = Where(tuple(map(one.cube, found.boxes)), found.exact, share)
        yield Fault(codes.RF301, one.table.decision, (), where, one.point(point))


def _gap_at_least(boxed: Boxed) -> Iterator[Fault]:
    """Yield a fault for a part of the gap that is found fast, if there is one."""
    one, piece = boxed.table, some_gap(boxed.table.space, boxed.rules)
    if piece is not None:
        point = least(one.space, [piece])
        assert point is not None  # somebody is in a gap
        found = cover(boxed.rules, [piece], boxed.measure or alike(one.space), 1, NO_DEADLINE)
        where = Where(tuple(map(one.cube, found.boxes)), exact=False)
        yield Fault(codes.RF301, one.table.decision, (), where, one.point(point))


def overlaps(boxed: Boxed) -> Iterator[Fault]:
    """Yield one fault per maximal set of rows that must not apply together but can, or until each pair is in one."""
    one = boxed.table
    code = {HitPolicy.UNIQUE: codes.RF302, HitPolicy.ANY: codes.RF303}.get(one.table.hit_policy)
    if code is None:
        return
    kept = _distinct(one) if code is codes.RF302 else range(len(one.table.rows))
    wrong = _disagree(one.rows) if code is codes.RF303 else lambda first, second: True
    members = set(kept)
    pairs = ((a, b) for a, b in zip(*(side.tolist() for side in boxed.pairs), strict=True) if {a, b} <= members)
    listing = maximal_sets(one.boxes, pairs, MAX_STEPS, boxed.deadline)
    shown = [found for found in listing.sets if any(wrong(found.rules[0], other) for other in found.rules)]
    for found in shown:
        yield boxed.fault(code, found.rules, found.region, capped=0 if listing.complete else len(shown))
    if listing.stopped:
        raise listing.stopped


def never_fires(boxed: Boxed) -> Iterator[Fault]:
    """Yield one fault per row whose tests exclude each other."""
    one = boxed.table
    for row, box in zip(one.rows, one.boxes, strict=True):
        if not all(box):
            yield Fault(codes.RF304, one.table.decision, (row.rule,), detail={"why": "contradiction"})


def duplicates(boxed: Boxed) -> Iterator[Fault]:
    """Yield one fault per group of rows that are the same box and write the same."""
    one = boxed.table
    code = codes.RF313 if one.table.hit_policy is HitPolicy.UNIQUE else codes.RF307
    groups: dict[object, list[int]] = {}
    for index, row in enumerate(one.table.rows):
        if all(one.boxes[index]):
            groups.setdefault((one.boxes[index], row.then), []).append(index)
    for group in groups.values():
        if len(group) > 1:
            yield boxed.fault(code, group, one.boxes[group[0]])


def masks(defaults: frozenset[str]) -> Callable[[Boxed], Iterator[Fault]]:
    """Return the analysis that yields one fault per row that never decides, rows that stand for a default aside."""

    def analysis(boxed: Boxed) -> Iterator[Fault]:
        one = boxed.table
        for found in boxed.masked:
            if one.rows[found.rule].rule not in defaults:
                yield boxed.fault(codes.RF306, (found.rule,), one.boxes[found.rule], found.by)

    return analysis


def _distinct(one: BoxTable) -> list[int]:
    """Return the rules without those that repeat an earlier one."""
    first: dict[object, int] = {}
    for index, row in enumerate(one.table.rows):
        first.setdefault((one.boxes[index], row.then), index)
    return list(first.values())


def _disagree(rows: Sequence[Row]) -> Callable[[int, int], bool]:
    said: list[Mapping[str, tuple[str, ...]]] = [dict(row.then) for row in rows]
    return lambda first, second: said[first] != said[second]
