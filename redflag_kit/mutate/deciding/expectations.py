"""What expectations watch of the outputs: what of them would unsettle an expectation that is met now.

Claim: an expectation that `Reader` finds met is unmet by a mutant exactly if an output it watches exactly changes for
some completion, or the possible values of one it judges no longer meet it. The same in every algebra that tells a
vignette's completions from all others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeAlias

from redflag_kit.compile.table import Compiled
from redflag_kit.evaluate.met import is_met, is_met_as_written
from redflag_kit.logic.algebra import Algebra, R, conjunction
from redflag_kit.model.vignette import Expectation, Expected
from redflag_kit.observe.effect import View
from redflag_kit.semantics.cases import Possible, possible
from redflag_kit.terms.scale import Status

SILENT, NOT_COVERED = Status.SILENT.value, Status.NOT_COVERED.value

Look: TypeAlias = tuple[View, str]
"""How an output is looked at, and the output."""

Tables: TypeAlias = Mapping[tuple[str, str], Mapping[str, R]]
"""Where each aspect of each output has each value."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is expected of an output that can turn out in several ways, which a change need not unsettle."""

    output: str
    expected: Expected
    whole: bool
    ordered: bool

    @property
    def only(self) -> frozenset[str]:
        """Return the values that an ordered output must not leave; nothing where that is not all there is to it."""
        return frozenset() if self.whole or not self.ordered else self.expected.values or frozenset()

    @property
    def looks(self) -> tuple[Look, ...]:
        """Return what must change before it can be unmet: as entailed, and for a word meant for all as written too."""
        entailed = (View.ENTAILED, self.output)
        return (entailed, (View.WRITTEN, self.output)) if self.whole else (entailed,)

    def is_met(self, found: Possible, written: Possible) -> bool:
        """Say whether the possible values, as entailed and as written, are as expected."""
        if self.whole:
            return is_met_as_written(self.expected, found, written, ordered=self.ordered)
        return is_met(self.expected, found)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a vignette watches: outputs of which every change counts, and those to be judged again."""

    exact: frozenset[Look]
    judged: tuple[Judged, ...]


@dataclass(frozen=True)
class Reader(Generic[R]):
    """Reads expectations of one guideline; `written` and `entailed` hold where each output has each value."""

    compiled: Compiled
    algebra: Algebra[R]
    sets: Mapping[str, Mapping[str, R]]
    written: Tables[R]
    entailed: Tables[R]
    _silent: dict[frozenset[str], R] = field(default_factory=dict, repr=False)

    def all_seen(self, expectations: Sequence[Expectation], case: R) -> Seen | None:
        """Return what those expectations watch that are met for a case; nothing if none is."""
        seen = [one for expectation in expectations if (one := self.seen(expectation, case)) is not None]
        exact = frozenset[Look]().union(*(one.exact for one in seen))
        judged = tuple(dict.fromkeys(look for one in seen for look in one.judged))
        return Seen(exact, judged) if exact or judged else None

    def seen(self, expectation: Expectation, case: R) -> Seen | None:
        """Return what an expectation watches, or nothing if it is not met for the case."""
        if expectation.whole is not None:
            return _joined([self.whole(expectation.whole, output, case) for output in self.compiled.covers])
        listed = [self.listed(expected, case) for expected in expectation.outcomes]
        if expectation.strict:
            rest = frozenset(self.compiled.covers) - {expected.output for expected in expectation.outcomes}
            listed.append(self.unlisted(rest, case))
        return _joined(listed)

    def whole(self, expected: Expected, output: str, case: R) -> Seen | None:
        """Return what a word meant for every output watches of one."""
        ordered = self.compiled.outputs[output].scale is not None
        judged = Judged(output, expected, whole=True, ordered=ordered)
        found, written = self._possible(self.entailed, output, case), self._possible(self.written, output, case)
        if not judged.is_met(found, written):
            return None
        if not expected.undecided and written.decided:
            return Seen(frozenset({(View.WRITTEN, output)}), ())
        return Seen(frozenset(), (judged,))

    def listed(self, expected: Expected, case: R) -> Seen | None:
        """Return what an expectation of one output watches; nothing of one that is not covered, and stays so."""
        output = expected.output
        if output not in self.compiled.covers:
            return Seen(frozenset(), ()) if is_met(expected, Possible((NOT_COVERED,))) else None
        ordered = self.compiled.outputs[output].scale is not None
        exactly = Seen(frozenset({(View.ENTAILED, output)}), ())
        if ordered and expected.values is not None and len(expected.values) == 1:
            # COST: most expectations are one value of an ordered output, which is one question and not one per value.
            (value,) = expected.values
            here = self.entailed[output, ""].get(value)
            return exactly if here is not None and (case - here).is_empty() else None
        found = self._possible(self.entailed, output, case)
        if not is_met(expected, found):
            return None
        judged = Judged(output, expected, whole=False, ordered=ordered)
        return exactly if found.decided else Seen(frozenset(), (judged,))

    def unlisted(self, outputs: frozenset[str], case: R) -> Seen | None:
        """Return what is watched of outputs that an expectation does not list: that no rule writes them."""
        if outputs not in self._silent:
            where = (self._where_silent(output) for output in sorted(outputs))
            self._silent[outputs] = conjunction(self.algebra, where)
        if not (case - self._silent[outputs]).is_empty():
            return None
        return Seen(frozenset((View.WRITTEN, output) for output in outputs), ())

    def _where_silent(self, output: str) -> R:
        ordered = self.compiled.outputs[output].scale is not None
        tables = self.written[output, ""] if ordered else self.sets[output]
        return tables.get(SILENT, self.algebra.empty)

    def _possible(self, tables: Tables[R], output: str, case: R) -> Possible:
        return possible(self.compiled, output, tables, self.sets, case)


def _joined(seen: Sequence[Seen | None]) -> Seen | None:
    """Return everything that is watched, or nothing if some of it is not as expected."""
    if any(one is None for one in seen):
        return None
    met = [one for one in seen if one is not None]
    return Seen(frozenset[Look]().union(*(one.exact for one in met)), tuple(look for one in met for look in one.judged))
