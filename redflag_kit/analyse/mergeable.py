"""Pairs of rules that can be written as one.

Claim: a pair is reported only if replacing both by one rule, at the place of one of them, leaves every covered output
of every legal patient in scope as it is.
Not covered: rules that are no plain conjunction of tests, pairs that differ in more than one test, numbers whose
ranges do not touch, and more than two rules at once. No rule is named twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeAlias

from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.subject import Subject
from redflag_kit.analyse.what_if import changes_nothing
from redflag_kit.analyse.where import where
from redflag_kit.compile.cuts import Atoms
from redflag_kit.compile.expression import Both, Count, Expression, InputEntry, Negation, OutputEntry, SumEntry
from redflag_kit.compile.table import Row, Table
from redflag_kit.diagnostics import codes
from redflag_kit.logic.algebra import R

Test: TypeAlias = InputEntry | OutputEntry | SumEntry
Tests: TypeAlias = dict[tuple[type[Test], str], Test]
"""A conjunction by what its tests read, each thing once: a finding, an output or a score, by its name."""


def mergeable(subject: Subject[R]) -> Iterator[Fault]:
    """Yield one fault per pair; `names` is what their tests differ in, `others` the rule whose place the one takes."""
    for table in subject.tables:
        merged: set[str] = set()
        tests = {row.rule: _tests(row.when, subject.atoms) for row in table.rows}
        for one, other in combinations(subject.firing(table.rows), 2):
            subject.deadline.check("rules that can be merged")
            if one.then != other.then or merged & {one.rule, other.rule} or not _stand_alike(table, one, other):
                continue
            joined = _joined(tests[one.rule], tests[other.rule], subject.atoms)
            place = joined and _place(subject, table, one, other, joined[1])
            if joined and place:
                merged |= {one.rule, other.rule}
                region = subject.fires[one.rule] | subject.fires[other.rule]
                rules = (one.rule, other.rule)
                yield Fault(codes.RF311, table.decision, rules, where(subject, region), None, (place,), (joined[0],))


def _stand_alike(table: Table, one: Row, other: Row) -> bool:
    """Say whether two rules have the same exceptions and are the same exceptions of others."""
    alike = set(one.suppressed_by) == set(other.suppressed_by)
    return alike and all((one.rule in row.suppressed_by) == (other.rule in row.suppressed_by) for row in table.rows)


def _tests(expression: Expression, atoms: Atoms) -> Tests | None:
    """Return the tests of a plain conjunction, None for any other condition."""
    found: Tests = {}
    for part in expression.parts if isinstance(expression, Both) else (expression,):
        single = _single(part, atoms)
        if single is None or (key := _key(single)) in found:
            return None
        found[key] = single
    return found


def _key(test: Test) -> tuple[type[Test], str]:
    match test:
        case InputEntry(name) | OutputEntry(name) | SumEntry(name):  # pragma: no branch
            return type(test), name


def _single(part: Expression, atoms: Atoms) -> Test | None:
    """Return a condition as one test of one thing, if it is one."""
    match part:
        case InputEntry() | OutputEntry() | SumEntry():
            return part
        case Count(1, parts):  # any of several tests of one finding is one test
            inside = [one for one in parts if isinstance(one, InputEntry)]
            names = {one.finding for one in inside}
            if len(inside) == len(parts) and len(names) == 1:
                return _union(inside, atoms)
        case Negation(InputEntry(finding) as entry):
            return atoms.entry(finding, ~atoms.mask(entry))
    return None


def _union(entries: Sequence[InputEntry], atoms: Atoms) -> InputEntry:
    mask = 0
    for entry in entries:
        mask |= atoms.mask(entry)
    return atoms.entry(entries[0].finding, mask)


def _joined(one: Tests | None, other: Tests | None, atoms: Atoms) -> tuple[str, Expression] | None:
    """Return what two conjunctions differ in and the one that holds where either does, if they differ in one test."""
    if one is None or other is None or one.keys() != other.keys():
        return None
    different = [key for key in one if not _same(one[key], other[key], atoms)]
    if len(different) != 1:
        return None
    (key,) = different
    test = _either(one[key], other[key], atoms)
    return None if test is None else (key[1], Both(tuple((one | {key: test}).values())))


def _same(one: Test, other: Test, atoms: Atoms) -> bool:
    if isinstance(one, InputEntry) and isinstance(other, InputEntry):
        return atoms.mask(one) == atoms.mask(other)
    return one == other


def _either(one: Test, other: Test, atoms: Atoms) -> Test | None:
    """Return the test of the same thing that holds where either does."""
    if isinstance(one, InputEntry) and isinstance(other, InputEntry):
        both = _union((one, other), atoms)
        return both if len(both.intervals) <= 1 else None
    if isinstance(one, OutputEntry) and isinstance(other, OutputEntry):
        return OutputEntry(one.output, one.values | other.values)
    assert isinstance(one, SumEntry) and isinstance(other, SumEntry)
    return SumEntry(one.score, one.sums | other.sums)


def _place(subject: Subject[R], table: Table, one: Row, other: Row, when: Expression) -> str | None:
    """Return the rule at whose place one rule can stand for both, if that changes nothing."""
    near = subject.holds[one.rule] | subject.holds[other.rule]
    for kept, dropped in ((one, other), (other, one)):
        if changes_nothing(subject, merged_table(table, replace(kept, when=when), dropped.rule), near):
            return kept.rule
    return None


def merged_table(table: Table, new: Row, dropped: str) -> Table:
    """Return a table with `new` in the place of the row of its name, and without another row."""
    rows = (new if row.rule == new.rule else row for row in table.rows if row.rule != dropped)
    return replace(
        table,
        rows=tuple(replace(row, suppressed_by=tuple(r for r in row.suppressed_by if r != dropped)) for row in rows),
        guard_order=tuple(rule for rule in table.guard_order if rule != dropped),
    )
