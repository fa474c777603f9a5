"""Geometry of the changed area: two findings against each other, in each cell the worst that changes there.

Every cell has a sign and a word or a part in per cent; colour only repeats them. Parts are rounded in the figure and
exact in the table beside it.
"""

from dataclasses import dataclass
from fractions import Fraction

from redflag_kit.report.html_read import Json, member, members, objects, text
from redflag_kit.report.html_text import inline
from redflag_kit.report.html_words import DIRECTIONS, Mark, mark

SAME = Mark("same", "=", "same", "nobody there gets anything else")
NOBODY = Mark("impossible", "–", "impossible", "nobody can be so")

_LEFT, _TOP = 136, 66
_WIDE, _HIGH = 76, 44
_LINE = 12
_LEFT_LINE = 18


@dataclass(frozen=True, slots=True)
class Label:
    """A value of a finding beside its row or above its column, in lines."""

    lines: tuple[tuple[float, str], ...]
    x: float


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of the figure; `part` is the rounded part that changes, `exact` the same as a fraction."""

    x: float
    y: float
    mark: Mark
    part: str
    exact: str


@dataclass(frozen=True, slots=True)
class AreaView:
    """The figure and the same data as rows."""

    rows: Json
    columns: Json
    chosen: bool
    width: int
    height: int
    left: int
    cell: tuple[int, int]
    row_labels: tuple[Label, ...]
    column_labels: tuple[Label, ...]
    squares: tuple[tuple[Square, ...], ...]
    marks: tuple[Mark, ...]

    @property
    def rows_short(self) -> str:
        """Return what stands over the rows, short enough for its place."""
        return _cut(inline(text(self.rows.get("label"))), _LEFT_LINE - 4)

    @property
    def description(self) -> str:
        """Return the signs of the figure with their words, for those who hear it."""
        return ", ".join(f"{one.symbol} {one.word}" for one in self.marks)

    @property
    def table(self) -> list[tuple[str, tuple[Square, ...]]]:
        """Return each row's value with its cells."""
        return list(zip((text(one) for one in members(self.rows.get("words"))), self.squares, strict=False))


def area_view(diff: Json) -> AreaView | None:
    """Return the changed area, None where the result has none."""
    found = member(diff.get("area"))
    rows, columns = member(found.get("rows")), member(found.get("columns"))
    squares = tuple(
        tuple(_square(row, column, one) for column, one in enumerate(objects(cells)))
        for row, cells in enumerate(members(found.get("cells")))
    )
    if not squares:
        return None
    used = {square.mark.key for line in squares for square in line}
    return AreaView(
        rows=rows,
        columns=columns,
        chosen=found.get("chosen") is True,
        width=_LEFT + _WIDE * len(squares[0]) + 2,
        height=_TOP + _HIGH * len(squares) + 2,
        left=_LEFT,
        cell=(_WIDE, _HIGH),
        row_labels=tuple(_row_label(at, text(one)) for at, one in enumerate(members(rows.get("words")))),
        column_labels=tuple(_column_label(at, text(one)) for at, one in enumerate(members(columns.get("words")))),
        squares=squares,
        marks=tuple(one for one in (*DIRECTIONS.values(), SAME, NOBODY) if one.key in used),
    )


def _square(row: int, column: int, one: Json) -> Square:
    key, share = text(one.get("direction")), text(one.get("share"))
    found = {"same": SAME, "impossible": NOBODY}.get(key) or mark(DIRECTIONS, key)
    part = found.word if found in (SAME, NOBODY) else _part(share)
    return Square(_LEFT + column * _WIDE, _TOP + row * _HIGH, found, part, share)


def _part(share: str) -> str:
    """Return a fraction in per cent, rounded, but never to nothing or everything."""
    exact = Fraction(share) * 100
    if exact == 100:
        return "all"
    return "under 1 %" if exact < 1 else "over 99 %" if exact > 99 else f"{round(exact)} %"


def _row_label(row: int, words: str) -> Label:
    lines = _lines(words, _LEFT_LINE, 2)
    first = _TOP + row * _HIGH + _HIGH / 2 + 4 - (len(lines) - 1) * 6.5
    return Label(tuple((first + at * 13, line) for at, line in enumerate(lines)), _LEFT - 8)


def _column_label(column: int, words: str) -> Label:
    lines = _lines(words, _LINE, 3)
    first = _TOP - 8 - (len(lines) - 1) * 13
    return Label(tuple((first + at * 13, line) for at, line in enumerate(lines)), _LEFT + column * _WIDE + _WIDE / 2)


def _lines(words: str, length: int, most: int) -> list[str]:
    """Return a label in a few short lines; its whole text stands in the table."""
    lines: list[str] = []
    for word in inline(words).split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= length:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    kept = [_cut(line, length) for line in lines[:most]]
    return kept if len(lines) <= most else [*kept[:-1], f"{kept[-1][: length - 1]}…"]


def _cut(line: str, length: int) -> str:
    return line if len(line) <= length else f"{line[: length - 1]}…"
