"""Frozen diagrams: a region as plain data, one node per axis and distinct remainder.

Claim: a diagram is canonical for its space; two regions hold the same points exactly when their diagrams are equal,
whichever engine made them. Witnesses and counts are exact and take one pass over the nodes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import TypeAlias, TypeVar

from redflag_kit.logic.space import Point, Space

Node: TypeAlias = tuple[int, tuple[int, ...]]
"""An axis position and the child for each of its atoms."""

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Diagram:
    """A region of a space, e.g. nodes ((1, (0, 1)), (0, (0, 2))) and root 3: atom 1 on both of two axes.

    Node 0 is no point, node 1 is every point, node i stands at nodes[i - 2]. Children come before their parents, so
    the root is last. An axis that a path skips may take any atom.
    """

    # INVARIANT: no node has all children equal, no two nodes are equal, every node is reached from the root, and the
    # nodes of an axis are sorted by children, those of later axes first. Hence equal regions are equal diagrams.
    space: Space
    nodes: tuple[Node, ...]
    root: int

    def position(self, node: int) -> int:
        """Return the axis position the node tests; past the last axis for the two terminals."""
        return self.nodes[node - 2][0] if node > 1 else len(self.space.axes)


def assemble(space: Space, root: K, inner: Mapping[K, tuple[int, Sequence[K]]], terminals: Mapping[K, int]) -> Diagram:
    """Return the canonical diagram of a decision graph: keys with an axis position and one child per atom.

    Equal nodes and idle tests may occur in `inner`; every key in it must be reached from the root, and children must
    test later axes than their parents.
    """
    return Diagram(space, *number_nodes(space, root, inner, terminals, 2))


def number_nodes(
    space: Space, root: K, inner: Mapping[K, tuple[int, Sequence[K]]], terminals: Mapping[K, int], first: int
) -> tuple[tuple[Node, ...], int]:
    """Return the nodes of a decision graph in canonical order, numbered from `first` on, and the root's number."""
    numbers = dict(terminals)
    layers: list[list[K]] = [[] for _ in space.axes]
    for key, (position, _) in inner.items():
        layers[position].append(key)
    nodes: list[Node] = []
    for position in range(len(layers) - 1, -1, -1):
        rows = {key: tuple(numbers[child] for child in inner[key][1]) for key in layers[position]}
        fresh = sorted({row for row in rows.values() if len(set(row)) > 1})
        known = {row: number for number, row in enumerate(fresh, start=len(nodes) + first)}
        nodes += ((position, row) for row in fresh)
        numbers |= {key: known.get(row, row[0]) for key, row in rows.items()}
    return tuple(nodes), numbers[root]


def contains(diagram: Diagram, point: Point) -> bool:
    """Tell whether the region holds the point."""
    node = diagram.root
    while node > 1:
        position, children = diagram.nodes[node - 2]
        node = children[point[position]]
    return node == 1


def support(diagram: Diagram) -> tuple[str, ...]:
    """Return the axes that matter to the region, in space order."""
    return tuple(diagram.space.names[position] for position in sorted({position for position, _ in diagram.nodes}))


def least(
    diagram: Diagram, *, prefer: Mapping[str, int] | None = None, cost: Mapping[str, int] | None = None
) -> Point | None:
    """Return the canonical witness of the region, or None if it is empty.

    It leaves the calmest atom on the fewest axes (or the cheapest, where `cost` prices leaving an axis; 1 if not
    named); among those it has the least total rank in calm order, then the first ranks lexicographically by axis.
    `prefer` puts an atom before the calm order of its axis, e.g. the atoms of a patient whose nearest neighbour in
    the region is sought.
    """
    space, prices, preferred = diagram.space, cost or {}, prefer or {}
    for name in (*prices, *preferred):
        space.position(name)
    if any(price < 0 for price in prices.values()):
        raise ValueError("leaving the calmest atom cannot cost less than nothing")
    orders = [_order(axis.calm, preferred.get(axis.name)) for axis in space.axes]
    # Best (cost, total rank) below each node, and the atom it takes there. Skipped axes stay calm and cost nothing.
    # INVARIANT: two atoms of an axis differ in rank, so a tie is settled at the first axis where two points part.
    best: list[tuple[int, int] | None] = [None, (0, 0)]
    taken: list[int] = [0, 0]
    for position, children in diagram.nodes:
        price = prices.get(space.names[position], 1)
        options = [
            (below[0] + (price if rank else 0), below[1] + rank, rank)
            for rank, atom in enumerate(orders[position])
            if (below := best[children[atom]]) is not None
        ]
        spent, total, rank = min(options)
        best.append((spent, total))
        taken.append(orders[position][rank])
    if not diagram.root:
        return None
    point = [order[0] for order in orders]
    node = diagram.root
    while node > 1:
        position, children = diagram.nodes[node - 2]
        point[position] = taken[node]
        node = children[taken[node]]
    return tuple(point)


def _order(calm: tuple[int, ...], preferred: int | None) -> tuple[int, ...]:
    if preferred is None:
        return calm
    rest = tuple(atom for atom in calm if atom != preferred)
    if len(rest) == len(calm):
        raise ValueError(f"{preferred} is not an atom of an axis of {len(calm)}")
    return (preferred, *rest)


