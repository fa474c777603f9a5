"""Compile a guideline: conditions onto grids, exceptions into guards, decisions into tables.

Total: every guideline that the source stage accepts compiles. Cost: linear in the text, definitions inlined.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor

from redflag_kit.compile.digest import guideline_digest, row_digest
from redflag_kit.compile.expression import (
    ALWAYS,
    Both,
    Count,
    Expression,
    InputEntry,
    Interval,
    Negation,
    OutputEntry,
    SumEntry,
    inputs_of,
)
from redflag_kit.compile.table import Compiled, Implied, Input, Restriction, Row, Sum, Table
from redflag_kit.model.condition import (
    All,
    Always,
    Any,
    AtLeast,
    Condition,
    Named,
    Not,
    NumberTest,
    OutputTest,
    Range,
    ScoreTest,
    WordTest,
)
from redflag_kit.model.guideline import Decision, Guideline, Rule, Score
from redflag_kit.model.vocabulary import Comparison, Constraint, Grid, Vocabulary


def compile_guideline(guideline: Guideline) -> Compiled:
    """Return the decision tables of a guideline."""
    compiler = _Compiler(guideline)
    scope = compiler.expression(guideline.scope)
    sums = tuple(
        Sum(score.id, tuple((compiler.expression(p.when), p.points) for p in score.points))
        for score in guideline.scores
    )
    tables = tuple(compiler.table(decision) for decision in guideline.decisions)
    constraints = (*guideline.vocabulary.constraints, *guideline.constraints)
    restrictions = tuple(compiler.restriction(constraint) for constraint in constraints)
    inputs = _inputs(guideline.vocabulary, scope, sums, tables, restrictions)
    policy = guideline.assume
    assume = {name: policy[name].value for name in guideline.vocabulary.findings if name in policy and name in inputs}
    return Compiled(
        name=guideline.name,
        inputs=inputs,
        restrictions=restrictions,
        scope=scope,
        sums=sums,
        tables=tables,
        outputs=guideline.outputs,
        covers=guideline.covers,
        assume=assume,
        digest=guideline_digest(guideline, inputs, restrictions, scope, sums, tables, assume),
    )


def compile_condition(guideline: Guideline, condition: Condition) -> Expression:
    """Return one condition of a guideline over its grids, e.g. to show whether it holds for a case."""
    return _Compiler(guideline).expression(condition)


class _Compiler:
    """Turns conditions of one guideline into expressions; holds the domains they are read against."""

    def __init__(self, guideline: Guideline) -> None:
        self.vocabulary = guideline.vocabulary
        self.score_ranges = {score.id: reach(score) for score in guideline.scores}

    def expression(self, condition: Condition) -> Expression:
        match condition:
            case WordTest(finding, words):
                return InputEntry(finding, words=words)
            case NumberTest(finding, ranges, negated):
                grid = self.vocabulary.findings[finding].grid
                assert grid is not None
                return InputEntry(finding, intervals=on_grid(ranges, grid, negated))
            case OutputTest(output, values):
                return OutputEntry(output, values)
            case ScoreTest(score, ranges, negated):
                low, high = self.score_ranges[score]
                inside = (n for n in range(low, high + 1) if any(Fraction(n) in r for r in ranges) != negated)
                return SumEntry(score, frozenset(inside))
            case Always():
                return ALWAYS
            case All(parts):
                return Both(self.expressions(parts))
            case Any(parts):
                return Count(1, self.expressions(parts))
            case AtLeast(n, parts):
                return Count(n, self.expressions(parts))
            case Not(part):
                return Negation(self.expression(part))
            case Named(_, meaning):  # pragma: no branch
                return self.expression(meaning)

    def expressions(self, conditions: Iterable[Condition]) -> tuple[Expression, ...]:
        return tuple(self.expression(condition) for condition in conditions)

    def restriction(self, constraint: Constraint) -> Restriction:
        if isinstance(constraint, Comparison):
            return constraint
        return Implied(constraint.id, self.expression(constraint.when), self.expression(constraint.then))

    def table(self, decision: Decision) -> Table:
        order = guard_order(decision.rules)
        rows: dict[str, Row] = {}
        by_id = {rule.id: rule for rule in decision.rules}
        for rule_id in order:
            rule = by_id[rule_id]
            rows[rule_id] = self.row(rule, tuple(rows[s] for s in sorted(suppressors(rule, decision.rules))))
        return Table(
            decision=decision.id,
            hit_policy=decision.hit_policy,
            rows=tuple(rows[rule.id] for rule in decision.rules),
            guard_order=order,
            otherwise=None if decision.otherwise is None else tuple(self.row(rule, ()) for rule in decision.otherwise),
            outputs=decision.outputs,
        )

    def row(self, rule: Rule, suppressed_by: tuple[Row, ...]) -> Row:
        when = self.expression(rule.when)
        then = tuple(sorted((a.output, tuple(sorted(a.values))) for a in rule.then))
        digest = row_digest(when, then, tuple(row.digest for row in suppressed_by))
        return Row(rule.id, when, then, tuple(row.rule for row in suppressed_by), digest)


def suppressors(rule: Rule, rules: tuple[Rule, ...]) -> frozenset[str]:
    """Return the rules whose firing keeps `rule` from firing."""
    return frozenset(rule.unless) | {other.id for other in rules if rule.id in other.overrides}


def guard_order(rules: tuple[Rule, ...]) -> tuple[str, ...]:
    """Return the rule ids in an order in which every rule comes after its suppressors (the graph is acyclic)."""
    waiting = {rule.id: suppressors(rule, rules) for rule in rules}
    ordered: dict[str, None] = {}
    while waiting:
        ready = [rule for rule, before in waiting.items() if before <= ordered.keys()]
        ordered |= dict.fromkeys(ready)
        waiting = {rule: before for rule, before in waiting.items() if rule not in ordered}
    return tuple(ordered)


def on_grid(ranges: tuple[Range, ...], grid: Grid, negated: bool) -> tuple[Interval, ...]:
    """Return the grid values inside the ranges (outside them if negated) as sorted, merged intervals."""
    return tuple(Interval(grid.at(low), grid.at(high)) for low, high in positions(ranges, grid, negated))


def positions(ranges: tuple[Range, ...], grid: Grid, negated: bool) -> tuple[tuple[int, int], ...]:
    """Return the positions on the grid of what `on_grid` returns."""
    spans = sorted(span for r in ranges if (span := _index_span(r, grid)))
    merged: list[tuple[int, int]] = []
    for low, high in spans:
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    if negated:
        edges = [-1, *(edge for low, high in merged for edge in (low, high)), grid.size]
        merged = [(a + 1, b - 1) for a, b in zip(edges[::2], edges[1::2], strict=True) if a + 1 <= b - 1]
    return tuple(merged)


def _index_span(one: Range, grid: Grid) -> tuple[int, int] | None:
    low, high = 0, grid.size - 1
    if one.low is not None:
        position = (one.low - grid.low) / grid.step
        low = max(low, ceil(position) if one.low_included else floor(position) + 1)
    if one.high is not None:
        position = (one.high - grid.low) / grid.step
        high = min(high, floor(position) if one.high_included else ceil(position) - 1)
    return (low, high) if low <= high else None


def reach(score: Score) -> tuple[int, int]:
    """Return the lowest and the highest sum that a score can come to."""
    return sum(min(0, p.points) for p in score.points), sum(max(0, p.points) for p in score.points)


def _inputs(
    vocabulary: Vocabulary,
    scope: Expression,
    sums: tuple[Sum, ...],
    tables: tuple[Table, ...],
    restrictions: tuple[Restriction, ...],
) -> dict[str, Input]:
    """Return the findings in order of first use: scope, scores, tables, then constraints."""
    used = list(inputs_of(scope))
    for total in sums:
        used += [name for when, _ in total.points for name in inputs_of(when)]
    for table in tables:
        used += [name for row in (*table.rows, *(table.otherwise or ())) for name in inputs_of(row.when)]
    for restriction in restrictions:
        if isinstance(restriction, Comparison):
            used += [restriction.left, restriction.right]
        else:
            used += [*inputs_of(restriction.when), *inputs_of(restriction.then)]
    return {name: input_of(vocabulary, name) for name in dict.fromkeys(used)}


def input_of(vocabulary: Vocabulary, name: str) -> Input:
    """Return a finding as an input of decision tables."""
    finding = vocabulary.findings[name]
    calm = finding.example if finding.clean is None else finding.clean
    return Input(name, tuple(sorted(finding.words)), finding.grid, calm)
