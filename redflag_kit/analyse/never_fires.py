"""Rules whose condition holds for nobody who is legal and in scope.

Claim: reported exactly if that is so, with the first reason that applies of: a value that an earlier decision never
has; tests that exclude each other, alone or through earlier decisions and scores; the scope; constraints (no fewer
would do). Not covered: rules that hold for somebody but never get to decide; those are `masked`.
"""

from collections.abc import Iterator
from typing import TypeAlias

from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.subject import Subject, all_rows
from redflag_kit.compile.expression import ALWAYS, Both, Count, Expression, Negation, OutputEntry, SumEntry
from redflag_kit.compile.table import Compiled, Restriction, Row
from redflag_kit.diagnostics import codes
from redflag_kit.logic.algebra import R
from redflag_kit.model.vocabulary import Comparison
from redflag_kit.semantics.regions import condition_region, legal_region

Reason: TypeAlias = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A word for the reason, the names it is about, and the rules that belong to it."""


def never_fires(subject: Subject[R]) -> Iterator[Fault]:
    """Yield one fault per rule that cannot hold; `detail["why"]` is the reason."""
    for table in subject.tables:
        subject.deadline.check("rules that cannot apply")
        for row in all_rows(table):
            if row.rule not in subject.defaults and subject.holds[row.rule].is_empty():
                why, names, rules = _reason(subject, row)
                yield Fault(codes.RF304, table.decision, (row.rule,), others=rules, names=names, detail={"why": why})


def _reason(subject: Subject[R], row: Row) -> Reason:
    reads = tuple(dict.fromkeys(_earlier(row.when)))
    for entry in reads:
        if isinstance(entry, SumEntry) or not (subject.care & _region(subject, entry)).is_empty():
            continue
        if not (subject.care & _region(subject, _without(row.when, entry))).is_empty():
            return "value", (entry.output, *sorted(entry.values)), _writers(subject.compiled, entry)
    alone = _region(subject, row.when)
    if alone.is_empty():
        names = tuple(dict.fromkeys(e.output if isinstance(e, OutputEntry) else e.score for e in reads))
        return "earlier" if reads else "contradiction", names, ()
    inside = alone & subject.meaning.scope
    return ("scope", (), ()) if inside.is_empty() else ("constraints", _excluding(subject, inside), ())


def _region(subject: Subject[R], expression: Expression) -> R:
    return condition_region(expression, subject.meaning, subject.atoms, subject.algebra)


def _earlier(expression: Expression) -> Iterator[OutputEntry | SumEntry]:
    """Yield what an expression reads of earlier decisions and scores."""
    match expression:
        case OutputEntry() | SumEntry():
            yield expression
        case Both(parts) | Count(_, parts):
            for part in parts:
                yield from _earlier(part)
        case Negation(part):
            yield from _earlier(part)
        case _:
            return


def _without(expression: Expression, entry: Expression) -> Expression:
    """Return an expression in which one entry always holds."""
    if expression == entry:
        return ALWAYS
    match expression:
        case Both(parts):
            return Both(tuple(_without(part, entry) for part in parts))
        case Count(n, parts):
            return Count(n, tuple(_without(part, entry) for part in parts))
        case Negation(part):
            return Negation(_without(part, entry))
        case _:
            return expression


def _writers(compiled: Compiled, entry: OutputEntry) -> tuple[str, ...]:
    """Return the rules that would give an output one of the values, had they their way."""
    table = compiled.table_of(entry.output)
    assert table is not None  # what conditions read is written by some decision
    return tuple(row.rule for row in all_rows(table) if entry.values & set(row.writes(entry.output)))


def _excluding(subject: Subject[R], region: R) -> tuple[str, ...]:
    """Return the ids of constraints that together leave nobody of a region, none of them needless."""
    kept = list(subject.compiled.restrictions)
    inputs = tuple(subject.compiled.inputs.values())
    for one in tuple(kept):
        fewer = [other for other in kept if other is not one]
        if (region & legal_region(fewer, inputs, subject.atoms, subject.algebra)).is_empty():
            kept = fewer
    return tuple(_id(one) for one in kept)


def _id(restriction: Restriction) -> str:
    return restriction.id if isinstance(restriction, Comparison) else restriction.constraint
