"""The cells of every aspect of a meaning, those without any point left out once somebody looks at them.

Claim: what is read here holds no cell that a rule could not have decided. Asking whether a cell is empty is a search in
some algebras, one per rule, and most readers look at a few aspects or at whole values only; hence not before.
"""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeAlias

from redflag_kit.logic.algebra import R
from redflag_kit.semantics.hit_policies import Cell

Aspect: TypeAlias = tuple[str, str]
"""An ordered output, or a set output with one of its elements."""


class Cells(Mapping[Aspect, tuple[Cell[R], ...]], Generic[R]):
    """Cells as the tables made them, restricted to a scope; `outside` is the cell of those out of scope."""

    def __init__(self, made: Mapping[Aspect, tuple[Cell[R], ...]], scope: R, outside: Cell[R]) -> None:
        self._made = dict(made)
        self._scope = scope
        self._outside = outside
        self._kept: dict[Aspect, tuple[Cell[R], ...]] = {}

    def __getitem__(self, aspect: Aspect) -> tuple[Cell[R], ...]:
        if aspect not in self._kept:
            kept = (self._scoped(cell) for cell in self._made[aspect] if not cell.region.is_empty())
            self._kept[aspect] = (*kept, self._outside)
        return self._kept[aspect]

    def __iter__(self) -> Iterator[Aspect]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    def with_empty_ones(self) -> Iterator[tuple[Aspect, Cell[R]]]:
        """Yield every cell with its aspect, empty ones too, which costs no question."""
        for aspect, cells in self._made.items():
            yield from ((aspect, self._scoped(cell)) for cell in cells)
            yield aspect, self._outside

    def _scoped(self, cell: Cell[R]) -> Cell[R]:
        return Cell(cell.value, cell.rule, cell.region & self._scope)
