"""Regions as a shared graph of gates: nothing is multiplied out, so making a region is cheap however large it is.

Claim: a literal (a gate number, negative for its complement) holds at a point exactly if the formula it was made from
does. Equal formulas of equal parts are one gate, hence a group that thousands of rules count is built once; two
different literals may still hold at the same points.
Method: an axis of k atoms has k-1 thresholds "atom i or a later one", so a range of atoms is two literals. Gates are
conjunctions and exclusive disjunctions of two literals; a disjunction is a negated conjunction, and negation is free.
Not covered: whether a literal holds anywhere at all; that is a question for a solver (`logic.sat`).
"""

from __future__ import annotations

from redflag_kit.logic.budget import NO_DEADLINE, BudgetExceeded, Deadline
from redflag_kit.logic.space import Space

TRUE, FALSE = 1, -1
AND, XOR, THRESHOLD = 0, 1, 2
_CHECKED_EVERY = 4096


class Gates:
    """The gates over one space, within a budget of gates.

    `parts[gate]` is (AND, literal, literal), (XOR, gate, gate), or (THRESHOLD, axis position, atom): the points whose
    atom there is this one or a later one. Gate 1 holds everywhere; parts come before the gates made of them.
    `uses[gate]` is how many gates it is a part of.
    """

    # COST: about 200 bytes and 1 microsecond per gate.

    def __init__(self, space: Space, budget: int, deadline: Deadline = NO_DEADLINE) -> None:
        self.space = space
        self.budget = budget
        self.parts: list[tuple[int, int, int]] = [(AND, TRUE, TRUE)] * 2
        self.uses = [0, 0]
        self._deadline = deadline
        self._numbers: dict[tuple[int, int, int], int] = {}
        self._masks: dict[int, tuple[int, int]] = {}  # gate -> axis position and mask, where it tests one axis
        self._literals: dict[tuple[int, int], int] = {}
        self._impossible: set[int] = set()

    def literal(self, position: int, mask: int) -> int:
        """Return where the atom of the axis at the position is in the mask."""
        known = self._literals.get((position, mask))
        if known is None:
            full = self.space.axes[position].full
            # Atom 0 lies below every threshold, so a mask that holds it is made as what it leaves out.
            known = -self.literal(position, full & ~mask) if mask & 1 else self._ranges(position, mask)
            self._literals[position, mask] = known
            if abs(known) != TRUE:
                self._masks[abs(known)] = (position, mask if known > 0 else full & ~mask)
        return known

    def conjunction(self, a: int, b: int) -> int:
        """Return where both literals hold."""
        if a > b:
            a, b = b, a
        known = self._numbers.get((AND, a, b))
        if known is not None:
            return known
        if a == -b or a == FALSE or b == FALSE or a in self._impossible or b in self._impossible:
            return FALSE
        if a in (b, TRUE) or -a in self._impossible:
            return b
        if b == TRUE or -b in self._impossible:
            return a
        simpler = self._absorbed(a, b) or self._absorbed(b, a) or self._of_one_axis(a, b)
        return simpler or self._gate((AND, a, b))

    def difference(self, a: int, b: int) -> int:
        """Return where exactly one of the literals holds."""
        sign = 1 if (a > 0) == (b > 0) else -1
        low, high = sorted((abs(a), abs(b)))
        if low == high:
            return -sign
        if low == TRUE:
            return -sign * high
        return sign * self._gate((XOR, low, high))

    def conjuncts(self, gate: int) -> list[int]:
        """Return the literals a conjunction is made of, nested ones that nothing else uses taken apart."""
        found: list[int] = []
        waiting = list(self.parts[gate][1:])
        while waiting:
            literal = waiting.pop()
            if literal > TRUE and self.uses[literal] == 1 and self.parts[literal][0] == AND:
                waiting += self.parts[literal][1:]
            else:
                found.append(literal)
        return found

    def rule_out(self, literal: int) -> None:
        """Take note that a literal holds nowhere; gates made from now on are simplified by it."""
        self._impossible.add(literal)

    def _absorbed(self, a: int, b: int) -> int:
        """Return what a conjunction is where one literal is a part of the other, 0 if it is not."""
        kind, left, right = self.parts[abs(a)]
        if kind != AND:
            return 0
        if a > 0:
            return FALSE if -b in (left, right) else a if b in (left, right) else 0
        if b in (left, right):
            return self.conjunction(b, -(right if b == left else left))
        return b if -b in (left, right) else 0

    def _of_one_axis(self, a: int, b: int) -> int:
        """Return the conjunction of two tests of the same axis as one test, 0 if they are not."""
        one, other = self._masks.get(abs(a)), self._masks.get(abs(b))
        if one is None or other is None or one[0] != other[0]:
            return 0
        full = self.space.axes[one[0]].full
        return self.literal(one[0], (one[1] if a > 0 else full & ~one[1]) & (other[1] if b > 0 else full & ~other[1]))

    def _ranges(self, position: int, mask: int) -> int:
        """Return the test of a mask without atom 0, range by range."""
        outside, atom, last = TRUE, 1, self.space.axes[position].size - 1
        while mask >> atom:
            if mask >> atom & 1:
                begin = atom
                while mask >> atom & 1:
                    atom += 1
                inside = self.threshold(position, begin)
                if atom <= last:
                    inside = self._pair(inside, -self.threshold(position, atom))
                outside = self._pair(outside, -inside)
            atom += 1
        return -outside

    def _pair(self, a: int, b: int) -> int:
        return b if a == TRUE else self._gate((AND, min(a, b), max(a, b)))

    def threshold(self, position: int, atom: int) -> int:
        """Return the gate of the points whose atom on the axis is this one or a later one; not for atom 0."""
        return self._gate((THRESHOLD, position, atom))

    def _gate(self, parts: tuple[int, int, int]) -> int:
        number = self._numbers.get(parts)
        if number is None:
            number = len(self.parts)
            if number % _CHECKED_EVERY == 0:
                self._deadline.check("the making of regions")
            if number > self.budget:
                raise BudgetExceeded("the making of regions", f"{self.budget} gates")
            self._numbers[parts] = number
            self.parts.append(parts)
            self.uses.append(0)
            if parts[0] != THRESHOLD:
                self.uses[abs(parts[1])] += 1
                self.uses[abs(parts[2])] += 1
        return number
