"""What a table leaves uncovered of the whole space, and how much it covers."""

from collections.abc import Sequence
from fractions import Fraction

from redflag_kit.logic.boxes.measure import Measure
from redflag_kit.logic.boxes.rows import Rows, rows_of
from redflag_kit.logic.boxes.split import with_all
from redflag_kit.logic.boxes.uncovered import first_bare, uncovered
from redflag_kit.logic.budget import Deadline
from redflag_kit.logic.space import Box, Space


def whole(space: Space) -> Box:
    """Return the box of all points."""
    return tuple(axis.full for axis in space.axes)


def gap_pieces(space: Space, rules: Rows, deadline: Deadline) -> list[Box]:
    """Return the points that no rule holds, as disjoint boxes."""
    return uncovered(rules, with_all(rules, rules.packed([whole(space)])), deadline)[0].boxes()


def some_gap(space: Space, rules: Rows) -> Box | None:
    """Return a box of points that no rule holds, found fast; None says nothing."""
    found = first_bare(rules, with_all(rules, rules.packed([whole(space)])))[0].boxes()
    return found[0] if found else None


def union_volume(space: Space, boxes: Sequence[Box], measure: Measure, deadline: Deadline) -> Fraction:
    """Return the exact volume of the union of boxes, which may overlap."""
    rest = gap_pieces(space, rows_of(space, boxes), deadline)
    return measure.volume([whole(space)]) - measure.volume(rest)
