"""A few rules of a table of boxes, for questions that only regions answer."""

from collections.abc import Sequence
from dataclasses import replace

from redflag_kit.analyse.boxed import Boxed
from redflag_kit.analyse.subject import Subject
from redflag_kit.compile.expression import ALWAYS, Expression
from redflag_kit.compile.table import Row
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.boxes.split import with_all
from redflag_kit.logic.space import Box
from redflag_kit.semantics.regions import meaning


def around(boxed: Boxed, boxes: Sequence[Box], scope: Expression = ALWAYS) -> Subject[BddRegion]:
    """Return the table with only those of its rules that touch some boxes, for analyses over regions."""
    one = boxed.table
    nodes = with_all(boxed.rules, boxed.rules.packed(list(boxes)))
    near = {one.rows[rule].rule for rule in nodes.rules.tolist()}
    rows = tuple(row for row in one.table.rows if row.rule in near)
    table = replace(one.table, rows=rows, guard_order=tuple(row.rule for row in rows))
    compiled = replace(one.compiled, tables=(table,), scope=scope)
    regions = meaning(compiled, one.atoms, boxed.diagrams)
    return Subject(compiled, one.atoms, boxed.diagrams, regions, deadline=boxed.deadline)


def meant(row: Row) -> dict[str, frozenset[str]]:
    """Return what a row writes, the order of the elements of a set aside."""
    return {output: frozenset(values) for output, values in row.then}
