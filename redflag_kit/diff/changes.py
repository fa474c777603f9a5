"""Changed patients, split into classes.

Claim: the classes of an aspect are disjoint and together hold exactly the patients legal in both editions for whom
the written value differs. Patients legal in one edition only form the two constraint classes.
Not covered: a comparison of two numbers that changed so little that no test of either edition can tell.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from redflag_kit.diff.pair import Aspect, Pair
from redflag_kit.logic.algebra import R, Region

S = TypeVar("S", bound=Region)

POSSIBLE, IMPOSSIBLE = "possible", "impossible"
ANY_OUTPUT: Aspect = ("*", "")

Key = tuple[Aspect, str, str, str, str]
"""What identifies a class within a comparison: aspect, old and new value, old and new decisive rule."""


@dataclass(frozen=True, slots=True)
class Change(Generic[R]):
    """One class: an aspect moves from one value to another for one pair of decisive rules (None: no rule)."""

    aspect: Aspect
    old_value: str
    new_value: str
    old_rule: str | None
    new_rule: str | None
    region: R

    @property
    def key(self) -> Key:
        """Return what identifies the class within a comparison."""
        return (self.aspect, self.old_value, self.new_value, self.old_rule or "", self.new_rule or "")


def changes(pair: Pair[R]) -> Iterator[Change[R]]:
    """Yield every class that holds a patient, outputs in vocabulary order."""
    whole = pair.algebra.whole
    for aspect in pair.aspects():
        news = pair.new.cells(aspect, whole)
        for old in pair.old.cells(aspect, whole):
            here = pair.legal & old.region
            for new in news:
                if old.value == new.value or here.is_empty():
                    continue
                region = here & new.region
                if not region.is_empty():
                    yield Change(aspect, old.value, new.value, old.rule, new.rule, region)


def constraint_changes(pair: Pair[R]) -> Iterator[Change[R]]:
    """Yield the patients whom only one of the editions allows."""
    for old_value, new_value in ((POSSIBLE, IMPOSSIBLE), (IMPOSSIBLE, POSSIBLE)):
        region = _allowed_once(pair, new_value)
        if not region.is_empty():
            yield Change(ANY_OUTPUT, old_value, new_value, None, None, region)


def in_space_of(pair: Pair[R], found: Iterable[Change[S]]) -> Iterator[Change[R]]:
    """Yield classes of the same two editions in the space of another pair, e.g. one that is cut more finely."""
    for change in found:
        if change.aspect == ANY_OUTPUT:
            region = _allowed_once(pair, change.new_value)
        else:
            old = pair.old.cell(change.aspect, change.old_value, change.old_rule, pair.algebra.whole)
            new = pair.new.cell(change.aspect, change.new_value, change.new_rule, pair.algebra.whole)
            region = pair.legal & old & new
        yield Change(change.aspect, change.old_value, change.new_value, change.old_rule, change.new_rule, region)


def _allowed_once(pair: Pair[R], new_value: str) -> R:
    """Return the patients who became impossible, or possible."""
    old, new = pair.old.meaning.legal, pair.new.meaning.legal
    return old - new if new_value == IMPOSSIBLE else new - old
