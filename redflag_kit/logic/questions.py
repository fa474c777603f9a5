"""Questions: the fewest answers, each asked in the light of those before, after which a region is settled for certain.

Claim: fewer than `lower` answers are not enough for some point, and `upper` are for every point. Where they are equal
the number is the depth of an optimal decision tree. An answer is one atom of an axis; atoms that leave the same
remainders count as one answer. Every axis that some remainder depends on may be asked.
Method: a strategy is played through, memoised by remainders, for the upper bound. For the lower bound, all axes that
alone change what one single point gets must be asked of that point. Between the two, depth by depth, all strategies.
The work is limited by counting, so the result is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

from redflag_kit.logic.remainders import Remainders
from redflag_kit.logic.space import Point

State: TypeAlias = tuple[int, ...]
"""The remainders that are still open, sorted, each once. Empty: everything is settled."""


@dataclass(frozen=True, slots=True)
class Fewest:
    """How many answers it takes in the worst case, and an axis position to begin with (None: nothing to ask).

    Beginning with `first` keeps within `upper`.
    """

    lower: int
    upper: int
    first: int | None

    @property
    def exact(self) -> bool:
        """Say whether the number is known."""
        return self.lower == self.upper


FEW = 8
PREFERRED = 3
"""With more than `FEW` axes left the strategy weighs up only so many of them, as each costs a look at all answers."""


class _Spent(Exception):  # noqa: N818 - a stated limit was reached; nothing is wrong
    """The work allowed is used up."""


class Questions:
    """The search for few questions over the remainders of one store; what it learns serves later searches too.

    `masks` are the atoms that each axis can take at all. `order` lists axis positions in the order in which equally
    good ones are preferred. `point` is one that is somewhere in every remainder asked about. `work` is the number of
    answers, counted per remainder, that may be looked at in all.
    """

    def __init__(self, store: Remainders, masks: Sequence[int], order: Sequence[int], point: Point, work: int) -> None:
        self._store = store
        self._possible = [
            tuple(atom for atom in range(size) if mask >> atom & 1)
            for size, mask in zip(store.sizes, masks, strict=True)
        ]
        self._rank = {position: rank for rank, position in enumerate(order)}
        self._point = point
        self._lower: dict[State, int] = {}
        self._upper: dict[State, int] = {}
        self._played: dict[State, tuple[int, int]] = {}
        self._answers: dict[tuple[State, int], tuple[State, ...]] = {}
        self._found: dict[State, Fewest] = {}
        self._work = work
        self._spared = 0

    def fewest(self, roots: Iterable[int], enough: Sequence[int]) -> Fewest:
        """Return bounds on the answers that settle all of the remainders, or the number itself.

        `enough` names axes whose answers together settle everything.
        """
        state = self._state(roots)
        if not state:
            return Fewest(0, 0, None)
        if state not in self._found:
            self._found[state] = self._search(state, enough)
        return self._found[state]

    def _search(self, state: State, enough: Sequence[int]) -> Fewest:
        self._point = _more_sensitive(self._store, state, self._point)
        asked = set(self._asked(state))
        useful = [position for position in enough if position in asked]
        lower, upper, first = self._least(state), len(useful), useful[0]
        self._spared = self._work // 2  # for the search, in case the strategy takes long
        with suppress(_Spent):
            upper, first = min((upper, first), self._play(state), key=lambda found: found[0])
        self._spared = 0
        with suppress(_Spent):
            while lower < upper:
                if self._settles(state, lower):
                    upper, first = lower, self._first(state, lower)
                else:
                    lower += 1
        return Fewest(lower, upper, first)

    def _state(self, roots: Iterable[int]) -> State:
        """Return what is open among some remainders."""
        return tuple(sorted({root for root in roots if self._store.is_open(root)}))

    def _left_by(self, state: State, position: int) -> tuple[State, ...]:
        """Return what is left open after each possible answer, equal ones once."""
        key = (state, position)
        found = self._answers.get(key)
        if found is None:
            cost = len(self._possible[position]) * len(state)
            if self._work - cost < self._spared:
                raise _Spent
            self._work -= cost
            fix, reach = self._store.fix, self._store.reach
            left: dict[State, None] = {}
            for atom in self._possible[position]:
                remainders = [fix(root, position, atom) for root in state]
                # INVARIANT: all open remainders lead nowhere at the same points, so the first speaks for all.
                if reach[remainders[0]] & ~1:
                    left[self._state(remainders)] = None
            found = self._answers[key] = tuple(left)
        return found

    def _asked(self, state: State) -> list[int]:
        """Return the axes that matter to a state, preferred ones first."""
        axes = 0
        for root in state:
            axes |= self._store.axes[root]
        found = [position for position in range(axes.bit_length()) if axes >> position & 1]
        return sorted(found, key=lambda position: (self._rank.get(position, len(self._rank)), position))

    def _least(self, state: State) -> int:
        """Return a number of answers that is needed for sure."""
        found = self._lower.get(state)
        if found is None:
            found = self._lower[state] = max(1, sensitivity(self._store, state, self._point))
        return found

    def _settles(self, state: State, depth: int) -> bool:
        """Say whether so many answers always settle a state."""
        if not state or self._upper.get(state, depth + 1) <= depth:
            return True
        if depth < self._least(state):
            return False
        for position in self._asked(state):
            left = sorted(self._left_by(state, position), key=self._weight, reverse=True)
            if all(self._settles(one, depth - 1) for one in left):
                self._upper[state] = depth
                return True
        self._lower[state] = depth + 1
        return False

    def _weight(self, state: State) -> int:
        """Return how much is open: a cheap guess at how hard a state is."""
        return sum((self._store.reach[root] & ~1).bit_count() + self._store.axes[root].bit_count() for root in state)

    def _first(self, state: State, depth: int) -> int:
        """Return the preferred axis with which so many answers are enough."""
        return next(
            position
            for position in self._asked(state)
            if all(self._settles(left, depth - 1) for left in self._left_by(state, position))
        )

    def _play(self, state: State) -> tuple[int, int]:
        """Return how many answers the strategy needs in the worst case, and what it asks first.

        It asks what leaves least in the worst case; where much is open, only among the axes preferred most.
        """
        found = self._played.get(state)
        if found is None:
            asked = self._asked(state)
            tried = asked if len(asked) <= FEW else asked[:PREFERRED]
            first = min(tried, key=lambda at: max(map(self._weight, self._left_by(state, at))))
            deepest = max((self._play(left)[0] for left in self._left_by(state, first) if left), default=0)
            found = self._played[state] = (1 + deepest, first)
        return found


def sensitivity(store: Remainders, roots: Iterable[int], point: Point) -> int:
    """Return how many axes alone move a point to another region of some remainder: a lower bound on the answers.

    All of these must be asked to settle what this very point gets. A point that is nowhere tells nothing: 0.
    """
    # COST: per remainder, (axes on the point's path) x (atoms) x (length of the path).
    found = 0
    for root in sorted(set(roots)):
        here = _follow(store, root, point)
        if not here:
            return 0
        node = root
        while node >= store.ends:
            position = store.positions[node]
            if not found >> position & 1:
                ends = {_follow(store, child, point) for child in store.children[node]}
                found |= bool(ends - {0, here}) << position
            node = store.children[node][point[position]]
    return found.bit_count()


def _more_sensitive(store: Remainders, roots: State, point: Point) -> Point:
    """Return a point that is somewhere, with each axis in turn moved where that raises the sensitivity."""
    axes = 0
    for root in roots:
        axes |= store.axes[root]
    best = sensitivity(store, roots, point)
    for position in range(axes.bit_length()):
        for atom in range(store.sizes[position] if axes >> position & 1 else 0):
            other = (*point[:position], atom, *point[position + 1 :])
            higher = sensitivity(store, roots, other) if atom != point[position] else 0
            if higher > best:
                point, best = other, higher
    return point


def _follow(store: Remainders, node: int, point: Point) -> int:
    while node >= store.ends:
        node = store.children[node][point[store.positions[node]]]
    return node
