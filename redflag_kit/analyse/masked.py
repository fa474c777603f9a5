"""Rules that hold for somebody but never get to decide, because other rules always come first.

Claim: reported exactly if, for every legal patient in scope for whom the condition holds, the rule is suppressed, or
(an `otherwise` rule) an earlier row applies, or another rule that wins over it fires: an earlier one (FIRST), one with
higher levels (PRIORITY), one with a stronger level on every output the rule writes (COLLECT). The other rules named
are enough for that, and none of them is needless; none are named where finding them takes too many questions.
Not covered: rules that others merely repeat; see `duplicates`, `subsumed` and `redundant`. UNIQUE and ANY have no rule
that comes first, so there only suppression masks.
"""

from collections.abc import Iterator, Sequence

from redflag_kit.analyse.cause import Cause, Effort, fewest
from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.subject import Subject
from redflag_kit.analyse.where import where
from redflag_kit.analyse.winning import Winning
from redflag_kit.compile.table import Row, Table
from redflag_kit.diagnostics import codes
from redflag_kit.logic.algebra import R, disjunction

MANY = 200
"""Up to how many rules of a table the regions of masked rules are told."""


def masked(subject: Subject[R]) -> Iterator[Fault]:
    """Yield one fault per rule that never decides; `others` are the rules that mask it."""
    for table in subject.tables:
        effort, winning = Effort(), Winning(subject, table)
        for row in table.rows:
            subject.deadline.check("rules that never decide")
            if not subject.holds[row.rule].is_empty() and winning.always(row):
                yield _fault(subject, table, row, winning.causes(row), effort)
        for position, row in enumerate(table.otherwise or ()):
            earlier = (*table.rows, *(table.otherwise or ())[:position])
            if row.rule not in subject.defaults and _is_reached_by_none(subject, row, earlier):
                cause = Cause(subject.holds[row.rule], tuple((one.rule, subject.fires[one.rule]) for one in earlier))
                yield _fault(subject, table, row, [cause], effort)


def _is_reached_by_none(subject: Subject[R], row: Row, earlier: Sequence[Row]) -> bool:
    holds = subject.holds[row.rule]
    if holds.is_empty():
        return False
    return (holds - disjunction(subject.algebra, (subject.fires[one.rule] for one in earlier))).is_empty()


def _fault(subject: Subject[R], table: Table, row: Row, causes: Sequence[Cause[R]], effort: Effort) -> Fault:
    region = subject.holds[row.rule]
    point = subject.algebra.least(region)
    assert point is not None  # the condition holds for somebody
    names = fewest(subject.algebra, causes, point, effort)
    # Of a table of many rules the region is not told: it is what the rule itself says.
    place = where(subject, region) if len(table.rows) <= MANY else None
    return Fault(codes.RF306, table.decision, (row.rule,), place, point, names)
