"""Frozen diagrams with many ends: which of several disjoint regions each point of a space lies in, as plain data.

Claim: a diagram is canonical for its space and the order of its regions, whichever engine made it. Node 0 is `nowhere`:
a point in none of the regions, e.g. a patient that the constraints forbid. It is never an outcome and never counts.
`Diagrams.freeze_parts` makes them. Every question below takes one pass over the nodes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

from redflag_kit.logic.mdd import Node
from redflag_kit.logic.space import Point, Space

NOWHERE = 0


@dataclass(frozen=True)
class MultiDiagram:
    """A function from points to regions, e.g. 0 nowhere, 1 the first region, 2 the second.

    Nodes 0 to `ends - 1` are the ends; node i stands at nodes[i - ends]. Children come before their parents, so the
    root is last. An axis that a path skips may take any atom.
    """

    # INVARIANT: as in `mdd.Diagram`: no node has all children equal, no two nodes are equal, every node is reached.
    space: Space
    ends: int
    nodes: tuple[Node, ...]
    root: int

    def position(self, node: int) -> int:
        """Return the axis position the node tests; past the last axis for the ends."""
        return self.nodes[node - self.ends][0] if node >= self.ends else len(self.space.axes)


def end_at(diagram: MultiDiagram, point: Point) -> int:
    """Return the region the point lies in, 0 for nowhere."""
    node, ends, nodes = diagram.root, diagram.ends, diagram.nodes
    while node >= ends:
        position, children = nodes[node - ends]
        node = children[point[position]]
    return node


def counts(diagram: MultiDiagram, weights: Mapping[str, Sequence[int]] | None = None) -> tuple[int, ...]:
    """Return how many points lie in each region, nowhere first, each counted as the product of its atoms' weights.

    Of an axis without weights each atom counts once.
    """
    # COST: one pass down, each node's arriving weight passed on to its children.
    space, given = diagram.space, weights or {}
    for name in given:
        space.position(name)
    rows = [given.get(axis.name, (1,) * axis.size) for axis in space.axes]
    if any(len(row) != axis.size for row, axis in zip(rows, space.axes, strict=True)):
        raise ValueError("an axis needs one weight per atom")
    sums = [sum(row) for row in rows]
    arriving = [0] * (len(diagram.nodes) + diagram.ends)
    arriving[diagram.root] = prod(sums[: diagram.position(diagram.root)])
    for node in range(len(arriving) - 1, diagram.ends - 1, -1):
        position, children = diagram.nodes[node - diagram.ends]
        for weight, child in zip(rows[position], children, strict=True):
            skipped = sums[position + 1 : diagram.position(child)]
            arriving[child] += prod(skipped, start=arriving[node] * weight)
    return tuple(arriving[: diagram.ends])
