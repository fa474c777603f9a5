"""Rows: many boxes over the same columns, packed column by column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from redflag_kit.logic.boxes.columns import Column, Flags, Ints, Sets, column_for
from redflag_kit.logic.budget import NO_DEADLINE, Deadline
from redflag_kit.logic.space import Box, Space

_BLOCK = 100_000


@dataclass(frozen=True, slots=True)
class Rows:
    """`count` boxes: per column, in space order, one packed set for each box."""

    columns: tuple[Column, ...]
    sets: tuple[Sets, ...]
    count: int

    def take(self, which: Ints | Flags) -> "Rows":
        """Return the chosen boxes, in the order chosen."""
        sets = tuple(one[:, which] for one in self.sets)
        return Rows(self.columns, sets, sets[0].shape[1])

    def boxes(self) -> list[Box]:
        """Return every box as masks of atoms."""
        parts = list(zip(self.columns, self.sets, strict=True))
        return [tuple(column.mask(sets[:, index]) for column, sets in parts) for index in range(self.count)]

    def packed(self, boxes: Sequence[Box]) -> "Rows":
        """Pack further boxes, whose sets must fit the forms of these columns."""
        sets = tuple(column.pack([box[at] for box in boxes]) for at, column in enumerate(self.columns))
        return Rows(self.columns, sets, len(boxes))

    def meeting(self, mine: Ints, other: "Rows", theirs: Ints, deadline: Deadline = NO_DEADLINE) -> Flags:
        """Tell, pair by pair, whether the box `mine` of these and the box `theirs` of the others share a point."""

        def test(mine: Ints, theirs: Ints) -> Flags:
            columns = zip(self.columns, self.sets, other.sets, strict=True)
            return reduce(np.logical_and, (c.meets(a[:, mine], b[:, theirs]) for c, a, b in columns))

        return _in_blocks(test, mine, theirs, deadline)

    def spanning(self, mine: Ints, other: "Rows", theirs: Ints, deadline: Deadline = NO_DEADLINE) -> Flags:
        """Tell, pair by pair, whether the box `mine` of these holds all of the box `theirs` of the others."""

        def test(mine: Ints, theirs: Ints) -> Flags:
            columns = zip(self.columns, self.sets, other.sets, strict=True)
            return reduce(np.logical_and, (c.spans(a[:, mine], b[:, theirs]) for c, a, b in columns))

        return _in_blocks(test, mine, theirs, deadline)


def _in_blocks(test: Callable[[Ints, Ints], Flags], mine: Ints, theirs: Ints, deadline: Deadline) -> Flags:
    """Put a test to pairs, block by block, so that the clock is looked at and memory stays small."""
    found = np.zeros(mine.size, dtype=np.bool_)
    for start in range(0, mine.size, _BLOCK):
        deadline.check("which rules touch each other")
        block = slice(start, start + _BLOCK)
        found[block] = test(mine[block], theirs[block])
    return found


def joined(parts: Sequence[Rows]) -> Rows:
    """Return the boxes of several rows over the same columns, one after the other."""
    sets = tuple(np.concatenate([part.sets[at] for part in parts], axis=1) for at in range(len(parts[0].columns)))
    return Rows(parts[0].columns, sets, sum(part.count for part in parts))


def rows_of(space: Space, boxes: Sequence[Box]) -> Rows:
    """Pack boxes over a space of at least one axis, each column in the form that fits all its sets."""
    if not space.axes:
        raise ValueError("boxes need at least one axis")
    masks = [[box[at] for box in boxes] for at in range(len(space.axes))]
    columns = tuple(column_for(axis.size, column) for axis, column in zip(space.axes, masks, strict=True))
    sets = tuple(column.pack(column_masks) for column, column_masks in zip(columns, masks, strict=True))
    return Rows(columns, sets, len(boxes))
