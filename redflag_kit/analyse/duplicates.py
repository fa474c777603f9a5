"""Rules that repeat each other: they fire for the same patients and write the same.

Claim: reported exactly if the rules of the group fire for the same legal patients in scope, for at least one, and
write the same. Conditions may be worded differently. In a UNIQUE table such rules contradict their hit policy.
"""

from collections.abc import Iterator

from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.subject import Subject
from redflag_kit.analyse.where import where
from redflag_kit.compile.table import Row, Table
from redflag_kit.diagnostics import codes
from redflag_kit.logic.algebra import R
from redflag_kit.model.guideline import HitPolicy

MANY = 50
"""From how many rules on they are told apart at single patients before they are compared exactly."""


def duplicates(subject: Subject[R]) -> Iterator[Fault]:
    """Yield one fault per group of rules that repeat each other, in file order."""
    for table in subject.tables:
        code = codes.RF313 if table.hit_policy is HitPolicy.UNIQUE else codes.RF307
        for group in groups(subject, table):
            if len(group) > 1:
                region = subject.fires[group[0].rule]
                names = tuple(row.rule for row in group)
                yield Fault(code, table.decision, names, where(subject, region), subject.algebra.least(region))


def groups(subject: Subject[R], table: Table) -> list[list[Row]]:
    """Return the rules that fire for somebody, those that repeat each other together."""
    firing = subject.firing(table.rows)
    many = len(firing) > MANY
    found: list[list[Row]] = []
    alike: dict[object, list[list[Row]]] = {}
    for row in firing:
        subject.deadline.check("rules that repeat each other")
        near = alike.setdefault((row.then, subject.sketches[row.rule] if many else 0), [])
        group = next((one for one in near if repeats(subject, one[0], row)), None)
        if group is None:
            near.append([])
            group = near[-1]
            found.append(group)
        group.append(row)
    return found


def repeats(subject: Subject[R], one: Row, other: Row) -> bool:
    """Say whether two rules fire for the same patients and write the same."""
    return one.then == other.then and (subject.fires[one.rule] ^ subject.fires[other.rule]).is_empty()
