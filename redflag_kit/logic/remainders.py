"""Remainders: what is left of frozen diagrams once some axes are known, each remainder numbered once.

Claim: two remainders are one number exactly if they are the same function of the axes that are left; so what was found
out about a remainder holds wherever it turns up again. Nodes of several diagrams share one store, and the regions of
one diagram are told apart by number only, so diagrams that say the same of different things share their remainders.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from redflag_kit.logic.mdd import Node, number_nodes
from redflag_kit.logic.multi import NOWHERE, MultiDiagram
from redflag_kit.logic.space import Space


class Remainders:
    """A store of nodes over axes of given sizes. Ends are 0 to `ends - 1`; 0 is nowhere.

    `reach[node]` is the mask of ends below a node, `axes[node]` the mask of axis positions it depends on.
    """

    # INVARIANT: a number, once given, never changes its meaning; no node has all children equal, no two are equal.

    def __init__(self, ends: int, sizes: Sequence[int]) -> None:
        self.ends = ends
        self.sizes = tuple(sizes)
        self.positions = [len(sizes)] * ends
        self.children: list[tuple[int, ...]] = [()] * ends
        self.reach = [1 << end for end in range(ends)]
        self.axes = [0] * ends
        self._numbers: dict[Node, int] = {}
        self._fixed: dict[tuple[int, int, int], int] = {}

    def add(self, diagram: MultiDiagram) -> int:
        """Return the number of a whole diagram."""
        numbers = list(range(diagram.ends))
        for position, children in diagram.nodes:
            numbers.append(self.node(position, tuple(numbers[child] for child in children)))
        return numbers[diagram.root]

    def diagram(self, space: Space, root: int) -> MultiDiagram:
        """Return one function as plain data of its own."""
        inner = {node: (self.positions[node], self.children[node]) for node in self.below(root)}
        ends = {end: end for end in range(self.ends)}
        return MultiDiagram(space, self.ends, *number_nodes(space, root, inner, ends, self.ends))

    def node(self, position: int, children: tuple[int, ...]) -> int:
        """Return the number of the function that tests the axis and goes on with one child per atom."""
        if children.count(children[0]) == len(children):
            return children[0]
        key = (position, children)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.positions)
            self.positions.append(position)
            self.children.append(children)
            reach, axes = 0, 1 << position
            for child in children:
                reach |= self.reach[child]
                axes |= self.axes[child]
            self.reach.append(reach)
            self.axes.append(axes)
        return number

    def fix(self, node: int, position: int, atom: int) -> int:
        """Return what is left once the axis takes the atom."""
        here = self.positions[node]
        if here >= position or not self.axes[node] >> position & 1:
            return self.children[node][atom] if here == position else node
        key = (node, position, atom)
        left = self._fixed.get(key)
        if left is None:
            left = self.node(here, tuple([self.fix(child, position, atom) for child in self.children[node]]))
            self._fixed[key] = left
        return left

    def narrow(self, root: int, masks: Sequence[int]) -> int:
        """Return what is left within the masks, one per axis. A single atom settles its axis.

        Of an axis with several atoms the others lead nowhere where the axis matters; where it does not, they are not
        told apart, so whoever goes through its atoms must keep to the mask.
        """
        known: dict[int, int] = {end: end for end in range(self.ends)}

        def within(node: int) -> int:
            found = known.get(node)
            if found is None:
                position, children = self.positions[node], self.children[node]
                mask = masks[position]
                if not mask & (mask - 1):
                    found = within(children[mask.bit_length() - 1])
                elif mask == (1 << len(children)) - 1:
                    found = self.node(position, tuple([within(child) for child in children]))
                else:
                    found = self.node(
                        position,
                        tuple([within(c) if mask >> atom & 1 else NOWHERE for atom, c in enumerate(children)]),
                    )
                known[node] = found
            return found

        return within(root)

    def possible(self, root: int, masks: Sequence[int]) -> int:
        """Return the mask of regions that some point within the masks lies in, nowhere aside; makes no node."""
        children, positions, ends = self.children, self.positions, self.ends
        seen, waiting, found = {root}, [root], 0
        while waiting:
            node = waiting.pop()
            if node < ends:
                found |= 1 << node
                continue
            mask = masks[positions[node]]
            if not mask & (mask - 1):  # one atom: the usual case
                child = children[node][mask.bit_length() - 1]
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)
                continue
            for atom, child in enumerate(children[node]):
                if mask >> atom & 1 and child not in seen:
                    seen.add(child)
                    waiting.append(child)
        return found & ~1

    def is_open(self, node: int) -> bool:
        """Say whether more than one region is left."""
        left = self.reach[node] & ~1
        return bool(left & (left - 1))

    def below(self, root: int) -> Iterator[int]:
        """Yield the root and every inner node below it, each once."""
        seen, waiting = {root}, [root]
        while waiting:
            node = waiting.pop()
            if node >= self.ends:
                yield node
                fresh = [child for child in self.children[node] if child not in seen]
                seen.update(fresh)
                waiting += dict.fromkeys(fresh)

    def pivotal(self, root: int) -> int:
        """Return the axes that can move a point from one region to another all by themselves, as a mask of positions.

        Both points must be somewhere: what only leads nowhere changes nothing.
        """
        # COST: without a way nowhere, none: then every axis that matters is one. Else pairs of nodes, each once.
        if not self.is_open(root):
            return 0
        if not self.reach[root] & 1:
            return self.axes[root]
        found = 0
        checked: dict[tuple[int, int], bool] = {}
        for node in self.below(root):
            position = self.positions[node]
            if not found >> position & 1:
                children = sorted(set(self.children[node]) - {NOWHERE})
                if any(
                    self._meet(one, other, 0, checked)
                    for at, one in enumerate(children)
                    for other in children[at + 1 :]
                ):
                    found |= 1 << position
        return found

    def settled_without(self, root: int, free: Collection[int]) -> bool:
        """Say whether the axes at the other positions settle the region, whatever those at the free ones are."""
        return not self._meet(root, root, sum(1 << position for position in free), {})

    def _meet(self, one: int, other: int, free: int, checked: dict[tuple[int, int], bool]) -> bool:
        """Say whether two points that agree on the axes not free lie in different regions of the two remainders."""
        left = self.reach[one] & ~1, self.reach[other] & ~1
        if not left[0] or not left[1]:
            return False
        both = left[0] | left[1]
        if not both & (both - 1) or (one == other and not free & self.axes[one]):
            return False
        if not (self.reach[one] | self.reach[other]) & 1 and not left[0] & left[1]:
            return True
        key = (one, other) if one <= other else (other, one)
        if key not in checked:
            checked[key] = self._split(one, other, free, checked)
        return checked[key]

    def _split(self, one: int, other: int, free: int, checked: dict[tuple[int, int], bool]) -> bool:
        position = min(self.positions[one], self.positions[other])
        ones = self.children[one] if self.positions[one] == position else (one,)
        others = self.children[other] if self.positions[other] == position else (other,)
        if free >> position & 1:
            pairs = {(a, b) for a in ones for b in others}
        else:
            size = max(len(ones), len(others))
            wide = (ones * size if len(ones) == 1 else ones), (others * size if len(others) == 1 else others)
            pairs = set(zip(*wide, strict=True))
        return any(self._meet(a, b, free, checked) for a, b in sorted(pairs))
