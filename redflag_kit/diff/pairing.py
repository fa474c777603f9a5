"""Which edition of one state of a project is compared with which of another.

Claim: each edition of either state is in exactly one place: the same on both sides, or in one entry. Only an edition
that a newer one is compared with may stand beside it a second time.
Method: by name (id and version); then, for what is left, by file and id; then a new edition goes with the highest lower
version of its family. A file that cannot be read on one side keeps the edition at the same path of the other side, so
that nothing counts as added or removed because a file has a fault.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from redflag_kit.model.guideline import Guideline

CHANGED, ADDED, FIRST, REMOVED = "changed", "added", "first", "removed"


@dataclass(frozen=True, slots=True)
class Counterparts:
    """An edition and what stands on the other side; no edition with a path is one that cannot be read.

    `kind`: changed, added (`old` is the edition before it), first, removed.
    """

    kind: str
    old: Guideline | None
    new: Guideline | None
    old_path: str
    new_path: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """Every edition of two states. `unchanged` are new editions whose text, and all that they rest on, is the same."""

    entries: tuple[Counterparts, ...]
    unchanged: tuple[Guideline, ...]


def pairing(
    old: Iterable[Guideline],
    new: Iterable[Guideline],
    is_same: Callable[[Guideline, Guideline], bool],
    lost: tuple[Collection[str], Collection[str]] = ((), ()),
) -> Pairing:
    """Return the editions of two states with their counterparts, in order of id and version.

    `is_same` says whether two editions have the same text; `lost` are the files of either side that cannot be read.
    """
    before = {one.name: one for one in old}
    after = {one.name: one for one in new}
    family = tuple(before.values())
    pairs = [(before.pop(name), after.pop(name)) for name in [name for name in after if name in before]]
    at_path = {(one.path, one.id): one.name for one in before.values()}
    moved = [(at_path[one.path, one.id], name) for name, one in after.items() if (one.path, one.id) in at_path]
    pairs += [(before.pop(was), after.pop(name)) for was, name in moved]
    entries = [Counterparts(CHANGED, a, b, a.path, b.path) for a, b in pairs if not is_same(a, b)]
    entries += [_without_new(one, lost[1]) for one in before.values()]
    entries += [_without_old(one, family, lost[0]) for one in after.values()]
    return Pairing(
        entries=tuple(sorted(entries, key=_order)),
        unchanged=tuple(sorted((b for a, b in pairs if is_same(a, b)), key=lambda one: (one.id, one.version))),
    )


def _without_new(old: Guideline, lost: Collection[str]) -> Counterparts:
    if old.path in lost:
        return Counterparts(CHANGED, old, None, old.path, old.path)
    return Counterparts(REMOVED, old, None, old.path, "")


def _without_old(new: Guideline, family: Iterable[Guideline], lost: Collection[str]) -> Counterparts:
    if new.path in lost:
        return Counterparts(CHANGED, None, new, new.path, new.path)
    lower = [one for one in family if one.id == new.id and one.version < new.version]
    if not lower:
        return Counterparts(FIRST, None, new, "", new.path)
    previous = max(lower, key=lambda one: one.version)
    return Counterparts(ADDED, previous, new, previous.path, new.path)


def _order(one: Counterparts) -> tuple[str, tuple[int, ...], str]:
    shown = one.new or one.old
    assert shown is not None, "every entry has an edition on one side"
    return (shown.id, shown.version.parts, one.kind)
