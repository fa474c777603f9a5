"""Readable covers: a region as a few short conditions in a given vocabulary, relative to a context.

Claim: within the care set every cube lies in the region, together (when exact) they are the region, none is covered
by the others, and no cube can lose a literal or gain an attained value. The result depends only on the regions and
on the order of columns and values, not on the engine.
Method: take the canonical witness of what is left, describe it by its value in every column, drop literals, widen
the rest value by value, subtract, repeat; last, remove the cubes that the rest covers.
Not covered: minimality. The cover is irredundant, and the order of the columns shapes its wording.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias

from redflag_kit.logic.algebra import R, Searching, disjunction
from redflag_kit.logic.space import Point


@dataclass(frozen=True)
class Column(Generic[R]):
    """A word of the vocabulary with its values, calmest first, e.g. `fever` with (("no", ...), ("yes", ...)).

    The values partition the care set.
    """

    name: str
    values: tuple[tuple[str, R], ...]


@dataclass(frozen=True)
class Cube(Generic[R]):
    """A condition, e.g. (("fever", ("yes",)), ("age", ("50-64", "65+"))), and all points that satisfy it."""

    literals: tuple[tuple[str, tuple[str, ...]], ...]
    region: R


@dataclass(frozen=True)
class Cover(Generic[R]):
    """Cubes in the order found; not exact if the limit was reached with something left."""

    cubes: tuple[Cube[R], ...]
    exact: bool


Chosen: TypeAlias = dict[int, list[int]]
"""Column index -> indices of its allowed values."""


def cover(algebra: Searching[R], region: R, care: R, columns: Sequence[Column[R]], limit: int) -> Cover[R]:
    """Cover the region within the care set by at most `limit` cubes over the columns, given in order of dropping.

    Raises ValueError if the columns cannot tell some point of the region from a point of the care set outside it.
    """
    remaining, bad = region & care, care - region
    search = _Search(algebra, care, bad, columns)
    found: list[Cube[R]] = []
    while len(found) < limit and not remaining.is_empty():
        found.append(search.cube_at(algebra.calmest(remaining)))
        remaining -= found[-1].region
    return Cover(_irredundant(algebra, care, found), exact=remaining.is_empty())


def _irredundant(algebra: Searching[R], care: R, cubes: Sequence[Cube[R]]) -> tuple[Cube[R], ...]:
    """Remove, from the first on, each cube that the others still standing cover."""
    later = [algebra.empty]
    for cube in reversed(cubes):
        later.append(later[-1] | cube.region)
    kept: list[Cube[R]] = []
    earlier = algebra.empty
    for cube, rest in zip(cubes, reversed(later[:-1]), strict=True):
        if not ((cube.region & care) - (earlier | rest)).is_empty():
            kept.append(cube)
            earlier |= cube.region
    return tuple(kept)


class _Search(Generic[R]):
    """The search for one cube around a witness, in one vocabulary and context."""

    def __init__(self, algebra: Searching[R], care: R, bad: R, columns: Sequence[Column[R]]) -> None:
        self._algebra = algebra
        self._care = care
        self._bad = bad
        self._columns = columns

    def cube_at(self, witness: Point) -> Cube[R]:
        """Return a cube that holds the witness, avoids `bad` and is prime in the vocabulary."""
        chosen = self._widened(self._needed(witness))
        return Cube(
            literals=tuple(
                (self._columns[at].name, tuple(self._columns[at].values[value][0] for value in sorted(values)))
                for at, values in chosen.items()
            ),
            region=self._meet(self._algebra.whole, chosen.items()),
        )

    def _needed(self, witness: Point) -> Chosen:
        """Return the literals of the witness that are left after dropping, in column order, each that is not needed."""
        # The literals from a column on avoid `bad` or not, and adding one never undoes it. So the first literal that
        # cannot be dropped is the last from which on all of them together avoid `bad`; likewise for those after it.
        # COST: for each literal kept, one conjunction per column from the last one back to it.
        kept: Chosen = {}
        literals: list[tuple[list[int], R]] = []  # of the last columns, the last one first
        settled = self._bad
        while not settled.is_empty():
            rest, at = settled, len(self._columns)
            while not rest.is_empty():
                if at == 0:
                    raise ValueError("the columns cannot tell the region from the rest of the care set")
                at -= 1
                if len(literals) == len(self._columns) - at - 1:
                    values = [self._value_at(self._columns[at], witness)]
                    literals.append((values, self._literal(at, values)))
                rest &= literals[len(self._columns) - at - 1][1]
            kept[at], literal = literals[len(self._columns) - at - 1]
            settled &= literal
        return kept

    def _value_at(self, column: Column[R], witness: Point) -> int:
        for value, (_, region) in enumerate(column.values):
            if self._algebra.contains(region, witness):
                return value
        raise ValueError(f"the values of column `{column.name}` do not partition the care set")

    def _widened(self, kept: Chosen) -> Chosen:
        """Add values that some point of care attains and that keep `bad` avoided, until none is left to add."""
        # One round may miss a value that is attained only after a later literal was widened, hence the repetition.
        # INVARIANT: only attained values are added, so every label shown occurs within the cube and the care set.
        chosen = {at: list(values) for at, values in kept.items()}
        grown = True
        while grown:
            grown = False
            for at, values in chosen.items():
                if len(self._columns[at].values) - len(values) < 2:
                    continue  # with its last value a literal would say nothing, and this one is needed
                others = [item for item in chosen.items() if item[0] != at]
                near, wrong = self._meet(self._care, others), self._meet(self._bad, others)
                for value, (_, region) in enumerate(self._columns[at].values):
                    if value not in values and (wrong & region).is_empty() and not (near & region).is_empty():
                        values.append(value)
                        grown = True
        return chosen

    def _meet(self, region: R, literals: Iterable[tuple[int, list[int]]]) -> R:
        for at, values in literals:
            region &= self._literal(at, values)
        return region

    def _literal(self, at: int, values: Sequence[int]) -> R:
        if len(values) == 1:
            return self._columns[at].values[values[0]][1]
        return disjunction(self._algebra, (self._columns[at].values[value][1] for value in values))
