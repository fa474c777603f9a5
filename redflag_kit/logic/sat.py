"""Regions as propositional formulas; the only module that imports the SAT solver.

Claim: answers are exact and equal to those of diagrams, for spaces and rules far beyond what diagrams can hold. Points
returned are the canonical ones, whatever model the solver happens to find.
Method: regions are gates (`logic.gates`); clauses are written only for the gates that a question needs. A question is
one solve under assumptions. Points found are kept, and answer later questions about regions that hold them.
Not covered: counting and projection. The solver works in slices of conflicts, and the deadline is checked in between.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from time import monotonic

from pysat.solvers import Cadical153

from redflag_kit.logic.algebra import at_least
from redflag_kit.logic.budget import NO_DEADLINE, Deadline
from redflag_kit.logic.chains import Chain
from redflag_kit.logic.gates import AND, FALSE, THRESHOLD, TRUE, XOR, Gates
from redflag_kit.logic.samples import Sample
from redflag_kit.logic.space import Axis, Point, Space

GATES = 1_000_000
"""Gates per space, unless told otherwise."""
_SHORTEST, _LONGEST, _LONG = 100, 1600, 0.05  # conflicts, conflicts, seconds
_KEPT, _EFFORT = 8, 40
_CHECKED_EVERY = 1024


class Clauses:
    """The algebra of all regions of one space, within a budget of gates and until a deadline."""

    def __init__(self, space: Space, gate_budget: int = GATES, deadline: Deadline = NO_DEADLINE) -> None:
        self.space = space
        self._gates = Gates(space, gate_budget, deadline)
        self._solver = _Solver(self._gates, deadline)
        self._chain = Chain(self._gates, lambda: _Solver(self._gates, deadline))
        self._somewhere: set[int] = {TRUE}
        self._nowhere: set[int] = {FALSE}
        self._found: deque[Sample] = deque(maxlen=_KEPT)
        self._asked: deque[Sample] = deque(maxlen=_KEPT)
        self._more: dict[tuple[int, int], int] = {}

    @property
    def whole(self) -> SatRegion:
        return SatRegion(self, TRUE)

    @property
    def empty(self) -> SatRegion:
        return SatRegion(self, FALSE)

    def literal(self, axis: str, mask: int) -> SatRegion:
        """Return the points whose atom on the axis is in the mask."""
        return SatRegion(self, self._gates.literal(self.space.check_mask(axis, mask), mask))

    def ite(self, condition: SatRegion, then: SatRegion, otherwise: SatRegion) -> SatRegion:
        """Return `then` inside the condition and `otherwise` outside it."""
        return condition & then | otherwise - condition

    def implies(self, a: SatRegion, b: SatRegion) -> bool:
        """Tell whether every point of `a` is in `b`."""
        return (a - b).is_empty()

    def contains(self, region: SatRegion, point: Point) -> bool:
        literal = self._own(region)
        sample = next((sample for sample in (*self._found, *self._asked) if sample.point == point), None)
        if sample is None:
            sample = Sample(self._gates, point)
            self._asked.appendleft(sample)
        return sample.holds(literal) is True

    def some(self, region: SatRegion) -> Point | None:
        """Return a point of a region, whichever the solver finds, or None if it is empty."""
        found = self._member(self._own(region))
        return None if found is None else found.point

    def calmest(self, region: SatRegion) -> Point:
        """Return the first point of a region that is not empty, axes in space order, atoms in calm order."""
        literal = self._own(region)
        found = self._member(literal)
        if found is None:
            raise ValueError("an empty region has no calmest point")
        calmest = _Descent(self._solver, self.space.axes, literal).from_sample(found)
        if calmest is not found:
            self._found.appendleft(calmest)
        return calmest.point

    def least(self, region: SatRegion) -> Point | None:
        """Return the canonical witness of a region, the same point as `mdd.least`, or None if it is empty."""
        # COST: a solve for each axis that must leave its calmest atom, and for each rank beyond the first.
        # INVARIANT: with as few axes as possible off their calmest atom, the total rank differs only in ranks from the
        # second on, so those alone are counted.
        if region.is_empty():
            return None
        return self.calmest(self._fewest(self._fewest(region, 1), 2))

    def _fewest(self, region: SatRegion, rank: int) -> SatRegion:
        """Return the points of the region at which the fewest (axis, r), r >= rank, have an atom ranked r or later."""
        number = 0
        while (near := region - self._more_than(number, rank)).is_empty():
            number += 1
        return near

    def _more_than(self, number: int, rank: int) -> SatRegion:
        """Return the points at which more than that many (axis, r), r >= rank, have an atom ranked r or later.

        With rank 1 each axis counts once, not once for each r.
        """
        if (number, rank) not in self._more:
            counted = [
                self.literal(axis.name, sum(1 << atom for atom in axis.calm[r:]))
                for axis in self.space.axes
                for r in range(rank, axis.size if rank > 1 else min(axis.size, 2))
            ]
            self._more[number, rank] = at_least(self, number + 1, counted).literal
        return SatRegion(self, self._more[number, rank])

    def _is_nowhere(self, literal: int) -> bool:
        return literal not in self._somewhere and self._member(literal) is None

    def _member(self, literal: int) -> Sample | None:
        """Return a point of the region with what is known there, or None if the region is empty."""
        if literal in self._nowhere:
            return None
        found = next((sample for sample in self._found if sample.holds(literal, _EFFORT)), None)
        if found is None:
            found = self._search(literal)
            if found is None:
                self._nowhere.add(literal)
                self._gates.rule_out(literal)
                return None
            self._found.appendleft(found)
        self._somewhere.add(literal)
        return found

    def _search(self, literal: int) -> Sample | None:
        shortcut = self._chain.solver_for(literal)
        solver, question = shortcut or (self._solver, literal)
        found = solver.solve((question,))
        if found is None:
            solver.insist(-question)
        return found

    def _own(self, region: object) -> int:
        # INVARIANT: gates are numbered per owner, so another owner's literal would silently mean something else.
        if not isinstance(region, SatRegion) or region.owner is not self:
            raise TypeError("regions of two different algebras cannot be combined")
        return region.literal


@dataclass(slots=True, eq=False)
class SatRegion:
    """A set of points of the owner's space, as a literal of its gates; equal by the points it holds, not hashable."""

    # COST: not `frozen`, for the same reason as the regions of diagrams.

    owner: Clauses
    literal: int

    __hash__ = None  # type: ignore[assignment]  # equal regions may be different literals

    def __and__(self, other: SatRegion) -> SatRegion:
        owner = self.owner
        return SatRegion(owner, owner._gates.conjunction(self.literal, owner._own(other)))

    def __or__(self, other: SatRegion) -> SatRegion:
        owner = self.owner
        return SatRegion(owner, -owner._gates.conjunction(-self.literal, -owner._own(other)))

    def __xor__(self, other: SatRegion) -> SatRegion:
        owner = self.owner
        return SatRegion(owner, owner._gates.difference(self.literal, owner._own(other)))

    def __sub__(self, other: SatRegion) -> SatRegion:
        owner = self.owner
        return SatRegion(owner, owner._gates.conjunction(self.literal, -owner._own(other)))

    def __invert__(self) -> SatRegion:
        return SatRegion(self.owner, -self.literal)

    def __eq__(self, other: object) -> bool:
        """Tell, by a solve, whether both are the same points of one owner."""
        if not isinstance(other, SatRegion) or other.owner is not self.owner:
            return NotImplemented
        return (self ^ other).is_empty()

    def is_empty(self) -> bool:
        return self.owner._is_nowhere(self.literal)


