"""Witness patients: one concrete, ordinary-looking patient of a region.

Claim: the patient lies in the region's point, satisfies the comparisons between numbers exactly, and is the same on
every machine: fewest findings away from their ordinary value, ties in a fixed order.
"""

from collections.abc import Iterable, Mapping
from math import ceil, floor

from redflag_kit.compile.cuts import Atoms
from redflag_kit.compile.expression import Interval
from redflag_kit.compile.table import Restriction, number_of
from redflag_kit.logic.algebra import R, Searching
from redflag_kit.logic.space import Point
from redflag_kit.model.condition import Value
from redflag_kit.model.vocabulary import Comparison, Finding, Grid


def witness(
    region: R,
    algebra: Searching[R],
    atoms: Atoms,
    restrictions: Iterable[Restriction],
    findings: Mapping[str, Finding],
) -> dict[str, Value] | None:
    """Return the canonical patient of a region, every finding with a value, or None if the region is empty."""
    point = algebra.least(region)
    return None if point is None else patient_at(point, atoms, restrictions, findings)


def patient_at(
    point: Point, atoms: Atoms, restrictions: Iterable[Restriction], findings: Mapping[str, Finding]
) -> dict[str, Value]:
    """Return a patient in the atoms of a point; findings that no test reads take their ordinary value."""
    chosen = dict(zip(atoms.inputs, point, strict=False))
    patient: dict[str, Value] = {}
    for name, finding in findings.items():
        calm = finding.example if finding.clean is None else finding.clean
        patient[name] = atoms.value_nearest_calm(name, chosen[name]) if name in chosen else calm
    for restriction in restrictions:
        if isinstance(restriction, Comparison):
            _settle(restriction, patient, atoms, chosen)
    return patient


def _settle(comparison: Comparison, patient: dict[str, Value], atoms: Atoms, chosen: Mapping[str, int]) -> None:
    """Move the right number up, then the left one down, within their atoms, until the comparison holds."""
    left, right = comparison.left, comparison.right
    if comparison.holds(number_of(patient[left]), number_of(patient[right])):
        return
    right_atom = atoms.interval(right, chosen[right])
    patient[right] = _at_least(
        comparison, number_of(patient[left]) / comparison.factor, right_atom, _grid(atoms, right)
    )
    if not comparison.holds(number_of(patient[left]), number_of(patient[right])):
        left_atom = atoms.interval(left, chosen[left])
        patient[right] = right_atom.high
        patient[left] = _at_most(comparison, right_atom.high * comparison.factor, left_atom, _grid(atoms, left))


def _grid(atoms: Atoms, finding: str) -> Grid:
    grid = atoms.inputs[finding].grid
    assert grid is not None
    return grid


def _at_least(comparison: Comparison, bound: Value, within: Interval, grid: Grid) -> Value:
    position = (number_of(bound) - grid.low) / grid.step
    index = floor(position) + 1 if comparison.strict else ceil(position)
    return min(max(grid.low + index * grid.step, within.low), within.high)


def _at_most(comparison: Comparison, bound: Value, within: Interval, grid: Grid) -> Value:
    position = (number_of(bound) - grid.low) / grid.step
    index = ceil(position) - 1 if comparison.strict else floor(position)
    return max(min(grid.low + index * grid.step, within.high), within.low)
