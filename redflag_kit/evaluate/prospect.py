"""What a case leaves open of a frozen guideline, and the findings that can still change it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from redflag_kit.evaluate.frozen import Frozen, Masks, Part


@dataclass(frozen=True)
class Prospect:
    """A case, as the atoms that each finding can take; somebody must agree with it."""

    frozen: Frozen
    masks: Masks

    @cached_property
    def open(self) -> tuple[tuple[Part, int], ...]:
        """Return the parts that are not settled, with what is left of them."""
        store = self.frozen.store
        left = zip(self.frozen.parts, self.frozen.remainders(self.masks), strict=True)
        return tuple((part, root) for part, root in left if store.is_open(root))

    @cached_property
    def open_by_output(self) -> dict[str, tuple[int, ...]]:
        """Return what is left of each output that is not settled."""
        found: dict[str, tuple[int, ...]] = {}
        for part, root in self.open:
            found[part.output] = (*found.get(part.output, ()), root)
        return found

    @cached_property
    def roots(self) -> tuple[int, ...]:
        """Return what is left, outputs that hang on the same things once."""
        return tuple(sorted({root for _, root in self.open}))

    @cached_property
    def askable(self) -> tuple[int, ...]:
        """Return the positions of all findings that the open parts depend on, be it through constraints."""
        axes = 0
        for root in self.roots:
            axes |= self.frozen.store.axes[root]
        return tuple(position for position in range(axes.bit_length()) if axes >> position & 1)

    @cached_property
    def pivotal(self) -> dict[int, tuple[str, ...]]:
        """Return the positions of the findings that can change an outcome alone, with the outputs each can change."""
        alone = {root: self.frozen.store.pivotal(root) for root in self.roots}
        found = {}
        for position in self.askable:
            changed = self._outputs([root for root in self.roots if alone[root] >> position & 1])
            if changed:
                found[position] = changed
        return found

    @cached_property
    def worth_asking(self) -> dict[int, tuple[str, ...]]:
        """Return the pivotal findings and, where these do not settle everything, a few that constraints tie together.

        The latter are irredundant: with one of them unanswered, something could stay open.
        """
        found = dict(self.pivotal)
        tied = [position for position in self.askable if position not in found]
        needless: list[int] = []
        for position in reversed(tied) if self._changed_by(tied) else ():
            changed = self._changed_by([*needless, position])
            if changed:
                found[position] = changed
            else:
                needless.append(position)
        return found

    def _changed_by(self, positions: Sequence[int]) -> tuple[str, ...]:
        """Return the outputs that some findings can move from one value to another, all others kept."""
        store = self.frozen.store
        return self._outputs([root for root in self.roots if not store.settled_without(root, positions)])

    def _outputs(self, roots: Collection[int]) -> tuple[str, ...]:
        return tuple(name for name, own in self.open_by_output.items() if any(root in roots for root in own))
