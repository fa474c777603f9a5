"""Geometry of the flow figures: per output, from the old recommendation to the new one.

Band widths count change classes, never patients, and the figures say so. Colours come from the style sheet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from redflag_kit.report.html_read import Json, text
from redflag_kit.report.html_text import inline
from redflag_kit.report.html_view import ChangeView, worst_first
from redflag_kit.report.html_words import Mark

WIDTH = 400
_LEFT, _RIGHT = 142, 258
_GAP = 8
_NODE = 28
_LINE = 19
_TALLEST = 480
_LABEL = 14
_STATUSES = ("silent", "not_covered", "out_of_scope", "gap", "conflict", "not_listed", "impossible")


@dataclass(frozen=True, slots=True)
class Band:
    """All classes of one output with the same two ends and the same direction; `anchor` is where they are listed."""

    old: str
    new: str
    mark: Mark
    count: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Node:
    """One value on one side of the figure."""

    lines: tuple[str, ...]
    x: int
    anchor: str
    bar: int
    y: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.y + self.height / 2, 1)


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A drawn band, and where its number stands."""

    path: str
    band: Band
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Flow:
    """The figure of one output."""

    anchor: str
    label: str
    height: float
    nodes: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]


def flow(anchor: str, label: str, changes: Iterable[ChangeView], lists: Mapping[tuple[str, str, str], str]) -> Flow:
    """Return the figure of the classes of one output; `lists`: direction, output, values -> where these are listed."""
    found = list(changes)
    bands = _bands(found, lists)
    order = _most_urgent_first(found)
    bands.sort(key=lambda b: (order.index(b.old), order.index(b.new), worst_first([b.mark.key])))
    unit = min(15.0, _TALLEST / max(1, len(found)))
    left = _nodes([name for name in order if any(b.old == name for b in bands)], bands, unit, "old")
    right = _nodes([name for name in order if any(b.new == name for b in bands)], bands, unit, "new")
    height = max(node.y + node.height for node in (*left.values(), *right.values())) + 2
    ribbons = _ribbons(bands, left, right, unit)
    height = max(height, *(ribbon.y + _LABEL / 2 for ribbon in ribbons))
    return Flow(anchor, label, round(height, 1), (*left.values(), *right.values()), ribbons)


def _bands(changes: list[ChangeView], lists: Mapping[tuple[str, str, str], str]) -> list[Band]:
    groups: dict[tuple[str, str, str], list[ChangeView]] = {}
    for one in changes:
        groups.setdefault((one.old.words, one.new.words, one.mark.key), []).append(one)
    return [
        Band(old, new, found[0].mark, len(found), lists.get((direction, found[0].output, f"{old} → {new}"), ""))
        for (old, new, direction), found in groups.items()
    ]


def _most_urgent_first(changes: list[ChangeView]) -> list[str]:
    """Order values by what the directions say of them, the more urgent above; statuses, which are no levels, last."""
    values = list(dict.fromkeys(words for one in changes for words in (one.old.words, one.new.words)))
    statuses = {_words(one.data, end) for one in changes for end in ("from", "to") if one.data.get(end) in _STATUSES}
    above: dict[str, set[str]] = {value: set() for value in values}
    for one in changes:
        if one.mark.key == "less_urgent":
            above[one.new.words].add(one.old.words)
        elif one.mark.key == "more_urgent":
            above[one.old.words].add(one.new.words)
    ordered: list[str] = []
    waiting = sorted(values, key=lambda value: (value in statuses, values.index(value)))
    while waiting:
        ready = next((v for v in waiting if v not in statuses and above[v] <= set(ordered)), waiting[0])
        ordered.append(ready)
        waiting.remove(ready)
    return ordered


def _words(one: Json, end: str) -> str:
    return text(one.get(f"{end}_words")) or text(one.get(end)).replace("_", " ")


def _nodes(names: list[str], bands: list[Band], unit: float, edition: str) -> dict[str, Node]:
    placed: dict[str, Node] = {}
    y = 2.0
    for name in names:
        total = sum(band.count for band in bands if (band.old if edition == "old" else band.new) == name)
        height = max(_NODE, total * unit)
        x, anchor, bar = (_LEFT - 12, "end", _LEFT - 6) if edition == "old" else (_RIGHT + 10, "start", _RIGHT)
        placed[name] = Node(_lines(name), x, anchor, bar, y, height)
        y += height + _GAP
    return placed


def _ribbons(bands: list[Band], left: dict[str, Node], right: dict[str, Node], unit: float) -> tuple[Ribbon, ...]:
    starts = {name: _first(node, sum(b.count for b in bands if b.old == name) * unit) for name, node in left.items()}
    ends = {name: _first(node, sum(b.count for b in bands if b.new == name) * unit) for name, node in right.items()}
    drawn = []
    middle = (_LEFT + _RIGHT) // 2
    lowest = 0.0
    for band in bands:
        width = band.count * unit
        y0, y1 = starts[band.old], ends[band.new]
        starts[band.old] += width
        ends[band.new] += width
        path = (
            f"M{_LEFT} {y0:.1f}C{middle} {y0:.1f} {middle} {y1:.1f} {_RIGHT} {y1:.1f}"
            f"V{y1 + width:.1f}C{middle} {y1 + width:.1f} {middle} {y0 + width:.1f} {_LEFT} {y0 + width:.1f}Z"
        )
        # A quarter of the way along, where bands still lie side by side; numbers of thin ones are pushed apart.
        lowest = max(y0 + width / 2 + (y1 - y0) * 0.06, lowest + _LABEL)
        drawn.append(Ribbon(path, band, _LEFT + 16, round(lowest, 1)))
    return tuple(drawn)


def _first(node: Node, total: float) -> float:
    return node.y + (node.height - total) / 2


def _lines(words: str) -> tuple[str, ...]:
    """Return a label in at most two lines; the whole text stands in the list that the number leads to."""
    words = inline(words)
    if len(words) > 2 * _LINE and "(" in words[1:]:
        words = words.partition("(")[0].strip() + " (…)"
    if len(words) <= _LINE:
        return (words,)
    cut = words.rfind(" ", 0, _LINE + 1)
    cut = cut if cut > 0 else _LINE
    rest = words[cut:].strip()
    return (words[:cut], rest if len(rest) <= _LINE else rest[: _LINE - 1] + "…")
