"""Rules without which every outcome is the same.

Claim: reported exactly if the rule fires for somebody and the guideline without it gives every legal patient in scope
the same value of every covered output. It is `subsumed` if one other rule that writes the same fires wherever it
does; under FIRST, where the order matters more than the conditions, it is called redundant all the same.
Not covered: whether several such rules can be dropped at once.
"""

from collections.abc import Iterator

from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.subject import Subject, all_rows
from redflag_kit.analyse.what_if import changes_nothing, without
from redflag_kit.analyse.where import where
from redflag_kit.compile.table import Row, Table
from redflag_kit.diagnostics import codes
from redflag_kit.logic.algebra import R
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.semantics.hit_policies import aspects, said, weight


def redundant(subject: Subject[R]) -> Iterator[Fault]:
    """Yield one fault per rule that can be dropped; `others` holds a rule that stands in for it, if one does alone."""
    for table in subject.tables:
        for row in subject.firing(all_rows(table)):
            subject.deadline.check("redundant rules")
            if row.rule in subject.defaults or _matters(subject, table, row):
                continue
            region = subject.fires[row.rule]
            if changes_nothing(subject, without(table, row.rule), region):
                others = _stand_in(subject, table, row)
                first = table.hit_policy is HitPolicy.FIRST
                code = codes.RF308 if others and not first else codes.RF309
                point = subject.algebra.least(region)
                yield Fault(code, table.decision, (row.rule,), where(subject, region), point, others)


def _matters(subject: Subject[R], table: Table, row: Row) -> bool:
    """Say, by a cheap test, that a COLLECT rule matters: for somebody it alone gives a covered output its value."""
    suppresses = any(row.rule in one.suppressed_by for one in table.rows)
    if table.hit_policy is not HitPolicy.COLLECT or suppresses or _has_fallback(table, row):
        return False
    for name in table.outputs:
        output = subject.compiled.outputs[name]
        for _, element in aspects(output) if name in subject.compiled.covers else ():
            alone = subject.fires[row.rule]
            for one in table.rows if said(row, output, element) else ():
                if one is not row and said(one, output, element) and weight(one, output) >= weight(row, output):
                    alone = alone - subject.fires[one.rule]
            if said(row, output, element) and not alone.is_empty():
                return True
    return False


def _has_fallback(table: Table, row: Row) -> bool:
    """Say whether an `otherwise` rule may take the place of a rule: it writes some output that the rule writes."""
    written = {name for name, _ in row.then}
    return any(name in written for one in table.otherwise or () for name, _ in one.then)


def _stand_in(subject: Subject[R], table: Table, row: Row) -> tuple[str, ...]:
    for one in table.rows:
        same = one is not row and one.then == row.then
        if same and (subject.fires[row.rule] - subject.fires[one.rule]).is_empty():
            return (one.rule,)
    return ()