def count(diagram: Diagram, weights: Mapping[str, Sequence[int]] | None = None) -> int:
    """Return the exact number of points, each counted as the product of its atoms' weights (1 if not given).

    With weights of grid values per atom this counts patients' cells, e.g. 12 for one cell of ages 50 to 61.
    """
    space, given = diagram.space, weights or {}
    for name in given:
        space.position(name)
    table = [tuple(given.get(axis.name, (1,) * axis.size)) for axis in space.axes]
    if any(len(row) != axis.size for row, axis in zip(table, space.axes, strict=True)):
        raise ValueError("an axis needs one weight per atom")
    totals = [sum(row) for row in table]
    spans: dict[tuple[int, int], int] = {}

    def skipped(start: int, node: int) -> int:
        stop = diagram.position(node)
        if (start, stop) not in spans:
            spans[start, stop] = prod(totals[start:stop])
        return spans[start, stop]

    # below[node] counts over the axes from the node's own on.
    below = [0, 1]
    for position, children in diagram.nodes:
        below.append(
            sum(
                weight * skipped(position + 1, child) * below[child]
                for weight, child in zip(table[position], children, strict=True)
            )
        )
    return skipped(0, diagram.root) * below[diagram.root]


def boxes(diagram: Diagram) -> Iterator[dict[int, int]]:
    """Yield the region as disjoint boxes, e.g. {0: 0b10, 3: 0b110}: axis positions with the mask of allowed atoms."""
    # COST: one box per path, which may be exponential in the nodes. Meant for small regions.
    waiting: list[tuple[int, dict[int, int]]] = [(diagram.root, {})]
    while waiting:
        node, box = waiting.pop()
        if node == 1:
            yield box
        elif node:
            position, children = diagram.nodes[node - 2]
            masks: dict[int, int] = {}
            for atom, child in enumerate(children):
                masks[child] = masks.get(child, 0) | 1 << atom
            waiting += ((child, box | {position: mask}) for child, mask in reversed(masks.items()))


def reorder(diagram: Diagram, names: Sequence[str]) -> Diagram:
    """Return the region in the space of exactly these axes in this order; it must name every axis that matters.

    With the names sorted, regions of differently ordered spaces become comparable.
    """
    # COST: (nodes of the result) x (nodes of the diagram) x (atoms of an axis) at worst. Shannon expansion along the
    # new order; a frontier holds the distinct remainders. Fine for regions of some thousand nodes.
    missing = sorted(set(support(diagram)) - set(names))
    if missing:
        raise ValueError(f"the region depends on axes left out of the new order: {', '.join(missing)}")
    space = Space(tuple(diagram.space.axis(name) for name in names))
    restriction = _Restriction(diagram)
    inner: dict[int, tuple[int, Sequence[int]]] = {}
    frontier = {diagram.root: None}
    for position, axis in enumerate(space.axes):
        tested = diagram.space.position(axis.name)
        following: dict[int, None] = {}
        for node in frontier:
            children = [restriction.of(node, tested, atom) for atom in range(axis.size)]
            if children.count(children[0]) < axis.size:
                inner[node] = (position, children)
            following |= dict.fromkeys(children)
        frontier = following
    return assemble(space, diagram.root, inner, {0: 0, 1: 1})


class _Restriction:
    """Nodes of one diagram and of its restrictions to atoms, in the old order, each numbered once."""

    def __init__(self, diagram: Diagram) -> None:
        self._nodes = list(diagram.nodes)
        self._numbers = {node: number for number, node in enumerate(diagram.nodes, start=2)}
        self._known: dict[tuple[int, int, int], int] = {}

    def of(self, node: int, tested: int, atom: int) -> int:
        """Return the node of what is left once the axis at position `tested` takes the atom."""
        if node < 2:
            return node
        position, children = self._nodes[node - 2]
        if position >= tested:
            return children[atom] if position == tested else node
        key = (node, tested, atom)
        if key not in self._known:
            self._known[key] = self._number(position, tuple(self.of(child, tested, atom) for child in children))
        return self._known[key]

    def _number(self, position: int, children: tuple[int, ...]) -> int:
        if len(set(children)) == 1:
            return children[0]
        node = (position, children)
        if node not in self._numbers:
            self._nodes.append(node)
            self._numbers[node] = len(self._nodes) + 1
        return self._numbers[node]


Signature: TypeAlias = tuple[tuple[tuple[str, tuple[tuple[int, ...], ...]], ...], tuple[Node, ...], int]
"""Axes that matter, each with its runs of atoms; nodes by index among those axes, one child per run; the root."""


def signature(diagram: Diagram) -> Signature:
    """Return the region as plain tuples that forget cuts and axes it does not need.

    Neighbouring atoms that no node of an axis tells apart form one run, e.g. (("age", ((0, 1), (2,))),). Two regions
    with the same axes and the same meaning of each run are the same region when nodes and root are equal, however
    finely either space was cut.
    """
    # INVARIANT: runs repeat children in the same places of every node of an axis, so merging keeps the node order.
    names = support(diagram)
    index = {diagram.space.position(name): order for order, name in enumerate(names)}
    runs = {position: [[0]] for position in index}
    for position in index:
        rows = [children for tested, children in diagram.nodes if tested == position]
        for atom in range(1, diagram.space.axes[position].size):
            if all(row[atom] == row[atom - 1] for row in rows):
                runs[position][-1].append(atom)
            else:
                runs[position].append([atom])
    return (
        tuple((name, tuple(map(tuple, runs[position]))) for name, position in zip(names, index, strict=True)),
        tuple((index[position], tuple(row[run[0]] for run in runs[position])) for position, row in diagram.nodes),
        diagram.root,
    )
