"""What boxes leave uncovered: of the whole space, or of other boxes.

Claim: the boxes returned are disjoint and are exactly the points that no rule holds.
"""

import numpy as np

from redflag_kit.logic.boxes.columns import Flags, Ints
from redflag_kit.logic.boxes.rows import Rows, joined
from redflag_kit.logic.boxes.split import Nodes, halves, split, walk
from redflag_kit.logic.budget import NO_DEADLINE, Deadline


def uncovered(rules: Rows, roots: Nodes, deadline: Deadline) -> tuple[Rows, Ints]:
    """Return what the touching rules leave of the roots, as disjoint boxes with the root of each."""
    found: list[Nodes] = []

    def settle(nodes: Nodes) -> Nodes:
        bare = nodes.touching == 0
        found.append(nodes.keep(bare))
        return nodes.keep(~(bare | _spanned(rules, nodes)))

    split(rules, roots, settle, deadline, "the region that no rule covers")
    return _together(roots, found)


def covered_roots(rules: Rows, roots: Nodes, deadline: Deadline) -> Flags:
    """Tell, root by root, whether the touching rules cover it; a root found bare somewhere is left at once."""
    covered = np.ones(roots.boxes.count, dtype=np.bool_)
    covered[first_bare(rules, roots, deadline)[1]] = False

    def settle(nodes: Nodes) -> Nodes:
        covered[nodes.roots[nodes.touching == 0]] = False
        return nodes.keep(covered[nodes.roots] & ~_spanned(rules, nodes))

    split(rules, roots, settle, deadline, "whether some rules cover another one")
    return covered


def first_bare(rules: Rows, roots: Nodes, deadline: Deadline = NO_DEADLINE) -> tuple[Rows, Ints]:
    """Return bare parts of some roots, found by following, cut by cut, only the half that fewer rules touch.

    Roots of which none is found may have some all the same. COST: as many cuts as rules touch a root, at the most.
    """
    found: list[Nodes] = []

    def step(nodes: Nodes) -> Nodes:
        bare = nodes.touching == 0
        found.append(nodes.keep(bare))
        left_over = nodes.keep(~(bare | _spanned(rules, nodes)))
        if not left_over.boxes.count:
            return left_over
        both = halves(rules, left_over)
        left, right = np.where(_spanned(rules, both), rules.count, both.touching).reshape(2, -1)
        return both.keep(np.concatenate([left <= right, left > right]))

    walk(rules, roots, step, deadline, "whether some rules cover another one")
    return _together(roots, found)


def _together(roots: Nodes, found: list[Nodes]) -> tuple[Rows, Ints]:
    every = [roots.keep(np.zeros(roots.boxes.count, dtype=np.bool_)), *found]
    return joined([nodes.boxes for nodes in every]), np.concatenate([nodes.roots for nodes in every])


def _spanned(rules: Rows, nodes: Nodes) -> Flags:
    """Tell, node by node, whether some rule holds all of it."""
    found = np.zeros(nodes.boxes.count, dtype=np.bool_)
    found[nodes.at[rules.spanning(nodes.rules, nodes.boxes, nodes.at)]] = True
    return found
