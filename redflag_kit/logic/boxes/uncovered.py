"""What boxes leave uncovered: of the whole space, or of other boxes.

Claim: the boxes returned are disjoint and are exactly the points that no rule holds.
"""

import numpy as np

from redflag_kit.logic.boxes.columns import Flags, Ints
from redflag_kit.logic.boxes.rows import Rows, joined
from redflag_kit.logic.boxes.split import Nodes, split
from redflag_kit.logic.budget import Deadline


def uncovered(rules: Rows, roots: Nodes, deadline: Deadline) -> tuple[Rows, Ints]:
    """Return what the touching rules leave of the roots, as disjoint boxes with the root of each."""
    found: list[Nodes] = [roots.keep(np.zeros(roots.boxes.count, dtype=np.bool_))]

    def settle(nodes: Nodes) -> Nodes:
        bare = nodes.touching == 0
        found.append(nodes.keep(bare))
        return nodes.keep(~(bare | _spanned(rules, nodes)))

    split(rules, roots, settle, deadline, "the region that no rule covers")
    return joined([nodes.boxes for nodes in found]), np.concatenate([nodes.roots for nodes in found])


def covered_roots(rules: Rows, roots: Nodes, deadline: Deadline) -> Flags:
    """Tell, root by root, whether the touching rules cover it; a root found bare somewhere is left at once."""
    covered = np.ones(roots.boxes.count, dtype=np.bool_)

    def settle(nodes: Nodes) -> Nodes:
        covered[nodes.roots[nodes.touching == 0]] = False
        return nodes.keep(covered[nodes.roots] & ~_spanned(rules, nodes))

    split(rules, roots, settle, deadline, "whether some rules cover another one")
    return covered


def _spanned(rules: Rows, nodes: Nodes) -> Flags:
    """Tell, node by node, whether some rule holds all of it."""
    found = np.zeros(nodes.boxes.count, dtype=np.bool_)
    found[nodes.at[rules.spanning(nodes.rules, nodes.boxes, nodes.at)]] = True
    return found
