"""Rules that hold for somebody but never get to decide, because other rules always come first.

Claim: reported exactly if, for every legal patient in scope for whom the condition holds, the rule is suppressed, or
(an `otherwise` rule) an earlier row applies, or another rule that wins over it fires: an earlier one (FIRST), one with
higher levels (PRIORITY), one with a stronger level on every output the rule writes (COLLECT). The other rules named
are enough for that, and none of them is needless.
Not covered: rules that others merely repeat; see `duplicates`, `subsumed` and `redundant`. UNIQUE and ANY have no rule
that comes first, so there only suppression masks.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.subject import Subject
from redflag_kit.analyse.where import where
from redflag_kit.compile.table import Row, Table
from redflag_kit.diagnostics import codes
from redflag_kit.logic.algebra import R
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.model.vocabulary import Output
from redflag_kit.semantics.hit_policies import aspects, said, weight

MAX_PAIRED = 40
"""Among how many rules a pair that masks is looked for before rules are left out one by one."""


def masked(subject: Subject[R]) -> Iterator[Fault]:
    """Yield one fault per rule that never decides; `others` are the rules that mask it."""
    for table in subject.tables:
        subject.deadline.check("rules that never decide")
        for row in table.rows:
            yield from _masked_rule(subject, table, row)
        for position, row in enumerate(table.otherwise or ()):
            if row.rule not in subject.defaults:
                earlier = (*table.rows, *(table.otherwise or ())[:position])
                yield from _if_covered(subject, table, row, [(subject.holds[row.rule], _applying(subject, earlier))])


Layer: TypeAlias = tuple[R, list[tuple[str, R]]]
"""Points that must be covered, and the rules that may cover them, each with the points it covers."""


def _applying(subject: Subject[R], rows: Sequence[Row]) -> list[tuple[str, R]]:
    return [(row.rule, subject.fires[row.rule]) for row in rows]


def _masked_rule(subject: Subject[R], table: Table, row: Row) -> Iterator[Fault]:
    holds = subject.holds[row.rule]
    guards = [(rule, subject.fires[rule]) for rule in row.suppressed_by]
    layers = [(holds, [*guards, *_applying(subject, rows)]) for rows in _stronger(subject, table, row)]
    yield from _if_covered(subject, table, row, layers or [(holds, guards)])


def _stronger(subject: Subject[R], table: Table, row: Row) -> list[list[Row]]:
    """Return, per aspect in which the row may decide, the rows that win over it."""
    match table.hit_policy:
        case HitPolicy.FIRST | HitPolicy.PRIORITY:
            return [winners(subject, table, row)]
        case HitPolicy.COLLECT:
            return [
                [one for one in table.rows if weight(one, output) > weight(row, output)]
                for output in _outputs(subject, table)
                for aspect in aspects(output)
                if said(row, output, aspect[1])
            ]
        case _:
            return []


def winners(subject: Subject[R], table: Table, row: Row) -> list[Row]:
    """Return the rows of a FIRST or PRIORITY table that win over one where both apply."""
    if table.hit_policy is HitPolicy.FIRST:
        return list(table.rows[: table.rows.index(row)])
    outputs = _outputs(subject, table)
    own = [weight(row, output) for output in outputs]
    return [one for one in table.rows if [weight(one, output) for output in outputs] > own]


def _outputs(subject: Subject[R], table: Table) -> list[Output]:
    return [subject.compiled.outputs[name] for name in table.outputs]


def _if_covered(subject: Subject[R], table: Table, row: Row, layers: list[Layer[R]]) -> Iterator[Fault]:
    region = subject.holds[row.rule]
    names = list(dict.fromkeys(rule for _, rules in layers for rule, _ in rules))

    def enough(chosen: Sequence[str]) -> bool:
        return all(_covers(target, rules, chosen) for target, rules in layers)

    if not region.is_empty() and enough(names):
        place, point = where(subject, region), subject.algebra.least(region)
        yield Fault(codes.RF306, table.decision, (row.rule,), place, point, _fewest(names, enough))


def _covers(target: R, rules: Sequence[tuple[str, R]], chosen: Sequence[str]) -> bool:
    for rule, region in rules:
        if rule in chosen:
            target = target - region
    return target.is_empty()


def _fewest(names: Sequence[str], enough: Callable[[Sequence[str]], bool]) -> tuple[str, ...]:
    """Return few names that are enough: one or two if such exist, else all without those that are needless."""
    few: list[tuple[str, ...]] = [(name,) for name in names]
    if len(names) <= MAX_PAIRED:
        few += combinations(names, 2)
    for chosen in few:
        if enough(chosen):
            return chosen
    kept = list(names)
    for name in reversed(names):
        fewer = [other for other in kept if other != name]
        if enough(fewer):
            kept = fewer
    return tuple(kept)
