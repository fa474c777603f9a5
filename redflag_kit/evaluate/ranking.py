"""The order of questions: urgency first, then what is left open in the worst case.

Claim: the order depends only on what the answers leave possible, not on how the rules are written. Ties end in
vocabulary order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from redflag_kit.evaluate.prospect import Prospect
from redflag_kit.model.vocabulary import Output
from redflag_kit.terms.scale import STATUSES

Merit: TypeAlias = tuple[float, float, int, int, int]
"""Best first: see `Ranking.merit`."""


@dataclass(frozen=True)
class Ranking:
    """The questions of one case. `outputs` are the guideline's."""

    prospect: Prospect
    outputs: dict[str, Output]

    def answers(self, position: int) -> list[tuple[int, list[int]]]:
        """Return the possible answers to a finding, each with what it leaves of the open parts."""
        store, mask = self.prospect.frozen.store, self.prospect.masks[position]
        atoms = (atom for atom in range(store.sizes[position]) if mask >> atom & 1)
        return [(atom, [store.fix(root, position, atom) for _, root in self.prospect.open]) for atom in atoms]

    def merit(self, answers: Sequence[tuple[int, list[int]]]) -> Merit:
        """Return what a question is worth, least first.

        In this order: the most urgent level that some answer settles, or raises an output to at least; the most urgent
        level still open of which some answer rules out or establishes that it applies; what the worst answer leaves
        open, in outputs and in values; how many outputs the best answer settles.
        """
        raised, told, settled = 0.0, 0.0, 0
        worst = (0, 0)
        for _, left in answers:
            outlook = self._outlook(left)
            still = [name for name, values in outlook.items() if len(values) > 1]
            worst = max(worst, (len(still), sum(len(outlook[name]) for name in still)))
            settled = max(settled, len(outlook) - len(still))
            for name, values in outlook.items():
                floor, ceiling = self._reach(name, values)
                floor_now, ceiling_now = self._reach(name, self._now[name])
                if len(values) == 1 or floor > floor_now:
                    raised = max(raised, floor)
                if ceiling < ceiling_now or floor == ceiling_now:
                    told = max(told, ceiling_now)
        return -raised, -told, *worst, -settled

    @cached_property
    def _now(self) -> dict[str, tuple[str, ...]]:
        return self._outlook([root for _, root in self.prospect.open])

    def _outlook(self, left: Sequence[int]) -> dict[str, tuple[str, ...]]:
        """Return the possible values of each open output; of a set, one more than the elements that are open."""
        found: dict[str, tuple[str, ...]] = {}
        for (part, _), root in zip(self.prospect.open, left, strict=True):
            values = part.named(self.prospect.frozen.store.reach[root])
            if self.outputs[part.output].scale:
                found[part.output] = values
            else:
                found[part.output] = (*found.get(part.output, ("",)), *values[1:])
        return found

    def _reach(self, name: str, values: tuple[str, ...]) -> tuple[float, float]:
        """Return how urgent an output is at least and at most, as shares of its scale; 0 where it has no level."""
        key = (name, values)
        found = self._reached.get(key)
        if found is None:
            shares = [self._share(name, value) for value in values]
            found = self._reached[key] = (0.0 if values[-1] in STATUSES else shares[0], max(shares))
        return found

    @cached_property
    def _reached(self) -> dict[tuple[str, tuple[str, ...]], tuple[float, float]]:
        return {}

    def _share(self, name: str, value: str) -> float:
        scale = self.outputs[name].scale
        return scale.rank(value) / len(scale.levels) if scale and value in scale.levels else 0.0
