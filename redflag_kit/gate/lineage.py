"""Which edition of the new side carries on an edition of the old side, and which rules succeed which.

An edition is carried on by the one of its own name, by the one that took its place in the same file, and by those that
were put beside it and are compared with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from redflag_kit.model.guideline import Guideline
from redflag_kit.results.diff import DiffBody
from redflag_kit.results.revisions import GuidelineChange

ADDED, CHANGED, FIRST, REMOVED = "added", "changed", "first", "removed"


@dataclass(frozen=True, slots=True)
class Lineage:
    """Editions by name, old -> new and new -> old; `pairs` are compared, or proved to need no comparison.

    `successors`: (old edition, new edition) -> old rule -> the rules that succeed it.
    """

    old: Mapping[str, Guideline]
    new: Mapping[str, Guideline]
    carried_on: Mapping[str, tuple[str, ...]]
    before: Mapping[str, str]
    pairs: tuple[tuple[str, str], ...]
    successors: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]]

    def rules_after(self, old: str, new: str, rule: str) -> tuple[str, ...]:
        """Return the rules of a new edition that succeed a rule of an old one; itself where nothing was compared."""
        return self.successors.get((old, new), {}).get(rule, (rule,))


def lineage(
    old: Iterable[Guideline],
    new: Iterable[Guideline],
    changes: Sequence[GuidelineChange],
    diffs: Sequence[DiffBody],
) -> Lineage:
    """Return how the editions of two sides belong together. Changes name editions by their files."""
    was, now = {one.name: one for one in old}, {one.name: one for one in new}
    old_at, new_at = ({one.path: one.name for one in side.values()} for side in (was, now))
    pairs: dict[tuple[str, str], DiffBody | None] = {(name, name): None for name in was if name in now}
    for change in changes:
        pair = (old_at.get(change.old_path, ""), new_at.get(change.new_path, ""))
        if change.kind in (CHANGED, ADDED) and all(pair):
            pairs[pair] = None if change.diff is None else diffs[change.diff]
    ordered = sorted(pairs)
    return Lineage(
        old=was,
        new=now,
        carried_on={name: tuple(after for before, after in ordered if before == name) for name in was},
        before={after: before for before, after in sorted(ordered, key=lambda pair: pair[0] == pair[1])},
        pairs=tuple(ordered),
        successors={pair: dict(diff.tables.successors) for pair, diff in pairs.items() if diff is not None},
    )
