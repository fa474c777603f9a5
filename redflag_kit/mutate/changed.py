"""The mutants of what an edition says otherwise than the one before it.

Claim: a mutant is left out only if what it edits has the same compiled form in the edition before: the rule with the
rules that suppress it, the scope, the score, the table or the assumption. Definitions, parameters and bands have no
form of their own; a mutant of one counts if something that uses it changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from redflag_kit.compile.digest import digest_of, value_text
from redflag_kit.compile.expression import canonical
from redflag_kit.compile.table import Compiled, Sum, Table
from redflag_kit.mutate.mutant import (
    AssumeChanged,
    Edit,
    GuardDropped,
    Mutant,
    Owner,
    PartsReplaced,
    PointsChanged,
    PolicyChanged,
    RuleDropped,
    ThenChanged,
    Where,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of an edition that are not as they were: rules, scores, decisions and findings by name."""

    rules: frozenset[str] = frozenset()
    scores: frozenset[str] = frozenset()
    decisions: frozenset[str] = frozenset()
    assumed: frozenset[str] = frozenset()
    scope: bool = False


def changed_parts(old: Compiled, new: Compiled) -> Parts:
    """Return what of the new edition has no equal in the old one. Ids of rules may differ, their meaning counts."""
    before = {row.digest for table in old.tables for row in (*table.rows, *(table.otherwise or ()))}
    rows = [row for table in new.tables for row in (*table.rows, *(table.otherwise or ()))]
    sums, tables = {one.score: _sum(one) for one in old.sums}, {one.decision: _table(one) for one in old.tables}
    names = {*old.assume, *new.assume}
    return Parts(
        rules=frozenset(row.rule for row in rows if row.digest not in before),
        scores=frozenset(one.score for one in new.sums if sums.get(one.score) != _sum(one)),
        decisions=frozenset(one.decision for one in new.tables if tables.get(one.decision) != _table(one)),
        assumed=frozenset(name for name in names if _assumed(old, name) != _assumed(new, name)),
        scope=canonical(old.scope) != canonical(new.scope),
    )


def changed_mutants(mutants: Iterable[Mutant], parts: Parts) -> tuple[Mutant, ...]:
    """Return the mutants that edit something that changed, in their order."""
    return tuple(one for one in mutants if _is_of(one.edit, parts))


def _is_of(edit: Edit, parts: Parts) -> bool:
    match edit:
        case PartsReplaced(replaced):
            return any(_is_changed(one.where, parts) for one in replaced)
        case RuleDropped(rule) | ThenChanged(rule) | GuardDropped(rule):
            return rule in parts.rules
        case PolicyChanged(decision):
            return decision in parts.decisions
        case PointsChanged(score):
            return score in parts.scores
        case AssumeChanged(finding):  # pragma: no branch
            return finding in parts.assumed


def _is_changed(where: Where, parts: Parts) -> bool:
    if where.owner is Owner.SCOPE:
        return parts.scope
    return where.name in (parts.rules if where.owner is Owner.RULE else parts.scores)


def _sum(one: Sum) -> str:
    return digest_of(sorted(([canonical(when), points] for when, points in one.points), key=repr))


def _table(one: Table) -> str:
    otherwise = None if one.otherwise is None else [row.digest for row in one.otherwise]
    return digest_of([one.hit_policy.value, [row.digest for row in one.rows], otherwise])


def _assumed(compiled: Compiled, finding: str) -> str:
    return value_text(compiled.assume[finding]) if finding in compiled.assume else ""
