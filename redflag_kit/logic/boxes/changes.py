"""Where two versions of a first-hit table decide differently.

Claim: the changed boxes are disjoint, each has one old and one new outcome, and together they are exactly the points
whose outcome differs. Two rules mean the same if box and outcome are equal.
Method: the rules that both versions have, in one order, decide alike wherever no removed and no added rule applies,
so only the boxes of those are searched. There, rules below the first that spans a node are out of play; a node with
one outcome in each version is decided, any other is cut.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from redflag_kit.logic.boxes.columns import Flags, Ints
from redflag_kit.logic.boxes.rows import Rows, rows_of
from redflag_kit.logic.boxes.split import Nodes, nodes_of, split, with_all
from redflag_kit.logic.boxes.uncovered import uncovered
from redflag_kit.logic.budget import Deadline
from redflag_kit.logic.space import Box, Space

Outcome = Hashable
"""What a rule decides; None stands for a point that no rule holds."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A rule of a first-hit table, with what it decides."""

    box: Box
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Changed:
    """A box on which the old table decides one outcome and the new one another."""

    box: Box
    old: Outcome
    new: Outcome


def changes(space: Space, old: Sequence[Decided], new: Sequence[Decided], deadline: Deadline) -> list[Changed]:
    """Return the boxes on which two tables, rules in deciding order, have different outcomes."""
    flips = _flips(old, new)
    if not flips:
        return []
    rows = rows_of(space, [rule.box for rule in (*old, *new, *flips)])
    here = np.arange(len(old) + len(new), rows.count)
    return _Search(rows, old, new).run(_disjoint(rows.take(here), deadline), deadline)


def _flips(old: Sequence[Decided], new: Sequence[Decided]) -> list[Decided]:
    """Return the rules of either version that are not matched, in order, with an equal rule of the other."""
    matching = SequenceMatcher(None, old, new, autojunk=False)
    edits = [code for code in matching.get_opcodes() if code[0] != "equal"]
    flips = [rule for _, a, b, c, d in edits for rule in (*old[a:b], *new[c:d])]
    return [rule for rule in dict.fromkeys(flips) if all(rule.box)]


def _disjoint(rows: Rows, deadline: Deadline) -> Rows:
    """Return disjoint boxes with the same union: of each box what the earlier ones leave."""
    later, earlier = np.nonzero(np.tri(rows.count, k=-1, dtype=np.bool_))
    return uncovered(rows, nodes_of(rows, rows, later, earlier), deadline)[0]


class _Search:
    """The search for changed boxes; rules of both versions are numbered together, the old ones first."""

    def __init__(self, rows: Rows, old: Sequence[Decided], new: Sequence[Decided]) -> None:
        self.rules = rows.take(np.arange(len(old) + len(new)))
        self.first_new = len(old)
        self.outcomes: list[Outcome] = list(dict.fromkeys([None, *(rule.outcome for rule in (*old, *new))]))
        number = {outcome: at for at, outcome in enumerate(self.outcomes)}
        self.outcome = np.array([number[rule.outcome] for rule in (*old, *new)], dtype=np.int64)
        meant = {rule: at for at, rule in enumerate((*old, *new))}
        self.meaning = np.array([meant[rule] for rule in (*old, *new)], dtype=np.int64)
        self.found: list[Changed] = []

    def run(self, boxes: Rows, deadline: Deadline) -> list[Changed]:
        """Return the changes inside disjoint boxes, sorted."""
        split(self.rules, with_all(self.rules, boxes), self._settle, deadline, "where two versions differ")
        return sorted(self.found, key=lambda one: one.box)

    def _settle(self, nodes: Nodes) -> Nodes:
        """Drop the rules out of play, note the nodes decided differently, and keep the undecided ones."""
        spans = self.rules.spanning(nodes.rules, nodes.boxes, nodes.at)
        is_new = nodes.rules >= self.first_new
        last_old, last_new = (self._first(nodes, spans & one) for one in (~is_new, is_new))
        nodes = nodes.drop_pairs(nodes.rules > np.where(is_new, last_new[nodes.at], last_old[nodes.at]))
        is_new = nodes.rules >= self.first_new
        old_low, old_high = self._outcomes(nodes, ~is_new, last_old < self.rules.count)
        new_low, new_high = self._outcomes(nodes, is_new, last_new < self.rules.count)
        decided = (old_low == old_high) & (new_low == new_high)
        changed = decided & (old_low != new_low)
        pairs = zip(old_low[changed].tolist(), new_low[changed].tolist(), strict=True)
        for box, (old, new) in zip(nodes.boxes.take(changed).boxes(), pairs, strict=True):
            self.found.append(Changed(box, self.outcomes[old], self.outcomes[new]))
        return nodes.keep(~(decided | self._alike(nodes, is_new)))

    def _first(self, nodes: Nodes, chosen: Flags) -> Ints:
        """Return per node the first of the chosen rules, a number above all rules if there is none."""
        first = np.full(nodes.boxes.count, self.rules.count)
        np.minimum.at(first, nodes.at[chosen], nodes.rules[chosen])
        return first

    def _outcomes(self, nodes: Nodes, chosen: Flags, spanned: Flags) -> tuple[Ints, Ints]:
        """Return per node the lowest and the highest outcome, by number, that the chosen rules in play allow."""
        low = np.where(spanned, len(self.outcomes), 0)
        high = np.zeros(nodes.boxes.count, dtype=np.int64)
        at, outcome = nodes.at[chosen], self.outcome[nodes.rules[chosen]]
        np.minimum.at(low, at, outcome)
        np.maximum.at(high, at, outcome)
        return low, high

    def _alike(self, nodes: Nodes, is_new: Flags) -> Flags:
        """Tell, node by node, whether both versions have the same rules in play, in the same order."""
        count = nodes.boxes.count
        olds, news = (np.bincount(nodes.at[one], minlength=count) for one in (~is_new, is_new))
        alike: Flags = olds == news
        old, new = (self.meaning[nodes.rules[one & alike[nodes.at]]] for one in (~is_new, is_new))
        alike[nodes.at[~is_new & alike[nodes.at]][old != new]] = False
        return alike
