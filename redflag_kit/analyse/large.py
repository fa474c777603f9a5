"""Tables that boxes can answer for: every rule is a conjunction of tests of inputs, and nothing else restricts it.

Not among them: models of several tables, scope, constraints, exceptions between rules, tests of scores and of earlier
decisions, several `otherwise` rules, COLLECT with several outputs. They need regions; see `analyse.run`.
Then a rule is one box over the table's inputs, and a table of thousands of rules, for which diagrams grow too large, is
analysed by `analyse.boxes`. Importing this module loads no numpy.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from redflag_kit.compile.cuts import Atoms
from redflag_kit.compile.expression import ALWAYS, Both, Expression, InputEntry, Interval
from redflag_kit.compile.table import Compiled, Input, Row, Table
from redflag_kit.logic.space import Box, Point, Space
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.semantics.hit_policies import weight

MANY_RULES = 200
MANY_CELLS = 10**7

Weights = Mapping[str, Sequence[Fraction | int]]
"""How much each atom of each input weighs; of a real-valued input, single points weigh nothing."""


@dataclass(frozen=True)
class BoxTable:
    """A table as boxes over the inputs it tests: `rows` with the one of `otherwise` last, and the box of each.

    `ranks` say who comes first: a row never decides where a row of lower rank applies. `tested` has the inputs that a
    row tests, None if it tests one twice. `weights` say how much each atom weighs, None where that means nothing.
    """

    compiled: Compiled
    atoms: Atoms
    table: Table
    rows: tuple[Row, ...]
    boxes: tuple[Box, ...]
    ranks: tuple[int, ...]
    tested: tuple[frozenset[str] | None, ...]
    space: Space
    weights: Weights | None

    def point(self, part: Point) -> Point:
        """Return a point of the run's space: untested inputs take their calmest atom."""
        chosen = dict(zip(self.space.names, part, strict=True))
        return tuple(chosen.get(axis.name, axis.calm[0]) for axis in self.atoms.space.axes)

    def cube(self, box: Box) -> dict[str, int]:
        """Return a box as masks of the inputs that it restricts."""
        return {a.name: mask for a, mask in zip(self.space.axes, box, strict=True) if mask != a.full}


def has_large_table(compiled: Compiled, atoms: Atoms) -> bool:
    """Tell whether some table has so many rules, or cells, that boxes should be preferred to diagrams."""
    return any(len(table.rows) > MANY_RULES or _cells(table, atoms) > MANY_CELLS for table in compiled.tables)


def box_table(compiled: Compiled, atoms: Atoms, weights: Weights | None) -> BoxTable | None:
    """Return the one table of a model as boxes, or None if it, or what restricts it, is more than boxes."""
    if len(compiled.tables) != 1 or compiled.scope != ALWAYS or compiled.restrictions:
        return None
    (table,) = compiled.tables
    covered = set(table.outputs) <= set(compiled.covers)
    whole = all(_is_whole(atoms, one) for one in compiled.inputs.values())
    return _boxes(compiled, table, atoms, weights) if covered and whole else None


def _is_whole(atoms: Atoms, one: Input) -> bool:
    """Tell whether a model's own domain of an input is the run's."""
    test = InputEntry(one.finding, words=frozenset(one.words))
    if one.grid:
        test = InputEntry(one.finding, intervals=(Interval(one.grid.low, one.grid.high),))
    return atoms.mask(test) == atoms.space.axis(one.finding).full


def _cells(table: Table, atoms: Atoms) -> int:
    tests = (_tests(row.when) for row in table.rows)
    return prod(atoms.size(name) for name in {test.finding for found in tests for test in found or ()})


def _boxes(compiled: Compiled, table: Table, atoms: Atoms, weights: Weights | None) -> BoxTable | None:
    rows = (*table.rows, *(table.otherwise or ()))
    ranks = _ranks(compiled, table)
    tests = [found for row in rows if (found := _tests(row.when)) is not None and not row.suppressed_by]
    used = {test.finding for found in tests for test in found}
    axes = tuple(axis for axis in atoms.space.axes if axis.name in used)
    if ranks is None or len(tests) < len(rows) or len(rows) > len(table.rows) + 1 or not axes:
        return None
    space = Space(axes)
    mask = _remembered(atoms.mask)
    boxes = tuple(_box(space, found, mask) for found in tests)
    tested = tuple(_tested(row.when, found) for row, found in zip(rows, tests, strict=True))
    return BoxTable(compiled, atoms, table, rows, boxes, ranks, tested, space, weights)


def _tested(when: Expression, tests: Sequence[InputEntry]) -> frozenset[str] | None:
    """Return the inputs of a conjunction that is not nested, if each is tested once."""
    names = frozenset(test.finding for test in tests)
    flat = all(isinstance(part, InputEntry) for part in (when.parts if isinstance(when, Both) else (when,)))
    return names if flat and len(names) == len(tests) else None


def _box(space: Space, tests: Sequence[InputEntry], mask: Callable[[InputEntry], int]) -> Box:
    masks = {axis.name: axis.full for axis in space.axes}
    for test in tests:
        masks[test.finding] &= mask(test)
    return tuple(masks.values())


def _remembered(mask: Callable[[InputEntry], int]) -> Callable[[InputEntry], int]:
    known: dict[InputEntry, int] = {}

    def remembered(test: InputEntry) -> int:
        if test not in known:
            known[test] = mask(test)
        return known[test]

    return remembered


def _tests(expression: Expression) -> tuple[InputEntry, ...] | None:
    """Return the tests of a conjunction, None for anything else."""
    if isinstance(expression, InputEntry):
        return (expression,)
    if not isinstance(expression, Both):
        return None
    parts = [_tests(part) for part in expression.parts]
    return None if None in parts else tuple(test for part in parts for test in part or ())


def _ranks(compiled: Compiled, table: Table) -> tuple[int, ...] | None:
    """Return the rank of every row; None where several outputs are joined, each with its own order of rows."""
    outputs = [compiled.outputs[name] for name in table.outputs]
    match table.hit_policy:
        case HitPolicy.FIRST:
            ranks = list(range(len(table.rows)))
        case HitPolicy.PRIORITY:
            weights = [[-weight(row, output) for output in outputs] for row in table.rows]
            order = {tuple(one): at for at, one in enumerate(sorted(weights))}
            ranks = [order[tuple(one)] for one in weights]
        case HitPolicy.COLLECT:
            if len(outputs) != 1 or not all(row.writes(outputs[0].id) for row in table.rows):
                return None
            ranks = [-weight(row, outputs[0]) for row in table.rows]
        case _:
            ranks = [0] * len(table.rows)
    last = max(ranks, default=0) + 1
    return (*ranks, *range(last, last + len(table.otherwise or ())))
