"""Large decision tables with known faults, the same on every machine, as DMN 1.3.

Recipe of Calvanese, Dumas, Laurson, Maggi, Montali and Teinemaa (BPM 2016), without their data: a binary decision tree
over the columns is grown until it has the wanted number of leaves, and every leaf is a rule, so that the table is an
exact partition. Then one column of 10 % of the rules is widened (`overlap`) or narrowed (`missing`). The truth is
known: all pairs are compared, and what a partition loses is what its narrowed rules lost.
Origin: `gen_tables.py`, dedicated to the public domain (CC0); the tables are equal to its tables byte for byte.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple, TypeAlias

CENTS = 100
"""Thresholds have two decimals and are whole numbers in units of 1/CENTS."""


@dataclass(frozen=True)
class Column:
    """A column of numbers from `low` to `high`, or of `words`."""

    name: str
    low: int = 0
    high: int = 0
    words: tuple[str, ...] = ()


class Range(NamedTuple):
    """Numbers between two ends, in units of 1/CENTS."""

    low: int
    low_included: bool
    high: int
    high_included: bool


Cell: TypeAlias = Range | frozenset[str]
Rule: TypeAlias = list[Cell]

_PURPOSES = "car credit_card debt educational home house major medical moving other small_biz vacation wedding"
COLUMNS = (
    Column("loan_amnt", 500, 35000),
    Column("annual_inc", 0, 250000),
    Column("purpose", words=tuple(_PURPOSES.split())),
    Column("dti", 0, 40),
    Column("emp_length", 0, 10),
    Column("home_ownership", words=("MORTGAGE", "NONE", "OTHER", "OWN", "RENT")),
    Column("fico", 600, 850),
)
SHAPES = ((3, 499), (3, 998), (3, 1492), (5, 505), (5, 1000), (5, 1506), (7, 500), (7, 1000), (7, 1500))
VARIANTS = ("base", "overlap", "missing")


@dataclass(frozen=True)
class Truth:
    """What a verifier must find; `uncovered` is None where it is not known beforehand."""

    pairs: int
    uncovered: Fraction | None


@dataclass(frozen=True)
class DecisionTable:
    """A generated table."""

    name: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    outputs: tuple[str, ...]
    truth: Truth


def tables(only: str = "") -> Iterator[DecisionTable]:
    """Yield every shape in every variant, those whose name contains `only`."""
    for width, count in SHAPES:
        names = {variant: f"{width}c-{count}-{variant}" for variant in VARIANTS}
        if not any(only in name for name in names.values()):
            continue
        columns = COLUMNS[:width]
        base, outputs = _grown(columns, count, seed=1000 * width + count)
        for variant, name in names.items():
            if only not in name:
                continue
            rules = base if variant == "base" else _noisy(columns, base, variant, seed=7 * width + count)
            truth = _truth(columns, base, rules, variant)
            yield DecisionTable(name, columns, tuple(rules), tuple(outputs), truth)


def _grown(columns: Sequence[Column], count: int, seed: int) -> tuple[list[Rule], list[str]]:
    chance = random.Random(seed)
    leaves: list[Rule] = [[_domain(column) for column in columns]]
    while len(leaves) < count:
        at = chance.randrange(len(leaves))
        order = list(range(len(columns)))
        chance.shuffle(order)
        for column in order:
            halves = _halves(chance, leaves[at][column])
            if halves:
                one, other = list(leaves[at]), list(leaves[at])
                one[column], other[column] = halves
                leaves[at : at + 1] = [one, other]
                break
    chance.shuffle(leaves)
    return leaves, [chance.choices("ABCDEFG", weights=[20, 30, 22, 14, 8, 4, 2])[0] for _ in leaves]


def _domain(column: Column) -> Cell:
    return frozenset(column.words) if column.words else Range(column.low * CENTS, True, column.high * CENTS, True)


def _halves(chance: random.Random, cell: Cell) -> tuple[Cell, Cell] | None:
    if isinstance(cell, Range):
        if cell.high - cell.low < 2:
            return None
        cut = chance.randint(cell.low + 1, cell.high - 1)
        left = chance.random() < 0.5
        return (
            Range(cell.low, cell.low_included, cut, left),
            Range(cut, not left, cell.high, cell.high_included),
        )
    if len(cell) < 2:
        return None
    words = sorted(cell)
    chance.shuffle(words)
    many = chance.randint(1, len(words) - 1)
    return frozenset(words[:many]), frozenset(words[many:])


def _noisy(columns: Sequence[Column], base: Sequence[Rule], variant: str, seed: int) -> list[Rule]:
    chance = random.Random(seed)
    rules = [list(rule) for rule in base]
    for at in sorted(chance.sample(range(len(rules)), round(len(rules) * 0.10))):
        order = list(range(len(columns)))
        chance.shuffle(order)
        for column in order:
            change = _wider if variant == "overlap" else _narrower
            changed = change(chance, columns[column], rules[at][column])
            if changed is not None:
                rules[at][column] = changed
                break
    return rules


def _wider(chance: random.Random, column: Column, cell: Cell) -> Cell | None:
    if not isinstance(cell, Range):
        others = sorted(set(column.words) - cell)
        return cell | {chance.choice(others)} if others else None
    low, high = column.low * CENTS, column.high * CENTS
    most = max(2, (high - low) // 50)
    if cell.high < high:
        return Range(cell.low, cell.low_included, min(high, cell.high + chance.randint(1, most)), True)
    if cell.low > low:
        return Range(max(low, cell.low - chance.randint(1, most)), True, cell.high, cell.high_included)
    return None


def _narrower(chance: random.Random, column: Column, cell: Cell) -> Cell | None:
    if not isinstance(cell, Range):
        return cell - {chance.choice(sorted(cell))} if len(cell) > 1 else None
    if cell.high - cell.low < 4:
        return None
    most = max(2, (column.high - column.low) * CENTS // 50)
    less = chance.randint(1, max(1, min(most, (cell.high - cell.low) // 2)))
    if chance.random() < 0.5:
        return Range(cell.low, cell.low_included, cell.high - less, False)
    return Range(cell.low + less, False, cell.high, cell.high_included)


# the truth


def _truth(columns: Sequence[Column], base: Sequence[Rule], rules: Sequence[Rule], variant: str) -> Truth:
    pairs = sum(_meet(one, other) for one, other in combinations(rules, 2))
    if variant == "overlap":
        return Truth(pairs, None)
    changed = ((a, b) for a, b in zip(base, rules, strict=True) if a != b)
    lost = (_volume(columns, a) - _volume(columns, b) for a, b in changed)
    return Truth(pairs, sum(lost, Fraction(0)))


def _meet(one: Rule, other: Rule) -> bool:
    for mine, theirs in zip(one, other, strict=True):
        if isinstance(mine, Range) and isinstance(theirs, Range):
            low, low_open = max((mine.low, not mine.low_included), (theirs.low, not theirs.low_included))
            high, high_included = min((mine.high, mine.high_included), (theirs.high, theirs.high_included))
            if low > high or (low == high and (low_open or not high_included)):
                return False
        elif isinstance(mine, frozenset) and isinstance(theirs, frozenset) and not mine & theirs:
            return False
    return True


def _volume(columns: Sequence[Column], rule: Rule) -> Fraction:
    volume = Fraction(1)
    for column, cell in zip(columns, rule, strict=True):
        if isinstance(cell, Range):
            volume *= Fraction(cell.high - cell.low, (column.high - column.low) * CENTS)
        else:
            volume *= Fraction(len(cell), len(column.words))
    return volume


# as DMN


def as_dmn(table: DecisionTable) -> str:
    """Return a table as a DMN 1.3 file."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"'
        ' xmlns:feel="https://www.omg.org/spec/DMN/20191111/FEEL/"'
        f' id="defs" name="{table.name}" namespace="http://example.org/{table.name}">',
    ]
    for column in table.columns:
        name = column.name
        lines.append(
            f'<itemDefinition id="t_{name}" name="t_{name}"><typeRef>{_type(column)}</typeRef>'
            f'<allowedValues id="av_{name}"><text>{_allowed(column)}</text></allowedValues></itemDefinition>'
        )
    for column in table.columns:
        name = column.name
        variable = f'<variable id="v_{name}" name="{name}" typeRef="t_{name}"/>'
        lines.append(f'<inputData id="in_{name}" name="{name}">{variable}</inputData>')
    required = "".join(
        f'<informationRequirement id="ir_{c.name}"><requiredInput href="#in_{c.name}"/></informationRequirement>'
        for c in table.columns
    )
    lines.append(f'<decision id="d" name="Grade"><variable id="vd" name="Grade" typeRef="string"/>{required}')
    lines.append('<decisionTable id="dt" hitPolicy="UNIQUE">')
    for column in table.columns:
        name = column.name
        lines.append(
            f'<input id="c_{name}" label="{name}"><inputExpression id="ie_{name}" typeRef="t_{name}">'
            f'<text>{name}</text></inputExpression><inputValues id="iv_{name}"><text>{_allowed(column)}</text>'
            "</inputValues></input>"
        )
    values = '<text>"A","B","C","D","E","F","G"</text>'
    lines.append(f'<output id="o"><outputValues id="ov">{values}</outputValues></output>')
    for number, (rule, output) in enumerate(zip(table.rules, table.outputs, strict=True), 1):
        entries = "".join(
            f'<inputEntry id="r{number}_{at}"><text>{_entry(column, cell)}</text></inputEntry>'
            for at, (column, cell) in enumerate(zip(table.columns, rule, strict=True))
        )
        written = f'<outputEntry id="r{number}_o"><text>"{output}"</text></outputEntry>'
        lines.append(f'<rule id="r{number}">{entries}{written}</rule>')
    lines.append("</decisionTable></decision></definitions>")
    return "\n".join(lines) + "\n"


def _type(column: Column) -> str:
    return "string" if column.words else "number"


def _allowed(column: Column) -> str:
    return ",".join(f'"{word}"' for word in column.words) if column.words else f"[{column.low}..{column.high}]"


def _entry(column: Column, cell: Cell) -> str:
    if cell == _domain(column):
        return "-"
    if not isinstance(cell, Range):
        return ",".join(f'"{word}"' for word in column.words if word in cell)
    if cell.low == column.low * CENTS and cell.low_included:
        return ("&lt;= " if cell.high_included else "&lt; ") + _number(cell.high)
    if cell.high == column.high * CENTS and cell.high_included:
        return ("&gt;= " if cell.low_included else "&gt; ") + _number(cell.low)
    ends = f"{_number(cell.low)}..{_number(cell.high)}"
    return ("[" if cell.low_included else "(") + ends + ("]" if cell.high_included else ")")


def _number(cents: int) -> str:
    return str(cents // CENTS) if cents % CENTS == 0 else f"{cents / CENTS:.2f}"
