"""Gaps: patients for whom no rule of a decision applies, and `otherwise` does not say what then.

Claim: reported exactly if such a legal patient in scope exists. Not covered: silence that `otherwise` declares.
"""

from collections.abc import Iterator

from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.subject import Subject, all_rows
from redflag_kit.analyse.where import where
from redflag_kit.diagnostics import codes
from redflag_kit.logic.algebra import R


def gaps(subject: Subject[R]) -> Iterator[Fault]:
    """Yield one fault per decision with a gap."""
    for table in subject.tables:
        subject.deadline.check("gaps")
        region = subject.care
        for row in all_rows(table):
            region = region - subject.fires[row.rule]
        if not region.is_empty():
            place = where(subject, region)
            yield Fault(codes.RF301, table.decision, (), place, subject.algebra.least(region))
