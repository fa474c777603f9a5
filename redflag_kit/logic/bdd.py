"""Regions as decision diagrams over all points of a space; the only module that imports the diagram engine.

Claim: operations are exact, and two regions of one owner are equal exactly when they hold the same points.
Method: an axis of k atoms becomes ceil(log2 k) adjacent Boolean variables, most significant first. The last atom
absorbs the unused codes, so no code is invalid, quantification is right and complement stays inside the space; it
also means that the engine's own model counts are meaningless. Count on the frozen diagram (`logic.mdd`).
Not covered: reordering. Order the axes before; what does not fit the node budget raises `BudgetExceeded`. Only regions
that live count, and what is made on the way to the next: all else is freed first, and the work tried once more.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import prod
from operator import and_, or_, xor
from typing import TypeVar

from oxidd.bcdd import BCDDFunction, BCDDManager
from oxidd.util import BooleanOperator

from redflag_kit.logic.algebra import disjunction
from redflag_kit.logic.budget import NO_DEADLINE, NODES, BudgetExceeded, Deadline
from redflag_kit.logic.mdd import Diagram, assemble, least
from redflag_kit.logic.nodes import cofactors, followed, free
from redflag_kit.logic.remainders import Remainders
from redflag_kit.logic.space import Point, Space

_LARGEST_CACHE = 1 << 18
T = TypeVar("T")


class Diagrams:
    """The algebra of all regions of one space, within a budget of diagram nodes and until a deadline.

    The deadline is checked between operations, and before one is tried again. One operation took at most 0.4
    microseconds per node of the budget in all that was measured, so a node budget in proportion to the time also bounds
    how late it can be noticed.
    """

    # INVARIANT: only bare engine functions are kept here. A kept region would refer back to its owner, and the
    # engine's memory would then wait for the cyclic garbage collector.

    def __init__(self, space: Space, node_budget: int = NODES, deadline: Deadline = NO_DEADLINE) -> None:
        self.space = space
        self.node_budget = node_budget
        self._deadline = None if deadline is NO_DEADLINE else deadline
        # One thread: a manager with worker threads hangs in a forked child. A child of a process in which any manager
        # lives may crash once it makes managers itself (seen with OxiDD 0.13.0), so fork before there is one.
        self._manager = BCDDManager(node_budget, min(max(node_budget, 64), _LARGEST_CACHE), 1)
        self._true, self._false = self._manager.true(), self._manager.false()
        self._variables: list[tuple[BCDDFunction, ...]] = []
        self._meaning: list[tuple[int, int]] = []  # level -> axis position, weight exponent of the bit
        self._literals: dict[tuple[str, int], BCDDFunction] = {}
        self._near: dict[int, BCDDFunction] = {}
        self._levels: list[range] = []  # axis position -> levels of its bits
        for position, axis in enumerate(space.axes):
            width = (axis.size - 1).bit_length()
            self._levels.append(range(len(self._meaning), len(self._meaning) + width))
            self._meaning += ((position, shift) for shift in reversed(range(width)))
            self._variables.append(self._fresh(width))

    @property
    def whole(self) -> BddRegion:
        return BddRegion(self, self._true)

    @property
    def empty(self) -> BddRegion:
        return BddRegion(self, self._false)

    def literal(self, axis: str, mask: int) -> BddRegion:
        """Return the points whose atom on the axis is in the mask."""
        function = self._literals.get((axis, mask))
        if function is None:
            position = self.space.check_mask(axis, mask)
            function = self._bounded(lambda: self._codes(position, mask, 0, 0), f"a literal on `{axis}`")
            self._literals[axis, mask] = function
        return BddRegion(self, function)

    def exists(self, region: BddRegion, axes: Iterable[str]) -> BddRegion:
        """Return the points that can reach the region by changing only their atoms on these axes."""
        function = self._own(region)
        return BddRegion(self, self._bounded(lambda: function.exists(self._cube(axes)), "a projection"))

    def shared(self, a: BddRegion, b: BddRegion, axes: Iterable[str]) -> BddRegion:
        """Return the points that can reach both regions at once by changing only their atoms on these axes."""
        # COST: one step for conjunction and projection together, which never makes the conjunction itself.
        left, right, cube = self._own(a), self._own(b), self._cube(axes)
        return BddRegion(
            self, self._bounded(lambda: left.apply_exists(BooleanOperator.AND, right, cube), "a shared projection")
        )

    def restrict(self, region: BddRegion, axis: str, atom: int) -> BddRegion:
        """Return the points that lie in the region once their atom on the axis is replaced by this one."""
        function, fixed = self._own(region), self.literal(axis, 1 << atom).function
        return BddRegion(
            self,
            self._bounded(
                lambda: function.apply_exists(BooleanOperator.AND, fixed, self._cube((axis,))), "a restriction"
            ),
        )

    def ite(self, condition: BddRegion, then: BddRegion, otherwise: BddRegion) -> BddRegion:
        """Return `then` inside the condition and `otherwise` outside it."""
        tested, chosen, rest = self._own(condition), self._own(then), self._own(otherwise)
        return BddRegion(self, self._bounded(lambda: tested.ite(chosen, rest), "a choice between two regions"))

    def implies(self, a: BddRegion, b: BddRegion) -> bool:
        """Tell whether every point of `a` is in `b`."""
        return (a - b).is_empty()

    def contains(self, region: BddRegion, point: Point) -> bool:
        function = self._own(region)
        while (level := function.node_level()) is not None:
            position, shift = self._meaning[level]
            high, low = cofactors(function)
            function = high if point[position] >> shift & 1 else low
        return function == self._true

    def some(self, region: BddRegion) -> Point | None:
        """Return a point of a region, or None if it is empty."""
        return None if region.is_empty() else self.calmest(region)

    def calmest(self, region: BddRegion) -> Point:
        """Return the first point of a region that is not empty, axes in space order, atoms in calm order."""
        # COST: one path down the diagram. Every node but the empty terminal leads to a point.
        function = self._own(region)
        if function == self._false:
            raise ValueError("an empty region has no calmest point")
        point = []
        for axis, bits in zip(self.space.axes, self._levels, strict=True):
            for atom in axis.calm:
                left = followed(function, bits, atom)
                if left != self._false:
                    function = left
                    point.append(atom)
                    break
        return tuple(point)

    def least(self, region: BddRegion) -> Point | None:
        """Return the canonical witness of a region, the same point as `mdd.least`, or None if it is empty."""
        # COST: freezes only the points that leave their calmest atom on as few axes as any point of the region does,
        # which for large regions is a small part of them.
        if region.is_empty():
            return None
        unusual = 0
        while (near := region & self.near_calm(unusual)).is_empty():
            unusual += 1
        return least(self.freeze(near))

    def near_calm(self, unusual: int) -> BddRegion:
        """Return the points that leave their calmest atom on at most that many axes."""
        if unusual not in self._near:
            layers = [self.whole] * (unusual + 1)
            for axis in reversed(self.space.axes):
                calm = self.literal(axis.name, 1 << axis.calm[0])
                off = [self.empty, *layers[:-1]]
                layers = [self.ite(calm, here, below) for here, below in zip(layers, off, strict=True)]
            self._near[unusual] = layers[-1].function
        return BddRegion(self, self._near[unusual])

    def support(self, region: BddRegion) -> tuple[str, ...]:
        """Return the axes that matter to the region, in space order."""
        found = set(self.reads(region))
        return tuple(name for name in self.space.names if name in found)

    def reads(self, region: BddRegion) -> Iterator[str]:
        """Yield the axes that matter to the region, each once, in no order that means anything.

        Most are found within the first steps down the diagram; all of them, only after all of its nodes.
        """
        # INVARIANT: unused codes behave as the last atom, so a region depends on a bit only if it tells atoms apart.
        found: set[int] = set()
        seen = {self._own(region)}
        waiting = list(seen)
        while waiting:
            function = waiting.pop()
            level = function.node_level()
            if level is None:
                continue
            position = self._meaning[level][0]
            if position not in found:
                found.add(position)
                yield self.space.names[position]
            for child in cofactors(function):
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)

    def node_count(self, region: BddRegion) -> int:
        """Return the number of engine nodes of the region, terminals included."""
        return self._own(region).node_count()

    def counts(self, regions: Iterable[BddRegion]) -> list[int]:
        """Return the exact number of points of each region."""
        # COST: one visit of each node, however many of the regions share it.
        end = len(self.space.axes)
        whole = [prod(axis.size for axis in self.space.axes[at:]) for at in range(end + 1)]
        known = {self._false: (end, 0), self._true: (end, 1)}  # axis position, and points on the axes from there on

        def below(function: BCDDFunction, position: int) -> int:
            if function not in known:
                level = function.node_level()
                assert level is not None  # the two terminals are known
                at = self._meaning[level][0]
                known[function] = at, sum([below(child, at + 1) for child in self._children(function, at)])
            at, points = known[function]
            return points * (whole[position] // whole[at])

        return [below(self._own(region), 0) for region in regions]

    def freeze(self, region: BddRegion) -> Diagram:
        """Return the region as a diagram that is independent of the engine and of this budget."""
        # COST: one visit of each node. Nodes wait at their axis, so that no depth of the diagram needs recursion.
        root = self._own(region)
        numbers = {self._false: 0, self._true: 1}  # every function met, numbered
        waiting: list[list[BCDDFunction]] = [[] for _ in self.space.axes]

        def number(function: BCDDFunction) -> int:
            known = numbers.get(function)
            if known is None:
                known = numbers[function] = len(numbers)
                level = function.node_level()
                assert level is not None  # the two terminals have their numbers
                waiting[self._meaning[level][0]].append(function)
            return known

        top = number(root)
        inner: dict[int, tuple[int, list[int]]] = {}
        for position, arrived in enumerate(waiting):
            for function in arrived:
                inner[numbers[function]] = (position, [number(child) for child in self._children(function, position)])
        return assemble(self.space, top, inner, {0: 0, 1: 1})

    def freeze_parts(
        self, partitions: Sequence[Sequence[BddRegion]], most: int | None = None
    ) -> tuple[Remainders, tuple[int, ...]]:
        """Return, for each of several lists of disjoint regions, where each region is, as data in one common store.

        Raises ValueError if two regions of one list meet, BudgetExceeded if the store takes more than `most` nodes.
        """
        # COST: one visit of each distinct tuple of engine functions, over all lists together. The regions of a list
        # are numbered in binary, so that a tuple has one function per bit of the number and not one per region.
        store = Remainders(max(map(len, partitions), default=0) + 1, [axis.size for axis in self.space.axes])
        known: dict[tuple[BCDDFunction, ...], int] = {}
        limit = most or self.node_budget
        return store, tuple(self._part_number(self._codes_of(parts), store, known, limit) for parts in partitions)

    def _codes_of(self, parts: Sequence[BddRegion]) -> tuple[BCDDFunction, ...]:
        """Return the functions that spell out, in binary, the number of the region that a point lies in, from 1."""
        union = self.empty
        for part in parts:
            if not (union & part).is_empty():
                raise ValueError("the regions meet")
            union |= part
        functions = [
            disjunction(self, (part for number, part in enumerate(parts, start=1) if number >> bit & 1)).function
            for bit in range(len(parts).bit_length())
        ]
        while functions and functions[-1] == self._false:  # equal functions have equal tuples, however many regions
            functions.pop()
        return tuple(functions)

    def _part_number(
        self,
        functions: tuple[BCDDFunction, ...],
        store: Remainders,
        known: dict[tuple[BCDDFunction, ...], int],
        limit: int,
    ) -> int:
        found = known.get(functions)
        if found is None:
            levels = [level for function in functions if (level := function.node_level()) is not None]
            if levels:
                position = self._meaning[min(levels)][0]
                rows = zip(*(self._children(function, position) for function in functions), strict=True)
                found = store.node(position, tuple([self._part_number(row, store, known, limit) for row in rows]))
                if len(store.positions) > limit:
                    raise BudgetExceeded("frozen diagrams", f"{limit} nodes")
            else:
                found = sum(1 << bit for bit, function in enumerate(functions) if function == self._true)
            known[functions] = found
        return found

    def collect(self) -> None:
        """Free the nodes that no live region needs, e.g. after a budget was exceeded and its regions dropped."""
        # A traceback may keep dropped regions in a reference cycle, so those go first.
        self._near.clear()
        gc.collect()
        free(self._manager)

    def _children(self, function: BCDDFunction, position: int) -> list[BCDDFunction]:
        """Return what the function becomes for each atom of the axis, whose bits it may skip."""
        levels = self._levels[position]
        if len(levels) == 1 and function.node_level() == levels.start:  # most axes: absent, present
            return list(reversed(cofactors(function)))
        branches = [function]
        for level in levels:
            split = [cofactors(branch) if branch.node_level() == level else (branch, branch) for branch in branches]
            branches = [branch for high, low in split for branch in (low, high)]
        return branches[: self.space.axes[position].size]

    def _codes(self, position: int, mask: int, depth: int, first: int) -> BCDDFunction:
        """Return the function of the bits from `depth` on that holds for the codes of atoms in the mask."""
        axis, bits = self.space.axes[position], self._variables[position]
        span = 1 << len(bits) - depth
        # The atoms whose codes begin this way; a block beyond the last atom belongs to the last atom.
        atoms = ((1 << span) - 1) << min(first, axis.size - 1) & axis.full
        if mask & atoms in (0, atoms):
            return self._true if mask & atoms else self._false
        high = self._codes(position, mask, depth + 1, first + span // 2)
        return bits[depth].ite(high, self._codes(position, mask, depth + 1, first))

    def _cube(self, axes: Iterable[str]) -> BCDDFunction:
        cube = self._true
        for position in {self.space.position(name) for name in axes}:
            for variable in self._variables[position]:
                cube &= variable
        return cube

    def _fresh(self, width: int) -> tuple[BCDDFunction, ...]:
        numbers = self._manager.add_vars(width)
        return self._bounded(lambda: tuple(map(self._manager.var, numbers)), "the variables of the space")

    def _own(self, region: object) -> BCDDFunction:
        # The engine aborts the whole process when functions of two managers meet, hence this check.
        if not isinstance(region, BddRegion) or region.owner is not self:
            raise TypeError("regions of two different algebras cannot be combined")
        self._check_time()
        return region.function

    def _check_time(self) -> None:
        if self._deadline:
            self._deadline.check("the making of regions")

    def _bounded(self, work: Callable[[], T], question: str) -> T:
        try:
            return work()
        except MemoryError:
            return self._again(work, question)

    def _retried(self, work: Callable[[], BCDDFunction], question: str) -> BddRegion:
        return BddRegion(self, self._again(work, question))

    def _again(self, work: Callable[[], T], question: str) -> T:
        """Return what there was no room for, made in the room that nothing needs."""
        self._check_time()
        free(self._manager)
        try:
            return work()
        except MemoryError:
            raise BudgetExceeded(question, f"{self.node_budget} diagram nodes") from None


@dataclass(slots=True, unsafe_hash=True)
class BddRegion:
    """A set of points of the owner's space; equal and hashed by the points it holds. Never changed once made."""

    # COST: not `frozen`, because millions of regions are made and a frozen dataclass takes twice as long to make.

    owner: Diagrams
    function: BCDDFunction

    def __and__(self, other: BddRegion) -> BddRegion:
        owner = self.owner
        try:
            return BddRegion(owner, self.function & owner._own(other))
        except MemoryError:
            return owner._retried(partial(and_, self.function, other.function), "the conjunction of two regions")

    def __or__(self, other: BddRegion) -> BddRegion:
        owner = self.owner
        try:
            return BddRegion(owner, self.function | owner._own(other))
        except MemoryError:
            return owner._retried(partial(or_, self.function, other.function), "the union of two regions")

    def __xor__(self, other: BddRegion) -> BddRegion:
        owner = self.owner
        try:
            return BddRegion(owner, self.function ^ owner._own(other))
        except MemoryError:
            return owner._retried(partial(xor, self.function, other.function), "the difference of two regions")

    def __sub__(self, other: BddRegion) -> BddRegion:
        owner = self.owner
        try:
            return BddRegion(owner, owner._own(other).imp_strict(self.function))  # not other, and self
        except MemoryError:
            return owner._retried(partial(other.function.imp_strict, self.function), "one region without another")

    def __invert__(self) -> BddRegion:
        # Complement edges: negation makes no node, so it cannot exceed the budget.
        return BddRegion(self.owner, ~self.function)

    def is_empty(self) -> bool:
        return not self.function.satisfiable()
