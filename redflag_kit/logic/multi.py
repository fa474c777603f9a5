"""Frozen diagrams with many ends: which of several disjoint regions each point of a space lies in, as plain data.

Claim: a diagram is canonical for its space and the order of its regions, whichever engine made it. Node 0 is `nowhere`:
a point in none of the regions, e.g. a patient that the constraints forbid. It is never an outcome and never counts.
`Diagrams.freeze_parts` makes them. Every question below takes one pass over the nodes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TypeAlias, TypeVar

from redflag_kit.logic.mdd import Node
from redflag_kit.logic.space import Axis, Point, Space

N = TypeVar("N", int, Fraction)
Plain: TypeAlias = dict[str, object]

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


def possible_ends(diagram: MultiDiagram, masks: Sequence[int]) -> int:
    """Return the regions that some point within the masks lies in, as a mask: bit k for region k.

    There is one mask per axis, none of them 0. Nowhere, bit 0, is left out: what is impossible is no possibility.
    """
    ends, nodes = diagram.ends, diagram.nodes
    seen = {diagram.root}
    waiting = [diagram.root]
    found = 0
    while waiting:
        node = waiting.pop()
        if node < ends:
            found |= 1 << node
            continue
        position, children = nodes[node - ends]
        mask = masks[position]
        if not mask & (mask - 1):  # one atom: the usual case
            child = children[mask.bit_length() - 1]
            if child not in seen:
                seen.add(child)
                waiting.append(child)
            continue
        for atom, child in enumerate(children):
            if mask >> atom & 1 and child not in seen:
                seen.add(child)
                waiting.append(child)
    return found & ~1


def counts(diagram: MultiDiagram, weights: Mapping[str, Sequence[int]] | None = None) -> tuple[int, ...]:
    """Return how many points lie in each region, nowhere first, each counted as the product of its atoms' weights."""
    given = weights or {}
    return _totals(diagram, [given.get(axis.name, (1,) * axis.size) for axis in diagram.space.axes], given, 0)


def distribution(diagram: MultiDiagram, chances: Mapping[str, Sequence[Fraction]]) -> tuple[Fraction, ...]:
    """Return the probability of each region given that a point is somewhere, all axes independent; exact.

    `chances` gives the probability of each atom of an axis; an axis left out has equal ones. Nowhere comes first and
    is 0. Raises ValueError if every point that has a chance is nowhere.
    """
    rows = [chances.get(axis.name, (Fraction(1, axis.size),) * axis.size) for axis in diagram.space.axes]
    masses = _totals(diagram, rows, chances, Fraction(0))
    somewhere = sum(masses[1:], Fraction(0))
    if not somewhere:
        raise ValueError("no possible point has a chance")
    return (Fraction(0), *(mass / somewhere for mass in masses[1:]))


def _totals(
    diagram: MultiDiagram, rows: Sequence[Sequence[N]], given: Mapping[str, Sequence[N]], zero: N
) -> tuple[N, ...]:
    """Return the weight of each end: one pass down, each node's arriving weight passed on to its children."""
    space = diagram.space
    for name in given:
        space.position(name)
    if any(len(row) != axis.size for row, axis in zip(rows, space.axes, strict=True)):
        raise ValueError("an axis needs one weight per atom")
    sums = [sum(row, zero) for row in rows]
    arriving = dict.fromkeys(range(len(diagram.nodes) + diagram.ends), zero)
    arriving[diagram.root] = prod(sums[: diagram.position(diagram.root)], start=zero + 1)
    for node in range(len(arriving) - 1, diagram.ends - 1, -1):
        position, children = diagram.nodes[node - diagram.ends]
        for weight, child in zip(rows[position], children, strict=True):
            skipped = sums[position + 1 : diagram.position(child)]
            arriving[child] += prod(skipped, start=arriving[node] * weight)
    return tuple(arriving[end] for end in range(diagram.ends))


def to_plain(diagram: MultiDiagram) -> Plain:
    """Return a diagram as data that JSON can hold; `from_plain` reads it back."""
    return {
        "axes": [{"name": axis.name, "size": axis.size, "calm": list(axis.calm)} for axis in diagram.space.axes],
        "ends": diagram.ends,
        "nodes": [[position, list(children)] for position, children in diagram.nodes],
        "root": diagram.root,
    }


def from_plain(plain: Mapping[str, object]) -> MultiDiagram:
    """Return the diagram that `to_plain` wrote. The data must be what it wrote: nothing is checked."""
    axes, nodes, ends, root = plain["axes"], plain["nodes"], plain["ends"], plain["root"]
    assert isinstance(axes, list)
    assert isinstance(nodes, list)
    assert isinstance(ends, int)
    assert isinstance(root, int)
    space = Space(tuple(Axis(one["name"], one["size"], tuple(one["calm"])) for one in axes))
    return MultiDiagram(space, ends, tuple((position, tuple(children)) for position, children in nodes), root)
