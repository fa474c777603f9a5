"""Adaptive splitting: boxes are cut in two until every part is decided.

A node is a box with the rules that touch it. All nodes of a level are handled together, by few calls on long arrays.
COST: a table grown like a decision tree takes about two nodes per rule; a hostile one exponentially many, hence the
deadline. Memory, and the time between two looks at the clock, are bounded: a level of more than `_NODES` nodes, or of
more than `_TESTS` pairs times columns, is taken in two parts, one after the other.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from redflag_kit.logic.boxes.columns import Flags, Ints
from redflag_kit.logic.boxes.cuts import best_cuts
from redflag_kit.logic.boxes.rows import Rows
from redflag_kit.logic.budget import NO_DEADLINE, Deadline

_NODES = 8192
_TESTS = 700_000
_BLOCK = 128


@dataclass(frozen=True, slots=True)
class Nodes:
    """Boxes, the root each was cut from, and the pairs (node, rule) of rules that touch them, sorted by node."""

    boxes: Rows
    roots: Ints
    at: Ints
    rules: Ints

    @property
    def touching(self) -> Ints:
        """Return how many rules touch each node."""
        return np.bincount(self.at, minlength=self.boxes.count)

    def keep(self, nodes: Flags) -> "Nodes":
        """Return some of the nodes with their pairs."""
        number, chosen = np.cumsum(nodes) - 1, nodes[self.at]
        return Nodes(self.boxes.take(nodes), self.roots[nodes], number[self.at[chosen]], self.rules[chosen])

    def drop_pairs(self, pairs: Flags) -> "Nodes":
        """Return the nodes without some of their pairs."""
        return Nodes(self.boxes, self.roots, self.at[~pairs], self.rules[~pairs])


def nodes_of(rules: Rows, boxes: Rows, at: Ints, touching: Ints, deadline: Deadline = NO_DEADLINE) -> Nodes:
    """Return boxes as roots, with those of the pairs (box, rule), sorted by box, that do touch."""
    found = rules.meeting(touching, boxes, at, deadline)
    return Nodes(boxes, np.arange(boxes.count), at[found], touching[found])


def with_all(rules: Rows, boxes: Rows) -> Nodes:
    """Return boxes as roots, each with every rule that touches it."""
    # COST: every box against every rule, in blocks so that memory stays small.
    ats, touching = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for start in range(0, boxes.count, _BLOCK):
        some = np.arange(start, min(start + _BLOCK, boxes.count))
        found = np.ones((some.size, rules.count), dtype=np.bool_)
        for column, mine, theirs in zip(rules.columns, rules.sets, boxes.sets, strict=True):
            found &= column.meets(mine[:, None, :], theirs[:, some, None])
        box, rule = np.nonzero(found)
        ats.append(box + start)
        touching.append(rule)
    return Nodes(boxes, np.arange(boxes.count), np.concatenate(ats), np.concatenate(touching))


def split(rules: Rows, roots: Nodes, settle: Callable[[Nodes], Nodes], deadline: Deadline, question: str) -> None:
    """Let `settle` take out the nodes it can decide, cut the others in two, and go on until none is left.

    Every node that `settle` leaves must be touched by a rule that does not span it.
    """

    def step(nodes: Nodes) -> Nodes:
        left = settle(nodes)
        return halves(rules, left) if left.boxes.count else left

    walk(rules, roots, step, deadline, question)


def walk(rules: Rows, roots: Nodes, step: Callable[[Nodes], Nodes], deadline: Deadline, question: str) -> None:
    """Take step after step from the roots on, until no node is left; many nodes are taken part by part."""
    stack = [roots]
    while stack:
        deadline.check(question)
        nodes = stack.pop()
        count = nodes.boxes.count
        if count > 1 and (count > _NODES or nodes.at.size * len(rules.columns) > _TESTS):
            early = np.arange(count) < count // 2
            stack += [nodes.keep(~early), nodes.keep(early)]
        elif count:
            stack.append(step(nodes))


def halves(rules: Rows, nodes: Nodes) -> Nodes:
    """Cut every node at its best place, ties by column: first all left halves, then all right halves."""
    count = nodes.boxes.count
    starts = np.searchsorted(nodes.at, np.arange(count))
    columns = list(zip(rules.columns, rules.sets, nodes.boxes.sets, strict=True))
    cuts = [best_cuts(c, mine[:, nodes.rules], boxes, nodes.at, starts) for c, mine, boxes in columns]
    chosen = np.argmin(np.stack([cut.scores for cut in cuts]), axis=0)
    sets = []
    left, right = np.ones(nodes.at.size, dtype=np.bool_), np.ones(nodes.at.size, dtype=np.bool_)
    for number, ((column, mine, boxes), cut) in enumerate(zip(columns, cuts, strict=True)):
        here = chosen == number
        sets.append(np.concatenate([np.where(here, cut.left, boxes), np.where(here, cut.right, boxes)], axis=1))
        pairs = np.flatnonzero(here[nodes.at])
        own, at = mine[:, nodes.rules[pairs]], nodes.at[pairs]
        left[pairs] = column.meets(own, cut.left[:, at])
        right[pairs] = column.meets(own, cut.right[:, at])
    return Nodes(
        boxes=Rows(rules.columns, tuple(sets), 2 * count),
        roots=np.tile(nodes.roots, 2),
        at=np.concatenate([nodes.at[left], nodes.at[right] + count]),
        rules=np.concatenate([nodes.rules[left], nodes.rules[right]]),
    )
