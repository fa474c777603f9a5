"""Small compiled tables over four inputs, and their faults as boxes and as regions find them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import redflag_kit.analyse.boxes as by_boxes
from redflag_kit.analyse.answers import Analysed
from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.large import box_table
from redflag_kit.analyse.run import run
from redflag_kit.analyse.subject import Subject
from redflag_kit.compile.cuts import cut
from redflag_kit.compile.expression import (
    ALWAYS,
    Expression,
    InputEntry,
    Interval,
)
from redflag_kit.compile.table import Compiled, Input, Row, Table
from redflag_kit.diagnostics.span import Span
from redflag_kit.logic.algebra import disjunction
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.mdd import count
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.model.vocabulary import Combine, Grid, Output
from redflag_kit.semantics.regions import meaning
from redflag_kit.terms.scale import Scale

INPUTS = {
    "size": Input("size", (), Grid(Fraction(0), Fraction(9), Fraction(1)), Fraction(4)),
    "kind": Input("kind", ("a", "b", "c"), None, "b"),
    "free": Input("free", ("no", "yes"), None, "no"),
    "late": Input("late", ("no", "yes"), None, "no"),
}
LEVELS = ("low", "mid", "high")
Then = tuple[tuple[str, tuple[str, ...]], ...]
SPAN = Span("table", 1, 1, 1, 1)
OUTPUTS = {
    "grade": Output("grade", "grade", Scale("s", LEVELS), (), Combine.HIGHEST, (), (), SPAN),
    "marks": Output("marks", "marks", None, ("x", "y"), Combine.HIGHEST, (), (), SPAN),
}


def size(low: int, high: int) -> InputEntry:
    return InputEntry("size", intervals=(Interval(Fraction(low), Fraction(high)),))


def word(finding: str, *words: str) -> InputEntry:
    return InputEntry(finding, words=frozenset(words))


LOW, HIGH = (("grade", ("low",)),), (("grade", ("high",)),)


def row(name: str, when: Expression, then: Then = LOW, suppressed_by: tuple[str, ...] = ()) -> Row:
    return Row(name, when, then, suppressed_by, f"digest of {name}")


def table(rows: list[Row], policy: HitPolicy, otherwise: tuple[Row, ...] | None = None) -> Table:
    return Table("d", policy, tuple(rows), tuple(one.rule for one in rows), otherwise, ("grade",))


def model(*tables: Table, **changed: Any) -> Compiled:
    one = Compiled("m", INPUTS, (), ALWAYS, (), tables, OUTPUTS, ("grade",), {}, "")
    return replace(one, **changed)


def by_regions(compiled: Compiled) -> Analysed:
    atoms = cut((compiled,))
    diagrams = Diagrams(atoms.space)
    sizes = {name: [1] * atoms.size(name) for name in atoms.inputs}

    def weigh(region: BddRegion) -> Fraction:
        return Fraction(count(diagrams.freeze(region), sizes))

    found = run(Subject(compiled, atoms, diagrams, meaning(compiled, atoms, diagrams), weigh))
    # Boxes are not asked for three-valued evaluation.
    return replace(found, faults=tuple(one for one in found.faults if one.code.id != "RF312"))


def boxed(compiled: Compiled) -> Analysed:
    atoms = cut((compiled,))
    one = box_table(compiled, atoms, {name: [1] * atoms.size(name) for name in atoms.inputs})
    assert one is not None
    return by_boxes.run(one)


SEVERAL = ("RF301", "RF315")
"""Faults whose regions may take several alternatives."""


def plain(fault: Fault) -> tuple[object, ...]:
    """Return all of a fault but the wording of regions that may be cut into other alternatives."""
    where = fault.where
    told = None if where is None else (where.share, where.cubes if fault.code.id not in SEVERAL else ())
    return (
        fault.code.id,
        fault.decision,
        fault.rules,
        fault.others,
        fault.point,
        fault.names,
        dict(fault.detail),
        told,
    )


def region_of(compiled: Compiled, diagrams: Diagrams, fault: Fault) -> BddRegion:
    assert fault.where is not None
    cubes = []
    for cube in fault.where.cubes:
        region = diagrams.whole
        for name, mask in cube.items():
            region &= diagrams.literal(name, mask)
        cubes.append(region)
    return disjunction(diagrams, cubes)
