"""Changed patients, split into classes.

Claim: the classes of an aspect are disjoint and together hold exactly the patients legal in both editions for whom
the written value differs. Patients legal in one edition only form the two constraint classes.
Not covered: a comparison of two numbers that changed so little that no test of either edition can tell.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from redflag_kit.diff.pair import Aspect, Pair
from redflag_kit.logic.bdd import BddRegion

POSSIBLE, IMPOSSIBLE = "possible", "impossible"
ANY_OUTPUT: Aspect = ("*", "")


@dataclass(frozen=True, slots=True)
class Change:
    """One class: an aspect moves from one value to another for one pair of decisive rules (None: no rule)."""

    aspect: Aspect
    old_value: str
    new_value: str
    old_rule: str | None
    new_rule: str | None
    region: BddRegion

    @property
    def key(self) -> tuple[Aspect, str, str, str, str]:
        """Return what identifies the class within a comparison."""
        return (self.aspect, self.old_value, self.new_value, self.old_rule or "", self.new_rule or "")


def changes(pair: Pair) -> Iterator[Change]:
    """Yield every class that holds a patient, outputs in vocabulary order."""
    whole = pair.diagrams.whole
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


def constraint_changes(pair: Pair) -> Iterator[Change]:
    """Yield the patients whom only one of the editions allows."""
    gone = pair.old.meaning.legal - pair.new.meaning.legal
    come = pair.new.meaning.legal - pair.old.meaning.legal
    if not gone.is_empty():
        yield Change(ANY_OUTPUT, POSSIBLE, IMPOSSIBLE, None, None, gone)
    if not come.is_empty():
        yield Change(ANY_OUTPUT, IMPOSSIBLE, POSSIBLE, None, None, come)