class _Descent:
    """The way from some point of a region to its calmest one."""

    def __init__(self, solver: _Solver, axes: Sequence[Axis], literal: int) -> None:
        self._solver = solver
        self._axes = axes
        self._fixed = [literal]

    def from_sample(self, sample: Sample) -> Sample:
        """Return the calmest point, given any."""
        # COST: axes on which the point at hand is calm need no solve. The others are tried calm together, in blocks
        # that halve on failure and double on success: per axis that cannot be calm, a logarithm of the number of axes.
        position, block = 0, len(self._axes)
        while position < len(self._axes):
            if sample.point[position] != self._axes[position].calm[0]:
                end = min(position + block, len(self._axes))
                calmer = self._calm_between(position, end)
                if calmer is None and end - position > 1:
                    block = (end - position) // 2
                    continue
                block *= 2
                sample = calmer or self._next_calmest(position, sample)
            self._fixed += self._solver.atom(position, sample.point[position])
            position += 1
        return sample

    def _calm_between(self, start: int, end: int) -> Sample | None:
        """Return a point that is calm on the axes from `start` to before `end`, if there is one."""
        literals = [one for at in range(start, end) for one in self._solver.atom(at, self._axes[at].calm[0])]
        return self._solver.solve((*self._fixed, *literals))

    def _next_calmest(self, position: int, sample: Sample) -> Sample:
        """Return a point with the calmest possible atom on the axis, its first excepted."""
        calm = self._axes[position].calm
        for atom in calm[1 : calm.index(sample.point[position])]:
            if found := self._solver.solve((*self._fixed, *self._solver.atom(position, atom))):
                return found
        return sample


