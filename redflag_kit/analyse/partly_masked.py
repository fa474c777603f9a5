"""Rules of FIRST and PRIORITY tables that give way to others for some patients, and decide for others.

Claim: reported exactly if the rule decides for somebody, and for somebody else a rule with other outputs applies too
and wins. Which patients these are cannot be read off either rule alone.
Not covered: winners that lie within the rule. To write the exception first and the rule after it is what FIRST is for.
"""

from collections.abc import Iterator

from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.subject import Subject
from redflag_kit.analyse.where import where
from redflag_kit.analyse.winning import Winning
from redflag_kit.compile.table import Row, Table
from redflag_kit.diagnostics import codes
from redflag_kit.logic.algebra import R, disjunction
from redflag_kit.model.guideline import HitPolicy


def partly_masked(subject: Subject[R]) -> Iterator[Fault]:
    """Yield one fault per rule that gives way in part; `others` are the rules that win over it there."""
    for table in subject.tables:
        if table.hit_policy in (HitPolicy.FIRST, HitPolicy.PRIORITY):
            winning = Winning(subject, table)
            for row in table.rows:
                subject.deadline.check("rules that give way in part")
                yield from _of_rule(subject, table, row, winning)


def _of_rule(subject: Subject[R], table: Table, row: Row, winning: Winning[R]) -> Iterator[Fault]:
    fires = subject.fires[row.rule]
    (order,) = winning.orders(row)
    if (fires - order.above(row)).is_empty():
        return
    against = [one for one in order.winners(row) if one.then != row.then and _crosses(subject, one, fires)]
    if against:
        region = fires & disjunction(subject.algebra, (subject.fires[one.rule] for one in against))
        names = tuple(one.rule for one in against)
        yield Fault(
            codes.RF315, table.decision, (row.rule,), where(subject, region), subject.algebra.least(region), names
        )


def _crosses(subject: Subject[R], one: Row, fires: R) -> bool:
    """Say whether a rule applies to some of a region, and to some outside it."""
    region = subject.fires[one.rule]
    return not (region & fires).is_empty() and not (region - fires).is_empty()
