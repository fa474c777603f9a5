"""Does a changed table change an outcome? The proof behind every suggestion to drop or to merge rules.

Claim: the answer is yes exactly if, for some legal patient in scope, some covered output gets another value.
Method: a change of some rules can matter only to patients for whom one of them holds, so the table is ruled on anew
for those alone, without the rows that hold for none of them. Only if an output that no guideline covers changes is
everything read again.
"""

from dataclasses import replace

from redflag_kit.analyse.subject import Subject, all_rows
from redflag_kit.compile.table import Row, Table
from redflag_kit.logic.algebra import R
from redflag_kit.semantics.hit_policies import Ruling, aspects, rule_on
from redflag_kit.semantics.regions import condition_region, meaning


def without(table: Table, rule: str) -> Table:
    """Return a table without one of its rules; what the rule suppressed is suppressed no more by it."""

    def kept(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        rest = (row for row in rows if row.rule != rule)
        return tuple(replace(row, suppressed_by=tuple(one for one in row.suppressed_by if one != rule)) for row in rest)

    return replace(
        table,
        rows=kept(table.rows),
        otherwise=None if table.otherwise is None else kept(table.otherwise),
        guard_order=tuple(one for one in table.guard_order if one != rule),
    )


def changes_nothing(subject: Subject[R], changed: Table, near: R) -> bool:
    """Say whether a changed table leaves every covered output as it is.

    `near` must hold every patient of the care for whom a changed row holds, before or after the change.
    """
    after = _ruling(subject, changed, near)
    local = False
    for name in changed.outputs:
        for aspect in aspects(subject.compiled.outputs[name]):
            if _differs(subject, after, aspect, near):
                if name in subject.compiled.covers:
                    return False
                local = True
    return not local or _all_the_same(subject, changed)


def _ruling(subject: Subject[R], changed: Table, near: R) -> Ruling[R]:
    holds = {row.rule: near & _holds(subject, row) for row in all_rows(changed)}
    rows = tuple(row for row in changed.rows if not holds[row.rule].is_empty())
    names = {row.rule for row in rows}
    reduced = replace(
        changed,
        rows=tuple(replace(row, suppressed_by=tuple(one for one in row.suppressed_by if one in names)) for row in rows),
        guard_order=tuple(one for one in changed.guard_order if one in names),
    )
    return rule_on(reduced, holds, subject.compiled.outputs, subject.algebra)


def _holds(subject: Subject[R], row: Row) -> R:
    """Return for whom a row holds, remembered if its condition is that of the subject's own row of its name."""
    if subject.rows[row.rule].when == row.when:
        return subject.holds[row.rule]
    return condition_region(row.when, subject.meaning, subject.atoms, subject.algebra)


def _differs(subject: Subject[R], after: Ruling[R], aspect: tuple[str, str], near: R) -> bool:
    """Say whether somebody near gets another value of an aspect."""
    values: dict[str, R] = {}
    for cell in after.cells[aspect]:
        values[cell.value] = values.get(cell.value, subject.algebra.empty) | cell.region
    # Values partition everybody, so it is enough that no value before is left by anybody.
    return any(
        not ((near & region) - values.get(value, subject.algebra.empty)).is_empty()
        for value, region in subject.values[aspect].items()
    )


def _all_the_same(subject: Subject[R], changed: Table) -> bool:
    """Read the whole graph with the changed table, and say whether every covered output is as before."""
    tables = tuple(changed if one.decision == changed.decision else one for one in subject.compiled.tables)
    after = meaning(replace(subject.compiled, tables=tables), subject.atoms, subject.algebra)
    for aspect, before in subject.values.items():
        values = after.values(aspect, subject.algebra)
        for value, region in before.items() if aspect[0] in subject.compiled.covers else ():
            if not (region - values.get(value, subject.algebra.empty)).is_empty():
                return False
    return True