class _Solver:
    """Clauses for the gates asked about, and one incremental solver over them."""

    def __init__(self, gates: Gates, deadline: Deadline) -> None:
        self._gates = gates
        self._deadline = deadline
        self._engine = Cadical153()
        self._variables: dict[int, int] = {}  # gate -> variable
        self._axes: dict[int, list[int]] = {}  # axis position -> variables of its thresholds
        self._steps = 0
        self._say([self._variable(TRUE)])

    def solve(self, literals: Sequence[int]) -> Sample | None:
        """Return a point at which all of the literals hold, or None if there is none."""
        assumptions = [self._encoded(literal) for literal in literals]
        budget, answer = _SHORTEST, None
        while answer is None:
            began = monotonic()
            self._deadline.check("the search for a point of a region")
            self._engine.conf_budget(budget)
            answer = self._engine.solve_limited(assumptions=assumptions)
            # COST: a conflict may take microseconds or milliseconds, so slices follow the time they take.
            budget = min(budget * 2, _LONGEST) if monotonic() - began < _LONG else max(budget // 4, _SHORTEST)
        if not answer:
            return None
        return self._sample(self._engine.get_model())

    def atom(self, position: int, atom: int) -> list[int]:
        """Return literals that hold exactly at the points with this atom on the axis."""
        found = [self._gates.threshold(position, atom)] if atom else []
        if atom + 1 < self._gates.space.axes[position].size:
            found.append(-self._gates.threshold(position, atom + 1))
        return found

    def insist(self, literal: int) -> None:
        """Answer all further questions about the points of the literal only."""
        self._say([self._encoded(literal)])

    def _sample(self, model: list[int]) -> Sample:
        """Return the point of a model; an axis that no clause mentions is calm."""
        # INVARIANT: clauses define each gate both ways, so a model knows the gates of its point. It ends with the last
        # variable of any clause; an axis of two atoms has no clause of its own.
        point = [axis.calm[0] for axis in self._gates.space.axes]
        for position, variables in self._axes.items():
            point[position] = sum(model[variable - 1] > 0 for variable in variables if variable <= len(model))

        def told(gate: int) -> bool | None:
            variable = self._variables.get(gate, 0)
            return model[variable - 1] > 0 if 0 < variable <= len(model) else None

        return Sample(self._gates, tuple(point), told)

    def _encoded(self, literal: int) -> int:
        """Return the solver's literal, with clauses for all gates below it."""
        top = abs(literal)
        if top not in self._variables:
            waiting = [top]
            while waiting:
                # INVARIANT: the clock is looked at between definitions only, as a question may be cut off for another
                # one: a gate with a variable is a gate with all its clauses.
                self._look()
                gate = waiting.pop()
                if gate not in self._variables:
                    parts = self._parts(gate)
                    missing = [abs(part) for part in parts if abs(part) not in self._variables]
                    if missing:
                        waiting += (gate, *missing)
                    else:
                        self._define(gate, parts)
        return self._variables[top] if literal > 0 else -self._variables[top]

    def _parts(self, gate: int) -> Sequence[int]:
        """Return the literals whose variables define a gate."""
        kind, a, b = self._gates.parts[gate]
        return self._gates.conjuncts(gate) if kind == AND else (a, b) if kind == XOR else ()

    def _define(self, gate: int, parts: Sequence[int]) -> None:
        kind, position, _ = self._gates.parts[gate]
        if kind == THRESHOLD:
            self._add_axis(position)
            return
        this = self._variable(gate)
        met = [self._variables[part] if part > 0 else -self._variables[-part] for part in parts]
        if kind == AND:
            # COST: one clause per part; a chain of n conjunctions used once each is one gate of n parts, not n gates.
            self._say([this, *(-part for part in met)], *([-this, part] for part in met))
        else:
            one, other = met
            self._say([-this, one, other], [-this, -one, -other], [this, -one, other], [this, one, -other])

    def _add_axis(self, position: int) -> None:
        """Add the thresholds of an axis: a later one holds only if those before it do."""
        axis = self._gates.space.axes[position]
        thresholds = [self._gates.threshold(position, atom) for atom in range(1, axis.size)]
        variables = [self._variable(gate) for gate in thresholds]
        self._axes[position] = variables
        self._say(*([-later, earlier] for earlier, later in pairwise(variables)))
        # Models near the calmest point leave less to do on the way there; they do not change any answer.
        self._engine.set_phases([v if atom <= axis.calm[0] else -v for atom, v in enumerate(variables, start=1)])

    def _variable(self, gate: int) -> int:
        self._variables[gate] = len(self._variables) + 1
        return self._variables[gate]

    def _look(self) -> None:
        """Look at the clock now and then."""
        self._steps += 1
        if self._steps >= _CHECKED_EVERY:
            self._steps = 0
            self._deadline.check("the writing of clauses")

    def _say(self, *clauses: list[int]) -> None:
        for clause in clauses:
            self._engine.add_clause(clause)
