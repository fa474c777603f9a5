"""Where two editions differ, drawn over two findings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AreaAxis:
    """One finding of the plot with its values in words: the intervals of a number that no rule tells apart inside."""

    finding: str
    label: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AreaCell:
    """Everybody with one value of each finding, whatever else is so.

    `direction`: the worst of what changes for some patient there, "same" if nothing does, "impossible" if nobody can be
    there. `share`: which part of the combinations of findings that are possible there changes, exactly, as 0, 1 or a
    fraction; it is no share of patients.
    """

    direction: str
    share: str


@dataclass(frozen=True, slots=True)
class Area:
    """Changes of the outputs that both editions cover, for patients whom both allow, over two findings.

    `chosen`: the reader chose the findings; otherwise they are those that most change classes read. `cells`: one tuple
    for each value of `rows`, with a cell for each value of `columns`.
    """

    rows: AreaAxis
    columns: AreaAxis
    chosen: bool
    cells: tuple[tuple[AreaCell, ...], ...]
