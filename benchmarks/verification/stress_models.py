"""Two families of models that are hard for diagrams: counts over many findings, and many tables that read each other.

Synthetic, deterministic for a seed, and no clinical content. `crossed` is the adversarial case: rules test findings
outside the group they count.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from redflag_kit.compile.expression import (
    ALWAYS,
    Both,
    Count,
    Expression,
    InputEntry,
    Interval,
    Negation,
    OutputEntry,
    inputs_of,
)
from redflag_kit.compile.table import Compiled, Input, Row, Table
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.model.vocabulary import Combine, Grid, Output
from redflag_kit.terms.scale import Scale

NO, YES = "absent", "present"
NOWHERE = Span("", 1, 1, 1, 1)
LEVELS = ("none", "later", "soon", "week", "today", "now")
EDITS = 20


@dataclass(frozen=True)
class Model:
    """A model, an edited version of it, and the same rules written differently."""

    name: str
    compiled: Compiled
    edited: Compiled
    rewritten: Compiled


def counting(rules: int, crossed: bool, seed: int) -> Model:
    """Return a first-hit table of "at least k of 12" rules over 60 yes/no findings.

    Its groups are 5 disjoint ones, and rules test findings of one group besides; crossed, they are 20 overlapping ones.
    """
    random = Random(seed)
    names = [f"sign{number:02}" for number in range(60)]
    groups = (
        [sorted(random.sample(names, 12)) for _ in range(20)]
        if crossed
        else [names[i : i + 12] for i in range(0, 60, 12)]
    )
    rows = []
    for number in range(rules):
        group = random.choice(groups)
        tested = random.sample(names if crossed else random.choice(groups), random.randint(2, 4))
        tests = tuple(_is(name, random.choice((NO, YES))) for name in tested)
        counted = Count(random.randint(6, 9), tuple(_is(name, YES) for name in group))
        rows.append(_row(f"rule{number:04}", Both((counted, *tests)), random.choice(LEVELS)))
    inputs = {name: Input(name, (NO, YES), None, NO) for name in names}
    table = Table("answer", HitPolicy.FIRST, tuple(rows), tuple(row.rule for row in rows), None, ("answer",))
    compiled = _model("counting", inputs, [table])
    return Model(
        f"{'crossed' if crossed else 'grouped'}, {rules} rules",
        compiled,
        _edited(compiled, random),
        _rewritten(compiled),
    )


def modular(tables: int, seed: int) -> Model:
    """Return tables of 12 rules over 6 own inputs and 3 of 6 shared ones, and two of 25 rules over them all."""
    random = Random(seed)
    shared = [_number(f"shared{i}", 8) for i in range(6)]
    inputs = {one.finding: one for one in shared}
    found: list[Table] = []
    for number in range(tables):
        own = [_number(f"in{number:02}{i}", random.choice((2, 2, 2, 4))) for i in range(6)]
        inputs |= {one.finding: one for one in own}
        tested = [*own, *random.sample(shared, 3)]
        rows = [
            _row(f"t{number:02}r{i:02}", _conjunction(random, tested), random.choice(LEVELS[1:4]), f"part{number:02}")
            for i in range(12)
        ]
        found.append(_collecting(f"part{number:02}", rows, LEVELS[0]))
    parts = [table.decision for table in found]
    for name in ("urgency", "imaging"):
        rows = [
            _row(f"{name}{i:02}", _reading(random, parts, shared), random.choice(LEVELS[1:]), name) for i in range(25)
        ]
        table = _collecting(name, rows, LEVELS[0])
        found.append(replace(table, hit_policy=HitPolicy.FIRST))
    compiled = _model("modular", inputs, found)
    count = sum(len(table.rows) for table in found)
    return Model(
        f"{len(found)} tables, {count} rules, {len(inputs)} inputs",
        compiled,
        _edited(compiled, random),
        _rewritten(compiled),
    )


def _is(name: str, word: str) -> InputEntry:
    return InputEntry(name, words=frozenset((word,)))


def _number(name: str, size: int) -> Input:
    return Input(name, (), Grid(Fraction(0), Fraction(size - 1), Fraction(1)), Fraction(0))


def _range(random: Random, one: Input) -> InputEntry:
    """Return a range that leaves out at least one value."""
    assert one.grid is not None
    size = one.grid.size
    low, high = sorted(random.sample(range(size + 1), 2))
    low, high = (low, high - 1) if high - low < size else (1, size - 1)
    return InputEntry(one.finding, intervals=(Interval(Fraction(low), Fraction(high)),))


def _conjunction(random: Random, tested: Sequence[Input]) -> Expression:
    return Both(tuple(_range(random, one) for one in random.sample(tested, random.randint(2, 4))))


def _reading(random: Random, parts: Sequence[str], shared: Sequence[Input]) -> Expression:
    read = random.sample(parts, min(len(parts), random.randint(2, 3)))
    tests = tuple(OutputEntry(part, frozenset(random.sample(LEVELS[:4], 2))) for part in read)
    return Both((*tests, _range(random, random.choice(shared))))


def _row(rule: str, when: Expression, level: str, output: str = "answer") -> Row:
    return Row(rule, when, ((output, (level,)),), (), rule)


def _collecting(name: str, rows: Sequence[Row], level: str) -> Table:
    rest = _row(f"{name}.otherwise", ALWAYS, level, name)
    return Table(name, HitPolicy.COLLECT, tuple(rows), tuple(row.rule for row in rows), (rest,), (name,))


def _model(name: str, inputs: dict[str, Input], tables: Sequence[Table]) -> Compiled:
    # The order of first use, as the compiler gives it: tables that read the same inputs stand together in diagrams.
    used = dict.fromkeys(name for table in tables for row in table.rows for name in inputs_of(row.when))
    scale = Scale("levels", LEVELS)
    outputs = {
        table.decision: Output(table.decision, table.decision, scale, (), Combine.HIGHEST, (), (), NOWHERE)
        for table in tables
    }
    return Compiled(
        name, {name: inputs[name] for name in used}, (), ALWAYS, (), tuple(tables), outputs, tuple(outputs), {}, name
    )


def _edited(compiled: Compiled, random: Random) -> Compiled:
    """Return a version in which some rules have one test less or another level."""
    rules = [row.rule for table in compiled.tables for row in table.rows]
    chosen = set(random.sample(rules, min(EDITS, len(rules))))

    def edit(row: Row) -> Row:
        if row.rule not in chosen:
            return row
        if isinstance(row.when, Both) and random.random() < 0.5:
            return replace(row, when=Both(row.when.parts[:-1]))
        [(output, (level,))] = row.then
        return replace(row, then=((output, (random.choice([one for one in LEVELS if one != level]),)),))

    return replace(compiled, tables=tuple(replace(t, rows=tuple(map(edit, t.rows))) for t in compiled.tables))


def _rewritten(compiled: Compiled) -> Compiled:
    """Return the same rules with every "at least k of n" as "not n-k+1 absent", every order of tests reversed."""

    def rewrite(expression: Expression) -> Expression:
        match expression:
            case Both(parts):
                return Both(tuple(rewrite(part) for part in reversed(parts)))
            case Count(n, parts):
                return Negation(Count(len(parts) - n + 1, tuple(Negation(part) for part in reversed(parts))))
            case _:
                return expression

    rows = {r.rule: replace(r, when=rewrite(r.when)) for t in compiled.tables for r in t.rows}
    return replace(
        compiled, tables=tuple(replace(t, rows=tuple(rows[row.rule] for row in t.rows)) for t in compiled.tables)
    )
