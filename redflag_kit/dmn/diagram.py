"""Lay a decision requirements graph out: input data at the bottom, each decision above what it reads."""

from dataclasses import dataclass
from functools import cache

from redflag_kit.dmn.drg import Graph

WIDTH, HEIGHT = 180, 60
GAP_X, GAP_Y = 30, 90
PER_ROW = 12


@dataclass(frozen=True, slots=True)
class Box:
    """Where a node is drawn."""

    x: int
    y: int

    @property
    def top(self) -> tuple[int, int]:
        """Return the middle of the upper side."""
        return (self.x + WIDTH // 2, self.y)

    @property
    def bottom(self) -> tuple[int, int]:
        """Return the middle of the lower side."""
        return (self.x + WIDTH // 2, self.y + HEIGHT)


def layout(graph: Graph) -> dict[str, Box]:
    """Return a box for every node by its name; knowledge sources stand in a row of their own at the bottom."""
    reads = {node.name: node.requires for node in graph.decisions}

    @cache
    def depth(name: str) -> int:
        return 1 + max((depth(one) for one in reads[name] if one in reads), default=0) if name in reads else 0

    levels: dict[int, list[str]] = {}
    for name in (*(one.name for one in graph.inputs), *reads):
        levels.setdefault(depth(name), []).append(name)
    rows = [names[i : i + PER_ROW] for level, names in sorted(levels.items()) for i in range(0, len(names), PER_ROW)]
    sources = [source_key(one.name) for one in graph.sources]
    rows = [sources[i : i + PER_ROW] for i in range(0, len(sources), PER_ROW)] + rows
    boxes: dict[str, Box] = {}
    for row, names in enumerate(reversed(rows)):
        y = GAP_Y + row * (HEIGHT + GAP_Y)
        boxes |= {name: Box(GAP_X + i * (WIDTH + GAP_X), y) for i, name in enumerate(names)}
    return boxes


def source_key(name: str) -> str:
    """Return the key of a knowledge source among the boxes; its name may be that of another node."""
    return f"source {name}"
