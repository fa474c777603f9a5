"""Overlaps of UNIQUE tables and conflicts of ANY tables, as maximal sets of rules.

Claim: a set is reported exactly if some legal patient in scope makes all its rules fire and no further rule fires for
all of those at once (for ANY: and the set does not agree). Every pair that meets is in some set; where the sets are
more than `MAX_SETS`, the pairs outside the reported sets follow, each by itself.
Method: take a patient of whom no set found so far says everything, add rules to those that fire as long as somebody
makes all of them fire, repeat. A set thus always has a common patient, which cliques of pairs need not have.
Cost: one conjunction per set and rule.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from redflag_kit.analyse.duplicates import groups
from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.subject import Subject
from redflag_kit.analyse.where import where
from redflag_kit.compile.table import Row, Table
from redflag_kit.diagnostics import codes
from redflag_kit.logic.algebra import R, at_least, conjunction, disjunction
from redflag_kit.model.guideline import HitPolicy

MAX_SETS = 60


def overlaps(subject: Subject[R]) -> Iterator[Fault]:
    """Yield one fault per maximal set of rules that must not apply together but do for somebody."""
    for table in subject.tables:
        subject.deadline.check("overlaps and conflicts")
        if table.hit_policy is HitPolicy.UNIQUE:
            # Of rules that repeat each other the first stands for all; that they do is told by `duplicates`.
            yield from _sets(subject, table, [group[0] for group in groups(subject, table)], codes.RF302)
        elif table.hit_policy is HitPolicy.ANY:
            yield from _sets(subject, table, subject.firing(table.rows), codes.RF303)


def _sets(subject: Subject[R], table: Table, rows: Sequence[Row], code: codes.Code) -> Iterator[Fault]:
    fires = {row.rule: subject.fires[row.rule] for row in rows}
    left = _trouble(subject, rows, code)
    found: list[frozenset[str]] = []
    while not left.is_empty() and len(found) < MAX_SETS:
        names, region = _maximal(subject, fires, left)
        found.append(frozenset(names))
        yield _fault(subject, table, names, region, code)
        # Left are those of whom some rule outside this set fires: the set does not say everything of them.
        left &= disjunction(subject.algebra, (region for rule, region in fires.items() if rule not in found[-1]))
    if not left.is_empty():
        yield from _pairs(subject, table, rows, found, code)


def _trouble(subject: Subject[R], rows: Sequence[Row], code: codes.Code) -> R:
    """Return who makes several rules fire; for ANY, several that disagree."""
    if code is codes.RF302:
        return at_least(subject.algebra, 2, [subject.fires[row.rule] for row in rows])
    result = subject.algebra.empty
    for output in {name: None for row in rows for name, _ in row.then}:
        saying: dict[tuple[str, ...], R] = {}
        for row in rows:
            written = row.writes(output)
            saying[written] = saying.get(written, subject.algebra.empty) | subject.fires[row.rule]
        result |= at_least(subject.algebra, 2, list(saying.values()))
    return result


def _maximal(subject: Subject[R], fires: dict[str, R], left: R) -> tuple[tuple[str, ...], R]:
    """Return a maximal set of rules with a common patient that holds all rules of some patient left, and its region."""
    point = subject.algebra.calmest(left)
    first = [rule for rule, region in fires.items() if subject.algebra.contains(region, point)]
    region = conjunction(subject.algebra, (fires[rule] for rule in first))
    chosen = set(first)
    for rule, where_it_fires in fires.items():
        if rule not in chosen:
            narrower = region & where_it_fires
            if not narrower.is_empty():
                region = narrower
                chosen.add(rule)
    return tuple(rule for rule in fires if rule in chosen), region


def _pairs(
    subject: Subject[R], table: Table, rows: Sequence[Row], found: Sequence[frozenset[str]], code: codes.Code
) -> Iterator[Fault]:
    """Yield the pairs that no reported set holds; each says how many sets were reported before it."""
    for one, other in combinations(rows, 2):
        both = {one.rule, other.rule}
        if any(both <= known for known in found) or (code is codes.RF303 and one.then == other.then):
            continue
        region = subject.fires[one.rule] & subject.fires[other.rule]
        if not region.is_empty():
            yield _fault(subject, table, (one.rule, other.rule), region, code, capped=len(found))


def _fault(
    subject: Subject[R], table: Table, names: tuple[str, ...], region: R, code: codes.Code, capped: int = 0
) -> Fault:
    point = subject.algebra.least(region)
    detail = {"sets_reported": capped} if capped else {}
    return Fault(code, table.decision, names, where(subject, region), point, detail=detail)
